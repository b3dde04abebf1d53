"""What a customer does who pays on Wix's checkout page, and what Wix does meanwhile."""

from dataclasses import dataclass, replace
from typing import Any

import time_machine
from django.core.mail import EmailMessage
from requests import Response

from booking.actions import keys
from booking.models import Attempt, Booking, Payment
from tests.in_process import Json, Sandbox
from tests.steps import Answer, Customer, Worker

ONLINE = {"online": True, "inPerson": False, "deposit": False, "pricingPlan": False}


@dataclass(frozen=True, kw_only=True)
class Payer(Customer):
    """A customer, Wix, our worker, and the time that all of them take."""

    sandbox: Sandbox
    worker: Worker
    clock: time_machine.Traveller

    def at(self, slug: str) -> "Payer":
        """The same person at another service."""
        return replace(self, slug=slug)

    def leave(self, **details: Any) -> Answer:
        """Fill in the form; the answer leads to Wix's page."""
        answer = self.send(self.hold(), **details)
        assert answer.status == 303, answer.words
        return answer

    def go_on(self, page: Answer) -> Answer:
        """Press "Go on to pay" on the booking's page."""
        fields = {"leads_to": page.field("leads_to")}
        return Answer(self.client.post(f"{self.path}wix/", fields))

    def go_to_the_bank(self) -> str:
        """On Wix's page: the order is placed, and its bank is asked. Returns the order's id."""
        cart = Payment.objects.get().page_id
        answer = self.sandbox.call("POST", f"/ecom/v2/carts/{cart}/place-order", {})
        return str(answer.json()["orderId"])

    def bank_says_yes(self, order_id: str, amount: str = "65.00", *, on_site: bool = False) -> None:
        """Money comes in at Wix, however late; or the business says that it has taken it."""
        taken = {"offlinePayment": True} if on_site else {"paymentOrderId": "a-gateway-s"}
        payment = {"amount": {"amount": amount}, "regularPaymentDetails": taken}
        path = f"/ecom/v1/payments/orders/{order_id}/add-payment"
        assert self.sandbox.call("POST", path, {"payments": [payment]}).ok

    def look_again(self) -> Answer:
        """Press "I have paid: look again"."""
        return Answer(self.client.post(f"{self.path}look/"))

    def pay_otherwise(self, way: str) -> Answer:
        """Press another way to pay on the booking's page."""
        return Answer(self.client.post(f"{self.path}otherwise/", {"way": way}))

    def follow(self, leaving: Answer) -> str:
        """Where a redirect session leads: to Wix's page. It works once."""
        assert leaving.location.startswith(f"{self.sandbox.url}/redirect/"), leaving.location
        return self.sandbox.jump(leaving.location)

    def press_at_wix(self, page: Answer | str, button: str = "pay") -> Response:
        """A button on Wix's page, at the address ``page`` or where that answer leads."""
        address = page if isinstance(page, str) else page.location
        assert address.startswith(f"{self.sandbox.url}/checkout/"), address
        return self.sandbox.press(address, button)

    def back_address(self, leaving: Answer) -> str:
        """Where Wix's page leads back to."""
        return str(self.press_at_wix(self.follow(leaving), "abandon").headers["Location"])

    @property
    def path(self) -> str:
        """Where the page of the one booking is, as its mail says."""
        return f"/b/{keys.key_of(Booking.objects.get(offered_for=None))}/"

    def page(self) -> Answer:
        """The page of the one booking."""
        return self.look(self.path)

    def later(self, seconds: float = 5) -> list[EmailMessage]:
        """Time passes, at Wix too; then the worker looks. Returns the mails that customers got."""
        self.clock.shift(seconds)
        self.sandbox.settle()
        return [each for each in self.worker.run() if "needs you" not in each.subject]

    def much_later(self, minutes: int) -> list[EmailMessage]:
        """The same, with a look every minute."""
        return [mail for _ in range(minutes) for mail in self.later(60)]

    def at_wix(self) -> list[Json]:
        """Wix's bookings of ours, in the order they were made."""
        return [each for each in self.sandbox.bookings() if each.get("externalUserId")]

    def statuses(self) -> list[str]:
        return [each["status"] for each in self.at_wix()]

    def called_for(self) -> list[str]:
        """What a person was called for, in the order they were."""
        booking = Booking.objects.get(offered_for=None)
        return list(booking.handovers.values_list("need", flat=True))

    def carts(self) -> list[str]:
        """The calls that made a cart."""
        return self.sandbox.calls("/ecom/v2/carts")


def left_open() -> set[str]:
    """The steps that are still to be done."""
    return set(Attempt.objects.filter(settled=None).values_list("step", flat=True))


def given_back(sandbox: Sandbox) -> list[str]:
    """What Wix was told to send back, of the one order there is."""
    [order] = sandbox.orders()
    parts = (part for refund in order["refunds"] for part in refund["transactions"])
    return [each["amount"]["amount"] for each in parts]
