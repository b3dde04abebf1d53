"""The business behind the site: without a zone or a currency nothing can be sold."""

from typing import Any

import pytest

from booking.domain.business import Business, Place
from booking.wix import Wix
from booking.wix.errors import WixAnswerMalformed
from tests.wix.stand_in import StandIn, ok


def properties(**changes: Any) -> dict[str, Any]:
    return {
        "version": "27",
        "properties": {
            "timeZone": "Europe/Lisbon",
            "locale": {"languageCode": "pt", "country": "PT"},
            "language": "pt",
            "paymentCurrency": "EUR",
            "businessName": "Estúdio Calma",
            "siteDisplayName": "calma",
            "email": "ola@calma.example",
            "phone": "+351 210 000 000",
            "logo": "0d1e2f_logo~mv2.png",
            "address": {
                "street": "Rua do Sol",
                "streetNumber": "5",
                "city": "Lisboa",
                "country": "PT",
                "zip": "1200-001",
                "coordinates": {"latitude": 38.7, "longitude": -9.1},
            },
        }
        | changes,
    }


def test_the_business_is_read_in_full(wix: Wix, stand_in: StandIn) -> None:
    stand_in.will_say(ok(properties()))
    assert wix.site_properties.get() == Business(
        name="Estúdio Calma",
        zone="Europe/Lisbon",
        currency="EUR",
        language="pt",
        country="PT",
        email="ola@calma.example",
        phone="+351 210 000 000",
        place=Place(
            text="Rua do Sol 5, 1200-001 Lisboa",
            street="Rua do Sol 5",
            city="Lisboa",
            postcode="1200-001",
            latitude=38.7,
            longitude=-9.1,
        ),
        logo="0d1e2f_logo~mv2.png",
    )
    assert stand_in.requests[0].method == "GET"
    assert stand_in.paths == ["/site-properties/v4/properties"]


def test_what_the_owner_has_not_filled_in_is_empty(wix: Wix, stand_in: StandIn) -> None:
    stand_in.will_say(ok({"properties": {"timeZone": "Asia/Tokyo", "paymentCurrency": "JPY"}}))
    business = wix.site_properties.get()
    assert business == Business(name="", zone="Asia/Tokyo", currency="JPY")


def test_the_sites_name_stands_in_for_the_businesss(wix: Wix, stand_in: StandIn) -> None:
    stand_in.will_say(ok(properties(businessName=None)))
    assert wix.site_properties.get().name == "calma"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"timeZone": None}, "properties.timeZone"),
        ({"timeZone": "Mars/Olympus"}, "properties.timeZone"),
        ({"timeZone": "../etc"}, "properties.timeZone"),
        ({"timeZone": "Europe"}, "properties.timeZone"),
        ({"timeZone": 1}, "properties.timeZone"),
        ({"paymentCurrency": None}, "properties.paymentCurrency"),
    ],
)
def test_what_cannot_be_done_without_is_named(
    wix: Wix, stand_in: StandIn, changes: dict[str, object], field: str
) -> None:
    stand_in.will_say(ok(properties(**changes)))
    with pytest.raises(WixAnswerMalformed) as caught:
        wix.site_properties.get()
    assert caught.value.field == field
