"""Places of services: the business's own by name, of others only that there are some."""

from booking.domain.service import Kind
from booking.wix import Wix
from booking.wix.service_filter import ServiceFilter


def test_the_places_of_the_business_are_told_with_their_addresses(wix: Wix) -> None:
    found = wix.locations.query()
    assert {place.name for place in found.business} == {"Chiado", "Estrela"}
    assert all(
        place.id and place.place and "Lisboa" in place.place.text for place in found.business
    )
    assert (found.has_custom, found.has_customer) == (True, False)


def test_places_of_some_services_are_theirs(wix: Wix) -> None:
    bath = wix.locations.query(ServiceFilter(slug="sound-bath"))
    assert [place.name for place in bath.business] == ["Chiado"]
    park = wix.locations.query(ServiceFilter(slug="park-yoga"))
    assert (park.business, park.has_custom) == ((), True)


def test_a_services_place_is_one_of_them(wix: Wix) -> None:
    known = {place.id for place in wix.locations.query().business}
    courses = wix.services.query(ServiceFilter(kinds=[Kind.COURSE]))
    assert {place.id for service in courses for place in service.locations} <= known
