"""Writing a new booking down."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from booking.actions import keys, picks
from booking.actions.claims import Claim
from booking.actions.facts import Facts
from booking.actions.press import Press
from booking.domain.offer import Picked
from booking.domain.quote import Quote
from booking.domain.service import StaffMember
from booking.domain.states import Due, Stage
from booking.domain.ways import Way, ways_to_pay
from booking.models import Booking, Line, Site

LONGEST_NAME = 400


def new_booking(
    site: Site, facts: Facts, press: Press, claims: Sequence[Claim], quote: Quote
) -> Booking:
    """A held booking with the facts of its service as they are now: later changes leave it alone."""
    service, starts = press.service, claims[0].starts
    services = [each.service for each in press.offers]
    policies = [each.policy for each in services]
    ways = ways_to_pay(services, quote, facts.offered.of(service.slug))
    booking = Booking(
        site=site,
        reference=keys.new_reference(),
        stage=Stage.HELD,
        due=first_due(ways),
        ways=ways,
        deposit_amount=quote.deposit.amount if quote.deposit else None,
        language=press.visitor.language,
        zone=press.visitor.zone,
        business_zone=facts.business.zone,
        form_id=service.form_id,
        kind=service.kind,
        service_id=service.id,
        service_slug=service.slug,
        service_name=" + ".join(each.name for each in services)[:LONGEST_NAME],
        one_visit=len(services) > 1,
        price_amount=quote.total.amount if quote.total else None,
        price_currency=quote.total.currency if quote.total else "",
        price_words=quote.words,
        price_lines=_bill(quote),
        needs_approval=service.needs_approval,
        cancel_until=_earliest(each.cancel_until(starts) for each in policies),
        move_until=_earliest(each.move_until(starts) for each in policies),
        policy_words="\n\n".join(dict.fromkeys(each.words for each in policies if each.words)),
        address=press.visitor.address,
        browser=press.visitor.browser,
        press=press.id,
        wanted=press.wanted,
        picks=picks.parameters(press.picked),
        draft=press.draft,
        moves=press.moving,
        offered_for=press.offered_for,
        created=press.now,
    )
    booking.key_hash = keys.digest(keys.first_key(booking))
    booking.save(force_insert=True)
    return booking


def new_line(
    booking: Booking, position: int, claim: Claim, person: StaffMember | None, press: Press
) -> None:
    """The line that will be one booking at Wix; an appointment's names a ``person``."""
    picked, service = press.picked, press.service_of(claim)
    place = claim.location.place
    Line.objects.create(
        booking=booking,
        position=position,
        reference=f"{booking.reference}-{position}",
        service_id=claim.service_id,
        service_name=service.name,
        schedule_id=claim.schedule_id or "",
        event_id=claim.event_id or "",
        meetings=[[each.starts.isoformat(), each.ends.isoformat()] for each in claim.meetings],
        participants=picked.people,
        groups=_groups(picked),
        add_ons=_add_ons(picked),
        staff_id=person.id if person else "",
        staff_name=person.name if person else ", ".join(each.name for each in claim.staff),
        location_kind=claim.location.kind,
        location_id=claim.location.id or "",
        location_name=claim.location.name,
        location_text=place.text if place else "",
        starts=claim.starts,
        ends=claim.ends,
    )


def first_due(ways: tuple[Way, ...]) -> Due:
    """Where the money of a new booking stands: whoever has a choice makes it with the details."""
    if not ways:
        return Due.NOTHING
    return Due.ON_SITE if ways[0] is Way.ON_SITE else Due.DUE


def _earliest(moments: Iterable[datetime | None]) -> datetime | None:
    """When the strictest of several policies ends what it allows; None if one allows nothing."""
    told = list(moments)
    known = [each for each in told if each is not None]
    return min(known) if len(known) == len(told) else None


def _bill(quote: Quote) -> list[dict[str, Any]]:
    return [
        {"what": each.what, "times": each.times, "each": str(each.each.amount)}
        for each in quote.lines
    ]


def _groups(picked: Picked) -> list[dict[str, Any]]:
    """Only where the price depends on a choice: Wix wants a plain number everywhere else."""
    return [
        {"people": group.people, **asdict(choice)}
        for group in picked.groups
        for choice in group.choices[:1]
    ]


def _add_ons(picked: Picked) -> list[dict[str, Any]]:
    """With minutes or a quantity, as the service offers it: Wix refuses both at once."""
    return [
        {
            "id": each.add_on.id,
            "group_id": each.group_id,
            "name": each.add_on.name,
            "minutes": each.add_on.minutes,
            "quantity": None if each.add_on.minutes else each.quantity,
        }
        for each in picked.add_ons
    ]
