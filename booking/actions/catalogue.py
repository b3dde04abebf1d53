"""The service list: everything customers may see, narrowed by what a link or a form asks for."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from booking.actions.facts import Facts
from booking.domain.category import Category
from booking.domain.ids import CategoryId
from booking.domain.service import Kind, Location, LocationKind, Service
from booking.domain.words import folded, handle

FILTERS_FROM = 8
"""So many services are too many to look through, and get filters."""
LONGEST_SEARCH = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What a link asks for, as it stands there; "" where it leaves the choice open.

    ``category`` and ``place`` are ids or readable names; ``words`` must all be found.
    """

    category: str = ""
    kind: str = ""
    place: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Choice[T]:
    """One way to narrow the list. ``value`` is what a link says, ``count`` how many would be left."""

    value: str
    of: T
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The services of one category. Two categories may have one name; "" is for those in none."""

    name: str
    services: tuple[Service, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """``count`` of ``total`` services are left. ``unknown`` names what could not be followed."""

    groups: tuple[Group, ...]
    count: int
    total: int
    categories: tuple[Choice[Category], ...]
    kinds: tuple[Choice[Kind], ...]
    places: tuple[Choice[Location], ...]
    words: str
    unknown: tuple[str, ...]

    @property
    def services(self) -> tuple[Service, ...]:
        """All that are left, in the order in which they are shown."""
        return tuple(each for group in self.groups for each in group.services)

    @property
    def is_narrowed(self) -> bool:
        """True if anything is asked for, even if all services fit."""
        choices = (*self.categories, *self.kinds, *self.places)
        return bool(self.words) or any(each.chosen for each in choices)

    @property
    def has_filters(self) -> bool:
        """True if the list is long enough to be worth narrowing."""
        return self.total >= FILTERS_FROM


def look_through(facts: Facts, sought: Sought) -> Catalogue:
    """The services that fit; parts of ``sought`` that nothing is known by are passed over."""
    shown = _in_order(facts)
    category = _Filter(shown, sought.category, _categories, _name_of_category)
    kind = _Filter(shown, sought.kind, _kinds, str)
    place = _Filter(shown, sought.place, _places, _name_of_place)
    words = sought.words.strip()[:LONGEST_SEARCH]
    looked_for = folded(words).split()
    found = [each for each in shown if _says(each, looked_for)]
    left = [each for each in found if category.fits(each) and kind.fits(each) and place.fits(each)]
    unknown = {
        "category": category.is_unknown,
        "kind": kind.is_unknown,
        "place": place.is_unknown,
    }
    return Catalogue(
        groups=_by_category(left),
        count=len(left),
        total=len(shown),
        categories=category.choices(e for e in found if kind.fits(e) and place.fits(e)),
        kinds=kind.choices(e for e in found if category.fits(e) and place.fits(e)),
        places=place.choices(e for e in found if category.fits(e) and kind.fits(e)),
        words=words,
        unknown=tuple(name for name, stands in unknown.items() if stands),
    )


class _Filter[T]:
    """One thing to narrow by. ``of`` tells what a service has of it, ``name`` what people call that.

    Names may come twice: then a link says the id.
    """

    def __init__(
        self,
        services: Iterable[Service],
        asked: str,
        of: Callable[[Service], dict[str, T]],
        name: Callable[[T], str],
    ) -> None:
        self._of = of
        self._known: dict[str, T] = {}
        for each in services:
            self._known |= of(each)
        handles = {id_: handle(name(each)) for id_, each in self._known.items()}
        times = Counter(handles.values())
        self._values = {i: each if times[each] == 1 else i for i, each in handles.items()}
        wanted = handle(asked)
        named = (i for i, each in handles.items() if each == wanted)
        self._chosen = asked if asked in self._known else next(named, None) if wanted else None
        self.is_unknown = bool(asked.strip()) and self._chosen is None

    def fits(self, service: Service) -> bool:
        return self._chosen is None or self._chosen in self._of(service)

    def choices(self, services: Iterable[Service]) -> tuple[Choice[T], ...]:
        """All that the business knows, with how many of ``services`` each would leave."""
        counts = dict.fromkeys(self._known, 0)
        for service in services:
            for id_ in self._of(service):
                counts[id_] += 1
        return tuple(
            Choice(self._values[id_], each, counts[id_], chosen=id_ == self._chosen)
            for id_, each in self._known.items()
        )


def _categories(service: Service) -> dict[str, Category]:
    id_ = service.category_id or CategoryId(handle(service.category))
    if not service.category or not id_:
        return {}
    return {id_: Category(id=id_, name=service.category, order=service.category_order)}


def _name_of_category(category: Category) -> str:
    return category.name


def _kinds(service: Service) -> dict[str, Kind]:
    return {} if service.kind is Kind.UNKNOWN else {service.kind: service.kind}


def _places(service: Service) -> dict[str, Location]:
    named = ((_name_of_place(each), each) for each in service.locations)
    known = {each.id or handle(name): each for name, each in named if name}
    return {id_: each for id_, each in known.items() if id_}


def _name_of_place(location: Location) -> str:
    if location.kind is LocationKind.CUSTOMER:
        return LocationKind.CUSTOMER
    return location.name or (location.place.text if location.place else "")


def _says(service: Service, words: Sequence[str]) -> bool:
    texts = (service.name, service.tag_line, service.description, service.category)
    return all(any(word in folded(text) for text in texts) for word in words)


def _place_in_list(service: Service) -> tuple[bool, int, str, str]:
    """Categories in the owner's order; what is in none comes last."""
    id_ = service.category_id or ""
    return not service.category, service.category_order, service.category.casefold(), id_


def _in_order(facts: Facts) -> list[Service]:
    """The services customers may see, by category, in the owner's order."""
    return sorted(
        (each for each in facts.services if not each.hidden),
        key=lambda each: (*_place_in_list(each), each.order, each.name.casefold()),
    )


def _by_category(services: Iterable[Service]) -> tuple[Group, ...]:
    groups = groupby(services, key=_place_in_list)
    found = [tuple(group) for _, group in groups]
    return tuple(Group(each[0].category, each) for each in found)
