"""Several services in a row: the client reads when they all fit, and books nothing that does not."""

from datetime import timedelta
from typing import Any

import pytest

from booking.domain.ids import ServiceId
from booking.domain.several import Row, Wish
from booking.domain.slot import Choices, PolicyFilter
from booking.wix import Wix
from booking.wix.errors import InvalidRequest, ServiceGone, WixError
from tests.contract.conftest import LISBON, MONDAY, TODAY, the_service
from tests.in_process import Sandbox

DAY = timedelta(days=1)
BEARD = {
    "slug": "beard",
    "name": "Beard trim",
    "schedule": {"availabilityConstraints": {"sessionDurations": [20]}},
}


@pytest.fixture
def two_chairs(sandbox: Sandbox) -> Sandbox:
    """A haircut of 45 minutes and a beard trim of 20, Ana and Bruno."""
    sandbox.reset("two-chairs", now=MONDAY)
    sandbox.seed(services=[BEARD])
    return sandbox


def rows(wix: Wix, *wishes: Wish, **narrowed: Any) -> tuple[Row, ...]:
    window: dict[str, Any] = {"starts": TODAY + DAY, "ends": TODAY + 2 * DAY, "zone": LISBON}
    location = the_service(wix, "haircut").locations[0]
    asked = {**window, "location": location, **narrowed}
    return wix.multi_service_time_slots.list(wishes, **asked).rows


def wish(wix: Wix, slug: str, **wanted: Any) -> Wish:
    return Wish(service_id=the_service(wix, slug).id, **wanted)


def test_each_service_begins_when_the_one_before_ends(wix: Wix, two_chairs: Sandbox) -> None:
    first = rows(wix, wish(wix, "haircut"), wish(wix, "beard"))[0]
    cut, trim = first.slots
    assert (cut.starts, trim.ends) == (first.starts, first.ends)
    assert cut.ends == trim.starts
    assert first.ends - first.starts == timedelta(minutes=65)
    assert (len(cut.staff), len(trim.staff)) == (2, 2)
    assert cut.schedule_id != trim.schedule_id
    assert cut.location == trim.location == first.location
    assert first.bookable


def test_the_order_is_that_of_the_wishes(wix: Wix, two_chairs: Sandbox) -> None:
    first = rows(wix, wish(wix, "beard"), wish(wix, "haircut"))[0]
    assert first.slots[0].ends - first.slots[0].starts == timedelta(minutes=20)


def test_a_row_that_meets_a_booking_is_not_offered(wix: Wix, two_chairs: Sandbox) -> None:
    ana = the_service(wix, "haircut").staff[0].id
    both = (wish(wix, "haircut", staff_id=ana), wish(wix, "beard", staff_id=ana))
    before = rows(wix, *both)
    two_chairs.book("haircut", "2030-06-04T10:00", staff="ana")
    after = rows(wix, *both)
    clash = [each for each in after if each.starts < TODAY + DAY + timedelta(hours=9, minutes=45)]
    assert all(each.ends <= TODAY + DAY + timedelta(hours=9) for each in clash)
    assert len(after) < len(before)


def test_a_row_is_looked_at_again(wix: Wix, two_chairs: Sandbox) -> None:
    both = [wish(wix, "haircut"), wish(wix, "beard")]
    listed = rows(wix, *both)[0]
    asked: dict[str, Any] = {
        "location": listed.location,
        "starts": listed.starts,
        "ends": listed.ends,
        "zone": LISBON,
    }
    assert wix.multi_service_time_slots.get(both, **asked) == listed
    for person in ("ana", "bruno"):
        two_chairs.book("haircut", "2030-06-04T09:00", staff=person)
    assert wix.multi_service_time_slots.get(both, **asked) is None
    asked["ends"] += timedelta(minutes=5)
    assert wix.multi_service_time_slots.get(both, **asked) is None


def test_the_policy_of_any_of_them_forbids_the_row(wix: Wix, two_chairs: Sandbox) -> None:
    late = {"limitLateBookingPolicy": {"enabled": True, "latestBookingInMinutes": 26 * 60}}
    two_chairs.seed(services=[{"slug": "beard", "bookingPolicy": late}])
    both = (wish(wix, "haircut"), wish(wix, "beard"))
    told = rows(wix, *both, bookable=None)
    assert (told[0].bookable, told[0].too_late) == (False, True)
    assert rows(wix, *both) == tuple(each for each in told if each.bookable)
    assert rows(wix, *both, bookable=None, policy=PolicyFilter(too_late=True))[0] == told[0]


def test_a_chosen_length_makes_the_row_longer(wix: Wix, two_chairs: Sandbox) -> None:
    lengths = {"availabilityConstraints": {"sessionDurations": [20, 40]}}
    two_chairs.seed(services=[{"slug": "beard", "schedule": lengths}])
    longer = wish(wix, "beard", choices=Choices(minutes=40))
    first = rows(wix, wish(wix, "haircut"), longer)[0]
    assert first.ends - first.starts == timedelta(minutes=85)


def test_rows_can_be_capped_by_day_and_in_all(wix: Wix, two_chairs: Sandbox) -> None:
    both = (wish(wix, "haircut"), wish(wix, "beard"))
    assert len(rows(wix, *both, ends=TODAY + 4 * DAY, per_day=1)) == 3
    assert len(rows(wix, *both, limit=2)) == 2


def test_fewer_than_two_services_are_refused(wix: Wix, two_chairs: Sandbox) -> None:
    with pytest.raises(WixError) as told:
        rows(wix, wish(wix, "haircut"))
    assert (told.value.status, told.value.code) == (400, "INVALID_SERVICES_SIZE")


def test_a_class_is_refused_and_a_service_that_is_not_there_is_gone(wix: Wix) -> None:
    with pytest.raises(InvalidRequest):
        rows(wix, wish(wix, "haircut"), wish(wix, "vinyasa-yoga"))
    nobody = Wish(service_id=ServiceId("5e100000-0000-4000-8000-000000000001"))
    with pytest.raises(ServiceGone):
        rows(wix, wish(wix, "haircut"), nobody)
