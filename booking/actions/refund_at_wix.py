"""Having Wix send back what its checkout page has taken.

Wix knows no key against doing that twice: what has gone back already is looked for first.
Source: Wix eCommerce, Order Billing V1, "Refund Payments".
"""

from django.db import transaction

from booking.actions import handovers, leases, outcomes
from booking.actions.hands import Hands
from booking.actions.money_at_wix import moved_by, surplus
from booking.actions.money_due import ENDS
from booking.domain.money import Money
from booking.domain.needs import Need
from booking.domain.states import Due
from booking.models import Attempt, Booking, Payment
from booking.wix.errors import OrderNotFound, RefundRefused

REASON = "The time could not be booked."


def refund_at_wix(attempt: Attempt, hands: Hands) -> None:
    """Give back all that was paid for what is not booked, or what was paid twice for what is."""
    booking, payment = attempt.booking, attempt.booking.payment
    if payment is None or not payment.order_id:
        leases.settle(attempt, hands.clock(), "nothing to give back")
        return
    if attempt.doubtful_since and hands.clock() < attempt.doubtful_since + hands.patience.grace:
        leases.postpone(
            attempt, hands.clock(), hands.patience.grace, "it may have gone back already"
        )
        return
    try:
        _send_back(booking, payment, hands)
    except (RefundRefused, OrderNotFound) as error:
        code = error.code or type(error).__name__
        handovers.call_owner(booking, Need.NOT_GIVEN_BACK_AT_WIX, code=code)
        leases.settle(attempt, hands.clock(), "refused")
        return
    _given_back(attempt, payment, hands)


def _send_back(booking: Booking, payment: Payment, hands: Hands) -> None:
    """Each payment by itself, the latest first. Raises: RefundRefused, WixError."""
    moved = moved_by(payment, hands.wix)
    if moved.told is None:
        return
    too_much = moved.kept if booking.stage in ENDS else surplus(moved, payment)
    latest_first = reversed(moved.told.moved)
    for paid in sorted(latest_first, key=lambda each: each.on_site):
        amount = min(too_much, moved.told.left_of(paid))
        if amount > 0:
            money = Money(amount, payment.currency)
            hands.wix.order_billing.refund(moved.told.order_id, paid.id, money, reason=REASON)
            too_much -= amount


def _given_back(attempt: Attempt, payment: Payment, hands: Hands) -> None:
    with transaction.atomic():
        booking = outcomes.locked(attempt)
        if booking.stage in ENDS and booking.due in (Due.PAID, Due.PART_PAID):
            payment.refunded = payment.captured
            payment.save(update_fields=["refunded"])
            booking.move_money_to(Due.REFUNDED)
            booking.save(update_fields=["due"])
        leases.settle(attempt, hands.clock(), "given back")
    attempt.booking = booking
