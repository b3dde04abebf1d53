"""Placing: the customer's details come in, and the claim is on its way to Wix."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from booking.actions import answers, attempts, keys, pay, people
from booking.actions.answers import Answer
from booking.actions.patience import Patience
from booking.actions.people import Person
from booking.domain.errors import BookingError, HoldExpired, NotBookable, UnknownBooking
from booking.domain.holding import Reason, until
from booking.domain.outcome import Customer
from booking.domain.states import Due, Stage
from booking.domain.ways import AT_WIX, HERE
from booking.models import Attempt, Booking, Hold, Site, Step
from booking.models.payment import WIX
from booking.wix import Wix


class AlreadySent(BookingError):
    """This hold's form was sent before, from another page: its booking is not shown here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """A valid details form. ``press`` is the random id of the one page it was typed into.

    ``people`` are all who come, the customer first. ``way`` is the chosen way to pay, "" for the
    first that is offered.
    """

    customer: Customer
    note: str
    press: str
    way: str = ""
    answers: tuple[Answer, ...] = ()
    people: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """A booking whose details are in; ``attempt`` is the caller's to work on, None for a repeat."""

    booking: Booking
    attempt: Attempt | None = None


def place(
    site: Site,
    wix: Wix,
    key: str,
    details: Details,
    *,
    now: datetime,
    patience: Patience,
    provider: str = "",
) -> Placed:
    """Accept the details once; the same form sent again gives the same booking.

    From here on the booking has a fresh key, so that two people who were given one hold never see
    each other. An attempt to make it at Wix stands in the table, leased to the caller. ``provider``
    names who takes the money, where it is paid here.
    Raises: UnknownBooking, HoldExpired (what was typed is kept), AlreadySent, NotBookable,
    CalendarUnavailable.
    """
    booking = addressed(site, key)
    if booking.turn:
        return _sent_before(booking, details)
    if booking.holds_at(now):
        _refuse_if_withdrawn(wix, booking)
    return _accept(booking, details, now, patience, provider)


def addressed(site: Site, key: str) -> Booking:
    """The booking that a form is sent to, also by the key that was good until its details came in.

    That older key shows nothing of the booking. Raises: UnknownBooking.
    """
    try:
        return keys.find(site, key)
    except UnknownBooking:  # looked for second: a key may be turned between the two looks
        before = keys.find_by_hold_key(site, key)
        if before is None:
            raise
        return before


def find(site: Site, key: str) -> Booking:
    """The booking that ``key`` opens.

    Raises: UnknownBooking, AlreadySent for a key that was good until the details came in.
    """
    try:
        return keys.find(site, key)
    except UnknownBooking:
        if keys.find_by_hold_key(site, key) is None:
            raise
        raise AlreadySent from None


def keep_typed(booking: Booking, typed: dict[str, str]) -> None:
    """Keep what was typed into a form that could not be accepted, unless two may see the page."""
    open_to_one = Booking.objects.filter(pk=booking.pk, shared=False)
    open_to_one.filter(stage__in=(Stage.HELD, Stage.EXPIRED)).update(draft=typed)


def has_news_for_business(booking: Booking) -> bool:
    """True if something was told for which Wix's booking has no field."""
    return bool(booking.note or people.companions(booking) or answers.for_business(booking))


def _sent_before(booking: Booking, details: Details) -> Placed:
    if not details.press or booking.details_press != details.press:
        raise AlreadySent
    return Placed(booking)


def _refuse_if_withdrawn(wix: Wix, booking: Booking) -> None:
    """A hold made earlier does not open a service that was hidden or closed since."""
    service = wix.cached.services.by_slug(booking.service_slug)
    if service is None:
        raise NotBookable(None)
    as_offered = replace(
        service, takes_cards=booking.may_be_paid_here, leads_to_wix=booking.may_be_paid_at_wix
    )
    if (obstacle := as_offered.obstacle) is not None:
        raise NotBookable(obstacle)


def _accept(
    booking: Booking, details: Details, now: datetime, patience: Patience, provider: str
) -> Placed:
    with transaction.atomic():
        locked = (
            Booking.objects.select_for_update(of=("self",))
            .select_related("site")
            .prefetch_related("holds")
            .get(pk=booking.pk)
        )
        if locked.turn:  # another press of the same form was quicker
            return _sent_before(locked, details)
        if not locked.holds_at(now):
            raise HoldExpired
        _write_down(locked, details, now)
        if locked.due == Due.DUE:
            pay.begin(locked, WIX if locked.way in AT_WIX else provider, now)
        return Placed(locked, _queue(locked, now, patience))


def _write_down(booking: Booking, details: Details, now: datetime) -> None:
    """The details, in the row."""
    customer = details.customer
    booking.first_name, booking.last_name = customer.first_name, customer.last_name
    booking.email, booking.phone, booking.note = customer.email, customer.phone, details.note
    booking.answers = answers.written(details.answers)
    booking.people = people.written(details.people)
    booking.details_press, booking.draft, booking.placed = details.press, {}, now
    booking.hold_key_hash, booking.turn = booking.key_hash, 1
    booking.key_hash = keys.digest(keys.first_key(booking))
    booking.move_to(Stage.PLACED, now)
    _choose_way(booking, details.way)
    booking.save()
    Hold.objects.filter(booking=booking).update(
        until=until(Reason.PLACING, now), reason=Reason.PLACING
    )


def _choose_way(booking: Booking, way: str) -> None:
    """The customer's choice among the ways that were offered; another counts as none."""
    booking.way = way if way in booking.ways else next(iter(booking.ways), "")
    when_booking = booking.way in HERE | AT_WIX
    if when_booking != (booking.due == Due.DUE):
        booking.move_money_to(Due.DUE if when_booking else Due.ON_SITE)


def _queue(booking: Booking, now: datetime, patience: Patience) -> Attempt:
    """The first talk with Wix is ours to have at once; the mail waits in case it is settled soon."""
    later = now + patience.placed_mail
    attempts.once(booking, Step.MAIL_PLACED, now, due=later)
    if has_news_for_business(booking):
        attempts.once(booking, Step.MAIL_NOTE, now)
    return attempts.once(booking, Step.CREATE, now, leased=now + patience.lease)
