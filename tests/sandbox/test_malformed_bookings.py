"""Whatever is sent to the calls about bookings, they answer with a status of Wix's, never with a fault."""

import json
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.in_process import Sandbox
from tests.sandbox.asking import BOOKINGS, READER, Json, chair

TEN = "2030-06-04T10:00:00"
WIXES = (200, 400, 403, 404, 409, 428)
FORM = {"first_name": "Jo", "last_name": "Doe", "email": "jo@example.com"}
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-3, 3)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(["", "x", "1", "é", "2030-06-04T10:00:00", "Europe/Lisbon", "PAID", "9" * 40])
)
JSON = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "slot", "choices", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)


def _bodies(sandbox: Sandbox) -> dict[str, tuple[str, Json]]:
    """A good body for each call, and where it goes."""
    booking = sandbox.book("haircut", TEN, staff="ana")
    one = {"bookingId": booking["id"], "revision": booking["revision"], "paymentStatus": "PAID"}
    create = chair(sandbox, "2030-06-05T10:00:00") | {"formSubmission": FORM}
    create["flowControlSettings"] = {"skipAvailabilityValidation": True}
    create["booking"]["bookedAddOns"] = []
    choice = {"optionId": "o", "custom": "Adult", "duration": None}
    party = {"serviceChoices": [{"numberOfParticipants": 1, "choices": [choice]}]}
    chosen = chair(sandbox, "2030-06-05T10:00:00")
    chosen["booking"] |= {"participantsChoices": party, "totalParticipants": None}
    slot = create["booking"]["bookedEntity"]["slot"]
    own = f"{BOOKINGS}/{booking['id']}"
    notice = {"participantNotification": {"notifyParticipants": True, "message": "x"}}
    bulk = "/bookings/v2/bulk/bookings"
    visits = "/_api/bookings-service/v2/multi_service_bookings"
    return {
        "create": (BOOKINGS, create),
        "choices": (BOOKINGS, chosen),
        "confirm": (f"{own}/confirm", one | notice),
        "decline": (f"{own}/decline", one | notice),
        "cancel": (f"{own}/cancel", one | notice | {"waiveCharges": True}),
        "pending": (f"{own}/mark_booking_as_pending", one | notice),
        "reschedule": (f"{own}/reschedule", one | notice | {"slot": slot}),
        "participants": (
            f"{own}/update_number_of_participants",
            one | {"participantsChoices": party},
        ),
        "submission": (f"{own}/set-booking-submission-id", {"submissionId": booking["id"]}),
        "fields": (
            f"{own}/update_extended_fields",
            {"namespace": "@us/site", "namespaceData": {"key": "k"}},
        ),
        "bulk create": (
            f"{bulk}/create",
            {"createBookingsInfo": [create], "returnFullEntity": True},
        ),
        "bulk cancel": (f"{bulk}/cancel", {"bookings": {"bookingsInfo": [one | notice]}}),
        "bulk decide": (f"{bulk}/confirmOrDecline", {"details": [one], "returnEntity": True}),
        "actions": (f"{bulk}/calculate_allowed_actions", {"bookingIds": [booking["id"]]}),
        "visit": (visits, {"bookings": [create["booking"]] * 2, "formSubmission": FORM}),
        "reader": (
            READER,
            {
                "query": {
                    "filter": {"$and": [{"id": booking["id"]}, {"status": {"$in": ["CREATED"]}}]},
                    "sort": [{"fieldName": "startDate", "order": "ASC"}],
                    "cursorPaging": {"limit": 2},
                },
                "withBookingAllowedActions": True,
                "withEcomOrder": True,
            },
        ),
    }


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    steps: Iterable[tuple[Any, Any]] = ()
    if isinstance(value, dict):
        steps = value.items()
    if isinstance(value, list):
        steps = enumerate(value)
    return [path, *(place for step, each in steps for place in _places(each, (*path, step)))]


def _with(body: Json, path: tuple[Any, ...], other: Any) -> Json:
    copy: Json = json.loads(json.dumps(body))
    parent: Any = copy
    for step in path[:-1]:
        parent = parent[step]
    parent[path[-1]] = other
    return copy


NAMES = (
    "create choices confirm decline cancel pending reschedule participants submission fields "
    "bulk-create bulk-cancel bulk-decide actions visit reader"
).split()


@pytest.mark.parametrize("name", NAMES)
@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_a_body_with_any_one_member_changed_is_answered(
    two_chairs: Sandbox, name: str, data: st.DataObject
) -> None:
    two_chairs.reset("two-chairs", now="2030-06-03T09:00:00")
    path, body = _bodies(two_chairs)[name.replace("-", " ")]
    place = data.draw(st.sampled_from(_places(body)[1:]))
    changed = _with(body, place, data.draw(JSON))
    assert two_chairs.call("POST", path, changed).status_code in WIXES


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_body_is_answered(two_chairs: Sandbox, name: str) -> None:
    path, _ = _bodies(two_chairs)[name.replace("-", " ")]
    assert two_chairs.call("POST", path, {}).status_code in WIXES
