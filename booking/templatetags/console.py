"""What the pages of the console state: what was tried, and what a person is needed for."""

from zoneinfo import ZoneInfo

from django import template
from django.template.context import Context

from booking import wording
from booking.domain.truth import Truth
from booking.models import Attempt, Booking, Handover, Step
from booking.templatetags.contexts import locale_of
from booking.wording import Needed

register = template.Library()


@register.filter
def tried(attempt: Attempt) -> str:
    """What an attempt is about."""
    return wording.step_name(Step(attempt.step))


@register.filter
def needed(handover: Handover) -> Needed:
    """What happened, and what is to be done."""
    return wording.needed(handover.need, handover.details)


@register.filter
def needed_for(flag: str) -> Needed:
    """The same of a booking's flag alone."""
    return wording.needed(flag, {})


@register.simple_tag(takes_context=True)
def case_line(context: Context, booking: Booking) -> str:
    """What is booked, for whom and when: enough to know which one it is."""
    when = wording.briefly(booking.line.starts, ZoneInfo(booking.business_zone), locale_of(context))
    who = f"{booking.first_name} {booking.last_name}".strip()
    return ", ".join(filter(None, (booking.service_name, who, when)))


@register.simple_tag
def truth_word(truth: Truth) -> str:
    """Where a booking stands, in a word or two."""
    return wording.told(truth).title
