"""A chosen time travels signed inside its form, so that the page of times is the same for everybody."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core import signing

from booking.domain.errors import FormStale
from booking.domain.ids import LocationId, ScheduleId, ServiceId, StaffId
from booking.domain.service import Location, LocationKind
from booking.domain.slot import Slot

SALT = "booking.choice"
GOOD_FOR = timedelta(hours=24)
AN_HOUR = 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The time a customer pressed: a slot without what may have changed since.

    ``staff_id`` is None for "anyone". ``starts``/``ends`` are UTC.
    """

    service_id: ServiceId
    starts: datetime
    ends: datetime
    location: Location
    schedule_id: ScheduleId | None = None
    staff_id: StaffId | None = None


def sign(slot: Slot, staff_id: StaffId | None = None) -> str:
    """The signed choice of ``slot``; with one staff member if the customer picked one."""
    facts = (
        slot.service_id,
        int(slot.starts.timestamp()),
        int(slot.ends.timestamp()),
        slot.location.kind.value,
        slot.location.id or "",
        slot.schedule_id or "",
        staff_id or "",
    )
    return _signed(facts, int(time.time()) // AN_HOUR * AN_HOUR, settings.SECRET_KEY)


@lru_cache(maxsize=8192)
def _signed(facts: tuple[str | int, ...], hour: int, secret: str) -> str:
    """The same for an hour in every process: what has not changed on a page is the same bytes."""
    return _Hourly(hour, key=secret, salt=SALT).sign_object(facts)


class _Hourly(signing.TimestampSigner):
    """Signs as if it were the full hour."""

    def __init__(self, hour: int, **signer: Any) -> None:
        super().__init__(**signer)
        self._hour = hour

    def timestamp(self) -> str:
        return signing.b62_encode(self._hour)


def read(token: str) -> Choice:
    """The choice behind a form's token. Raises: FormStale if forged or older than a day."""
    try:
        facts = signing.loads(token, salt=SALT, max_age=GOOD_FOR)
        service_id, starts, ends, kind, location_id, schedule_id, staff_id = facts
    except (signing.BadSignature, ValueError) as error:
        raise FormStale("choice") from error
    location = Location(
        kind=LocationKind(kind), id=LocationId(location_id) if location_id else None
    )
    return Choice(
        service_id=ServiceId(service_id),
        starts=datetime.fromtimestamp(starts, UTC),
        ends=datetime.fromtimestamp(ends, UTC),
        location=location,
        schedule_id=ScheduleId(schedule_id) if schedule_id else None,
        staff_id=StaffId(staff_id) if staff_id else None,
    )
