"""What an answer other than 200 means: by Wix's application code first, then by its status.

Source: Wix REST, "About Errors"; the codes are those of Bookings V2, Time Slots V2, Services V2.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime

import msgspec

from booking.wix import errors
from booking.wix.ecom_refusals import BY_CODE as OF_ECOM
from booking.wix.errors import Violation, WixError

BY_CODE: Mapping[str, type[WixError]] = {
    **OF_ECOM,
    "SLOT_NOT_AVAILABLE": errors.SlotNotAvailable,
    "SLOT_NOT_FOUND": errors.SlotNotAvailable,
    "SLOT_HOLD_UNAVAILABLE": errors.SlotNotAvailable,
    "SESSION_CAPACITY_EXCEEDED": errors.SlotNotAvailable,
    "SCHEDULE_CAPACITY_EXCEEDED": errors.SlotNotAvailable,
    "NO_OPEN_SPOTS": errors.SlotNotAvailable,
    "SESSION_NOT_FOUND": errors.SlotNotAvailable,
    "SCHEDULE_NOT_FOUND": errors.SlotNotAvailable,
    "RESOURCE_NOT_FOUND": errors.SlotNotAvailable,
    # The person named does not give the service, or not any more.
    "INVALID_FLOW_SELECTED_RESOURCES": errors.SlotNotAvailable,
    "BOOKING_POLICY_VIOLATION": errors.PolicyRefused,
    "BOOKING_CANNOT_BE_CANCELLED": errors.PolicyRefused,
    "RESCHEDULING_NOT_ALLOWED": errors.PolicyRefused,
    "INVALID_TOKEN": errors.BookingNotFound,
    "MULTI_SERVICE_BOOKING_NOT_FOUND": errors.BookingNotFound,
    "SERVICE_NOT_FOUND": errors.ServiceGone,
    "BOOKING_NOT_FOUND": errors.BookingNotFound,
    "INVALID_BOOKING_STATUS": errors.WrongStatus,
    "FAILED_CONFIRMING_NON_PENDING_BOOKING": errors.WrongStatus,
    "FAILED_DECLINE_NON_PENDING_BOOKING": errors.WrongStatus,
    "NOT_PENDING_APPROVAL_SERVICE": errors.WrongStatus,
    "BOOKING_MARK_BOOKING_AS_PENDING": errors.WrongStatus,
    "BOOKING_REVISION_MISMATCH": errors.StaleRevision,
    "REVISION_MISMATCH": errors.StaleRevision,
    "INVALID_REVISION": errors.StaleRevision,
    "NO_IMPLEMENTERS_FOUND": errors.AppMissing,
    "VALIDATION_FAILURE": errors.InvalidRequest,
    "MISSING_ARGUMENTS": errors.InvalidRequest,
    "PERMISSION_DENIED": errors.WixForbidden,
    "UNAUTHORIZED_OPERATION": errors.WixForbidden,
    "PREMIUM_VALIDATION_FAILED": errors.WixForbidden,
    "META_SITE_NOT_FOUND": errors.WixNotConnected,
    # Comes as 403, and no permission would help.
    "REFUND_NOT_ALLOWED": errors.WixRefused,
    "NOT_ALLOWED_TO_UPDATE_BOOKING_IN_MULTI_SERVICE_BOOKING": errors.WixRefused,
    # Something behind Wix Bookings failed, not the request: asked again it may well go through.
    "FAILED_VALIDATING_AVAILABILITY": errors.WixUnreachable,
    "FAILED_RESOLVING_SESSION": errors.WixUnreachable,
    "FAILED_RESOLVING_SCHEDULE": errors.WixUnreachable,
    "FAILED_RESOLVING_CUSTOM_CHOICES": errors.WixUnreachable,
    # A plan's limit comes as 429 too, and waiting does not lift it.
    "FEATURE_LIMIT_EXCEEDED": errors.WixRefused,
}
BY_STATUS: Mapping[int, type[WixError]] = {
    400: errors.InvalidRequest,
    401: errors.WixNotConnected,
    402: errors.WixForbidden,
    403: errors.WixForbidden,
    408: errors.WixUnreachable,
    429: errors.WixThrottled,
    499: errors.WixUnreachable,
}
FIRST_CLIENT_ERROR, FIRST_SERVER_ERROR = 400, 500
LONGEST_RETRY_AFTER = 3600.0
NOT_FOUND, CONFLICT, PRECONDITION = 404, 409, 428


class _ApplicationError(msgspec.Struct):
    code: str | None = None


class _FieldViolation(msgspec.Struct, rename="camel"):
    field: str | None = None
    violated_rule: str | None = None
    rule_name: str | None = None


class _ValidationError(msgspec.Struct, rename="camel"):
    field_violations: list[_FieldViolation] | None = None


class _Details(msgspec.Struct, rename="camel"):
    application_error: _ApplicationError | None = None
    validation_error: _ValidationError | None = None


class _Envelope(msgspec.Struct):
    message: str | None = None
    details: _Details | None = None


class _Message(msgspec.Struct):
    message: str | None = None


_ENVELOPE = msgspec.json.Decoder(_Envelope)
_MESSAGE = msgspec.json.Decoder(_Message)


def failure(status: int, body: bytes, *, request_id: str, write: bool) -> WixError:
    """The error that an answer other than 200 stands for. Never raises, whatever the body is."""
    envelope = _envelope(body)
    code = _code(envelope)
    kind = _kind(status, code, (envelope.message or "").lower())
    refused = issubclass(kind, errors.WixRefused | errors.WixForbidden | errors.WixThrottled)
    error = kind(status=status, code=code, request_id=request_id, maybe_done=write and not refused)
    if isinstance(error, errors.InvalidRequest):
        error.violations = tuple(_violations(envelope))
    return error


def refused(code: str) -> WixError:
    """The error that one entry of a bulk call failed with; the call itself was answered 200."""
    return _kind(PRECONDITION, code, "")(status=PRECONDITION, code=code[:80])


def retry_after(header: str | None, now: datetime) -> float | None:
    """Seconds from a Retry-After header, which holds seconds or a date; None if it holds neither."""
    if not header:
        return None
    if header.strip().isdecimal():
        return min(float(header), LONGEST_RETRY_AFTER)
    try:
        moment = parsedate_to_datetime(header)
    except ValueError:
        return None
    if moment.tzinfo is None:
        return None
    return min(max(0.0, (moment - now).total_seconds()), LONGEST_RETRY_AFTER)


def _envelope(body: bytes) -> _Envelope:
    """The error's envelope; older services send ``details`` in other shapes, gateways send HTML."""
    try:
        return _ENVELOPE.decode(body)
    except (ValueError, RecursionError):
        pass
    try:
        return _Envelope(message=_MESSAGE.decode(body).message)
    except (ValueError, RecursionError):
        return _Envelope()


def _code(envelope: _Envelope) -> str:
    told = envelope.details.application_error if envelope.details else None
    return (told.code or "")[:80] if told else ""


def _violations(envelope: _Envelope) -> Iterable[Violation]:
    told = envelope.details.validation_error if envelope.details else None
    for each in (told.field_violations if told else None) or ():
        yield Violation(each.field or "", each.rule_name or each.violated_rule or "")


def _kind(status: int, code: str, message: str) -> type[WixError]:
    if not FIRST_CLIENT_ERROR <= status < FIRST_SERVER_ERROR:
        # Whatever the body says, a server that failed may have failed after it wrote.
        return errors.WixUnreachable
    if code in BY_CODE:
        return BY_CODE[code]
    if code.endswith("_NOT_INSTALLED") or "not installed" in message:
        return errors.AppMissing
    if status in (CONFLICT, PRECONDITION) and "revision" in f"{code.lower()} {message}":
        return errors.StaleRevision
    if status == NOT_FOUND and ("metasite" in message or "meta-site" in message):
        return errors.WixNotConnected
    return BY_STATUS.get(status, errors.WixRefused)
