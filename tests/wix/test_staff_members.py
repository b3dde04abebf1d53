"""Staff members go by their resource's id, the one that slots and bookings use."""

from typing import Any

from booking.domain.service import StaffMember
from booking.wix import Wix
from tests.wix.stand_in import StandIn, ok


def a_page(*members: dict[str, Any], cursor: str | None = None) -> dict[str, Any]:
    return {"staffMembers": list(members), "pagingMetadata": {"cursors": {"next": cursor}}}


def test_a_member_is_known_by_the_resources_id(wix: Wix, stand_in: StandIn) -> None:
    image = {"image": {"id": "11062b_aa~mv2.jpg"}}
    ana = {"id": "stf-1", "resourceId": "res-1", "name": "Ana", "mainMedia": image}
    stand_in.will_say(ok(a_page(ana)))
    assert wix.staff_members.query() == (
        StaffMember(id="res-1", name="Ana", image="11062b_aa~mv2.jpg"),  # type: ignore[arg-type]  # a NewType
    )


def test_who_cannot_be_booked_is_left_out(wix: Wix, stand_in: StandIn) -> None:
    stand_in.will_say(ok(a_page({"id": "stf-1", "name": "Office"})))
    assert wix.staff_members.query() == ()


def test_pages_are_followed(wix: Wix, stand_in: StandIn) -> None:
    stand_in.will_say(
        ok(a_page({"id": "1", "resourceId": "res-1"}, cursor="c2")),
        ok(a_page({"id": "2", "resourceId": "res-2"})),
    )
    assert [member.id for member in wix.staff_members.query()] == ["res-1", "res-2"]
    assert stand_in.bodies[1]["query"]["cursorPaging"]["cursor"] == "c2"
