"""The stretches of time that pages ask Wix about. Who asks the same question shares its answer."""

from datetime import datetime, timedelta

from booking.actions.facts import Facts
from booking.domain.days import start_of

HORIZON = timedelta(days=730)
"""How far ahead customers may page; a further date is a typing error."""
SESSIONS_LISTED = timedelta(days=56)
"""How far ahead the sessions of a class are listed: eight weeks."""
ONE_DAY = timedelta(days=1)
"""On either side: it is another day somewhere."""


def session_window(facts: Facts, now: datetime) -> tuple[datetime, datetime]:
    """Between which moments the sessions of a class are looked for; the same all day long."""
    today = now.astimezone(facts.zone).date()
    ends = today + SESSIONS_LISTED + ONE_DAY
    return start_of(today - ONE_DAY, facts.zone), start_of(ends, facts.zone)


def course_now(facts: Facts, now: datetime) -> datetime:
    """The moment around which a course's meetings are asked for: midnight, so that it is one all day."""
    return start_of(now.astimezone(facts.zone).date(), facts.zone)
