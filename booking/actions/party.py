"""Who comes: what a page asks for before it shows sessions, and what that costs."""

from dataclasses import dataclass

from booking.domain.money import Money
from booking.domain.offer import Offer, Picked
from booking.domain.quote import Quote

MANY = 20
"""Larger numbers are typed, not chosen from a list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One price that a participant can have ("Adult"), and how many of them come."""

    name: str
    price: Money
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Who comes and what they pay, for one session or a whole course.

    ``largest`` is how many one booking may be for; ``kinds`` is empty where all pay the same.
    """

    people: int
    largest: int
    kinds: tuple[Kind, ...]
    quote: Quote

    @property
    def is_a_choice(self) -> bool:
        """True if there is anything to ask."""
        return self.largest > 1 or len(self.kinds) > 1

    @property
    def sizes(self) -> range:
        """The numbers of people to choose from; none where there are too many to list."""
        return range(1, self.largest + 1) if self.largest <= MANY else range(0)


def party_of(offer: Offer, picked: Picked) -> Party:
    """The party that ``picked`` asks for, beside all others that could come."""
    coming = {each.name: group.people for group in picked.groups for each in group.choices}
    variants = offer.variants.variants if offer.variants and offer.names else ()
    return Party(
        people=picked.people,
        largest=offer.largest_party,
        kinds=tuple(
            Kind(name=each.name, price=each.price, people=coming.get(each.name, 0))
            for each in variants
            if each.name
        ),
        quote=offer.quote(picked),
    )
