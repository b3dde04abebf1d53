"""Where Wix differs from what one would think, the emulated bookings differ too."""

from typing import Any

import pytest

from tests.in_process import Sandbox
from tests.sandbox.asking import BOOKINGS, CONTACT, Json, chair, code, create, field, visitor

TEN = "2030-06-04T10:00:00"
FORM = {
    "first_name": "Jo",
    "last_name": "Doe",
    "email": "jo@example.com",
    "phone": "+351 910 000 000",
}


def slot_of(sandbox: Sandbox, slug: str, start: str, minutes: int) -> Json:
    """An appointment of another length than the one that is listed."""
    time = sandbox.slots(slug, start, start[:11] + "23:59:00")[0]
    hour, minute = divmod(int(start[11:13]) * 60 + int(start[14:16]) + minutes, 60)
    return {
        "serviceId": time["serviceId"],
        "scheduleId": time["scheduleId"],
        "startDate": start,
        "endDate": f"{start[:11]}{hour:02}:{minute:02}:00",
        "timezone": "Europe/Lisbon",
        "resource": time["availableResources"][0]["resources"][0],
        "location": {"locationType": "OWNER_BUSINESS", "id": time["location"]["id"]},
    }


def ask(sandbox: Sandbox, slot: Json, **booking: Any) -> Any:
    given = {"bookedEntity": {"slot": slot}, "contactDetails": CONTACT} | booking
    return sandbox.call("POST", BOOKINGS, {"booking": given})


def test_what_stands_beside_the_booking_does_nothing_inside_it(two_chairs: Sandbox) -> None:
    two_chairs.book("haircut", TEN, staff="ana")
    body = chair(two_chairs, TEN)
    body["booking"]["flowControlSettings"] = {"skipAvailabilityValidation": True}
    body["options"] = {"flowControlSettings": {"skipAvailabilityValidation": True}}
    assert code(two_chairs.call("POST", BOOKINGS, body)) == (428, "SLOT_NOT_AVAILABLE")
    notice = chair(two_chairs, "2030-06-04T12:00:00")
    notice["booking"]["participantNotification"] = {"notifyParticipants": True}
    create(two_chairs, notice)
    assert two_chairs.messages() == []


def test_a_message_without_the_word_to_send_it_sends_nothing(two_chairs: Sandbox) -> None:
    silent = {"participantNotification": {"message": "Hello"}}
    create(two_chairs, chair(two_chairs, TEN) | silent)
    assert two_chairs.messages() == []
    spoken = {"participantNotification": {"message": "Hello", "notifyParticipants": True}}
    create(two_chairs, chair(two_chairs, TEN) | spoken)
    (mail,) = two_chairs.messages()
    assert (mail["channel"], mail["message"], mail["to"]) == ("EMAIL", "Hello", CONTACT["email"])


def test_a_reminder_goes_out_unless_it_is_declined(two_chairs: Sandbox) -> None:
    create(two_chairs, chair(two_chairs, TEN) | {"formSubmission": FORM})
    (reminder,) = two_chairs.messages()
    assert (reminder["channel"], reminder["at"]) == ("SMS", "2030-06-03T09:00:00.000Z")
    quiet = {"formSubmission": FORM, "sendSmsReminder": False}
    create(two_chairs, chair(two_chairs, TEN) | quiet)
    assert len(two_chairs.messages()) == 1


def test_a_booking_of_several_services_has_a_call_of_its_own(two_chairs: Sandbox) -> None:
    body = chair(two_chairs, TEN)
    body["booking"]["multiServiceBookingInfo"] = {"id": "x", "type": "SEQUENTIAL_BOOKINGS"}
    expected = (428, "CAN_NOT_CREATE_BOOKING_WITH_MULTI_SERVICE_BOOKING_INFO")
    assert code(two_chairs.call("POST", BOOKINGS, body)) == expected


def test_the_number_of_people_has_one_name_and_one_way(two_chairs: Sandbox) -> None:
    body = chair(two_chairs, TEN)
    del body["booking"]["totalParticipants"]
    body["booking"]["numberOfParticipants"] = 1
    assert field(two_chairs.call("POST", BOOKINGS, body)) == (400, "booking.totalParticipants")
    body["booking"]["totalParticipants"] = 1
    body["booking"]["participantsChoices"] = {"serviceChoices": [{"numberOfParticipants": 1}]}
    assert field(two_chairs.call("POST", BOOKINGS, body)) == (400, "booking")


@pytest.mark.parametrize(
    "choices",
    [
        {"serviceChoices": [{"numberOfParticipants": 1, "choices": [{"custom": "Adult"}]}]},
        {"serviceChoices": [{"numberOfParticipants": True}]},
        {"serviceChoices": [{"numberOfParticipants": 1, "choices": {}, "x": 1}] * 21},
        {"serviceChoices": ["two"]},
        {"serviceChoices": [{"numberOfParticipants": 1, "choices": [{}] * 6}]},
        {
            "serviceChoices": [
                {
                    "numberOfParticipants": 1,
                    "choices": [{"optionId": "o", "custom": "a", "duration": {"minutes": 30}}],
                }
            ]
        },
        "all",
    ],
    ids=str,
)
def test_malformed_choices_are_told_apart_from_strange_ones(
    two_chairs: Sandbox, choices: Any
) -> None:
    body = chair(two_chairs, TEN)
    del body["booking"]["totalParticipants"]
    body["booking"]["participantsChoices"] = choices
    assert code(two_chairs.call("POST", BOOKINGS, body)) == (400, "INVALID_CHOICES")


def test_a_length_that_was_chosen_is_the_length_of_the_slot(sandbox: Sandbox) -> None:
    options = sandbox.call(
        "GET",
        f"/bookings/v1/serviceOptionsAndVariants/service_id/{sandbox.service('facial')['id']}",
    ).json()["serviceVariants"]
    choice = {"optionId": options["options"]["values"][0]["id"], "duration": {"minutes": 60}}
    chosen = {"serviceChoices": [{"numberOfParticipants": 1, "choices": [choice]}]}
    short = slot_of(sandbox, "facial", "2030-07-01T10:00:00", 30)
    whole = slot_of(sandbox, "facial", "2030-07-01T10:00:00", 60)
    refused = ask(sandbox, short, participantsChoices=chosen, selectedPaymentOption="ONLINE")
    assert code(refused) == (428, "INVALID_SERVICE_CHOICES")
    made = ask(sandbox, whole, participantsChoices=chosen, selectedPaymentOption="ONLINE")
    assert made.status_code == 200, made.text


def test_add_ons_belong_to_a_group_of_the_service_and_take_their_time(sandbox: Sandbox) -> None:
    longer, bottle = sandbox.service("scalp-ritual")["addOnGroups"]
    whole = slot_of(sandbox, "scalp-ritual", "2030-07-01T10:00:00", 70)
    plain = slot_of(sandbox, "scalp-ritual", "2030-07-01T10:00:00", 50)
    neck = {"id": longer["addOnIds"][0], "groupId": longer["id"]}
    oil = {"id": bottle["addOnIds"][0], "groupId": bottle["id"], "quantity": 2}

    def book(slot: Json, *add_ons: Json) -> Any:
        return ask(sandbox, slot, totalParticipants=1, bookedAddOns=list(add_ons))

    assert field(book(whole, {"id": neck["id"]})) == (400, "booking.bookedAddOns.groupId")
    for strange in ("x", {"x": 1}):
        assert code(book(whole, neck | {"groupId": strange})) == (428, "ADD_ON_GROUP_NOT_FOUND")
    assert code(book(whole, neck | {"groupId": bottle["id"]})) == (428, "ADD_ON_NOT_FOUND")
    assert code(book(plain, neck)) == (428, "SLOT_NOT_AVAILABLE")
    both = [{"id": one, "groupId": longer["id"]} for one in longer["addOnIds"]]
    assert code(book(whole, *both)) == (428, "VALIDATION_FAILURE")
    made = book(whole, neck, oil)
    assert made.status_code == 200, made.text
    names = [one["name"] for one in made.json()["booking"]["bookedAddOns"]]
    assert names == ["Neck massage", "Hair oil, 50 ml"]


def test_a_deposit_is_for_services_that_take_one(sandbox: Sandbox) -> None:
    slot = slot_of(sandbox, "colour-and-gloss", "2030-07-01T09:00:00", 120)
    paid = {"totalParticipants": 1, "selectedPaymentOption": "ONLINE"}
    whole = ask(sandbox, slot, **paid, depositSelected=False)
    assert code(whole) == (428, "VALIDATION_FAILURE")
    made = ask(sandbox, slot, **paid, depositSelected=True).json()["booking"]
    assert made["depositSelected"] is True


def test_only_with_a_form_is_there_a_submission(two_chairs: Sandbox) -> None:
    plain = create(two_chairs, chair(two_chairs, TEN))
    formed = create(two_chairs, chair(two_chairs, TEN) | {"formSubmission": FORM})
    assert plain["formSubmissionId"] is None
    assert formed["formSubmissionId"]


def test_a_form_moves_the_revision_a_moment_later(two_chairs: Sandbox) -> None:
    two_chairs.settings(revisionMovesAfterSeconds=0.2)
    plain = create(two_chairs, chair(two_chairs, TEN))
    formed = create(two_chairs, chair(two_chairs, TEN) | {"formSubmission": FORM})
    assert formed["revision"] == "1"
    two_chairs.advance(1)
    revisions = {each["id"]: each["revision"] for each in two_chairs.bookings()}
    assert revisions == {plain["id"]: "1", formed["id"]: "2"}
    answer = two_chairs.call("POST", f"{BOOKINGS}/{formed['id']}/confirm", {"revision": "1"})
    assert code(answer) == (409, "INVALID_REVISION")


def test_a_revision_is_a_number_in_a_string(two_chairs: Sandbox) -> None:
    made = create(two_chairs, chair(two_chairs, TEN))
    assert isinstance(made["revision"], str)
    path = f"{BOOKINGS}/{made['id']}/decline"
    wrong: list[Any] = ["one", True, {}]
    for revision in wrong:
        assert field(two_chairs.call("POST", path, {"revision": revision})) == (400, "revision")
    assert two_chairs.call("POST", path, {"revision": "1"}).status_code == 200


@pytest.mark.parametrize(
    ("action", "body"),
    [
        ("reschedule", {"slot": {}}),
        ("update_number_of_participants", {"totalParticipants": 1}),
        ("mark_booking_as_pending", {}),
    ],
)
def test_these_changes_want_a_revision_too(two_chairs: Sandbox, action: str, body: Json) -> None:
    made = create(two_chairs, chair(two_chairs, TEN))
    path = f"{BOOKINGS}/{made['id']}/{action}"
    assert field(two_chairs.call("POST", path, body)) == (400, "revision")
    stale = two_chairs.call("POST", path, body | {"revision": "9"})
    assert code(stale) == (409, "INVALID_REVISION")
    nobody = two_chairs.call("POST", f"{BOOKINGS}/nobody/{action}", body | {"revision": "1"})
    assert code(nobody) == (404, "BOOKING_NOT_FOUND")


def test_an_appointments_party_does_not_change_its_size(two_chairs: Sandbox) -> None:
    booking = two_chairs.book("haircut", TEN)
    path = f"{BOOKINGS}/{booking['id']}/update_number_of_participants"
    body = {"revision": booking["revision"], "totalParticipants": 2}
    assert code(two_chairs.call("POST", path, body)) == (428, "VALIDATION_FAILURE")
    both = body | {"participantsChoices": {"serviceChoices": [{"numberOfParticipants": 1}]}}
    assert two_chairs.call("POST", path, both).status_code == 428


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"startDate": None}, (428, "VALIDATION_FAILURE")),
        ({"scheduleId": None}, (428, "VALIDATION_FAILURE")),
        ({"startDate": "2030-06-05"}, (400, "INVALID_DATE_FORMAT")),
        ({"timezone": "Mars/Olympus"}, (400, "INVALID_TIME_ZONE")),
        (
            {"startDate": "2030-06-05T05:00:00", "endDate": "2030-06-05T05:45:00"},
            (428, "SLOT_NOT_AVAILABLE"),
        ),
        (
            {"startDate": "2030-06-01T10:00:00", "endDate": "2030-06-01T10:45:00"},
            (403, "BOOKING_POLICY_VIOLATION"),
        ),
    ],
    ids=str,
)
def test_a_move_is_checked_as_a_booking_is(
    two_chairs: Sandbox, change: Json, expected: tuple[int, str]
) -> None:
    booking = two_chairs.book("haircut", TEN, staff="ana")
    slot = chair(two_chairs, "2030-06-05T10:00:00")["booking"]["bookedEntity"]["slot"] | change
    body = {"revision": booking["revision"], "slot": slot}
    answer = two_chairs.call("POST", f"{BOOKINGS}/{booking['id']}/reschedule", body)
    assert code(answer) == expected
    assert two_chairs.bookings()[0] == booking


def test_what_was_never_confirmed_is_not_moved(two_chairs: Sandbox) -> None:
    made = create(two_chairs, chair(two_chairs, TEN))
    slot = chair(two_chairs, "2030-06-05T10:00:00")["booking"]["bookedEntity"]["slot"]
    path = f"{BOOKINGS}/{made['id']}/reschedule"
    answer = two_chairs.call("POST", path, {"revision": "1", "slot": slot})
    assert code(answer) == (428, "VALIDATION_FAILURE")


@pytest.mark.parametrize(
    "action", ["mark_booking_as_pending", "update_number_of_participants", "cancel", "reschedule"]
)
def test_a_visitor_changes_nothing(two_chairs: Sandbox, action: str) -> None:
    made = create(two_chairs, chair(two_chairs, TEN))
    answer = visitor(two_chairs).post(
        f"{two_chairs.url}{BOOKINGS}/{made['id']}/{action}", json={"revision": "1"}
    )
    assert answer.status_code == 403


def test_a_flag_is_true_or_false(two_chairs: Sandbox) -> None:
    flags = {"flowControlSettings": {"skipAvailabilityValidation": "please"}}
    answer = two_chairs.call("POST", BOOKINGS, chair(two_chairs, TEN) | flags)
    assert field(answer) == (400, "flowControlSettings.skipAvailabilityValidation")


def test_a_plans_session_alone_is_given_back(two_chairs: Sandbox) -> None:
    booking = two_chairs.book("haircut", TEN)
    refund = {"flowControlSettings": {"withRefund": True}}
    assert two_chairs.change(booking, "cancel", **refund)["paymentStatus"] == "NOT_PAID"


def test_confirm_passes_over_the_owners_approval(two_chairs: Sandbox) -> None:
    two_chairs.seed(
        services=[{"slug": "haircut", "onlineBooking": {"requireManualApproval": True}}]
    )
    made = create(two_chairs, chair(two_chairs, TEN))
    assert two_chairs.change(made, "confirm")["status"] == "CONFIRMED"
