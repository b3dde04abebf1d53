"""What customers type, checked: clear words for what is wrong, and nothing of it lost."""

import unicodedata
from typing import Any

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _

from booking.actions.place import Details
from booking.domain.outcome import Customer


def one_line(value: str) -> None:
    """Refuse control characters: they have no place in a name and do harm in a mail."""
    if any(unicodedata.category(each) == "Cc" for each in value):
        raise ValidationError(_("Use letters, digits and punctuation only."), code="control")


def some_lines(value: str) -> None:
    """Refuse control characters other than line breaks and tabs."""
    if any(unicodedata.category(each) == "Cc" and each not in "\r\n\t" for each in value):
        raise ValidationError(_("Use letters, digits and punctuation only."), code="control")


class LineField(forms.CharField):
    """One trimmed line of text, with hints for browsers and phones."""

    default_validators = [ProhibitNullCharactersValidator(), one_line]

    def __init__(self, *, autocomplete: str, **options: Any) -> None:
        super().__init__(**options)
        self.widget.attrs["autocomplete"] = autocomplete


class DetailsForm(forms.Form):
    """Who books. Only a name and a mail address are asked for; the rest is welcome."""

    first_name = LineField(
        label=_("First name"),
        max_length=100,
        autocomplete="given-name",
        error_messages={"required": _("Enter your first name.")},
    )
    last_name = LineField(
        label=_("Last name"), max_length=100, autocomplete="family-name", required=False
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": _("Enter your e-mail address, so that we can send you the confirmation."),
            "invalid": _("Enter an e-mail address like name@example.com."),
        },
    )
    phone = LineField(
        label=_("Phone"),
        max_length=40,
        autocomplete="tel",
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "type": "tel"}),
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=1000,
        required=False,
        validators=[some_lines],
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    press = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, country: str = "", **kwargs: Any) -> None:
        """``country`` (ISO 3166-1) is where a phone number without a code belongs."""
        super().__init__(*args, **kwargs)
        self.country = country

    def clean_phone(self) -> str:
        """The number in E.164, as Wix wants it; "" if none was given."""
        typed = self.cleaned_data["phone"]
        if not typed:
            return ""
        try:
            number = phonenumbers.parse(typed, self.country or None)
        except phonenumbers.NumberParseException:
            number = None
        if number is None or not phonenumbers.is_possible_number(number):
            raise ValidationError(
                _("Enter a phone number like +351 912 345 678, or leave it empty.")
            )
        return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))

    def details(self) -> Details:
        """The valid form as the action wants it."""
        told = self.cleaned_data
        customer = Customer(
            first_name=told["first_name"],
            last_name=told["last_name"],
            email=told["email"],
            phone=told["phone"],
        )
        return Details(customer=customer, note=told["note"], press=told["press"])

    def typed(self) -> dict[str, str]:
        """What was typed, as it was, cut to lengths that we are willing to keep."""
        names = ("first_name", "last_name", "email", "phone", "note")
        return {each: str(self.data.get(each, ""))[:1000] for each in names if self.data.get(each)}


class LostLinkForm(forms.Form):
    """Whose links to mail."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": _("Enter the e-mail address you booked with."),
            "invalid": _("Enter an e-mail address like name@example.com."),
        },
    )
