"""What is asked of Wix about the catalogue, word for word, and what is not believed."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from booking.domain.ids import CategoryId, LocationId, ServiceId, StaffId
from booking.domain.money import Money
from booking.domain.party import Choice, Group
from booking.domain.service import Kind
from booking.wix import Wix
from booking.wix.errors import WixAnswerMalformed
from booking.wix.service_filter import BOOKINGS_APP, Order, ServiceField, ServiceFilter
from tests.wix.examples import ANA, HAIRCUT, services
from tests.wix.stand_in import StandIn, Told, ok

ADULT = Group(people=2, choices=(Choice(option_id="age", name="Adult"),))
LONG = Group(people=1, choices=(Choice(option_id="length", minutes=60, name="Long"),))


@pytest.mark.parametrize(
    ("where", "conditions"),
    [
        (ServiceFilter(), {}),
        (ServiceFilter(ids=[HAIRCUT]), {"id": HAIRCUT}),
        (
            ServiceFilter(ids=[HAIRCUT, ServiceId("b")]),
            {"id": {"$in": [HAIRCUT, "b"]}},
        ),
        (
            ServiceFilter(kinds=[Kind.CLASS, Kind.UNKNOWN], hidden=False),
            {"type": "CLASS", "hidden": False},
        ),
        (ServiceFilter(category_ids=[CategoryId("c")]), {"category.id": "c"}),
        (
            ServiceFilter(location_ids=[LocationId("l")], staff_ids=[ANA]),
            {"locations.business.id": {"$hasSome": ["l"]}, "staffMemberIds": {"$hasSome": [ANA]}},
        ),
        (ServiceFilter(name_begins="Yo"), {"name": {"$startsWith": "Yo"}}),
        (ServiceFilter(older_slug="cut"), {"supportedSlugs.name": {"$hasSome": ["cut"]}}),
    ],
    ids=str,
)
def test_a_filter_is_spelled_in_wixs_query_language(
    where: ServiceFilter, conditions: dict[str, Any]
) -> None:
    assert where.body() == {"appId": BOOKINGS_APP, **conditions}


def test_an_order_goes_along_only_when_there_is_one(wix: Wix, stand_in: StandIn) -> None:
    stand_in.will_say(ok(services()))
    wix.services.query()
    wix.services.query(order=[Order(ServiceField.NAME, descending=True)])
    plain, ordered = (body["query"] for body in stand_in.bodies)
    assert "sort" not in plain
    assert ordered["sort"] == [{"fieldName": "name", "order": "DESC"}]


def test_beside_a_search_cursor_goes_nothing(wix: Wix, stand_in: StandIn) -> None:
    stand_in.will_say(ok(services()))
    wix.services.search("yoga", cursor="next", limit=7)
    assert stand_in.bodies == [{"search": {"cursorPaging": {"limit": 7, "cursor": "next"}}}]


def test_a_service_is_got_with_its_staff_and_its_id_stays_in_its_place(
    wix: Wix, stand_in: StandIn
) -> None:
    stand_in.will_say(ok({"service": {"id": "a/b", "name": "N"}}))
    wix.services.get(ServiceId("a/b"))
    (path,) = stand_in.paths
    assert path == "/bookings/v2/services/a%2Fb?conditionalFields=STAFF_MEMBER_DETAILS"


def test_a_person_wix_gives_for_a_filter_it_passes_over_is_nobody(
    wix: Wix, stand_in: StandIn
) -> None:
    stand_in.will_say(ok({"staffMembers": [{"id": "1", "resourceId": "somebody-else"}]}))
    assert wix.staff_members.by_id(StaffId("ana")) is None


def test_a_price_is_asked_for_in_the_new_members_and_the_old(wix: Wix, stand_in: StandIn) -> None:
    stand_in.will_say(ok({"priceInfo": {"calculatedPrice": 40}}))
    wix.pricing.preview(HAIRCUT, [ADULT], currency="EUR", staff_id=ANA)
    wix.pricing.preview(HAIRCUT, [ADULT, LONG], currency="EUR", staff_id=ANA)
    one, two = (body["bookingLineItems"][0] for body in stand_in.bodies)
    chosen = [{"optionId": "age", "custom": "Adult"}]
    assert one["serviceChoices"] == [{"numberOfParticipants": 2, "choices": chosen}]
    assert (one["numberOfParticipants"], one["choices"]) == (2, chosen)
    assert two["serviceChoices"][1]["choices"][0]["duration"]["minutes"] == 60
    assert "numberOfParticipants" not in two


def test_a_price_is_asked_for_at_a_time_on_the_businesss_clock(wix: Wix, stand_in: StandIn) -> None:
    stand_in.will_say(ok({"priceInfo": {"calculatedPrice": 40}}))
    nine, ten = (datetime(2026, 12, 1, hour, tzinfo=UTC) for hour in (8, 9))
    wix.pricing.preview(
        HAIRCUT, [ADULT], currency="EUR", staff_id=ANA, starts=nine, ends=ten, zone="Europe/Zurich"
    )
    (item,) = stand_in.bodies[0]["bookingLineItems"]
    assert item["localStartDate"] == "2026-12-01T09:00:00"
    assert item["localEndDate"] == "2026-12-01T10:00:00"
    assert item["timeZone"] == "Europe/Zurich"


@pytest.mark.parametrize(
    ("told", "total"),
    [("0.1", "0.1"), ("40", "40"), ("19.99", "19.99"), ('"12.50"', "12.50")],
)
def test_a_plain_number_becomes_the_exact_amount(
    wix: Wix, stand_in: StandIn, told: str, total: str
) -> None:
    stand_in.will_say(Told(body=b'{"priceInfo": {"calculatedPrice": %s}}' % told.encode()))
    found = wix.pricing.preview(HAIRCUT, [ADULT], currency="EUR").total
    assert found == Money(Decimal(total), "EUR")


def test_of_a_price_of_before_the_single_group_is_read(wix: Wix, stand_in: StandIn) -> None:
    line = {"numberOfParticipants": 2, "pricePerParticipant": 20}
    stand_in.will_say(ok({"priceInfo": {"calculatedPrice": 40, "bookingLineItems": [line]}}))
    (group,) = wix.pricing.preview(HAIRCUT, [ADULT], currency="EUR").groups
    assert (group.people, group.each) == (2, Money(Decimal(20), "EUR"))


def test_neither_a_price_nor_words_for_one_is_no_answer(wix: Wix, stand_in: StandIn) -> None:
    stand_in.will_say(ok({"priceInfo": {}}))
    with pytest.raises(WixAnswerMalformed, match="calculatedPrice"):
        wix.pricing.preview(HAIRCUT, [ADULT], currency="EUR")


def test_a_variant_without_a_price_is_told_by_its_place(wix: Wix, stand_in: StandIn) -> None:
    whole = {
        "serviceId": HAIRCUT,
        "options": {"values": [{"id": "o", "type": "CUSTOM"}]},
        "variants": {"values": [{"choices": [{"custom": "Adult"}]}]},
    }
    stand_in.will_say(ok({"serviceVariants": whole}))
    with pytest.raises(WixAnswerMalformed, match=r"serviceVariants\.variants\.values\[0\]\.price"):
        wix.service_options_and_variants.get_by_service_id(HAIRCUT)


def test_a_room_of_which_no_place_is_told_is_in_all_of_them(wix: Wix, stand_in: StandIn) -> None:
    stand_in.will_say(ok({"resources": [{"id": "r", "typeId": "t"}]}))
    (room,) = wix.resources.query()
    assert room.location_ids is None


def test_what_a_service_needs_is_read_with_the_rooms_it_names(wix: Wix, stand_in: StandIn) -> None:
    needed = {"resourceType": {"id": "room"}, "resourceIds": {"values": ["r1", "r2"]}}
    record = {"id": "s", "name": "Bath", "serviceResources": [needed]}
    stand_in.will_say(ok(services(record)))
    (service,) = wix.services.query()
    (need,) = service.needs
    assert (need.type_id, need.resource_ids) == ("room", ("r1", "r2"))
