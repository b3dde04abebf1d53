"""The ways of a booking, each as its customer, its worker and its owner go it; and how each goes on.

``walk`` runs in the process that is killed. ``go_on`` is what people do afterwards, who were not
killed: a customer who may still pay pays, an owner who was asked answers. Clocks: a walk begins in the
past and ends before the present, so that no test waits for a lease or a page to run out.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from booking.actions import cancel as cancelling
from booking.actions import keys, settle
from booking.models import Booking
from booking.models.pretend import PretendPayment
from booking.post import hands_for
from tests.in_process import Sandbox
from tests.kills.boundaries import aside
from tests.kills.walk import SOON, Walk, booking_of
from tests.stripe_in_hand import StripeInHand

MASSAGE = "relaxing-massage"
IN_WEEKS = 24
A_MOMENT, PAGE_OVER, TOO_LONG = timedelta(seconds=10), timedelta(minutes=32), timedelta(days=6)
ANYWAY = {"flowControlSettings": {"ignoreCancellationPolicy": True}}


def shop(sandbox: Sandbox) -> None:
    """The business looks at every request for a massage itself."""
    sandbox.seed(services=[{"slug": MASSAGE, "onlineBooking": {"requireManualApproval": True}}])


type Step = Callable[[Walk], None]


def _nothing_more(_walk: Walk) -> None:
    """Whoever was not killed has nothing more to do."""


@dataclass(frozen=True)
class Path:
    """``ago``: how long before the present it begins; ``asks``: the business confirms itself."""

    slug: str
    walk: Step
    go_on: Step = _nothing_more
    ago: timedelta = timedelta(minutes=5)
    days_ahead: int = SOON
    asks: bool = False


def _place(walk: Walk) -> None:
    walk.place()
    walk.work()


def _card(walk: Walk) -> None:
    """Pay on the provider's page, which is none of our processes."""
    with aside():
        booking = booking_of(walk)
        payment = booking.payment if booking else None
        if payment is None or not payment.page_url:
            return
        if payment.provider == "stripe":
            StripeInHand(settings.STRIPE_BASE_URL).pay(payment.page_url)
        else:
            rows = PretendPayment.objects.filter(page_id=payment.page_id, standing="open")
            rows.filter(until__gt=timezone.now()).update(ready=timezone.now())


def _later(walk: Walk, passes: timedelta) -> None:
    """Some time passes; then the worker works."""
    assert walk.clock is not None
    walk.clock.shift(passes)
    walk.work()


def _pay(walk: Walk) -> None:
    _place(walk)
    _card(walk)
    _later(walk, A_MOMENT)


def _at_wix(walk: Walk) -> None:
    _place(walk)
    _press_at_wix(walk)
    _later(walk, A_MOMENT)


def _press_at_wix(walk: Walk) -> None:
    """Pay on Wix's page, as long as it may be paid; Bookings hears of it at once."""
    booking = booking_of(walk)
    payment = booking.payment if booking else None
    if payment is None or not payment.page_url:
        return
    with aside():
        walk.sandbox.press(payment.page_url)
        walk.sandbox.settle()


def _lose_at_wix(walk: Walk) -> None:
    """Wix takes the money first and declines afterwards."""
    _place(walk)
    _rival(walk)
    _press_at_wix(walk)
    _later(walk, A_MOMENT)


def _cancel_at_wix(walk: Walk) -> None:
    _at_wix(walk)
    _press_cancel(walk)
    walk.work()


def _pay_at_wix_and_cancel(walk: Walk) -> None:
    _press_at_wix(walk)
    _press_cancel(walk)


def _abandon(walk: Walk) -> None:
    _place(walk)
    _later(walk, PAGE_OVER)


def _lose(walk: Walk) -> None:
    _place(walk)
    _rival(walk)
    _card(walk)
    _later(walk, A_MOMENT)


def _rival(walk: Walk) -> None:
    """Somebody else has the time booked at Wix, as the business itself may do."""
    with aside():
        booking = booking_of(walk)
        assert booking is not None
        line = booking.line
        start = line.starts.astimezone(ZoneInfo(booking.business_zone))
        walk.sandbox.book(
            walk.slug, f"{start:%Y-%m-%dT%H:%M}", staff="clara", location=line.location_name
        )


def _ask(walk: Walk, answer: str) -> None:
    """A request that the owner answers."""
    _pay(walk)
    _owner(walk, answer)
    _later(walk, A_MOMENT)


def _silence(walk: Walk) -> None:
    """A request that nobody answers."""
    _pay(walk)
    _later(walk, TOO_LONG)


def _owner(walk: Walk, answer: str) -> None:
    with aside():
        booking = booking_of(walk)
        mine = booking.line.reference if booking else ""
        for each in walk.sandbox.bookings():
            if each.get("externalUserId") == mine and each["status"] == "PENDING":
                walk.sandbox.change(each, answer, **({} if answer == "confirm" else ANYWAY))


def _cancel(walk: Walk) -> None:
    """The customer does not want it any more, in time."""
    _pay(walk)
    _press_cancel(walk)
    walk.work()


def _confirmed(walk: Walk) -> Booking | None:
    booking = booking_of(walk)
    return booking if booking and booking.stage == "confirmed" else None


def _press_cancel(walk: Walk) -> None:
    booking = _confirmed(walk)
    if booking is None:
        return
    hands = hands_for(booking.site)
    settle.work_on(cancelling.cancel(booking, timezone.now(), hands.patience), hands)


def _move(walk: Walk) -> None:
    """The customer has paid, and chooses another time."""
    _pay(walk)
    _press_move(walk)
    walk.work()


def _press_move(walk: Walk) -> None:
    """Press another time of the day and agree to it, unless that is done."""
    booking = _confirmed(walk)
    if booking is None or booking.change or booking.times_moved:
        return
    walk.customer.press(walk.choose(), again=keys.move_token(booking))
    walk.customer.client.post(reverse("booking:move", args=[keys.key_of(booking)]))


def _pay_now(walk: Walk) -> None:
    """A customer whose page says that it can still be paid goes there and pays."""
    booking = booking_of(walk)
    if booking is None or (booking.stage, booking.due) != ("placed", "starting"):
        return
    pay = reverse("checkout:pay", args=[keys.key_of(booking)])
    if walk.customer.client.post(pay).status_code == 303:
        _card(walk)


def _granted(walk: Walk) -> None:
    _ask(walk, "confirm")


def _refused(walk: Walk) -> None:
    _ask(walk, "decline")


def _pay_and_grant(walk: Walk) -> None:
    _pay_now(walk)
    _owner(walk, "confirm")


def _pay_and_refuse(walk: Walk) -> None:
    _pay_now(walk)
    _owner(walk, "decline")


def _pay_and_move(walk: Walk) -> None:
    _pay_now(walk)
    _press_move(walk)


def _pay_and_cancel(walk: Walk) -> None:
    _pay_now(walk)
    _press_cancel(walk)


PATHS: dict[str, Path] = {
    "free": Path("free-consultation", _place),
    "on site": Path("haircut", _place),
    "card": Path(MASSAGE, _pay, _pay_now),
    "card at Stripe": Path(MASSAGE, _pay, _pay_now),
    "at Wix": Path(MASSAGE, _at_wix, _press_at_wix),
    "at Wix, lost": Path(MASSAGE, _lose_at_wix, _press_at_wix),
    "at Wix, cancelled": Path(MASSAGE, _cancel_at_wix, _pay_at_wix_and_cancel),
    "abandoned": Path(MASSAGE, _abandon, ago=timedelta(hours=1)),
    "lost while paying": Path(MASSAGE, _lose, _pay_now),
    "request, yes": Path(MASSAGE, _granted, _pay_and_grant, asks=True),
    "request, no": Path(MASSAGE, _refused, _pay_and_refuse, asks=True),
    "request, no answer": Path(
        MASSAGE,
        _silence,
        ago=timedelta(days=6, hours=1),
        days_ahead=IN_WEEKS,
        asks=True,
    ),
    "cancelled": Path(MASSAGE, _cancel, _pay_and_cancel),
    "moved": Path(MASSAGE, _move, _pay_and_move),
}
