"""On the two nights of the year: a time that is left out moves on, one that repeats counts once."""

from tests.in_process import Sandbox
from tests.sandbox.asking import SLOTS, chair, create, day

SPRING, AUTUMN = "2030-03-31", "2030-10-27"  # Lisbon: 01:00 -> 02:00, and 02:00 -> 01:00
EVERY_NIGHT = [{"days": ["SUNDAY"], "start": "00:00", "end": "04:00"}]


def open_at_night(sandbox: Sandbox) -> Sandbox:
    sandbox.seed(staff=[{"slug": slug, "workingHours": EVERY_NIGHT} for slug in ("ana", "bruno")])
    return sandbox


def test_in_spring_no_slot_starts_in_the_hour_that_is_left_out(two_chairs: Sandbox) -> None:
    open_at_night(two_chairs)
    two_chairs.clock(f"{SPRING[:8]}01T09:00:00")
    assert day(two_chairs, "haircut", SPRING) == ["00:00", "00:30", "02:00", "02:30", "03:00"]


def test_in_autumn_only_the_first_run_of_the_repeated_hour_is_offered(
    two_chairs: Sandbox,
) -> None:
    times = day(open_at_night(two_chairs), "haircut", AUTUMN)
    assert times == ["00:00", "00:30", "01:00", "01:30", "02:00", "02:30", "03:00"]


def test_a_window_that_begins_in_the_gap_begins_after_it(two_chairs: Sandbox) -> None:
    open_at_night(two_chairs)
    two_chairs.clock("2030-03-01T09:00:00")
    body = {
        "serviceId": two_chairs.service("haircut")["id"],
        "fromLocalDate": f"{SPRING}T01:30:00",
        "toLocalDate": f"{SPRING}T03:01:00",
    }
    slots = two_chairs.call("POST", SLOTS, body).json()["timeSlots"]
    assert [slot["localStartDate"][11:16] for slot in slots] == ["02:30", "03:00"]


def test_a_booking_across_the_autumn_change_lasts_as_long_as_it_should(
    two_chairs: Sandbox,
) -> None:
    open_at_night(two_chairs)
    body = chair(two_chairs, f"{AUTUMN}T01:30:00", end=f"{AUTUMN}T01:15:00")
    made = create(two_chairs, body)
    assert (made["startDate"], made["endDate"]) == (
        "2030-10-27T00:30:00Z",
        "2030-10-27T01:15:00Z",
    )
    assert made["bookedEntity"]["slot"]["startDate"] == "2030-10-27T01:30:00.000+01:00"


def test_a_day_is_longer_than_others_by_the_repeated_hour(two_chairs: Sandbox) -> None:
    all_day = [{"days": ["SUNDAY"], "start": "00:00", "end": "24:00"}]
    two_chairs.seed(staff=[{"slug": "ana", "workingHours": all_day}])
    slots = two_chairs.slots("haircut", AUTUMN, f"{AUTUMN}T23:59:59")
    assert len(slots) == 47  # 49 starts in 25 hours, less the two that are told a second time
    two_chairs.clock("2030-03-01T09:00:00")
    assert len(two_chairs.slots("haircut", SPRING, f"{SPRING}T23:59:59")) == 45
