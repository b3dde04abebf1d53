"""A press: what was chosen, by whom, and instead of which earlier booking."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from booking.actions import keys, picks
from booking.actions.choices import Choice, Target
from booking.domain.offer import Offer, Picked
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
    """One press on a time, a course, or several sessions of one service; ``targets`` has at least one.

    ``instead_of`` is the booking that it takes the place of.
    """

    targets: tuple[Target, ...]
    offer: Offer
    picked: Picked
    visitor: Visitor
    now: datetime
    instead_of: Booking | None = None

    @property
    def service(self) -> Service:
        return self.offer.service

    @property
    def wanted(self) -> str:
        """What was wanted, in a digest: the same for the same things wanted."""
        picked = sorted(picks.parameters(self.picked).items())
        return keys.keyed_digest("wanted", repr((self.targets, picked)))

    @property
    def id(self) -> str:
        """The script's id of this press on these things, as we keep it; "" without script."""
        if not self.visitor.press:
            return ""
        return keys.keyed_digest("press", f"{self.visitor.press}|{self.wanted}")

    @property
    def buffer(self) -> timedelta:
        """The pause that the business wants between two appointments."""
        return timedelta(minutes=self.service.buffer_minutes)

    @property
    def draft(self) -> dict[str, str]:
        """What was typed for the earlier booking, to begin the new form with."""
        return typed_in(self.instead_of) if self.instead_of else {}


def able(choice: Choice, staff: Iterable[StaffMember]) -> tuple[StaffMember, ...]:
    """Those of ``staff`` who may give it: all of them, or the one that was chosen."""
    return tuple(each for each in staff if choice.staff_id in (None, each.id))


def typed_in(booking: Booking) -> dict[str, str]:
    """What was typed for ``booking``, accepted or not, to begin another form with."""
    fields = ("first_name", "last_name", "email", "phone", "note")
    accepted = {each: str(getattr(booking, each)) for each in fields if getattr(booking, each)}
    return {**booking.draft, **accepted}
