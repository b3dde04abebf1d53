"""Rooms and people are resources; kinds of rooms are the owner's."""

from booking.domain.ids import ResourceTypeId
from booking.wix import Wix
from booking.wix.slot_shapes import STAFF_TYPE
from tests.contract.conftest import the_service


def test_a_room_is_told_with_the_places_it_is_in(wix: Wix) -> None:
    (kind,) = wix.resource_types.query()
    assert kind.name == "Room"
    (room,) = wix.resources.query(kind.id)
    estrela = the_service(wix, "aroma-bath").locations[0].id
    assert (room.name, room.location_ids) == ("Water room", (estrela,))


def test_people_are_resources_of_wixs_own_type(wix: Wix) -> None:
    people = wix.resources.query(ResourceTypeId(STAFF_TYPE))
    members: set[str] = {member.id for member in wix.staff_members.query()}
    assert {str(person.id) for person in people} == members
    assert {person.location_ids for person in people} == {None}


def test_all_resources_are_rooms_and_people(wix: Wix) -> None:
    assert len(wix.resources.query()) == len(wix.staff_members.query()) + 1
