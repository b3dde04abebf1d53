"""Whose clock a page goes by."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from booking.domain.service import LocationKind, Service


def page_zones(
    service: Service, business_zone: ZoneInfo, visitor: ZoneInfo | None, now: datetime
) -> tuple[ZoneInfo, ZoneInfo | None]:
    """The zone to lead with and the second clock: who comes in person lives by the business's clock."""
    if visitor is None or same_offsets(visitor, business_zone, now):
        return business_zone, None
    in_person = any(each.kind is not LocationKind.CUSTOMER for each in service.locations)
    return (business_zone, visitor) if in_person else (visitor, business_zone)


def same_offsets(one: ZoneInfo, other: ZoneInfo, now: datetime) -> bool:
    """True if clocks of both zones agree for the next year, looked at week by week."""
    weeks = (now + timedelta(days=7 * week) for week in range(53))
    return all(at.astimezone(one).utcoffset() == at.astimezone(other).utcoffset() for at in weeks)
