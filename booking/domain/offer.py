"""What a customer may choose beside the time, what they have chosen, and what that costs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from booking.domain.add_ons import AddOn, AddOnGroup
from booking.domain.errors import WrongChoice
from booking.domain.ids import AddOnGroupId, AddOnId, StaffId
from booking.domain.money import Money
from booking.domain.party import Group
from booking.domain.price_preview import PricePreview
from booking.domain.quote import PriceLine, Quote
from booking.domain.service import Kind, Obstacle, PriceKind, Service
from booking.domain.slot import Choices
from booking.domain.variants import OptionKind, Variant, Variants


@dataclass(frozen=True, slots=True, kw_only=True)
class PickedAddOn:
    """An extra, and how many of it; what takes time is had once."""

    add_on: AddOn
    group_id: AddOnGroupId
    quantity: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked:
    """What somebody has chosen: who comes (at least one group), how long, and which extras.

    ``minutes`` is None for the usual length, and never counts the extras in.
    """

    groups: tuple[Group, ...] = (Group(people=1),)
    minutes: int | None = None
    add_ons: tuple[PickedAddOn, ...] = ()

    @property
    def people(self) -> int:
        """How many come."""
        return sum(each.people for each in self.groups)

    @property
    def extra_minutes(self) -> int:
        """How much longer it takes with the extras."""
        return sum(each.add_on.minutes or 0 for each in self.add_ons)

    @property
    def asked(self) -> "Asked":
        """What has to be asked for to get the same again."""
        return Asked(
            people={"" if self.minutes else _name_of(each): each.people for each in self.groups},
            minutes=self.minutes,
            extras={each.add_on.id: each.quantity for each in self.add_ons},
        )

    @property
    def length(self) -> Choices | None:
        """What changes how long an appointment is, as times are asked for; None for the usual."""
        minutes = self.minutes and self.minutes + self.extra_minutes
        longer = tuple(each.add_on.id for each in self.add_ons if each.add_on.minutes)
        return Choices(minutes=minutes, add_ons=longer) if minutes or longer else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a link or a form says, before anybody has looked whether it makes sense.

    ``people`` counts those who come, by the owner's name of a choice ("Adult"), under "" where there
    is nothing to choose. ``extras`` counts by the id of an add-on.
    """

    people: Mapping[str, int]
    minutes: int | None = None
    extras: Mapping[str, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """All that can be chosen with one service. ``variants`` is None where its price needs no choice.

    ``is_cut`` says that the business offers more than can be asked for here.
    """

    service: Service
    variants: Variants | None = None
    add_on_groups: tuple[AddOnGroup, ...] = ()
    is_cut: bool = False

    @property
    def of_usual_length(self) -> "Offer":
        """The same without all that makes the appointment longer or shorter."""
        if not self.varies_in_length:
            return self
        groups = (
            replace(group, add_ons=tuple(each for each in group.add_ons if not each.minutes))
            for group in self.add_on_groups
        )
        return replace(
            self,
            service=replace(self.service, lengths=self.lengths[:1]),
            add_on_groups=tuple(each for each in groups if each.add_ons),
            is_cut=True,
        )

    @property
    def obstacle(self) -> Obstacle | None:
        """What keeps a customer from booking; None if nothing does."""
        unknown = self.service.price.kind is PriceKind.VARIED and (
            self.variants is None
            or self.variants.kind is OptionKind.UNKNOWN
            or not self.variants.variants
        )
        return self.service.obstacle or (Obstacle.CHOICES if unknown else None)

    @property
    def largest_party(self) -> int:
        """How many one booking may be for. An appointment is for one: its slot has one place."""
        if self.service.kind is Kind.APPOINTMENT:
            return 1
        return max(1, self.service.policy.largest_party)

    @property
    def names(self) -> tuple[str, ...]:
        """The choices that each participant has ("Adult", "Child"); empty if there is none."""
        if self.variants is None or self.variants.kind is not OptionKind.CUSTOM:
            return ()
        return tuple(each.name for each in self.variants.variants if each.name)

    @property
    def lengths(self) -> tuple[int, ...]:
        """The lengths to choose from in minutes, the usual one first; fewer than two are no choice."""
        if self.service.kind is not Kind.APPOINTMENT:
            return ()
        if self.variants is not None and self.variants.kind is OptionKind.DURATION:
            priced = {each.minutes for each in self.variants.variants}
            return tuple(each for each in self.service.lengths if each in priced)
        return self.service.lengths

    @property
    def varies_in_length(self) -> bool:
        """True if what is chosen decides how long the appointment is."""
        longer = (each.minutes for group in self.add_on_groups for each in group.add_ons)
        return len(self.lengths) > 1 or any(longer)

    @property
    def prices_by_person(self) -> bool:
        """True if who gives it decides what it costs."""
        return self.variants is not None and self.variants.kind is OptionKind.STAFF

    def pick(self, asked: Asked) -> Picked:
        """What was asked for, if the service offers it. Raises: WrongChoice."""
        picked, wrong = self.pick_what_fits(asked)
        if wrong:
            raise wrong[0]
        return picked

    def pick_what_fits(self, asked: Asked) -> tuple[Picked, tuple[WrongChoice, ...]]:
        """What was asked for, less what the service does not offer; and what that was."""
        add_ons, wrong = self._add_ons(asked.extras or {})
        try:
            minutes = self._minutes(asked.minutes)
        except WrongChoice as error:
            minutes, wrong = self._minutes(None), [error, *wrong]
        try:
            groups = self._groups(asked.people, minutes)
        except WrongChoice as error:
            groups, wrong = self._groups({}, minutes), [error, *wrong]
        return Picked(groups=groups, minutes=minutes, add_ons=add_ons), tuple(wrong)

    @property
    def usual(self) -> Picked:
        """What somebody gets who chooses nothing: one person, the usual length, no extras."""
        return self.pick(Asked(people={}))

    def quote(self, picked: Picked, staff_id: StaffId | None = None, times: int = 1) -> Quote:
        """What it costs, for so many sessions; ``staff_id`` is who gives it, None for anyone."""
        if self.service.price.words:
            return Quote(words=self.service.price.words)
        if self.service.is_free:
            return Quote(lines=self._extras(picked, times))
        lines: list[PriceLine] = []
        for group in picked.groups:
            each = self._price_of(group, staff_id)
            if each is None:
                return Quote(is_open=True)
            lines.append(PriceLine(what=_name_of(group), times=group.people * times, each=each))
        return Quote(
            lines=(*lines, *self._extras(picked, times)), deposit=self._deposit(picked, times)
        )

    def priced_by_wix(self, told: PricePreview, picked: Picked, times: int = 1) -> Quote:
        """The same with the prices that Wix has just told, one for each group; extras are ours."""
        if told.words:
            return Quote(words=told.words)
        lines = [
            PriceLine(what=_name_of(group), times=group.people * times, each=priced.each)
            for group, priced in zip(picked.groups, told.groups, strict=True)
        ]
        return Quote(
            lines=(*lines, *self._extras(picked, times)), deposit=self._deposit(picked, times)
        )

    def _deposit(self, picked: Picked, times: int) -> Money | None:
        """Wix asks a deposit of each participant."""
        each = self.service.price.deposit
        return Money(each.amount * picked.people * times, each.currency) if each else None

    def _minutes(self, asked: int | None) -> int | None:
        by_length = self.variants is not None and self.variants.kind is OptionKind.DURATION
        if asked is None:
            # Its price is that of a length, so one must be named where there are several.
            return self.lengths[0] if by_length and self.lengths else None
        if asked not in self.lengths:
            raise WrongChoice("length", str(asked))
        return asked

    def _groups(self, people: Mapping[str, int], minutes: int | None) -> tuple[Group, ...]:
        names = self.names
        wanted = {name: count for name, count in people.items() if count}
        if any(count < 0 for count in wanted.values()) or not wanted.keys() <= {*names, ""}:
            raise WrongChoice("people")
        if "" in wanted and names:  # so many, and nothing said of what they are
            wanted = {names[0]: wanted.pop("") + wanted.get(names[0], 0)} | wanted
        total = sum(wanted.values()) or 1
        if total > self.largest_party:
            raise WrongChoice("party")
        if names:
            counts = wanted or {names[0]: 1}
            return tuple(
                self._group(counts[name], self.variants.named(name))
                for name in names
                if self.variants and counts.get(name)
            )
        length = self.variants.for_minutes(minutes) if self.variants and minutes else None
        return (self._group(total, length),)

    @staticmethod
    def _group(people: int, variant: Variant | None) -> Group:
        choice = variant.choice if variant else None
        return Group(people=people, choices=(choice,) if choice else ())

    def _add_ons(
        self, extras: Mapping[str, int]
    ) -> tuple[tuple[PickedAddOn, ...], list[WrongChoice]]:
        """Those on offer; of a group of which too many are asked for none, and what was wrong."""
        left = {AddOnId(each): count for each, count in extras.items() if count}
        picked: list[PickedAddOn] = []
        wrong: list[WrongChoice] = []
        for group in self.add_on_groups:
            try:
                picked += _chosen_of(group, left)
            except WrongChoice as error:
                wrong.append(error)
            for each in group.add_ons:  # what two groups have is had from the first
                left.pop(each.id, None)
        return tuple(picked), wrong + [WrongChoice("add-on") for _ in left]

    def _price_of(self, group: Group, staff_id: StaffId | None) -> Money | None:
        if self.variants is None:
            return self.service.price.amount
        if self.variants.kind is OptionKind.STAFF:
            of_person = self.variants.for_staff(staff_id) if staff_id else None
            return of_person.price if of_person else None
        chosen = group.choices[0] if group.choices else None
        priced = (each.price for each in self.variants.variants if each.choice == chosen)
        return next(priced, None)

    @staticmethod
    def _extras(picked: Picked, times: int) -> tuple[PriceLine, ...]:
        return tuple(
            PriceLine(what=each.add_on.name, times=each.quantity * times, each=each.add_on.price)
            for each in picked.add_ons
            if each.add_on.price is not None
        )


def _name_of(group: Group) -> str:
    return group.choices[0].name if group.choices else ""


def _chosen_of(group: AddOnGroup, extras: Mapping[AddOnId, int]) -> tuple[PickedAddOn, ...]:
    """Those of ``extras`` that are in ``group``. Raises: WrongChoice for too many."""
    chosen = [each for each in group.add_ons if each.id in extras]
    if group.most is not None and len(chosen) > group.most:
        raise WrongChoice("add-ons", group.name)
    for each in chosen:
        if not 1 <= extras[each.id] <= (each.most or 1):
            raise WrongChoice("quantity", each.name)
    return tuple(
        PickedAddOn(add_on=each, group_id=group.id, quantity=extras[each.id]) for each in chosen
    )
