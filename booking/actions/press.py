"""A press: what was chosen, by whom, and instead of which earlier booking."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from booking.actions import answers, keys, people, picks
from booking.actions.choices import Choice, Target
from booking.domain.errors import UnknownService
from booking.domain.ids import ServiceId
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


class OfAService(Protocol):
    """Whatever names its service."""

    @property
    def service_id(self) -> ServiceId: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """One press on a time, a course, or several sessions of one service; ``targets`` has at least one.

    In a visit of several services each of the targets is of another one: ``offer`` is what the first
    of them offers, ``beside`` what the others do. ``instead_of`` is the booking that it takes the
    place of, ``moving`` the one that it is a new time for; ``offered_for`` is one that was lost, whose
    customer has not pressed anything yet.
    """

    targets: tuple[Target, ...]
    offer: Offer
    picked: Picked
    visitor: Visitor
    now: datetime
    beside: tuple[Offer, ...] = ()
    instead_of: Booking | None = None
    moving: Booking | None = None
    offered_for: Booking | None = None

    @property
    def offers(self) -> tuple[Offer, ...]:
        """What is pressed on: one offer, or one for each service of a visit, in its order."""
        return (self.offer, *self.beside)

    def service_of(self, part: OfAService) -> Service:
        """The service that a target, or the claim on it, is of. Raises: UnknownService."""
        for offer in self.offers:
            if offer.service.id == part.service_id:
                return offer.service
        raise UnknownService(part.service_id)

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

    def buffer_after(self, target: Target) -> timedelta:
        """The pause that the business wants after an appointment."""
        return timedelta(minutes=self.service_of(target).buffer_minutes)

    @property
    def draft(self) -> dict[str, str]:
        """What was typed for the earlier booking, to begin the new form with."""
        earlier = self.instead_of or self.offered_for
        return typed_in(earlier) if earlier else {}


def able(choice: Choice, staff: Iterable[StaffMember]) -> tuple[StaffMember, ...]:
    """Those of ``staff`` who may give it: all of them, or the one that was chosen."""
    return tuple(each for each in staff if choice.staff_id in (None, each.id))


def typed_in(booking: Booking) -> dict[str, str]:
    """What was typed for ``booking``, accepted or not, to begin another form with."""
    fields = ("first_name", "last_name", "email", "phone", "note")
    accepted = {each: str(getattr(booking, each)) for each in fields if getattr(booking, each)}
    return {**booking.draft, **answers.typed(booking), **people.typed(booking), **accepted}
