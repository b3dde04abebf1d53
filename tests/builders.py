"""Valid things for tests; a test names only what matters to it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from booking.domain.holding import Reason, until
from booking.domain.ids import EventId, LocationId, ScheduleId, ServiceId, StaffId
from booking.domain.money import Money
from booking.domain.policy import Policy
from booking.domain.service import (
    Kind,
    Location,
    LocationKind,
    Price,
    PriceKind,
    Service,
    StaffMember,
)
from booking.domain.session import Session
from booking.domain.slot import Slot
from booking.domain.states import Due, Stage
from booking.models import Bookable, Booking, Hold, Site

LISBON = ZoneInfo("Europe/Lisbon")
MONDAY = datetime(2030, 6, 3, 18, tzinfo=UTC)
"""19:00 in Lisbon."""
HAIRCUT = ServiceId("haircut")
ANA = StaffMember(id=StaffId("ana"), name="Ana")
BEA = StaffMember(id=StaffId("bea"), name="Bea")
STUDIO = Location(kind=LocationKind.BUSINESS, id=LocationId("studio"), name="Studio")


def a_slot(
    at: str = "2030-06-03T10:00", *, minutes: int = 45, zone: ZoneInfo = LISBON, **changes: Any
) -> Slot:
    """A free slot at a wall clock time in ``zone``, given by Ana and Bea."""
    starts = datetime.fromisoformat(at).replace(tzinfo=zone).astimezone(UTC)
    slot = Slot(
        service_id=HAIRCUT,
        starts=starts,
        ends=starts + timedelta(minutes=minutes),
        location=STUDIO,
        schedule_id=ScheduleId("schedule"),
        staff=(ANA, BEA),
    )
    return replace(slot, **changes)


def a_service(**changes: Any) -> Service:
    """A haircut for 35 euros, paid in the studio."""
    service = Service(
        id=HAIRCUT,
        slug="haircut",
        name="Haircut",
        kind=Kind.APPOINTMENT,
        price=Price(kind=PriceKind.FIXED, amount=Money(Decimal(35), "EUR")),
        policy=Policy(),
        pays_in_person=True,
        minutes=45,
        locations=(STUDIO,),
        staff=(ANA, BEA),
    )
    return replace(service, **changes)


def a_session(starts: datetime = MONDAY, *, minutes: int = 60, **changes: Any) -> Session:
    """A session given by Ana in the studio, with three places left."""
    session = Session(
        event_id=EventId("session"),
        service_id=HAIRCUT,
        starts=starts,
        ends=starts + timedelta(minutes=minutes),
        location=STUDIO,
        teachers=(ANA,),
        places_left=3,
        bookable=True,
    )
    return replace(session, **changes)


def keep(
    site: Site, wix_id: str, starts: datetime, ends: datetime, *, now: datetime, places: int = 1
) -> None:
    """Somebody else types their details just now, for a person's time or places in a session."""
    booking = Booking.objects.create(
        site=site,
        reference="KEPT",
        key_hash="kept",
        stage=Stage.HELD,
        due=Due.NOTHING,
        language="en",
        business_zone="UTC",
        created=now,
    )
    Hold.objects.create(
        booking=booking,
        bookable=Bookable.objects.create(site=site, wix_id=wix_id),
        starts=starts,
        ends=ends,
        places=places,
        until=until(Reason.TYPING, now),
        reason=Reason.TYPING,
    )
