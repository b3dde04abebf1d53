"""What becomes of a payment on Wix's checkout page: only asking Wix tells.

That somebody has come back proves nothing. Wix takes the money first and decides about the booking
afterwards: what is paid and not booked goes back.
Source: Wix Bookings, "Bookings and eCommerce"; Wix eCommerce, "Orders", "Order Transactions".
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from django.db import transaction

from booking.actions import attempts, hand_off, handovers, leases, money_due, outcomes
from booking.actions.hand_off import AWAIT_EVERY
from booking.actions.hands import Hands
from booking.domain.holding import AFTER_PAGE
from booking.domain.ids import OrderId, WixBookingId
from booking.domain.money import Money
from booking.domain.needs import Need
from booking.domain.order import Order, OrderStatus, PaymentState, Transactions
from booking.domain.outcome import WixBooking, WixPayment, WixStatus
from booking.domain.states import LIVE, Due, Stage
from booking.models import Attempt, Booking, Payment, Step
from booking.wix import Wix
from booking.wix.errors import AlreadyOrdered

A_MINUTE = timedelta(minutes=1)
BOOKED_AS = {
    WixPayment.PAID: Due.PAID,
    WixPayment.PARTIALLY_PAID: Due.PART_PAID,
    WixPayment.NOT_PAID: Due.ON_SITE,  # Wix's page let them choose to pay there
    WixPayment.EXEMPT: Due.NOTHING,  # by a coupon or a gift card
    WixPayment.REFUNDED: Due.REFUNDED,
}
"""Where the money of a booking stands that Wix has confirmed. Others: Wix is still writing it down."""
MOVED = frozenset({PaymentState.APPROVED, PaymentState.PARTIALLY_REFUNDED, PaymentState.REFUNDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """The money that moved for one booking at Wix: ``kept`` is what was paid and not given back.

    ``total`` is what its order asks for; ``by_plan`` says that a plan has paid and no money moved.
    """

    order_id: OrderId | None = None
    number: str = ""
    total: Money | None = None
    kept: Decimal = Decimal(0)
    by_plan: bool = False
    open_orders: tuple[Order, ...] = field(default=())


def await_wix(attempt: Attempt, hands: Hands) -> Attempt | None:
    """Ask Wix whether it was paid and booked; once nobody may pay any more, it is taken back."""
    booking, payment = attempt.booking, attempt.booking.payment
    if booking.stage != Stage.PLACED or booking.due != Due.AT_WIX or payment is None:
        leases.settle(attempt, hands.clock(), "over already")
        return None
    if _decided(attempt, payment, hands):
        return None
    now, ends = hands.clock(), (payment.page_until or hands.clock()) + AFTER_PAGE
    if now >= ends:
        with transaction.atomic():
            leases.settle(attempt, hands.clock(), "not paid in time")
            return money_due.queue(booking, Step.TAKE_BACK, now, leased=now + hands.patience.lease)
    wait = min(hands.patience.after(attempt.tries, AWAIT_EVERY), A_MINUTE, ends - now)
    leases.postpone(attempt, hands.clock(), wait, "not paid yet")
    return None


def take_back(attempt: Attempt, hands: Hands) -> Attempt | None:
    """The cart first, so that nobody can pay any more; then the booking. What is paid by then wins.

    Afterwards one more look is taken: a payment may have been on its way when the cart went. Who
    wants to pay in another way goes on with that instead.
    """
    booking, payment = attempt.booking, attempt.booking.payment
    if booking.due != Due.AT_WIX or payment is None:
        leases.settle(attempt, hands.clock(), "decided meanwhile")
        return None
    is_wanted = booking.stage == Stage.PLACED
    if is_wanted and _decided(attempt, payment, hands):
        return None
    if payment.page_url and not _deleted(payment, hands):
        _ordered(attempt, payment, hands)
    elif is_wanted:
        return _give_way(attempt, hands)
    else:
        _last_look(attempt, payment, hands)
    return None


def seen_at_wix(booking: Booking, wix: Wix) -> Stage | None:
    """What Wix says at this moment of a booking that is paid there, for its page; None: nothing yet.

    Writes nothing down. Raises: WixError.
    """
    answers = _answers(booking, wix)
    known = [each for each in answers if each.status in outcomes.STAGE_FOR]
    if outcomes.is_lost(known):
        return Stage.DECLINED
    if len(known) < booking.lines.count():
        return None
    waits = any(each.status is WixStatus.PENDING for each in known)
    return Stage.AWAITING_OWNER if waits else Stage.CONFIRMED


def moved_for(booking: Booking, wix: Wix) -> Moved:
    """What was paid for it, by the orders that it was sold in. Raises: WixError."""
    first = booking.line
    orders = wix.orders.of_booking(WixBookingId(first.wix_id)) if first.wix_id else ()
    moved = Moved(open_orders=tuple(each for each in orders if each.status is OrderStatus.PENDING))
    for order in orders:
        told = wix.order_transactions.list(order.id, order.total.currency)
        if kept := kept_of(told):
            return Moved(order_id=order.id, number=order.number, total=order.total, kept=kept)
        if order.status is OrderStatus.APPROVED:
            moved = Moved(
                order_id=order.id,
                number=order.number,
                total=order.total,
                by_plan=any(each.by_plan for each in told.payments),
            )
    return moved


def kept_of(told: Transactions) -> Decimal:
    """What was paid and has not gone back, plans left out."""
    paid = (e.amount.amount for e in told.payments if e.state in MOVED and not e.by_plan)
    back = (e.amount.amount for e in told.refunds if e.status != "FAILED")
    return sum(paid, Decimal(0)) - sum(back, Decimal(0))


STEPS = {
    Step.HAND_OFF: hand_off.hand_off,
    Step.AWAIT: await_wix,
    Step.TAKE_BACK: take_back,
}


def _answers(booking: Booking, wix: Wix) -> list[WixBooking]:
    asked = (wix.extended_bookings.by_id(WixBookingId(e.wix_id)) for e in booking.lines.all())
    return [each for each in asked if each is not None]


def _decided(attempt: Attempt, payment: Payment, hands: Hands) -> bool:
    """True if Wix has decided about the booking, and that is written down now."""
    booking = attempt.booking
    answers = _answers(booking, hands.wix)
    known = [each for each in answers if each.status in outcomes.STAGE_FOR]
    lost = outcomes.is_lost(known)
    if not lost and len(known) < booking.lines.count():
        return False
    moved = moved_for(booking, hands.wix)
    due = _lost_money(moved) if lost else _money(known, moved)
    if due is None and not lost:
        return False  # Wix has confirmed it and not written down yet how it was paid
    _write_down(payment, moved, lost=lost)
    for service_id in {each.service_id for each in known if each.service_id}:
        hands.wix.time_slots.forget(service_id)
    outcomes.apply(attempt, known, hands, due=due)
    _tell_owner(attempt.booking, payment, moved, hands, lost=lost)
    return True


def _lost_money(moved: Moved) -> Due | None:
    """None where nothing was paid: then the cart is still to be taken back."""
    return Due.PAID if moved.kept > 0 else None


def _money(known: Sequence[WixBooking], moved: Moved) -> Due | None:
    if moved.by_plan:
        return Due.COVERED
    return BOOKED_AS.get(known[0].payment)


def _write_down(payment: Payment, moved: Moved, *, lost: bool) -> None:
    """What Wix has taken; of what was paid twice only once, as the rest goes back at once."""
    payment.order_id = moved.order_id or ""
    kept = moved.kept if lost else moved.kept - _surplus(moved)
    if kept > 0:
        payment.amount = payment.captured = kept
        payment.currency = moved.total.currency if moved.total else payment.currency
        payment.is_part = moved.total is not None and kept < moved.total.amount
    if moved.order_id:
        payment.page_url = payment.visitor_token = ""
    payment.save(
        update_fields=[
            "order_id",
            "amount",
            "captured",
            "currency",
            "is_part",
            "page_url",
            "visitor_token",
        ]
    )


def _surplus(moved: Moved) -> Decimal:
    """What was paid beyond the order's total."""
    return max(Decimal(0), moved.kept - moved.total.amount) if moved.total else Decimal(0)


def _tell_owner(
    booking: Booking, payment: Payment, moved: Moved, hands: Hands, *, lost: bool
) -> None:
    if lost and moved.kept > 0:
        told = f"{payment.asked.amount} {payment.currency}"
        handovers.call_owner(booking, Need.PAID_NOT_BOOKED, amount=told, order=moved.number)
    elif lost and moved.by_plan:
        handovers.call_owner(booking, Need.PLAN_NOT_BOOKED, order=moved.number)
    elif _surplus(moved) > 0:
        attempts.anew(booking, Step.REFUND_AT_WIX, hands.clock())
        told = f"{_surplus(moved)} {payment.currency}"
        handovers.call_owner(booking, Need.PAID_TWICE, amount=told, order=moved.number)


def _deleted(payment: Payment, hands: Hands) -> bool:
    """Delete the cart; False if it has become an order."""
    try:
        hand_off.delete(payment, hands)
    except AlreadyOrdered:
        return False
    payment.page_url = payment.visitor_token = ""
    payment.save(update_fields=["page_url", "visitor_token"])
    return True


def _ordered(attempt: Attempt, payment: Payment, hands: Hands) -> None:
    """It was ordered in the last moment, so it cannot be taken back: Wix decides, or the owner does."""
    booking = attempt.booking
    if booking.stage not in LIVE:
        payment.page_url = payment.visitor_token = ""
        payment.save(update_fields=["page_url", "visitor_token"])
        _last_look(attempt, payment, hands)
        return
    now = hands.clock()
    if now >= booking.useless_from:
        _tell_of_open_order(booking)
        outcomes.unpaid(attempt, hands)
        return
    if moved_for(booking, hands.wix).open_orders:
        _tell_of_open_order(booking)
    wait = min(hands.patience.after(attempt.tries, AWAIT_EVERY), booking.useless_from - now)
    leases.postpone(attempt, hands.clock(), wait, "ordered, and not decided yet")


def _tell_of_open_order(booking: Booking) -> None:
    handovers.call_owner(booking, Need.ORDER_OPEN)


def _give_way(attempt: Attempt, hands: Hands) -> Attempt | None:
    """Nobody can pay at Wix any more: on in the way that is wanted instead, else it is over."""
    now = hands.clock()
    with transaction.atomic():
        booking = outcomes.locked(attempt)
        attempt.booking = booking
        if booking.stage == Stage.PLACED and booking.switch_to:
            leases.settle(attempt, hands.clock(), f"{booking.switch_to} instead")
            return hand_off.go_otherwise(booking, hands)
        if booking.stage == Stage.PLACED:
            outcomes.expire(booking, now)
        leases.postpone(attempt, now, AFTER_PAGE, "taken back; one last look")
    return None


def _last_look(attempt: Attempt, payment: Payment, hands: Hands) -> None:
    """Nothing is booked, and nobody can pay any more: was there money on its way?"""
    booking, now = attempt.booking, hands.clock()
    moved = moved_for(booking, hands.wix)
    ended = booking.settled or now
    if moved.kept <= 0 and now < ended + AFTER_PAGE:
        leases.postpone(attempt, hands.clock(), ended + AFTER_PAGE - now, "nothing paid so far")
        return
    if moved.open_orders and now < booking.useless_from:
        _tell_of_open_order(booking)
        leases.postpone(
            attempt, hands.clock(), hands.patience.after(attempt.tries), "its order is open"
        )
        return
    with transaction.atomic():
        booking = outcomes.locked(attempt)
        if moved.kept > 0:
            _write_down(payment, moved, lost=True)
        booking.move_money_to(Due.PAID if moved.kept > 0 else Due.RELEASED)
        booking.save(update_fields=["due"])
        money_due.follow(booking, now)
        if moved.kept > 0:
            was_cancelled = booking.stage == Stage.CANCELLED
            mail = Step.MAIL_CANCELLED if was_cancelled else Step.MAIL_DECLINED
            attempts.anew(booking, mail, now)
        leases.settle(attempt, now, "paid too late" if moved.kept > 0 else "not paid")
    attempt.booking = booking
    _tell_owner(booking, payment, moved, hands, lost=True)
