"""Wall clocks to moments and back. Time slots speak in wall-clock times of a named zone."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from booking.wix.errors import WixAnswerMalformed


def zone_of(name: str, field: str) -> ZoneInfo:
    """The zone of this IANA name. Raises WixAnswerMalformed, naming ``field``, if there is none."""
    try:
        return ZoneInfo(name)
    # An empty or odd name is a ValueError, one of a folder in the zone data an OSError.
    except (KeyError, ValueError, OSError) as error:
        raise WixAnswerMalformed(field, "no time zone we know") from error


def moment(wall: datetime, zone: ZoneInfo) -> datetime:
    """The UTC moment of a wall-clock time.

    An hour that comes twice means its first coming, a time that never comes is moved forward by
    the gap: both as Wix does. Raises OverflowError at the ends of the calendar.
    """
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC)


def stretch(starts: datetime, ends: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The UTC moments of a slot's two wall-clock times.

    A slot over the end of summer time may end, by the clock, before it starts: then its end is in
    the hour's second coming. Raises OverflowError, and ValueError if it ends before it starts.
    """
    start, end = moment(starts, zone), moment(ends, zone)
    if end <= start:
        end = ends.replace(tzinfo=zone, fold=1).astimezone(UTC)
    if end <= start:
        raise ValueError("ends before it starts")
    return start, end


def wall_clock(moment: datetime, zone: ZoneInfo) -> str:
    """A moment as Wix wants it: local, with seconds, without zone."""
    return moment.astimezone(zone).replace(microsecond=0, tzinfo=None).isoformat()
