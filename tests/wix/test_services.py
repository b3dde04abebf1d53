"""Services come with everything a page shows and a decision needs, whatever Wix leaves out."""

import logging
from decimal import Decimal
from typing import Any

import pytest

from booking.domain.money import Money
from booking.domain.service import Kind, LocationKind, Obstacle, Price, PriceKind
from booking.wix import Wix
from booking.wix.errors import WixAnswerMalformed
from tests.wix.examples import ANA, HAIRCUT, STUDIO_ID, a_payment, a_service, services
from tests.wix.stand_in import StandIn, Told, ok


def test_a_service_is_read_in_full(read: Any) -> None:
    service = read()
    assert service.id == HAIRCUT
    assert (service.slug, service.older_slugs) == ("haircut", ("hair-cut",))
    assert (service.name, service.tag_line, service.kind) == (
        "Haircut",
        "45 min cut",
        Kind.APPOINTMENT,
    )
    assert (service.category, service.category_order, service.order) == ("Hair", 4, 2)
    assert (service.minutes, service.buffer_minutes, service.capacity) == (45, 10, 1)
    assert service.schedule_id == "9f0"
    assert [(member.id, member.name) for member in service.staff] == [(ANA, "Ana")]
    assert (service.image, service.cover) == ("11062b_ab~mv2.jpg", None)
    assert service.page_url == "https://x.example/haircut"
    assert service.pays_online
    assert service.pays_in_person
    assert not service.pays_by_plan
    assert service.obstacle is None


def test_a_service_of_which_wix_tells_next_to_nothing_is_closed(
    wix: Wix, stand_in: StandIn
) -> None:
    stand_in.will_say(ok({"services": [{"id": "s1", "name": "Bare"}]}))
    (service,) = wix.services.query()
    assert service.kind is Kind.UNKNOWN
    assert service.obstacle is Obstacle.CLOSED
    assert service.slug == "s1"


@pytest.mark.parametrize(
    ("payment", "price"),
    [
        (
            a_payment(),
            Price(kind=PriceKind.FIXED, amount=Money(Decimal("35.50"), "EUR")),
        ),
        (
            a_payment(
                fixed={
                    "price": {"value": "80", "currency": "EUR"},
                    "deposit": {"value": "20", "currency": "EUR"},
                },
                options={"online": True, "deposit": True},
            ),
            Price(
                kind=PriceKind.FIXED,
                amount=Money(Decimal(80), "EUR"),
                deposit=Money(Decimal(20), "EUR"),
            ),
        ),
        (
            a_payment(
                rateType="VARIED",
                varied={
                    "defaultPrice": {"value": "10", "currency": "USD"},
                    "minPrice": {"value": "5", "currency": "USD"},
                    "maxPrice": {"value": "15", "currency": "USD"},
                },
            ),
            Price(
                kind=PriceKind.VARIED,
                amount=Money(Decimal(10), "USD"),
                lowest=Money(Decimal(5), "USD"),
                highest=Money(Decimal(15), "USD"),
            ),
        ),
        (
            a_payment(rateType="CUSTOM", fixed=None, custom={"description": "On request"}),
            Price(kind=PriceKind.CUSTOM, words="On request"),
        ),
        (a_payment(rateType="NO_FEE", fixed=None), Price(kind=PriceKind.FREE)),
        (a_payment(rateType="SUBSCRIPTION"), Price(kind=PriceKind.UNKNOWN)),
        (None, Price(kind=PriceKind.UNKNOWN)),
    ],
    ids=["fixed", "deposit", "varied", "custom", "free", "subscription", "none"],
)
def test_a_price_is_what_its_rate_says(read: Any, payment: object, price: Price) -> None:
    assert read(payment=payment).price == price


def test_a_deposit_that_is_switched_off_is_not_asked_for(read: Any) -> None:
    rate = {
        "price": {"value": "80", "currency": "EUR"},
        "deposit": {"value": "20", "currency": "EUR"},
    }
    assert read(payment=a_payment(fixed=rate)).price.deposit is None


@pytest.mark.parametrize(
    ("constraints", "minutes"),
    [
        ({"durations": [{"minutes": 60}], "sessionDurations": [60]}, 60),
        ({"durations": None, "sessionDurations": [30]}, 30),
        ({"durations": [{"minutes": 30}, {"minutes": 60}], "sessionDurations": [30]}, None),
        ({"durations": [], "durationRange": {"unitType": "DAY"}}, None),
        (None, None),
    ],
)
def test_a_length_is_told_only_if_there_is_one(
    read: Any, constraints: object, minutes: int | None
) -> None:
    assert read(schedule={"id": "x", "availabilityConstraints": constraints}).minutes == minutes


def test_places_of_every_kind_are_read(read: Any) -> None:
    service = read(
        locations=[
            {"type": "BUSINESS", "business": {"id": STUDIO_ID, "name": "Studio"}},
            {
                "id": "c1",
                "type": "CUSTOM",
                "custom": {"address": {"addressLine": "Quay 2", "city": "Bern"}},
            },
            {"id": "c2", "type": "CUSTOMER", "calculatedAddress": {}},
            {"id": "c3", "type": "ORBIT"},
            {},
        ]
    )
    kinds = [location.kind for location in service.locations]
    assert kinds == [
        LocationKind.BUSINESS,
        LocationKind.CUSTOM,
        LocationKind.CUSTOMER,
        LocationKind.UNKNOWN,
        LocationKind.CUSTOM,
    ]
    assert service.locations[0].id == STUDIO_ID
    assert service.locations[1].place.text == "Quay 2, Bern"
    assert service.locations[2].place is None


@pytest.mark.parametrize(
    ("image", "media_id"),
    [
        ({"id": "a~mv2.jpg", "url": "https://static.wixstatic.com/media/b.jpg"}, "a~mv2.jpg"),
        (
            {"id": None, "url": "https://static.wixstatic.com/media/b~mv2.jpg/v1/fill/x.jpg"},
            "b~mv2.jpg",
        ),
        ("wix:image://v1/c~mv2.png/cat.png#originWidth=1", "c~mv2.png"),
        ("d.webp", "d.webp"),
        ("../../etc/passwd", None),
        ({"id": "", "url": None}, None),
        (None, None),
    ],
)
def test_a_picture_is_an_id_however_it_is_spelled(
    read: Any, image: object, media_id: str | None
) -> None:
    assert read(media={"mainMedia": {"image": image}}).image == media_id


def test_hidden_services_are_there_and_flagged(read: Any) -> None:
    assert read(hidden=True).obstacle is Obstacle.HIDDEN


def test_a_kind_of_tomorrow_is_logged_once_and_not_bookable(
    read: Any, caplog: pytest.LogCaptureFixture
) -> None:
    assert read(type="RETREAT_OF_TOMORROW", name="One").kind is Kind.UNKNOWN
    assert read(type="RETREAT_OF_TOMORROW", name="Another").obstacle is Obstacle.KIND
    told = [record for record in caplog.records if "RETREAT_OF_TOMORROW" in record.getMessage()]
    assert len(told) == 1


@pytest.mark.parametrize(
    ("broken", "path"),
    [
        ({"id": None}, "services[1].id"),
        ({"name": None}, "services[1].name"),
        ({"sortOrder": "first"}, "services[1].sortOrder"),
        (
            {"payment": a_payment(fixed={"price": {"value": "much", "currency": "EUR"}})},
            "services[1].payment.fixed.price.value",
        ),
        ({"payment": a_payment(fixed=None)}, "services[1].payment.fixed.price"),
    ],
)
def test_one_broken_service_is_left_out_and_named_in_the_log(
    wix: Wix, stand_in: StandIn, caplog: pytest.LogCaptureFixture, broken: Any, path: str
) -> None:
    caplog.set_level(logging.ERROR, "booking.wix")
    good, bad = a_service(id="s1"), a_service(**broken)
    stand_in.will_say(ok(services(good, bad, a_service(id="s3"))))
    assert [service.id for service in wix.services.query()] == ["s1", "s3"]
    assert f"{path}:" in caplog.text


def test_pages_are_followed_to_the_end(wix: Wix, stand_in: StandIn) -> None:
    full = services(*(a_service(id=f"s{n}") for n in range(100)))
    stand_in.will_say(ok(full), ok(full), ok(services(a_service(id="last"))))
    assert len(wix.services.query()) == 201
    offsets = [body["query"]["paging"]["offset"] for body in stand_in.bodies]
    assert offsets == [0, 100, 200]


def test_wix_is_asked_for_the_services_of_bookings_with_their_staff(
    wix: Wix, stand_in: StandIn
) -> None:
    stand_in.will_say(ok(services()))
    assert wix.services.query() == ()
    (body,) = stand_in.bodies
    assert body["query"]["filter"] == {"appId": "13d21c63-b5ec-5912-8397-c3a5ddb27a97"}
    assert body["conditionalFields"] == ["STAFF_MEMBER_DETAILS"]
    assert stand_in.paths == ["/bookings/v2/services/query"]


def test_a_service_is_found_by_its_slug_in_one_call(wix: Wix, stand_in: StandIn) -> None:
    stand_in.will_say(ok(services(a_service())))
    found = wix.services.by_slug("haircut")
    assert found is not None
    assert found.id == HAIRCUT
    assert stand_in.bodies[0]["query"]["filter"]["mainSlug.name"] == "haircut"
    assert len(stand_in.bodies) == 1


def test_a_service_is_found_by_a_slug_it_had_before(wix: Wix, stand_in: StandIn) -> None:
    stand_in.will_say(ok(services()), ok(services(a_service())))
    found = wix.services.by_slug("hair-cut")
    assert found is not None
    assert found.slug == "haircut"
    assert stand_in.bodies[1]["query"]["filter"]["supportedSlugs.name"] == {
        "$hasSome": ["hair-cut"]
    }


def test_another_service_than_the_one_asked_for_is_not_taken(wix: Wix, stand_in: StandIn) -> None:
    stand_in.will_say(ok(services(a_service())))
    assert wix.services.by_slug("massage") is None


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b'{"services": 3}', b'{"services": [{"id"']
)
def test_an_answer_that_is_no_list_of_services_is_malformed(
    wix: Wix, stand_in: StandIn, body: bytes
) -> None:
    stand_in.will_say(Told(body=body))
    with pytest.raises(WixAnswerMalformed):
        wix.services.query()
