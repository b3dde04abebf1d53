"""Services are asked for by what they are, in an order, page by page, and counted."""

from operator import attrgetter

import pytest

from booking.domain.ids import ServiceId
from booking.domain.service import Kind
from booking.wix import Wix
from booking.wix.errors import ServiceGone
from booking.wix.service_filter import Order, ServiceField, ServiceFilter
from tests.contract.conftest import the_service
from tests.in_process import Sandbox

BY_NAME = (Order(ServiceField.NAME),)


@pytest.mark.parametrize(
    ("where", "slugs"),
    [
        (ServiceFilter(kinds=[Kind.COURSE]), ["massage-for-couples", "yoga-for-beginners"]),
        (ServiceFilter(name_begins="VINYASA"), ["vinyasa-yoga"]),
        (ServiceFilter(hidden=True), ["team-haircut"]),
        (ServiceFilter(open_online=False), ["hair-extensions"]),
        (ServiceFilter(slug="facial"), ["facial"]),
        (ServiceFilter(older_slug="facial"), ["facial"]),
        (
            ServiceFilter(kinds=[Kind.CLASS], pays_online=True, pays_in_person=False),
            ["sound-bath"],
        ),
        (ServiceFilter(pays_by_plan=True), ["vinyasa-yoga"]),
    ],
    ids=str,
)
def test_a_filter_finds_what_it_says(wix: Wix, where: ServiceFilter, slugs: list[str]) -> None:
    assert [service.slug for service in wix.services.query(where, order=BY_NAME)] == slugs
    assert wix.services.count(where) == len(slugs)


def test_services_are_found_by_place_category_and_person(wix: Wix) -> None:
    haircut = the_service(wix, "haircut")
    assert haircut.category_id
    place = haircut.locations[0].id
    bruno = haircut.staff[1]
    assert place
    assert bruno.name == "Bruno Tavares"
    where = ServiceFilter(
        category_ids=[haircut.category_id], location_ids=[place], staff_ids=[bruno.id]
    )
    found = [service.slug for service in wix.services.query(where, order=BY_NAME)]
    assert found == ["beard-trim", "blow-dry", "haircut"]


def test_one_page_tells_where_the_next_begins(wix: Wix) -> None:
    first = wix.services.query_page(order=BY_NAME, limit=20)
    assert first.next_offset == 20
    last = wix.services.query_page(order=BY_NAME, limit=20, offset=20)
    assert last.next_offset is None
    whole = wix.services.query(order=BY_NAME)
    assert first.services + last.services == whole
    assert first.total == len(whole)


def test_more_than_a_page_of_services_comes_whole(wix: Wix, sandbox: Sandbox) -> None:
    sandbox.seed(services=[{"slug": f"extra-{number}"} for number in range(120)])
    services = wix.services.query()
    assert len({service.id for service in services}) == len(services) == wix.services.count()
    assert len(sandbox.calls("/services/query")) == 2


def test_an_order_can_run_backwards(wix: Wix) -> None:
    forwards = wix.services.query(order=BY_NAME)
    backwards = wix.services.query(order=[Order(ServiceField.NAME, descending=True)])
    assert backwards == forwards[::-1] == tuple(sorted(backwards, key=attrgetter("name")))[::-1]


def test_a_search_goes_from_cursor_to_cursor(wix: Wix) -> None:
    page = wix.services.search("yoga", order=BY_NAME, limit=2)
    found = [*page.services]
    while page.next_cursor:
        page = wix.services.search(cursor=page.next_cursor, limit=2)
        found += page.services
    assert [service.name for service in found] == [
        "Family yoga",
        "Private yoga",
        "Vinyasa yoga",
        "Yoga for beginners",
        "Yoga in the park",
    ]


def test_every_word_of_a_search_counts(wix: Wix) -> None:
    found = wix.services.search("yoga private").services
    assert [service.slug for service in found] == ["private-yoga"]


def test_a_service_got_by_its_id_is_the_one_that_was_listed(wix: Wix) -> None:
    haircut = the_service(wix, "haircut")
    assert wix.services.get(haircut.id) == haircut


def test_a_service_that_is_not_there_is_gone(wix: Wix) -> None:
    with pytest.raises(ServiceGone):
        wix.services.get(ServiceId("5e100000-0000-4000-8000-000000000001"))


def test_what_a_service_is_sold_with_is_told(wix: Wix) -> None:
    bath, ritual = the_service(wix, "aroma-bath"), the_service(wix, "scalp-ritual")
    assert [need.type_id for need in bath.needs] == [
        each.id for each in wix.resource_types.query() if each.name == "Room"
    ]
    assert len(ritual.add_on_group_ids) == 2
    facial = the_service(wix, "facial")
    assert (facial.minutes, facial.lengths) == (None, (30, 60))
    assert facial.policy_id
