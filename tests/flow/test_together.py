"""Several services in one visit are chosen and kept as a whole, where the owner allows it."""

import re
from typing import Any

import pytest
from django.utils import timezone

from booking.models import Booking, Hold
from tests.flow.visits import CUT, TOGETHER, TRIM, hold, later, look, ours, press
from tests.in_process import Sandbox
from tests.steps import Answer, Customer

pytestmark = pytest.mark.django_db


def switch(sandbox: Sandbox, *, on: bool) -> None:
    sandbox.seed(bookingsSettings={"multiServiceAppointments": {"enabled": on}})


def test_a_service_leads_to_a_visit_where_the_owner_allows_it(
    maria: Customer, sandbox: Sandbox
) -> None:
    link = 'href="/together/?service=haircut"'
    assert link in maria.look().text
    switch(sandbox, on=False)
    with later(hours=2):
        maria.look()  # what is known of the settings is asked anew beside this page
    with later(hours=2, seconds=30):
        assert link not in maria.look().text
        assert maria.look(TOGETHER).status == 404


def test_where_the_settings_may_not_be_read_nothing_is_offered(
    maria: Customer, sandbox: Sandbox
) -> None:
    sandbox.fault("*/bookings-settings/v2/settings", status=403)
    page = maria.look()
    assert page.status == 200
    assert TOGETHER not in page.text
    assert maria.look(TOGETHER).status == 404


@pytest.mark.parametrize("slug", ["facial", "private-yoga", "bridal-styling"])
def test_what_needs_a_choice_an_answer_or_the_owner_stays_alone(maria: Customer, slug: str) -> None:
    assert TOGETHER not in maria.look(f"/services/{slug}/").text
    assert f'value="{slug}"' not in maria.look(TOGETHER).text


def test_a_row_says_when_what_and_with_whom(maria: Customer) -> None:
    words = look(maria, CUT, TRIM, date="2027-03-03").words  # a Wednesday: both in Chiado
    assert "Together: 1 h 15 min , 53 €" in words
    assert re.search(r"10:00 Haircut, Ana Ribeiro or Bruno Tavares 10:45 Beard trim, Bruno", words)


def test_services_are_given_in_the_order_they_were_chosen(maria: Customer) -> None:
    words = look(maria, TRIM, CUT, date="2027-03-03").words
    assert re.search(r"10:00 Beard trim, Bruno Tavares 10:30 Haircut", words)
    page = look(maria, TRIM, CUT).text
    assert "?service=haircut&amp;service=beard-trim" in page  # the link that puts it earlier


def test_another_language_keeps_the_services(maria: Customer) -> None:
    page = look(maria, TRIM, CUT).text
    links = re.findall(r'href="(\?[^"]*lang=de[^"]*)"', page)
    assert links
    assert "service=beard-trim&amp;service=haircut" in links[0]


def test_each_part_is_kept_from_others_until_it_is_booked(maria: Customer, noa: Customer) -> None:
    rows = look(noa, CUT, TRIM).rows
    hold(maria)
    assert Hold.objects.count() == 2
    line_of_bruno = Booking.objects.get().lines.last()
    assert line_of_bruno
    assert press(noa, rows[0]).status == 409
    assert rows[0] not in look(noa, CUT, TRIM).rows
    alone = Customer(noa.client, TRIM)
    day = timezone.localdate(line_of_bruno.starts).isoformat()
    clock = line_of_bruno.starts.strftime("%H:%M")
    assert f"<b>{clock}</b>" not in alone.look(date=day).text.partition('id="times"')[2]


def test_a_person_may_be_chosen_for_each_service(maria: Customer, sandbox: Sandbox) -> None:
    ana = sandbox.service(CUT)["staffMemberIds"][0]
    page = look(maria, CUT, TRIM, **{f"staff-{CUT}": ana})
    assert "Haircut, Ana Ribeiro Beard" not in page.words
    path = press(maria, page.rows[0]).location
    assert [each.staff_name for each in Booking.objects.get().lines.all()] == [
        "Ana Ribeiro",
        "Bruno Tavares",
    ]
    maria.send(path)
    assert {each["status"] for each in ours(sandbox)} == {"CONFIRMED"}


def test_another_time_is_chosen_for_the_same_services_and_lets_the_first_go(
    maria: Customer,
) -> None:
    page = maria.look(hold(maria))
    found = re.search(r'data-again href="([^"]+)"', page.text)
    assert found
    again = Answer(maria.client.get(found[1].replace("&amp;", "&")))
    assert "Choose another time." in again.words
    answer = press(maria, again.rows[-1], again=page.again)
    assert answer.status == 303
    assert sorted(Booking.objects.values_list("stage", flat=True)) == ["expired", "held"]


def test_a_visit_whose_minutes_are_over_leads_back_to_its_services(maria: Customer) -> None:
    path = hold(maria)
    with later(minutes=11):
        page = maria.look(path)
    assert page.status == 410
    assert page.text.count("service=") >= 2


@pytest.mark.parametrize(
    "query",
    [
        {"service": ["nothing"]},
        {"service": [CUT, CUT]},
        {"service": [CUT, "facial"]},
        {"service": ["x" * 300] * 40},
        {"service": [CUT, TRIM], "location": "nowhere"},
        {"service": [CUT, TRIM], "staff-haircut": "nobody"},
        {"service": [CUT, TRIM], "date": "9999-12-31"},
        {"service": [CUT, TRIM], "date": "yesterday"},
    ],
    ids=["unknown", "twice", "of another kind", "endless", "place", "person", "far", "no day"],
)
def test_a_link_that_makes_no_sense_still_shows_the_page(maria: Customer, query: Any) -> None:
    assert Answer(maria.client.get(TOGETHER, query)).status == 200


@pytest.mark.parametrize("row", ["", "forged", "x" * 5000])
def test_a_forged_row_is_refused(maria: Customer, row: str) -> None:
    assert press(maria, row).status == 400
    assert not Booking.objects.exists()


def test_a_time_of_one_service_is_no_row(maria: Customer) -> None:
    assert press(maria, maria.look().offers[0]).status == 400


def test_a_service_that_was_closed_before_the_press_is_named(
    maria: Customer, sandbox: Sandbox
) -> None:
    row = look(maria, CUT, TRIM).rows[0]
    sandbox.seed(services=[{"slug": TRIM, "onlineBooking": {"enabled": False}}])
    answer = press(maria, row)
    assert answer.status == 422
    assert "“Beard trim” cannot be had together" in answer.words


def test_a_double_click_keeps_one_visit(maria: Customer) -> None:
    row = look(maria, CUT, TRIM).rows[0]
    assert press(maria, row).location == press(maria, row).location
    assert Booking.objects.count() == 1


def test_weeks_without_a_time_lead_on(maria: Customer) -> None:
    page = look(maria, "free-consultation", "scalp-ritual", place="Estrela")
    assert page.status == 200
    further = look(maria, CUT, TRIM, date="2027-04-20")
    assert "Four weeks earlier" in further.words
    assert "Four weeks later" in further.words
