"""Times follow from hours, lengths, buffers, bookings and the policy: never from a list."""

import pytest

from tests.in_process import STAFF_TYPE_ID, Sandbox
from tests.sandbox.asking import SLOTS, Json, code, day, field, owner, starts

TUESDAY = "2030-06-04"


def question(sandbox: Sandbox, slug: str, **changes: object) -> Json:
    body = {
        "serviceId": sandbox.service(slug)["id"],
        "fromLocalDate": f"{TUESDAY}T00:00:00",
        "toLocalDate": "2030-06-05T00:00:00",
    }
    return body | changes


def test_times_stand_on_a_half_hour_grid_within_working_hours(two_chairs: Sandbox) -> None:
    times = day(two_chairs, "haircut", TUESDAY)
    assert times[:3] == ["09:00", "09:30", "10:00"]
    assert times[-1] == "17:00"  # 17:30 would end after six
    assert len(times) == 17


def test_a_slot_names_everybody_who_is_free(two_chairs: Sandbox) -> None:
    two_chairs.book("haircut", f"{TUESDAY}T10:00", staff="ana")
    slots = two_chairs.slots("haircut", f"{TUESDAY}T10:00", f"{TUESDAY}T10:01")
    (group,) = slots[0]["availableResources"]
    assert group["resourceTypeId"] == STAFF_TYPE_ID
    assert [person["name"] for person in group["resources"]] == ["Bruno"]


def test_staff_are_told_only_when_their_type_is_asked_for(two_chairs: Sandbox) -> None:
    body = question(two_chairs, "haircut")
    assert two_chairs.call("POST", SLOTS, body).json()["timeSlots"][0]["availableResources"] == []


def test_times_of_one_person_leave_out_that_persons_bookings(two_chairs: Sandbox) -> None:
    ana = two_chairs.service("haircut")["staffMemberIds"][0]
    two_chairs.book("haircut", f"{TUESDAY}T10:00", staff="ana")
    only_ana = [{"resourceTypeId": STAFF_TYPE_ID, "resourceIds": [ana]}]
    times = day(two_chairs, "haircut", TUESDAY, resourceTypes=only_ana)
    assert times[:4] == ["09:00", "10:45", "11:15", "11:45"]  # the grid begins anew at 10:45


@pytest.mark.parametrize("base", [SLOTS, SLOTS.removeprefix("/_api")])
def test_a_booking_by_anybody_changes_the_next_answer_at_both_spellings(
    two_chairs: Sandbox, base: str
) -> None:
    body = question(two_chairs, "haircut")
    client = owner(two_chairs)
    before = starts(client.post(two_chairs.url + base, json=body).json()["timeSlots"])
    for staff in ("ana", "bruno"):
        two_chairs.book("haircut", f"{TUESDAY}T12:00", staff=staff)
    after = starts(client.post(two_chairs.url + base, json=body).json()["timeSlots"])
    assert "12:00" in before
    assert not {"11:30", "12:00", "12:30"} & set(after)


def test_a_created_booking_takes_no_time(two_chairs: Sandbox) -> None:
    before = day(two_chairs, "haircut", TUESDAY)
    two_chairs.book("haircut", f"{TUESDAY}T12:00", staff="ana", confirm=False)
    assert day(two_chairs, "haircut", TUESDAY) == before


def test_a_buffer_keeps_time_free_on_both_sides(two_chairs: Sandbox) -> None:
    buffer = {"availabilityConstraints": {"timeBetweenSessions": 30}}
    only_ana = {"slug": "haircut", "staffMemberIds": ["ana"], "schedule": buffer}
    two_chairs.seed(services=[only_ana])
    two_chairs.book("haircut", f"{TUESDAY}T12:00")
    times = day(two_chairs, "haircut", TUESDAY)
    assert "10:30" in times  # ends 11:15, more than half an hour before
    assert "11:00" not in times
    assert next(time for time in times if time > "11:00") == "13:15"


def test_of_two_services_the_longer_buffer_is_kept(two_chairs: Sandbox) -> None:
    careful = {"availabilityConstraints": {"timeBetweenSessions": 60}}
    only_ana: Json = {"staffMemberIds": ["ana"]}
    two_chairs.seed(
        services=[
            {"slug": "haircut", **only_ana},
            {"slug": "tattoo", **only_ana, "schedule": careful},
        ]
    )
    two_chairs.book("tattoo", f"{TUESDAY}T12:00")
    times = day(two_chairs, "haircut", TUESDAY)
    assert not [time for time in times if "10:15" < time < "13:45"]
    assert "13:45" in times


def test_hours_past_midnight_belong_to_the_day_they_began_on(two_chairs: Sandbox) -> None:
    late = [{"days": ["TUESDAY"], "start": "22:00", "end": "26:00"}]
    two_chairs.seed(staff=[{"slug": slug, "workingHours": late} for slug in ("ana", "bruno")])
    assert day(two_chairs, "haircut", TUESDAY) == ["22:00", "22:30", "23:00", "23:30"]
    assert day(two_chairs, "haircut", "2030-06-05") == ["00:00", "00:30", "01:00"]


def test_blocked_time_and_classes_are_left_out(sandbox: Sandbox) -> None:
    on_the_first_day_off = day(sandbox, "colour-and-gloss", "2030-06-19")
    assert on_the_first_day_off == []
    wednesday = day(sandbox, "private-yoga", "2030-06-05")
    assert "17:30" in wednesday
    assert not [time for time in wednesday if "17:30" < time < "19:30"]  # Vinyasa at 18:30


def test_without_a_place_every_time_comes_once_for_each_place(sandbox: Sandbox) -> None:
    slots = sandbox.slots("haircut", "2030-07-02T10:00", "2030-07-02T10:01")
    assert [slot["location"]["name"] for slot in slots] == ["Chiado", "Estrela"]
    asked = {"id": slots[1]["location"]["id"], "locationType": "BUSINESS"}
    one_place = sandbox.slots("haircut", "2030-07-02", "2030-07-03", locations=[asked])
    assert {slot["location"]["name"] for slot in one_place} == {"Estrela"}


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"fromLocalDate": "2030-06-04"}, "fromLocalDate"),
        ({"fromLocalDate": "2030-06-04T00:00:00Z"}, "fromLocalDate"),
        ({"toLocalDate": "2030-06-05T00:00"}, "toLocalDate"),
        ({"toLocalDate": "2030-02-31T00:00:00"}, "toLocalDate"),
        ({"toLocalDate": None}, "toLocalDate"),
        ({"toLocalDate": "2030-06-04T00:00:00"}, "toLocalDate"),
        ({"toLocalDate": "2033-06-04T00:00:00"}, "toLocalDate"),
        ({"toLocalDate": "9999-12-31T00:00:00"}, "toLocalDate"),
        ({"fromLocalDate": "0001-01-01T00:00:00"}, "fromLocalDate"),
        ({"timeZone": "Mars/Olympus"}, "timeZone"),
        ({"serviceId": "haircut"}, "serviceId"),
        ({"locations": [{"locationType": "OWNER_BUSINESS"}]}, "locations.locationType"),
        ({"cursorPaging": {"limit": 1001}}, "cursorPaging.limit"),
        ({"customerChoices": {"durationInMinutes": 7}}, "customerChoices.durationInMinutes"),
    ],
    ids=str,
)
def test_a_malformed_question_is_refused_naming_the_field(
    sandbox: Sandbox, changes: Json, wrong: str
) -> None:
    answer = sandbox.call("POST", SLOTS, question(sandbox, "haircut", **changes))
    assert field(answer) == (400, wrong)


def test_a_misspelt_time_zone_is_silently_ignored(sandbox: Sandbox) -> None:
    answer = sandbox.call("POST", SLOTS, question(sandbox, "haircut", timezone="Asia/Tokyo"))
    assert answer.json()["timeZone"] == "Europe/Lisbon"


def test_a_class_has_no_appointment_times(sandbox: Sandbox) -> None:
    answer = sandbox.call("POST", SLOTS, question(sandbox, "vinyasa-yoga"))
    assert field(answer) == (400, "serviceId")


def test_an_unknown_service_has_no_times(sandbox: Sandbox) -> None:
    nobody = {"serviceId": "00000000-0000-4000-8000-000000000000"}
    answer = sandbox.call("POST", SLOTS, question(sandbox, "haircut") | nobody)
    assert code(answer) == (404, "SERVICE_NOT_FOUND")


def test_another_zone_shifts_the_clock_and_is_told_back(two_chairs: Sandbox) -> None:
    body = question(two_chairs, "haircut", timeZone="America/New_York")
    answer = two_chairs.call("POST", SLOTS, body).json()
    assert answer["timeZone"] == "America/New_York"
    assert starts(answer["timeSlots"])[0] == "04:00"


def test_a_long_list_comes_in_pages_by_cursor(two_chairs: Sandbox) -> None:
    body = question(two_chairs, "haircut", cursorPaging={"limit": 10})
    first = two_chairs.call("POST", SLOTS, body).json()
    cursor = first["cursorPagingMetadata"]["cursors"]["next"]
    asked = {"cursorPaging": {"limit": 10, "cursor": cursor}}
    second = two_chairs.call("POST", SLOTS, asked).json()
    assert first["cursorPagingMetadata"]["hasNext"] is True
    assert starts(first["timeSlots"] + second["timeSlots"]) == day(two_chairs, "haircut", TUESDAY)
    assert second["cursorPagingMetadata"]["cursors"]["next"] is None


def test_so_many_a_day_are_the_first_bookable_ones(two_chairs: Sandbox) -> None:
    late = {"limitLateBookingPolicy": {"enabled": True, "latestBookingInMinutes": 180}}
    two_chairs.seed(services=[{"slug": "haircut", "bookingPolicy": late}])
    assert day(two_chairs, "haircut", "2030-06-03", timeSlotsPerDay=2) == ["12:00", "12:30"]


def test_the_length_chosen_decides_when_the_last_slot_starts(sandbox: Sandbox) -> None:
    short = day(sandbox, "facial", "2030-06-07")
    long = day(sandbox, "facial", "2030-06-07", customerChoices={"durationInMinutes": 60})
    assert (short[-1], long[-1]) == ("17:30", "17:00")


def test_one_slot_is_checked_again_and_tells_all_who_are_free(two_chairs: Sandbox) -> None:
    body = {
        "serviceId": two_chairs.service("haircut")["id"],
        "localStartDate": f"{TUESDAY}T10:00:00",
        "localEndDate": f"{TUESDAY}T10:45:00",
        "timeZone": "Europe/Lisbon",
        "location": {"locationType": "BUSINESS"},
    }
    slot = two_chairs.call("POST", f"{SLOTS}/get", body).json()["timeSlot"]
    people = slot["availableResources"][0]["resources"]
    assert (slot["bookable"], len(people)) == (True, 2)
    for staff in ("ana", "bruno"):
        two_chairs.book("haircut", f"{TUESDAY}T10:00", staff=staff)
    gone = two_chairs.call("POST", f"{SLOTS.removeprefix('/_api')}/get", body)
    assert code(gone) == (404, "SLOT_NOT_FOUND")


def test_the_nights_of_nine_weeks_are_empty_before_the_first_time(sandbox: Sandbox) -> None:
    sandbox.seed(name="faraway")
    slots = sandbox.slots("portrait", "2030-06-03", "2030-09-01")
    assert slots[0]["localStartDate"] == "2030-08-05T09:00:00"
