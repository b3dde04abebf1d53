"""The time of day that a link names, looked for among the free ones."""

import re
from datetime import time

from booking.actions.browse import Times
from booking.domain.slot import Slot


def read_clock(text: str) -> time | None:
    """A time of day as links write it ("9:30", "14:00"); None for anything else."""
    told = re.fullmatch(r"(\d{1,2}):(\d\d)", text, re.ASCII)
    try:
        return time(int(told[1]), int(told[2])) if told else None
    except ValueError:
        return None


def free_at(times: Times, clock: time) -> tuple[Slot, ...]:
    """The free slots of the open day that begin at ``clock`` in the page's zone, one for each place.

    Two where the clocks are turned back.
    """
    listed = (slot for _, slots in times.parts for slot in slots)
    return tuple(each for each in listed if each.starts.astimezone(times.zone).time() == clock)
