"""Every answer other than 200 is one named error, told by Wix's code first and its status second."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.wix import errors
from booking.wix.errors import Violation, WixError
from booking.wix.refusals import failure, retry_after


def told(status: int, body: object, *, write: bool = True) -> WixError:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return failure(status, raw, request_id="17.42", write=write)


def coded(code: str, message: str = "") -> dict[str, object]:
    return {"message": message, "details": {"applicationError": {"code": code}}}


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (428, coded("SLOT_NOT_AVAILABLE"), errors.SlotNotAvailable),
        (428, coded("SESSION_CAPACITY_EXCEEDED"), errors.SlotNotAvailable),
        (428, coded("NO_OPEN_SPOTS"), errors.SlotNotAvailable),
        (404, coded("SLOT_NOT_FOUND"), errors.SlotNotAvailable),
        (403, coded("BOOKING_POLICY_VIOLATION"), errors.PolicyRefused),
        (428, coded("BOOKING_POLICY_VIOLATION"), errors.PolicyRefused),
        (404, coded("BOOKING_NOT_FOUND"), errors.BookingNotFound),
        (404, coded("SERVICE_NOT_FOUND"), errors.ServiceGone),
        (428, coded("INVALID_BOOKING_STATUS"), errors.WrongStatus),
        (428, coded("FAILED_CONFIRMING_NON_PENDING_BOOKING"), errors.WrongStatus),
        (409, coded("INVALID_REVISION"), errors.StaleRevision),
        (409, coded("X", "entity changed since the requested revision"), errors.StaleRevision),
        (428, coded("X", "Revision is old"), errors.StaleRevision),
        (428, coded("WIX_EVENTS_APP_NOT_INSTALLED"), errors.AppMissing),
        (428, {"message": "App not installed", "details": {}}, errors.AppMissing),
        (404, coded("NO_IMPLEMENTERS_FOUND"), errors.AppMissing),
        (403, coded("PERMISSION_DENIED"), errors.WixForbidden),
        (403, b"", errors.WixForbidden),
        (401, b"", errors.WixNotConnected),
        (404, {"message": "meta-site 5c4e not found"}, errors.WixNotConnected),
        (404, b"<html>no such page</html>", errors.WixRefused),
        (429, b"", errors.WixThrottled),
        (429, coded("FEATURE_LIMIT_EXCEEDED"), errors.WixRefused),
        (400, coded("INVALID_TIME_ZONE"), errors.InvalidRequest),
        (428, coded("VALIDATION_FAILURE"), errors.InvalidRequest),
        (409, coded("ALREADY_EXISTS"), errors.WixRefused),
        (428, coded("A_CODE_OF_TOMORROW"), errors.WixRefused),
        (500, coded("SLOT_NOT_AVAILABLE"), errors.WixUnreachable),
        (503, b"<html>sorry</html>", errors.WixUnreachable),
        (302, b"", errors.WixUnreachable),
        (408, b"", errors.WixUnreachable),
        (400, {"message": None, "details": None}, errors.InvalidRequest),
        (400, {"errorCode": -100, "httpStatusCode": 400}, errors.InvalidRequest),
        (400, {"message": "x", "details": "a string"}, errors.InvalidRequest),
        (428, [1, 2], errors.WixRefused),
    ],
)
def test_an_answer_has_a_name(status: int, body: object, kind: type[WixError]) -> None:
    assert type(told(status, body)) is kind


def test_a_refused_write_changed_nothing_and_a_failed_one_may_have() -> None:
    assert not told(428, coded("SLOT_NOT_AVAILABLE")).maybe_done
    assert not told(429, b"").maybe_done
    assert not told(401, b"").maybe_done
    assert told(503, b"").maybe_done
    assert told(302, b"").maybe_done


def test_a_failed_read_leaves_nothing_in_doubt() -> None:
    assert not told(503, b"", write=False).maybe_done


def test_an_invalid_request_names_the_fields_and_never_their_values() -> None:
    broken = {"field": "booking.contactDetails.phone", "violatedRule": "FORMAT"}
    broken["description"] = "'+41 79 123' is no phone number"
    error = told(400, {"details": {"validationError": {"fieldViolations": [broken]}}})
    assert isinstance(error, errors.InvalidRequest)
    assert error.violations == (Violation("booking.contactDetails.phone", "FORMAT"),)
    assert "booking.contactDetails.phone: FORMAT" in str(error)
    assert "+41" not in str(error)


def test_an_error_says_what_support_will_ask_for() -> None:
    error = told(428, coded("SLOT_NOT_AVAILABLE"))
    error.what = "POST /bookings/v2/bookings"
    assert str(error) == "POST /bookings/v2/bookings 428 SLOT_NOT_AVAILABLE (request 17.42)"


@given(status=st.integers(100, 599), body=st.binary(max_size=200))
def test_no_body_is_too_strange(status: int, body: bytes) -> None:
    assert isinstance(told(status, body), WixError)


def test_a_body_nested_beyond_reason_is_still_only_a_refusal() -> None:
    assert type(told(428, b'{"details":' * 50_000)) is errors.WixRefused


NOW = datetime(2030, 6, 3, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("", None),
        ("7", 7.0),
        ("Mon, 03 Jun 2030 10:00:30 GMT", 30.0),
        ("Mon, 03 Jun 2030 09:00:00 GMT", 0.0),
        ("99999999", 3600.0),
        ("soon", None),
        ("-5", None),
    ],
)
def test_a_named_time_is_understood_in_both_spellings(
    header: str | None, seconds: float | None
) -> None:
    assert retry_after(header, NOW) == seconds
