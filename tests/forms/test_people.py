"""Whoever comes along is asked for by name alone; one contact does for all."""

import pytest
from django.http import QueryDict

from booking.actions.people import Person, seats
from booking.forms import DetailsForm
from booking.models import Line
from tests.forms.builders import a_form, a_seat, sent

THREE = (a_seat(1), a_seat(2), a_seat(3))
FAMILY = [{"people": 2, "name": "Adult"}, {"people": 1, "name": "Child"}]


def titles(form: DetailsForm) -> list[str]:
    return [each.title for each in form.companions]


def people(form: DetailsForm) -> tuple[Person, ...]:
    assert form.is_valid(), form.errors
    return form.details().people


def test_who_comes_alone_is_asked_about_nobody_else() -> None:
    assert titles(DetailsForm(asks=a_form(), seats=(a_seat(1),))) == []


def test_the_others_are_numbered_from_two() -> None:
    assert titles(DetailsForm(seats=THREE)) == ["Person 2", "Person 3"]


def test_where_the_price_depends_on_a_choice_people_are_called_by_it() -> None:
    party = seats(Line(participants=3, groups=FAMILY))
    assert titles(DetailsForm(seats=party)) == ["Adult 2", "Child 1"]


@pytest.mark.parametrize(
    ("participants", "groups", "choices"),
    [
        (1, [], [""]),
        (2, [], ["", ""]),
        (3, FAMILY, ["Adult", "Adult", "Child"]),
        (2, FAMILY, ["Adult", "Adult"]),
        (4, FAMILY, ["Adult", "Adult", "Child", ""]),
    ],
)
def test_every_place_of_a_party_has_one_seat(
    participants: int, groups: list[dict[str, object]], choices: list[str]
) -> None:
    party = seats(Line(participants=participants, groups=groups))
    assert [each.choice for each in party] == choices
    assert [each.number for each in party] == list(range(1, participants + 1))


def test_the_customer_is_the_first_and_nobody_else_must_be_named() -> None:
    first, *others = people(sent(a_form(), *THREE, last_name="Silva", phone="912345678"))
    assert first == Person(name="Maria Silva", email="maria@example.com", phone="+351912345678")
    assert others == [Person(), Person()]


def test_a_person_has_a_name_and_perhaps_a_contact_of_their_own() -> None:
    party = seats(Line(participants=3, groups=FAMILY))
    form = sent(
        a_form(),
        *party,
        person_2_name="Rui",
        person_3_name="Ana",
        person_3_email="ana@example.com",
        person_3_phone="912 345 679",
    )
    assert people(form)[1:] == (
        Person(name="Rui", choice="Adult"),
        Person(name="Ana", choice="Child", email="ana@example.com", phone="+351912345679"),
    )


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("person_2_name", "x" * 201, "at most 200 characters"),
        ("person_2_name", "a\x07b", "letters, digits and punctuation"),
        ("person_2_email", "rui", "e-mail address like"),
        ("person_3_phone", "call", "phone number like"),
    ],
)
def test_what_is_wrong_about_somebody_says_about_whom(field: str, typed: str, said: str) -> None:
    form = sent(a_form(), *THREE, **{field: typed})
    assert not form.is_valid()
    [[words]] = form.errors.values()
    assert said in words


def test_a_contact_of_their_own_is_in_sight_only_if_there_is_one() -> None:
    form = sent(a_form(), *THREE, person_3_email="wrong")
    assert [each.has_contact for each in form.companions] == [False, True]


def test_a_name_of_two_hundred_letters_is_a_name() -> None:
    assert people(sent(a_form(), *THREE, person_2_name="x" * 200))[1].name == "x" * 200


def test_a_crowd_is_not_asked_for_all_its_names_and_comes_all_the_same() -> None:
    crowd = seats(Line(participants=200, groups=[]))
    form = sent(a_form(), *crowd)
    assert len(titles(form)) == 29
    assert len(people(form)) == 200


def test_what_was_typed_is_kept_in_bounds() -> None:
    data = QueryDict(mutable=True)
    for at in range(40):
        data[f"person-{at}-name"] = "x" * 5000
    kept = DetailsForm(data, seats=THREE).typed()
    assert max(map(len, kept.values())) == 4000
    assert sum(map(len, kept.values())) == 40_000
