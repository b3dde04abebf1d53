"""A customer is offered the ways to pay that Wix allows and the site offers, in the site's order."""

from dataclasses import replace
from decimal import Decimal

import pytest

from booking.domain.money import Money
from booking.domain.quote import PriceLine, Quote
from booking.domain.service import Price, PriceKind, Service
from booking.domain.ways import Offered, Way, read_exceptions, read_ways, ways_to_pay
from tests.builders import a_service

EURO = Money(Decimal(50), "EUR")
FIFTY = Quote(lines=(PriceLine(what="", times=1, each=EURO),))
WITH_DEPOSIT = replace(FIFTY, deposit=Money(Decimal(20), "EUR"))
ALL = (Way.ON_SITE, Way.CARD, Way.WIX)


def sold(*ways: Way, **changes: bool) -> Service:
    """A service that Wix lets be paid either way, on a site that offers ``ways``."""
    either = a_service(**{"pays_online": True, "pays_in_person": True, **changes})
    return Offered(ways).here(either)


def test_the_site_s_order_counts() -> None:
    order = (Way.WIX, Way.ON_SITE, Way.CARD)
    assert ways_to_pay([sold(*ALL)], FIFTY, order) == order


def test_what_the_site_does_not_offer_is_not_there() -> None:
    assert ways_to_pay([sold(Way.WIX)], FIFTY, ALL) == (Way.WIX,)


def test_what_wix_does_not_allow_is_not_there() -> None:
    assert ways_to_pay([sold(*ALL, pays_in_person=False)], FIFTY, ALL) == (Way.CARD, Way.WIX)
    assert ways_to_pay([sold(*ALL, pays_online=False)], FIFTY, ALL) == (Way.ON_SITE,)


def test_a_deposit_is_paid_where_all_would_be() -> None:
    ways = ways_to_pay([sold(*ALL, pays_in_person=False)], WITH_DEPOSIT, ALL)
    assert ways == (Way.DEPOSIT, Way.WIX_DEPOSIT)


def test_who_may_pay_all_instead_of_a_deposit_is_asked() -> None:
    price = Price(kind=PriceKind.FIXED, amount=EURO, may_pay_in_full=True)
    service = replace(sold(Way.WIX, pays_in_person=False), price=price)
    assert ways_to_pay([service], WITH_DEPOSIT, ALL) == (Way.WIX_DEPOSIT, Way.WIX)


def test_several_services_in_one_visit_are_paid_on_site() -> None:
    assert ways_to_pay([sold(*ALL)] * 2, FIFTY, ALL) == (Way.ON_SITE,)


def test_nothing_due_leaves_nothing_to_choose() -> None:
    assert ways_to_pay([sold(*ALL)], Quote(), ALL) == ()


def test_single_services_may_differ() -> None:
    offered = Offered(ALL, read_exceptions(["facial=wix+on_site"]))
    assert offered.of("facial") == (Way.WIX, Way.ON_SITE)
    assert offered.of("haircut") == ALL


@pytest.mark.parametrize("told", [["cash"], ["deposit"], [""]])
def test_a_way_there_is_not_is_refused(told: list[str]) -> None:
    with pytest.raises(ValueError, match="is none of on_site, card, wix"):
        read_ways(told)


@pytest.mark.parametrize("told", ["facial", "facial=", "=wix", "facial=cash"])
def test_an_exception_that_says_nothing_is_refused(told: str) -> None:
    with pytest.raises(ValueError, match="is n"):
        read_exceptions([told])
