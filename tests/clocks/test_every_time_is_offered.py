"""What can be pressed on the pages of a service is what Wix gave, less our holds, each once.

For every zone a business or a visitor may live in, on the nights on which the clocks of either change.
"""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as some
from requests import PreparedRequest

from booking.actions.browse import Times, Wanted, show_times
from booking.actions.calendar import Calendar
from booking.actions.facts import Facts
from booking.domain.business import Business
from booking.domain.days import by_day
from booking.domain.service import Location, LocationKind
from booking.models import Site
from booking.wix import Wix
from booking.wix.zones import moment
from tests.builders import a_service, a_slot, keep
from tests.clocks.nights import FAR, ZONES, nights
from tests.wix.examples import ANA, HAIRCUT, a_time_slot, time_slots
from tests.wix.stand_in import StandIn, Told, a_transport, ok

HALF_AN_HOUR = timedelta(minutes=30)
AT_YOURS = (Location(kind=LocationKind.CUSTOMER),)
"""What is given at the customer's place, or from afar, is shown on the customer's clock first."""
IN_PERSON = a_service().locations


def around(night: datetime) -> list[datetime]:
    """Every half hour from a day and a half before a night until as long after it."""
    first = night - timedelta(hours=36)
    return [first + HALF_AN_HOUR * at for at in range(144)]


def as_wix_gives(starts: list[datetime], zone: ZoneInfo) -> list[datetime]:
    """Those that a wall clock in the business's zone can tell: an hour that comes twice only once."""
    return [
        each for each in starts if moment(each.astimezone(zone).replace(tzinfo=None), zone) == each
    ]


def wix_with(starts: list[datetime], zone: ZoneInfo) -> Wix:
    """A Wix that answers with those of ``starts`` that the question's wall clocks reach."""
    walls = [each.astimezone(zone).replace(tzinfo=None) for each in starts]
    ends = [(each + HALF_AN_HOUR).astimezone(zone).replace(tzinfo=None) for each in starts]
    slots = [
        a_time_slot(start.isoformat(), end.isoformat())
        for start, end in zip(walls, ends, strict=True)
    ]

    def answer(request: PreparedRequest) -> Told:
        asked = json.loads(request.body or "")
        assert asked["timeZone"] == zone.key
        lowest, highest = asked["fromLocalDate"], asked["toLocalDate"]
        told = [each for each in slots if lowest <= each["localStartDate"] < highest]
        return ok(time_slots(*told, zone=zone.key))

    return Wix(a_transport(StandIn(answer)))


def offered(calendar: Calendar, visitor: str) -> list[datetime]:
    """The starts of all times on all days that can be opened, month after month."""
    months = list(months_of(calendar, ZoneInfo(visitor)))
    days = {cell.day: cell.times for page in months for week in page.weeks for cell in week}
    found = []
    for day, times in sorted(days.items()):
        if times:
            page = show_times(calendar, Wanted(day=day, zone=ZoneInfo(visitor)))
            starts = [slot.starts for _, slots in page.parts for slot in slots]
            assert (page.day, len(starts), page.count) == (day, times, times)
            found += starts
    return found


def months_of(calendar: Calendar, visitor: ZoneInfo) -> Iterator[Times]:
    """The page as it opens, and the month after it."""
    page = show_times(calendar, Wanted(zone=visitor))
    yield page
    if page.following_month is not None:
        yield show_times(calendar, Wanted(month=page.following_month, zone=visitor))


@pytest.fixture
def site(db: None) -> Site:
    return Site.objects.create(name="everywhere", public_url="https://everywhere.example")


def calendar_of(
    site: Site,
    starts: list[datetime],
    zone: str,
    now: datetime,
    where: tuple[Location, ...] = IN_PERSON,
) -> Calendar:
    service = a_service(id=HAIRCUT, locations=where)
    business = Business(name="Everywhere", zone=zone, currency="EUR")
    wix = wix_with(starts, ZoneInfo(zone))
    return Calendar(site=site, wix=wix, facts=Facts(business, (service,)), service=service, now=now)


@some.composite
def a_night(draw: some.DrawFn) -> tuple[str, str, datetime]:
    """A business's zone, a visitor's, and a night on which the clocks of one of them change."""
    business, visitor = draw(some.sampled_from(ZONES)), draw(some.sampled_from([*FAR, *ZONES]))
    changing = draw(some.sampled_from([business, visitor]))
    return business, visitor, draw(some.sampled_from(nights(changing)))


@example(("Europe/Lisbon", "Etc/GMT+12", nights("Europe/Lisbon")[0]), AT_YOURS)
@example(("Europe/Lisbon", "Asia/Kathmandu", nights("Europe/Lisbon")[1]), AT_YOURS)
@example(("Pacific/Kiritimati", "Etc/GMT+12", nights("Asia/Tokyo")[0]), AT_YOURS)
@example(("Etc/GMT+12", "Pacific/Kiritimati", nights("Asia/Tokyo")[1]), AT_YOURS)
@example(("Asia/Tokyo", "America/New_York", nights("America/New_York")[1]), AT_YOURS)
@example(("Australia/Lord_Howe", "Europe/London", nights("Australia/Lord_Howe")[0]), AT_YOURS)
@example(("Africa/Casablanca", "Asia/Kathmandu", nights("Africa/Casablanca")[0]), IN_PERSON)
@given(a_night(), some.sampled_from([AT_YOURS, IN_PERSON]))
@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@pytest.mark.slow
def test_the_times_of_all_days_are_those_that_wix_gave_each_once(
    site: Site, places: tuple[str, str, datetime], where: tuple[Location, ...]
) -> None:
    business, visitor, night = places
    given_by_wix = as_wix_gives(around(night), ZoneInfo(business))
    now = night - timedelta(days=10)
    calendar = calendar_of(site, given_by_wix, business, now, where)
    assert offered(calendar, visitor) == given_by_wix


@example(("Europe/Lisbon", "Etc/GMT+12", nights("Europe/Lisbon")[0]))
@example(("Etc/GMT+12", "Pacific/Kiritimati", nights("Asia/Tokyo")[1]))
@example(("Pacific/Kiritimati", "Etc/GMT+12", nights("Asia/Tokyo")[1]))
@given(a_night())
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@pytest.mark.slow
def test_every_day_of_a_calendar_counts_all_its_times_at_its_edges_too(
    site: Site, places: tuple[str, str, datetime]
) -> None:
    business, visitor, night = places
    now = night.replace(day=1) - timedelta(days=10)
    every_three_hours = [now + timedelta(hours=3 * at) for at in range(1, 70 * 8)]
    starts = as_wix_gives(every_three_hours, ZoneInfo(business))
    calendar = calendar_of(site, starts, business, now, AT_YOURS)
    month = night.date().replace(day=1)
    page = show_times(calendar, Wanted(month=month, zone=ZoneInfo(visitor)))
    counted = {cell.day: cell.times for week in page.weeks for cell in week}
    there = Counter(each.astimezone(page.zone).date() for each in starts)
    assert counted == {day: there[day] for day in counted}


@pytest.mark.parametrize("zone", ["Europe/Lisbon", "America/New_York", "Australia/Lord_Howe"])
@pytest.mark.parametrize("which", [0, 1], ids=["first night", "second night"])
def test_what_we_keep_for_somebody_is_missing_and_nothing_else(
    site: Site, zone: str, which: int
) -> None:
    night = nights(zone)[which]
    now = night - timedelta(days=10)
    given_by_wix = as_wix_gives(around(night), ZoneInfo(zone))
    keep(site, ANA, night - timedelta(hours=1), night + timedelta(hours=1), now=now)
    left = [
        each
        for each in given_by_wix
        if each + HALF_AN_HOUR <= night - timedelta(hours=1) or each >= night + timedelta(hours=1)
    ]
    of_ana = replace(calendar_of(site, given_by_wix, zone, now), staff=ANA)
    assert offered(of_ana, "Asia/Kathmandu") == left
    assert offered(replace(of_ana, staff=None), "Asia/Kathmandu") == given_by_wix


def test_every_half_hour_is_on_one_day_and_the_days_are_in_order_everywhere() -> None:
    for name, night in ((zone, night) for zone in ZONES for night in nights(zone)):
        starts = around(night)
        slots = [a_slot(f"{each:%Y-%m-%dT%H:%M}", zone=ZoneInfo("UTC")) for each in starts]
        days = by_day(slots, ZoneInfo(name))
        assert list(days) == sorted(days), name
        assert [slot.starts for day in days.values() for slot in day] == starts, name
