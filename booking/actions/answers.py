"""Answers to a service's own questions: as they are typed, kept, and sent to Wix or the business."""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from booking.domain.booking_form import CONTACT, FieldKind
from booking.models import Booking

PREFIX = "q-"
"""What the names of questions begin with in a form that is sent to us."""
_SAFE = re.compile(r"[A-Za-z0-9_-]{1,60}")

Value = str | bool | int | float | tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer. ``value`` is in the shape Wix wants; ``words`` how people read it, if otherwise.

    ``to_wix`` is False for what Wix would not take; the business then gets it by mail.
    """

    target: str
    label: str
    kind: FieldKind
    value: Value
    words: str = ""
    to_wix: bool = True


def name_of(target: str) -> str:
    """The name of a question in a form; short and plain whatever the target is."""
    if _SAFE.fullmatch(target):
        return PREFIX + target
    return f"{PREFIX}-{sha256(target.encode(errors='replace')).hexdigest()[:20]}"


def written(answers: Iterable[Answer]) -> list[dict[str, Any]]:
    """The answers for the booking's row."""
    return [asdict(each) | {"value": _as_json(each.value)} for each in answers]


def _as_json(value: Value) -> Any:
    return list(value) if isinstance(value, tuple) else value


def for_wix(booking: Booking) -> dict[str, Any] | None:
    """The whole ``formSubmission``: target to answer; None if the form asks nothing of its own.

    Wix takes the contact from it, and refuses it as a whole for a target that the form does not have.
    What is told of the contact beyond the form stands among the answers that are not for Wix.
    """
    own = {each["target"]: each["value"] for each in booking.answers if each["to_wix"]}
    if not own:
        return None
    beyond = {each["target"] for each in for_business(booking)}
    contact = {target: getattr(booking, target) for target in CONTACT if target not in beyond}
    return {target: value for target, value in contact.items() if value} | own


def for_business(booking: Booking) -> list[dict[str, Any]]:
    """The answers that only the business gets."""
    return [each for each in booking.answers if not each["to_wix"]]


def typed(booking: Booking) -> dict[str, str]:
    """The accepted answers as they were typed, to begin another form with."""
    return {
        name_of(each["target"]): _as_typed(each["value"])
        for each in booking.answers
        if each["target"] not in CONTACT
    }


def _as_typed(value: Any) -> str:
    if isinstance(value, bool):
        return "on" if value else ""
    return "\n".join(value) if isinstance(value, (list, tuple)) else str(value)
