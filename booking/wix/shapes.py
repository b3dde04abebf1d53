"""Shapes that several Wix resources share: money, pictures, addresses, cursors."""

import re
from decimal import Decimal, InvalidOperation

import msgspec

from booking.domain.business import Place
from booking.domain.money import Money
from booking.wix.errors import WixAnswerMalformed

_MEDIA_ID = re.compile(r"[A-Za-z0-9_~-][A-Za-z0-9_.~-]{0,199}")
_MEDIA_ADDRESS = re.compile(r"(?:wix:image://v1|https?://[^/]+/media)/(?P<id>[^/#?]+)")


class WireMoney(msgspec.Struct):
    """Bookings' own shape of money: a decimal in a string, and its currency."""

    value: str | None = None
    currency: str | None = None

    def money(self) -> Money | None:
        """None if there is no amount. Raises WixAnswerMalformed for an amount that is none."""
        if not self.value:
            return None
        try:
            amount = Decimal(self.value)
        except InvalidOperation as error:
            raise WixAnswerMalformed("value", "no decimal number") from error
        if not amount.is_finite() or not self.currency:
            raise WixAnswerMalformed("value", "no amount of a currency")
        return Money(amount, self.currency)


class WireImage(msgspec.Struct):
    """A picture; ``id`` and ``url`` may both be the bare name of the file."""

    id: str | None = None
    url: str | None = None


def media_id(image: WireImage | str | None) -> str | None:
    """The picture's id at Wix Media, without any host; None if there is none that we would ask for."""
    told = (image.id or image.url) if isinstance(image, WireImage) else image
    if not told:
        return None
    address = _MEDIA_ADDRESS.match(told)
    name = address["id"] if address else told
    return name if is_media_id(name) else None


def is_media_id(name: str) -> bool:
    """True for a bare file name that cannot lead anywhere else in an address."""
    return bool(_MEDIA_ID.fullmatch(name)) and ".." not in name


class WireMedia(msgspec.Struct):
    """Where services and staff keep a picture. Older answers have a string in its place."""

    image: WireImage | str | None = None


class WireGeocode(msgspec.Struct):
    latitude: float | None = None
    longitude: float | None = None


class WireStreet(msgspec.Struct):
    number: str | None = None
    name: str | None = None


class WireAddress(msgspec.Struct, rename="camel"):
    """Wix's common address. ``formattedAddress`` is one line; the parts are its fall-back."""

    formatted_address: str | None = None
    address_line: str | None = None
    address_line2: str | None = None
    street_address: WireStreet | None = None
    city: str | None = None
    postal_code: str | None = None
    geocode: WireGeocode | None = None

    def place(self) -> Place | None:
        """None if the address says nothing."""
        text = self.formatted_address or self._parts()
        at = self.geocode or WireGeocode()
        return Place(text=text, latitude=at.latitude, longitude=at.longitude) if text else None

    def _parts(self) -> str:
        road = self.street_address or WireStreet()
        street = self.address_line or " ".join(each for each in (road.number, road.name) if each)
        town = " ".join(each for each in (self.postal_code, self.city) if each)
        return ", ".join(each for each in (street, self.address_line2, town) if each)


class WireCursors(msgspec.Struct):
    next: str | None = None


class WirePaging(msgspec.Struct, rename="camel"):
    """Paging of any kind. ``next`` is absent, null or empty on the last page."""

    cursors: WireCursors | None = None
    total: int | None = None
    count: int | None = None

    @property
    def next_cursor(self) -> str | None:
        return (self.cursors.next or None) if self.cursors else None
