"""A form is read whatever its owner, or a future Wix, has put on it."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booking.domain.booking_form import FieldChoice, FieldKind, FieldRules, FormField
from booking.domain.ids import FormId
from booking.wix import Wix
from booking.wix.errors import WixAnswerMalformed, WixError, WixNotConnected
from tests.wix.stand_in import StandIn, Told, a_transport, ok
from tests.wix.test_random_answers import JSON, _places, _with

FORM = FormId("f0000000-0000-4000-8000-000000000001")


def a_field(field_id: str = "f1", **changes: Any) -> dict[str, Any]:
    return {
        "id": field_id,
        "fieldType": "INPUT",
        "identifier": "TEXT_INPUT",
        "inputOptions": {
            "target": f"target_{field_id}",
            "inputType": "STRING",
            "required": True,
            "stringOptions": {
                "componentType": "TEXT_INPUT",
                "validation": {"minLength": 2, "maxLength": 9, "pattern": "^a"},
                "textInputOptions": {"label": "Your name", "placeholder": "Jo"},
            },
        },
    } | changes


def inputs(kind: str, block: str, **settings_: Any) -> dict[str, Any]:
    return {"target": "t", "inputType": kind, block: settings_}


def a_form(*fields: Any, **changes: Any) -> dict[str, Any]:
    return {"form": {"id": FORM, "formFields": [*fields], **changes}}


def steps(*rows: list[str]) -> list[dict[str, Any]]:
    """Steps whose fields stand under one another, told in another order."""
    return [
        {"layout": {"large": {"items": [{"fieldId": one, "row": at} for at, one in listed][::-1]}}}
        for listed in (list(enumerate(row)) for row in rows)
    ]


def the_field(wix: Wix, stand_in: StandIn, field: dict[str, Any]) -> FormField:
    stand_in.will_say(ok(a_form(field)))
    (read,) = wix.forms.get(FORM).fields
    return read


def test_a_field_is_read_in_full(wix: Wix, stand_in: StandIn) -> None:
    assert the_field(wix, stand_in, a_field()) == FormField(
        target="target_f1",
        label="Your name",
        kind=FieldKind.TEXT,
        required=True,
        placeholder="Jo",
        rules=FieldRules(shortest=2, longest=9, pattern="^a"),
        wire_kind="TEXT_INPUT",
    )


def test_fields_are_in_the_order_of_the_steps_and_those_on_none_come_last(
    wix: Wix, stand_in: StandIn
) -> None:
    fields = [a_field(name) for name in ("lost", "d", "c", "b", "a")]
    stand_in.will_say(ok(a_form(*fields, steps=steps(["a", "b"], ["c", "d"]))))
    targets = [field.target for field in wix.forms.get(FORM).fields]
    assert targets == ["target_a", "target_b", "target_c", "target_d", "target_lost"]


@pytest.mark.parametrize(
    ("options", "identifier", "kind"),
    [
        (
            inputs("NUMBER", "numberOptions", componentType="NUMBER_INPUT"),
            "NUMBER_INPUT",
            FieldKind.NUMBER,
        ),
        (
            inputs("NUMBER", "numberOptions", componentType="RATING_INPUT"),
            "RATING_INPUT",
            FieldKind.RATING,
        ),
        (
            inputs("STRING", "stringOptions", componentType="DATE_PICKER"),
            "DATE_PICKER",
            FieldKind.DATE,
        ),
        (
            inputs("STRING", "stringOptions", componentType="TEXT_INPUT"),
            "TEXT_AREA",
            FieldKind.LONG_TEXT,
        ),
        (
            inputs("WIX_FILE", "wixFileOptions", componentType="FILE_UPLOAD"),
            "FILE_UPLOAD",
            FieldKind.FILE,
        ),
        (
            inputs("WIX_FILE", "wixFileOptions", componentType="SIGNATURE"),
            "SIGNATURE",
            FieldKind.SIGNATURE,
        ),
        (
            inputs("PAYMENT", "paymentOptions", componentType="FIXED_PAYMENT"),
            "FIXED_PAYMENT",
            FieldKind.PAYMENT,
        ),
        (inputs("ARRAY", "arrayOptions", componentType="TAGS"), "TAGS", FieldKind.SOME_OF),
        (inputs("SCENT", "scentOptions", componentType="NOSE"), "NOSE", FieldKind.UNKNOWN),
        ({"target": "t"}, "", FieldKind.UNKNOWN),
    ],
    ids=str,
)
def test_how_a_field_is_answered_follows_from_its_component(
    wix: Wix, stand_in: StandIn, options: dict[str, Any], identifier: str, kind: FieldKind
) -> None:
    field = the_field(wix, stand_in, a_field(inputOptions=options, identifier=identifier))
    assert field.kind is kind
    assert field.label == "t"


def test_numbers_among_choices_are_answered_as_texts(wix: Wix, stand_in: StandIn) -> None:
    listed = [{"value": 7, "label": "Seven"}, {"value": "eight"}, {"value": ""}, {"label": "none"}]
    block = {"options": listed, "label": "How many?"}
    options = inputs(
        "STRING", "stringOptions", componentType="RADIO_GROUP", radioGroupOptions=block
    )
    assert the_field(wix, stand_in, a_field(inputOptions=options)).choices == (
        FieldChoice(value="7", label="Seven"),
        FieldChoice(value="eight", label="eight"),
    )


def test_the_words_of_a_rich_label_are_read_and_its_depth_is_bounded(
    wix: Wix, stand_in: StandIn
) -> None:
    rich: dict[str, Any] = {"textData": {"text": "deep"}}
    for _ in range(50):
        rich = {"nodes": [rich]}
    label = {"nodes": [{"textData": {"text": "I "}}, {"textData": {"text": "agree"}}, rich]}
    options = inputs(
        "BOOLEAN",
        "booleanOptions",
        componentType="CHECKBOX",
        checkboxOptions={"label": label},
    )
    assert the_field(wix, stand_in, a_field(inputOptions=options)).label == "I agree"


def test_what_is_shown_and_hidden_and_nameless_is_not_asked(wix: Wix, stand_in: StandIn) -> None:
    button = a_field("b", fieldType="DISPLAY", inputOptions=None)
    nameless = a_field("n", inputOptions={"inputType": "STRING"})
    stand_in.will_say(ok(a_form(button, a_field("h", hidden=True), nameless, a_field("f1"))))
    assert [field.target for field in wix.forms.get(FORM).fields] == ["target_f1"]


NAMES_A = [{"conditions": [{"anything": {"field": "c"}}], "then": [{"hide": ["target_a"]}]}]
"""Rules of a shape that nobody has told us; they name one field by its id and one by its target."""


@pytest.mark.parametrize("member", ["formRules", "rules"])
def test_a_field_that_a_rule_names_may_be_left_out(
    wix: Wix, stand_in: StandIn, member: str
) -> None:
    fields = [a_field(name) for name in "abc"]
    stand_in.will_say(ok(a_form(*fields, **{member: NAMES_A})))
    read = {each.target[-1]: each for each in wix.forms.get(FORM).fields}
    assert {name for name, each in read.items() if each.conditional} == {"a", "c"}
    assert {name for name, each in read.items() if each.must_be_answered} == {"b"}


def test_a_hidden_field_that_a_rule_may_show_is_asked(wix: Wix, stand_in: StandIn) -> None:
    fields = [a_field("a", hidden=True), a_field("b", hidden=True)]
    stand_in.will_say(ok(a_form(*fields, formRules=NAMES_A)))
    assert [each.target for each in wix.forms.get(FORM).fields] == ["target_a"]


def test_rules_that_name_no_field_may_be_about_any(wix: Wix, stand_in: StandIn) -> None:
    stand_in.will_say(ok(a_form(a_field("a"), formRules=[{"id": "somewhere"}])))
    [field] = wix.forms.get(FORM).fields
    assert field.conditional


@pytest.mark.parametrize("rules", [None, [], {}, [{}], 7])
def test_a_form_without_rules_has_no_conditions(wix: Wix, stand_in: StandIn, rules: Any) -> None:
    stand_in.will_say(ok(a_form(a_field("a"), formRules=rules)))
    [field] = wix.forms.get(FORM).fields
    assert not field.conditional


def test_a_field_of_another_shape_is_told_by_its_place(wix: Wix, stand_in: StandIn) -> None:
    stand_in.will_say(ok(a_form(a_field(inputOptions={"target": ["t"]}))))
    with pytest.raises(WixAnswerMalformed, match=r"form\.formFields"):
        wix.forms.get(FORM)


def test_wrong_credentials_are_not_taken_for_a_form_that_is_gone(
    wix: Wix, stand_in: StandIn
) -> None:
    stand_in.will_say(Told(401, b"{}"))
    with pytest.raises(WixNotConnected):
        wix.forms.for_booking(FORM)


def test_choices_of_a_summary_may_be_plain_texts(wix: Wix, stand_in: StandIn) -> None:
    fields = [{"target": "t", "type": "STRING", "options": ["yes", "no"]}]
    stand_in.will_say(ok({"formSummary": {"id": FORM, "fields": fields}}))
    (field,) = wix.forms.summary(FORM).fields
    assert (field.kind, [choice.value for choice in field.choices]) == (
        FieldKind.ONE_OF,
        ["yes", "no"],
    )


EXAMPLE = a_form(
    a_field("a"),
    a_field(
        "b",
        inputOptions=inputs(
            "ARRAY",
            "arrayOptions",
            componentType="CHECKBOX_GROUP",
            checkboxGroupOptions={"label": {"nodes": []}, "options": [{"value": "x"}]},
        ),
    ),
    steps=steps(["b", "a"]),
    formRules=[{"hide": ["a"]}],
    enabled=True,
)


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_a_form_with_any_one_value_changed_is_read_or_is_a_wix_error(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(_places(EXAMPLE)))
    changed = json.dumps(_with(EXAMPLE, path, data.draw(JSON))).encode()
    wix = Wix(a_transport(StandIn(Told(200, changed))))
    with suppress(WixError):  # anything else fails the test
        wix.forms.get(FORM)
