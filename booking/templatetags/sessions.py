"""What the templates of classes and courses need besides: who comes, what that costs, days in few words."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django import template
from django.template.context import Context
from django.utils.translation import gettext

from booking import wording
from booking.actions import choices
from booking.actions.picks import is_people
from booking.domain.course import Run
from booking.domain.money import Money
from booking.domain.offer import Offer, Picked
from booking.domain.quote import Quote
from booking.domain.service import Price, Service
from booking.domain.session import Session
from booking.templatetags.contexts import locale_of, now_of
from booking.templatetags.links import kept_fields
from booking.templatetags.queries import query

register = template.Library()


@register.simple_tag(takes_context=True)
def total(context: Context, asked: Quote, times: int = 1) -> str:
    """What a quote comes to, so many times; "" if nothing is due or nobody can say."""
    if asked.words or asked.total is None or asked.is_nothing:
        return asked.words
    whole = Money(asked.total.amount * times, asked.total.currency)
    return wording.money(whole, locale_of(context))


@register.simple_tag(takes_context=True)
def rest_of(context: Context, asked: Price) -> str:
    """What is left to pay after the deposit; "" if that is not known."""
    if asked.amount is None or asked.deposit is None or asked.amount.amount < asked.deposit.amount:
        return ""
    rest = Money(asked.amount.amount - asked.deposit.amount, asked.amount.currency)
    return wording.money(rest, locale_of(context))


@register.simple_tag(takes_context=True)
def share(context: Context, asked: Quote, people: int, parts: int) -> str:
    """What one person pays for one part of the whole.

    "" if that is nothing or not known, or if people pay differently.
    """
    if asked.total is None or asked.is_nothing or len(asked.lines) > 1 or not parts:
        return ""
    return wording.share(asked.total, people * parts, locale_of(context))


@register.simple_tag
def quoted(offer: Offer, picked: Picked, session: Session) -> Quote:
    """What one session costs, given by who gives it."""
    teacher = next(iter(session.teachers), None)
    return offer.quote(picked, teacher.id if teacher else None)


@register.filter
def fits(session: Session, party: int) -> bool:
    """True if so many people can still be booked into it together."""
    return session.has_room_for(party)


@register.simple_tag
def course_choice(service: Service, run: Run) -> str:
    """The signed value of a course's button."""
    return choices.sign_course(service, run)


@register.simple_tag(takes_context=True)
def short_day(context: Context, day: date) -> str:
    return wording.short_day(day, locale_of(context))


@register.simple_tag(takes_context=True)
def stretch(context: Context, first: date, last: date) -> str:
    """From one day to another: "1 – 7 Mar"."""
    return wording.stretch(first, last, locale_of(context))


@register.simple_tag(takes_context=True)
def nearby(context: Context, day: date, zone: ZoneInfo) -> str:
    """What people call a day that is near, "" for others."""
    return wording.nearby(day, now_of(context).astimezone(zone).date())


@register.simple_tag(takes_context=True)
def weekly(context: Context, moment: datetime, zone: ZoneInfo) -> str:
    """A weekly hour as people say it: "Monday, 18:30"."""
    locale = locale_of(context)
    names = wording.weekdays(moment.astimezone(zone).weekday(), locale)
    words = {"day": names[0][1], "time": wording.clock(moment, zone, locale)}
    return gettext("%(day)s, %(time)s") % words


@register.simple_tag(takes_context=True)
def fields_beside_party(context: Context) -> list[tuple[str, str]]:
    """As ``kept_fields`` for the form that asks who comes."""
    return [(name, value) for name, value in kept_fields(context) if not is_people(name)]


@register.simple_tag(takes_context=True)
def carry_several(context: Context, again: str = "") -> str:
    """The query for a link back to the list whose sessions are ticked, for the same people."""
    kept = {name: value for name, value in kept_fields(context) if name != "each"}
    return query({**kept, "again": again or kept.get("again", ""), "several": "1"})
