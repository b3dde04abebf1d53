"""A service's own questions as fields of a form: each kind asked in its own way.

Rules that no answer could keep to are passed over: a form never keeps anybody from booking by mistake.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from booking.actions.answers import Answer
from booking.domain.booking_form import FieldChoice, FieldKind, FieldRules, FormField
from booking.domain.patterns import may_be
from booking.forms import wording
from booking.forms.texts import (
    LONGEST_LINE,
    LONGEST_TEXT,
    AreaField,
    LineField,
    MailField,
    PhoneField,
    WebField,
    check,
)
from booking.forms.values import (
    MomentField,
    NumberField,
    SomeOfField,
    a_date,
    a_moment,
    a_time,
)

MOST_RADIOS = 6
STARS = range(1, 6)
MOST_STARS = 10
NOT_TO_BE_DONE_HERE = frozenset({FieldKind.FILE, FieldKind.PAYMENT, FieldKind.OBJECT})
"""Nobody can be made to answer what cannot be answered here."""


def field_for(question: FormField) -> forms.Field:
    """The field that asks ``question``."""
    return _MAKERS.get(question.kind, _text)(question)


def answer_to(question: FormField, value: Any) -> Answer | None:
    """The answer, from a valid form; None if there is none."""
    if value in (None, "", [], False):
        return None
    chosen = value if isinstance(value, list) else [value]
    labels = {each.value: each.label for each in question.choices}
    return Answer(
        target=question.target,
        label=question.label,
        kind=question.kind,
        value=tuple(value) if isinstance(value, list) else value,
        words=", ".join(labels[each] for each in chosen if each in labels),
        to_wix=question.kind.is_for_wix,
    )


def _asked(question: FormField, hint: str = "") -> dict[str, Any]:
    """What all fields are told."""
    required = question.must_be_answered and question.kind not in NOT_TO_BE_DONE_HERE
    if question.conditional and not hint:
        hint = gettext("Only if it applies to you.")
    return {
        "label": question.label,
        "required": required,
        "help_text": hint,
        "error_messages": {"required": wording.missing(question)},
    }


def _text(question: FormField) -> forms.Field:
    checks, _ = _text_checks(question, LONGEST_LINE)
    hints = {"dir": "auto", "autocomplete": "off", "placeholder": question.placeholder}
    return LineField(
        hints={name: told for name, told in hints.items() if told},
        validators=checks,
        **_asked(question, wording.not_here(question)),
    )


def _long_text(question: FormField) -> forms.Field:
    return _area(question, "off")


def _address(question: FormField) -> forms.Field:
    return _area(question, "street-address")


def _area(question: FormField, autocomplete: str) -> forms.Field:
    checks, most = _text_checks(question, LONGEST_TEXT)
    hint = gettext("Up to %(most)d characters.") % {"most": most} if most < LONGEST_TEXT else ""
    hints = {"dir": "auto", "placeholder": question.placeholder}
    return AreaField(
        autocomplete=autocomplete,
        hints={name: told for name, told in hints.items() if told},
        validators=checks,
        **_asked(question, hint),
    )


def _text_checks(question: FormField, longest: int) -> tuple[list[Callable[[str], None]], int]:
    """The validators of a text, and how long it may be."""
    rules = question.rules
    most = min(rules.longest, longest) if rules.longest and rules.longest > 0 else longest
    least = rules.shortest if rules.shortest and rules.shortest <= most else 0
    return [
        check(lambda typed: len(typed) <= most, wording.too_long(question, most)),
        check(lambda typed: len(typed) >= least, wording.too_short(question, least)),
        check(lambda typed: _fits(rules, typed), wording.wrong(question)),
    ], most


def _fits(rules: FieldRules, typed: str) -> bool:
    return not rules.pattern or may_be(rules.pattern, typed)


class _OneSentence(forms.Field):
    """Says one sentence about whatever is wrong with an answer that is there."""

    words = ""

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except ValidationError as error:
            if getattr(error, "code", "") == "required":
                raise
            raise ValidationError(self.words) from error


class _Mail(_OneSentence, MailField):
    pass


class _Web(_OneSentence, WebField):
    pass


class _Phone(_OneSentence, PhoneField):
    pass


class _OneOf(_OneSentence, forms.ChoiceField):
    pass


class _Stars(_OneSentence, forms.TypedChoiceField):
    pass


class _SomeOf(_OneSentence, SomeOfField):
    pass


def _said[F: _OneSentence](field: F, question: FormField) -> F:
    field.words = wording.wrong(question)
    return field


def _mail(question: FormField) -> forms.Field:
    return _said(_Mail(autocomplete="off", **_asked(question)), question)


def _phone(question: FormField) -> forms.Field:
    return _said(_Phone(autocomplete="off", **_asked(question)), question)


def _url(question: FormField) -> forms.Field:
    too_long = check(lambda typed: len(typed) <= LONGEST_LINE, "")
    return _said(_Web(validators=[too_long], **_asked(question)), question)


def _number(question: FormField) -> forms.Field:
    least, most = _bounds(question.rules)
    bounds = wording.between(least, most)

    def within(number: float) -> None:
        if (least is not None and number < least) or (most is not None and number > most):
            raise ValidationError(wording.out_of_bounds(question, least, most))

    hint = f"{bounds[:1].upper()}{bounds[1:]}." if bounds else ""
    return NumberField(words=wording.wrong(question), within=within, **_asked(question, hint))


def _bounds(rules: FieldRules) -> tuple[float | None, float | None]:
    """The least and the most; neither where the owner has them the wrong way round."""
    least, most = rules.least, rules.most
    if least is not None and most is not None and least > most:
        return None, None
    return least, most


def _moment(kind: str, read: Callable[[str], str]) -> Callable[[FormField], forms.Field]:
    def make(question: FormField) -> forms.Field:
        return MomentField(kind=kind, read=read, words=wording.wrong(question), **_asked(question))

    return make


def _box(question: FormField) -> forms.Field:
    return forms.BooleanField(**_asked(question))


def _rating(question: FormField) -> forms.Field:
    top = question.rules.most
    stars = range(1, int(top) + 1) if top and 1 < top <= MOST_STARS else STARS
    choices = [(str(each), str(each)) for each in stars]
    field = _Stars(
        choices=_or_none(choices, question),
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect(attrs={"class": "star"}),
        **_asked(question),
    )
    return _said(field, question)


def _one_of(question: FormField) -> forms.Field:
    choices = _choices(question)
    if not choices:
        return _text(question)
    few = len(choices) <= MOST_RADIOS
    listed = _or_none(choices, question) if few else [("", gettext("Choose…")), *choices]
    widget = forms.RadioSelect() if few else forms.Select()
    return _said(_OneOf(choices=listed, widget=widget, **_asked(question)), question)


def _or_none(choices: list[tuple[str, str]], question: FormField) -> list[tuple[str, str]]:
    """A radio button once pressed stays pressed: so what may be left out can be left out again."""
    return choices if question.must_be_answered else [*choices, ("", gettext("No answer"))]


def _some_of(question: FormField) -> forms.Field:
    choices = _choices(question)
    if not choices:
        return _text(question)
    least, most = _bounds(question.rules)
    fewest = int(least) if least and least <= len(choices) else 0
    top = int(most) if most and 1 <= most < len(choices) else None
    hint = wording.so_many(fewest, top)

    def so_many(chosen: list[str]) -> None:
        if len(chosen) < fewest or (top and len(chosen) > top):
            raise ValidationError(hint)

    field = _SomeOf(choices=choices, validators=[so_many], **_asked(question, hint))
    _said(field, question)
    field.words = f"{field.words} {hint}".rstrip()
    return field


def _choices(question: FormField) -> list[tuple[str, str]]:
    """Each value once; a line break in one would part it in what is kept of a page."""
    told: dict[str, FieldChoice] = {each.value: each for each in reversed(question.choices)}
    return [(each.value, each.label) for each in question.choices if told[each.value] is each]


_MAKERS: dict[FieldKind, Callable[[FormField], forms.Field]] = {
    FieldKind.LONG_TEXT: _long_text,
    FieldKind.EMAIL: _mail,
    FieldKind.PHONE: _phone,
    FieldKind.NUMBER: _number,
    FieldKind.RATING: _rating,
    FieldKind.URL: _url,
    FieldKind.DATE: _moment("date", a_date),
    FieldKind.TIME: _moment("time", a_time),
    FieldKind.DATE_TIME: _moment("datetime-local", a_moment),
    FieldKind.CHECKBOX: _box,
    FieldKind.ONE_OF: _one_of,
    FieldKind.SOME_OF: _some_of,
    FieldKind.ADDRESS: _address,
}
"""Kinds that are not here are asked for as a line of text."""
