"""A booking form on the wire, whole or in summary, and what it means here.

In the whole form a field's settings lie two levels deep, under blocks named after its input type
and its component. Source: Wix Forms, Form Schemas, "Form Object", "About Form Fields".
"""

from typing import Any

import msgspec

from booking.domain.booking_form import (
    BookingForm,
    FieldChoice,
    FieldKind,
    FieldRules,
    FormField,
)
from booking.domain.ids import FormId
from booking.wix.form_rules import fields_in_rules
from booking.wix.wire import known

COMPONENTS = {
    "TEXT_INPUT": FieldKind.TEXT,
    "TEXT_AREA": FieldKind.LONG_TEXT,
    "PHONE_INPUT": FieldKind.PHONE,
    "NUMBER_INPUT": FieldKind.NUMBER,
    "RATING_INPUT": FieldKind.RATING,
    "DATE_INPUT": FieldKind.DATE,
    "DATE_PICKER": FieldKind.DATE,
    "DATE_TIME": FieldKind.DATE_TIME,
    "DATE_TIME_INPUT": FieldKind.DATE_TIME,
    "TIME_INPUT": FieldKind.TIME,
    "CHECKBOX": FieldKind.CHECKBOX,
    "DROPDOWN": FieldKind.ONE_OF,
    "RADIO_GROUP": FieldKind.ONE_OF,
    "CHECKBOX_GROUP": FieldKind.SOME_OF,
    "TAGS": FieldKind.SOME_OF,
    "MULTILINE_ADDRESS": FieldKind.ADDRESS,
    "FILE_UPLOAD": FieldKind.FILE,
    "SIGNATURE": FieldKind.SIGNATURE,
    "FIXED_PAYMENT": FieldKind.PAYMENT,
    "PAYMENT_INPUT": FieldKind.PAYMENT,
    "DONATION_INPUT": FieldKind.PAYMENT,
}
"""The whole form's ``componentType``; a long answer is told apart by its identifier."""
FORMATS = {
    "EMAIL": FieldKind.EMAIL,
    "PHONE": FieldKind.PHONE,
    "URL": FieldKind.URL,
    "URI": FieldKind.URL,
    "DATE": FieldKind.DATE,
    "TIME": FieldKind.TIME,
    "DATE_TIME": FieldKind.DATE_TIME,
    "DATE_OPTIONAL_TIME": FieldKind.DATE_TIME,
}
"""A text's ``validation.format`` says more than its component."""
SUMMARY_KINDS = FORMATS | {
    "STRING": FieldKind.TEXT,
    "NUMBER": FieldKind.NUMBER,
    "CURRENCY": FieldKind.NUMBER,
    "RATING": FieldKind.RATING,
    "BOOLEAN": FieldKind.CHECKBOX,
    "ARRAY": FieldKind.SOME_OF,
    "MULTILINE_ADDRESS": FieldKind.ADDRESS,
    "WIX_FILE": FieldKind.FILE,
    "SIGNATURE": FieldKind.SIGNATURE,
    "PAYMENT": FieldKind.PAYMENT,
    "OBJECT": FieldKind.OBJECT,
    "OBJECT_ARRAY": FieldKind.OBJECT,
    "UUID": FieldKind.TEXT,
    "HOSTNAME": FieldKind.TEXT,
    "COLOR_HEX": FieldKind.TEXT,
    "LANGUAGE": FieldKind.TEXT,
    "UNKNOWN_INPUT_TYPE": FieldKind.UNKNOWN,
}
"""The summary's ``type``."""
LONG_ANSWERS = ("TEXT_AREA", "LONG_ANSWER")
DEEPEST = 10
"""How far a label's rich text is read: no owner nests deeper, and a broken answer must end."""

Block = dict[str, Any]


class WireRules(msgspec.Struct, rename="camel"):
    """``validation``: of a text, a number or a list."""

    format: str | None = None
    min_length: int | None = None
    max_length: int | None = None
    minimum: float | None = None
    maximum: float | None = None
    min_items: int | None = None
    max_items: int | None = None
    pattern: str | None = None

    def rules(self) -> FieldRules:
        least, most = self.minimum, self.maximum
        return FieldRules(
            shortest=self.min_length,
            longest=self.max_length,
            least=self.min_items if least is None else least,
            most=self.max_items if most is None else most,
            pattern=self.pattern or "",
        )


class WireChoice(msgspec.Struct):
    value: str | int | float | bool | None = None
    label: str | None = None

    def choice(self) -> FieldChoice | None:
        """None without a value: it could not be answered."""
        if self.value is None or self.value == "":
            return None
        value = str(self.value)
        return FieldChoice(value=value, label=self.label or value)


class WireComponent(msgspec.Struct):
    """The block named after the component."""

    label: object = None
    placeholder: str | None = None
    options: list[WireChoice] | None = None

    def choices(self) -> tuple[FieldChoice, ...]:
        told = (each.choice() for each in self.options or ())
        return tuple(each for each in told if each)


class WireInput(msgspec.Struct, rename="camel"):
    """``inputOptions``, without the block named after the input type."""

    target: str | None = None
    input_type: str | None = None
    required: bool | None = None


class _Placed(msgspec.Struct, rename="camel"):
    field_id: str | None = None
    row: int | None = None
    column: int | None = None


class _Items(msgspec.Struct):
    items: list[_Placed] | None = None


class _Layout(msgspec.Struct):
    large: _Items | None = None
    medium: _Items | None = None
    small: _Items | None = None


class _Step(msgspec.Struct):
    layout: _Layout | None = None

    def field_ids(self) -> list[str | None]:
        """From top to bottom: rows begin anew in each step."""
        layout = self.layout or _Layout()
        placed = (layout.large or layout.medium or layout.small or _Items()).items or []
        placed = sorted(placed, key=lambda each: (each.row or 0, each.column or 0))
        return [each.field_id for each in placed]


class _Field(msgspec.Struct, rename="camel"):
    id: str
    field_type: str | None = None
    identifier: str | None = None
    hidden: bool | None = None
    input_options: Block | None = None

    @property
    def target(self) -> object:
        """As it came: anything."""
        return (self.input_options or {}).get("target")


class WireForm(msgspec.Struct, rename="camel"):
    id: str
    name: str | None = None
    enabled: bool | None = None
    form_fields: list[_Field] | None = None
    steps: list[_Step] | None = None
    form_rules: object = None
    rules: object = None  # what ``formRules`` were called until 2026-04-01

    def form(self) -> BookingForm:
        """Deleted fields are not among ``formFields``. A field nobody placed comes last.

        A hidden field is asked only if a rule of the form may show it.
        """
        order = [one for step in self.steps or () for one in step.field_ids()]
        places = {field_id: at for at, field_id in enumerate(order)}
        inputs = [each for each in self.form_fields or () if each.field_type == "INPUT"]
        known_as = {each.id: (each.id, each.target) for each in inputs}
        ruled = fields_in_rules([self.form_rules, self.rules], known_as)
        asked = [each for each in inputs if not each.hidden or each.id in ruled]
        asked.sort(key=lambda each: places.get(each.id, len(order)))
        fields = (_field(each, conditional=each.id in ruled) for each in asked)
        return BookingForm(
            id=FormId(self.id),
            name=self.name or "",
            fields=tuple(each for each in fields if each),
            is_open=self.enabled is not False,
        )


def _field(wire: _Field, *, conditional: bool) -> FormField | None:
    """None for a field without a target: its answer could not be sent."""
    told = wire.input_options or {}
    inputs = msgspec.convert(told, WireInput)
    if not inputs.target:
        return None
    settings = _block(told, inputs.input_type)
    component = settings.get("componentType")
    named = component if isinstance(component, str) else ""
    rules = msgspec.convert(_object(settings.get("validation")), WireRules)
    shown = msgspec.convert(_block(settings, named), WireComponent)
    return FormField(
        target=inputs.target,
        label=_words(shown.label) or inputs.target,
        kind=_kind(named, wire.identifier or "", rules.format or ""),
        required=bool(inputs.required),
        choices=shown.choices(),
        placeholder=shown.placeholder or "",
        rules=rules.rules(),
        conditional=conditional,
        wire_kind=named or inputs.input_type or "",
    )


def _kind(component: str, identifier: str, format_: str) -> FieldKind:
    if format_ in FORMATS:
        return FORMATS[format_]
    if component == "TEXT_INPUT" and identifier in LONG_ANSWERS:
        return FieldKind.LONG_TEXT
    return known(COMPONENTS, component, FieldKind.UNKNOWN, what="form fields")


def _block(settings: Block, member: str | None) -> Block:
    """The object named after an enum's member: STRING lies under ``stringOptions``."""
    first, *others = (member or "").lower().split("_")
    name = first + "".join(part.capitalize() for part in others) + "Options"
    return _object(settings.get(name))


def _object(value: object) -> Block:
    return value if isinstance(value, dict) else {}


def _words(label: object, depth: int = 0) -> str:
    """A label's text; that of a box to tick is rich text: nodes within nodes."""
    if isinstance(label, str):
        return label
    if not isinstance(label, dict) or depth > DEEPEST:
        return ""
    own = _object(label.get("textData")).get("text")
    nodes = label.get("nodes")
    inner = (_words(node, depth + 1) for node in nodes) if isinstance(nodes, list) else ()
    return (own if isinstance(own, str) else "") + "".join(inner)


class _SummaryField(msgspec.Struct):
    target: str | None = None
    label: str | None = None
    type: str | None = None
    options: list[WireChoice | str] | None = None
    deleted: bool | None = None

    def field(self) -> FormField | None:
        """None for a deleted field, and for one without a target. The summary tells no rules."""
        if self.deleted or not self.target:
            return None
        kind = known(SUMMARY_KINDS, self.type, FieldKind.UNKNOWN, what="form fields")
        choices = tuple(each for each in map(_choice, self.options or ()) if each)
        if choices and kind is FieldKind.TEXT:
            kind = FieldKind.ONE_OF
        return FormField(
            target=self.target,
            label=self.label or self.target,
            kind=kind,
            choices=choices,
            wire_kind=self.type or "",
        )


class WireSummary(msgspec.Struct):
    id: str
    fields: list[_SummaryField] | None = None

    def form(self) -> BookingForm:
        fields = (each.field() for each in self.fields or ())
        return BookingForm(id=FormId(self.id), fields=tuple(each for each in fields if each))


def _choice(told: WireChoice | str) -> FieldChoice | None:
    return WireChoice(value=told).choice() if isinstance(told, str) else told.choice()
