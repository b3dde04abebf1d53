"""The words on the cards of the service list. There may be hundreds, so one tag says all of a card's."""

from dataclasses import dataclass
from functools import lru_cache

from django import template
from django.template.context import Context
from django.urls import reverse

from booking import wording
from booking.actions.coming import Coming
from booking.domain.service import Service
from booking.domain.words import first_line
from booking.templatetags.booking import kind_name, places
from booking.templatetags.contexts import locale_of

register = template.Library()
PICTURE_WIDTH = 320


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on a card; "" and None where nothing is known."""

    address: str
    picture: str
    line: str
    kind: str
    length: str
    where: str
    price: str
    coming: Coming | None


@register.simple_tag(takes_context=True)
def card(context: Context, service: Service) -> Card:
    media_id = service.image or service.cover
    return Card(
        address=_address_of("booking:service", service.slug),
        picture=_address_of("booking:media", media_id, PICTURE_WIDTH) if media_id else "",
        line=first_line(service.tag_line or service.description),
        kind=kind_name(service.kind),
        length=_length(service),
        where=places(service),
        price=wording.price(service.price, locale_of(context)),
        coming=context["coming"].get(service.id),
    )


def _length(service: Service) -> str:
    """The usual length, "45 min", or the shortest and the longest: "1 h–2 h"."""
    told = (service.minutes,) if service.minutes else service.lengths
    ends = dict.fromkeys((min(told), max(told))) if told else ()
    return "–".join(wording.duration(each) for each in ends)


@lru_cache(maxsize=4096)
def _address_of(name: str, *parts: str | int) -> str:
    return reverse(name, args=parts)
