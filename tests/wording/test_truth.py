"""A booking's page tells the truth in one sentence, then what comes next and how to reach the business."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from icalendar import Calendar

from booking import wording
from booking.domain.truth import Truth
from booking.models import Booking, Line
from tests.steps import Answer, Customer

pytestmark = pytest.mark.django_db
LAST_YEAR = datetime(2026, 3, 1, 9, tzinfo=UTC)
STATES: dict[Truth, dict[str, Any]] = {
    Truth.NO_LONGER_KEPT: {"stage": "expired"},
    Truth.BEING_BOOKED: {"stage": "placed"},
    Truth.TO_BE_PAID: {"stage": "placed", "due": "starting"},
    Truth.PAYMENT_KEPT: {"stage": "placed", "due": "authorised"},
    Truth.AWAITING_OWNER: {"stage": "awaiting_owner"},
    Truth.BOOKED: {"stage": "confirmed"},
    Truth.TAKEN: {"stage": "declined"},
    Truth.IN_PART: {"stage": "declined", "lost_to": "part"},
    Truth.TOO_FEW_PLACES: {"stage": "declined", "lost_to": "places"},
    Truth.REFUSED: {"stage": "declined", "lost_to": "owner"},
    Truth.NOT_ANSWERED: {"stage": "declined", "lost_to": "no_answer"},
    Truth.CANCELLED: {"stage": "cancelled"},
}
SAID = {
    Truth.BEING_BOOKED: "We are booking your time We have your details and are entering your time into "
    "the business’s calendar. This page looks again by itself; you may also close it, a mail follows.",
    Truth.TO_BE_PAID: "Waiting for your payment Your time is kept while you pay. Nothing is booked and "
    "nothing is charged before that. Pay now, or leave it: then the time becomes free again and you "
    "owe nothing.",
    Truth.PAYMENT_KEPT: "Almost there Your card is ready and we are having your time confirmed. The "
    "money is taken only once the time is yours; else it is given back at once.",
    Truth.AWAITING_OWNER: "Waiting for the business The business has your request and decides itself; "
    "until then your time is not yet certain. You get a mail as soon as it has decided.",
    Truth.BOOKED: "Booked Your time is booked. A confirmation goes to maria@example.com.",
    Truth.OVER: "This booking is over It was booked, and its time has passed. To come again, choose a "
    "new time.",
    Truth.TAKEN: "Not booked This time could not be booked: it went to somebody else, or the business "
    "could not take it. Nothing is owed. Choose another time.",
    Truth.IN_PART: "Not booked One of these dates was no longer free, so none of them was booked. "
    "Nothing is owed. Choose again: the other dates may still be free.",
    Truth.TOO_FEW_PLACES: "Not booked There were no longer enough places for all of you, so nothing "
    "was booked. Nothing is owed. Choose another time, or come with fewer people.",
    Truth.REFUSED: "Not booked The business could not accept this request. Nothing is owed. Choose "
    "another time, or ask the business.",
    Truth.NOT_ANSWERED: "Not booked The business did not answer this request in time. Nothing is "
    "owed. Choose another time, or ask the business.",
    Truth.CANCELLED: "Cancelled This booking is cancelled. You need not come, and nothing is owed. To "
    "come another time, choose a new one.",
}
Show = Callable[..., Answer]


@pytest.fixture
def show(maria: Customer) -> Show:
    """Maria's page, her booking changed as asked."""
    path = maria.book(last_name="Silva")

    def shown(**changes: Any) -> Answer:
        Booking.objects.update(**changes)
        return maria.look(path)

    return shown


def ticket(page: Answer) -> str:
    """What stands on the page between its bar and its footer."""
    main = page.text.partition("<main")[2].partition("</main>")[0].partition(">")[2]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", main)).strip()


def meetings(*starts: str) -> dict[str, Any]:
    """What makes the booking's line a course of an hour at each of these moments."""
    first = [datetime.fromisoformat(f"{each}Z") for each in starts]
    pairs = [(each, each + timedelta(hours=1)) for each in first]
    told = [[start.isoformat(), end.isoformat()] for start, end in pairs]
    return {"meetings": told, "starts": pairs[0][0], "ends": pairs[-1][1]}


@pytest.mark.parametrize("truth", [each for each in SAID if each in STATES])
def test_each_state_has_its_sentence_and_next_step(show: Show, truth: Truth) -> None:
    page = show(**STATES[truth])
    assert page.main("truth") == truth
    assert ticket(page).startswith(f"{SAID[truth]} Reference ")


def test_a_booking_whose_time_has_passed_says_so(show: Show) -> None:
    Line.objects.update(starts=LAST_YEAR, ends=LAST_YEAR + timedelta(hours=1))
    page = show()
    assert page.main("truth") == Truth.OVER
    assert ticket(page).startswith(f"{SAID[Truth.OVER]} Reference ")


@pytest.mark.parametrize("truth", STATES)
def test_each_state_says_how_to_reach_the_business_and_which_booking_it_is(
    show: Show, truth: Truth
) -> None:
    page = show(**STATES[truth])
    assert 'href="tel:+351215550142"' in page.text
    assert 'href="mailto:ola@calma.example"' in page.text
    assert ("give your reference" in page.words) is (truth is not Truth.NO_LONGER_KEPT)


@pytest.mark.parametrize("truth", STATES)
def test_each_state_has_a_way_on(show: Show, truth: Truth) -> None:
    page = show(**STATES[truth])
    to_pay = truth is Truth.TO_BE_PAID
    held = truth in (
        Truth.BOOKED,
        Truth.BEING_BOOKED,
        Truth.PAYMENT_KEPT,
        Truth.AWAITING_OWNER,
    )
    assert ("Go on to pay" in page.words) is to_pay
    assert ("calendar.ics" in page.text) is held
    assert ("See all free times" in page.words) is not (held or to_pay)


def test_no_two_states_say_the_same() -> None:
    told = [wording.told(each) for each in Truth]
    assert len({(each.title, each.sentence) for each in told}) == len(Truth)


def test_only_a_booking_that_is_being_made_looks_again_by_itself(show: Show) -> None:
    refreshing = 'http-equiv="refresh"'
    assert refreshing in show(stage="placed").text
    assert refreshing not in show(stage="confirmed").text


def test_deadlines_are_moments_on_the_business_s_clock(show: Show) -> None:
    until = datetime(2027, 3, 1, 8, 30, tzinfo=UTC)
    page = show(cancel_until=until, move_until=until)
    assert "until Mon, 1 Mar, 08:30 (Lisbon time)." in page.words


def test_one_time_can_be_put_into_calendars_on_the_web_without_the_page_s_address(
    show: Show,
) -> None:
    page = show()
    links = re.findall(r'href="(https://(?:calendar\.google|outlook\.live)[^"]+)"', page.text)
    assert len(links) == 2
    key = re.search(r"/b/([\w-]+)/calendar", page.text)
    assert key is not None
    assert not [each for each in links if key[1] in each]
    assert page.text.count('rel="noopener noreferrer"') == 2


def test_all_dates_of_a_course_stand_on_the_page_with_breaks_and_changed_clocks(
    show: Show,
) -> None:
    days = ("2027-03-10", "2027-03-17", "2027-03-24", "2027-03-31", "2027-04-14")
    Line.objects.update(**meetings(*(f"{day}T18:00" for day in days)))
    page = show(kind="course")
    assert "All these dates are booked." in page.words
    assert "5 dates, Lisbon time" in page.words
    for date in ("10 March", "17 March", "24 March", "31 March", "14 April"):
        assert f"{date} 2027" in page.words
    assert page.words.count("19:00–20:00") == 2
    assert page.words.count("the clocks change before then") == 1
    assert "After a break: 14 days since the date before." in page.words
    assert "One file with all 5 dates, for any calendar." in page.words
    assert "calendar.google" not in page.text


def test_both_clocks_stand_beside_every_date(show: Show) -> None:
    Line.objects.update(**meetings("2027-03-10T18:00", "2027-03-31T18:00"))
    page = show(kind="course", zone="Asia/Tokyo")
    assert "Thursday, 11 March, 03:00 in Tokyo time" in page.words
    assert "Thursday, 1 April, 03:00 in Tokyo time" in page.words


def test_several_services_each_have_their_name_place_and_person(show: Show) -> None:
    booking, first = Booking.objects.get(), Booking.objects.get().line
    Line.objects.update(service_name="Haircut", staff_name="Ana", location_name="Chiado")
    Line.objects.create(
        booking=booking,
        position=2,
        reference="SECOND",
        service_name="Beard trim",
        staff_name="Bruno",
        location_kind="business",
        location_name="Estrela",
        starts=first.ends,
        ends=first.ends + timedelta(minutes=30),
    )
    words = show().words
    haircut, beard = words.index("Haircut", words.index("2 dates")), words.index("Beard trim")
    assert haircut < words.index("With Ana") < beard < words.index("With Bruno")
    assert "Estrela" in words[beard:]


def test_who_comes_and_how_the_price_came_about(show: Show) -> None:
    Line.objects.update(participants=3)
    people = [{"name": "Maria Silva"}, {"name": "Noa"}, {"name": ""}]
    parts = [
        {"what": "Adult", "times": 2, "each": "20.00"},
        {"what": "Child", "times": 1, "each": "12.50"},
    ]
    page = show(
        people=people, price_lines=parts, price_amount=Decimal("52.50"), price_currency="EUR"
    )
    assert "3 people Maria Silva, Noa" in page.words
    assert "52,50" in page.words
    assert re.search(r"2 × Adult, 20\W*€", page.words)
    assert re.search(r"1 × Child, 12,50\W*€", page.words)


def test_an_extra_that_costs_nothing_is_told_too(show: Show) -> None:
    Line.objects.update(add_ons=[{"name": "Herbal tea", "minutes": None, "quantity": 1}])
    page = show(price_lines=[{"what": "", "times": 1, "each": "30"}], price_currency="EUR")
    assert re.search(r"1 × Haircut, 30\W*€ 1 × Herbal tea", page.words)


def test_answers_are_not_shown(show: Show) -> None:
    answers = [{"target": "x", "label": "Allergies", "value": "Nuts", "to_wix": True}]
    page = show(answers=answers, note="By the window")
    assert "Nuts" not in page.text
    assert "By the window" not in page.text


def test_the_file_has_every_date_once_with_a_lasting_id(show: Show, maria: Customer) -> None:
    Line.objects.update(**meetings("2027-03-10T18:00", "2027-03-31T18:00"))
    page = show(kind="course")
    found = re.search(r'href="(/b/[\w-]+/calendar\.ics)"', page.text)
    assert found is not None
    events = [Calendar.from_ical(maria.look(found[1]).text).walk("VEVENT") for _ in range(2)]
    ids = [[str(each["UID"]) for each in found] for found in events]
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == 2
    assert [each.decoded("DTSTART").hour for each in events[0]] == [18, 18]


def test_a_single_thing_at_one_price_has_no_lines(maria: Customer) -> None:
    assert "1 ×" not in maria.look(maria.book()).words
