"""Create Booking takes what Wix takes, and refuses the rest with Wix's own codes."""

from collections.abc import Callable

import pytest
from requests import HTTPError

from tests.in_process import Sandbox
from tests.sandbox.asking import BOOKINGS, CONTACT, Json, chair, code, create, field, visitor

TEN = "2030-06-04T10:00:00"
PATHS = [BOOKINGS, "/_api/bookings-service/v2/bookings"]


@pytest.mark.parametrize("path", PATHS)
def test_a_booking_is_created_at_both_spellings(two_chairs: Sandbox, path: str) -> None:
    answer = two_chairs.call("POST", path, chair(two_chairs, TEN))
    booking = answer.json()["booking"]
    assert (booking["status"], booking["paymentStatus"]) == ("CREATED", "UNDEFINED")
    assert (booking["revision"], booking["startDate"]) == ("1", "2030-06-04T09:00:00Z")
    assert booking["bookedEntity"]["slot"]["startDate"] == "2030-06-04T10:00:00.000+01:00"
    assert booking["bookedEntity"]["slot"]["resource"]["name"] == "Ana"
    assert booking["bookedEntity"]["tags"] == ["INDIVIDUAL"]
    assert "doubleBooked" not in booking


@pytest.mark.parametrize(
    ("path", "value", "wrong"),
    [
        (["booking"], None, "booking"),
        (["booking", "bookedEntity"], None, "booking.bookedEntity"),
        (["booking", "bookedEntity"], {}, "booking.bookedEntity"),
        (["booking", "totalParticipants"], None, "booking.totalParticipants"),
        (["booking", "totalParticipants"], 0, "booking.totalParticipants"),
        (["booking", "totalParticipants"], "1", "booking.totalParticipants"),
        (["booking", "selectedPaymentOption"], "CASH", "booking.selectedPaymentOption"),
        (["booking", "contactDetails"], {"email": "a@b.pt"}, "booking.contactDetails.firstName"),
        (
            ["booking", "contactDetails"],
            {"firstName": "Ada", "email": "nonsense"},
            "contactDetails.email",
        ),
        (
            ["booking", "bookedEntity", "slot", "location"],
            {"locationType": "BUSINESS"},
            "booking.bookedEntity.slot.location.locationType",
        ),
        (["booking", "bookedEntity", "slot", "serviceId"], "haircut", "slot.serviceId"),
    ],
    ids=str,
)
def test_a_malformed_booking_is_a_400_naming_the_field(
    two_chairs: Sandbox, path: list[str], value: object, wrong: str
) -> None:
    body = chair(two_chairs, TEN)
    place = body
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = value
    assert field(two_chairs.call("POST", BOOKINGS, body)) == (400, wrong)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda slot: slot.pop("startDate"), (428, "VALIDATION_FAILURE")),
        (lambda slot: slot.pop("timezone"), (428, "VALIDATION_FAILURE")),
        (lambda slot: slot.pop("scheduleId"), (428, "VALIDATION_FAILURE")),
        (lambda slot: slot.pop("location"), (428, "VALIDATION_FAILURE")),
        (lambda slot: slot.update(startDate="2030-06-04"), (400, "INVALID_DATE_FORMAT")),
        (lambda slot: slot.update(endDate=TEN), (400, "INVALID_DATE_FORMAT")),
        (lambda slot: slot.update(timezone="Mars/Olympus"), (400, "INVALID_TIME_ZONE")),
        (lambda slot: slot.update(scheduleId=slot["serviceId"]), (428, "SCHEDULE_NOT_FOUND")),
        (
            lambda slot: slot["resource"].update(id=slot["serviceId"]),
            (428, "INVALID_FLOW_SELECTED_RESOURCES"),
        ),
        (
            lambda slot: slot["location"].update(id=slot["serviceId"]),
            (428, "SLOT_NOT_AVAILABLE"),
        ),
        (
            lambda slot: slot.update(
                startDate="2030-06-04T06:00:00", endDate="2030-06-04T06:45:00"
            ),
            (428, "SLOT_NOT_AVAILABLE"),
        ),
        (lambda slot: slot.update(endDate="2030-06-04T11:00:00"), (428, "SLOT_NOT_AVAILABLE")),
        (
            lambda slot: slot.update(
                startDate="2030-06-02T10:00:00", endDate="2030-06-02T10:45:00"
            ),
            (403, "BOOKING_POLICY_VIOLATION"),
        ),
    ],
    ids=[
        "no start",
        "no time zone",
        "no schedule",
        "no location",
        "a date alone",
        "an end that is no later",
        "an unknown zone",
        "another schedule",
        "a stranger as staff",
        "another place",
        "before opening",
        "too long",
        "yesterday",
    ],
)
def test_a_slot_that_cannot_be_had_is_refused_by_code(
    two_chairs: Sandbox, change: Callable[[Json], object], expected: tuple[int, str]
) -> None:
    body = chair(two_chairs, TEN)
    change(body["booking"]["bookedEntity"]["slot"])
    assert code(two_chairs.call("POST", BOOKINGS, body)) == expected


@pytest.mark.parametrize(
    "start", ["2030-06-04T10:00:00.000", "2030-06-04T10:00:00+01:00", "2030-06-04T09:00:00Z"]
)
def test_a_slots_dates_may_carry_an_offset(two_chairs: Sandbox, start: str) -> None:
    body = chair(two_chairs, TEN)
    body["booking"]["bookedEntity"]["slot"]["startDate"] = start
    assert create(two_chairs, body)["startDate"] == "2030-06-04T09:00:00Z"


def test_a_taken_time_is_refused_only_where_somebody_is_named(two_chairs: Sandbox) -> None:
    for staff in ("ana", "bruno"):
        two_chairs.book("haircut", TEN, staff=staff)
    named = two_chairs.call("POST", BOOKINGS, chair(two_chairs, TEN))
    nobody = two_chairs.call("POST", BOOKINGS, chair(two_chairs, TEN, staff=None))
    assert code(named) == (428, "SLOT_NOT_AVAILABLE")
    assert nobody.json()["booking"]["status"] == "CREATED"


def test_without_a_place_a_business_with_two_refuses(sandbox: Sandbox) -> None:
    body = chair(sandbox, "2030-07-02T10:00:00", staff="ana ribeiro")
    assert code(sandbox.call("POST", BOOKINGS, body)) == (428, "SLOT_NOT_AVAILABLE")


def test_contact_details_come_from_the_form_where_one_is_sent(two_chairs: Sandbox) -> None:
    form = {"first_name": "Jo", "last_name": "Doe", "email": "jo@example.com", "phone": "+351 9"}
    body = chair(two_chairs, TEN) | {"formSubmission": form | {"phone": "+351 910 000 000"}}
    contact = create(two_chairs, body)["contactDetails"]
    assert (contact["firstName"], contact["email"]) == ("Jo", "jo@example.com")
    again = create(two_chairs, chair(two_chairs, TEN) | {"formSubmission": form | {"phone": None}})
    assert again["contactDetails"]["contactId"] == contact["contactId"]


def test_a_form_without_a_name_is_refused(two_chairs: Sandbox) -> None:
    body = chair(two_chairs, TEN) | {"formSubmission": {"email": "jo@example.com"}}
    answer = two_chairs.call("POST", BOOKINGS, body)
    assert (answer.status_code, "first_name" in answer.json()["message"]) == (400, True)


def test_a_contact_id_of_somebody_else_is_a_conflict(two_chairs: Sandbox) -> None:
    body = chair(two_chairs, TEN)
    body["booking"]["contactDetails"] = CONTACT | {"contactId": "0" * 8}
    assert code(two_chairs.call("POST", BOOKINGS, body)) == (400, "CONTACT_DETAILS_CONFLICT")


def test_members_that_wix_does_not_know_are_ignored(two_chairs: Sandbox) -> None:
    body = chair(two_chairs, TEN) | {"options": {"skipAvailabilityValidation": True}}
    body["booking"] |= {"paymentStatus": "PAID", "numberOfParticipants": 9}
    assert create(two_chairs, body)["paymentStatus"] == "UNDEFINED"


def test_a_party_larger_than_the_policy_allows_is_refused(sandbox: Sandbox) -> None:
    session = sandbox.slots("vinyasa-yoga", "2030-07-01", "2030-07-02")[0]
    slot = {"serviceId": session["serviceId"], "eventId": session["eventInfo"]["eventId"]}
    booking = {"bookedEntity": {"slot": slot}, "totalParticipants": 4, "contactDetails": CONTACT}
    answer = sandbox.call("POST", BOOKINGS, {"booking": booking})
    assert code(answer) == (403, "BOOKING_POLICY_VIOLATION")


def test_a_full_class_and_a_full_course_have_codes_of_their_own(sandbox: Sandbox) -> None:
    small = [{"slug": slug, "defaultCapacity": 1} for slug in ("park-yoga", "yoga-for-beginners")]
    sandbox.seed(services=small)
    sandbox.book("park-yoga", "2030-07-06T10:00")
    sandbox.book("yoga-for-beginners")
    event = sandbox.slots("park-yoga", "2030-07-06", "2030-07-07")[0]["eventInfo"]["eventId"]
    course = sandbox.service("yoga-for-beginners")
    schedule = {"scheduleId": course["schedule"]["id"], "serviceId": course["id"]}
    entities = [
        ({"slot": {"serviceId": sandbox.service("park-yoga")["id"], "eventId": event}}, "SESSION"),
        ({"schedule": schedule}, "SCHEDULE"),
    ]
    for entity, what in entities:
        booking = {"bookedEntity": entity, "totalParticipants": 1, "contactDetails": CONTACT}
        answer = sandbox.call("POST", BOOKINGS, {"booking": booking})
        assert code(answer) == (428, f"{what}_CAPACITY_EXCEEDED")


def test_a_course_cannot_be_booked_as_a_slot(sandbox: Sandbox) -> None:
    slot = {"serviceId": sandbox.service("yoga-for-beginners")["id"]}
    booking = {"bookedEntity": {"slot": slot}, "totalParticipants": 1, "contactDetails": CONTACT}
    assert sandbox.call("POST", BOOKINGS, {"booking": booking}).status_code == 400


def test_an_unknown_session_is_428_not_404(sandbox: Sandbox) -> None:
    slot = {"serviceId": sandbox.service("park-yoga")["id"], "eventId": "x" * 40}
    booking = {"bookedEntity": {"slot": slot}, "totalParticipants": 1, "contactDetails": CONTACT}
    answer = sandbox.call("POST", BOOKINGS, {"booking": booking})
    assert code(answer) == (428, "SESSION_NOT_FOUND")


@pytest.mark.parametrize(
    ("choices", "status"),
    [
        ({"serviceChoices": [{"numberOfParticipants": 1}]}, 200),
        ({"serviceChoices": []}, 400),
        ({"serviceChoices": [{"numberOfParticipants": 0}]}, 400),
    ],
    ids=str,
)
def test_choices_stand_in_for_the_number_of_people(
    two_chairs: Sandbox, choices: Json, status: int
) -> None:
    body = chair(two_chairs, TEN)
    del body["booking"]["totalParticipants"]
    body["booking"]["participantsChoices"] = choices
    assert two_chairs.call("POST", BOOKINGS, body).status_code == status


def test_a_service_closed_online_cannot_be_booked(two_chairs: Sandbox) -> None:
    two_chairs.seed(services=[{"slug": "haircut", "onlineBooking": {"enabled": False}}])
    answer = two_chairs.call("POST", BOOKINGS, chair(two_chairs, TEN))
    assert code(answer) == (403, "BOOKING_POLICY_VIOLATION")


def test_pay_on_site_is_refused_by_a_service_paid_online_only(sandbox: Sandbox) -> None:
    slots = sandbox.slots("relaxing-massage", "2030-07-01", "2030-07-02")
    with pytest.raises(HTTPError, match="428"):
        sandbox.book(
            "relaxing-massage", slots[0]["localStartDate"], selectedPaymentOption="OFFLINE"
        )
    online = sandbox.book(
        "relaxing-massage", slots[0]["localStartDate"], selectedPaymentOption="ONLINE"
    )
    assert online["status"] == "CONFIRMED"


def test_a_visitor_may_create_but_skip_nothing_and_confirm_nothing(two_chairs: Sandbox) -> None:
    client, body = visitor(two_chairs), chair(two_chairs, TEN)
    done = {"booking": {**body["booking"], "status": "CONFIRMED"}}
    assert code(client.post(two_chairs.url + BOOKINGS, json=done)) == (
        403,
        "UNAUTHORIZED_OPERATION",
    )
    made = client.post(two_chairs.url + BOOKINGS, json=body).json()["booking"]
    assert made["status"] == "CREATED"
    assert made["createdBy"]["anonymousVisitorId"]
    skipping = body | {"flowControlSettings": {"skipAvailabilityValidation": True}}
    refused = client.post(two_chairs.url + BOOKINGS, json=skipping)
    assert code(refused) == (403, "UNAUTHORIZED_OPERATION")
    confirm = f"/bookings/v2/confirmation/{made['id']}:confirmOrDecline"
    assert client.post(two_chairs.url + confirm, json={}).status_code == 403


def test_the_owner_may_skip_availability_for_a_named_person(two_chairs: Sandbox) -> None:
    two_chairs.book("haircut", TEN, staff="ana")
    skip = {"flowControlSettings": {"skipAvailabilityValidation": True}}
    assert create(two_chairs, chair(two_chairs, TEN) | skip)["status"] == "CREATED"
    nobody = two_chairs.call("POST", BOOKINGS, chair(two_chairs, TEN, staff=None) | skip)
    assert code(nobody) == (
        428,
        "CAN_NOT_SKIP_AVAILABILITY_VALIDATION_IF_RESOURCE_NOT_PROVIDED",
    )


def test_the_owner_may_create_a_confirmed_booking(two_chairs: Sandbox) -> None:
    body = chair(two_chairs, TEN)
    body["booking"]["status"] = "CONFIRMED"
    made = create(two_chairs, body)
    assert (made["status"], made["revision"]) == ("CONFIRMED", "2")
    assert len(made["bookedEntity"]["slot"]["eventId"]) >= 36
