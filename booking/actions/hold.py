"""Holding: from a press on a time to a booking that keeps it for ten minutes.

Wix keeps nothing while a customer types, so we do: our own holds are looked at first (that is free),
then Wix, outside any transaction; then a short transaction decides between those who press at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from booking.actions import keys
from booking.actions.browse import Facts
from booking.actions.choices import Choice
from booking.actions.side_by_side import ask_both
from booking.domain.errors import HoldExpired, NotBookable, SlotTaken, TooManyHolds, UnknownService
from booking.domain.holding import EXTENSIONS, SAME_PRESS, Reason, until
from booking.domain.ids import StaffId
from booking.domain.service import Service, StaffMember
from booking.domain.slot import Slot, less_holds, with_buffer
from booking.domain.states import Due, Stage
from booking.models import Bookable, Booking, Hold, Line, Site
from booking.wix import Wix


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Who presses, as far as we know without a cookie. ``address``, ``browser`` are keyed digests.

    ``press`` is a random id that a script gave to this press, "" without script.
    """

    address: str
    browser: str
    language: str
    zone: str = ""
    press: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """One press on a time: what was chosen, by whom, and instead of which earlier booking."""

    choice: Choice
    service: Service
    visitor: Visitor
    now: datetime
    instead_of: Booking | None = None


def hold(site: Site, wix: Wix, facts: Facts, press: Press, *, most: int) -> Booking:
    """Keep the chosen time for its presser; ``most`` is how many times one address may keep at once.

    A double click is given the same booking again, without asking Wix.
    Raises: SlotTaken, NotBookable, UnknownService, TooManyHolds, CalendarUnavailable.
    """
    if (same := _same_press(site, press)) is not None:
        return same
    _refuse_hoarding(site, press, most)
    _refuse_if_held(site, press)
    slot = _recheck(wix, facts, press)
    try:
        with transaction.atomic():
            return _take(site, facts, press, slot)
    except IntegrityError:  # the same press id twice at once: the constraint let one through
        if (same := _same_press(site, press)) is None:
            raise
        return same


def extend(booking: Booking, now: datetime) -> None:
    """Keep the time for ten minutes from now, at most twelve times.

    Raises: HoldExpired if it is no longer kept, TooManyHolds if it was extended often enough.
    """
    with transaction.atomic():
        locked = Booking.objects.select_for_update().select_related("hold").get(pk=booking.pk)
        if not locked.holds_at(now):
            raise HoldExpired
        if locked.extensions >= EXTENSIONS:
            raise TooManyHolds
        locked.extensions += 1
        locked.save(update_fields=["extensions"])
        Hold.objects.filter(booking=locked).update(until=until(Reason.TYPING, now))


def let_go(booking: Booking, now: datetime) -> None:
    """End a hold whose customer chose another time; later stages are left alone."""
    locked = Booking.objects.select_for_update().get(pk=booking.pk)
    if locked.stage == Stage.HELD:
        locked.move_to(Stage.EXPIRED, now)
        locked.save(update_fields=["stage", "settled"])
        Hold.objects.filter(booking=locked).update(until=now)


def _same_press(site: Site, press: Press) -> Booking | None:
    bookings = Booking.objects.select_related("site", "hold").filter(site=site)
    if press.visitor.press:
        return bookings.filter(press=press.visitor.press).first()
    untouched = bookings.filter(
        stage=Stage.HELD,
        browser=press.visitor.browser,
        press="",
        extensions=0,
        draft={},
        service_id=press.choice.service_id,
        lines__starts=press.choice.starts,
        created__gt=press.now - SAME_PRESS,
        hold__until__gt=press.now,
    )
    return untouched.order_by("-created").first()


def _refuse_hoarding(site: Site, press: Press, most: int) -> None:
    live = Booking.objects.filter(
        site=site,
        address=press.visitor.address,
        stage=Stage.HELD,
        hold__until__gt=press.now,
    )
    if press.instead_of is not None:
        live = live.exclude(pk=press.instead_of.pk)
    if live.count() >= most:
        raise TooManyHolds


def _refuse_if_held(site: Site, press: Press) -> None:
    """Our own holds first: they cost nothing to look at."""
    wanted = [press.choice.staff_id] if press.choice.staff_id else [s.id for s in _staff(press)]
    slot = Slot(
        service_id=press.service.id,
        starts=press.choice.starts,
        ends=press.choice.ends,
        location=press.choice.location,
        staff=tuple(StaffMember(id=StaffId(each), name="") for each in wanted),
    )
    if wanted and not _left(site, press, slot):
        raise SlotTaken


def _staff(press: Press) -> Sequence[StaffMember]:
    return press.service.staff


def _recheck(wix: Wix, facts: Facts, press: Press) -> Slot:
    """Ask Wix once more about this time and this service, side by side; never from the day's cache."""
    choice = press.choice
    service, slot = ask_both(
        lambda: wix.live.services.by_slug(press.service.slug),
        lambda: wix.cached.time_slots.get(
            choice.service_id,
            starts=choice.starts,
            ends=choice.ends,
            zone=facts.business.zone,
            location=choice.location,
            staff_id=choice.staff_id,
        ),
    )
    if service is None or service.hidden:
        raise UnknownService(press.service.slug)
    if service.obstacle is not None:
        raise NotBookable(service.obstacle)
    if slot is None or not slot.bookable or slot.starts <= press.now:
        raise SlotTaken
    return slot


def _left(site: Site, press: Press, slot: Slot) -> Slot | None:
    """``slot`` with the staff that nobody else holds; None if that leaves nobody."""
    buffer = timedelta(minutes=press.service.buffer_minutes)
    starts, ends = with_buffer(slot.starts, slot.ends, buffer)
    held = Hold.objects.live(press.now).meeting(starts, ends).filter(bookable__site=site)
    if press.instead_of is not None and press.instead_of.stage == Stage.HELD:
        held = held.exclude(booking=press.instead_of)
    left = less_holds([slot], held.occupied(), buffer)
    return left[0] if left and left[0].staff else None


def _take(site: Site, facts: Facts, press: Press, slot: Slot) -> Booking:
    """Inside a transaction: lock everybody who could give it, look once more, insert."""
    chosen = press.choice.staff_id
    able = [each for each in slot.staff if chosen in (None, each.id)]
    locked = Bookable.objects.lock(site, [each.id for each in able])
    if (same := _same_press(site, press)) is not None:
        return same
    left = _left(site, press, _only(slot, able))
    if left is None:
        raise SlotTaken
    booking = _new_booking(site, facts, press, slot)
    if press.instead_of is not None:
        let_go(press.instead_of, press.now)
    member = left.staff[0]
    _new_line(booking, slot, member)
    starts, ends = with_buffer(
        slot.starts, slot.ends, timedelta(minutes=press.service.buffer_minutes)
    )
    Hold.objects.create(
        booking=booking,
        bookable=locked[member.id],
        starts=starts,
        ends=ends,
        until=until(Reason.TYPING, press.now),
        reason=Reason.TYPING,
    )
    return booking


def _only(slot: Slot, able: list[StaffMember]) -> Slot:
    return Slot(
        service_id=slot.service_id,
        starts=slot.starts,
        ends=slot.ends,
        location=slot.location,
        staff=tuple(able),
    )


def _new_booking(site: Site, facts: Facts, press: Press, slot: Slot) -> Booking:
    service, price = press.service, press.service.price
    booking = Booking(
        site=site,
        reference=keys.new_reference(),
        stage=Stage.HELD,
        due=Due.NOTHING if service.is_free else Due.ON_SITE,
        language=press.visitor.language,
        zone=press.visitor.zone,
        business_zone=facts.business.zone,
        form_id=service.form_id,
        service_id=service.id,
        service_slug=service.slug,
        service_name=service.name,
        price_amount=price.amount.amount if price.amount else None,
        price_currency=price.amount.currency if price.amount else "",
        price_words=price.words,
        needs_approval=service.needs_approval,
        cancel_until=service.policy.cancel_until(slot.starts),
        move_until=service.policy.move_until(slot.starts),
        policy_words=service.policy.words,
        address=press.visitor.address,
        browser=press.visitor.browser,
        press=press.visitor.press,
        draft=typed_in(press.instead_of) if press.instead_of else {},
        created=press.now,
    )
    booking.key_hash = keys.digest(keys.first_key(booking))
    booking.save(force_insert=True)
    return booking


def typed_in(booking: Booking) -> dict[str, str]:
    """What was typed for ``booking``, accepted or not, to begin another form with."""
    fields = ("first_name", "last_name", "email", "phone", "note")
    accepted = {each: str(getattr(booking, each)) for each in fields if getattr(booking, each)}
    return {**booking.draft, **accepted}


def _new_line(booking: Booking, slot: Slot, member: StaffMember) -> None:
    place = slot.location.place
    Line.objects.create(
        booking=booking,
        reference=f"{booking.reference}-1",
        schedule_id=slot.schedule_id or "",
        staff_id=member.id,
        staff_name=member.name,
        location_kind=slot.location.kind,
        location_id=slot.location.id or "",
        location_name=slot.location.name,
        location_text=place.text if place else "",
        starts=slot.starts,
        ends=slot.ends,
    )
