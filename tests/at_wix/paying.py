"""What a customer does who pays on Wix's checkout page, and what Wix does meanwhile."""

from dataclasses import dataclass, replace

import time_machine
from django.core.mail import EmailMessage
from requests import Response

from booking.actions import keys
from booking.models import Booking
from tests.in_process import Json, Sandbox
from tests.steps import Answer, Customer, Worker

GONE = {"DECLINED", "CANCELED"}
PAYMENT = "payment"
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

    def leave(self, **details: str) -> Answer:
        """Fill in the form; the answer leads to Wix's page."""
        answer = self.send(self.hold(), **details)
        assert answer.status == 303, answer.words
        return answer

    def press_at_wix(self, leaving: Answer, button: str = "pay") -> Response:
        """A button on the page that ``leaving`` leads to."""
        assert leaving.location.startswith(f"{self.sandbox.url}/checkout/"), leaving.location
        return self.sandbox.press(leaving.location, button)

    @property
    def path(self) -> str:
        """Where the page of the one booking is, as its mail says."""
        return f"/b/{keys.key_of(Booking.objects.get())}/"

    def page(self) -> Answer:
        """The page of the one booking."""
        return self.look(self.path)

    def later(self, seconds: float = 5) -> list[EmailMessage]:
        """Time passes, at Wix too; then the worker looks. Returns the mails it sent."""
        self.clock.shift(seconds)
        self.sandbox.settle()
        return self.worker.run()

    def much_later(self, minutes: int) -> list[EmailMessage]:
        """The same, with a look every minute."""
        return [mail for _ in range(minutes) for mail in self.later(60)]

    def at_wix(self) -> list[Json]:
        """Wix's bookings of ours, in the order they were made."""
        return [each for each in self.sandbox.bookings() if each.get("externalUserId")]

    def statuses(self) -> list[str]:
        return [each["status"] for each in self.at_wix()]

    def carts(self) -> list[str]:
        """The calls that made a cart."""
        return self.sandbox.calls("/ecom/v2/carts")
