"""The chosen time is really kept while its customer types, and no longer."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from pytest_django import Settings

from booking.models import Booking, Hold
from tests.in_process import Sandbox
from tests.steps import Customer

pytestmark = pytest.mark.django_db
ALONE = "private-yoga"


@pytest.fixture
def yoga(maria: Customer) -> Customer:
    """Maria looks at a service that one person gives at one place."""
    return Customer(maria.client, ALONE)


@pytest.fixture
def other(noa: Customer) -> Customer:
    """Noa looks at the same."""
    return Customer(noa.client, ALONE)


def test_a_held_time_is_taken_off_everybody_elses_page(yoga: Customer, other: Customer) -> None:
    before = other.look().main("kind"), len(other.look().offers)
    yoga.hold()
    assert other.look().main("kind") == before[0]
    assert len(other.look().offers) < before[1]


def test_a_held_time_is_refused_without_asking_wix(
    yoga: Customer, other: Customer, sandbox: Sandbox
) -> None:
    offer = other.look().offers[0]
    yoga.hold()
    sandbox.forget_requests()
    answer = other.press(offer)
    assert answer.status == 409
    assert sandbox.calls("/time-slots/get") == []


def test_who_comes_too_late_is_offered_the_three_nearest_times(
    yoga: Customer, other: Customer
) -> None:
    offer = other.look().offers[0]
    yoga.hold()
    answer = other.press(offer)
    assert len(answer.offers) == 3
    assert other.press(answer.offers[0]).status == 303


def test_a_hold_ends_by_the_clock_and_the_time_is_free_again(
    yoga: Customer, other: Customer
) -> None:
    offer = other.look().offers[0]
    yoga.hold()
    with time_machine.travel(timezone.now() + timedelta(minutes=10, seconds=1)):
        assert other.press(offer).status == 303


def test_a_hold_stands_until_its_last_second(yoga: Customer, other: Customer) -> None:
    offer = other.look().offers[0]
    yoga.hold()
    with time_machine.travel(timezone.now() + timedelta(minutes=9, seconds=58)):
        assert other.press(offer).status == 409


def test_a_hold_can_be_extended_twelve_times(yoga: Customer) -> None:
    path = yoga.hold()
    answers = [yoga.client.post(f"{path}extend/").status_code for _ in range(13)]
    assert answers == [303] * 12 + [429]


def test_an_extended_hold_ends_ten_minutes_after_the_last_extension(yoga: Customer) -> None:
    path = yoga.hold()
    later = timezone.now() + timedelta(minutes=9)
    with time_machine.travel(later, tick=False):
        yoga.client.post(f"{path}extend/")
        assert Hold.objects.get().until == timezone.now() + timedelta(minutes=10)


def test_a_hold_that_is_over_cannot_be_extended(yoga: Customer) -> None:
    path = yoga.hold()
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert yoga.client.post(f"{path}extend/").status_code == 410


def test_a_double_click_is_one_hold(yoga: Customer) -> None:
    offer = yoga.look().offers[0]
    first, second = yoga.press(offer), yoga.press(offer)
    assert (first.status, second.status) == (303, 303)
    assert first.location == second.location
    assert Booking.objects.count() == 1


def test_two_presses_that_a_script_told_apart_are_two(maria: Customer) -> None:
    offer = maria.look().offers[0]
    first, second = maria.press(offer, press="one"), maria.press(offer, press="two")
    assert first.location != second.location


def test_one_press_that_arrives_twice_is_one_hold(yoga: Customer) -> None:
    offer = yoga.look().offers[0]
    first, second = yoga.press(offer, press="one"), yoga.press(offer, press="one")
    assert first.location == second.location


def test_choosing_another_time_releases_the_first(yoga: Customer, other: Customer) -> None:
    offer = other.look().offers[0]
    page = yoga.look(again=yoga.look(yoga.hold()).again)
    assert yoga.press(page.offers[2], again=page.field("again")).status == 303
    assert other.press(offer).status == 303


def test_the_page_of_times_may_be_kept_for_all_but_not_with_somebodys_token(
    yoga: Customer,
) -> None:
    assert "no-store" not in yoga.look().headers.get("Cache-Control", "")
    assert yoga.look(again="anything").headers["Cache-Control"] == "no-store"


def test_nobody_gets_a_cookie(yoga: Customer) -> None:
    yoga.look(yoga.book())
    assert not yoga.client.cookies


def test_one_address_keeps_only_so_many_times(maria: Customer, settings: Settings) -> None:
    settings.HOLDS_PER_ADDRESS = 3
    offers = maria.look().offers[3::4]
    answers = [maria.press(offer, press=str(at)).status for at, offer in enumerate(offers[:4])]
    assert answers == [303, 303, 303, 429]


def test_an_expired_hold_keeps_what_was_typed(yoga: Customer) -> None:
    path = yoga.hold()
    page = yoga.look(path)
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        late = yoga.send(path, page, note="by the window")
        again = yoga.press(late.offers[0], again=late.field("again"))
        form = yoga.look(again.location)
    assert late.status == 410
    assert form.field("email") == "maria@example.com"
    assert "by the window" in form.text


def test_after_its_hold_the_same_time_can_be_taken_again_if_it_is_free(yoga: Customer) -> None:
    path = yoga.hold()
    first = Booking.objects.get().line.starts
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        late = yoga.look(path)
        yoga.press(late.offers[0], again=late.field("again"))
    assert Booking.objects.latest("pk").line.starts == first


def test_one_press_id_on_two_times_is_two_wishes(maria: Customer) -> None:
    offers = maria.look().offers
    first, second = maria.press(offers[3], press="one"), maria.press(offers[9], press="one")
    assert first.location != second.location


def test_a_press_id_whose_hold_is_over_may_take_the_time_again(yoga: Customer) -> None:
    offer = yoga.look().offers[0]
    first = yoga.press(offer, press="one")
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        again = yoga.press(offer, press="one")
        page = yoga.look(again.location)
    assert again.location != first.location
    assert page.main("stage") == "held"


def test_a_double_click_on_another_time_is_one_hold_too(yoga: Customer) -> None:
    path = yoga.hold()
    token = yoga.look(path).again
    offer = yoga.look(again=token).offers[2]
    first, second = yoga.press(offer, again=token), yoga.press(offer, again=token)
    assert first.location == second.location


def test_what_one_person_typed_is_never_shown_to_the_next_at_the_same_address(
    maria: Customer,
) -> None:
    path = maria.hold(4)
    maria.send(path, email="not an address", note="my secret")
    token = maria.look(path).again
    offer = maria.look().offers[9]
    mine = maria.press(offer, again=token)
    theirs = maria.press(offer)
    assert "my secret" in maria.look(mine.location).text
    assert theirs.location != mine.location
