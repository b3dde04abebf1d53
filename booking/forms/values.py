"""Fields whose answers are no plain texts: numbers, days and clock times, choices."""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from booking.forms.texts import LineField

_NUMBER = re.compile(r"[+-]?\d{1,12}(?:[.,]\d{1,6})?")
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")
"""1.500 is one and a half here and one and a half thousand there."""
_SPACES = re.compile(r"\s")


class NumberField(LineField):
    """A number as people write it; an int if it is whole, None if it is left out."""

    def __init__(self, *, words: str, within: Callable[[float], None], **options: Any) -> None:
        """``words`` say what is wrong with what is no number; ``within`` refuses one out of bounds."""
        super().__init__(hints={"inputmode": "decimal", "autocomplete": "off"}, **options)
        self.words, self.within = words, within

    def clean(self, value: Any) -> Any:
        typed = _SPACES.sub("", super().clean(value))
        if not typed:
            return None
        if not _NUMBER.fullmatch(typed) or _THOUSANDS.fullmatch(typed):
            raise ValidationError(self.words)
        number = float(typed.replace(",", "."))
        self.within(number)
        return int(number) if number.is_integer() else number


def a_date(typed: str) -> str:
    return date.fromisoformat(typed).isoformat()


def a_time(typed: str) -> str:
    return time.fromisoformat(typed).replace(tzinfo=None).isoformat("seconds")


def a_moment(typed: str) -> str:
    return datetime.fromisoformat(typed).replace(tzinfo=None).isoformat(timespec="seconds")


class MomentField(LineField):
    """A day, a time or both, as the browser's own picker sends it; kept in ISO 8601.

    It is what a clock shows, without a zone: nobody says whose.
    """

    def __init__(
        self, *, kind: str, read: Callable[[str], str], words: str, **options: Any
    ) -> None:
        """``kind`` is the input's type; ``words`` say what is wrong with what cannot be read."""
        super().__init__(widget=forms.TextInput({"type": kind, "autocomplete": "off"}), **options)
        self.read, self.words = read, words

    def clean(self, value: Any) -> str:
        typed: str = super().clean(value)
        try:
            return self.read(typed) if typed else ""
        except ValueError as error:
            raise ValidationError(self.words) from error


class SomeOfField(forms.MultipleChoiceField):
    """Any of some choices, each once."""

    widget = forms.CheckboxSelectMultiple

    def prepare_value(self, value: Any) -> Any:
        """What was kept of an earlier page is one text, a choice a line."""
        return value.split("\n") if isinstance(value, str) else value

    def clean(self, value: Any) -> list[str]:
        return list(dict.fromkeys(super().clean([each for each in value if each])))
