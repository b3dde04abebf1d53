"""Having Wix send back what its checkout page has taken.

Wix knows no key against doing that twice: what has gone back already is looked for first.
Source: Wix eCommerce, Order Billing V1, "Refund Payments".
"""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from django.db import transaction

from booking.actions import handovers, leases, outcomes
from booking.actions.hands import Hands
from booking.actions.money_at_wix import Moved, moved_by, payment_at_wix, surplus
from booking.actions.money_due import ENDS
from booking.domain.ids import OrderId
from booking.domain.money import Money
from booking.domain.needs import Need
from booking.domain.states import Due
from booking.models import Attempt, Booking, Payment
from booking.wix.errors import OrderNotFound, RefundRefused

REASON = "The time could not be booked."
ON_ITS_WAY = "on its way back"
LONGEST_WAY = timedelta(hours=1)
"""Between two looks at money that is on its way: a bank may take days."""


def refund_at_wix(attempt: Attempt, hands: Hands) -> None:
    """Give back all that was paid for what is not booked, or what was paid twice for what is."""
    booking, payment = attempt.booking, payment_at_wix(attempt.booking)
    if payment is None or not payment.order_id:
        leases.settle(attempt, hands.clock(), "nothing to give back")
        return
    if attempt.doubtful_since and hands.clock() < attempt.doubtful_since + hands.patience.grace:
        leases.postpone(
            attempt, hands.clock(), hands.patience.grace, "it may have gone back already"
        )
        return
    try:
        moved = moved_by(payment, hands.wix, with_total=booking.stage not in ENDS)
        if not _was_sent(attempt):
            moved = _send_back(booking, payment, moved, hands)
    except (RefundRefused, OrderNotFound) as error:
        _not_given_back(attempt, error.code or type(error).__name__, "refused", hands)
        return
    if moved.is_going_back:
        wait = hands.patience.after(attempt.tries, longest=LONGEST_WAY)
        leases.postpone(attempt, hands.clock(), wait, ON_ITS_WAY)
    elif _too_much(booking, payment, moved) > 0:
        _not_given_back(attempt, "FAILED", "failed", hands)
    else:
        _given_back(attempt, payment, hands)


def _was_sent(attempt: Attempt) -> bool:
    """True if the last try has seen it on its way: what fails now is not sent by itself again."""
    return bool(attempt.entries) and attempt.entries[-1][1] == ON_ITS_WAY


def _too_much(booking: Booking, payment: Payment, moved: Moved) -> Decimal:
    """What has to go back."""
    if booking.payment != payment:  # it was paid by card here instead
        return moved.online
    return moved.kept if booking.stage in ENDS else surplus(moved, payment)


def _send_back(booking: Booking, payment: Payment, moved: Moved, hands: Hands) -> Moved:
    """Each payment by itself, the latest first; what stands at Wix then. Raises: RefundRefused, WixError."""
    told, too_much = moved.told, _too_much(booking, payment, moved)
    latest_first = reversed(told.moved if told else ())
    for paid in sorted(latest_first, key=lambda each: each.on_site):
        amount = min(too_much, told.left_of(paid)) if told else Decimal(0)
        if amount > 0:
            money = Money(amount, payment.currency)
            told = hands.wix.order_billing.refund(
                OrderId(payment.order_id), paid.id, money, reason=REASON
            )
            too_much -= amount
    return replace(moved, told=told)


def _not_given_back(attempt: Attempt, code: str, result: str, hands: Hands) -> None:
    with transaction.atomic():
        handovers.call_owner(attempt.booking, Need.NOT_GIVEN_BACK_AT_WIX, code=code)
        leases.settle(attempt, hands.clock(), result)


def _given_back(attempt: Attempt, payment: Payment, hands: Hands) -> None:
    all_of_it = attempt.booking.stage in ENDS  # as it was when that was sent back
    with transaction.atomic():
        booking = outcomes.locked(attempt)
        counts = booking.payment == payment
        if all_of_it or not counts:
            payment.refunded = payment.captured
            payment.save(update_fields=["refunded"])
        if all_of_it and counts and booking.due in (Due.PAID, Due.PART_PAID):
            booking.move_money_to(Due.REFUNDED)
            booking.save(update_fields=["due"])
        leases.settle(attempt, hands.clock(), "given back")
    attempt.booking = booking
