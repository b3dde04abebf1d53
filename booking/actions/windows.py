"""The stretches of time that pages ask Wix about. Who asks the same question shares its answer."""

from datetime import datetime, timedelta

from booking.actions.facts import Facts
from booking.domain.days import start_of

SESSIONS_AHEAD = timedelta(days=57)
"""Eight weeks from today, and the day before that is still yesterday somewhere."""


def session_window(facts: Facts, now: datetime) -> tuple[datetime, datetime]:
    """Between which moments the sessions of a class are looked for; the same all day long."""
    yesterday = now.astimezone(facts.zone).date() - timedelta(days=1)
    return start_of(yesterday, facts.zone), start_of(yesterday + SESSIONS_AHEAD, facts.zone)


def course_now(facts: Facts, now: datetime) -> datetime:
    """The moment around which a course's meetings are asked for: midnight, so that it is one all day."""
    return start_of(now.astimezone(facts.zone).date(), facts.zone)
