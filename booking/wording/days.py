"""Days, weeks and months."""

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_interval, get_day_names
from django.utils.translation import gettext

from booking.wording.locales import remember


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


@remember
def stretch(first: date, last: date, locale: Locale) -> str:
    """From one day to another, as briefly as they allow: "1 – 7 Mar", "29 Mar – 4 Apr"."""
    return str(format_interval(first, last, "MMMd", locale=locale))


def nearby(day: date, today: date) -> str:
    """What people call a day that is near: "Today", "Tomorrow"; "" for others."""
    if day == today:
        return gettext("Today")
    return gettext("Tomorrow") if (day - today).days == 1 else ""


def relative_day(day: date, today: date, locale: Locale) -> str:
    """A day as people say it: "Today", "Tomorrow", "Tue 24 Nov"."""
    return nearby(day, today) or short_day(day, locale)


@lru_cache(maxsize=64)
def _without_year(locale: Locale) -> str:
    full = locale.date_formats["full"].pattern
    # The year with what ties it to the rest: a comma, a space, a quoted "de", Japan's own sign.
    return re.sub(r"(?:[\s,،]|'[^']*')*y+年?", "", full).strip(" ,")
