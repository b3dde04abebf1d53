"""What becomes of a payment on Wix's checkout page: only asking Wix tells.

That somebody has come back proves nothing. Wix takes the money first and decides about the booking
afterwards: what is paid and not booked goes back.
Source: Wix Bookings, "Bookings and eCommerce"; Wix eCommerce, "Orders", "Order Transactions".
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from booking.actions import (
    attempts,
    cannot_sell,
    hand_off,
    handovers,
    late_money,
    leases,
    money_at_wix,
    money_due,
    outcomes,
)
from booking.actions.hand_off import AWAIT_EVERY
from booking.actions.hands import Hands
from booking.actions.money_at_wix import Moved, moved_for
from booking.domain.holding import AFTER_PAGE
from booking.domain.ids import WixBookingId
from booking.domain.needs import Need
from booking.domain.outcome import WixBooking, WixPayment, WixStatus
from booking.domain.states import LIVE, Due, Stage
from booking.models import Attempt, Booking, Hold, Payment, Step
from booking.wix import Wix
from booking.wix.errors import AlreadyOrdered

A_MINUTE = timedelta(minutes=1)
AT_ONCE = timedelta(0)
LOOKS_FOR_MONEY = 5
"""Every so many looks at a booking that Wix has not confirmed it is looked for money as well."""
BOOKED_AS = {
    WixPayment.PAID: Due.PAID,
    WixPayment.PARTIALLY_PAID: Due.PART_PAID,
    WixPayment.NOT_PAID: Due.ON_SITE,  # Wix's page let them choose to pay there
    WixPayment.EXEMPT: Due.NOTHING,  # by a coupon or a gift card
    WixPayment.REFUNDED: Due.REFUNDED,
}
"""Where the money of a booking stands that Wix has confirmed. Others: Wix is still writing it down."""


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
    if attempt.tries % LOOKS_FOR_MONEY == 0:
        _tell_if_stuck(booking, moved_for(booking, hands.wix), now)
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
        if money_at_wix.is_paid_otherwise(booking):
            late_money.look_behind(attempt, hands)
        else:
            leases.settle(attempt, hands.clock(), "decided meanwhile")
        return None
    is_wanted = booking.stage == Stage.PLACED
    if is_wanted and _decided(attempt, payment, hands):
        return None
    if _is_ordered(booking, payment, hands):
        _ordered(attempt, payment, hands)
    elif is_wanted:
        cannot_sell.tell_if_so(booking, hand_off.new_checkout(booking), hands)
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
    for service_id in {each.service_id for each in known if each.service_id}:
        hands.wix.time_slots.forget(service_id)
    with transaction.atomic():
        locked = outcomes.locked(attempt)
        if (locked.stage, locked.due) != (Stage.PLACED, Due.AT_WIX):
            attempt.booking = locked
            leases.postpone(attempt, hands.clock(), AT_ONCE, "ended meanwhile")
        else:
            _settle(attempt, payment, known, moved, due, hands, lost=lost)
    return True


def _settle(
    attempt: Attempt,
    payment: Payment,
    known: Sequence[WixBooking],
    moved: Moved,
    due: Due | None,
    hands: Hands,
    *,
    lost: bool,
) -> None:
    """Write down what Wix has decided, with all that follows from it, inside a transaction."""
    too_much = money_at_wix.surplus(moved, payment)
    money_at_wix.write_down(payment, moved, all_of_it=lost)
    outcomes.apply(attempt, known, hands, due=due)
    if lost:
        money_at_wix.tell_of_lost(attempt.booking, moved)
        if due is None and attempt.step == Step.TAKE_BACK:  # the cart is still to be deleted
            attempts.anew(attempt.booking, Step.TAKE_BACK, hands.clock())
    elif too_much > 0:
        money_at_wix.give_surplus_back(attempt.booking, too_much, moved, hands.clock())


def _lost_money(moved: Moved) -> Due | None:
    """None where nothing was paid: then the cart is still to be taken back."""
    return Due.PAID if moved.kept > 0 else None


def _money(known: Sequence[WixBooking], moved: Moved) -> Due | None:
    if moved.by_plan:
        return Due.COVERED
    said = BOOKED_AS.get(known[0].payment)
    if said in (None, Due.ON_SITE) and moved.kept > 0 and moved.total is not None:
        # Wix has yet to write it down with the booking; the money is there already.
        return Due.PART_PAID if moved.kept < moved.total.amount else Due.PAID
    return said


def _is_ordered(booking: Booking, payment: Payment, hands: Hands) -> bool:
    """True if the cart cannot be taken back any more; or it is gone already, and was paid before."""
    if payment.page_url:
        return not _deleted(payment, hands)
    return booking.stage == Stage.PLACED and moved_for(booking, hands.wix).kept > 0


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
    now, moved = hands.clock(), moved_for(booking, hands.wix)
    if now >= booking.useless_from and moved.kept > 0:
        _lost_after_all(attempt, payment, moved, hands)
        return
    if now >= booking.useless_from:
        _tell_of_open_order(booking)
        with transaction.atomic():
            outcomes.unpaid(attempt, hands)
            late_money.look_once_more(attempt.booking, now)
        return
    if moved.open_orders:
        _tell_of_open_order(booking)
    _tell_if_stuck(booking, moved, now)
    wait = min(hands.patience.after(attempt.tries, AWAIT_EVERY), booking.useless_from - now)
    if moved.kept > 0:  # who has paid keeps their time here until it is decided
        Hold.objects.filter(booking=booking).update(until=now + wait + AFTER_PAGE)
    leases.postpone(attempt, hands.clock(), wait, "ordered, and not decided yet")


def _lost_after_all(attempt: Attempt, payment: Payment, moved: Moved, hands: Hands) -> None:
    """It was paid, Wix never confirmed it, and nobody wants it any more: all of the money goes back."""
    now = hands.clock()
    with transaction.atomic():
        booking = outcomes.locked(attempt)
        attempt.booking = booking
        if booking.stage != Stage.PLACED:
            leases.postpone(attempt, now, AT_ONCE, "ended meanwhile")
            return
        leases.settle(attempt, now, "paid and never confirmed")
        money_at_wix.write_down(payment, moved, all_of_it=True)
        booking.move_money_to(Due.PAID)
        outcomes.give_up(booking, now, now)
        money_at_wix.tell_of_lost(booking, moved)


def _tell_of_open_order(booking: Booking) -> None:
    handovers.call_owner(booking, Need.ORDER_OPEN)


def _tell_if_stuck(booking: Booking, moved: Moved, now: datetime) -> None:
    """Wix confirms within seconds what was paid: longer than that, and a person has to look."""
    if moved.kept > 0 and (moved.latest is None or now >= moved.latest + AFTER_PAGE):
        money_at_wix.tell_of_waiting(booking, moved)


def _give_way(attempt: Attempt, hands: Hands) -> Attempt | None:
    """Nobody can pay at Wix any more: on in the way that is wanted instead, else it is over."""
    now = hands.clock()
    with transaction.atomic():
        booking = outcomes.locked(attempt)
        attempt.booking = booking
        if booking.stage == Stage.PLACED and booking.switch_to:
            leases.postpone(attempt, now, AFTER_PAGE, f"{booking.switch_to} instead")
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
            money_at_wix.goes_back(booking, payment, moved, now)
        else:
            booking.move_money_to(Due.RELEASED)
            booking.save(update_fields=["due"])
            money_at_wix.tell_of_lost(booking, moved)
            late_money.look_once_more(booking, now)
        leases.settle(attempt, now, "paid too late" if moved.kept > 0 else "not paid")
    attempt.booking = booking
