"""Booking forms: the whole schema, and a summary that leaves out what is required.

Source: Wix Forms, Form Schemas, "Get Form", "Get Form Summary", "About Form Fields".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from booking.sandbox.call import Call, Route
from booking.sandbox.wire import Json, WixError, refusal, violation
from booking.sandbox.world import World, visible

SUMMARY_TYPES = {
    "STRING": "STRING",
    "NUMBER": "NUMBER",
    "BOOLEAN": "BOOLEAN",
    "ARRAY": "ARRAY",
    "ADDRESS": "MULTILINE_ADDRESS",
    "WIX_FILE": "WIX_FILE",
    "PAYMENT": "PAYMENT",
}
OBJECTS = ("ADDRESS", "PAYMENT")
_PATTERNS = {
    "EMAIL": re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+"),
    "PHONE": re.compile(r"\+[0-9 ().-]{5,25}"),
}


def get_form(world: World, call: Call) -> Json:
    return {"form": visible(form_named(world, call.params["form_id"]))}


def get_form_summary(world: World, call: Call) -> Json:
    """Deleted fields are told as well, marked; which are required is not told at all."""
    form = form_named(world, call.params["form_id"])
    fields = [
        *(_summary(field, deleted=False) for field in inputs(form)),
        *(_summary(field, deleted=True) for field in form["deletedFormFields"]),
    ]
    return {"formSummary": {"id": form["id"], "fields": fields}}


def form_named(world: World, form_id: str) -> Json:
    """Raises: WixError 404 FORM_NOT_FOUND."""
    form = world.catalogue.forms.get(form_id)
    if form is None:
        raise refusal(404, "FORM_NOT_FOUND", "No such form")
    return form


def inputs(form: Json) -> Iterator[Json]:
    """The fields that are filled in: the button is one of display."""
    return (field for field in form["formFields"] if field["fieldType"] == "INPUT")


def settings_of(field: Json) -> Json:
    """The block named after the input type: STRING lies under ``stringOptions``."""
    options = field["inputOptions"]
    found: Json = options.get(f"{_camel(options['inputType'])}Options", {})
    return found


def component_of(field: Json) -> Json:
    """The block named after the component, with its label and choices."""
    settings = settings_of(field)
    found: Json = settings.get(f"{_camel(settings.get('componentType', ''))}Options", {})
    return found


def _camel(name: str) -> str:
    first, *others = name.lower().split("_")
    return first + "".join(part.capitalize() for part in others)


def _summary(field: Json, *, deleted: bool) -> Json:
    options, component = field["inputOptions"], component_of(field)
    told = settings_of(field).get("validation", {}).get("format")
    kind = told or SUMMARY_TYPES.get(options["inputType"], "UNKNOWN_INPUT_TYPE")
    choices = component.get("options", [])
    label = component.get("label")
    return {
        "id": field["id"],
        "target": options["target"],
        "label": label if isinstance(label, str) else _plain(label),
        "type": kind,
        "options": [{"label": one["label"], "value": one["value"]} for one in choices],
        "deleted": deleted,
        "fields": [],
    }


def _plain(rich: Any) -> str:
    """The words of a rich text."""
    if not isinstance(rich, dict):
        return ""
    own = rich.get("textData", {}).get("text", "")
    return str(own) + "".join(_plain(node) for node in rich.get("nodes", []))


def check_answers(world: World, form_id: str, answers: Json) -> None:
    """A ``formSubmission`` for that form. What the form does not know is ignored, as everywhere.

    Raises: WixError 400: a required answer is missing, or an answer breaks its field's rules.
    """
    for field in inputs(form_named(world, form_id)):
        target = field["inputOptions"]["target"]
        if answers.get(target) in (None, "", []):
            _check_absent(field, target)
        else:
            _check_answer(field, f"formSubmission.{target}", answers[target])


def _check_absent(field: Json, target: str) -> None:
    if field["inputOptions"]["required"]:
        raise WixError(400, f"{target} must have required property")


def _check_answer(field: Json, path: str, answer: Any) -> None:
    kind = field["inputOptions"]["inputType"]
    rules = settings_of(field).get("validation", {})
    wanted = {"STRING": str, "BOOLEAN": bool, "ARRAY": list, "NUMBER": (int, float)}.get(kind)
    if kind in OBJECTS and not isinstance(answer, dict):
        raise violation(path, "must be object")
    if wanted and not isinstance(answer, wanted):  # type: ignore[arg-type]  # a type, or several
        raise violation(path, f"must be {kind.lower()}")
    if kind == "STRING":
        _check_text(rules, path, answer)
    if kind == "ARRAY":
        _check_choices(rules, path, answer)
    if kind == "BOOLEAN" and rules.get("enum") and answer not in rules["enum"]:
        raise violation(path, "must be equal to one of the allowed values")


def _check_text(rules: Json, path: str, answer: str) -> None:
    if rules.get("enum") and answer not in rules["enum"]:
        raise violation(path, "must be equal to one of the allowed values")
    if len(answer) > rules.get("maxLength", len(answer)):
        raise violation(
            path, f"must NOT have more than {rules['maxLength']} characters", "MAX_SIZE"
        )
    pattern = _PATTERNS.get(rules.get("format", ""))
    if pattern and not pattern.fullmatch(answer):
        raise violation(path, f'must match format "{rules["format"].lower()}"')


def _check_choices(rules: Json, path: str, answer: list[Any]) -> None:
    allowed = rules.get("items", {}).get("stringOptions", {}).get("enum")
    if allowed and any(one not in allowed for one in answer):
        raise violation(path, "must be equal to one of the allowed values")
    if len(answer) > rules.get("maxItems", len(answer)):
        raise violation(path, f"must NOT have more than {rules['maxItems']} items", "MAX_SIZE")


_BASES = ("/form-schema-service/v4/forms", "/forms/v4/forms", "/_api/form-schema-service/v4/forms")
ROUTES = (
    Route("GET", get_form, tuple(f"{base}/<form_id>" for base in _BASES)),
    Route("GET", get_form_summary, tuple(f"{base}/<form_id>/summary" for base in _BASES)),
)
