"""What we and Wix have written down of every booking, and whether the two agree."""

from collections import Counter
from dataclasses import dataclass

import time_machine
from django.core import mail

from booking.models import Attempt, Booking
from tests.in_process import Json, Sandbox
from tests.steps import Worker

GONE = {"DECLINED", "CANCELED"}
NOT_AN_OUTCOME = {"mail_placed", "mail_note", "mail_owner"}
AT_WIX = {
    "held": [],
    "expired": [],
    "declined": [],
    "cancelled": [],
    "awaiting_owner": ["PENDING"],
    "confirmed": ["CONFIRMED"],
}
"""The living bookings that Wix must have of one of ours, by our stage."""


@dataclass(frozen=True)
class Books:
    """Both sides' records, and the time that settling takes."""

    sandbox: Sandbox
    worker: Worker
    clock: time_machine.Traveller

    def settle(self, minutes: float = 5.0) -> None:
        """Let time pass; the worker looks every ten seconds at first, then every two minutes."""
        for _ in range(12):
            self._look_after(10)
        for _ in range(int(minutes - 2) // 2):
            self._look_after(120)

    def settle_later(self, hours: float) -> None:
        """Nothing happens for some hours; then the worker looks."""
        self._look_after(hours * 3600)

    def at_wix(self) -> list[Json]:
        """All bookings that Wix has from us, the oldest first."""
        return [each for each in self.sandbox.bookings() if each.get("externalUserId")]

    def living(self) -> list[str]:
        """The statuses of those that Wix still counts."""
        return [each["status"] for each in self.at_wix() if each["status"] not in GONE]

    def stage(self) -> str:
        """Where our one booking stands."""
        return Booking.objects.get(moves=None, offered_for=None).stage

    def outcomes(self) -> Counter[str]:
        """The mails that customers were sent about what became of their bookings."""
        steps = [_step_of(each) for each in mail.outbox]
        return Counter(each for each in steps if each not in NOT_AN_OUTCOME)

    def balance(self) -> bool:
        """Assert that nothing is left to do and that we and Wix say the same of every booking."""
        assert not Attempt.objects.filter(settled=None).exclude(step="watch").exists()
        for booking in Booking.objects.all():
            of_ours = [b for b in self.at_wix() if b["externalUserId"] == booking.line.reference]
            living = [each for each in of_ours if each["status"] not in GONE]
            assert [each["status"] for each in living] == AT_WIX[booking.stage]
            assert {each["id"] for each in living} <= {booking.line.wix_id}
        return True

    def _look_after(self, seconds: float) -> None:
        self.clock.shift(seconds)
        self.worker.run()


def _step_of(message: mail.EmailMessage) -> str:
    """The attempt that sent a mail stands in the mail's id."""
    attempt = message.extra_headers["Message-ID"].partition("@")[0].rpartition(".")[2]
    return Attempt.objects.get(pk=attempt).step
