"""A booking becomes a cart, a cart an order, and Wix itself then decides about the booking."""

from dataclasses import replace

import pytest

from booking.domain.checkout import LinePayment
from booking.domain.ids import CheckoutId
from booking.domain.order import OrderPayment, OrderStatus
from booking.wix import Wix
from booking.wix.auth import Auth
from booking.wix.errors import (
    AlreadyOrdered,
    CheckoutNotFound,
    WixForbidden,
    WixRefused,
)
from tests.contract.conftest import Client
from tests.contract.shop import a_checkout, bought, euros, placed, state, visitor
from tests.in_process import Sandbox

MASSAGE = "relaxing-massage"


def test_a_cart_sells_the_booking_and_its_price_comes_from_there(
    wix: Wix, sandbox: Sandbox
) -> None:
    booking_id = placed(sandbox, MASSAGE)
    made = wix.carts.create(a_checkout(booking_id))
    (line,) = made.lines
    assert (line.booking_id, line.name, line.price) == (booking_id, "Relaxing massage", euros("65"))
    assert line.service_id == sandbox.service(MASSAGE)["id"]
    assert (line.payment, line.available) == (LinePayment.ONLINE, True)
    assert (made.currency, made.email, made.ordered) == ("EUR", "jo@example.com", False)
    assert wix.carts.get(made.id) == made


def test_totals_are_asked_for_and_tell_now_from_later(wix: Wix, sandbox: Sandbox) -> None:
    online = wix.carts.create(a_checkout(placed(sandbox, MASSAGE)))
    on_site = wix.carts.create(a_checkout(placed(sandbox, "haircut", "OFFLINE")))
    at_once, later = wix.carts.totals(online.id), wix.carts.totals(on_site.id)
    assert (at_once.total, at_once.now, at_once.later) == (euros("65"), euros("65"), euros("0"))
    assert (later.total, later.now, later.later) == (euros("35"), euros("0"), euros("35"))
    assert at_once.proof


def test_a_deposit_is_due_now_and_the_rest_later(wix: Wix, sandbox: Sandbox) -> None:
    booking_id = placed(sandbox, "colour-and-gloss", depositSelected=True)
    cart = wix.carts.create(a_checkout(booking_id))
    totals = wix.carts.totals(cart.id)
    assert cart.lines[0].payment is LinePayment.DEPOSIT
    assert cart.lines[0].deposit == euros("30")
    assert (totals.total, totals.now, totals.later) == (euros("95"), euros("30"), euros("65"))
    sandbox.press(wix.carts.checkout_url(cart.id))
    sandbox.settle()
    (order,) = wix.orders.of_booking(booking_id)
    assert (order.payment, order.balance) == (OrderPayment.PARTIALLY_PAID, euros("65"))
    assert state(sandbox, booking_id) == ("CONFIRMED", "PARTIALLY_PAID")


def test_a_paid_booking_is_confirmed_by_wix_a_moment_later(wix: Wix, sandbox: Sandbox) -> None:
    booking_id = placed(sandbox, MASSAGE)
    cart = wix.carts.create(a_checkout(booking_id))
    sandbox.press(wix.carts.checkout_url(cart.id))
    (order,) = wix.orders.of_checkout(cart.id)
    assert (order.status, order.payment) == (OrderStatus.APPROVED, OrderPayment.PAID)
    assert (order.booking_ids, order.balance) == ((booking_id,), euros("0"))
    assert state(sandbox, booking_id) == ("CREATED", "UNDEFINED")
    sandbox.advance(2)
    assert state(sandbox, booking_id) == ("CONFIRMED", "PAID")
    assert wix.carts.get(cart.id).order_id == order.id


def test_a_paid_booking_may_still_wait_for_the_owner(wix: Wix, sandbox: Sandbox) -> None:
    sandbox.seed(services=[{"slug": MASSAGE, "onlineBooking": {"requireManualApproval": True}}])
    booking_id = placed(sandbox, MASSAGE)
    bought(wix, sandbox, booking_id)
    assert state(sandbox, booking_id) == ("PENDING", "PAID")


def test_who_pays_for_a_time_that_is_gone_is_double_booked(wix: Wix, sandbox: Sandbox) -> None:
    first, second = placed(sandbox, MASSAGE), placed(sandbox, MASSAGE)
    bought(wix, sandbox, first)
    bought(wix, sandbox, second)
    (loser,) = [each for each in sandbox.bookings() if each["id"] == second]
    assert (loser["status"], loser["paymentStatus"]) == ("CONFIRMED", "PAID")
    assert loser["doubleBooked"] is True


def test_who_would_pay_at_the_desk_for_a_time_that_is_gone_is_declined(
    wix: Wix, sandbox: Sandbox
) -> None:
    sandbox.seed(services=[{"slug": "haircut", "staffMemberIds": ["ana"]}])
    first, second = (placed(sandbox, "haircut", "OFFLINE") for _ in range(2))
    for booking_id in (first, second):
        wix.carts.place_order(wix.carts.create(a_checkout(booking_id)).id)
        sandbox.settle()
    assert state(sandbox, first) == ("CONFIRMED", "NOT_PAID")
    assert state(sandbox, second) == ("DECLINED", "NOT_PAID")


def test_what_is_paid_on_site_is_ordered_at_once(wix: Wix, sandbox: Sandbox) -> None:
    booking_id = placed(sandbox, "haircut", "OFFLINE")
    cart = wix.carts.create(a_checkout(booking_id))
    made = wix.carts.place_order(cart.id, wix.carts.totals(cart.id).proof)
    order = wix.orders.get(made.id)
    assert made.completed
    assert order
    assert (order.status, order.payment) == (OrderStatus.APPROVED, OrderPayment.NOT_PAID)


def test_what_is_due_online_waits_for_wixs_page(wix: Wix, sandbox: Sandbox) -> None:
    booking_id = placed(sandbox, MASSAGE)
    cart = wix.carts.create(a_checkout(booking_id))
    made = wix.carts.place_order(cart.id)
    order = wix.orders.get(made.id)
    assert not made.completed
    assert order
    assert (order.status, order.payment) == (OrderStatus.INITIALIZED, OrderPayment.NOT_PAID)
    with pytest.raises(AlreadyOrdered) as again:
        wix.carts.place_order(cart.id)
    assert again.value.code == "PAYMENT_ALREADY_IN_PROGRESS"
    sandbox.press(wix.carts.checkout_url(cart.id))
    sandbox.settle()
    assert [each.id for each in wix.orders.of_booking(booking_id)] == [made.id]
    assert state(sandbox, booking_id) == ("CONFIRMED", "PAID")


def test_a_coupon_and_a_gift_card_lower_what_is_due(wix: Wix, sandbox: Sandbox) -> None:
    new = a_checkout(placed(sandbox, MASSAGE), coupon="WELCOME10", gift_card="GIFT-2030-0020")
    cart = wix.carts.create(new)
    totals = wix.carts.totals(cart.id)
    assert cart.coupon == "WELCOME10"
    assert (totals.discount, totals.total) == (euros("6.50"), euros("58.50"))
    assert (totals.gift_card, totals.now) == (euros("20"), euros("38.50"))
    cart = wix.carts.remove_coupon(cart.id, cart.coupon_id)
    cart = wix.carts.remove_gift_card(cart.id, cart.gift_card_id)
    assert wix.carts.totals(cart.id).now == euros("65")


def test_nothing_left_to_pay_is_ordered_without_a_page(wix: Wix, sandbox: Sandbox) -> None:
    booking_id = placed(sandbox, MASSAGE)
    cart = wix.carts.create(a_checkout(booking_id))
    wix.carts.add_coupon(cart.id, "ONTHEHOUSE")
    made = wix.carts.place_order(cart.id)
    sandbox.settle()
    assert made.completed
    assert state(sandbox, booking_id) == ("CONFIRMED", "EXEMPT")


def test_a_gift_card_that_is_used_has_less_on_it(wix: Wix, sandbox: Sandbox) -> None:
    for at in (0, 4, 8):
        new = a_checkout(placed(sandbox, MASSAGE, at=at), gift_card="GIFT-2030-0200")
        cart = wix.carts.create(new)
        assert wix.carts.totals(cart.id).gift_card == euros("65")
        wix.carts.place_order(cart.id)
    last = a_checkout(placed(sandbox, "deep-tissue-massage"), gift_card="GIFT-2030-0200")
    assert wix.carts.totals(wix.carts.create(last).id).gift_card == euros("5")


def test_a_deleted_cart_cannot_be_paid(wix: Wix, sandbox: Sandbox) -> None:
    booking_id = placed(sandbox, MASSAGE)
    cart = wix.carts.create(a_checkout(booking_id))
    url = wix.carts.checkout_url(cart.id)
    wix.carts.delete(cart.id)
    assert sandbox.press(url).status_code == 404
    assert state(sandbox, booking_id)[0] == "CREATED"
    with pytest.raises(CheckoutNotFound):
        wix.carts.get(cart.id)
    with pytest.raises(CheckoutNotFound):
        wix.carts.delete(cart.id)


def test_the_first_visitor_who_opens_an_apps_cart_owns_it(
    client: Client, app: Auth, sandbox: Sandbox
) -> None:
    cart = client(app).carts.create(a_checkout(placed(sandbox, MASSAGE)))
    first, second = client(visitor(sandbox)), client(visitor(sandbox))
    assert first.carts.get(cart.id).id == cart.id
    with pytest.raises(WixForbidden) as refused:
        second.carts.get(cart.id)
    assert (refused.value.status, refused.value.code) == (403, "PERMISSION_DENIED")


def test_an_id_cannot_lead_to_another_path(wix: Wix, sandbox: Sandbox) -> None:
    with pytest.raises(WixRefused) as refused:
        wix.carts.get(CheckoutId("../../v1/orders/search?x=1"))
    assert refused.value.status == 404


def test_a_visitor_sells_to_themselves(client: Client, sandbox: Sandbox) -> None:
    mine = client(visitor(sandbox))
    booking_id = placed(sandbox, MASSAGE)
    new = replace(a_checkout(booking_id), note="ring twice")
    cart = mine.carts.create(new)
    sandbox.press(mine.carts.checkout_url(cart.id))
    sandbox.settle()
    assert state(sandbox, booking_id) == ("CONFIRMED", "PAID")
    assert sandbox.orders()[0]["buyerNote"] == "ring twice"
