"""Reading what Wix tells us by itself: one signed token, and the notice inside it.

Answer 200 within 1250 ms, then work: Wix repeats up to twelve times over two days, in any order.
Source: Wix, "About Webhooks", "Handle Events with Webhooks".
"""

import base64
import binascii
import hashlib
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import jwt
import msgspec
from jwt.algorithms import RSAAlgorithm

from booking.domain.notices import (
    BookingChange,
    BookingNotice,
    BusinessNotice,
    CatalogueNotice,
    InstallNotice,
    Notice,
    OrderChange,
    OrderNotice,
    ServiceChange,
    ServiceNotice,
    UnknownNotice,
)
from booking.domain.outcome import WixBooking, WixStatus
from booking.wix.booking_shapes import STATUSES, WireBooking
from booking.wix.errors import ForeignSite, NotFromWix, WixAnswerMalformed
from booking.wix.webhook_shapes import WireEvent, read_claims, read_event, read_outer
from booking.wix.wire import Reader, known

ISSUER = "wix.com"
LARGEST = 1024 * 1024
"""Bytes; the largest notice that is looked at."""

BOOKING, ORDER = "wix.bookings.v2.booking_", "wix.ecom.v1.order_"
SERVICE = "wix.bookings.services.v2.service_"
CATALOGUE = (
    "wix.bookings.staff.v1.staff_member_",
    "wix.bookings.resources.v2.resource_",
    "wix.bookings.categories.v2.category_",
    "wix.bookings.v1.booking_policy_",
    "wix.bookings.catalog.v1.service_options_and_variants_",
    "wix.addons.v1.add_on_",
)
"""How the names of events begin that tell of what services are made of."""
INSTALLED = {"AppInstalled": True, "AppRemoved": False}


class _Body(msgspec.Struct, rename="camel"):
    """What an action on a booking says."""

    booking: WireBooking | None = None
    previous_status: str | None = None


_read_body, _read_booking = Reader(_Body), Reader(WireBooking)


class Webhooks:
    """The notices of one app, for all the sites it is installed on.

    ``public_key`` is the app's from Wix's dashboard, as PEM or as PEM in base64 on one line.
    Raises: ValueError if it is no such key.
    """

    def __init__(self, public_key: str, app_id: str) -> None:
        self._key = _key(public_key)
        self._app_id = app_id

    def read(self, body: bytes, *, instance_id: str | None = None) -> Notice:
        """The notice in a request's body. With ``instance_id`` only that site's are taken.

        The signature decides, not the age: a repetition may be days old. Raises: NotFromWix,
        ForeignSite, WixAnswerMalformed.
        """
        if len(body) > LARGEST:
            raise WixAnswerMalformed("", f"larger than {LARGEST} bytes")
        claims = read_claims.read(self._verified(body))
        if not claims.is_for(self._app_id, ISSUER):
            raise NotFromWix("a notice for another app")
        outer = read_outer.read(claims.data.encode("utf-8", "replace"))
        if instance_id is not None and outer.instance_id != instance_id:
            raise ForeignSite("a notice about another site")
        event = read_event.read((outer.data or "{}").encode("utf-8", "replace"))
        common = {
            "id": event.id or hashlib.sha256(body.strip()).hexdigest(),
            "event_type": outer.event_type or event.name,
            "instance_id": outer.instance_id or "",
            "entity_id": event.entity_id or "",
            "sequence": event.sequence,
            "happened_at": event.happened_at,
        }
        return _notice(event, common)

    def _verified(self, body: bytes) -> bytes:
        """The token's payload. Only RS256 is taken: the token does not choose how it is checked."""
        try:
            payload: bytes = jwt.PyJWS().decode(body.strip(), self._key, algorithms=["RS256"])
        except (jwt.InvalidTokenError, ValueError) as error:
            raise NotFromWix("a notice with a wrong signature") from error
        return payload


def _key(public_key: str) -> Any:
    text = public_key.strip()
    if "\n" not in text:
        try:
            text = base64.b64decode(text, validate=True).decode("ascii")
        except (binascii.Error, UnicodeDecodeError) as error:
            raise ValueError("no public key in PEM, nor one in base64") from error
    try:
        return RSAAlgorithm(RSAAlgorithm.SHA256).prepare_key(text)
    except jwt.InvalidKeyError as error:
        raise ValueError("no public key in PEM") from error


def _notice(event: WireEvent, common: Mapping[str, Any]) -> Notice:
    """The event type decides; a change that we do not know makes an UnknownNotice."""
    name = common["event_type"]
    if name in INSTALLED:
        return InstallNotice(**common, installed=INSTALLED[name])
    if (facts := _of_facts(name)) is not None:
        return facts(**common)
    if (service := _change(name, SERVICE, ServiceChange)) is not None:
        return ServiceNotice(**common, change=service)
    if (order := _change(name, ORDER, OrderChange)) is not None:
        return OrderNotice(**common, change=order)
    if (change := _change(name, BOOKING, BookingChange)) is not None:
        booking, previous = _told_of(event)
        return BookingNotice(**common, change=change, booking=booking, previous_status=previous)
    return UnknownNotice(**common)


def _of_facts(name: str) -> type[BusinessNotice | CatalogueNotice] | None:
    if name == "SitePropertiesUpdated":
        return BusinessNotice
    return CatalogueNotice if name.startswith(CATALOGUE) else None


def _change[E: StrEnum](name: str, prefix: str, changes: type[E]) -> E | None:
    """``name`` without its prefix as a member of ``changes``; None if it is none."""
    if not name.startswith(prefix):
        return None
    return next((one for one in changes if one.value == name.removeprefix(prefix)), None)


def _told_of(event: WireEvent) -> tuple[WixBooking | None, WixStatus | None]:
    """The booking in the notice and its former status; None for what cannot be read."""
    try:
        if entity := event.entity():
            return _read_booking.read(entity).booking(), None
        body = _read_body.read(event.body() or b"{}")
    except WixAnswerMalformed:
        return None, None  # that something changed is what counts; Wix is asked what
    before = body.previous_status
    previous = known(STATUSES, before, WixStatus.UNKNOWN, what="booking status") if before else None
    return (body.booking.booking() if body.booking else None), previous
