"""Several services in one visit are kept, booked and lost as a whole, where the owner allows it."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from booking.models import Attempt, Booking, Hold
from tests.in_process import Json, Sandbox
from tests.steps import Answer, Customer, Worker

pytestmark = pytest.mark.django_db
TOGETHER = "/together/"
CREATE = "*/multi_service_bookings"
CONFIRM = "*/multi_service_bookings/*/confirm"
CUT, TRIM = "haircut", "beard-trim"


class _Values(Answer):
    """A page of rows."""

    @property
    def rows(self) -> list[str]:
        return re.findall(r'name="row" value="([^"]+)"', self.text)


def look(customer: Customer, *slugs: str, place: str = "Chiado", **more: Any) -> _Values:
    """The page with these services chosen, in this order."""
    asked = {"service": [*slugs], **more}
    page = _Values(customer.client.get(TOGETHER, asked))
    found = re.search(rf'name="location" value="([^"]+)"[^>]*>(?:<span>)?{place}', page.text)
    if found is None or "location" in more:
        return page
    return _Values(customer.client.get(TOGETHER, {**asked, "location": found[1]}))


def press(customer: Customer, row: str, **fields: str) -> Answer:
    return Answer(customer.client.post(f"{TOGETHER}hold/", {"row": row, **fields}))


def hold(customer: Customer, *slugs: str, number: int = 0) -> str:
    answer = press(customer, look(customer, *slugs or (CUT, TRIM)).rows[number])
    assert answer.status == 303, answer.words
    return answer.location


def ours(sandbox: Sandbox) -> list[Json]:
    """Maria's bookings at Wix."""
    return [each for each in sandbox.bookings() if each.get("externalUserId")]


def later(**time: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(**time))


def wait(sandbox: Sandbox, worker: Worker, seconds: int) -> None:
    """Let the worker look again and again, here and at Wix, for so long."""
    for gone in range(10, seconds, 10):
        sandbox.advance(10)
        with later(seconds=gone):
            worker.run()


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


def test_a_visit_is_one_booking_of_ours_and_one_package_at_wix(
    maria: Customer, sandbox: Sandbox
) -> None:
    path = hold(maria)
    page = maria.look(path)
    assert "Haircut 35 € Beard trim 18 € In all 53 €" in page.words
    confirmed = maria.look(maria.send(path).location)
    assert confirmed.main("stage") == "confirmed"
    cut, trim = ours(sandbox)
    assert [cut["status"], trim["status"]] == ["CONFIRMED", "CONFIRMED"]
    info = [each["multiServiceBookingInfo"]["id"] for each in (cut, trim)]
    booking = Booking.objects.get()
    assert {booking.package_id} == set(info)
    slots = [each["bookedEntity"]["slot"] for each in (cut, trim)]
    assert slots[0]["endDate"] == slots[1]["startDate"]
    assert [each["externalUserId"] for each in (cut, trim)] == [
        each.reference for each in booking.lines.all()
    ]


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


def test_a_part_that_was_taken_meanwhile_is_told_with_a_way_back(
    maria: Customer, sandbox: Sandbox
) -> None:
    row = look(maria, CUT, TRIM, date="2027-03-03").rows[0]
    sandbox.book(TRIM, "2027-03-03T10:30", staff="bruno")
    answer = press(maria, row)
    assert answer.status == 409
    assert "none of them was booked" in answer.words
    assert answer.text.count("service=") >= 2
    assert not Booking.objects.exists()


def test_a_part_that_is_lost_while_somebody_types_loses_the_whole(
    maria: Customer, sandbox: Sandbox, worker: Worker
) -> None:
    path = press(maria, look(maria, CUT, TRIM, date="2027-03-03").rows[0]).location
    sandbox.book(TRIM, "2027-03-03T10:30", staff="bruno")
    page = maria.look(maria.send(path).location)
    worker.run()
    assert page.main("stage") == "declined"
    assert [each for each in ours(sandbox) if each["status"] not in ("DECLINED", "CANCELED")] == []


def test_a_part_that_is_lost_between_making_and_confirming_loses_the_whole(
    maria: Customer, sandbox: Sandbox, worker: Worker
) -> None:
    path = hold(maria)
    sandbox.fault(CONFIRM, status=428, code="NO_OPEN_SPOTS")
    page = maria.look(maria.send(path).location)
    sandbox.clear_faults()
    worker.run()
    assert page.main("stage") == "declined"
    assert [each["status"] for each in ours(sandbox)] == ["DECLINED", "DECLINED"]


@pytest.mark.parametrize("lag", [0, 15])
def test_a_visit_whose_answer_was_lost_is_found_again(
    maria: Customer, sandbox: Sandbox, worker: Worker, lag: int
) -> None:
    sandbox.settings(readerLagSeconds=lag)
    path = hold(maria)
    sandbox.fault(CREATE, lose_answer=True, times=1)
    answer = maria.send(path)
    wait(sandbox, worker, 200)
    assert maria.look(answer.location).main("stage") == "confirmed"
    assert [each["status"] for each in ours(sandbox)] == ["CONFIRMED", "CONFIRMED"]


def test_a_second_package_made_in_doubt_is_taken_back(
    maria: Customer, sandbox: Sandbox, worker: Worker
) -> None:
    sandbox.settings(readerLagSeconds=45)
    path = hold(maria)
    sandbox.fault(CREATE, lose_answer=True, times=1)
    answer = maria.send(path)
    wait(sandbox, worker, 400)
    assert maria.look(answer.location).main("stage") == "confirmed"
    assert sorted(each["status"] for each in ours(sandbox)) == ["CONFIRMED"] * 2 + ["DECLINED"] * 2


def test_a_confirmation_whose_answer_was_lost_is_not_made_twice(
    maria: Customer, sandbox: Sandbox, worker: Worker
) -> None:
    path = hold(maria)
    sandbox.fault(CONFIRM, lose_answer=True, times=1)
    answer = maria.send(path)
    with later(seconds=60):
        worker.run()
    assert maria.look(answer.location).main("stage") == "confirmed"
    assert len(ours(sandbox)) == 2
    assert not Attempt.objects.filter(settled=None).exists()


def test_another_time_is_chosen_for_the_same_services_and_lets_the_first_go(
    maria: Customer,
) -> None:
    page = maria.look(hold(maria))
    found = re.search(r'data-again href="([^"]+)"', page.text)
    assert found
    again = _Values(maria.client.get(found[1].replace("&amp;", "&")))
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
