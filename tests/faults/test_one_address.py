"""Two people with the same browser behind one address press one time: neither sees the other."""

import pytest
from django.test import Client

from booking.models import Booking
from tests.faults.books import Books
from tests.steps import Answer, Customer

pytestmark = pytest.mark.django_db
SECRET = {"first_name": "Quirina", "email": "quirina@example.com", "note": "do not tell"}


@pytest.fixture
def both(maria: Customer) -> tuple[str, Answer, Answer]:
    """The one path that both were given, and the page that each of them has open."""
    offer = maria.look().offers[0]
    first, second = maria.press(offer), _neighbour().press(offer)
    assert first.location == second.location
    return first.location, maria.look(first.location), _neighbour().look(second.location)


def test_what_the_first_sent_is_not_shown_to_the_second(
    maria: Customer, both: tuple[str, Answer, Answer]
) -> None:
    path, mine, _ = both
    booked = maria.send(path, mine, **SECRET).location
    assert booked != path
    seen = _neighbour().look(path)
    assert seen.status == 409
    assert not any(each in seen.text for each in SECRET.values())
    assert booked not in seen.text


@pytest.mark.parametrize("email", ["noa@example.com", "no address"], ids=["valid", "invalid"])
def test_the_second_form_books_nothing_and_shows_nothing_of_the_first(
    maria: Customer, both: tuple[str, Answer, Answer], books: Books, email: str
) -> None:
    path, mine, theirs = both
    maria.send(path, mine, **SECRET)
    answer = _neighbour().send(path, theirs, email=email)
    assert answer.status == 409
    assert not any(each in answer.text for each in SECRET.values())
    assert len(books.at_wix()) == 1
    assert Booking.objects.get().email == SECRET["email"]


def test_the_first_may_send_again_and_comes_to_the_same_booking(
    maria: Customer, both: tuple[str, Answer, Answer]
) -> None:
    path, mine, _ = both
    first, again = (maria.send(path, mine, **SECRET) for _ in range(2))
    assert (first.status, again.status) == (303, 303)
    assert first.location == again.location


def test_a_form_without_its_page_is_taken_once(
    maria: Customer, both: tuple[str, Answer, Answer], books: Books
) -> None:
    path, mine, _ = both
    answers = [maria.send(path, mine, press="") for _ in range(2)]
    assert [each.status for each in answers] == [303, 409]
    assert len(books.at_wix()) == 1


def _neighbour() -> Customer:
    """Nothing tells this browser from Maria's."""
    return Customer(Client(REMOTE_ADDR="198.51.100.7"))


def test_what_the_first_mistyped_is_not_shown_to_the_second(
    maria: Customer, both: tuple[str, Answer, Answer]
) -> None:
    path, mine, _ = both
    answer = maria.send(path, mine, **(SECRET | {"email": "no address"}))
    assert SECRET["note"] in answer.text
    seen = _neighbour().look(path)
    assert seen.main("stage") == "held"
    assert not any(each in seen.text for each in SECRET.values())


def test_nor_does_it_come_along_when_the_second_chooses_another_time(
    maria: Customer, both: tuple[str, Answer, Answer]
) -> None:
    path, mine, theirs = both
    maria.send(path, mine, **(SECRET | {"email": "no address"}))
    token = theirs.text.partition("?again=")[2].partition('"')[0]
    other = _neighbour().press(maria.look().offers[9], again=token)
    assert SECRET["note"] not in _neighbour().look(other.location).text
