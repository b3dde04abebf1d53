"""Prices that depend on a choice: an age, a length, or who gives the service."""

from dataclasses import dataclass
from enum import StrEnum

from booking.domain.ids import ServiceId, StaffId
from booking.domain.money import Money
from booking.domain.party import Choice


class OptionKind(StrEnum):
    """What is chosen. ``UNKNOWN`` stands for kinds Wix tries out; such a service is not bookable."""

    CUSTOM = "custom"
    STAFF = "staff"
    DURATION = "duration"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One choice and its price.

    ``choice`` is what a booking names; None where the price follows from ``staff_id``, the person
    booked.
    """

    price: Money
    choice: Choice | None = None
    staff_id: StaffId | None = None

    @property
    def name(self) -> str:
        """What the owner calls it; "" for a person, and for a length without a name."""
        return self.choice.name if self.choice else ""

    @property
    def minutes(self) -> int | None:
        """The length that it stands for; None for other choices."""
        return self.choice.minutes if self.choice else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Variants:
    """The one option that a service has, in the owner's order. ``name`` is what it asks ("Age")."""

    service_id: ServiceId
    kind: OptionKind
    name: str = ""
    variants: tuple[Variant, ...] = ()

    def for_staff(self, staff_id: StaffId) -> Variant | None:
        """The price of one person; None if it does not depend on who gives the service."""
        return next((each for each in self.variants if each.staff_id == staff_id), None)

    def for_minutes(self, minutes: int) -> Variant | None:
        """The price of one length; None if there is none of that length."""
        return next((each for each in self.variants if each.minutes == minutes), None)

    def named(self, name: str) -> Variant | None:
        """The price of one of the owner's choices; None for a name that is none of them."""
        return next((each for each in self.variants if name and each.name == name), None)
