"""A chosen time travels signed inside its form, so that the page of times is the same for everybody."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core import signing

from booking.domain.errors import FormStale
from booking.domain.ids import LocationId, ScheduleId, ServiceId, StaffId
from booking.domain.service import Location, LocationKind
from booking.domain.slot import Slot

SALT = "booking.choice"
GOOD_FOR = timedelta(hours=24)


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
    return signing.dumps(facts, salt=SALT)


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
