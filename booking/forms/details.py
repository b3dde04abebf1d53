"""The details form: who books, what the service asks, and who comes along."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from booking.actions import answers, people
from booking.actions.answers import Answer
from booking.actions.people import MOST_NAMED, Person, Seat
from booking.actions.place import Details
from booking.domain.booking_form import CONTACT, BookingForm, FieldKind, plain_form
from booking.domain.ids import FormId
from booking.domain.outcome import Customer
from booking.forms import questions
from booking.forms.page_form import AskedField, PageForm
from booking.forms.texts import AreaField, LineField, MailField, PhoneField, check

LONGEST_NAME = 100
LONGEST_PERSON = 200
LONGEST_NOTE = 1000
KEPT_OF_EACH = 4000
KEPT_OF_ALL = 40_000
"""So many characters of what was typed are kept for another try."""
PLAIN = plain_form(FormId(""))


@dataclass(frozen=True, slots=True)
class Companion:
    """The fields about somebody who comes along."""

    title: str
    name: AskedField
    email: AskedField
    phone: AskedField

    @property
    def has_contact(self) -> bool:
        """True if there is something to see of a contact of their own."""
        return self.email.has_content or self.phone.has_content


class DetailsForm(PageForm):
    """Who books. Only a name and a mail address are asked for, unless the service asks for more."""

    first_name = LineField(
        label=_("First name"),
        autocomplete="given-name",
        error_messages={"required": _("Enter your first name.")},
    )
    last_name = LineField(
        label=_("Last name"),
        autocomplete="family-name",
        required=False,
        error_messages={"required": _("Enter your last name.")},
    )
    email = MailField(
        label=_("E-mail"),
        help_text=_("The confirmation and your booking’s address go there."),
        autocomplete="email",
        error_messages={
            "required": _("Enter your e-mail address, so that we can send you the confirmation."),
        },
    )
    phone = PhoneField(
        label=_("Phone"),
        help_text=_("Only if something changes at short notice."),
        autocomplete="tel",
        required=False,
        error_messages={"required": _("Enter your phone number: the business asks for it.")},
    )
    note = AreaField(
        label=_("Note"),
        help_text=_("Anything the business should know beforehand."),
        autocomplete="off",
        required=False,
    )
    press = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        asks: BookingForm = PLAIN,
        seats: tuple[Seat, ...] = (),
        ways: Sequence[tuple[str, str]] = (),
        country: str = "",
        **options: Any,
    ) -> None:
        """``country`` (ISO 3166-1) is where a phone number without a code belongs.

        ``ways`` are the ways to pay with their words; fewer than two are no question.
        """
        super().__init__(data, **options)
        self.asks, self.seats, self.sent = asks, seats, data or QueryDict()
        last = {name: self.fields.pop(name) for name in ("note", "press")}
        for question in asks.questions:
            self.fields[answers.name_of(question.target)] = questions.field_for(question)
        for seat in seats[1:MOST_NAMED]:
            self.fields.update(_fields_of(seat))
        if len(ways) > 1:
            self.fields["way"] = forms.ChoiceField(
                label=_("How would you like to pay?"),
                choices=ways,
                initial=ways[0][0],
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose how you would like to pay.")},
            )
        self.fields.update(last)
        self._keep_to_rules()
        for field in self.fields.values():
            if isinstance(field, PhoneField):
                field.country = country

    def _keep_to_rules(self) -> None:
        for name in ("last_name", "phone"):
            self.fields[name].required = self.asks.requires(name)
        for name in ("first_name", "last_name"):
            told = self.asks.field(name)
            rule = told.rules.longest if told else None
            most = min(rule, LONGEST_NAME) if rule and rule > 0 else LONGEST_NAME
            _limit(self.fields[name], most)
        _limit(self.fields["note"], LONGEST_NOTE)

    @property
    def questions(self) -> list[AskedField]:
        """The service's own questions, in the owner's order."""
        return [self._asked(answers.name_of(each.target)) for each in self.asks.questions]

    @property
    def companions(self) -> Iterator[Companion]:
        """Those who come along, as far as they are asked for."""
        for seat in self.seats[1:MOST_NAMED]:
            fields = {part: self._asked(seat.field(part)) for part in people.PARTS}
            yield Companion(_title(seat), **fields)

    def _asked(self, name: str) -> AskedField:
        field = self[name]
        assert isinstance(field, AskedField)
        return field

    def details(self) -> Details:
        """The valid form as the action wants it."""
        told = self.cleaned_data
        customer = Customer(**{target: told[target] for target in CONTACT})
        return Details(
            customer=customer,
            note=told["note"],
            press=told["press"],
            way=told.get("way", ""),
            answers=self._answers(customer),
            people=self._people(customer),
        )

    def _answers(self, customer: Customer) -> tuple[Answer, ...]:
        told = self.cleaned_data
        found = (
            questions.answer_to(each, told[answers.name_of(each.target)])
            for each in self.asks.questions
        )
        given = tuple(each for each in found if each)
        if not self.asks.tells_who_books:
            return tuple(replace(each, to_wix=False) for each in given)
        if not any(each.to_wix for each in given):
            return given
        return given + tuple(self._beyond_the_form(customer))

    def _beyond_the_form(self, customer: Customer) -> Iterator[Answer]:
        """What is told of the contact, but has no place among the answers that Wix takes."""
        for target in CONTACT:
            value = getattr(customer, target)
            if value and self.asks.field(target) is None:
                label = str(self.fields[target].label)
                kind = FieldKind.TEXT
                yield Answer(target=target, label=label, kind=kind, value=value, to_wix=False)

    def _people(self, customer: Customer) -> tuple[Person, ...]:
        whole = f"{customer.first_name} {customer.last_name}".strip()
        here = Person(
            name=whole,
            choice=self.seats[0].choice if self.seats else "",
            email=customer.email,
            phone=customer.phone,
        )
        return (here, *(self._person(seat) for seat in self.seats[1:]))

    def _person(self, seat: Seat) -> Person:
        told = {part: self.cleaned_data.get(seat.field(part), "") for part in people.PARTS}
        return Person(choice=seat.choice, **told)

    def typed(self) -> dict[str, str]:
        """What was typed, as it was, cut to lengths that we are willing to keep.

        Answers are kept whatever is asked just now: their questions may be asked again.
        """
        kept: dict[str, str] = {}
        left = KEPT_OF_ALL
        for name in self.sent:
            text = "\n".join(self.sent.getlist(name))[: min(KEPT_OF_EACH, left)]
            if text and _is_kept(name):
                kept[name] = text
                left -= len(text)
        return kept

    @property
    def has_answers(self) -> bool:
        """True if the page that was sent had questions of the service's own with an answer."""
        return any(name.startswith(answers.PREFIX) and self.sent[name] for name in self.sent)


def _is_kept(name: str) -> bool:
    own = name.startswith((answers.PREFIX, people.PREFIX)) and len(name) <= LONGEST_NAME
    return own or name in (*CONTACT, "note")


def _limit(field: forms.Field, most: int) -> None:
    said = gettext("Use at most %(most)d characters for “%(question)s”.")
    words = said % {"most": most, "question": field.label}
    field.validators = [*field.validators, check(lambda typed: len(typed) <= most, words)]


def _title(seat: Seat) -> str:
    if seat.choice:
        return f"{seat.choice} {seat.of_choice}"
    return gettext("Person %(number)d") % {"number": seat.number}


def _fields_of(seat: Seat) -> dict[str, forms.Field]:
    """A name, and a contact of their own; none of it has to be told."""
    title = f"\u2068{_title(seat)}\u2069"
    name = LineField(
        label=gettext("Name"), autocomplete="off", hints={"dir": "auto"}, required=False
    )
    said = gettext("%(person)s: use at most %(most)d characters for the name.")
    words = said % {"person": title, "most": LONGEST_PERSON}
    name.validators = [*name.validators, check(lambda typed: len(typed) <= LONGEST_PERSON, words)]
    email = MailField(label=gettext("E-mail"), autocomplete="off", required=False)
    email.error_messages["invalid"] = (
        gettext("%(person)s: enter an e-mail address like name@example.com.") % {"person": title}
    ).replace("%", "%%")
    phone = PhoneField(label=gettext("Phone"), autocomplete="off", required=False)
    phone.error_messages["number"] = gettext(
        "%(person)s: enter a phone number like +351 912 345 678, or leave it empty."
    ) % {"person": title}
    return {seat.field("name"): name, seat.field("email"): email, seat.field("phone"): phone}
