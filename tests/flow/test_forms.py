"""A service's own form is asked in full."""

import json
import re
from typing import Any

import hypothesis
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from booking.models import Attempt, Booking
from booking.sandbox.seeds.forms import every_kind_form
from tests.flow.bridal import DETAILS
from tests.in_process import Sandbox
from tests.steps import Customer

pytestmark = pytest.mark.django_db


# ---- What is asked ----


def test_the_questions_stand_between_the_contact_and_the_note_in_the_owners_order(
    bride: Customer,
) -> None:
    words = bride.look(bride.hold()).words
    asked = [
        "First name",
        "Last name",
        "E-mail",
        "Phone",
        "How long is your hair?",
        "What else do you wish for?",
        "Tell us about the day",
        "The colour of the dress",
        "Where is the wedding?",
        "You may show pictures of my hair",
        "Add a note",
        "Book ",
    ]
    found = [words.index(each) for each in asked]
    assert found == sorted(found)


def test_two_fields_are_required_unless_the_form_asks_for_more(
    maria: Customer, bride: Customer
) -> None:
    usual, own = maria.look(maria.hold()), bride.look(bride.hold())
    required = re.compile(r'<(?:input|textarea|select)[^>]*name="([^"]*)"[^>]* required')
    assert required.findall(usual.text) == ["first_name", "email"]
    assert list(dict.fromkeys(required.findall(own.text))) == [
        *("first_name", "last_name", "email", "phone"),
        *("q-length_1a2b", "q-pictures_1e2f"),
    ]


def test_a_group_of_choices_has_a_legend_and_its_hint_is_read_with_it(bride: Customer) -> None:
    text = bride.look(bride.hold()).text
    group = re.search(r"<fieldset[^>]*>\s*<legend><bdi>What else.*?</fieldset>", text, re.DOTALL)
    assert group
    assert 'aria-describedby="id_q-wishes_3c4d_helptext"' in group[0]
    assert 'id="id_q-wishes_3c4d_helptext">Choose up to 2.<' in group[0]
    assert group[0].count("<label") == 3


def test_words_of_the_owner_are_shown_as_text(bride: Customer, sandbox: Sandbox) -> None:
    nasty = "<script>alert(1)</script> שאלה " + "endless" * 30
    form = every_kind_form()
    for field in form["formFields"]:
        if field["identifier"] == "TEXT_AREA":
            field["inputOptions"]["stringOptions"]["textInputOptions"]["label"] = nasty
    wanted = sandbox.service("bridal-styling")["form"]["id"]
    sandbox.seed(forms=[{"id": wanted, "slug": "bridal-styling", "formFields": form["formFields"]}])
    text = bride.look(bride.hold()).text
    assert "&lt;script&gt;alert(1)" in text
    assert "<script>alert" not in text


@pytest.mark.parametrize(
    ("wrong", "said", "anchor"),
    [
        ({"q-length_1a2b": ""}, "Choose an answer to", "#id_q-length_1a2b_0"),
        ({"q-length_1a2b": "bald"}, "Choose one of the answers to", "#id_q-length_1a2b_0"),
        (
            {"q-wishes_3c4d": ["veil", "flowers", "make-up"]},
            "Choose among the answers to",
            "#id_q-wishes_3c4d_0",
        ),
        ({"q-day_5e6f": "x" * 501}, "at most 500 characters", "#id_q-day_5e6f"),
        ({"q-pictures_1e2f": ""}, "to go on", "#id_q-pictures_1e2f"),
        ({"phone": ""}, "the business asks for it", "#id_phone"),
    ],
    ids=str,
)
def test_each_mistake_is_linked_from_the_top_and_said_beside_its_field(
    bride: Customer, wrong: dict[str, Any], said: str, anchor: str
) -> None:
    answer = bride.send(bride.hold(), **(DETAILS | wrong))
    assert answer.status == 422
    assert "<title>Error" in answer.text
    assert f'<a href="{anchor}">' in answer.text
    assert f'id="{anchor[1:]}"' in answer.text
    assert answer.words.count(said) == 2
    assert not Attempt.objects.exists()


# ---- When Wix cannot tell ----


def test_without_a_word_from_wix_name_and_mail_are_enough(
    bride: Customer, sandbox: Sandbox
) -> None:
    path = bride.hold()
    sandbox.fault("/form-schema-service/*", status=503)
    page = bride.look(path)
    assert "How long is your hair?" not in page.words
    assert bride.send(path, page).status == 303


def test_a_form_that_its_owner_switched_off_asks_nothing(bride: Customer, sandbox: Sandbox) -> None:
    wanted = sandbox.service("bridal-styling")["form"]["id"]
    sandbox.seed(forms=[{"id": wanted, "slug": "bridal-styling", "enabled": False}])
    path = bride.hold()
    assert "How long is your hair?" not in bride.look(path).words
    assert bride.send(path).status == 303


def test_a_form_that_is_gone_keeps_nobody_from_booking(bride: Customer, sandbox: Sandbox) -> None:
    sandbox.fault("/form-schema-service/*", status=404, code="FORM_NOT_FOUND")
    assert bride.send(bride.hold()).status == 303


# ---- Nonsense ----


def test_the_same_form_sent_twice_is_one_booking_with_its_answers(bride: Customer) -> None:
    path = bride.hold()
    page = bride.look(path)
    first, second = (bride.send(path, page, **DETAILS) for _ in range(2))
    assert (first.status, second.status) == (303, 303)
    assert first.location == second.location
    assert len(Booking.objects.get().answers) == 6


def test_fields_nobody_asked_for_change_nothing(bride: Customer) -> None:
    odd = {"q-fax_3a4b": "1", "q-": "x", "person-7-name": "Eve", "stage": "cancelled", "due": "x"}
    bride.book(**(DETAILS | odd))
    booking = Booking.objects.get()
    assert "Eve" not in json.dumps(booking.people)
    assert {each["target"] for each in booking.answers}.isdisjoint({"fax_3a4b", ""})


NAMES = st.sampled_from([*DETAILS, "first_name", "person-2-name", "note", "q-x", "press"])


@pytest.fixture
def asked_often(bride: Customer, settings: Any) -> str:
    """The path of a form that may be sent as often as one likes."""
    settings.PRESSES_PER_MINUTE = 10_000
    return bride.hold()


@hypothesis.settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.dictionaries(NAMES, st.lists(st.text(max_size=60), min_size=1, max_size=3), max_size=8))
def test_whatever_is_sent_is_answered_with_the_form(
    bride: Customer, asked_often: str, told: dict[str, list[str]]
) -> None:
    answer = bride.send(asked_often, **(DETAILS | told | {"email": "nobody"}))
    assert answer.status == 422
    assert "Enter an e-mail address like" in answer.words
