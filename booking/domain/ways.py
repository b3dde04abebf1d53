"""The ways to pay that a customer is offered for one booking."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from booking.domain.quote import Quote
from booking.domain.service import Service


class Way(StrEnum):
    """Where the money changes hands."""

    ON_SITE = "on_site"
    CARD = "card"  # here, all of it
    DEPOSIT = "deposit"  # a part here, the rest on site
    WIX = "wix"  # on Wix's checkout page, all of it
    WIX_DEPOSIT = "wix_deposit"  # a part on Wix's checkout page, the rest on site
    PLAN = "plan"  # with a plan of theirs, which Wix's checkout page takes from members alone


HERE = frozenset({Way.CARD, Way.DEPOSIT})
AT_WIX = frozenset({Way.WIX, Way.WIX_DEPOSIT, Way.PLAN})
PARTS = frozenset({Way.DEPOSIT, Way.WIX_DEPOSIT})
"""Those by which only the deposit is paid when booking."""
CHOICES = (Way.ON_SITE, Way.CARD, Way.WIX)
"""What an owner may choose from; a deposit is the service's own choice."""


@dataclass(frozen=True, slots=True)
class Offered:
    """The ways that a site offers, those that come first first, and what differs for single services.

    ``of_services`` is by slug. Whatever a site offers, a service is paid only as Wix lets it be paid.
    ``logs_in`` says that we can lead people to where Wix logs members in.
    """

    ways: tuple[Way, ...] = CHOICES
    of_services: Mapping[str, tuple[Way, ...]] = field(default_factory=dict)
    logs_in: bool = False

    def of(self, slug: str) -> tuple[Way, ...]:
        """The ways offered for the service at this address."""
        return self.of_services.get(slug, self.ways)

    def here(self, service: Service) -> Service:
        """``service`` as it can be paid on this site."""
        offered = self.of(service.slug)
        return replace(
            service,
            pays_in_person=service.pays_in_person and Way.ON_SITE in offered,
            takes_cards=Way.CARD in offered,
            leads_to_wix=Way.WIX in offered,
            takes_plans=Way.WIX in offered and self.logs_in and service.pays_by_plan,
        )


def read_ways(names: Iterable[str]) -> tuple[Way, ...]:
    """The ways of these names. Raises: ValueError for a name there is not, listing those there are."""
    told = tuple(names)
    for name in told:
        if name not in CHOICES:
            raise ValueError(f"{name!r} is none of {', '.join(CHOICES)}")
    return tuple(Way(name) for name in told)


def read_exceptions(told: Iterable[str]) -> dict[str, tuple[Way, ...]]:
    """What "slug=way+way" says of single services, by slug. Raises: ValueError, as ``read_ways``."""
    found: dict[str, tuple[Way, ...]] = {}
    for each in told:
        slug, mark, names = each.partition("=")
        if not (slug and mark and names):
            raise ValueError(f"{each!r} is not like slug=way+way")
        found[slug] = read_ways(names.split("+"))
    return found


def ways_to_pay(
    services: Sequence[Service], quote: Quote, order: Sequence[Way] = CHOICES
) -> tuple[Way, ...]:
    """What is offered, the one that a customer gets who chooses nothing first; () if nothing is due.

    ``order`` is the site's. A price in words, or one that is not known, can only be paid where people
    can talk. So is a visit of several services: Wix confirms it as a whole, and knows no lost race of
    a part.
    """
    if quote.is_nothing:
        return ()
    if len(services) > 1:
        return (Way.ON_SITE,)
    [service] = services
    found = [way for kind in order for way in _of_kind(kind, service, quote)]
    if service.takes_plans and quote.total is not None:
        found.append(Way.PLAN)
    return tuple(found) or (Way.ON_SITE,)


def _of_kind(kind: Way, service: Service, quote: Quote) -> tuple[Way, ...]:
    if kind is Way.ON_SITE:
        return (Way.ON_SITE,) if service.pays_in_person else ()
    allowed = service.takes_cards if kind is Way.CARD else service.leads_to_wix
    if quote.total is None or not (service.pays_online and allowed):
        return ()
    if quote.deposit is None:
        return (kind,)
    part = Way.DEPOSIT if kind is Way.CARD else Way.WIX_DEPOSIT
    return (part, kind) if service.price.may_pay_in_full else (part,)
