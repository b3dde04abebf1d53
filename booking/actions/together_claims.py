"""The claims of a visit: Wix is asked about all of its services at once, as one row."""

from dataclasses import replace
from functools import partial

from booking.actions.choices import Choice
from booking.actions.claims import Claim, appointment
from booking.actions.facts import Facts
from booking.actions.press import Press, able
from booking.actions.side_by_side import ask_all, ask_both
from booking.domain.errors import SlotTaken, UnknownService, WrongChoice
from booking.domain.offer import Offer
from booking.domain.service import Service
from booking.domain.several import Row, Wish
from booking.domain.together import goes_together
from booking.wix import Wix


def recheck(wix: Wix, facts: Facts, press: Press) -> tuple[Press, tuple[Claim, ...]]:
    """As ``claims.recheck``, for several services in a row.

    Raises: SlotTaken, WrongChoice, UnknownService, CalendarUnavailable.
    """
    choices = [each for each in press.targets if isinstance(each, Choice)]
    slugs = [each.service.slug for each in press.offers]
    services, row = ask_both(
        lambda: ask_all([partial(wix.cached.services.by_slug, slug) for slug in slugs]),
        lambda: _row(wix, facts, choices),
    )
    first, *others = [
        Offer(service=_still_fit(each, slug)) for each, slug in zip(services, slugs, strict=True)
    ]
    now = replace(press, offer=first, beside=tuple(others))
    if row is None or not row.bookable or row.starts <= press.now or not _same(row, choices):
        raise SlotTaken
    parts = zip(choices, row.slots, strict=True)
    return now, tuple(
        appointment(slot, able(choice, slot.staff), now.buffer_after(choice))
        for choice, slot in parts
    )


def _row(wix: Wix, facts: Facts, choices: list[Choice]) -> Row | None:
    return wix.cached.multi_service_time_slots.get(
        [Wish(service_id=each.service_id, staff_id=each.staff_id) for each in choices],
        location=choices[0].location,
        starts=choices[0].starts,
        ends=choices[-1].ends,
        zone=facts.business.zone,
    )


def _same(row: Row, choices: list[Choice]) -> bool:
    """True if each part is still when it was pressed."""
    parts = [(each.service_id, each.starts, each.ends) for each in row.slots]
    return parts == [(each.service_id, each.starts, each.ends) for each in choices]


def _still_fit(service: Service | None, slug: str) -> Service:
    """Raises: UnknownService, WrongChoice with the name of what cannot be had in a visit now."""
    if service is None or service.hidden:
        raise UnknownService(slug)
    if not goes_together(service):
        raise WrongChoice("services", service.name)
    return service
