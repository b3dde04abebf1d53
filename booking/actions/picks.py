"""What a link or a form says of who comes, for how long and with which extras."""

from collections.abc import Iterator, Mapping

from booking.domain.errors import WrongChoice
from booking.domain.ids import AddOnId
from booking.domain.offer import Asked, Offer, Picked
from booking.domain.slot import Choices
from booking.models import Booking

PARTY, LENGTH = "party", "length"
PEOPLE, EXTRA = "people-", "extra-"
"""What a parameter begins with that counts the people of one choice, or an add-on."""
MOST = 1000
"""No number that a person means is larger."""


def is_pick(name: str) -> bool:
    """True for a parameter that says one of these things."""
    return is_people(name) or name == LENGTH or name.startswith(EXTRA)


def is_people(name: str) -> bool:
    """True for a parameter that says who comes."""
    return name == PARTY or name.startswith(PEOPLE)


def asked(parameters: Mapping[str, str]) -> Asked:
    """What the parameters of an address or a form ask for. Raises: WrongChoice for no numbers."""
    people = dict(_counted(parameters, PEOPLE))
    if PARTY in parameters and not people:
        people[""] = _number(parameters[PARTY])
        if people[""] < 1:
            raise WrongChoice("party")
    return Asked(
        people=people,
        minutes=_number(parameters[LENGTH]) if parameters.get(LENGTH) else None,
        extras=dict(_counted(parameters, EXTRA)),
    )


def picked(offer: Offer, parameters: Mapping[str, str]) -> tuple[Picked, tuple[WrongChoice, ...]]:
    """What a link asks for, less what makes no sense; and what that was."""
    unread = [name for name, value in parameters.items() if is_pick(name) and not _reads(value)]
    rest = {name: value for name, value in parameters.items() if name not in unread}
    if rest.get(PARTY, "1").strip("0") == "":
        unread.append(rest.pop(PARTY))
    fitting, wrong = offer.pick_what_fits(asked(rest))
    return fitting, (*(WrongChoice("number") for _ in unread), *wrong)


def extras_in(parameters: Mapping[str, str]) -> dict[str, int]:
    """How many of which add-on the parameters ask for, by its id; what is no number is left out."""
    readable = {name: value for name, value in parameters.items() if _reads(value)}
    return dict(_counted(readable, EXTRA))


def parameters(picked: Picked) -> dict[str, str]:
    """The parameters that ask for ``picked``; what is usual needs none."""
    told: dict[str, str] = {}
    for group in picked.groups:
        name = group.choices[0].name if group.choices and not group.choices[0].minutes else ""
        if name:
            told[f"{PEOPLE}{name}"] = str(group.people)
        elif group.people > 1:
            told[PARTY] = str(group.people)
    if picked.minutes is not None:
        told[LENGTH] = str(picked.minutes)
    return told | {f"{EXTRA}{each.add_on.id}": str(each.quantity) for each in picked.add_ons}


def length_of(booking: Booking) -> Choices | None:
    """How long the appointment that was booked is, as times are asked for; None for the usual."""
    longer = [each for each in booking.line.add_ons if each["minutes"]]
    minutes = int(booking.picks.get(LENGTH, 0))
    if minutes:
        minutes += sum(each["minutes"] for each in longer)
    add_ons = tuple(AddOnId(each["id"]) for each in longer)
    return Choices(minutes=minutes or None, add_ons=add_ons) if minutes or add_ons else None


def _counted(parameters: Mapping[str, str], begin: str) -> Iterator[tuple[str, int]]:
    for name, value in parameters.items():
        if name.startswith(begin) and value:
            yield name.removeprefix(begin), _number(value)


def _reads(text: str) -> bool:
    return not text or (text.isascii() and text.isdecimal() and len(text) <= len(str(MOST)))


def _number(text: str) -> int:
    if not text or not _reads(text):
        raise WrongChoice("number", text[:20])
    return int(text)
