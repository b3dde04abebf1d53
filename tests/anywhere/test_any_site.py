"""What we read from Wix holds for any site, whatever it sells; a live one shows where it does not."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from booking.domain.outcome import Customer, Paid, WixStatus
from booking.domain.service import Kind, Service
from booking.domain.slot import Slot
from booking.wix import NewBooking, Wix

MARIA = Customer(first_name="Test", last_name="Booking", email="test@example.com")


def services_of(wix: Wix, kind: Kind) -> list[Service]:
    """The services of a kind that can be looked at; none on a site without."""
    found = [each for each in wix.services.query() if each.kind is kind and each.open_online]
    if not found:
        pytest.skip(f"this site has no {kind}")
    return found


def month_from_now() -> tuple[datetime, datetime]:
    starts = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return starts, starts + timedelta(days=31)


def test_a_site_has_a_zone_a_currency_and_a_name(wix: Wix) -> None:
    business = wix.site_properties.get()
    assert ZoneInfo(business.zone).key == business.zone
    assert len(business.currency) == 3
    assert business.name


def test_every_service_has_an_address_and_a_kind_we_know(wix: Wix) -> None:
    services = wix.services.query()
    assert all(each.slug and each.name for each in services)
    assert Kind.UNKNOWN not in {each.kind for each in services}
    assert len({each.id for each in services}) == len(services)


def test_a_service_is_found_again_by_its_address(wix: Wix) -> None:
    for service in wix.services.query()[:3]:
        found = wix.services.by_slug(service.slug)
        assert found
        assert found.id == service.id


def test_the_staff_of_services_are_staff_members(wix: Wix) -> None:
    known = {each.id for each in wix.staff_members.query()}
    given = {member.id for each in services_of(wix, Kind.APPOINTMENT) for member in each.staff}
    assert given <= known


def free_times(wix: Wix, service: Service) -> list[Slot]:
    zone = wix.site_properties.get().zone
    starts, ends = month_from_now()
    return list(wix.time_slots.list(service.id, starts=starts, ends=ends, zone=zone).slots)


def test_free_times_are_ahead_in_order_and_given_by_somebody(wix: Wix) -> None:
    for service in services_of(wix, Kind.APPOINTMENT)[:3]:
        slots = free_times(wix, service)
        assert [each.starts for each in slots] == sorted(each.starts for each in slots)
        assert all(each.staff and each.starts < each.ends for each in slots)


def test_a_free_time_is_still_free_when_it_is_asked_for_alone(wix: Wix) -> None:
    slots = free_times(wix, services_of(wix, Kind.APPOINTMENT)[0])
    if not slots:
        pytest.skip("this site has no free time in the next month")
    slot = slots[0]
    again = wix.time_slots.get(
        slot.service_id,
        starts=slot.starts,
        ends=slot.ends,
        zone=wix.site_properties.get().zone,
        location=slot.location,
    )
    assert again
    assert again.bookable


def test_sessions_of_classes_have_places_and_ids_to_book_by(wix: Wix) -> None:
    ids = [each.id for each in services_of(wix, Kind.CLASS)]
    starts, ends = month_from_now()
    zone = wix.site_properties.get().zone
    sessions = wix.event_time_slots.list(ids, starts=starts, ends=ends, zone=zone).sessions
    assert all(len(each.event_id) >= 36 for each in sessions)
    assert {each.service_id for each in sessions} <= set(ids)


def test_a_courses_places_are_counted(wix: Wix) -> None:
    for course in services_of(wix, Kind.COURSE)[:2]:
        assert wix.courses.places(course).left >= 0


@pytest.mark.usefixtures("may_write")
def test_an_appointment_is_booked_confirmed_found_and_cancelled(wix: Wix) -> None:
    zone = wix.site_properties.get().zone
    on_site = [each for each in services_of(wix, Kind.APPOINTMENT) if each.obstacle is None]
    slot = free_times(wix, on_site[0])[-1]
    new = NewBooking(
        service_id=slot.service_id,
        schedule_id=slot.schedule_id,
        starts=slot.starts,
        ends=slot.ends,
        zone=zone,
        location=slot.location,
        staff_id=slot.staff[0].id,
        customer=MARIA,
        reference=f"test-{datetime.now(UTC):%Y%m%d%H%M%S}",
    )
    made = wix.bookings.create(new)
    settled = wix.bookings.confirm_or_decline(made.id, Paid.NOT_PAID)
    gone = wix.bookings.cancel(settled.id, settled.revision, ignore_policy=True)
    assert made.status is WixStatus.CREATED
    assert settled.status in (WixStatus.CONFIRMED, WixStatus.PENDING)
    assert gone.status is WixStatus.CANCELED
