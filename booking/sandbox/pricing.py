"""What a choice costs, in plain numbers without a currency: no tax, no coupon, no add-on.

Source: Wix Bookings, Pricing, "Preview Price", "Calculate Price". Their codes are documented, the
statuses are not: see ``docs/sandbox.md``.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from booking.sandbox.call import Call, For, Route
from booking.sandbox.sessions import session_named
from booking.sandbox.wire import Json, a_list, an_object, missing, refusal, violation
from booking.sandbox.world import World

MOST_ITEMS, MOST_CHOICES = 40, 40


def preview_price(world: World, call: Call) -> Json:
    items = a_list(call.body.get("bookingLineItems"), "bookingLineItems", longest=MOST_ITEMS)
    if not items:
        raise missing("bookingLineItems")
    items = [an_object(one, "bookingLineItems") for one in items]
    for one in items:
        _check_resource(world, one)
    if len({str(one.get("serviceId")) for one in items}) > 1:
        raise violation("bookingLineItems", "must all be of one service", "OTHER")
    return {"priceInfo": _price_info(world, items)}


def calculate_price(world: World, call: Call) -> Json:
    """For a booking that need not exist: its entity and its participants are enough."""
    booking = an_object(call.body.get("booking"), "booking")
    entity = an_object(booking.get("bookedEntity"), "booking.bookedEntity")
    slot = an_object(entity.get("slot") or entity.get("schedule"), "booking.bookedEntity.slot")
    if not slot:
        raise refusal(400, "INVALID_BOOKING", "The booking has no slot and no schedule")
    choices = an_object(booking.get("participantsChoices"), "booking.participantsChoices")
    listed = choices.get("serviceChoices") or [
        {"numberOfParticipants": booking.get("totalParticipants")}
    ]
    item = {
        "serviceId": slot.get("serviceId"),
        "resourceId": _booked_resource(world, slot),
        "serviceChoices": listed,
    }
    return {"priceInfo": _price_info(world, [item])}


def _booked_resource(world: World, slot: Json) -> Any:
    """Who is booked; of a session its teacher. An appointment with anybody names nobody."""
    session = session_named(world, str(slot.get("eventId") or ""))
    named = an_object(slot.get("resource"), "slot.resource").get("id")
    return session.resource_id if session else named


def _check_resource(world: World, item: Json) -> None:
    service = world.services.get(str(item.get("serviceId")), {})
    if service.get("type") != "COURSE" and not item.get("resourceId"):
        raise missing("bookingLineItems.resourceId")


def _price_info(world: World, items: list[Json]) -> Json:
    service = world.services.get(str(items[0].get("serviceId")))
    if service is None:
        raise refusal(400, "INVALID_SERVICE_ID", "No such service")
    payment = service["payment"]
    told = [_line(world, service, item) for item in items]
    if payment["rateType"] == "CUSTOM":
        words = payment["custom"]["description"]
        described = {"original": words, "translated": words}
        return {"priceDescriptionInfo": described, "deposit": None, "bookingLineItems": told}
    choices = [choice for line in told for choice in line["serviceChoices"]]
    total = sum(Decimal(str(c["pricePerParticipant"])) * c["numberOfParticipants"] for c in choices)
    people = sum(choice["numberOfParticipants"] for choice in choices)
    deposit = _deposit(payment, people)
    return {"calculatedPrice": _number(total), "deposit": deposit, "bookingLineItems": told}


def _line(world: World, service: Json, item: Json) -> Json:
    given = a_list(item.get("serviceChoices"), "serviceChoices", longest=MOST_CHOICES)
    # The members of before: still read where there are no newer ones.
    given = given or [
        {name: item.get(name) for name in ("numberOfParticipants", "choices") if item.get(name)}
    ]
    choices = [_priced(world, service, item, an_object(one, "serviceChoices")) for one in given]
    line = {"serviceId": service["id"], "resourceId": item.get("resourceId")}
    mirrored = {name: choices[0][name] for name in ("numberOfParticipants", "pricePerParticipant")}
    return {**line, "serviceChoices": choices, **mirrored}


def _priced(world: World, service: Json, item: Json, choice: Json) -> Json:
    people = choice.get("numberOfParticipants")
    if not isinstance(people, int) or isinstance(people, bool) or people < 1:
        raise refusal(400, "NUMBER_OF_PARTICIPANTS_NOT_FOUND", "How many participants?")
    price = _price_each(world, service, item, choice)
    listed = a_list(choice.get("choices"), "serviceChoices.choices", longest=5)
    return {
        "numberOfParticipants": people,
        "choices": listed,
        "pricePerParticipant": _number(price),
    }


def _price_each(world: World, service: Json, item: Json, choice: Json) -> Decimal:
    payment = service["payment"]
    if payment["rateType"] == "FIXED":
        return Decimal(payment["fixed"]["price"]["value"])
    if payment["rateType"] != "VARIED":
        return Decimal(0)
    variants = world.catalogue.options.get(service["id"], {}).get("variants", {}).get("values", [])
    chosen = a_list(choice.get("choices"), "serviceChoices.choices", longest=5)
    for variant in variants:
        if _is_chosen(variant["choices"][0], chosen, item.get("resourceId")):
            return _amount(variant["price"]["value"])
    if any("duration" in one for one in chosen if isinstance(one, dict)):
        raise refusal(400, "INVALID_DURATION_CHOICE", "The service has no such length")
    return _amount(payment["varied"]["defaultPrice"]["value"])


def _is_chosen(variant: Json, chosen: list[Any], resource_id: Any) -> bool:
    """A person's variant follows from the resource; the others are named."""
    if "staffMemberId" in variant:
        return bool(variant["staffMemberId"] == resource_id)
    for one in chosen:
        if not isinstance(one, dict) or one.get("optionId") != variant["optionId"]:
            continue
        if "custom" in variant and one.get("custom") == variant["custom"]:
            return True
        minutes = an_object(one.get("duration"), "duration").get("minutes")
        if "duration" in variant and minutes == variant["duration"]["minutes"]:
            return True
    return False


def _deposit(payment: Json, people: int) -> float | None:
    told = payment.get(payment["rateType"].lower()) or {}
    if not payment["options"]["deposit"] or not told.get("deposit"):
        return None
    return _number(_amount(told["deposit"]["value"]) * people)


def _amount(text: Any) -> Decimal:
    try:
        return Decimal(str(text))
    except InvalidOperation as error:
        raise refusal(428, "FAILED_RESOLVING_SERVICE", "The price is no number") from error


def _number(amount: Decimal | int) -> float:
    """A JSON number, without decimals where there are none."""
    amount = Decimal(amount)
    return int(amount) if amount == amount.to_integral_value() else float(amount)


_BASES = ("/bookings/v2/pricing", "/bookings/v2/pricing/v2/pricing", "/_api/bookings/v2/pricing")
ROUTES = (
    Route("POST", preview_price, tuple(f"{base}/preview" for base in _BASES), For.MANAGERS),
    Route("POST", calculate_price, tuple(f"{base}/calculate" for base in _BASES), For.MANAGERS),
)
