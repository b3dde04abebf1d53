"""Each kind of question is asked in its own way, and its answer checked before it is sent."""

import re
from dataclasses import asdict
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from booking.actions.answers import Answer, name_of
from booking.domain.booking_form import FieldKind, FormField
from booking.forms import DetailsForm
from tests.forms.builders import a_form, a_question, choices, sent

K = FieldKind
ABC = choices("a", "b", "c")
MANY = choices(*(f"c{at}" for at in range(20)))


def shown(question: FormField) -> str:
    """The markup of the one question's input."""
    [field] = DetailsForm(asks=a_form(question)).questions
    return str(field)


def answered(question: FormField, value: str | list[str]) -> Answer:
    form = sent(a_form(question), q_what=value)
    assert form.is_valid(), form.errors
    [answer] = form.details().answers
    return answer


def refused(question: FormField, value: str | list[str]) -> str:
    """What is said about a wrong answer."""
    form = sent(a_form(question), q_what=value)
    assert not form.is_valid()
    [[said]] = form.errors.values()
    return str(said).replace("\u2068", "").replace("\u2069", "")


def name_of_case(value: object) -> str:
    """What tells a case from the others."""
    if isinstance(value, FormField):
        rules = [
            f"{name}={told}" for name, told in asdict(value.rules).items() if told not in (None, "")
        ]
        rules.append("conditional" if value.conditional else str(value.required))
        return " ".join([value.kind, f"{len(value.choices)} choices", *rules])
    return str(value)[:24]


@pytest.mark.parametrize(
    ("question", "markup"),
    [
        (a_question(K.TEXT), 'type="text"'),
        (a_question(K.LONG_TEXT), "<textarea"),
        (a_question(K.EMAIL), 'type="email"'),
        (a_question(K.PHONE), 'type="tel"'),
        (a_question(K.NUMBER), 'inputmode="decimal"'),
        (a_question(K.RATING), 'type="radio" name="q-what" value="5"'),
        (a_question(K.URL), 'type="url"'),
        (a_question(K.DATE), 'type="date"'),
        (a_question(K.TIME), 'type="time"'),
        (a_question(K.DATE_TIME), 'type="datetime-local"'),
        (a_question(K.CHECKBOX), 'type="checkbox"'),
        (a_question(K.ONE_OF, choices=ABC), 'type="radio" name="q-what" value="a"'),
        (a_question(K.ONE_OF, choices=MANY), "<select"),
        (a_question(K.SOME_OF, choices=ABC), 'type="checkbox" name="q-what" value="a"'),
        (a_question(K.ADDRESS), 'autocomplete="street-address"'),
        (a_question(K.FILE), 'type="text"'),
        (a_question(K.SIGNATURE), 'type="text"'),
        (a_question(K.PAYMENT), 'type="text"'),
        (a_question(K.OBJECT), 'type="text"'),
        (a_question(K.UNKNOWN), 'type="text"'),
        (a_question(K.ONE_OF), 'type="text"'),
        (a_question(K.SOME_OF), 'type="text"'),
    ],
    ids=name_of_case,
)
def test_a_question_has_the_input_of_its_kind(question: FormField, markup: str) -> None:
    assert markup in shown(question)


def test_no_kind_is_left_without_an_input() -> None:
    for kind in FieldKind:
        assert 'name="q-what"' in shown(a_question(kind, choices=ABC))


@pytest.mark.parametrize(
    ("question", "typed", "value"),
    [
        (a_question(K.TEXT), "  Ola  ", "Ola"),
        (a_question(K.LONG_TEXT), "One\r\nTwo", "One\nTwo"),
        (a_question(K.EMAIL), "jo@example.com", "jo@example.com"),
        (a_question(K.PHONE), "912 345 678", "+351912345678"),
        (a_question(K.NUMBER), "3", 3),
        (a_question(K.NUMBER), "3,5", 3.5),
        (a_question(K.NUMBER), "-2.25", -2.25),
        (a_question(K.NUMBER), "12 000", 12000),
        (a_question(K.RATING), "4", 4),
        (a_question(K.URL), "example.com/a", "https://example.com/a"),
        (a_question(K.DATE), "2030-06-24", "2030-06-24"),
        (a_question(K.TIME), "14:30", "14:30:00"),
        (a_question(K.DATE_TIME), "2030-06-24T14:30", "2030-06-24T14:30:00"),
        (a_question(K.CHECKBOX), "on", True),
        (a_question(K.ONE_OF, choices=ABC), "b", "b"),
        (a_question(K.ONE_OF, choices=MANY), "c7", "c7"),
        (a_question(K.SOME_OF, choices=ABC), ["a", "c", "a"], ("a", "c")),
    ],
    ids=name_of_case,
)
def test_an_answer_has_the_shape_that_wix_wants(
    question: FormField, typed: str | list[str], value: Any
) -> None:
    answer = answered(question, typed)
    assert (answer.value, type(answer.value), answer.to_wix) == (value, type(value), True)


@pytest.mark.parametrize("kind", [K.ADDRESS, K.FILE, K.SIGNATURE, K.PAYMENT, K.OBJECT, K.UNKNOWN])
def test_what_wix_takes_no_text_for_goes_to_the_business(kind: FieldKind) -> None:
    answer = answered(a_question(kind), "some words")
    assert (answer.value, answer.kind, answer.to_wix) == ("some words", kind, False)


def test_chosen_answers_are_kept_with_the_words_people_read() -> None:
    assert answered(a_question(K.SOME_OF, choices=ABC), ["a", "b"]).words == "A, B"


WRONG: dict[str, tuple[FormField, str | list[str], str]] = {
    "a required text is left out": (a_question(required=True), " ", "Answer “What?”."),
    "a required box is not ticked": (a_question(K.CHECKBOX, required=True), "", "Tick “What?”"),
    "nothing is chosen": (a_question(K.ONE_OF, choices=ABC, required=True), "", "Choose an answer"),
    "no star is given": (a_question(K.RATING, required=True), "", "Choose an answer"),
    "none of some is chosen": (
        a_question(K.SOME_OF, choices=ABC, required=True),
        [],
        "Choose at least one answer to “What?”.",
    ),
    "a text is too long": (a_question(longest=3), "four", "Use at most 3 characters for “What?”."),
    "a text is too short": (a_question(shortest=3), "no", "Use at least 3 characters for “What?”."),
    "a text is endless": (a_question(), "x" * 1001, "at most 1000 characters"),
    "a long answer is endless": (a_question(K.LONG_TEXT), "x" * 4001, "at most 4000 characters"),
    "a text does not fit the pattern": (a_question(pattern="^a+$"), "b", "is not in the form"),
    "a text rings a bell": (a_question(), "a\x07b", "letters, digits and punctuation"),
    "a text has a null": (a_question(), "a\x00b", "letters, digits and punctuation"),
    "no mail address": (a_question(K.EMAIL), "jo", "like name@example.com for “What?”"),
    "no phone number": (a_question(K.PHONE), "call me", "a phone number like"),
    "no web address": (a_question(K.URL), "not a page", "a web address like"),
    "an endless web address": (a_question(K.URL), "a.example/" + "x" * 1000, "a web address like"),
    "a script for a web address": (a_question(K.URL), "javascript:alert(1)", "a web address like"),
    "a long answer is a character too long": (
        a_question(K.LONG_TEXT, longest=3),
        "a\r\nbc",
        "at most 3 characters",
    ),
    "a word for a number": (a_question(K.NUMBER), "three", "a number like"),
    "infinity": (a_question(K.NUMBER), "inf", "a number like"),
    "no number": (a_question(K.NUMBER), "nan", "a number like"),
    "a number beyond all bounds": (a_question(K.NUMBER), "1e999", "a number like"),
    "a number with a thousands' sign": (a_question(K.NUMBER), "1.500", "a number like"),
    "a number that is too small": (a_question(K.NUMBER, least=1, most=5), "0", "from 1 to 5"),
    "a number that is too large": (a_question(K.NUMBER, most=5), "5.5", "at most 5"),
    "six stars of five": (a_question(K.RATING), "6", "Choose one of the answers"),
    "a day that is not": (a_question(K.DATE), "2030-02-30", "a date like"),
    "a day in words": (a_question(K.DATE), "tomorrow", "a date like"),
    "a time that is not": (a_question(K.TIME), "25:00", "a time like"),
    "a moment that is not": (a_question(K.DATE_TIME), "2030-06-24T99", "a date and time like"),
    "none of the choices": (a_question(K.ONE_OF, choices=ABC), "z", "Choose one of the answers"),
    "none of many choices": (a_question(K.ONE_OF, choices=MANY), "z", "Choose one of the answers"),
    "one that is not among some": (a_question(K.SOME_OF, choices=ABC), ["a", "z"], "Choose among"),
    "too many": (a_question(K.SOME_OF, choices=ABC, most=2), ["a", "b", "c"], "Choose up to 2."),
    "too few": (a_question(K.SOME_OF, choices=ABC, least=2), ["a"], "Choose at least 2."),
}


@pytest.mark.parametrize(("question", "typed", "said"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_answer_is_named_in_words_to_act_on(
    question: FormField, typed: str | list[str], said: str
) -> None:
    assert said in refused(question, typed)


@pytest.mark.parametrize(
    ("question", "typed"),
    [
        (a_question(shortest=9, longest=3), "abc"),
        (a_question(longest=-1), "abc"),
        (a_question(shortest=5000), "abc"),
        (a_question(K.NUMBER, least=9, most=1), "5"),
        (a_question(K.SOME_OF, choices=ABC, least=9), ["a"]),
        (a_question(K.SOME_OF, choices=ABC, most=0), ["a"]),
        (a_question(K.RATING, most=0), "5"),
        (a_question(pattern="(((("), "abc"),
        (a_question(K.LONG_TEXT, longest=3), "a\r\nb"),
        (a_question(K.FILE, required=True), ""),
        (a_question(K.PAYMENT, required=True), ""),
        (a_question(required=None), ""),
        (a_question(required=True, conditional=True), ""),
    ],
    ids=name_of_case,
)
def test_a_rule_that_nobody_could_keep_to_keeps_nobody_from_booking(
    question: FormField, typed: str | list[str]
) -> None:
    assert sent(a_form(question), q_what=typed).is_valid()


def test_a_question_that_is_left_out_has_no_answer() -> None:
    for kind in FieldKind:
        form = sent(a_form(a_question(kind, choices=ABC)), q_what="")
        assert form.is_valid()
        assert form.details().answers == ()


def test_what_was_not_asked_is_not_heard() -> None:
    form = sent(a_form(a_question()), q_other="x", q_what="y", stage="confirmed")
    assert form.is_valid()
    assert [each.target for each in form.details().answers] == ["what"]


def test_of_two_questions_with_one_target_the_first_is_asked() -> None:
    form = DetailsForm(asks=a_form(a_question(), a_question(label="Again?")))
    assert [each.label for each in form.questions] == ["What?"]


def test_phone_and_last_name_are_required_where_the_service_asks_for_them() -> None:
    contact = tuple(
        FormField(target=each, label="", kind=K.TEXT, required=True)
        for each in ("first_name", "last_name", "email", "phone")
    )
    assert set(sent(a_form(contact=contact)).errors) == {"last_name", "phone"}
    assert set(sent(a_form()).errors) == set()


def test_what_the_form_has_no_place_for_reaches_the_business_beside_the_answers() -> None:
    bare = tuple(FormField(target=each, label="", kind=K.TEXT) for each in ("first_name", "email"))
    form = sent(a_form(a_question(), contact=bare), q_what="x", phone="912345678")
    assert form.is_valid()
    told = {each.target: (each.value, each.to_wix) for each in form.details().answers}
    assert told == {"what": ("x", True), "phone": ("+351912345678", False)}


def test_a_form_that_does_not_ask_who_books_is_answered_to_the_business_alone() -> None:
    nameless = (FormField(target="first_name", label="", kind=K.TEXT),)
    form = sent(a_form(a_question(), contact=nameless), q_what="x")
    assert form.is_valid()
    assert [(each.target, each.to_wix) for each in form.details().answers] == [("what", False)]


def test_a_question_that_may_not_apply_says_so() -> None:
    [field] = DetailsForm(asks=a_form(a_question(conditional=True, required=True))).questions
    assert (field.help_text, field.field.required) == ("Only if it applies to you.", False)


NASTY = "<script>alert('%s %(x)s')</script> שאלה " + "long " * 60


def test_labels_choices_and_placeholders_are_shown_as_text() -> None:
    question = a_question(K.ONE_OF, label=NASTY, choices=choices(NASTY, "<b>other"), required=True)
    form = sent(a_form(question), q_what="forged")
    page = "".join(str(part) for field in form.questions for part in (field, field.errors))
    assert "<script>" not in page
    assert "<b>" not in page
    assert all(len(str(said)) < 200 for [said] in form.errors.values())


@pytest.mark.parametrize("kind", FieldKind)
def test_signs_of_percent_in_a_label_are_signs(kind: FieldKind) -> None:
    question = a_question(kind, label="100 %s %(value)s %", choices=ABC, required=True)
    for typed in ("", "x" * 5000, "b@", "http://[", "%d"):
        for [said] in sent(a_form(question), q_what=typed).errors.values():
            assert "100 %s %(value)s %" in said or "%" not in said


@pytest.mark.parametrize(
    "target", ["plain_1", "what else?", "אבג", "x" * 300, "", 'a"b<c>', "a\x00"]
)
def test_any_target_gives_a_name_that_an_address_can_point_to(target: str) -> None:
    assert re.fullmatch(r"q-[\w-]{1,60}", name_of(target), re.ASCII)


def test_different_targets_have_different_names() -> None:
    targets = ["a b", "a  b", "a_b", "a-b", "-a", "א", "ב"]
    assert len({name_of(each) for each in targets}) == len(targets)


FORM = a_form(*(a_question(kind, target=kind.value, choices=ABC) for kind in FieldKind))
NAMES = [*(f"q-{kind.value}" for kind in FieldKind), "first_name", "email", "phone", "note", "x"]


@settings(max_examples=300, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(NAMES), st.lists(st.text(max_size=40), min_size=1, max_size=3), max_size=12
    )
)
def test_any_answers_are_accepted_or_refused_in_words(told: dict[str, list[str]]) -> None:
    data = QueryDict(mutable=True)
    for name, values in told.items():
        data.setlist(name, values)
    form = DetailsForm(data, asks=FORM)
    assert form.is_valid() != bool(form.errors)
    assert sum(map(len, form.typed().values())) <= 40_000
    "".join(str(field) for field in form)
