"""The ways to pay that a customer is offered for one booking."""

from collections.abc import Sequence
from enum import StrEnum

from booking.domain.quote import Quote
from booking.domain.service import Service


class Way(StrEnum):
    """Where the money changes hands."""

    ON_SITE = "on_site"
    CARD = "card"  # here, all of it
    DEPOSIT = "deposit"  # a part here, the rest on site


def ways_to_pay(services: Sequence[Service], quote: Quote) -> tuple[Way, ...]:
    """What is offered, the one that a customer gets who chooses nothing first; () if nothing is due.

    A price in words, or one that is not known, can only be paid where people can talk. So is a visit
    of several services: Wix confirms it as a whole, and knows no lost race of a part.
    """
    if quote.is_nothing:
        return ()
    if len(services) > 1:
        return (Way.ON_SITE,)
    [service] = services
    ways = [Way.ON_SITE] if service.pays_in_person else []
    if quote.total is None or not (service.pays_online and service.takes_cards):
        return tuple(ways) or (Way.ON_SITE,)
    if quote.deposit is None:
        return (*ways, Way.CARD)
    may_pay_all = (Way.CARD,) if service.price.may_pay_in_full else ()
    return (*ways, Way.DEPOSIT, *may_pay_all)
