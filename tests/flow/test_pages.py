"""What the pages say, to people and to machines."""

import re
from datetime import datetime

import pytest
from icalendar import Calendar

from booking.models import Booking
from tests.in_process import Sandbox
from tests.steps import Answer, Customer

pytestmark = pytest.mark.django_db


def test_the_service_list_shows_every_service_that_is_not_hidden(maria: Customer) -> None:
    words = maria.look("/").words
    for name in ("Haircut", "Free consultation", "Vinyasa yoga", "Yoga for beginners"):
        assert name in words


def test_prices_are_in_the_sites_currency_and_the_readers_language(maria: Customer) -> None:
    assert "€" in maria.look("/").text
    assert "89,50" in maria.look("/", lang="de").text


@pytest.mark.parametrize("path", ["/", "/services/haircut/", "/my-link/", "/nowhere/"])
def test_every_page_names_the_business_its_phone_and_the_way_there(
    maria: Customer, path: str
) -> None:
    page = maria.look(path)
    assert "Estúdio Calma" in page.words
    assert 'href="tel:+351' in page.text
    assert "Rua Garrett" in page.words


def test_the_price_and_the_policy_stand_before_the_first_time(maria: Customer) -> None:
    text = maria.look().text
    first = text.index('name="slot"')
    assert text.index("35") < first
    assert text.index("cancel") < first


def test_the_first_free_day_is_open_in_the_first_page(maria: Customer) -> None:
    page = maria.look()
    assert len(page.offers) > 3
    assert page.main("kind") == "appointment"


def test_a_calendar_whose_first_time_is_nine_weeks_away_opens_there(
    maria: Customer, sandbox: Sandbox
) -> None:
    sandbox.reset("faraway")
    slug = next(iter(re.findall(r"/services/([^/\"]+)/", maria.look("/").text)))
    assert Customer(maria.client, slug).look().offers


def test_an_empty_day_names_the_next_one(maria: Customer) -> None:
    page = maria.look(date="2027-03-07")
    assert "2027-03-08" in page.text


def test_a_visitor_elsewhere_sees_both_clocks(maria: Customer) -> None:
    page = maria.look(tz="Asia/Kathmandu")
    assert "Lisbon" in page.words
    assert "Kat" in page.words


def test_a_visitor_with_the_same_clock_sees_one(maria: Customer) -> None:
    assert maria.look(tz="Europe/London").words.count("London") <= 1


@pytest.mark.parametrize("zone", ["Etc/GMT+12", "Asia/Kathmandu", "Pacific/Kiritimati"])
def test_no_time_is_lost_or_doubled_for_visitors_far_away(maria: Customer, zone: str) -> None:
    assert len(maria.look(tz=zone).offers) == len(maria.look().offers)


def test_choosing_a_staff_member_shows_only_their_times(maria: Customer, sandbox: Sandbox) -> None:
    ana = next(
        each["staffMemberId"]
        for each in sandbox.service("haircut")["staffMemberDetails"]["staffMembers"]
        if each["name"].startswith("Ana")
    )
    page = maria.look(staff=ana)
    maria.press(page.offers[0])
    assert Booking.objects.get().line.staff_id == ana


def test_hebrew_is_written_from_right_to_left(maria: Customer) -> None:
    assert '<html lang="he" dir="rtl"' in maria.look(lang="he").text


def test_an_older_address_of_a_service_leads_to_todays(maria: Customer, sandbox: Sandbox) -> None:
    old, new = {"name": "old-haircut"}, {"name": "haircut"}
    sandbox.seed(services=[{"slug": "haircut", "supportedSlugs": [old, new]}])
    answer = maria.look("/services/old-haircut/", lang="de")
    assert (answer.status, answer.location) == (301, "/services/haircut/?lang=de")


def test_a_pages_pictures_come_from_us(maria: Customer) -> None:
    text = maria.look("/").text
    [source, *_] = re.findall(r'src="(/media/[^"]+)"', text)
    answer = maria.client.get(source)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert not re.findall(r'(?:src|srcset)="https?://', text)


def test_a_picture_that_wix_does_not_have_is_not_found(maria: Customer, sandbox: Sandbox) -> None:
    sandbox.fault("/media/*", status=404)
    assert maria.look("/media/nothing/320").status == 404


@pytest.mark.parametrize("path", ["/media/x/319", "/media/..%2f/320", "/media/%00/320"])
def test_a_picture_that_is_none_is_not_found(maria: Customer, path: str) -> None:
    assert maria.look(path).status == 404


@pytest.mark.parametrize("part", ["", "calendar.ics"])
def test_a_bookings_page_is_kept_by_nobody(maria: Customer, part: str) -> None:
    answer = maria.look(f"{maria.book()}{part}".replace("/?", "/"))
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_nothing_foreign_may_run_on_a_page(maria: Customer) -> None:
    policy = maria.look("/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_the_truth_page_tells_what_when_where_who_and_what_is_due(maria: Customer) -> None:
    page = maria.look(maria.book())
    booking = Booking.objects.get()
    for fact in ("Haircut", booking.reference, booking.line.staff_name, "35"):
        assert fact in page.words
    assert booking.line.location_name in page.words


def test_the_calendar_file_has_one_event_with_a_lasting_id(maria: Customer) -> None:
    path = maria.book()
    first, second = (_event(maria.look(f"{path}calendar.ics")) for _ in range(2))
    assert first["UID"] == second["UID"]
    assert isinstance(first.decoded("dtstart"), datetime)


def test_a_held_time_has_no_calendar_file_yet(maria: Customer) -> None:
    assert maria.look(f"{maria.hold()}calendar.ics").status == 404


def _event(answer: Answer) -> Calendar:
    [event] = Calendar.from_ical(answer.text).walk("VEVENT")
    return event  # type: ignore[return-value]  # an event is a component like a calendar
