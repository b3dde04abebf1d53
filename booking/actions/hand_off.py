"""Handing a customer over to Wix's checkout page: made once, and another way where Wix cannot sell.

Wix confirms the booking itself once its order is approved, so nothing here ever confirms one.
Source: Wix eCommerce, Cart V2, "Create Cart", "Get Checkout URL"; Wix Headless, "Create Redirect
Session".
"""

import logging
from contextlib import suppress
from datetime import timedelta

from django.db import transaction

from booking.actions import cannot_sell, leases, money_due, new_bookings, outcomes, pay
from booking.actions.hands import Hands
from booking.domain.checkout import NewCheckout, Totals
from booking.domain.holding import AFTER_PAGE, Reason
from booking.domain.ids import CheckoutId, WixBookingId
from booking.domain.outcome import Customer
from booking.domain.states import Due, Stage
from booking.domain.ways import HERE
from booking.models import Attempt, Booking, Hold, Payment, Step
from booking.wix import VisitorCredentials
from booking.wix.errors import (
    AlreadyOrdered,
    AppMissing,
    CheckoutNotFound,
    InvalidRequest,
    ItemUnavailable,
    PlanRefused,
    SiteCannotSell,
    WixError,
    WixForbidden,
)
from booking.wix.redirect_sessions import WaysBack

log = logging.getLogger("booking.hand_off")

AWAIT_EVERY = timedelta(seconds=3)
"""The first wait between two looks at what became of it; doubled up to a minute."""
CANNOT_SELL = (
    SiteCannotSell,
    ItemUnavailable,
    PlanRefused,
    InvalidRequest,
    WixForbidden,
    AppMissing,
)
"""What only the business, or we, can mend: nobody is made to wait for that."""


def hand_off(attempt: Attempt, hands: Hands) -> Attempt | None:
    """Have the cart made at Wix and learn its page's address; the time is kept as long as it is open.

    One cart, made once: its id is written down before anybody learns its address. After a lost answer
    there may be another at Wix, which nobody knows the address of, so that it can never be paid.
    """
    booking, payment = attempt.booking, attempt.booking.payment
    if booking.stage != Stage.PLACED or booking.due != Due.DUE or payment is None:
        leases.settle(attempt, hands.clock(), "not wanted any more")
        return None
    if pay.open_until(payment, hands.clock()) is None:
        outcomes.unpaid(attempt, hands)
        return None
    try:
        checkout_id = _checkout_of(attempt, payment, hands)
        totals = hands.wix.hosted_checkout.totals(checkout_id)
        url = hands.wix.hosted_checkout.checkout_url(checkout_id)
    except AlreadyOrdered:  # by whoever got its address before we wrote that down
        _handed_over(attempt, payment, hands, payment.page_url, None)
        return None
    except CheckoutNotFound:  # Wix has dropped it, and so do we
        payment.page_id = ""
        payment.save(update_fields=["page_id"])
        raise
    except CANNOT_SELL as error:
        if isinstance(error, ItemUnavailable) and not new_bookings.still_free(booking, hands.wix):
            outcomes.lose(attempt, hands, "gone while paying")
            return None
        return _another_way(attempt, payment, hands, error)
    _handed_over(attempt, payment, hands, url, totals)
    return None


def way_to_wix(booking: Booking, hands: Hands) -> str:
    """Where to send the browser that has just pressed: Wix's checkout page, "" if that is not open.

    With a headless client it is a redirect session, whose page leads back to us; it works once, so it
    is made for each press, and always for the same visitor, whom the cart belongs to from then on. A
    jump changes nothing that would have to be found again. Without a client, or if Wix makes none, it
    is the page's own address, from which nothing leads back.
    """
    payment = booking.payment
    if payment is None or not payment.is_at_wix or not payment.page_url:
        return ""
    if not hands.client_id:
        return payment.page_url
    visitor = VisitorCredentials(hands.client_id, payment.visitor_token or None)
    address = hands.way_back(booking, hands.clock())
    back = WaysBack(thanks=address, after=address, cart=address)
    try:
        url = hands.wix.as_visitor(visitor).redirect_sessions.ecom_checkout(
            CheckoutId(payment.page_id), back
        )
    except WixError as error:
        log.warning("no redirect session for %s: %s", booking.reference, error)
        return payment.page_url
    payment.visitor_token = visitor.refresh_token or ""
    payment.save(update_fields=["visitor_token"])
    return url


def delete(payment: Payment, hands: Hands) -> None:
    """See to it that nobody can pay it any more. Raises: AlreadyOrdered; WixError, then it may stand."""
    if payment.page_id:
        with suppress(CheckoutNotFound):
            hands.wix.hosted_checkout.delete(CheckoutId(payment.page_id))


def new_checkout(booking: Booking) -> NewCheckout:
    """What is to be paid at Wix for it, and by whom."""
    return NewCheckout(
        booking_ids=tuple(WixBookingId(each.wix_id) for each in booking.lines.all()),
        customer=Customer(
            first_name=booking.first_name,
            last_name=booking.last_name,
            email=booking.email,
            phone=booking.phone,
        ),
    )


def _checkout_of(attempt: Attempt, payment: Payment, hands: Hands) -> CheckoutId:
    if payment.page_id:
        return CheckoutId(payment.page_id)
    made = hands.wix.hosted_checkout.create(new_checkout(attempt.booking))
    try:
        with transaction.atomic():
            leases.renew(attempt, hands.clock(), hands.patience.lease)
            payment.page_id = made.id
            payment.save(update_fields=["page_id"])
    except leases.LeaseLost:  # another has made one: two must never stand
        hands.wix.hosted_checkout.delete(made.id)
        raise
    return made.id


def _handed_over(
    attempt: Attempt, payment: Payment, hands: Hands, url: str, totals: Totals | None
) -> None:
    """The page is open. What Wix asks for there counts, also if it is not what we have shown."""
    now = hands.clock()
    with transaction.atomic():
        booking = outcomes.locked(attempt)
        wanted = booking.stage == Stage.PLACED
        payment.page_url = url if wanted else ""
        if totals is not None and totals.now.amount > 0:
            payment.amount, payment.currency = totals.now.amount, totals.now.currency
            payment.is_part = totals.later.amount > 0
        payment.save(update_fields=["page_url", "amount", "currency", "is_part"])
        if wanted:
            booking.move_money_to(Due.AT_WIX)
            booking.save(update_fields=["due"])
            Hold.objects.filter(booking=booking).update(
                until=(payment.page_until or now) + AFTER_PAGE, reason=Reason.PAYING
            )
            money_due.queue(booking, Step.AWAIT, now + AWAIT_EVERY)
        leases.settle(attempt, now, "handed over" if wanted else "not wanted any more")
    attempt.booking = booking
    if not wanted:
        delete(payment, hands)


def _another_way(
    attempt: Attempt, payment: Payment, hands: Hands, error: WixError
) -> Attempt | None:
    """Wix's page cannot take the money: what else was offered, else nothing is booked.

    The customer gets a way that works; the business is told what to mend.
    """
    delete(payment, hands)
    now = hands.clock()
    with transaction.atomic():
        booking = outcomes.locked(attempt)
        leases.settle(attempt, now, "not sold at Wix")
        following = None
        if booking.stage == Stage.PLACED:
            following = go_otherwise(booking, hands)
    cannot_sell.tell(booking, error)
    attempt.booking = booking
    return following


def go_otherwise(booking: Booking, hands: Hands) -> Attempt | None:
    """On to the way that its customer wants, else to the first that is left, in a transaction.

    The cart must be gone by then. None if no way is left: nothing is booked then.
    """
    now, possible = hands.clock(), pay.other_ways(booking, hands.takes_cards)
    if not possible:
        outcomes.give_up(booking, now, now, lost_to="no_way_to_pay")
        return None
    way = next((each for each in possible if each == booking.switch_to), possible[0])
    booking.way, booking.switch_to = way, ""
    due = Due.DUE if way in HERE else Due.ON_SITE
    if booking.due != due:
        booking.move_money_to(due)
    if way in HERE:
        pay.begin(booking, hands.takes_cards, now)
    booking.save(update_fields=["way", "switch_to", "due"])
    step = Step.START if way in HERE else Step.CONFIRM
    return money_due.queue(booking, step, now, leased=now + hands.patience.lease)
