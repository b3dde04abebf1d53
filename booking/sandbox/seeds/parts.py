"""Pieces of services that several of them share."""

from __future__ import annotations

from booking.sandbox.seeds.build import fixed_price, money, other_rate, picture
from booking.sandbox.wire import Json, guid

IN_PERSON = {"online": False, "in_person": True}
ONLINE = {"online": True, "in_person": False}
EITHER = {"online": True, "in_person": True}
BOTH_PLACES = ["chiado", "estrela"]


def length(slug: str, *minutes: int, buffer: int = 0) -> Json:
    constraints = {"sessionDurations": list(minutes), "timeBetweenSessions": buffer}
    return {"id": guid("schedule", slug), "availabilityConstraints": constraints}


def media(name: str, alt: str) -> Json:
    cover = picture(f"{name}-cover", alt, width=1200, height=500)
    return {"items": [], "mainMedia": picture(name, alt), "coverMedia": cover}


def policy(text: str = "", **rules: Json) -> Json:
    told = {"customPolicyDescription": {"enabled": bool(text), "description": text}}
    return {**told, **rules}


def late(minutes: int) -> Json:
    return {"enabled": True, "latestBookingInMinutes": minutes}


def early(days: int) -> Json:
    return {"enabled": True, "earliestBookingInMinutes": days * 1440}


def party(most: int) -> Json:
    return {"maxParticipantsPerBooking": most}


def deposit(price: str, deposit: str) -> Json:
    payment = fixed_price(price, **ONLINE)
    payment["fixed"] |= {"deposit": money(deposit)}
    payment["options"] |= {"deposit": True}
    return payment


def by_plan(payment: Json, *plans: str) -> Json:
    """The same payment, and these plans pay for it too."""
    options = {**payment["options"], "pricingPlan": True}
    return {**payment, "options": options, "pricingPlanIds": [guid("plan", one) for one in plans]}


def varied(lowest: str, highest: str) -> Json:
    prices = {"defaultPrice": lowest, "minPrice": lowest, "maxPrice": highest}
    varied: Json = {name: money(value) for name, value in prices.items()}
    varied |= {"deposit": None, "fullUpfrontPaymentAllowed": False}
    payment = other_rate("VARIED", varied=varied)
    payment["options"] |= {"online": True}
    return payment
