"""Paying: from a placed booking to the page on which its customer pays."""

from collections.abc import Iterable
from datetime import UTC, datetime

from django.db import transaction
from django.db.models import Q

from booking.actions import money_due
from booking.actions.patience import Patience
from booking.domain.errors import HoldExpired
from booking.domain.holding import PAGE_OPEN
from booking.domain.states import Due, Stage
from booking.domain.ways import AT_WIX, HERE, Way
from booking.models import Attempt, Booking, Payment, Step
from booking.models.payment import WIX

MAKES_PAGE = (Step.START, Step.HAND_OFF)
LOOKS_AT_WIX = (Step.AWAIT, Step.TAKE_BACK)
FOR_EVER = datetime.max.replace(tzinfo=UTC)


def where_to_pay(booking: Booking, now: datetime) -> str:
    """The page on which the customer can pay now; "" while none is made, or none is needed.

    Raises: HoldExpired if it is too late to pay.
    """
    payment = booking.payment
    if booking.stage != Stage.PLACED or booking.due not in (Due.DUE, Due.STARTING, Due.AT_WIX):
        if booking.stage == Stage.EXPIRED:
            raise HoldExpired
        return ""
    if payment is None or not payment.page_url:
        return ""
    if payment.page_until is not None and payment.page_until <= now:
        raise HoldExpired
    return payment.page_url


def page_address(booking: Booking, now: datetime) -> str:
    """The same for a page that only shows it: "" also if it is too late to pay."""
    try:
        return where_to_pay(booking, now)
    except HoldExpired:
        return ""


def wix_page_known(booking: Booking) -> str:
    """Wix's checkout page of this booking, else the last one made for its site; "" if there is none."""
    payment = booking.payment
    if payment is not None and payment.page_url:
        return payment.page_url
    made = Payment.objects.filter(booking__site=booking.site_id, provider=WIX)
    last = made.exclude(page_url="").order_by("-pk").values_list("page_url", flat=True).first()
    return last or ""


def begin(booking: Booking, provider: str, now: datetime) -> Payment:
    """Write down what is to be paid here, before anybody is asked; in the caller's transaction."""
    amount = booking.deposit_amount if booking.pays_deposit else booking.price_amount
    if amount is None or amount <= 0:
        raise ValueError(f"{booking.reference}: nothing to pay")
    return Payment.objects.create(
        booking=booking,
        number=booking.payments.count() + 1,
        provider=provider,
        amount=amount,
        currency=booking.price_currency,
        is_part=booking.pays_deposit,
        created=now,
    )


def open_until(payment: Payment, now: datetime) -> datetime | None:
    """Until when its page may be paid, None once that is over; decided when it is first asked.

    It is written down before anybody is asked for a page: asked again with another end, it would be
    another question.
    """
    if payment.page_until is None:
        payment.page_until = now + PAGE_OPEN
        payment.save(update_fields=["page_until"])
    return payment.page_until if now < payment.page_until else None


def hurry(page_id: str, payment_id: str, now: datetime) -> int:
    """A provider has told something of this payment: look at once. Returns how many looks were woken.

    An unknown page is none of ours and wakes nothing.
    """
    payments = Payment.objects.filter(page_id=page_id) if page_id else Payment.objects.none()
    if not page_id and payment_id:
        payments = Payment.objects.filter(payment_id=payment_id)
    woken = 0
    for payment in payments:
        looks = Attempt.objects.filter(
            booking=payment.booking_id,
            step=Step.LOOK,
            generation=payment.number,
            settled=None,
            due__gt=now,
        )
        woken += looks.update(due=now)
    return woken


def prepare(booking: Booking, now: datetime, patience: Patience) -> Attempt | None:
    """Lease the making of the page to the caller, if it is still to be made; None if it is not."""
    return _lease(booking, MAKES_PAGE, now, patience, due=now)


def look_again(booking: Booking, now: datetime, patience: Patience) -> Attempt | None:
    """Lease the next look at what was paid at Wix to the caller, whenever it was due; None without one."""
    return _lease(booking, LOOKS_AT_WIX, now, patience, due=FOR_EVER)


def other_ways(booking: Booking, provider: str) -> tuple[Way, ...]:
    """The ways to pay that were offered beside Wix's page; by card only if somebody takes cards."""
    offered = (Way(each) for each in booking.ways if each not in AT_WIX)
    return tuple(each for each in offered if provider or each not in HERE)


def switch(
    booking: Booking, way: str, provider: str, now: datetime, patience: Patience
) -> Attempt | None:
    """Pay in another way than at Wix: leases the taking back of the cart, which has to go first.

    None if that is not possible (any more); then nothing has changed.
    """
    with transaction.atomic():
        locked = Booking.objects.select_for_update().get(pk=booking.pk)
        if locked.due != Due.AT_WIX or way not in other_ways(locked, provider):
            return None
        locked.switch_to = way
        locked.save(update_fields=["switch_to"])
        money_due.queue(locked, Step.TAKE_BACK, now)
    return _lease(booking, (Step.TAKE_BACK,), now, patience, due=FOR_EVER)


def _lease(
    booking: Booking, steps: Iterable[Step], now: datetime, patience: Patience, *, due: datetime
) -> Attempt | None:
    with transaction.atomic():
        waiting = (
            Attempt.objects.select_for_update(of=("self",))
            .filter(Q(lease_until=None) | Q(lease_until__lte=now))
            .filter(booking=booking, step__in=tuple(steps), settled=None, due__lte=due)
            .select_related("booking__site")
            .first()
        )
        if waiting is None:
            return None
        waiting.due, waiting.lease_until = now, now + patience.lease
        waiting.save(update_fields=["due", "lease_until"])
    return waiting
