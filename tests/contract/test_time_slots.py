"""The times that the sandbox offers are the times that the client reads."""

from datetime import UTC, datetime, timedelta

import pytest

from booking.domain.ids import ServiceId
from booking.domain.service import LocationKind
from booking.domain.slot import Choices, PolicyFilter, Slot
from booking.wix import Wix
from booking.wix.errors import InvalidRequest, ServiceGone
from tests.contract.conftest import LISBON, MONDAY, TODAY, the_service, the_slots
from tests.in_process import Sandbox


def test_times_are_moments_of_the_businesss_day(wix: Wix) -> None:
    haircut = the_service(wix, "haircut")
    slots = the_slots(wix, haircut.id).slots
    assert slots
    assert slots[0].starts >= datetime(2030, 6, 4, 8, tzinfo=UTC)  # nine in Lisbon's summer
    assert all(slot.ends - slot.starts == timedelta(minutes=45) for slot in slots)
    assert all(slot.bookable and slot.staff and slot.schedule_id for slot in slots)
    assert {slot.location.kind for slot in slots} == {LocationKind.BUSINESS}
    assert [slot.starts for slot in slots] == sorted(slot.starts for slot in slots)


def test_a_person_and_a_place_narrow_the_times(wix: Wix) -> None:
    haircut = the_service(wix, "haircut")
    ana, place = haircut.staff[0], haircut.locations[0]
    everybody = the_slots(wix, haircut.id).slots
    narrowed = wix.time_slots.list(
        haircut.id,
        starts=TODAY + timedelta(days=1),
        ends=TODAY + timedelta(days=2),
        zone=LISBON,
        staff_id=ana.id,
        location=place,
    ).slots
    assert 0 < len(narrowed) < len(everybody)
    assert all(ana.id in [member.id for member in slot.staff] for slot in narrowed)
    assert {slot.location.id for slot in narrowed} == {place.id}


def test_the_next_free_time_is_found_at_any_distance(wix: Wix, sandbox: Sandbox) -> None:
    sandbox.reset("faraway", now=MONDAY)
    (service,) = wix.services.query()
    first = wix.time_slots.list(
        service.id, starts=TODAY, ends=TODAY + timedelta(days=365), zone=LISBON, limit=1
    )
    assert len(first.slots) == 1
    assert first.slots[0].starts > TODAY + timedelta(days=50)


def test_one_time_a_day_tells_which_days_are_open(wix: Wix) -> None:
    haircut = the_service(wix, "haircut")
    days = wix.time_slots.list(
        haircut.id,
        starts=TODAY + timedelta(days=1),
        ends=TODAY + timedelta(days=15),
        zone=LISBON,
        per_day=1,
    ).slots
    assert len(days) == len({slot.starts.date() for slot in days}) > 5


def test_many_times_come_in_pages(wix: Wix, sandbox: Sandbox) -> None:
    sandbox.reset("two-chairs", now=MONDAY)
    (haircut,) = wix.services.query()
    slots = the_slots(wix, haircut.id, days=90).slots
    assert len(slots) > 1000
    assert len(sandbox.calls("/time-slots")) == len(slots) // 1000 + 1
    assert len({(slot.starts, slot.location.id) for slot in slots}) == len(slots)


def test_times_that_the_policy_forbids_are_told_apart(wix: Wix) -> None:
    massage = the_service(wix, "deep-tissue-massage")
    today = wix.time_slots.list(
        massage.id, starts=TODAY, ends=TODAY + timedelta(days=1), zone=LISBON, bookable=None
    ).slots
    assert today
    assert all(slot.too_late and not slot.bookable for slot in today)
    assert the_slots(wix, massage.id, from_day=0).slots == ()


def test_a_listed_time_is_still_there_when_it_is_looked_at_again(wix: Wix) -> None:
    haircut = the_service(wix, "haircut")
    listed = the_slots(wix, haircut.id).slots[3]
    again = wix.time_slots.get(
        haircut.id, starts=listed.starts, ends=listed.ends, zone=LISBON, location=listed.location
    )
    assert again == listed


def test_a_time_that_was_taken_is_not_there(wix: Wix, sandbox: Sandbox) -> None:
    sandbox.reset("two-chairs", now=MONDAY)
    (haircut,) = wix.services.query()
    slot = the_slots(wix, haircut.id).slots[0]
    for person in ("ana", "bruno"):
        sandbox.book("haircut", "2030-06-04T09:00", staff=person)
    assert slot.starts == datetime(2030, 6, 4, 8, tzinfo=UTC)
    assert (
        wix.time_slots.get(
            haircut.id, starts=slot.starts, ends=slot.ends, zone=LISBON, location=slot.location
        )
        is None
    )


def test_a_person_who_was_booked_is_no_longer_free(wix: Wix, sandbox: Sandbox) -> None:
    sandbox.reset("two-chairs", now=MONDAY)
    (haircut,) = wix.services.query()
    sandbox.book("haircut", "2030-06-04T09:00", staff="ana")
    first = the_slots(wix, haircut.id).slots[0]
    assert [member.name.lower() for member in first.staff] == ["bruno"]


@pytest.mark.parametrize(
    ("day", "clock"),
    [("2030-10-27", "2030-10-20T09:00:00"), ("2030-03-31", "2030-03-20T09:00:00")],
    ids=["an hour twice", "an hour missing"],
)
def test_days_on_which_the_clocks_change_are_read(
    wix: Wix, sandbox: Sandbox, day: str, clock: str
) -> None:
    sandbox.reset("two-chairs", now=clock)
    (haircut,) = wix.services.query()
    midnight = datetime.fromisoformat(day).replace(tzinfo=UTC)
    slots = wix.time_slots.list(
        haircut.id, starts=midnight, ends=midnight + timedelta(days=1), zone=LISBON
    ).slots
    assert slots
    assert all(slot.ends - slot.starts == timedelta(minutes=45) for slot in slots)


DAY = timedelta(days=1)


def lengths(wix: Wix, slug: str, choices: Choices | None = None) -> set[timedelta]:
    """How long the slots of one day are."""
    slots = wix.time_slots.list(
        the_service(wix, slug).id,
        starts=TODAY + timedelta(days=1),
        ends=TODAY + timedelta(days=8),
        zone=LISBON,
        choices=choices,
    ).slots
    return {slot.ends - slot.starts for slot in slots}


def test_a_customer_may_choose_the_length(wix: Wix) -> None:
    assert lengths(wix, "facial") == {timedelta(minutes=30)}
    assert lengths(wix, "facial", Choices(minutes=60)) == {timedelta(minutes=60)}
    with pytest.raises(InvalidRequest) as refused:
        lengths(wix, "facial", Choices(minutes=45))
    assert refused.value.violations[0].field == "customerChoices.durationInMinutes"


def test_add_ons_make_it_longer(wix: Wix) -> None:
    ritual = the_service(wix, "scalp-ritual")
    (longer, *_) = wix.add_on_groups.list_by_service_id(ritual.id)
    massage = next(each for each in longer.add_ons if each.minutes == 20)
    with_massage = Choices(add_ons=(massage.id,))
    assert lengths(wix, "scalp-ritual", with_massage) == {timedelta(minutes=70)}
    told = Choices(minutes=70, add_ons=(massage.id,))
    assert lengths(wix, "scalp-ritual", told) == {timedelta(minutes=70)}
    with pytest.raises(InvalidRequest):
        lengths(wix, "scalp-ritual", Choices(minutes=50, add_ons=(massage.id,)))


def test_a_longer_time_is_looked_at_again_by_its_ends(wix: Wix) -> None:
    facial = the_service(wix, "facial")
    listed = wix.time_slots.list(
        facial.id,
        starts=TODAY + DAY,
        ends=TODAY + 8 * DAY,
        zone=LISBON,
        choices=Choices(minutes=60),
    ).slots[0]
    again = wix.time_slots.get(
        facial.id, starts=listed.starts, ends=listed.ends, zone=LISBON, location=listed.location
    )
    assert again == listed


def test_times_are_narrowed_by_the_rule_they_break(wix: Wix, sandbox: Sandbox) -> None:
    sandbox.reset("two-chairs", now=MONDAY)
    rules = {
        "limitEarlyBookingPolicy": {"enabled": True, "earliestBookingInMinutes": 2 * 1440},
        "limitLateBookingPolicy": {"enabled": True, "latestBookingInMinutes": 1440},
    }
    sandbox.seed(services=[{"slug": "haircut", "bookingPolicy": rules}])
    (haircut,) = wix.services.query()

    def told(rule: PolicyFilter | None) -> list[Slot]:
        found = wix.time_slots.list(
            haircut.id,
            starts=TODAY,
            ends=TODAY + timedelta(days=4),
            zone=LISBON,
            bookable=None,
            policy=rule,
        )
        return list(found.slots)

    everything, early = told(None), told(PolicyFilter(too_early=True))
    assert early == [each for each in everything if each.too_early] != []
    assert {each.opens for each in early} == {each.starts - timedelta(days=2) for each in early}
    late = told(PolicyFilter(too_late=True))
    assert late == [each for each in everything if each.too_late] != []
    between = told(PolicyFilter(too_early=False, too_late=False))
    assert between == [each for each in everything if each.bookable] != []
    assert told(PolicyFilter(closed=True)) == []


def test_a_service_whose_online_booking_is_off_has_closed_times(wix: Wix, sandbox: Sandbox) -> None:
    sandbox.reset("two-chairs", now=MONDAY)
    sandbox.seed(services=[{"slug": "haircut", "onlineBooking": {"enabled": False}}])
    (haircut,) = wix.services.query()
    slots = wix.time_slots.list(
        haircut.id, starts=TODAY, ends=TODAY + timedelta(days=2), zone=LISBON, bookable=None
    ).slots
    assert slots
    assert all(slot.closed and not slot.bookable for slot in slots)


def test_a_service_that_is_not_there_is_gone(wix: Wix) -> None:
    with pytest.raises(ServiceGone):
        the_slots(wix, ServiceId("5e100000-0000-4000-8000-000000000001"))
