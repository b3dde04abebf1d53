"""Fields for texts: lines, longer answers, addresses, phone numbers, web addresses."""

import unicodedata
from collections.abc import Callable
from typing import Any

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _

LONGEST_LINE = 1000
LONGEST_TEXT = 4000
LONGEST_MAIL = 254


def one_line(value: str) -> None:
    """Refuse control characters: they have no place in a name and do harm in a mail."""
    if any(unicodedata.category(each) == "Cc" for each in value):
        raise ValidationError(_("Use letters, digits and punctuation only."), code="control")


def some_lines(value: str) -> None:
    """Refuse control characters other than line breaks and tabs."""
    if any(unicodedata.category(each) == "Cc" and each not in "\r\n\t" for each in value):
        raise ValidationError(_("Use letters, digits and punctuation only."), code="control")


def check(holds: Callable[[str], bool], words: str) -> Callable[[str], None]:
    """A validator that says ``words`` as they are, whatever signs an owner's question has."""

    def validate(value: str) -> None:
        if not holds(value):
            raise ValidationError(words)

    return validate


def _without_lengths(attrs: dict[str, Any]) -> dict[str, Any]:
    """A browser that is told how long a text may be cuts off what is pasted, without a word."""
    return {name: told for name, told in attrs.items() if not name.endswith("length")}


class LineField(forms.CharField):
    """One trimmed line of text, with hints for browsers and phones."""

    default_validators = [one_line]

    def __init__(self, *, autocomplete: str = "", hints: Any = None, **options: Any) -> None:
        """``hints`` are further attributes of the input."""
        super().__init__(**options)
        nulls = ProhibitNullCharactersValidator()  # a control character like the others: said once
        self.validators = [each for each in self.validators if each != nulls]
        told = {"autocomplete": autocomplete} if autocomplete else {}
        self.widget.attrs.update(told | (hints or {}))

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return _without_lengths(super().widget_attrs(widget))


class AreaField(LineField):
    """Several lines of text, each ending in one character: browsers send two and count one."""

    widget = forms.Textarea(attrs={"rows": 3})
    default_validators = [some_lines]

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


class MailField(forms.EmailField):
    """A mail address."""

    default_error_messages = {
        "invalid": _("Enter an e-mail address like name@example.com."),
        "max_length": _("Enter a shorter e-mail address."),
    }

    def __init__(self, *, autocomplete: str, **options: Any) -> None:
        hints = {"inputmode": "email", "autocapitalize": "none", "spellcheck": "false"}
        attrs = hints | {"dir": "ltr", "autocomplete": autocomplete}
        super().__init__(max_length=LONGEST_MAIL, widget=forms.EmailInput(attrs), **options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return _without_lengths(super().widget_attrs(widget))


class PhoneField(LineField):
    """A phone number, in E.164 as Wix wants it; "" if none was given.

    ``country`` (ISO 3166-1), set by the form, is where a number without a code belongs.
    """

    default_error_messages = {
        "number": _("Enter a phone number like +351 912 345 678, or leave it empty."),
        "number_required": _("Enter a phone number like +351 912 345 678."),
    }
    country = ""

    def __init__(self, **options: Any) -> None:
        hints = {"type": "tel", "inputmode": "tel", "dir": "ltr"}
        super().__init__(widget=forms.TextInput(hints), **options)

    def clean(self, value: Any) -> str:
        typed: str = super().clean(value)
        if not typed:
            return ""
        try:
            number = phonenumbers.parse(typed, self.country or None)
        except phonenumbers.NumberParseException:
            number = None
        if number is None or not phonenumbers.is_possible_number(number):
            wrong = "number_required" if self.required else "number"
            raise ValidationError(self.error_messages[wrong])
        return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


class WebField(forms.URLField):
    """A web address; ``https`` unless something else is typed."""

    default_validators = [*forms.URLField.default_validators, one_line]

    def __init__(self, **options: Any) -> None:
        hints = {"inputmode": "url", "autocapitalize": "none", "spellcheck": "false", "dir": "ltr"}
        super().__init__(assume_scheme="https", widget=forms.URLInput(hints), **options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return _without_lengths(super().widget_attrs(widget))
