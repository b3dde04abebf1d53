"""What a customer chooses with an appointment decides its times, its price and what Wix is told."""

import re

import pytest
from pytest_django import Settings

from booking.models import Booking
from tests.flow.choosing import (
    RITUAL,
    booked,
    change,
    chosen,
    facts,
    minutes_at_wix,
)
from tests.in_process import Json, Sandbox
from tests.steps import Customer

pytestmark = pytest.mark.django_db
FACIAL = "facial"  # 30 minutes for 40, 60 for 70
BLOW_DRY = "blow-dry"  # 32 from Ana, 26 from Bruno


@pytest.fixture
def facial(maria: Customer) -> Customer:
    return Customer(maria.client, FACIAL)


@pytest.fixture
def blow_dry(maria: Customer) -> Customer:
    return Customer(maria.client, BLOW_DRY)


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


def test_a_plain_booking_has_no_bill(maria: Customer) -> None:
    assert 'class="bill"' not in maria.look(maria.hold()).text


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
