"""How the site says things: money, lengths, days, clocks and rules, in the reader's words.

One place for page, mail and calendar file, so that all three say the same. Every function takes a
Babel locale (made by ``locale_of``) and answers from memory when asked the same again. The
sentences come from Django's catalogue, so the language must be active as well.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date, format_time, get_day_names, get_timezone_location
from babel.numbers import format_currency
from django.utils.translation import gettext, ngettext

from booking.domain.money import Money
from booking.domain.policy import Policy
from booking.domain.service import Price, PriceKind

HOME = {"pt": "PT"}
"""Where our translation of a language is at home, if that is not where most of its speakers live."""

ONE_DAY = 24 * 60

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

# One customer reads one month: 42 days, a few dozen clocks. Enough for many at once.
remember = lru_cache(maxsize=8192)


@lru_cache(maxsize=256)
def locale_of(language: str, country: str = "") -> Locale:
    """The locale of ``language`` (as Django writes it) as it is used in ``country`` ("" if unknown).

    Falls back to the language's home, then to English: a page is never refused for its locale.
    """
    spoken = language.split("-", maxsplit=1)[0].lower()
    for place in (country.upper(), HOME.get(spoken, ""), _homeland(spoken), ""):
        try:
            return Locale(spoken, territory=place or None)
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")


def _homeland(language: str) -> str:
    return str(get_global("likely_subtags").get(language, "")).rpartition("_")[2]


def week_starts(language: str, country: str = "") -> int:
    """The day a week begins on, as in ``date.weekday`` (0 is Monday)."""
    return int(locale_of(language, country).first_week_day)


@remember
def money(amount: Money, locale: Locale) -> str:
    """An amount as people write it: whole amounts without decimals ("€40", "12,50 €")."""
    if amount.amount != amount.amount.to_integral_value():
        return str(format_currency(amount.amount, amount.currency, locale=locale))
    pattern = re.sub(r"\.0+", "", locale.currency_formats["standard"].pattern)
    return str(
        format_currency(
            amount.amount, amount.currency, format=pattern, locale=locale, currency_digits=False
        )
    )


def price(asked: Price, locale: Locale) -> str:
    """What a service costs, in a few words; "" if nothing is known about it."""
    match asked:
        case Price(kind=PriceKind.FREE):
            return gettext("Free")
        case Price(words=words) if words:
            return words
        case Price(kind=PriceKind.VARIED, lowest=Money() as low, highest=Money() as high):
            return f"{money(low, locale)}–{money(high, locale)}"
        case Price(kind=PriceKind.VARIED, lowest=Money() as low):
            return gettext("from %(price)s") % {"price": money(low, locale)}
        case Price(amount=Money() as fixed):
            return money(fixed, locale)
    return ""


def duration(minutes: int) -> str:
    """A length of time: "45 min", "1 h", "1 h 30 min"."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return gettext("%(minutes)d min") % {"minutes": rest}
    if not rest:
        return gettext("%(hours)d h") % {"hours": hours}
    return gettext("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest}


def notice(minutes: int) -> str:
    """How long before something, in whole days, hours or minutes: "2 days", "24 hours"."""
    if minutes > ONE_DAY and minutes % ONE_DAY == 0:
        days = minutes // ONE_DAY
        return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
    if minutes % 60 == 0:
        hours = minutes // 60
        return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}


@remember
def month(day: date, locale: Locale) -> str:
    """The month of ``day`` with its year: "November 2026"."""
    pattern = locale.datetime_skeletons["yMMMM"].pattern
    return str(format_date(day, pattern, locale=locale)).capitalize()


@remember
def weekdays(starts: int, locale: Locale) -> Sequence[tuple[str, str]]:
    """Short and full names of the seven days, from the one the week ``starts`` on."""
    short = get_day_names("short", "stand-alone", locale)
    full = get_day_names("wide", "stand-alone", locale)
    order = [(starts + offset) % 7 for offset in range(7)]
    return tuple((short[each], full[each]) for each in order)


@remember
def full_day(day: date, locale: Locale) -> str:
    """A day with its weekday, without the year: "Tuesday 24 November"."""
    return str(format_date(day, _without_year(locale), locale=locale))


@remember
def whole_date(day: date, locale: Locale) -> str:
    """A day with weekday and year: "Tuesday, 24 November 2026"."""
    return str(format_date(day, "full", locale=locale))


@remember
def short_day(day: date, locale: Locale) -> str:
    """A day in as few letters as people still understand: "Tue 24 Nov"."""
    return str(format_date(day, locale.datetime_skeletons["MMMEd"].pattern, locale=locale))


@lru_cache(maxsize=64)
def _without_year(locale: Locale) -> str:
    full = locale.date_formats["full"].pattern
    # The year with what ties it to the rest: a comma, a space, a quoted "de", Japan's own sign.
    return re.sub(r"(?:[\s,،]|'[^']*')*y+年?", "", full).strip(" ,")


@remember
def clock(moment: datetime, zone: ZoneInfo, locale: Locale) -> str:
    """The time of day in ``zone``: "14:00", "2:00 PM"."""
    local = moment.astimezone(zone)
    return str(format_time(local, "short", locale=locale))


def beside(moment: datetime, zone: ZoneInfo, other: ZoneInfo, locale: Locale) -> str:
    """The time of day in ``other``, with its weekday where that differs from ``zone``'s."""
    there, here = moment.astimezone(other).date(), moment.astimezone(zone).date()
    shown = clock(moment, other, locale)
    return shown if there == here else f"{_weekday(there, locale)} {shown}"


@remember
def _weekday(day: date, locale: Locale) -> str:
    return str(format_date(day, "EEE", locale=locale))


@remember
def city(zone: ZoneInfo, locale: Locale) -> str:
    """The city a zone is named after, in the reader's language: "Lisbon"."""
    name = str(get_timezone_location(zone, locale=locale, return_city=True))
    return name.rpartition("/")[2]


def zone_name(zone: ZoneInfo, locale: Locale) -> str:
    """A zone as people call it: "Lisbon time"."""
    return gettext("%(city)s time") % {"city": city(zone, locale)}


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


def span(starts: datetime, ends: datetime, zone: ZoneInfo, locale: Locale) -> str:
    """From one time of day to another: "14:00–15:00"."""
    return f"{clock(starts, zone, locale)}–{clock(ends, zone, locale)}"


def relative_day(day: date, today: date, locale: Locale) -> str:
    """A day as people say it: "Today", "Tomorrow", "Tue 24 Nov"."""
    if day == today:
        return gettext("Today")
    if (day - today).days == 1:
        return gettext("Tomorrow")
    return short_day(day, locale)


@lru_cache(maxsize=64)
def zone_choices(locale: Locale, *also: str) -> tuple[tuple[str, str], ...]:
    """Zones to choose from, by city in the reader's alphabet; with those of ``also``, each once."""
    names = {*WORLD_ZONES, *also}
    cities = ((name, city(ZoneInfo(name), locale)) for name in names)
    return tuple(sorted(cities, key=lambda each: each[1].casefold()))


def rules(policy: Policy) -> str:
    """What a customer may do later, before a time is chosen; "" never: silence would be a promise."""
    if not policy.may_cancel and not policy.may_move:
        return gettext("This booking cannot be cancelled or moved.")
    if policy.may_cancel and policy.may_move and policy.cancel_minutes == policy.move_minutes:
        return _both_until(policy.cancel_minutes)
    return " ".join(filter(None, (_cancel_until(policy), _move_until(policy))))


def _both_until(minutes: int) -> str:
    if not minutes:
        return gettext("You can cancel or move it until it starts.")
    return gettext("You can cancel or move it up to %(notice)s before it starts.") % {
        "notice": notice(minutes)
    }


def _cancel_until(policy: Policy) -> str:
    if not policy.may_cancel:
        return gettext("It cannot be cancelled.")
    if not policy.cancel_minutes:
        return gettext("You can cancel until it starts.")
    return gettext("You can cancel up to %(notice)s before it starts.") % {
        "notice": notice(policy.cancel_minutes)
    }


def _move_until(policy: Policy) -> str:
    if not policy.may_move:
        return gettext("It cannot be moved.")
    if not policy.move_minutes:
        return gettext("You can move it until it starts.")
    return gettext("You can move it up to %(notice)s before it starts.") % {
        "notice": notice(policy.move_minutes)
    }


def deadlines(
    cancel: datetime | None, move: datetime | None, zone: ZoneInfo, locale: Locale
) -> str:
    """The same rules for one booking, as moments; None where something is not allowed."""
    if cancel is None and move is None:
        return gettext("This booking cannot be cancelled or moved.")
    if cancel == move and cancel is not None:
        return gettext("You can cancel or move it until %(when)s.") % {
            "when": exactly(cancel, zone, locale)
        }
    cancelling = (
        gettext("You can cancel until %(when)s.") % {"when": exactly(cancel, zone, locale)}
        if cancel
        else gettext("It cannot be cancelled.")
    )
    moving = (
        gettext("You can move it until %(when)s.") % {"when": exactly(move, zone, locale)}
        if move
        else gettext("It cannot be moved.")
    )
    return f"{cancelling} {moving}"
