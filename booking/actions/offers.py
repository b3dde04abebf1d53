"""What can be chosen with a service, and what it costs as Wix sees it."""

import logging

from booking.actions.facts import Facts
from booking.actions.side_by_side import ask_both
from booking.domain.ids import StaffId
from booking.domain.offer import Offer, Picked
from booking.domain.price_preview import PricePreview
from booking.domain.service import Kind, PriceKind, Service
from booking.wix import Wix
from booking.wix.errors import WixError

log = logging.getLogger("booking.offers")


def know_offer(wix: Wix, service: Service) -> Offer:
    """All that can be chosen; Wix is asked only about a service that has choices, side by side.

    Raises: CalendarUnavailable.
    """
    varied = service.price.kind is PriceKind.VARIED
    variants, groups = ask_both(
        lambda: wix.service_options_and_variants.get_by_service_id(service.id) if varied else None,
        lambda: (
            wix.add_on_groups.list_by_service_id(service.id) if service.add_on_group_ids else ()
        ),
    )
    return Offer(service=service, variants=variants, add_on_groups=groups)


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
