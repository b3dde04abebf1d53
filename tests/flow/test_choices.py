"""What a customer chooses with an appointment decides its times, its price and what Wix is told."""

import re
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl

import pytest
import time_machine
from django.utils import timezone
from pytest_django import Settings

from booking.models import Booking
from tests.in_process import Json, Sandbox
from tests.steps import Answer, Customer

pytestmark = pytest.mark.django_db
FACIAL = "facial"  # 30 minutes for 40, 60 for 70
RITUAL = "scalp-ritual"  # 50 minutes for 42; two longer extras of which one, and up to three oils
BLOW_DRY = "blow-dry"  # 32 from Ana, 26 from Bruno


@pytest.fixture
def facial(maria: Customer) -> Customer:
    return Customer(maria.client, FACIAL)


@pytest.fixture
def ritual(maria: Customer) -> Customer:
    return Customer(maria.client, RITUAL)


@pytest.fixture
def blow_dry(maria: Customer) -> Customer:
    return Customer(maria.client, BLOW_DRY)


def extras_of(sandbox: Sandbox) -> dict[str, str]:
    """The parameter that asks for each extra of the ritual, by its name."""
    asked = {"serviceId": sandbox.service(RITUAL)["id"]}
    path = "/bookings/v2/services/add-on-groups/list-add-on-groups-by-service-id"
    groups = sandbox.call("POST", path, asked).json()["addOnGroupsDetails"]
    return {one["name"]: f"extra-{one['addOnId']}" for group in groups for one in group["addOns"]}


@pytest.fixture
def extras(sandbox: Sandbox) -> dict[str, str]:
    return extras_of(sandbox)


def booked(sandbox: Sandbox) -> Json:
    [ours] = [each for each in sandbox.bookings() if each.get("externalUserId")]
    return ours


def minutes_at_wix(booking: Json) -> int:
    slot = booking["bookedEntity"]["slot"]
    return round((at(slot["endDate"]) - at(slot["startDate"])) / 60)


def at(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


def facts(page: Answer) -> str:
    """What the top of the page says of the service."""
    found = re.search(r'<header class="about">.*?</header>', page.text, re.DOTALL)
    return words_of(found[0] if found else "")


def words_of(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", text)).strip()


def chosen(page: Answer) -> list[str]:
    """The links that are marked as chosen."""
    links = re.findall(r'<a [^>]*aria-current="true"[^>]*>(.*?)</a>', page.text, re.DOTALL)
    return [words_of(each) for each in links]


def a_moment_later() -> time_machine.travel:
    """What was asked of Wix a second or two ago is asked anew."""
    return time_machine.travel(timezone.now() + timedelta(seconds=10))


def change(sandbox: Sandbox, slug: str, **changes: Any) -> None:
    sandbox.seed(services=[{"slug": slug, **changes}])


def test_lengths_are_links_with_their_price_and_one_is_marked(facial: Customer) -> None:
    page = facial.look()
    assert "Express, 30 min – 40 €" in chosen(page)
    assert "Full, 1 h – 70 €" in page.words
    assert "Full, 1 h – 70 €" in chosen(facial.look(length="60"))


def test_facts_follow_what_is_chosen(facial: Customer) -> None:
    assert "30 min 40 €" in facts(facial.look())
    assert "1 h 70 €" in facts(facial.look(length="60"))


def test_a_length_is_booked_with_its_price_and_its_time(facial: Customer, sandbox: Sandbox) -> None:
    path = facial.press(facial.look(length="60").offers[0], length="60").location
    assert "70 €" in facial.look(path).words
    facial.send(path)
    ours = booked(sandbox)
    [choice] = ours["participantsChoices"]["serviceChoices"]
    assert choice["choices"][0]["duration"]["minutes"] == 60
    assert minutes_at_wix(ours) == 60
    assert ours["status"] == "CONFIRMED"


@pytest.mark.parametrize("length", ["45", "0", "-30", "99999999", "half", "٣٠"])
def test_a_link_to_a_length_there_is_not_shows_the_usual_one_and_says_so(
    facial: Customer, length: str
) -> None:
    page = facial.look(length=length)
    assert page.status == 200
    assert 'class="message"' in page.text
    assert "Express, 30 min – 40 €" in chosen(page)
    assert facial.press(page.offers[0]).status == 303


def test_a_length_that_was_withdrawn_before_the_press_is_refused_with_a_way_back(
    facial: Customer, sandbox: Sandbox
) -> None:
    offer = facial.look(length="60").offers[0]
    schedule = sandbox.service(FACIAL)["schedule"]
    schedule["availabilityConstraints"] |= {"sessionDurations": [30]}
    change(sandbox, FACIAL, schedule=schedule)
    answer = facial.press(offer, length="60")
    assert answer.status == 422
    assert "60 minutes" in answer.words
    assert 'href="/services/facial/' in answer.text
    assert not Booking.objects.exists()


def test_a_time_of_one_length_is_not_sold_as_another(facial: Customer) -> None:
    answer = facial.press(facial.look().offers[0], length="60")
    assert answer.status == 422
    assert not Booking.objects.exists()


def test_each_person_s_link_says_what_they_cost_and_anyone_s_says_the_range(
    blow_dry: Customer,
) -> None:
    page = blow_dry.look()
    assert "Anyone – 26 €–32 €" in page.words
    assert "Ana Ribeiro – 32 €" in page.words
    assert "from 26 €" in facts(page)


def test_a_person_s_price_is_told_at_the_top_at_each_time_and_in_the_booking(
    blow_dry: Customer, sandbox: Sandbox
) -> None:
    ana = sandbox.service(BLOW_DRY)["staffMemberIds"][0]
    page = blow_dry.look(staff=ana)
    assert "40 min 32 €" in facts(page)
    times = page.text.partition('id="times"')[2]
    assert times.count("<small>32\N{NO-BREAK SPACE}€</small>") == times.count('name="slot"')
    assert "32 €" in blow_dry.look(blow_dry.press(page.offers[0]).location).words


def test_who_takes_anyone_pays_what_the_time_s_button_says(
    blow_dry: Customer, sandbox: Sandbox
) -> None:
    page = blow_dry.look(date="2027-03-03")  # a Wednesday: both work in Chiado
    buttons = re.findall(r'value="([^"]+)">(.*?)</button>', page.text.partition('id="times"')[2])
    told = {re.findall(r"<small>(.*?)</small>", words)[0] for _, words in buttons}
    assert told == {"32\N{NO-BREAK SPACE}€", "26\N{NO-BREAK SPACE}€"}
    cheap = next(value for value, words in buttons if "26" in words)
    blow_dry.send(blow_dry.press(cheap).location)
    assert Booking.objects.get().price_amount == 26
    assert booked(sandbox)["bookedEntity"]["slot"]["resource"]["name"] == "Bruno Tavares"


def test_extras_have_a_name_more_time_and_a_price(ritual: Customer) -> None:
    page = ritual.look().words
    assert "Would you like to stay? at most 1" in page
    assert "Neck massage + 20 min, 5 €" in page
    assert "Hair oil, 50 ml up to 3 5 € each" in page


def test_what_is_ticked_stays_ticked_and_is_counted_in(
    ritual: Customer, extras: dict[str, str]
) -> None:
    page = ritual.look(**{extras["Neck massage"]: "1", extras["Hair oil, 50 ml"]: "2"})
    assert "1 h 10 min 57 €" in facts(page)
    assert "1 h 10 min , 57 €" in page.words
    assert f'name="{extras["Neck massage"]}" value="1" checked' in page.text
    assert f'name="{extras["Hair oil, 50 ml"]}" value="2"' in page.text
    assert f"{extras['Neck massage']}=1" in page.text.partition('class="days"')[2]


def test_extras_are_booked_with_their_time_and_their_number(
    ritual: Customer, sandbox: Sandbox, extras: dict[str, str]
) -> None:
    wanted = {extras["Neck massage"]: "1", extras["Hair oil, 50 ml"]: "2"}
    path = ritual.press(ritual.look(**wanted).offers[0], **wanted).location
    page = ritual.look(path).words
    assert "Neck massage 5 €" in page
    assert "2 × Hair oil, 50 ml 10 €" in page
    assert "In all 57 €" in page
    ritual.send(path)
    ours = booked(sandbox)
    told = [
        (e["name"], e.get("durationInMinutes"), e.get("quantity")) for e in ours["bookedAddOns"]
    ]
    assert told == [("Neck massage", 20, None), ("Hair oil, 50 ml", None, 2)]
    assert minutes_at_wix(ours) == 70
    assert ours["status"] == "CONFIRMED"


def test_a_plain_booking_has_no_bill(maria: Customer) -> None:
    assert 'class="bill"' not in maria.look(maria.hold()).text


def test_too_many_of_a_group_are_told_kept_and_left_out_of_the_times(
    ritual: Customer, extras: dict[str, str]
) -> None:
    both = {extras["Neck massage"]: "1", extras["Hot towels"]: "1", extras["Hair oil, 50 ml"]: "1"}
    page = ritual.look(**both)
    assert page.status == 200
    assert "Only 1 of these can be had." in page.words
    assert page.text.count(" checked") == 2
    assert "50 min 47 €" in facts(page)
    times = page.text.partition('id="times"')[2]
    hidden = re.findall(r'type="hidden" name="(extra-[^"]+)"', times)
    assert set(hidden) == {extras["Hair oil, 50 ml"]}
    assert ritual.press(page.offers[0], **{extras["Hair oil, 50 ml"]: "1"}).status == 303


@pytest.mark.parametrize(
    "asked",
    [
        {"Hair oil, 50 ml": "4"},
        {"Hair oil, 50 ml": "-1"},
        {"Hair oil, 50 ml": "many"},
        {"Neck massage": "2"},
        {"Neck massage": "1", "Hot towels": "1"},
    ],
    ids=str,
)
def test_what_cannot_be_had_is_refused_when_it_is_pressed(
    ritual: Customer, extras: dict[str, str], asked: dict[str, str]
) -> None:
    offer = ritual.look().offers[0]
    told = {extras[name]: count for name, count in asked.items()}
    assert ritual.look(**told).status == 200
    answer = ritual.press(offer, **told)
    assert answer.status == 422
    assert 'href="/services/scalp-ritual/' in answer.text
    assert not Booking.objects.exists()


@pytest.mark.parametrize("name", ["extra-", "extra-nothing", "extra-" + "x" * 300, "extra-%00"])
def test_an_extra_of_no_service_is_passed_over_in_a_link_and_refused_in_a_press(
    ritual: Customer, name: str
) -> None:
    page = ritual.look(**{name: "1"})
    assert page.status == 200
    assert 'class="message"' in page.text
    assert ritual.press(page.offers[0], **{name: "1"}).status == 422


def test_an_extra_that_was_withdrawn_before_the_press_is_named_and_the_rest_comes_along(
    ritual: Customer, sandbox: Sandbox, extras: dict[str, str]
) -> None:
    wanted = {extras["Neck massage"]: "1", extras["Hair oil, 50 ml"]: "2"}
    offer = ritual.look(**wanted).offers[0]
    groups = sandbox.service(RITUAL)["addOnGroups"]
    change(sandbox, RITUAL, addOnGroups=groups[1:])
    with a_moment_later():
        answer = ritual.press(offer, **wanted)
    assert answer.status == 422
    assert "“Neck massage” is not on offer any more." in answer.words
    assert not Booking.objects.exists()
    found = re.search(r'href="/services/scalp-ritual/\?([^"]*)"', answer.text)
    assert found
    assert dict(parse_qsl(found[1])) == {extras["Hair oil, 50 ml"]: "2"}
    with a_moment_later():
        assert "Neck massage" not in ritual.look(**dict(parse_qsl(found[1]))).words


def test_an_extra_that_takes_longer_now_is_not_squeezed_into_the_old_time(
    ritual: Customer, sandbox: Sandbox, extras: dict[str, str]
) -> None:
    wanted = {extras["Neck massage"]: "1"}
    offer = ritual.look(**wanted).offers[0]
    sandbox.seed(addOns=[{"slug": "neck-massage", "durationInMinutes": 30}])
    with a_moment_later():
        assert ritual.press(offer, **wanted).status in (409, 422)
    assert not Booking.objects.exists()


@pytest.mark.parametrize(
    ("slug", "changes", "price"),
    [
        ("haircut", {"payment": {"fixed": {"price": {"value": "38", "currency": "EUR"}}}}, "38"),
        (RITUAL, {"payment": {"fixed": {"price": {"value": "50", "currency": "EUR"}}}}, "50"),
    ],
)
def test_a_price_that_changed_before_the_press_is_the_one_that_is_shown(
    maria: Customer, sandbox: Sandbox, slug: str, changes: Json, price: str
) -> None:
    customer = Customer(maria.client, slug)
    offer = customer.look().offers[0]
    change(sandbox, slug, **changes)
    assert f"{price} €" in customer.look(customer.press(offer).location).words


def test_a_length_s_price_is_the_one_that_wix_has_when_it_is_pressed(
    facial: Customer, sandbox: Sandbox
) -> None:
    offer = facial.look(length="60").offers[0]
    path = f"/bookings/v1/serviceOptionsAndVariants/service_id/{sandbox.service(FACIAL)['id']}"
    told = sandbox.call("GET", path).json()["serviceVariants"]
    told["variants"]["values"][1]["price"]["value"] = "75"
    sandbox.seed(options=[told])
    assert "75 €" in facial.look(facial.press(offer, length="60").location).words


def test_without_wix_s_preview_the_price_list_says_what_a_length_costs(
    facial: Customer, sandbox: Sandbox
) -> None:
    offer = facial.look(length="60").offers[0]
    sandbox.fault("*pricing*", status=403)
    path = facial.press(offer, length="60").location
    assert "70 €" in facial.look(path).words


def test_somebody_who_gives_it_no_longer_is_not_booked(
    blow_dry: Customer, sandbox: Sandbox
) -> None:
    ana = sandbox.service(BLOW_DRY)["staffMemberIds"][0]
    offer = blow_dry.look(staff=ana).offers[0]
    change(sandbox, BLOW_DRY, staffMemberIds=["bruno"])
    answer = blow_dry.press(offer)
    assert answer.status == 409
    assert 'href="/services/blow-dry/' in answer.text


def test_choosing_another_time_keeps_the_length_and_the_extras(
    ritual: Customer, extras: dict[str, str]
) -> None:
    wanted = {extras["Hot towels"]: "1"}
    held = ritual.look(ritual.press(ritual.look(**wanted).offers[0], **wanted).location)
    assert f"{extras['Hot towels']}=1" in held.text


def test_the_older_availability_api_offers_the_usual_length_and_says_where_to_get_others(
    settings: Settings, sandbox: Sandbox, request: pytest.FixtureRequest
) -> None:
    settings.WIX_AVAILABILITY_API = "availability-calendar"
    facial = Customer(request.getfixturevalue("maria").client, FACIAL)
    page = facial.look()
    assert "Other lengths and longer extras are booked with the business itself." in page.words
    assert "Full, 1 h" not in page.words
    facial.book()
    assert minutes_at_wix(booked(sandbox)) == 30
    ritual = Customer(facial.client, RITUAL).look().words
    assert "Neck massage" not in ritual
    assert "Hair oil, 50 ml" in ritual
