"""Places in a class: kept while somebody types, booked as they are, and never sold twice."""

import pytest

from booking.models import Booking
from tests.flow.pilates import CLASS, FAMILY
from tests.in_process import Json, Sandbox
from tests.steps import Customer, Worker

pytestmark = pytest.mark.django_db


def ours(sandbox: Sandbox) -> list[Json]:
    """Maria's bookings at Wix."""
    kept = sandbox.bookings()
    return [each for each in kept if each["contactDetails"]["email"] == "maria@example.com"]


def session_at(sandbox: Sandbox, number: int = 0) -> Json:
    """One of the sessions that can be booked, as Wix tells it."""
    return sandbox.slots(CLASS, "2027-03-02", "2027-03-20")[number]


def leave(sandbox: Sandbox, places: int, number: int = 0) -> None:
    """Sell a session elsewhere, past our own holds, until so many places are left."""
    listed = sandbox.slots(CLASS, "2027-03-02", "2027-03-20")
    session = [each for each in listed if each["bookableCapacity"] > places][number]
    for _ in range(session["bookableCapacity"] - places):
        sandbox.book(CLASS, session["localStartDate"])


def test_a_place_in_a_class_is_booked_with_two_presses(pilates: Customer, sandbox: Sandbox) -> None:
    page = pilates.look(pilates.book())
    assert page.main("stage") == "confirmed"
    [booked] = ours(sandbox)
    assert booked["status"] == "CONFIRMED"
    assert booked["bookedEntity"]["tags"] == ["GROUP"]
    slot, session = booked["bookedEntity"]["slot"], session_at(sandbox)
    assert slot["eventId"] == session["eventInfo"]["eventId"]


def test_as_many_places_as_were_asked_for_are_booked_and_paid(
    pilates: Customer, sandbox: Sandbox
) -> None:
    page = pilates.look(party="2")
    path = pilates.press(page.offers[0], party="2").location
    assert "32 €" in pilates.look(path).words
    pilates.send(path)
    assert [each["totalParticipants"] for each in ours(sandbox)] == [2]


def test_the_last_place_is_kept_for_who_pressed_first(
    pilates: Customer, noa: Customer, sandbox: Sandbox
) -> None:
    leave(sandbox, 1)
    offer = pilates.look().offers[0]
    pilates.press(offer)
    assert Customer(noa.client, CLASS).press(offer).status == 409


def test_a_party_that_does_not_fit_is_told_and_nothing_is_kept(
    pilates: Customer, sandbox: Sandbox
) -> None:
    offer = pilates.look(party="2").offers[0]
    leave(sandbox, 1)
    assert pilates.press(offer, party="2").status == 409
    assert not Booking.objects.exists()


@pytest.mark.parametrize("party", ["0", "-1", "3", "999999", "two", "1.5", "٣"])
def test_a_party_that_the_business_does_not_take_is_refused(pilates: Customer, party: str) -> None:
    answer = pilates.press(pilates.look().offers[0], party=party)
    assert answer.status == 422
    assert not Booking.objects.exists()


def test_who_comes_decides_what_it_costs(family: Customer, sandbox: Sandbox) -> None:
    who = {"people-Adult": "1", "people-Child": "2"}
    path = family.press(family.look(**who).offers[0], **who).location
    assert "24 €" in family.look(path).words
    family.send(path)
    [booked] = ours(sandbox)
    chosen = booked["participantsChoices"]["serviceChoices"]
    assert [(each["choices"][0]["custom"], each["numberOfParticipants"]) for each in chosen] == [
        ("Adult", 1),
        ("Child", 2),
    ]


def test_a_price_that_wix_changed_since_the_page_was_read_is_the_one_that_is_shown(
    family: Customer, sandbox: Sandbox
) -> None:
    offer = family.look().offers[0]
    service_id = sandbox.service(FAMILY)["id"]
    path = f"/bookings/v1/serviceOptionsAndVariants/service_id/{service_id}"
    told = sandbox.call("GET", path).json()["serviceVariants"]
    for variant in told["variants"]["values"]:
        variant["price"]["value"] = "20"
    sandbox.seed(options=[told])
    assert "20 €" in family.look(family.press(offer).location).words


def test_a_kind_of_person_that_the_class_does_not_know_is_refused(family: Customer) -> None:
    answer = family.press(family.look().offers[0], **{"people-Dog": "1"})
    assert answer.status == 422


def test_several_sessions_are_booked_in_one_go(pilates: Customer, sandbox: Sandbox) -> None:
    offers = pilates.look(view="list").offers[:3]
    path = pilates.press(offers).location
    assert "48 €" in pilates.look(path).words
    pilates.send(path)
    assert [each["status"] for each in ours(sandbox)] == ["CONFIRMED"] * 3


def test_of_several_sessions_none_is_kept_if_one_is_full(
    pilates: Customer, sandbox: Sandbox
) -> None:
    offers = pilates.look(view="list").offers[:3]
    leave(sandbox, 0)
    assert pilates.press(offers).status == 409
    assert not Booking.objects.exists()


def test_of_several_sessions_none_stays_if_one_is_lost_on_the_way(
    pilates: Customer, sandbox: Sandbox
) -> None:
    path = pilates.press(pilates.look(view="list").offers[:3]).location
    leave(sandbox, 0)  # while the customer types, past our own holds
    answer = pilates.send(path)
    page = pilates.look(answer.location)
    assert page.main("stage") == "declined"
    assert Booking.objects.get().lost_to == "part"


def test_what_was_booked_before_one_was_lost_is_taken_back(
    pilates: Customer, sandbox: Sandbox, worker: Worker
) -> None:
    path = pilates.press(pilates.look(view="list").offers[:3]).location
    leave(sandbox, 0, number=1)
    pilates.send(path)
    worker.run()
    assert [each["status"] for each in ours(sandbox)] == ["DECLINED"]


def test_a_session_of_another_class_is_refused(pilates: Customer, family: Customer) -> None:
    assert pilates.press(family.look().offers[0]).status == 400


def test_a_session_that_was_cancelled_meanwhile_is_refused(
    pilates: Customer, sandbox: Sandbox
) -> None:
    offer = pilates.look().offers[0]
    sandbox.seed(services=[{"slug": CLASS, "sessions": []}])
    assert pilates.press(offer).status == 409
