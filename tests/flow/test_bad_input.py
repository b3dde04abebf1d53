"""Nonsense gets a clear page with the right status, and changes nothing."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import signing
from django.utils import timezone

from booking.actions.choices import SALT
from booking.models import Attempt, Booking
from tests.in_process import Sandbox
from tests.steps import Answer, Customer

pytestmark = pytest.mark.django_db


def is_a_page_to_act_on(answer: Answer) -> bool:
    """A whole page of ours, with a way on and no trace of what broke."""
    return "<main" in answer.text and "href=" in answer.text and "Traceback" not in answer.text


@pytest.mark.parametrize("slug", ["nothing", "תספורת", "a" * 300, "..%2f..", "haircut%00"])
def test_an_unknown_service_is_not_found(maria: Customer, slug: str) -> None:
    answer = maria.look(f"/services/{slug}/")
    assert answer.status == 404
    assert is_a_page_to_act_on(answer)


def test_a_hidden_service_is_not_found(maria: Customer) -> None:
    assert maria.look("/services/team-haircut/").status == 404
    assert "Team haircut" not in maria.look("/").text


def test_a_service_that_is_closed_online_says_so_and_offers_nothing(maria: Customer) -> None:
    answer = maria.look("/services/hair-extensions/")
    assert (answer.status, answer.offers) == (200, [])


@pytest.mark.parametrize("slug", ["relaxing-massage", "colour-and-gloss"])
def test_what_must_be_paid_online_is_not_bookable_yet_and_says_why(
    maria: Customer, slug: str
) -> None:
    answer = maria.look(f"/services/{slug}/")
    assert (answer.status, answer.offers) == (200, [])
    assert "online" in answer.words


@pytest.mark.parametrize(
    "query",
    [
        {"date": "2020-01-01"},
        {"date": "yesterday"},
        {"date": "2027-02-30"},
        {"date": "0001-01-01"},
        {"date": "9999-12-31"},
        {"date": "2027-03-02\x00"},
        {"date": "٢٠٢٧-٠٣-٠٢"},
        {"month": "9999-12"},
        {"month": "0001-01"},
        {"month": "2027-13"},
        {"month": "x" * 3000},
        {"tz": "Mars/Olympus"},
        {"tz": "../../etc/passwd"},
        {"staff": "nobody"},
        {"location": "nowhere"},
        {"lang": "xx"},
        {"lang": "../../etc"},
        {"again": "forged"},
    ],
    ids=str,
)
def test_a_link_that_makes_no_sense_still_shows_times(
    maria: Customer, query: dict[str, str]
) -> None:
    answer = maria.look(**query)
    assert answer.status == 200
    assert answer.offers


@pytest.mark.parametrize(
    "query", [{"date": "2020-01-01"}, {"date": "yesterday"}, {"tz": "Mars/Olympus"}, {"staff": "x"}]
)
def test_a_link_that_could_not_be_followed_says_so(maria: Customer, query: dict[str, str]) -> None:
    notice = 'class="message"'
    assert notice in maria.look(**query).text
    assert notice not in maria.look().text


@pytest.mark.parametrize(
    "slot",
    [
        "",
        "forged",
        "x" * 5000,
        signing.dumps(["another", "shape"], salt=SALT),
        signing.dumps("text", salt=SALT),
        signing.dumps({"a": 1}, salt=SALT),
        signing.dumps([1, 2, 3, 4, 5, 6, 7], salt=SALT),
        signing.dumps(["a", 1e300, 2, "business", "", "", ""], salt=SALT),
        signing.dumps(["haircut", 1, 2, "business", "", "", ""], salt="another purpose"),
    ],
    ids=[  # a signature has the time in it; an id must be the same in every process
        "nothing",
        "no signature",
        "endless",
        "another shape",
        "text",
        "a mapping",
        "numbers",
        "the end of time",
        "another purpose",
    ],
)
def test_a_forged_time_is_refused(maria: Customer, sandbox: Sandbox, slot: str) -> None:
    answer = maria.press(slot)
    assert answer.status == 400
    assert is_a_page_to_act_on(answer)
    assert Booking.objects.count() == 0


def test_a_page_of_times_from_yesterday_is_too_old_to_book_from(maria: Customer) -> None:
    offer = maria.look().offers[-1]
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert maria.press(offer).status == 400


def test_a_time_of_another_service_is_refused(maria: Customer) -> None:
    offer = maria.look().offers[0]
    assert Customer(maria.client, "scalp-ritual").press(offer).status == 400


@pytest.mark.parametrize("key", ["x", "A" * 22, "A" * 4000, "%00", "..", "אבג"])
@pytest.mark.parametrize("part", ["", "calendar.ics"])
def test_a_wrong_booking_key_opens_nothing(maria: Customer, key: str, part: str) -> None:
    maria.book()
    answer = maria.look(f"/b/{key}/{part}")
    assert answer.status == 404
    assert "maria@example.com" not in answer.text


def test_a_wrong_key_sends_nothing(maria: Customer) -> None:
    fields = {"first_name": "Eve", "email": "eve@example.com", "press": "p"}
    assert maria.client.post("/b/AAAAAAAAAAAAAAAAAAAAAA/details/", fields).status_code == 404
    assert maria.client.post("/b/AAAAAAAAAAAAAAAAAAAAAA/extend/").status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"first_name": ""},
        {"first_name": "x" * 101},
        {"first_name": "a\x07b"},
        {"first_name": "a\x00b"},
        {"last_name": "line\nbreak"},
        {"email": ""},
        {"email": "nobody"},
        {"email": "a@b@c"},
        {"email": "maria@example.com\r\nBcc: all@example.com"},
        {"email": "x" * 300 + "@example.com"},
        {"phone": "call me"},
        {"phone": "1"},
        {"note": "x" * 1001},
        {"note": "bell\x07"},
    ],
    ids=str,
)
def test_details_that_cannot_be_right_are_given_back_as_they_were_typed(
    maria: Customer, wrong: dict[str, Any]
) -> None:
    path = maria.hold()
    answer = maria.send(path, **({"last_name": "Silva"} | wrong))
    assert answer.status == 422
    assert answer.main("stage") == "held"
    assert "<title>Error" in answer.text
    assert answer.field("last_name") == wrong.get("last_name", "Silva")
    assert not Attempt.objects.exists()


def test_a_phone_number_is_sent_to_wix_in_its_international_form(
    maria: Customer, sandbox: Sandbox
) -> None:
    maria.book(phone="912 345 678")
    [booking] = [each for each in sandbox.bookings() if each.get("externalUserId")]
    assert booking["contactDetails"]["phone"] == "+351912345678"


def test_an_oversized_form_is_refused(maria: Customer) -> None:
    path = maria.hold()
    answer = maria.send(path, note="x" * 300_000)
    assert answer.status == 400
    assert is_a_page_to_act_on(answer)


def test_a_form_of_a_thousand_fields_is_refused(maria: Customer) -> None:
    path = maria.hold()
    fields: dict[str, Any] = {f"field{at}": "x" for at in range(1000)}
    assert maria.send(path, **fields).status == 400


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "/services/haircut/hold/"),
        ("post", "/services/haircut/"),
        ("post", "/"),
        ("delete", "/my-link/"),
    ],
)
def test_another_method_is_not_allowed(maria: Customer, method: str, path: str) -> None:
    call: Any = getattr(maria.client, method)
    assert call(path).status_code == 405


def test_markup_in_a_services_texts_is_shown_as_text(maria: Customer, sandbox: Sandbox) -> None:
    nasty = "<script>alert(1)</script><b>Bold"
    sandbox.seed(services=[{"slug": "haircut", "name": nasty, "description": nasty}])
    for path in ("/", "/services/haircut/"):
        text = maria.look(path).text
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert(1)" in text


def test_what_a_customer_types_is_shown_as_text(maria: Customer) -> None:
    text = maria.look(maria.book(first_name="<i>Maria</i>")).text
    assert "<i>Maria" not in text


def test_too_many_presses_in_a_minute_are_slowed_down(maria: Customer, settings: Any) -> None:
    settings.PRESSES_PER_MINUTE = 2
    statuses = [maria.press("forged").status for _ in range(4)]
    assert statuses[-1] == 429


def test_the_lost_link_form_answers_the_same_for_everybody(maria: Customer) -> None:
    maria.book()
    known = Answer(maria.client.post("/my-link/", {"email": "maria@example.com"}))
    unknown = Answer(maria.client.post("/my-link/", {"email": "stranger@example.com"}))
    assert (known.status, known.text) == (unknown.status, unknown.text)
