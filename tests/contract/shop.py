"""What the contract tests of carts, orders and plans need over and over."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from booking.domain.checkout import NewCheckout
from booking.domain.ids import MemberId, OrderId, PlanId, PlanOrderId, WixBookingId
from booking.domain.money import Money
from booking.domain.order import NewOrder, NewPayment, OrderLine
from booking.wix import VisitorCredentials, Wix
from booking.wix.auth import Auth
from tests.contract.conftest import JO, Client
from tests.in_process import Sandbox
from tests.sandbox.asking import session_as

RITA = MemberId("6a2f0000-0000-4000-8000-0000000000aa")
SOMEBODY_ELSE = MemberId("6a2f0000-0000-4000-8000-0000000000bb")
NOWHERE = "5e100000-0000-4000-8000-0000000000ff"
TUESDAY = "2030-06-04"


def euros(amount: str) -> Money:
    return Money(Decimal(amount), "EUR")


def placed(
    sandbox: Sandbox, slug: str, option: str = "ONLINE", *, at: int = 0, **booking: Any
) -> WixBookingId:
    """A CREATED booking of this service's ``at``-th time from Tuesday on, to be paid so."""
    times = sandbox.slots(slug, TUESDAY, "2030-06-08")
    made = sandbox.book(
        slug, times[at]["localStartDate"], confirm=False, selectedPaymentOption=option, **booking
    )
    return WixBookingId(made["id"])


def a_checkout(*booking_ids: WixBookingId, **changes: Any) -> NewCheckout:
    plain = NewCheckout(booking_ids=booking_ids, customer=JO, country="PT")
    return replace(plain, **changes)


def state(sandbox: Sandbox, booking_id: WixBookingId) -> tuple[str, str]:
    """Status and payment status of a booking as they are now."""
    (found,) = [each for each in sandbox.bookings() if each["id"] == booking_id]
    return found["status"], found["paymentStatus"]


def bought(
    wix: Wix, sandbox: Sandbox, booking_id: WixBookingId, button: str = "pay"
) -> OrderId | None:
    """Sell a booking through Wix's page; the order, if that left one that search shows."""
    cart = wix.carts.create(a_checkout(booking_id))
    sandbox.press(wix.carts.checkout_url(cart.id), button)
    sandbox.settle()
    return next((order.id for order in wix.orders.of_booking(booking_id)), None)


def an_order(booking_id: WixBookingId | None = None, total: str = "65.00") -> NewOrder:
    line = OrderLine(name="Relaxing massage", price=euros(total), booking_id=booking_id)
    return NewOrder(reference="line-1", lines=(line,), total=euros(total), email="jo@example.com")


def a_payment(amount: str = "65.00", reference: str = "pi_1") -> NewPayment:
    return NewPayment(amount=euros(amount), reference=reference)


def visitor(sandbox: Sandbox) -> Auth:
    """A visitor of the site."""
    return VisitorCredentials(sandbox.credentials["clientId"])


def member(client: Client, sandbox: Sandbox, member_id: MemberId = RITA) -> Wix:
    """A client with a member's own token, as a login of the business gives it."""
    anonymous = {"clientId": sandbox.credentials["clientId"], "grantType": "anonymous"}
    token = sandbox.call("POST", "/oauth2/token", anonymous).json()["access_token"]
    session = session_as(sandbox, f"{token},{sandbox.credentials['apiKey']}")
    asked = {
        "grant_type": "authorized_client",
        "scope": "offline_access",
        "member_id": member_id,
    }
    told = session.post(f"{sandbox.url}/oauth2/token", json=asked).json()
    return client(VisitorCredentials(sandbox.credentials["clientId"], told["refresh_token"]))


def covered_by_plan(sandbox: Sandbox, slug: str, plan_id: PlanId) -> None:
    """Let a plan pay for a service."""
    options = {"pricingPlan": True}
    payment = {"options": options, "pricingPlanIds": [plan_id]}
    sandbox.seed(services=[{"slug": slug, "payment": payment}])


def sold_plan(sandbox: Sandbox, plan_id: PlanId, member_id: MemberId = RITA) -> PlanOrderId:
    """The business sells a member a plan."""
    asked = {"planId": plan_id, "memberId": member_id, "paid": True}
    path = "/pricing-plans/v2/checkout/orders/offline"
    return PlanOrderId(sandbox.call("POST", path, asked).json()["order"]["id"])
