"""Free times: asked for in the business's zone, given as moments, wrong fields named by their path."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from booking.domain.business import Place
from booking.domain.ids import ScheduleId
from booking.domain.service import Location, LocationKind, StaffMember
from booking.domain.slot import Slot
from booking.wix import Wix
from booking.wix.errors import ServiceGone, WixAnswerMalformed, WixError
from booking.wix.slot_shapes import STAFF_TYPE
from tests.wix.examples import ANA, BO, HAIRCUT, STUDIO, STUDIO_ID, a_time_slot, time_slots
from tests.wix.stand_in import StandIn, ok, refusal

FROM = datetime(2026, 11, 30, 23, tzinfo=UTC)  # midnight in Zurich
TO = FROM + timedelta(days=7)
NINE = datetime(2026, 12, 1, 8, tzinfo=UTC)
QUARTER_TO_TEN = NINE + timedelta(minutes=45)


@pytest.fixture
def list_slots(wix: Wix) -> Any:
    def ask(**narrowed: Any) -> Any:
        return wix.time_slots.list(
            HAIRCUT, starts=FROM, ends=TO, **{"zone": "Europe/Zurich"} | narrowed
        )

    return ask


@pytest.fixture
def get_slot(wix: Wix) -> Any:
    def ask(**changes: Any) -> Any:
        return wix.time_slots.get(
            HAIRCUT,
            starts=NINE,
            ends=QUARTER_TO_TEN,
            zone="Europe/Zurich",
            **{"location": STUDIO} | changes,
        )

    return ask


def test_a_slot_is_read_in_full(list_slots: Any, stand_in: StandIn) -> None:
    stand_in.will_say(ok(time_slots(a_time_slot())))
    assert list_slots().slots == (
        Slot(
            service_id=HAIRCUT,
            starts=NINE,
            ends=QUARTER_TO_TEN,
            location=Location(
                kind=LocationKind.BUSINESS,
                id=STUDIO_ID,
                name="Studio",
                place=Place(text="Main 1, Bern"),
            ),
            schedule_id=ScheduleId("9f0"),
            staff=(StaffMember(id=ANA, name="Ana"), StaffMember(id=BO, name="")),
            open_spots=1,
            bookable=True,
        ),
    )


def test_a_slot_of_which_wix_tells_only_the_time_cannot_be_booked(
    list_slots: Any, stand_in: StandIn
) -> None:
    bare = {"serviceId": HAIRCUT, "localStartDate": "2026-12-01T09:00:00"}
    stand_in.will_say(ok({"timeSlots": [bare | {"localEndDate": "2026-12-01T09:45:00"}]}))
    (slot,) = list_slots().slots
    assert (slot.starts, slot.bookable, slot.open_spots, slot.staff) == (NINE, False, 0, ())
    assert slot.location.kind is LocationKind.UNKNOWN


def test_times_are_those_of_the_zone_in_the_answer(list_slots: Any, stand_in: StandIn) -> None:
    noon = a_time_slot("2026-12-01T12:00:00", "2026-12-01T13:00:00")
    stand_in.will_say(ok(time_slots(noon, zone="America/Vancouver")))
    answer = list_slots()
    assert answer.zone == "America/Vancouver"
    assert answer.slots[0].starts == datetime(2026, 12, 1, 19, tzinfo=UTC)


def test_without_a_zone_in_the_answer_it_is_the_one_asked_for(
    list_slots: Any, stand_in: StandIn
) -> None:
    stand_in.will_say(ok(time_slots(a_time_slot(), zone=None)))
    assert list_slots().slots[0].starts == NINE


def test_places_kept_for_a_waiting_list_are_not_for_sale(
    list_slots: Any, stand_in: StandIn
) -> None:
    stand_in.will_say(ok(time_slots(a_time_slot(remainingCapacity=3, bookableCapacity=1))))
    assert list_slots().slots[0].open_spots == 1


def test_a_slot_says_why_it_cannot_be_booked_and_that_more_staff_are_free(
    list_slots: Any, stand_in: StandIn
) -> None:
    resources = [{"resourceTypeId": STAFF_TYPE, "resources": [], "hasMoreAvailableResources": True}]
    stand_in.will_say(
        ok(
            time_slots(
                a_time_slot(
                    bookable=False,
                    bookingPolicyViolations={"tooEarlyToBook": True, "tooLateToBook": True},
                    availableResources=resources,
                )
            )
        )
    )
    (slot,) = list_slots(bookable=None).slots
    assert (slot.bookable, slot.too_early, slot.too_late, slot.more_staff) == (
        False,
        True,
        True,
        True,
    )


def test_slots_come_in_time_order(list_slots: Any, stand_in: StandIn) -> None:
    late = a_time_slot("2026-12-02T09:00:00", "2026-12-02T09:45:00")
    stand_in.will_say(ok(time_slots(late, a_time_slot())))
    starts = [slot.starts for slot in list_slots().slots]
    assert starts == sorted(starts)


def test_the_question_is_asked_in_local_time_of_the_zone(
    list_slots: Any, stand_in: StandIn
) -> None:
    stand_in.will_say(ok(time_slots()))
    assert list_slots().slots == ()
    assert stand_in.paths == ["/_api/service-availability/v2/time-slots"]
    assert stand_in.bodies == [
        {
            "serviceId": HAIRCUT,
            "fromLocalDate": "2026-12-01T00:00:00",
            "toLocalDate": "2026-12-08T00:00:00",
            "timeZone": "Europe/Zurich",
            "includeResourceTypeIds": [STAFF_TYPE],
            "bookable": True,
            "cursorPaging": {"limit": 1000},
        }
    ]


def test_the_question_can_be_narrowed(list_slots: Any, stand_in: StandIn) -> None:
    stand_in.will_say(ok(time_slots()))
    list_slots(staff_id=ANA, location=STUDIO, limit=3, per_day=1, bookable=None)
    (body,) = stand_in.bodies
    assert body["resourceTypes"] == [{"resourceTypeId": STAFF_TYPE, "resourceIds": [ANA]}]
    assert body["locations"] == [{"id": STUDIO_ID, "locationType": "BUSINESS"}]
    assert body["cursorPaging"] == {"limit": 3}
    assert body["timeSlotsPerDay"] == 1
    assert "bookable" not in body


def test_further_pages_are_asked_for_with_the_cursor_alone(
    list_slots: Any, stand_in: StandIn
) -> None:
    later = a_time_slot("2026-12-02T09:00:00", "2026-12-02T09:45:00")
    stand_in.will_say(ok(time_slots(a_time_slot(), cursor="c2")), ok(time_slots(later, cursor="")))
    assert len(list_slots().slots) == 2
    assert stand_in.bodies[1] == {"cursorPaging": {"limit": 1000, "cursor": "c2"}}


def test_pages_without_end_are_followed_for_five(list_slots: Any, stand_in: StandIn) -> None:
    stand_in.will_say(ok(time_slots(a_time_slot(), cursor="for ever")))
    assert len(list_slots().slots) == 5
    assert len(stand_in.requests) == 5


def test_a_limit_is_kept_without_further_pages(list_slots: Any, stand_in: StandIn) -> None:
    stand_in.will_say(ok(time_slots(a_time_slot(), a_time_slot(), cursor="c2")))
    assert len(list_slots(limit=1).slots) == 1
    assert len(stand_in.requests) == 1


@pytest.mark.parametrize(
    ("broken", "path"),
    [
        ({"serviceId": None}, "timeSlots[1].serviceId"),
        ({"localStartDate": None}, "timeSlots[1].localStartDate"),
        ({"localStartDate": "2026-12-01"}, "timeSlots[1].localStartDate"),
        ({"localStartDate": "2026-12-01T09:00:00Z"}, "timeSlots[1].localStartDate"),
        ({"localEndDate": "2026-12-01T08:00:00"}, "timeSlots[1].localEndDate"),
        ({"localStartDate": "0001-01-01T00:00:00"}, "timeSlots[1].localEndDate"),
        ({"bookableCapacity": "one"}, "timeSlots[1].bookableCapacity"),
        (
            {"availableResources": [{"resourceTypeId": STAFF_TYPE, "resources": [{"name": "x"}]}]},
            "timeSlots[1].availableResources[0].resources[0]",
        ),
    ],
)
def test_a_wrong_field_is_named_by_its_path(
    list_slots: Any, stand_in: StandIn, broken: dict[str, Any], path: str
) -> None:
    stand_in.will_say(ok(time_slots(a_time_slot(), a_time_slot(**broken))))
    with pytest.raises(WixAnswerMalformed) as caught:
        list_slots()
    assert caught.value.field == path
    assert str(caught.value).startswith(f"{path}: ")


def test_an_unknown_zone_in_the_answer_is_a_wrong_field(list_slots: Any, stand_in: StandIn) -> None:
    stand_in.will_say(ok(time_slots(a_time_slot(), zone="Mars/Olympus")))
    with pytest.raises(WixAnswerMalformed, match="timeZone"):
        list_slots()


def test_a_service_that_is_gone_is_told_apart(list_slots: Any, stand_in: StandIn) -> None:
    stand_in.will_say(refusal(404, "SERVICE_NOT_FOUND"))
    with pytest.raises(ServiceGone):
        list_slots()


def test_one_slot_is_looked_at_again_with_its_place_and_person(
    get_slot: Any, stand_in: StandIn
) -> None:
    stand_in.will_say(ok({"timeSlot": a_time_slot(), "timeZone": "Europe/Zurich"}))
    slot = get_slot(staff_id=ANA)
    assert (slot.starts, slot.ends, slot.bookable) == (NINE, QUARTER_TO_TEN, True)
    assert stand_in.paths == ["/_api/service-availability/v2/time-slots/get"]
    assert stand_in.bodies == [
        {
            "serviceId": HAIRCUT,
            "localStartDate": "2026-12-01T09:00:00",
            "localEndDate": "2026-12-01T09:45:00",
            "timeZone": "Europe/Zurich",
            "includeResourceTypeIds": [STAFF_TYPE],
            "location": {"id": STUDIO_ID, "locationType": "BUSINESS"},
            "resourceTypes": [{"resourceTypeId": STAFF_TYPE, "resourceIds": [ANA]}],
        }
    ]


def test_a_slot_that_is_no_longer_there_is_none(get_slot: Any, stand_in: StandIn) -> None:
    stand_in.will_say(refusal(404, "SLOT_NOT_FOUND"))
    assert get_slot() is None


@pytest.mark.parametrize(
    ("location", "sent"),
    [
        (
            Location(kind=LocationKind.CUSTOM, place=Place(text="Quay 2")),
            {"locationType": "CUSTOM", "formattedAddress": "Quay 2"},
        ),
        (Location(kind=LocationKind.CUSTOMER), {"locationType": "CUSTOMER"}),
        (Location(kind=LocationKind.UNKNOWN, id=STUDIO_ID), {"id": STUDIO_ID}),
    ],
    ids=["of its own", "at the customer's", "unknown"],
)
def test_a_place_is_sent_as_wix_spells_it(
    get_slot: Any, stand_in: StandIn, location: Location, sent: dict[str, str]
) -> None:
    stand_in.will_say(ok({"timeSlot": a_time_slot()}))
    get_slot(location=location)
    assert stand_in.bodies[0]["location"] == sent


@pytest.mark.parametrize("body", [{}, {"timeSlot": None}, {"timeSlot": {"serviceId": 1}}])
def test_an_answer_without_the_slot_is_malformed(
    get_slot: Any, stand_in: StandIn, body: dict[str, Any]
) -> None:
    stand_in.will_say(ok(body))
    with pytest.raises(WixAnswerMalformed):
        get_slot()


def test_a_failure_is_no_proof_that_the_slot_is_gone(get_slot: Any, stand_in: StandIn) -> None:
    stand_in.will_say(refusal(403, "UNAUTHORIZED_OPERATION"))
    with pytest.raises(WixError):
        get_slot()
