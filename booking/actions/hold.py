"""Holding: from a press on a time to a booking that keeps it for ten minutes.

Wix keeps nothing while a customer types, so we do: our own holds are looked at first (that is free),
then Wix, outside any transaction; then a short transaction decides between those who press at once.
"""

from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, transaction

from booking.actions import rows
from booking.actions.facts import Facts
from booking.actions.press import Press
from booking.actions.side_by_side import ask_both
from booking.domain.errors import HoldExpired, NotBookable, SlotTaken, TooManyHolds, UnknownService
from booking.domain.holding import EXTENSIONS, SAME_PRESS, Reason, until
from booking.domain.slot import Slot, less_holds, with_buffer
from booking.domain.states import Stage
from booking.models import Bookable, Booking, Hold, Site
from booking.wix import Wix


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
        locked = Booking.objects.select_for_update().prefetch_related("holds").get(pk=booking.pk)
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
    """The booking that this press has made already; a hold that is over is not given again."""
    bookings = Booking.objects.select_related("site").prefetch_related("holds").filter(site=site)
    if press.id:
        same = bookings.filter(press=press.id).first()
        return None if same is None or _forget_if_over(same, press.now) else same
    untouched = bookings.filter(
        stage=Stage.HELD,
        browser=press.visitor.browser,
        press="",
        extensions=0,
        draft=press.draft,
        service_id=press.choice.service_id,
        lines__starts=press.choice.starts,
        created__gt=press.now - SAME_PRESS,
        holds__until__gt=press.now,
    )
    same = untouched.order_by("-created").first()
    if same is not None:
        Booking.objects.filter(pk=same.pk).update(shared=True)
    return same


def _forget_if_over(booking: Booking, now: datetime) -> bool:
    """True if nothing is left of a booking but its row; its press id may then be used again."""
    over = booking.stage == Stage.EXPIRED or (
        booking.stage == Stage.HELD and not booking.holds_at(now)
    )
    if over:
        Booking.objects.filter(pk=booking.pk).update(press="")
    return over


def _refuse_hoarding(site: Site, press: Press, most: int) -> None:
    live = Booking.objects.filter(
        site=site,
        address=press.visitor.address,
        stage=Stage.HELD,
        holds__until__gt=press.now,
    )
    if press.instead_of is not None:
        live = live.exclude(pk=press.instead_of.pk)
    if live.distinct().count() >= most:
        raise TooManyHolds


def _refuse_if_held(site: Site, press: Press) -> None:
    """Our own holds first: they cost nothing to look at."""
    known = Slot(
        service_id=press.service.id,
        starts=press.choice.starts,
        ends=press.choice.ends,
        location=press.choice.location,
        staff=press.able(press.service.staff),
    )
    if known.staff and not _left(site, press, known):
        raise SlotTaken


def _recheck(wix: Wix, facts: Facts, press: Press) -> Slot:
    """Ask Wix once more about this time and this service, side by side; never from the day's cache."""
    choice = press.choice
    service, slot = ask_both(
        lambda: wix.cached.services.by_slug(press.service.slug),
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
        # What Wix says here is newer than the list of times, and the nearest ones come from that.
        wix.cached.time_slots.forget(choice.service_id)
        raise SlotTaken
    return replace(slot, staff=press.able(slot.staff))


def _left(site: Site, press: Press, slot: Slot) -> Slot | None:
    """``slot`` with the staff that nobody else holds; None if that leaves nobody."""
    starts, ends = with_buffer(slot.starts, slot.ends, press.buffer)
    held = Hold.objects.live(press.now).meeting(starts, ends).filter(bookable__site=site)
    if press.instead_of is not None and press.instead_of.stage == Stage.HELD:
        held = held.exclude(booking=press.instead_of)
    left = less_holds([slot], held.occupied(), press.buffer)
    return left[0] if left and left[0].staff else None


def _take(site: Site, facts: Facts, press: Press, slot: Slot) -> Booking:
    """Inside a transaction: lock everybody who could give it, look once more, insert."""
    locked = Bookable.objects.lock(site, [each.id for each in slot.staff])
    if (same := _same_press(site, press)) is not None:
        return same
    left = _left(site, press, slot)
    if left is None:
        raise SlotTaken
    booking = rows.new_booking(site, facts, press, slot)
    if press.instead_of is not None:
        let_go(press.instead_of, press.now)
    member = left.staff[0]
    rows.new_line(booking, slot, member)
    starts, ends = with_buffer(slot.starts, slot.ends, press.buffer)
    Hold.objects.create(
        booking=booking,
        bookable=locked[member.id],
        starts=starts,
        ends=ends,
        until=until(Reason.TYPING, press.now),
        reason=Reason.TYPING,
    )
    return booking
