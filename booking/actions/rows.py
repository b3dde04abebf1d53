"""Writing a new booking down."""

from booking.actions import keys
from booking.actions.facts import Facts
from booking.actions.press import Press
from booking.domain.service import StaffMember
from booking.domain.slot import Slot
from booking.domain.states import Due, Stage
from booking.models import Booking, Line, Site


def new_booking(site: Site, facts: Facts, press: Press, slot: Slot) -> Booking:
    """A held booking with the facts of its service as they are now: later changes leave it alone."""
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
        press=press.id,
        draft=press.draft,
        created=press.now,
    )
    booking.key_hash = keys.digest(keys.first_key(booking))
    booking.save(force_insert=True)
    return booking


def new_line(booking: Booking, slot: Slot, member: StaffMember) -> None:
    """The line that will be one booking at Wix, with a named person."""
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
