"""What a page says of a service's choices: what each costs, and how long it takes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from booking.domain.add_ons import AddOn, AddOnGroup
from booking.domain.ids import StaffId
from booking.domain.money import Money
from booking.domain.offer import Offer, Picked
from booking.domain.service import StaffMember
from booking.domain.variants import OptionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What something comes to. Two amounts while it is open who gives it; else they are the same.

    Both are None where the owner's ``words`` stand in place of a price, where ``is_nothing`` has to
    be paid, or where nothing is known.
    """

    lowest: Money | None = None
    highest: Money | None = None
    words: str = ""
    is_nothing: bool = False

    @property
    def is_open(self) -> bool:
        """True if it depends on something that is not chosen yet."""
        return self.lowest != self.highest


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """One of several lengths: ``minutes`` without extras. ``name`` is the owner's, or ""."""

    minutes: int
    name: str
    cost: Cost
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Extra:
    """An add-on, and how many of it were asked for, also where that is too many."""

    add_on: AddOn
    asked: int

    @property
    def is_too_many(self) -> bool:
        return self.asked > (self.add_on.most or 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extras:
    """A group of add-ons as it was ticked."""

    group: AddOnGroup
    extras: tuple[Extra, ...]

    @property
    def is_too_many(self) -> bool:
        """True if more kinds of it were ticked than the business allows."""
        ticked = sum(bool(each.asked) for each in self.extras)
        return self.group.most is not None and ticked > self.group.most

    @property
    def is_wrong(self) -> bool:
        """True if nothing of this group counts as it was ticked."""
        return self.is_too_many or any(each.is_too_many for each in self.extras)


def extras(offer: Offer, asked: Mapping[str, int]) -> tuple[Extras, ...]:
    """The add-ons to choose from, and what of them is asked for by their ids."""
    return tuple(
        Extras(
            group=group,
            extras=tuple(Extra(add_on=each, asked=asked.get(each.id, 0)) for each in group.add_ons),
        )
        for group in offer.add_on_groups
        if group.add_ons
    )


def cost_of(offer: Offer, picked: Picked, staff: Iterable[StaffId] = ()) -> Cost:
    """What ``picked`` costs if one of ``staff`` gives it; nobody named means anybody who does."""
    people = [*staff] or [each.id for each in offer.service.staff]
    quotes = [offer.quote(picked, each) for each in (people if offer.prices_by_person else [None])]
    if any(each.words for each in quotes):
        return Cost(words=offer.service.price.words)
    if quotes and all(each.is_nothing for each in quotes):
        return Cost(is_nothing=True)
    totals = sorted((q.total for q in quotes if q.total), key=lambda total: total.amount)
    return Cost(lowest=totals[0], highest=totals[-1]) if totals else Cost()


def lengths(offer: Offer, picked: Picked) -> tuple[Length, ...]:
    """The lengths to choose from, each with what it costs; none if there is no choice."""
    if len(offer.lengths) == 1:
        return ()
    chosen = picked.minutes or next(iter(offer.lengths), None)
    return tuple(
        Length(
            minutes=each,
            name=_name_of(offer, each),
            cost=cost_of(offer, offer.pick(replace(picked.asked, minutes=each))),
            is_chosen=each == chosen,
        )
        for each in offer.lengths
    )


def minutes_of(offer: Offer, picked: Picked) -> int | None:
    """How long it takes with all that is chosen; None where its length is not fixed."""
    usual = picked.minutes or offer.service.minutes or next(iter(offer.lengths), None)
    return usual + picked.extra_minutes if usual else None


def cheapest_first(offer: Offer, staff: Iterable[StaffMember]) -> tuple[StaffMember, ...]:
    """Who leaves open who comes is given the lowest price; between equals Wix's order stays.

    Whoever has no price of their own comes last.
    """
    if not offer.prices_by_person or offer.variants is None:
        return tuple(staff)
    prices = {each.staff_id: each.price.amount for each in offer.variants.variants}
    highest = max(prices.values(), default=0)
    return tuple(sorted(staff, key=lambda each: prices.get(each.id, highest + 1)))


def _name_of(offer: Offer, minutes: int) -> str:
    if offer.variants is None or offer.variants.kind is not OptionKind.DURATION:
        return ""
    variant = offer.variants.for_minutes(minutes)
    return variant.name if variant else ""
