"""What carries Wix's notices to the site, as well or as badly as a test wants it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from booking import tasks, wiring
from booking.actions import notices, rounds, settle
from booking.domain.ids import WixBookingId
from booking.models import Attempt, Notice
from booking.post import hands_for
from tests.contract.shop import a_payment, an_order
from tests.in_process import Json, Sandbox
from tests.steps import Worker

ADDRESS = "/webhooks/wix/"
ANYWAY = {"flowControlSettings": {"ignoreCancellationPolicy": True}}


@dataclass
class Post:
    """The way from Wix to the site, and the worker behind it."""

    sandbox: Sandbox
    worker: Worker
    clock: time_machine.Traveller
    client: Client
    sent: int = field(default=0)

    def deliver(self, body: bytes, **headers: str) -> int:
        """Send one body; the status of the answer."""
        answer = self.client.post(ADDRESS, body, content_type="text/plain", headers=headers)
        return int(answer.status_code)

    def new(self) -> list[bytes]:
        """What Wix has told since this was asked last."""
        told = self.sandbox.notices()
        new, self.sent = told[self.sent :], len(told)
        return new

    def bring(self, bodies: Iterable[bytes] | None = None) -> list[mail.EmailMessage]:
        """Deliver notices, those that are new if none are named, and let the worker work on."""
        for body in self.new() if bodies is None else bodies:
            assert self.deliver(body) == 200
        return self.work()

    def work(self, seconds: float = 10.0) -> list[mail.EmailMessage]:
        """Let the worker apply what came, and settle what follows; the mails that customers got."""
        before = len(mail.outbox)
        self.apply()
        self.worker.run()
        self.clock.shift(timedelta(seconds=seconds))
        self.worker.run()
        return [each for each in mail.outbox[before:] if "needs you" not in each.subject]

    def apply(self) -> None:
        """Apply what came, as the worker does."""
        lease = wiring.patience().lease
        for ids, until in notices.claim_due(timezone.now(), lease, tasks.AT_ONCE):
            tasks.apply_notices.func(ids, until.isoformat())

    def go_round(self) -> list[mail.EmailMessage]:
        """Let the worker go the rounds that are due, and settle what follows; as ``work``."""
        for site_id, until in rounds.claim_due(timezone.now()):
            tasks.go_round.func(site_id, until.isoformat())
        return self.work()

    def look_only(self) -> None:
        """Deliver what is new, and only ask Wix: the mails of today are late."""
        for body in self.new():
            self.deliver(body)
        self.apply()
        [look] = Attempt.objects.filter(step="review", settled=None)
        settle.work_on(look, hands_for(self.worker.site))

    def results(self) -> set[str]:
        """What became of all notices."""
        return set(Notice.objects.values_list("result", flat=True))


def named(sandbox: Sandbox, email: str = "maria@example.com") -> Json:
    """The last booking at Wix that a customer has made here."""
    found = [e for e in sandbox.bookings() if e["contactDetails"]["email"] == email]
    return found[-1]


def order_at_wix(worker: Worker, sandbox: Sandbox) -> None:
    """The last booking made here is paid for at Wix, with an order that we know nothing of."""
    wix = wiring.wix_of(worker.site)
    order = wix.orders.create(an_order(WixBookingId(named(sandbox)["id"])))
    wix.order_transactions.add_payments(order.id, [a_payment()])


def owner_cancels(sandbox: Sandbox, booking: Json | None = None) -> Json:
    """The business cancels at Wix, on its own account."""
    return sandbox.change(booking or named(sandbox), "cancel", **ANYWAY)
