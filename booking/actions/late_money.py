"""Money that comes in at Wix when nobody waits for it any more: a bank was slow, or it was paid twice.

What is too much goes back, and people hear of it.
"""

from datetime import datetime

from django.db import transaction

from booking.actions import money_at_wix
from booking.actions.hands import Hands
from booking.actions.money_at_wix import Moved, moved_for
from booking.actions.money_due import ENDS
from booking.domain.needs import Need
from booking.domain.states import Due
from booking.models import Booking, Payment, Step


def look(booking: Booking, hands: Hands) -> None:
    """Compare what Wix has kept with what is written down here. Raises: WixError."""
    payment = booking.payment
    if payment is None or not payment.is_at_wix or _is_in_hand(booking):
        return
    moved = moved_for(booking, hands.wix)
    if moved.online <= 0:
        return
    with transaction.atomic():
        locked = Booking.objects.select_for_update(of=("self",)).get(pk=booking.pk)
        if not _is_in_hand(locked):
            _follow(locked, payment, moved, hands.clock())


def _is_in_hand(booking: Booking) -> bool:
    """True while it is waited for, or goes back; and if a person has to see to that."""
    if booking.due == Due.AT_WIX or booking.handovers.filter(
        need=Need.NOT_GIVEN_BACK_AT_WIX, answered=None
    ):
        return True
    return booking.attempts.filter(step=Step.REFUND_AT_WIX, settled=None).exists()


def _follow(booking: Booking, payment: Payment, moved: Moved, now: datetime) -> None:
    """Inside a transaction, with the booking locked."""
    if booking.stage in ENDS:
        if booking.due == Due.RELEASED:
            money_at_wix.goes_back(booking, payment, moved, now)
        elif booking.due == Due.REFUNDED:
            money_at_wix.give_surplus_back(booking, moved.online, moved, now)
    elif booking.due in (Due.PAID, Due.PART_PAID):
        too_much = money_at_wix.surplus(moved, payment)
        if too_much > 0:
            money_at_wix.give_surplus_back(booking, too_much, moved, now)
