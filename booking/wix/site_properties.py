"""Site Properties V4: the business's name, zone, currency and how to reach it.

Source: Wix, "Site Properties: Get Site Properties".
"""

import msgspec

from booking.domain.business import Business, Place
from booking.wix.errors import WixAnswerMalformed
from booking.wix.shapes import WireGeocode, WireImage, media_id
from booking.wix.wire import Answer, Reader, Wire, need
from booking.wix.zones import zone_of

PATH = "/site-properties/v4/properties"


class _Locale(msgspec.Struct, rename="camel"):
    language_code: str | None = None
    country: str | None = None


class _Address(msgspec.Struct, rename="camel"):
    street: str | None = None
    street_number: str | None = None
    city: str | None = None
    zip: str | None = None
    country: str | None = None
    google_formatted_address: str | None = None
    coordinates: WireGeocode | None = None

    def place(self) -> Place | None:
        text = self.google_formatted_address or self._parts()
        at = self.coordinates or WireGeocode()
        if not text:
            return None
        return Place(
            text=text,
            street=self._street(),
            city=self.city or "",
            postcode=self.zip or "",
            latitude=at.latitude,
            longitude=at.longitude,
        )

    def _parts(self) -> str:
        town = " ".join(each for each in (self.zip, self.city) if each)
        return ", ".join(each for each in (self._street(), town) if each)

    def _street(self) -> str:
        return " ".join(each for each in (self.street, self.street_number) if each)


class _Properties(msgspec.Struct, rename="camel"):
    time_zone: str | None = None
    payment_currency: str | None = None
    language: str | None = None
    locale: _Locale | None = None
    business_name: str | None = None
    site_display_name: str | None = None
    email: str | None = None
    phone: str | None = None
    logo: WireImage | str | None = None
    address: _Address | None = None

    def business(self) -> Business:
        """Raises WixAnswerMalformed without a zone or a currency: nothing can be sold then."""
        locale = self.locale or _Locale()
        country = (self.address.country if self.address else None) or locale.country
        return Business(
            name=self.business_name or self.site_display_name or "",
            zone=zone_of(need(self.time_zone, "timeZone"), "timeZone").key,
            currency=need(self.payment_currency, "paymentCurrency"),
            language=self.language or locale.language_code or "en",
            country=country or "",
            email=self.email or "",
            phone=self.phone or "",
            place=self.address.place() if self.address else None,
            logo=media_id(self.logo),
        )


class _Answer(msgspec.Struct):
    properties: _Properties


_read = Reader(_Answer)


class SiteProperties:
    """The one set of facts that a site has."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def get(self) -> Business:
        """The business behind the site. Raises: WixError."""
        return _business(self._wire.read(PATH, method="GET", check=_business))


def _business(answer: Answer) -> Business:
    properties = _read(answer).properties
    try:
        return properties.business()
    except WixAnswerMalformed as error:
        raise error.under("properties") from error
