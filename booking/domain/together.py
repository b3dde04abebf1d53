"""A visit of several services: which of them go together, and where."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from booking.domain.money import Money
from booking.domain.quote import PriceLine, Quote
from booking.domain.service import Kind, Location, LocationKind, PriceKind, Service

FEWEST, MOST = 2, 8
"""How many services Wix books in one visit."""


def goes_together(service: Service) -> bool:
    """True if it can be one of several in a visit: nothing has to be chosen, paid or waited for.

    Wix confirms a visit as a whole, so a service that the business confirms itself stays alone.
    """
    return (
        service.kind is Kind.APPOINTMENT
        and service.obstacle is None
        and service.price.kind in (PriceKind.FIXED, PriceKind.FREE)
        and (service.is_free or (service.pays_in_person and service.price.amount is not None))
        and service.minutes is not None
        and len(service.lengths) < FEWEST
        and not service.needs_approval
        and bool(_places(service))
    )


def places_of(services: Sequence[Service]) -> tuple[Location, ...]:
    """The places of the business where all of them are given, in the first one's order."""
    if not services:
        return ()
    elsewhere = [{each.id for each in _places(service)} for service in services[1:]]
    return tuple(
        place for place in _places(services[0]) if all(place.id in ids for ids in elsewhere)
    )


def partners(service: Service, services: Iterable[Service]) -> tuple[Service, ...]:
    """Those of ``services`` that can be had in one visit with ``service``; none if it stays alone."""
    if not goes_together(service):
        return ()
    others = (each for each in services if each.id != service.id and goes_together(each))
    return tuple(each for each in others if places_of([service, each]))


def quote_of(services: Iterable[Service], currency: str) -> Quote:
    """What they cost together: a line for each, free ones too."""
    nothing = Money(Decimal(0), currency)
    return Quote(
        lines=tuple(
            PriceLine(
                what=each.name,
                times=1,
                each=nothing if each.is_free else each.price.amount or nothing,
            )
            for each in services
        )
    )


def minutes_of(services: Iterable[Service]) -> int:
    """How long they take, one after the other."""
    return sum(each.minutes or 0 for each in services)


def _places(service: Service) -> list[Location]:
    return [each for each in service.locations if each.kind is LocationKind.BUSINESS and each.id]
