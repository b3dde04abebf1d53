"""A site of Wix's that cannot sell: its owner is told once, whoever notices it first.

A cart can be made, and has a page, where a site takes no payments: Wix says so on that page alone. The
older Checkout V1 says so at once, so that is asked where somebody has left the page without paying.
Source: Wix eCommerce, Checkout V1, "Create Checkout" (SITE_MUST_ACCEPT_PAYMENTS).
"""

import logging
from contextlib import suppress
from datetime import timedelta

from booking.actions import handovers
from booking.actions.hands import Hands
from booking.domain.checkout import NewCheckout
from booking.domain.needs import Need
from booking.models import Booking, Handover, Payment
from booking.models.payment import WIX
from booking.wix.errors import SiteCannotSell, WixError

log = logging.getLogger("booking.cannot_sell")

IS_SOUND = timedelta(days=1)
"""A site that has sold something so lately is not asked."""


def tell(booking: Booking, error: WixError) -> None:
    """Call the business, unless it was called for another booking and has not mended it yet."""
    log.warning("%s cannot be paid at Wix: %s", booking.reference, error)
    if not (isinstance(error, SiteCannotSell) and _is_told(booking)):
        code = error.code or type(error).__name__
        handovers.call_owner(booking, Need.CANNOT_SELL_AT_WIX, code=code)


def tell_if_so(booking: Booking, new: NewCheckout, hands: Hands) -> None:
    """Ask Wix whether its site takes payments, and tell the business if not.

    It is only asked by the way: whatever else Wix answers says nothing.
    """
    if _is_told(booking) or _has_sold(booking, hands):
        return
    try:
        made = hands.wix.checkouts.create(new)
    except SiteCannotSell as error:
        tell(booking, error)
    except WixError as error:
        log.info("not known whether %s could be paid: %s", booking.reference, error)
    else:
        with suppress(WixError):  # nobody knows its page
            hands.wix.checkouts.delete(made.id)


def _is_told(booking: Booking) -> bool:
    called = Handover.objects.filter(need=Need.CANNOT_SELL_AT_WIX, answered=None)
    return called.filter(booking__site=booking.site_id).exists()


def _has_sold(booking: Booking, hands: Hands) -> bool:
    lately = Payment.objects.filter(provider=WIX, created__gt=hands.clock() - IS_SOUND)
    return lately.filter(booking__site=booking.site_id).exclude(order_id="").exists()
