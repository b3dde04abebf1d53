"""Shapes that carts, checkouts and orders share: amounts without a currency, references, names.

Source: Wix eCommerce, Cart V2, Checkout V1, Orders V1.
"""

from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Annotated
from urllib.parse import urlsplit

import msgspec

from booking.domain.checkout import CheckoutLine, LinePayment
from booking.domain.ids import ServiceId, WixBookingId
from booking.domain.money import Money
from booking.domain.outcome import Customer
from booking.wix.errors import WixAnswerMalformed
from booking.wix.services import BOOKINGS_APP
from booking.wix.wire import Body, known

PLANS_APP = "1522827f-c56c-a5c9-2ac9-00f9e6ae12d3"
"""The id of the app Wix Pricing Plans."""
LINE_PAYMENTS = {one.value: one for one in LinePayment if one is not LinePayment.UNKNOWN}


Moment = Annotated[datetime, msgspec.Meta(tz=True)]


def utc(moment: datetime | None) -> datetime | None:
    """The same moment in UTC; None at the ends of the calendar, where there is no such."""
    try:
        return moment.astimezone(UTC) if moment else None
    except OverflowError:
        return None


class Amount(msgspec.Struct):
    """eCommerce's shape of money: a decimal in a string; the currency stands elsewhere."""

    amount: str | None = None

    def money(self, currency: str) -> Money | None:
        """None without an amount. Raises WixAnswerMalformed for one that is none."""
        if not self.amount:
            return None
        try:
            amount = Decimal(self.amount)
        except InvalidOperation as error:
            raise WixAnswerMalformed("amount", "no decimal number") from error
        if not amount.is_finite():
            raise WixAnswerMalformed("amount", "no amount")
        return Money(amount, currency)


def sum_of(price: Amount | None, currency: str, field: str) -> Money:
    """A sum that Wix leaves out where it is nothing. Raises WixAnswerMalformed."""
    try:
        told = price.money(currency) if price else None
    except WixAnswerMalformed as error:
        raise error.under(field) from error
    return told or Money(Decimal(0), currency)


def spelled(amount: Money) -> Body:
    """Money as eCommerce reads it."""
    return {"amount": format(amount.amount, "f")}


class Words(msgspec.Struct):
    """A name in the site's language and in the buyer's."""

    original: str | None = None
    translated: str | None = None

    @property
    def text(self) -> str:
        return self.translated or self.original or ""


class Reference(msgspec.Struct, rename="camel"):
    """What a line sells: of Wix Bookings it is a booking, not a service."""

    app_id: str | None = None
    catalog_item_id: str | None = None

    @property
    def booking_id(self) -> WixBookingId | None:
        ours = self.app_id == BOOKINGS_APP and self.catalog_item_id
        return WixBookingId(self.catalog_item_id or "") if ours else None


def item(booking_id: WixBookingId) -> Body:
    """A booking as an item to be sold."""
    return {
        "quantity": 1,
        "catalogReference": {"appId": BOOKINGS_APP, "catalogItemId": booking_id},
    }


def names(customer: Customer) -> Body:
    """Who buys, as billing contacts spell it: only what is known."""
    told = {
        "firstName": customer.first_name,
        "lastName": customer.last_name,
        "phone": customer.phone,
    }
    return {field: value for field, value in told.items() if value}


def line(  # noqa: PLR0913 - the members of a line, which two shapes of the wire spell differently
    *,
    line_id: str | None,
    name: Words | None,
    reference: Reference | None,
    price: Money,
    payment: str | None,
    service_id: str | None,
    deposit: Money | None,
    available: bool,
) -> CheckoutLine | None:
    """None for a line that sells no booking."""
    booking_id = reference.booking_id if reference else None
    if not booking_id:
        return None
    return CheckoutLine(
        id=line_id or "",
        name=name.text if name else "",
        booking_id=booking_id,
        price=price,
        payment=known(LINE_PAYMENTS, payment, LinePayment.UNKNOWN, what="paymentOption"),
        service_id=ServiceId(service_id) if service_id else None,
        deposit=deposit,
        available=available,
    )


def page_address(told: str | None, field: str) -> str:
    """An address that a browser may be sent to. Raises WixAnswerMalformed for anything else."""
    try:
        parts = urlsplit(told or "")
    except ValueError as error:
        raise WixAnswerMalformed(field, "no address") from error
    if parts.scheme not in ("https", "http") or not parts.hostname:
        raise WixAnswerMalformed(field, "no web address")
    return told or ""
