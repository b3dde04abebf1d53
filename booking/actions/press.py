"""A press on a time: what was chosen, by whom, and instead of which earlier booking."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from booking.actions import answers, keys, people
from booking.actions.choices import Choice
from booking.domain.service import Service, StaffMember
from booking.models import Booking


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Who presses, as far as we know without a cookie. ``address``, ``browser`` are keyed digests.

    ``press`` is a random id that a script gave to this press, "" without script.
    """

    address: str
    browser: str
    language: str
    zone: str = ""
    press: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """One press on a time of ``service``; ``instead_of`` is the booking it takes the place of."""

    choice: Choice
    service: Service
    visitor: Visitor
    now: datetime
    instead_of: Booking | None = None

    @property
    def id(self) -> str:
        """The script's id of this press on this time, as we keep it; "" without script."""
        if not self.visitor.press:
            return ""
        choice = self.choice
        parts = (self.visitor.press, choice.service_id, choice.starts.isoformat(), choice.staff_id)
        return keys.keyed_digest("press", "|".join(map(str, parts)))

    @property
    def buffer(self) -> timedelta:
        """The pause that the business wants between two appointments."""
        return timedelta(minutes=self.service.buffer_minutes)

    @property
    def draft(self) -> dict[str, str]:
        """What was typed for the earlier booking, to begin the new form with."""
        return typed_in(self.instead_of) if self.instead_of else {}

    def able(self, staff: Iterable[StaffMember]) -> tuple[StaffMember, ...]:
        """Those of ``staff`` who may give it: all of them, or the one that was chosen."""
        return tuple(each for each in staff if self.choice.staff_id in (None, each.id))


def typed_in(booking: Booking) -> dict[str, str]:
    """What was typed for ``booking``, accepted or not, to begin another form with."""
    fields = ("first_name", "last_name", "email", "phone", "note")
    accepted = {each: str(getattr(booking, each)) for each in fields if getattr(booking, each)}
    return {**booking.draft, **answers.typed(booking), **people.typed(booking), **accepted}
