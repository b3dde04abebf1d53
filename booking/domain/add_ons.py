"""What can be had with a service for more money, more time or both."""

from dataclasses import dataclass

from booking.domain.ids import AddOnGroupId, AddOnId
from booking.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class AddOn:
    """``minutes`` lengthen the appointment; ``most`` is how many one can have (None: one, as what
    takes time is had once).
    """

    id: AddOnId
    name: str
    price: Money | None = None
    minutes: int | None = None
    most: int | None = None

    @property
    def is_counted(self) -> bool:
        """True if a customer says how many."""
        return self.most is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddOnGroup:
    """``most`` bounds how many different add-ons of it may be chosen; None for all."""

    id: AddOnGroupId
    name: str
    prompt: str = ""
    most: int | None = None
    add_ons: tuple[AddOn, ...] = ()
