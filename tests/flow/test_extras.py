"""Extras add time, a price or both, and never more than the business allows."""

import re
from urllib.parse import parse_qsl

import pytest

from booking.models import Booking
from tests.flow.choosing import (
    RITUAL,
    a_moment_later,
    booked,
    change,
    facts,
    minutes_at_wix,
)
from tests.in_process import Sandbox
from tests.steps import Customer

pytestmark = pytest.mark.django_db


@pytest.fixture
def ritual(maria: Customer) -> Customer:
    return Customer(maria.client, RITUAL)


def extras_of(sandbox: Sandbox) -> dict[str, str]:
    """The parameter that asks for each extra of the ritual, by its name."""
    asked = {"serviceId": sandbox.service(RITUAL)["id"]}
    path = "/bookings/v2/services/add-on-groups/list-add-on-groups-by-service-id"
    groups = sandbox.call("POST", path, asked).json()["addOnGroupsDetails"]
    return {one["name"]: f"extra-{one['addOnId']}" for group in groups for one in group["addOns"]}


@pytest.fixture
def extras(sandbox: Sandbox) -> dict[str, str]:
    return extras_of(sandbox)


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


def test_choosing_another_time_keeps_the_length_and_the_extras(
    ritual: Customer, extras: dict[str, str]
) -> None:
    wanted = {extras["Hot towels"]: "1"}
    held = ritual.look(ritual.press(ritual.look(**wanted).offers[0], **wanted).location)
    assert f"{extras['Hot towels']}=1" in held.text
