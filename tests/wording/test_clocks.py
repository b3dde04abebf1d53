"""Days and times of day are written as their readers write them, on a clock that is named."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from booking import wording

LISBON, TOKYO, NEW_YORK = map(ZoneInfo, ("Europe/Lisbon", "Asia/Tokyo", "America/New_York"))
EVENING = datetime(2026, 11, 24, 21, 30, tzinfo=UTC)
TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("language", "country", "clock"),
    [
        ("en", "US", "9:30\N{NARROW NO-BREAK SPACE}PM"),
        ("en", "GB", "21:30"),
        ("en", "PT", "21:30"),
        ("de", "PT", "21:30"),
        ("pt", "BR", "21:30"),
        ("he", "PT", "21:30"),
    ],
)
def test_the_hour_is_counted_as_where_the_business_is(
    language: str, country: str, clock: str
) -> None:
    locale = wording.locale_of(language, country)
    assert wording.clock(EVENING, LISBON, locale) == clock


@pytest.mark.parametrize(
    ("language", "country", "full", "short"),
    [
        ("en", "US", "Tuesday, November 24", "Tue, Nov 24"),
        ("en", "GB", "Tuesday, 24 November", "Tue 24 Nov"),
        ("de", "DE", "Dienstag, 24. November", "Di., 24. Nov."),
        ("pt", "PT", "terça-feira, 24 de novembro", "terça, 24/11"),
        ("he", "IL", "יום שלישי, 24 בנובמבר", "יום ג׳, 24 בנוב׳"),
        ("ja", "JP", "11月24日火曜日", "11月24日(火)"),
    ],
)
def test_a_day_is_written_without_its_year(
    language: str, country: str, full: str, short: str
) -> None:
    locale = wording.locale_of(language, country)
    assert wording.full_day(TUESDAY, locale) == full
    assert wording.short_day(TUESDAY, locale) == short


@pytest.mark.parametrize(
    ("language", "country", "first"),
    [("en", "US", 6), ("en", "GB", 0), ("de", "DE", 0), ("he", "PT", 6), ("ar", "EG", 5)],
)
def test_a_week_begins_where_the_reader_expects_it(language: str, country: str, first: int) -> None:
    assert wording.week_starts(language, country) == first


def test_the_names_of_the_days_begin_with_the_first_of_the_week() -> None:
    names = wording.weekdays(6, wording.locale_of("en", "US"))
    assert [full for _, full in names][:2] == ["Sunday", "Monday"]


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Lisbon time"), ("de", "Ortszeit Lissabon"), ("pt", "hora de Lisboa")],
)
def test_a_zone_is_called_after_its_city(language: str, said: str) -> None:
    with translation.override(language):
        assert wording.zone_name(LISBON, wording.locale_of(language, "PT")) == said


def test_a_city_within_a_state_is_called_by_its_own_name() -> None:
    zone = ZoneInfo("America/Argentina/Buenos_Aires")
    assert wording.city(zone, wording.locale_of("en", "PT")) == "Buenos Aires"


def test_the_second_clock_names_its_day_only_where_that_differs() -> None:
    locale = wording.locale_of("en", "GB")
    assert wording.beside(EVENING, LISBON, NEW_YORK, locale) == "16:30"
    assert wording.beside(EVENING, LISBON, TOKYO, locale) == "Wed 06:30"


def test_today_and_tomorrow_are_called_so() -> None:
    locale = wording.locale_of("en", "GB")
    said = [wording.relative_day(date(2026, 11, day), TUESDAY, locale) for day in (24, 25, 26)]
    assert said == ["Today", "Tomorrow", "Thu 26 Nov"]


def test_a_deadline_names_day_time_and_clock() -> None:
    locale = wording.locale_of("en", "GB")
    assert wording.exactly(EVENING, LISBON, locale) == "Tue 24 Nov, 21:30 (Lisbon time)"


def test_an_unknown_language_is_written_as_english() -> None:
    assert wording.locale_of("xx", "PT").language == "en"


def test_the_zones_to_choose_from_include_those_of_the_page_once() -> None:
    locale = wording.locale_of("en", "PT")
    keys = [key for key, _ in wording.zone_choices(locale, "Europe/Lisbon", "Africa/Lusaka")]
    assert keys.count("Europe/Lisbon") == 1
    assert "Africa/Lusaka" in keys


@pytest.mark.parametrize("language", ["en", "de", "pt", "he", "ja"])
def test_the_zones_stand_in_the_order_of_their_names(language: str) -> None:
    names = [name for _, name in wording.zone_choices(wording.locale_of(language))]
    assert names == sorted(names, key=str.casefold)
