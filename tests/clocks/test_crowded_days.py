"""A day with a thousand times is shown whole, and no day of a crowded month is taken for empty."""

import json
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import groupby
from zoneinfo import ZoneInfo

import pytest
from requests import PreparedRequest

from booking.actions.browse import Wanted, show_times
from booking.actions.calendar import Calendar
from booking.actions.facts import Facts
from booking.domain.business import Business
from booking.models import Site
from booking.wix import Wix
from tests.builders import a_service
from tests.wix.examples import HAIRCUT, a_time_slot, time_slots
from tests.wix.stand_in import StandIn, Told, a_transport, ok

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LISBON = ZoneInfo("Europe/Lisbon")
NOW = datetime(2027, 6, 1, 7, tzinfo=UTC)
EVERY_MINUTE = [timedelta(hours=6, minutes=at) for at in range(1000)]
LAST_DAY = date(2027, 6, 30)


@cache
def slots_of(day: date) -> list[dict[str, object]]:
    """A thousand times, one a minute from six o'clock on; what is over can be booked no more."""
    walls = [datetime.combine(day, datetime.min.time()) + each for each in EVERY_MINUTE]
    starts = [each for each in walls if each.replace(tzinfo=LISBON) > NOW]
    return [
        a_time_slot(each.isoformat(), (each + timedelta(minutes=30)).isoformat()) for each in starts
    ]


def answer(request: PreparedRequest) -> Told:
    """Every day has its thousand; pages and times for each day as Wix counts them."""
    asked = json.loads(request.body or "")
    paging = asked["cursorPaging"]
    question = json.loads(paging["cursor"]) if paging.get("cursor") else asked | {"at": 0}
    first = date.fromisoformat(question["fromLocalDate"][:10])
    last = date.fromisoformat(question["toLocalDate"][:10])
    days = [first + timedelta(days=at) for at in range((last - first).days + 1)]
    listed = [
        each
        for day in days
        for each in slots_of(day)[: question.get("timeSlotsPerDay")]
        if question["fromLocalDate"] <= str(each["localStartDate"]) < question["toLocalDate"]
    ]
    at, end = question["at"], question["at"] + paging["limit"]
    following = json.dumps(question | {"at": end}) if end < len(listed) else None
    return ok(time_slots(*listed[at:end], zone="Europe/Lisbon", cursor=following))


@pytest.fixture
def crowded(db: None) -> Calendar:
    service = a_service(id=HAIRCUT)
    business = Business(name="Crowd", zone="Europe/Lisbon", currency="EUR")
    return Calendar(
        site=Site.objects.create(name="crowd", public_url="https://crowd.example"),
        wix=Wix(a_transport(StandIn(answer))),
        facts=Facts(business, (service,)),
        service=service,
        now=NOW,
    )


def test_the_last_day_of_the_month_is_whole_and_every_day_has_times(crowded: Calendar) -> None:
    page = show_times(crowded, Wanted(day=LAST_DAY))
    ahead = [cell for week in page.weeks for cell in week if not cell.is_past]
    assert page.count == 1000
    assert all(cell.times for cell in ahead)
    assert [part for part, _ in page.parts] == ["morning", "afternoon", "evening"]
    shown = [slot.starts.astimezone(LISBON) for _, slots in page.parts for slot in slots]
    assert [len(list(same)) for _, same in groupby(shown)] == [1] * 1000
