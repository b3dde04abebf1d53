"""What can be chosen with a service, and what it costs as Wix sees it."""

import logging
from collections.abc import Callable

from booking.actions.facts import Facts
from booking.actions.side_by_side import ask_both
from booking.domain.add_ons import AddOnGroup
from booking.domain.ids import StaffId
from booking.domain.offer import Offer, Picked
from booking.domain.price_preview import PricePreview
from booking.domain.service import Kind, PriceKind, Service
from booking.domain.variants import Variants
from booking.wix import Wix
from booking.wix.errors import WixError

log = logging.getLogger("booking.offers")


def know_offer(wix: Wix, service: Service) -> Offer:
    """All that can be chosen; Wix is asked only about a service that has choices, side by side.

    Raises: CalendarUnavailable.
    """
    variants, groups = ask_both(
        lambda: _variants_of(wix, service), lambda: _add_on_groups_of(wix, service)
    )
    return as_far_as_known(wix, Offer(service=service, variants=variants, add_on_groups=groups))


def as_far_as_known(wix: Wix, offer: Offer) -> Offer:
    """``offer`` less the lengths that Wix cannot be asked about by the API we use."""
    return offer if wix.time_slots.knows_lengths else offer.of_usual_length


def recheck_beside[A](
    wix: Wix, service: Service, question: Callable[[], A]
) -> tuple[A, Variants | None, tuple[AddOnGroup, ...]]:
    """The answer to ``question``, and beside it what can be chosen at this moment.

    Never from the day's cache. Raises: CalendarUnavailable, and what ``question`` raises.
    """
    # Only single questions are asked in other threads: one that waited there could wait for ever.
    (answer, variants), groups = ask_both(
        lambda: ask_both(question, lambda: _variants_of(wix, service, recheck=True)),
        lambda: _add_on_groups_of(wix, service, recheck=True),
    )
    return answer, variants, groups


def _variants_of(wix: Wix, service: Service, *, recheck: bool = False) -> Variants | None:
    if service.price.kind is not PriceKind.VARIED:
        return None
    return wix.service_options_and_variants.get_by_service_id(service.id, recheck=recheck)


def _add_on_groups_of(
    wix: Wix, service: Service, *, recheck: bool = False
) -> tuple[AddOnGroup, ...]:
    if not service.add_on_group_ids:
        return ()
    return wix.add_on_groups.list_by_service_id(service.id, recheck=recheck)


def preview(
    wix: Wix, facts: Facts, offer: Offer, picked: Picked, staff_id: StaffId | None
) -> PricePreview | None:
    """What Wix says a choice costs, where choices change it; None where it cannot say.

    It is forbidden to some credentials and fails where the owner has a pricing plugin: a customer
    is then shown what the service's own price list says.
    """
    needs_person = offer.service.kind is not Kind.COURSE
    if offer.variants is None or (needs_person and staff_id is None):
        return None
    try:
        told = wix.pricing.preview(
            offer.service.id, picked.groups, currency=facts.business.currency, staff_id=staff_id
        )
    except WixError as error:
        log.warning("no price preview for %s: %s", offer.service.slug, error)
        return None
    return told if told.words or len(told.groups) == len(picked.groups) else None
