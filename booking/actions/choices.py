"""What was pressed travels signed inside its form, so that a page of times is the same for everybody."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core import signing

from booking.domain.course import Run
from booking.domain.errors import FormStale
from booking.domain.ids import EventId, LocationId, ScheduleId, ServiceId, StaffId
from booking.domain.service import Location, LocationKind, Service
from booking.domain.session import Session
from booking.domain.slot import Slot

SALT = "booking.choice"
VISIT_SALT = "booking.visit"
GOOD_FOR = timedelta(hours=24)
AN_HOUR = 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The time of an appointment that a customer pressed: a slot without what may have changed since.

    ``staff_id`` is None for "anyone". ``starts``/``ends`` are UTC.
    """

    service_id: ServiceId
    starts: datetime
    ends: datetime
    location: Location
    schedule_id: ScheduleId | None = None
    staff_id: StaffId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionChoice:
    """The session of a class that a customer pressed. ``starts`` is UTC."""

    service_id: ServiceId
    starts: datetime
    event_id: EventId


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseChoice:
    """A course that a customer wants to join. ``starts`` is its first meeting, UTC."""

    service_id: ServiceId
    starts: datetime


type Target = Choice | SessionChoice | CourseChoice


def sign(slot: Slot, staff_id: StaffId | None = None) -> str:
    """The signed choice of ``slot``; with one staff member if the customer picked one."""
    return _sign("time", *_facts_of(slot, staff_id))


def sign_visit(parts: Sequence[tuple[Slot, StaffId | None]]) -> str:
    """The signed choice of several services in a row, each with its time and who was picked."""
    return signing.dumps([_facts_of(slot, staff_id) for slot, staff_id in parts], salt=VISIT_SALT)


def read_visit(token: str) -> tuple[Choice, ...]:
    """The choices behind a visit's token. Raises: FormStale if forged or older than a day."""
    try:
        listed = signing.loads(token, salt=VISIT_SALT, max_age=GOOD_FOR)
        return tuple(
            _time(service_id, datetime.fromtimestamp(starts, UTC), *rest)
            for service_id, starts, *rest in listed
        )
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise FormStale("visit") from error


def _facts_of(slot: Slot, staff_id: StaffId | None) -> tuple[Any, ...]:
    return (
        slot.service_id,
        int(slot.starts.timestamp()),
        int(slot.ends.timestamp()),
        slot.location.kind.value,
        slot.location.id or "",
        slot.schedule_id or "",
        staff_id or "",
    )


def sign_session(session: Session) -> str:
    """The signed choice of a class's session."""
    starts = int(session.starts.timestamp())
    return _sign("session", session.service_id, starts, session.event_id)


def sign_course(service: Service, run: Run) -> str:
    """The signed choice of a course."""
    return _sign("course", service.id, int(run.starts.timestamp()))


def read(token: str) -> Target:
    """The choice behind a form's token. Raises: FormStale if forged or older than a day."""
    try:
        kind, service_id, starts, *rest = signing.loads(token, salt=SALT, max_age=GOOD_FOR)
        target: Target = READERS[kind](service_id, datetime.fromtimestamp(starts, UTC), *rest)
        return target
    except (signing.BadSignature, ValueError, TypeError, KeyError) as error:
        raise FormStale("choice") from error


def _sign(*facts: Any) -> str:
    """Signed as at the full hour: what has not changed on a page is the same bytes."""
    return _signed(facts, int(time.time()) // AN_HOUR * AN_HOUR, settings.SECRET_KEY)


@lru_cache(maxsize=8192)
def _signed(facts: tuple[str | int, ...], hour: int, secret: str) -> str:
    return _Hourly(hour, key=secret, salt=SALT).sign_object(facts)


class _Hourly(signing.TimestampSigner):
    """Signs as if it were the full hour."""

    def __init__(self, hour: int, **signer: Any) -> None:
        super().__init__(**signer)
        self._hour = hour

    def timestamp(self) -> str:
        return signing.b62_encode(self._hour)


def _time(
    service_id: ServiceId,
    starts: datetime,
    ends: int,
    kind: str,
    location_id: str,
    schedule_id: str,
    staff_id: str,
) -> Choice:
    return Choice(
        service_id=service_id,
        starts=starts,
        ends=datetime.fromtimestamp(ends, UTC),
        location=Location(
            kind=LocationKind(kind), id=LocationId(location_id) if location_id else None
        ),
        schedule_id=ScheduleId(schedule_id) if schedule_id else None,
        staff_id=StaffId(staff_id) if staff_id else None,
    )


def _session(service_id: ServiceId, starts: datetime, event_id: str) -> SessionChoice:
    return SessionChoice(service_id=service_id, starts=starts, event_id=EventId(event_id))


def _course(service_id: ServiceId, starts: datetime) -> CourseChoice:
    return CourseChoice(service_id=service_id, starts=starts)


READERS: dict[str, Callable[..., Target]] = {"time": _time, "session": _session, "course": _course}
