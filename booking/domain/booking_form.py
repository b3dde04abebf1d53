"""The questions a service asks of who books it, as the owner has put them together."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from booking.domain.ids import FormId, FormSubmissionId


class FieldKind(StrEnum):
    """How a question is answered. ``UNKNOWN`` stands for kinds Wix adds: ask for a line of text."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    EMAIL = "email"
    PHONE = "phone"
    NUMBER = "number"
    RATING = "rating"
    URL = "url"
    DATE = "date"
    TIME = "time"
    DATE_TIME = "date_time"
    CHECKBOX = "checkbox"
    ONE_OF = "one_of"
    SOME_OF = "some_of"
    ADDRESS = "address"
    FILE = "file"
    SIGNATURE = "signature"
    PAYMENT = "payment"
    OBJECT = "object"
    UNKNOWN = "unknown"

    @property
    def is_object(self) -> bool:
        """True if the answer is no single value: Wix refuses a text in its place."""
        return self in _OBJECTS

    @property
    def is_for_wix(self) -> bool:
        """True if Wix takes the answer as we can ask for it; others go to the business by mail."""
        return not self.is_object and self is not FieldKind.UNKNOWN


_OBJECTS = frozenset(
    {
        FieldKind.ADDRESS,
        FieldKind.FILE,
        FieldKind.SIGNATURE,
        FieldKind.PAYMENT,
        FieldKind.OBJECT,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChoice:
    """``value`` is the answer that is sent, ``label`` what people read."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRules:
    """What an answer must keep to; None where nothing is asked.

    Lengths count characters, ``least``/``most`` bound a number, or how many of ``SOME_OF``.
    ``pattern`` is a regular expression in JavaScript's spelling, "" for none.
    """

    shortest: int | None = None
    longest: int | None = None
    least: float | None = None
    most: float | None = None
    pattern: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One question. ``target`` is its name in what is sent.

    ``required`` is None where Wix does not say. ``conditional`` tells that a rule of the form may
    show or hide it, we cannot know when. ``wire_kind`` is Wix's own word for its kind.
    """

    target: str
    label: str
    kind: FieldKind
    required: bool | None = None
    choices: tuple[FieldChoice, ...] = ()
    placeholder: str = ""
    rules: FieldRules = FieldRules()
    conditional: bool = False
    wire_kind: str = ""

    @property
    def must_be_answered(self) -> bool:
        """True if nobody can do without: what may be hidden from somebody is asked of nobody."""
        return bool(self.required) and not self.conditional


CONTACT = ("first_name", "last_name", "email", "phone")
"""The targets of the questions about who books: the page has fields of its own for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingForm:
    """Fields in the order they are shown, deleted and hidden ones left out.

    ``is_open`` is False when the owner has switched the form off.
    """

    id: FormId
    name: str = ""
    fields: tuple[FormField, ...] = ()
    is_open: bool = True

    def field(self, target: str) -> FormField | None:
        """The question with that target."""
        return next((each for each in self.fields if each.target == target), None)

    def requires(self, target: str) -> bool:
        """True if the form has that question and it must be answered."""
        field = self.field(target)
        return field is not None and field.must_be_answered

    @property
    def tells_who_books(self) -> bool:
        """True if Wix would know the customer from the answers: it passes over a contact beside them."""
        return bool(self.field("first_name") and self.field("email"))

    @property
    def questions(self) -> tuple[FormField, ...]:
        """What is asked beside who books. Of two questions with one target only one has an answer."""
        own = {each.target: each for each in reversed(self.fields) if each.target not in CONTACT}
        return tuple(each for each in self.fields if own.get(each.target) is each)

    @property
    def not_asked(self) -> tuple[FormField, ...]:
        """Questions that a page without script cannot ask well: their answers are objects."""
        return tuple(each for each in self.fields if each.kind.is_object)


FALL_BACK_FIELDS = (
    FormField(target="first_name", label="", kind=FieldKind.TEXT, required=True),
    FormField(target="last_name", label="", kind=FieldKind.TEXT, required=False),
    FormField(target="email", label="", kind=FieldKind.EMAIL, required=True),
)
"""What every booking form has, for when Wix tells no fields. Their labels are the page's own."""


def plain_form(form_id: FormId) -> BookingForm:
    """A form that asks for name and e-mail alone."""
    return BookingForm(id=form_id, fields=FALL_BACK_FIELDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormAnswer:
    """``value`` is a text, a number, yes or no, or several texts. Other answers are left out."""

    target: str
    value: str | float | bool | tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSubmission:
    """What somebody answered. ``created`` is a UTC moment, None if Wix does not tell."""

    id: FormSubmissionId
    form_id: FormId
    answers: tuple[FormAnswer, ...] = ()
    created: datetime | None = None

    def answer(self, target: str) -> str | float | bool | tuple[str, ...] | None:
        """The answer to one question; None if there is none."""
        return next((each.value for each in self.answers if each.target == target), None)
