"""A booking as an item of the shop: what it costs, how it may be paid, whether it can be sold.

Source: Wix eCommerce, Cart V2, "Create Cart" (its errors); Wix Bookings, "Bookings and eCommerce".
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from booking.sandbox.call import Call, Caller
from booking.sandbox.pricing import calculate_price
from booking.sandbox.wire import (
    BOOKINGS_APP_ID,
    Json,
    a_list,
    a_number,
    an_object,
    missing,
    refusal,
)
from booking.sandbox.world import Booking, World

PLANS_APP_ID = "1522827f-c56c-a5c9-2ac9-00f9e6ae12d3"
PLACES = {"JPY": 0, "KRW": 0, "KWD": 3, "BHD": 3}
MOST_LINES = 300
LONGEST_ITEM_ID = 36
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Item:
    """``price`` is for the whole party; ``deposit`` is what of it is due at once, if not all."""

    booking: Booking
    service: Json
    price: Decimal
    option: str
    deposit: Decimal = ZERO

    @property
    def due_now(self) -> Decimal:
        if self.option == "DEPOSIT_ONLINE":
            return self.deposit
        return self.price if self.option == "FULL_PAYMENT_ONLINE" else ZERO


def amount_text(amount: Decimal, currency: str) -> str:
    """``70.00``, ``7000`` in yen: as many places as the currency has."""
    return str(amount.quantize(Decimal(1).scaleb(-PLACES.get(currency, 2))))


def item_of(world: World, booking_id: str) -> Item:
    """Raises: WixError 404 ITEM_NOT_FOUND_IN_CATALOG."""
    booking = world.bookings.get(booking_id)
    if booking is None:
        raise refusal(404, "ITEM_NOT_FOUND_IN_CATALOG", f"No item {booking_id}")
    service = world.services[booking.service_id]
    payment = service["payment"]
    info = _price_info(world, booking.wire, service)
    return Item(
        booking=booking,
        service=service,
        price=_price(info) + _add_ons(world, booking.wire),
        option=_option(booking.wire, payment),
        deposit=Decimal(str(info.get("deposit") or 0)),
    )


def sellable_item(world: World, booking_id: str) -> Item:
    """As ``item_of``, for a booking that still waits and may be paid the way it says.

    Here it is that Wix notices ONLINE for what is free or paid at the desk.
    Raises: WixError 428 INSUFFICIENT_INVENTORY.
    """
    item = item_of(world, booking_id)
    if item.booking.wire["status"] != "CREATED":
        raise _unsellable(f"The booking is {item.booking.wire['status']}")
    if not _may_be_paid_so(item):
        raise _unsellable(f"The service does not offer {item.option}")
    return item


def _unsellable(why: str) -> Exception:
    return refusal(428, "INSUFFICIENT_INVENTORY", why)


def _may_be_paid_so(item: Item) -> bool:
    options = item.service["payment"]["options"]
    if item.option.startswith("MEMBERSHIP"):
        return bool(options["pricingPlan"])
    if item.option == "FULL_PAYMENT_OFFLINE":
        return bool(options["inPerson"])
    if item.option == "DEPOSIT_ONLINE":
        return bool(options["online"] and options["deposit"])
    free = item.service["payment"]["rateType"] == "NO_FEE"
    return bool(options["online"]) and not free


def _price_info(world: World, wire: Json, service: Json) -> Json:
    """What Bookings itself says; it wants a person named, whoever that will be."""
    entity = wire["bookedEntity"]
    if entity.get("slot") and not entity["slot"].get("resource"):
        anybody = {"id": next(iter(service["staffMemberIds"]), None)}
        entity = {**entity, "slot": {**entity["slot"], "resource": anybody}}
    asked = Call({"booking": {**wire, "bookedEntity": entity}}, {}, {}, Caller.APP)
    info: Json = calculate_price(world, asked)["priceInfo"]
    return info


def _price(info: Json) -> Decimal:
    """A text for a price counts as nothing."""
    return Decimal(str(info.get("calculatedPrice") or 0))


def _add_ons(world: World, wire: Json) -> Decimal:
    """Those booked along, each as often as it was booked."""
    total = ZERO
    for booked in wire.get("bookedAddOns") or []:
        known = world.catalogue.add_ons.get(booked["id"]) or {}
        each = (known.get("price") or {}).get("value") or 0
        total += Decimal(str(each)) * int(booked.get("quantity") or 1)
    return total


def _option(wire: Json, payment: Json) -> str:
    """The line's ``paymentOption``, from what the customer chose when booking."""
    chosen = wire["selectedPaymentOption"]
    options = payment["options"]
    if chosen == "UNDEFINED":
        chosen = "ONLINE" if options["online"] else "OFFLINE"
    if chosen != "ONLINE":
        return "FULL_PAYMENT_OFFLINE" if chosen == "OFFLINE" else str(chosen)
    rate = payment.get("fixed") or payment.get("varied") or {}
    partly = options["deposit"] and (
        wire.get("depositSelected") or not rate.get("fullUpfrontPaymentAllowed")
    )
    return "DEPOSIT_ONLINE" if partly else "FULL_PAYMENT_ONLINE"


def read_items(given: Any, field: str) -> list[Json]:
    """``catalogItems`` or ``lineItems`` as sent, checked: all are bookings, one of each.

    Raises: WixError 400 for the shape, 404 for another app's items.
    """
    items = a_list(given, field, longest=MOST_LINES)
    for place, entry in enumerate(items):
        _check_item(an_object(entry, f"{field}[{place}]"), f"{field}[{place}]")
    return items


def _check_item(entry: Json, field: str) -> None:
    reference = an_object(entry.get("catalogReference"), f"{field}.catalogReference")
    item_id = reference.get("catalogItemId")
    if not item_id or not isinstance(item_id, str) or len(item_id) > LONGEST_ITEM_ID:
        raise missing(f"{field}.catalogReference.catalogItemId")
    if entry.get("quantity") is None:
        raise missing(f"{field}.quantity")
    quantity = a_number(entry["quantity"], f"{field}.quantity", default=1, least=1, most=100_000)
    if reference.get("appId") != BOOKINGS_APP_ID:
        raise refusal(404, "ITEM_NOT_FOUND_IN_CATALOG", "No such item in this app's catalog")
    if quantity > 1:
        raise refusal(428, "FIXED_QUANTITY_ITEM", "A booking is one item")
