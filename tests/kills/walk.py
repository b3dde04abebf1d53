"""One customer on the way to a booking, and a worker who does what is due for it, in this process."""

from dataclasses import dataclass, field
from datetime import date, timedelta

import time_machine
from django.test import Client
from django.utils import timezone

from booking.actions import settle
from booking.models import Attempt, Booking, Site
from booking.post import hands_for
from tests.in_process import Sandbox
from tests.kills.boundaries import aside
from tests.steps import Answer, Customer

SOON = 3
EARLIEST, ANOTHER = 3, 97
"""Times that every page offers, whatever the day; and how many days off another day of one's own is."""


@dataclass
class Walk:
    """One customer on the way to a booking, in this process."""

    number: int
    slug: str
    sandbox: Sandbox
    ago: timedelta
    days_ahead: int = SOON
    offer: str = ""
    clock: time_machine.Traveller | None = field(default=None, repr=False)

    @property
    def email(self) -> str:
        return f"customer-{self.number}@example.com"

    @property
    def customer(self) -> Customer:
        address = f"198.51.{100 + self.number // 250}.{1 + self.number % 250}"
        return Customer(Client(REMOTE_ADDR=address, HTTP_USER_AGENT=self.email), self.slug)

    def choose(self) -> str:
        """A free time on a day of its own; reading stores nothing, so nothing is counted."""
        # Which day it is need not be the business's: a day that is closed, or over, is passed over below.
        day = date.today() + timedelta(days=self.days_ahead + self.number)  # noqa: DTZ011 - the site's clock
        offers: list[str] = []
        with aside():
            while len(offers) <= EARLIEST:  # the day is closed
                offers = self.customer.look(date=day.isoformat()).offers
                day += timedelta(days=ANOTHER)
        return offers[-1]

    def place(self) -> Answer:
        """Press the time and send the details: the requests of the site's process."""
        path = self.customer.press(self.offer).location
        with aside():
            form = self.customer.look(path)
        return self.customer.send(path, form, email=self.email)

    def work(self) -> None:
        """What a worker does for this booking, one attempt after the other, until none is due."""
        hands = hands_for(Site.objects.get())
        while (attempt := self._claimed(hands.patience.lease)) is not None:
            settle.work_on(attempt, hands)

    def _claimed(self, lease: timedelta) -> Attempt | None:
        now = timezone.now()
        due = Attempt.objects.due(now).filter(booking__email=self.email).first()
        if due is None:
            return None
        Attempt.objects.filter(pk=due.pk).update(lease_until=now + lease)
        return settle.claimed(due.pk, now + lease)


def booking_of(walk: Walk) -> Booking | None:
    return Booking.objects.filter(email=walk.email).select_related("site").first()
