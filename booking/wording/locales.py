"""Whose way of writing numbers and days is meant."""

from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

HOME = {"pt": "PT"}
"""Where our translation of a language is at home, if that is not where most of its speakers live."""

# One customer reads one month: 42 days, a few dozen clocks. Enough for many at once.
remember = lru_cache(maxsize=8192)


@lru_cache(maxsize=256)
def locale_of(language: str, country: str = "") -> Locale:
    """The locale of ``language`` (as Django writes it) as it is used in ``country`` ("" if unknown).

    Falls back to the language's home, then to English: a page is never refused for its locale.
    """
    spoken = language.split("-", maxsplit=1)[0].lower()
    places = filter(None, (country.upper(), HOME.get(spoken), _homeland(spoken)))
    for place in (*places, None):
        try:
            return Locale(spoken, territory=place)
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")


def _homeland(language: str) -> str:
    return str(get_global("likely_subtags").get(language, "")).rpartition("_")[2]


def week_starts(language: str, country: str = "") -> int:
    """The day a week begins on, as in ``date.weekday`` (0 is Monday)."""
    return int(locale_of(language, country).first_week_day)
