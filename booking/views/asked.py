"""What the addresses of pages ask for, read carefully."""

import re
from datetime import date

from booking.actions import picks
from booking.domain.days import EARLIEST_YEAR, LATEST_YEAR
from booking.domain.errors import WrongChoice
from booking.domain.offer import Offer, Picked
from booking.visit import Visit


def read_day(text: str) -> date | None:
    """A day in ISO form and in a sensible year; None for anything else."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if EARLIEST_YEAR <= day.year <= LATEST_YEAR else None


def who_comes(request: Visit, offer: Offer) -> tuple[Picked, str]:
    """What a link asks for, and ""; or what is usual, and a notice of what made no sense."""
    try:
        return offer.pick(picks.asked(request.GET.dict())), ""
    except WrongChoice as error:
        notice = "too_many_people" if error.args[0] == "party" else "unknown_choice"
        return offer.usual, notice
