"""From a link to a confirmed booking that Wix knows about."""

from typing import Any

import pytest
from django.test import Client

from booking.models import Booking, Site
from tests.in_process import Sandbox
from tests.steps import Customer, Worker

pytestmark = pytest.mark.django_db


def test_a_customer_books_a_haircut_that_wix_confirms(maria: Customer, sandbox: Sandbox) -> None:
    page = maria.look(maria.book())
    [booking] = ours(sandbox)
    assert page.main("stage") == "confirmed"
    assert booking["status"] == "CONFIRMED"
    assert booking["paymentStatus"] == "NOT_PAID"
    assert booking["contactDetails"]["email"] == "maria@example.com"


def test_wix_is_told_who_gives_it_where_and_which_line_it_is(
    maria: Customer, sandbox: Sandbox
) -> None:
    maria.book()
    [booking], line = ours(sandbox), Booking.objects.get().line
    slot = booking["bookedEntity"]["slot"]
    assert slot["resource"]["id"] == line.staff_id
    assert slot["location"]["locationType"] == "OWNER_BUSINESS"
    assert slot["timezone"] == "Europe/Lisbon"
    assert booking["externalUserId"] == line.reference


def test_a_free_consultation_owes_nothing(client: Client, site: Site, sandbox: Sandbox) -> None:
    page = Customer(client, "free-consultation").look(Customer(client, "free-consultation").book())
    [booking] = ours(sandbox)
    assert page.main("money") == "nothing_due"
    assert booking["paymentStatus"] == "EXEMPT"


def test_a_booked_time_is_offered_to_nobody_else(maria: Customer, noa: Customer) -> None:
    offer = noa.look("/services/private-yoga/").offers[0]
    Customer(maria.client, "private-yoga").book()
    assert Customer(noa.client, "private-yoga").press(offer).status == 409


def test_the_same_form_sent_five_times_is_one_booking_and_one_mail(
    maria: Customer, sandbox: Sandbox, worker: Worker
) -> None:
    path = maria.hold()
    page = maria.look(path)
    answers = [maria.send(path, page) for _ in range(5)]
    mails = worker.run()
    assert {answer.status for answer in answers} == {303}
    assert len({answer.location for answer in answers}) == 1
    assert len(ours(sandbox)) == 1
    assert [each.to for each in mails] == [["maria@example.com"]]


def test_the_key_changes_when_the_details_are_in(maria: Customer) -> None:
    path = maria.hold()
    page = maria.look(path)
    booked = maria.send(path, page).location
    assert booked != path
    assert maria.look(path).status == 409
    assert "maria@example.com" not in maria.look(path).text


def test_the_table_keeps_no_key(maria: Customer) -> None:
    key = maria.book().split("/")[2]
    row = Booking.objects.values().get()
    assert key not in {str(value) for value in row.values()}


def ours(sandbox: Sandbox) -> list[dict[str, Any]]:
    return [each for each in sandbox.bookings() if each.get("externalUserId")]
