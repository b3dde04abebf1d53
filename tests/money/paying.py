"""What a customer does who pays here, a step a function; and what everybody's books say of it."""

from dataclasses import dataclass
from decimal import Decimal

import time_machine
from django.utils import timezone

from booking import tasks
from booking.actions import cancel as cancelling
from booking.actions import rounds
from booking.models import Attempt, Booking, Handover, PretendPayment
from booking.post import hands_for
from booking.wording import needed
from tests.in_process import Json, Sandbox
from tests.steps import Answer, Customer, Worker

HERE = "http://testserver"
MASSAGE = "relaxing-massage"
GONE = {"DECLINED", "CANCELED"}
ANYWAY = {"flowControlSettings": {"ignoreCancellationPolicy": True}}


def needs_approval(sandbox: Sandbox) -> None:
    """From now on the business looks at every request for a massage itself."""
    sandbox.seed(services=[{"slug": MASSAGE, "onlineBooking": {"requireManualApproval": True}}])


@dataclass(frozen=True)
class Desk:
    """One customer's booking, everybody's books, and time for the worker to settle it."""

    customer: Customer
    sandbox: Sandbox
    worker: Worker
    clock: time_machine.Traveller

    def go_to_pay(self, day: str = "") -> str:
        """Press a time (of a ``day``) and send the details; returns the path of the booking's page."""
        page = self.customer.look(**({"date": day} if day else {}))
        leaving = self.customer.send(self.customer.press(page.offers[-1 if day else 0]).location)
        assert leaving.status == 303, leaving.words
        return self.customer.come_back(PretendPayment.objects.latest("pk").back_url)

    def card(self, mood: str = "approve") -> Answer:
        """Press a button on the provider's newest page."""
        page_id = PretendPayment.objects.latest("pk").page_id
        return Answer(self.customer.client.post(f"/pretend/{page_id}/", {"mood": mood}))

    def card_if_asked(self) -> None:
        """Pay, if the provider has made a page."""
        if PretendPayment.objects.exists():
            self.card()

    def let_pass(self, seconds: float = 5) -> None:
        """Some time goes by; then the worker settles what is due."""
        self.clock.shift(seconds)
        self.worker.run()

    def settle(self) -> None:
        """Time enough for whatever is settled soon: leases, back-offs, a reader that lags."""
        for seconds in (5, 10, 30, 60, 120, 300):
            self.let_pass(seconds)

    def compare_with_wix(self) -> None:
        """The worker goes its round, as it does each hour, and settles what it finds."""
        for site_id, until in rounds.claim_due(timezone.now()):
            tasks.go_round.func(site_id, until.isoformat())
        self.settle()

    def page(self, path: str) -> tuple[str, str]:
        """What the booking's page says of its stage and its money."""
        shown = self.customer.look(path)
        return shown.main("stage"), shown.main("money")

    def at_wix(self) -> list[str]:
        """The statuses of what Wix has from us, the oldest first."""
        return [each["status"] for each in _ours(self.sandbox)]

    def captured(self) -> list[Decimal | int]:
        return [each.captured for each in PretendPayment.objects.all()]

    def given_back(self) -> list[Decimal | int]:
        return [each.refunded for each in PretendPayment.objects.all()]

    def standings(self) -> list[str]:
        """Where each payment stands at its provider, by its own ledger."""
        return [each.standing for each in PretendPayment.objects.all()]

    def open_authorisations(self) -> list[str]:
        """Payments whose money is still kept on a card, for nobody."""
        kept = PretendPayment.objects.filter(standing="open").exclude(ready=None)
        return list(kept.values_list("reference", flat=True))

    def notes(self) -> str:
        """What a person at the business is asked to look at."""
        called = Handover.objects.filter(answered=None)
        told = (needed(each.need, each.details) for each in called)
        return " ".join(f"{each.happened} {each.to_do}" for each in told)

    def left_open(self) -> list[str]:
        return [str(each) for each in Attempt.objects.filter(settled=None)]


def give_up() -> None:
    """The customer of the one booking cancels; telling Wix is left to the worker."""
    booking = Booking.objects.get()
    hands = hands_for(booking.site)
    cancelling.cancel(booking, hands.clock(), hands.patience)


def _ours(sandbox: Sandbox) -> list[Json]:
    return [each for each in sandbox.bookings() if each.get("externalUserId")]


def owner(sandbox: Sandbox, action: str) -> None:
    """The business confirms, declines or cancels what it has of us, in Wix's own dashboard."""
    sandbox.change(_ours(sandbox)[-1], action, **({} if action == "confirm" else ANYWAY))
