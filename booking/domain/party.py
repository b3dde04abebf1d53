"""Who comes along to a booking: how many people, and which price each of them has chosen."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One variant of a service: an age or another name of the owner's, or a length of time.

    Exactly one of ``name`` and ``minutes`` is meant; a length may have a ``name`` of its own too.
    """

    option_id: str
    name: str = ""
    minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """So many people of one party who have made the same choices. ``people`` is at least 1."""

    people: int
    choices: tuple[Choice, ...] = ()
