"""Two APIs of Wix tell when things are free; either can stand behind ``time_slots`` and
``event_time_slots``, and callers cannot tell which.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, Protocol, get_args

from booking.domain.ids import EventId, LocationId, ServiceId, StaffId
from booking.domain.service import Location
from booking.domain.session import Session, Sessions
from booking.domain.slot import Choices, PolicyFilter, Slot, Slots

AvailabilityApi = Literal["time-slots", "availability-calendar"]
"""Time Slots V2, or the deprecated Availability Calendar that it replaces."""


class AppointmentTimes(Protocol):
    """The free times of appointment services; see ``TimeSlots``.

    Where it does not know ``lengths``, only a service's usual one can be asked for.
    """

    knows_lengths: bool

    def list(  # noqa: PLR0913 - as TimeSlots
        self,
        service_id: ServiceId,
        *,
        starts: datetime,
        ends: datetime,
        zone: str,
        staff_id: StaffId | None = None,
        location: Location | None = None,
        choices: Choices | None = None,
        limit: int | None = None,
        per_day: int | None = None,
        bookable: bool | None = True,
        policy: PolicyFilter | None = None,
    ) -> Slots: ...

    def get(
        self,
        service_id: ServiceId,
        *,
        starts: datetime,
        ends: datetime,
        zone: str,
        location: Location,
        staff_id: StaffId | None = None,
    ) -> Slot | None: ...

    def forget(self, *service_ids: ServiceId) -> None: ...


class ClassSessions(Protocol):
    """The sessions of classes; see ``EventTimeSlots``."""

    def list(  # noqa: PLR0913 - as EventTimeSlots
        self,
        service_ids: Sequence[ServiceId] = (),
        *,
        starts: datetime,
        ends: datetime,
        zone: str,
        party: int | None = None,
        staff_id: StaffId | None = None,
        location_id: LocationId | None = None,
        only_bookable: bool = False,
        per_day: int | None = None,
        policy: PolicyFilter | None = None,
        limit: int | None = None,
    ) -> Sessions: ...

    def get(
        self, event_id: EventId, *, zone: str, service_id: ServiceId, starts: datetime
    ) -> Session | None: ...

    def forget(self, *service_ids: ServiceId) -> None: ...


def availability_api(name: str) -> AvailabilityApi:
    """The API of this name. Raises: ValueError for a name there is not, listing those there are."""
    for known in get_args(AvailabilityApi):
        if name == known:
            chosen: AvailabilityApi = known
            return chosen
    raise ValueError(f"{name!r} is none of {', '.join(get_args(AvailabilityApi))}")
