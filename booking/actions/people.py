"""The people of a booking: the customer first, then those who come along."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from itertools import chain, count, islice

from booking.models import Booking, Line

PREFIX = "person-"
"""What the names of fields about people begin with in a form that is sent to us."""
PARTS = ("name", "email", "phone")
MOST_NAMED = 30
"""Of larger parties nobody types all names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A place in a party. ``number`` counts all from 1, ``of_choice`` those of the same choice.

    ``choice`` is what its price depends on, as the owner calls it; "" if it depends on nothing.
    """

    number: int
    choice: str = ""
    of_choice: int

    def field(self, part: str) -> str:
        """The name of a field about whoever sits here."""
        return f"{PREFIX}{self.number}-{part}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who comes. Each member may be "": who has no contact shares the customer's."""

    name: str = ""
    choice: str = ""
    email: str = ""
    phone: str = ""


def seats(line: Line) -> tuple[Seat, ...]:
    """One seat for each of the party, in the order of its groups; the first is the customer's."""
    grouped = chain.from_iterable([str(each["name"])] * each["people"] for each in line.groups)
    choices = list(islice(grouped, line.participants))
    choices += [""] * (line.participants - len(choices))
    counted: dict[str, count[int]] = {}
    return tuple(
        Seat(
            number=number,
            choice=choice,
            of_choice=next(counted.setdefault(choice, count(1))) if choice else number,
        )
        for number, choice in enumerate(choices, 1)
    )


def written(people: Iterable[Person]) -> list[dict[str, str]]:
    """The people for the booking's row."""
    return [asdict(each) for each in people]


def companions(booking: Booking) -> list[dict[str, str]]:
    """Those who come along and of whom something is known."""
    return [each for each in booking.people[1:] if any(each[part] for part in PARTS)]


def typed(booking: Booking) -> dict[str, str]:
    """What was told about people, as it was typed, to begin another form with."""
    return {
        f"{PREFIX}{number}-{part}": each[part]
        for number, each in enumerate(booking.people[1:], 2)
        for part in PARTS
        if each[part]
    }
