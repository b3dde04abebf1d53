"""Times of day, each on a clock that is named."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time, get_timezone_location
from django.utils.translation import gettext

from booking.wording.days import full_day, short_day
from booking.wording.locales import remember

# Enough of the world to find one's own clock in a short list; a script offers the exact zone.
WORLD_ZONES = (
    "Pacific/Honolulu", "America/Anchorage", "America/Los_Angeles", "America/Denver",
    "America/Phoenix", "America/Chicago", "America/Mexico_City", "America/New_York",
    "America/Toronto", "America/Bogota", "America/Lima", "America/Santiago", "America/Caracas",
    "America/Halifax", "America/Sao_Paulo", "America/Argentina/Buenos_Aires", "America/St_Johns",
    "Atlantic/Azores", "Europe/Lisbon", "Europe/London", "Europe/Paris", "Europe/Berlin",
    "Africa/Lagos", "Africa/Johannesburg", "Africa/Cairo", "Europe/Athens", "Europe/Kyiv",
    "Asia/Jerusalem", "Europe/Istanbul", "Africa/Nairobi", "Europe/Moscow", "Asia/Tehran",
    "Asia/Dubai", "Asia/Kabul", "Asia/Karachi", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Dhaka",
    "Asia/Yangon", "Asia/Bangkok", "Asia/Jakarta", "Asia/Shanghai", "Asia/Singapore",
    "Australia/Perth", "Asia/Tokyo", "Asia/Seoul", "Australia/Adelaide", "Australia/Brisbane",
    "Australia/Sydney", "Pacific/Auckland", "Pacific/Chatham", "Pacific/Apia",
)  # fmt: skip


@remember
def clock(moment: datetime, zone: ZoneInfo, locale: Locale) -> str:
    """The time of day in ``zone``: "14:00", "2:00 PM"; with its offset if it comes twice that day."""
    local = moment.astimezone(zone)
    shown = str(format_time(local, "short", locale=locale))
    return f"{shown} ({offset(local)})" if _comes_twice(local) else shown


def _comes_twice(local: datetime) -> bool:
    """True in the hour (or half hour) that clocks go through again when they are put back."""
    return local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset()


def offset(local: datetime) -> str:
    """How far a local moment's clock is from UTC: "UTC+1", "UTC+5:45", "UTC"."""
    seconds = int((local.utcoffset() or timedelta()).total_seconds())
    hours, rest = divmod(abs(seconds), 3600)
    sign = "+" if seconds > 0 else "\N{MINUS SIGN}"
    minutes = f":{rest // 60:02d}" if rest else ""
    return f"UTC{sign}{hours}{minutes}" if seconds else "UTC"


def beside(moment: datetime, zone: ZoneInfo, other: ZoneInfo, locale: Locale) -> str:
    """The time of day in ``other``, with its weekday where that differs from ``zone``'s."""
    there, here = moment.astimezone(other).date(), moment.astimezone(zone).date()
    shown = clock(moment, other, locale)
    return shown if there == here else f"{_weekday(there, locale)} {shown}"


@remember
def _weekday(day: date, locale: Locale) -> str:
    return str(format_date(day, "EEE", locale=locale))


def span(starts: datetime, ends: datetime, zone: ZoneInfo, locale: Locale) -> str:
    """From one time of day to another: "14:00–15:00"."""
    return f"{clock(starts, zone, locale)}–{clock(ends, zone, locale)}"


@remember
def city(zone: ZoneInfo, locale: Locale) -> str:
    """The city a zone is named after, in the reader's language: "Lisbon"."""
    name = str(get_timezone_location(zone, locale=locale, return_city=True))
    return name.rpartition("/")[2]


def zone_name(zone: ZoneInfo, locale: Locale) -> str:
    """A zone as people call it: "Lisbon time"."""
    return gettext("%(city)s time") % {"city": city(zone, locale)}


@lru_cache(maxsize=64)
def zone_choices(locale: Locale, *also: str) -> tuple[tuple[str, str], ...]:
    """Zones to choose from, by city in the reader's alphabet; with those of ``also``, each once."""
    names = {*WORLD_ZONES, *also}
    cities = ((name, city(ZoneInfo(name), locale)) for name in names)
    return tuple(sorted(cities, key=lambda each: each[1].casefold()))


def when(moment: datetime, zone: ZoneInfo, locale: Locale) -> str:
    """Day and time of day: "Tuesday 24 November, 14:00"."""
    day = full_day(moment.astimezone(zone).date(), locale)
    return gettext("%(day)s, %(time)s") % {"day": day, "time": clock(moment, zone, locale)}


def briefly(moment: datetime, zone: ZoneInfo, locale: Locale) -> str:
    """The same in few letters: "Tue 24 Nov, 14:00"."""
    day = short_day(moment.astimezone(zone).date(), locale)
    return gettext("%(day)s, %(time)s") % {"day": day, "time": clock(moment, zone, locale)}


def exactly(moment: datetime, zone: ZoneInfo, locale: Locale) -> str:
    """A deadline nobody can misread: "Mon 23 Nov, 14:00 (Lisbon time)"."""
    words = {"when": briefly(moment, zone, locale), "zone": zone_name(zone, locale)}
    return gettext("%(when)s (%(zone)s)") % words
