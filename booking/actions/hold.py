"""Holding: from a press on a time, a course or some sessions to a booking that keeps them.

Wix keeps nothing while a customer types, so we do: our own holds are looked at first (that is free),
then Wix, outside any transaction; then a short transaction decides between those who press at once.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from booking.actions import claims, rows, together_claims
from booking.actions.claims import Claim
from booking.actions.facts import Facts
from booking.actions.offers import preview
from booking.actions.press import Press
from booking.domain.errors import HoldExpired, OtherPrice, PartTaken, SlotTaken, TooManyHolds
from booking.domain.holding import EXTENSIONS, SAME_PRESS, Reason, until
from booking.domain.price_preview import PricePreview
from booking.domain.quote import Quote
from booking.domain.service import StaffMember
from booking.domain.slot import Occupied
from booking.domain.states import Stage
from booking.domain.together import quote_of
from booking.models import Bookable, Booking, Hold, HoldQuerySet, Site
from booking.wix import Wix


def hold(site: Site, wix: Wix, facts: Facts, press: Press, *, most: int) -> Booking:
    """Keep what was pressed for its presser; ``most`` is how many bookings one address may keep at once.

    All of it or nothing. A double click is given the same booking again, without asking Wix.
    Raises: SlotTaken, NotJoinable, NotBookable, WrongChoice, UnknownService, TooManyHolds,
    OtherPrice, CalendarUnavailable.
    """
    if (same := _same_press(site, press)) is not None:
        return same
    if press.offered_for is None:
        _refuse_hoarding(site, press, most)
    _refuse_if_held(site, press)
    recheck = together_claims.recheck if press.beside else claims.recheck
    press, found = recheck(wix, facts, press)
    person = next(iter(found[0].staff), None)
    told = preview(wix, facts, press.offer, press.picked, person.id if person else None)
    try:
        with transaction.atomic():
            return _take(site, facts, press, found, told)
    except IntegrityError:  # the same press id twice at once: the constraint let one through
        if (same := _same_press(site, press)) is None:
            raise
        return same


def extend(booking: Booking, now: datetime, reason: Reason = Reason.TYPING) -> None:
    """Keep the time anew from now on, for as long as ``reason`` takes; at most twelve times.

    It is never kept for shorter than it was before.

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
        ends = max(until(reason, now), locked.kept_until)
        Hold.objects.filter(booking=locked).update(until=ends, reason=reason)


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
        moves=press.moving,
        offered_for=press.offered_for,
        wanted=press.wanted,
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
        offered_for=None,
        holds__until__gt=press.now,
    )
    if press.moving is not None:
        live = live.exclude(moves=press.moving)
    if press.instead_of is not None:
        live = live.exclude(pk=press.instead_of.pk)
    if live.distinct().count() >= most:
        raise TooManyHolds


def _refuse_if_held(site: Site, press: Press) -> None:
    """Our own holds first: they cost nothing to look at."""
    for claim in claims.known_before(press):
        if claim.staff and _free_for(site, press, claim) is None:
            raise SlotTaken


def _free_for(
    site: Site, press: Press, claim: Claim, also: Iterable[Occupied] = ()
) -> StaffMember | None:
    """The first person of a claim whom nobody holds meanwhile, ``also`` counted; None for nobody."""
    starts, ends = claim.stretch
    held = [*_holds(site, press).meeting(starts, ends).occupied(), *also]
    busy = {each.staff_id for each in held if each.meets(starts, ends)}
    return next((each for each in claim.staff if each.id not in busy), None)


def _holds(site: Site, press: Press) -> HoldQuerySet:
    """The live holds of others: the one that this press is to take the place of does not count."""
    held = Hold.objects.live(site, press.now)
    if press.instead_of is not None and press.instead_of.stage == Stage.HELD:
        held = held.exclude(booking=press.instead_of)
    if press.moving is not None:
        held = held.exclude(booking=press.moving).exclude(
            booking__in=_earlier_targets(press.moving)
        )
    if press.offered_for is not None:  # of several offers only one will be taken
        held = held.exclude(booking__offered_for=press.offered_for)
    return held


def _earlier_targets(booking: Booking) -> QuerySet[Booking]:
    """What was kept for a booking to move to, before its customer chose yet another time."""
    return booking.targets.filter(stage=Stage.HELD)


def _take(
    site: Site, facts: Facts, press: Press, found: Sequence[Claim], told: PricePreview | None
) -> Booking:
    """Inside a transaction: lock all that is competed for, look once more, insert."""
    locked = Bookable.objects.lock(site, [each for claim in found for each in claim.rivals])
    if (same := _same_press(site, press)) is not None:
        return same
    people = _decide(site, press, found)
    quote = _quote(facts, press, found, people, told)
    _refuse_another_price(press, quote)
    for earlier in (press.instead_of, *(_earlier_targets(press.moving) if press.moving else ())):
        if earlier is not None:
            let_go(earlier, press.now)
    booking = rows.new_booking(site, facts, press, found, quote)
    reason = Reason.OFFERED if press.offered_for else Reason.TYPING
    for position, (claim, person) in enumerate(zip(found, people, strict=True), start=1):
        rows.new_line(booking, position, claim, person, press)
        starts, ends = claim.stretch
        Hold.objects.create(
            booking=booking,
            bookable=locked[person.id if person else claim.counted_in],
            starts=starts,
            ends=ends,
            places=press.picked.people,
            until=until(reason, press.now),
            reason=reason,
        )
    return booking


def _refuse_another_price(press: Press, quote: Quote) -> None:
    """What is booked moves with its price, paid or not. Raises: OtherPrice."""
    if press.moving is None:
        return
    agreed = (press.moving.price_amount, press.moving.price_words)
    if (quote.total.amount if quote.total else None, quote.words) != agreed:
        raise OtherPrice


def _decide(site: Site, press: Press, found: Sequence[Claim]) -> list[StaffMember | None]:
    """Who gives each of them; None where places are kept. Raises: SlotTaken."""
    kept = _holds(site, press).places_of(each.counted_in for each in found if each.counted_in)
    full = [
        claim.event_id or ""
        for claim in found
        if claim.places_left is not None
        and claim.places_left - kept.get(claim.counted_in, 0) < press.picked.people
    ]
    if full:
        raise SlotTaken if len(found) == 1 else PartTaken(frozenset(full))
    people: list[StaffMember | None] = []
    busy: list[Occupied] = []
    for claim in found:
        person = None if claim.counted_in else _free_for(site, press, claim, busy)
        if person is None and not claim.counted_in:
            raise SlotTaken
        if person is not None:
            # Without the pause after it: the parts of one visit follow each other at once.
            busy.append(Occupied(staff_id=person.id, starts=claim.starts, ends=claim.ends))
        people.append(person)
    return people


def _quote(
    facts: Facts,
    press: Press,
    found: Sequence[Claim],
    people: Sequence[StaffMember | None],
    told: PricePreview | None,
) -> Quote:
    """What all of it costs: as Wix said, unless it said so of somebody who does not give it now."""
    if press.beside:
        return quote_of([each.service for each in press.offers], facts.business.currency)
    person = people[0]
    asked_about = next(iter(found[0].staff), None)
    if told is not None and (person is None or person == asked_about):
        return press.offer.priced_by_wix(told, press.picked, len(found))
    return press.offer.quote(press.picked, person.id if person else None, len(found))
