"""Writing down at Wix what was paid to us: an order, its payment, and what went back.

A record never decides about a booking: where it fails it is tried again, and the business is told.
Source: Wix eCommerce, "Create Order", "Add Payments", "Refund Payments" with ``externalRefund``.
"""

from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction

from booking.actions import leases, outcomes
from booking.actions.hands import Hands
from booking.actions.money_due import queue
from booking.domain.ids import OrderId, PaymentId, WixBookingId
from booking.domain.money import Money
from booking.domain.order import NewOrder, NewPayment, OrderLine
from booking.domain.order import Payment as Recorded
from booking.models import Attempt, Booking, Payment, Step


def record(attempt: Attempt, hands: Hands) -> None:
    """Write the order and its payment down, each once: what an earlier try made is looked for first.

    An order without a payment is never shown by Wix's search, so after a lost answer a second one may
    be made: without a payment it stays unapproved, and nobody sees it.
    """
    booking, payment = attempt.booking, _payment(attempt)
    if not payment.order_id:
        payment.order_id = _order_of(booking, payment, hands)
        payment.save(update_fields=["order_id"])
    order_id = OrderId(payment.order_id)
    listed = hands.wix.order_transactions.list(order_id, payment.currency).payments
    recorded = _ours(listed, payment)
    if recorded is None:
        new = NewPayment(
            amount=Money(payment.captured, payment.currency), reference=payment.payment_id
        )
        added = hands.wix.order_transactions.add_payments(order_id, [new])
        recorded = _ours(added.payments, payment)
    with transaction.atomic():
        booking = outcomes.locked(attempt)  # it may have been given back meanwhile
        leases.settle(attempt, hands.clock(), "recorded")
        payment.wix_payment_id = recorded.id if recorded else ""
        payment.save(update_fields=["wix_payment_id"])
        payment.refresh_from_db(fields=["refunded"])
        if payment.refunded > 0:
            queue(booking, Step.RECORD_REFUND, hands.clock())


def record_refund(attempt: Attempt, hands: Hands) -> None:
    """Write down that money went back, unless that stands there already."""
    payment = _payment(attempt)
    order_id, paid = OrderId(payment.order_id), PaymentId(payment.wix_payment_id)
    told = hands.wix.order_transactions.list(order_id, payment.currency).refunds
    known = sum((each.amount.amount for each in told if each.payment_id == paid), Decimal(0))
    missing = payment.refunded - known
    if missing > 0:
        hands.wix.order_transactions.record_refund(order_id, paid, Money(missing, payment.currency))
    leases.settle(attempt, hands.clock(), "recorded")


def _order_of(booking: Booking, payment: Payment, hands: Hands) -> str:
    known = hands.wix.orders.by_reference(booking.reference)
    if known:
        return known[0].id
    total = Money(booking.price_amount or payment.amount, payment.currency)
    new = NewOrder(
        reference=booking.reference,
        lines=tuple(_lines(booking, total)),
        total=total,
        email=booking.email,
        purchased=booking.placed,
        notify_business=False,
    )
    return hands.wix.orders.create(new).id


def _lines(booking: Booking, total: Money) -> Iterable[OrderLine]:
    """One line for each booking at Wix; the price stands at the first, as it is one for all."""
    for position, line in enumerate(booking.lines.all()):
        yield OrderLine(
            name=line.service_name or booking.service_name,
            price=total if position == 0 else Money(Decimal(0), total.currency),
            booking_id=WixBookingId(line.wix_id),
        )


def _ours(listed: Iterable[Recorded], payment: Payment) -> Recorded | None:
    return next((each for each in listed if each.reference == payment.payment_id), None)


def _payment(attempt: Attempt) -> Payment:
    return attempt.booking.payments.get(number=attempt.generation)
