"""People are found by the id of their resource, by their own id, and by name."""

import pytest

from booking.domain.ids import StaffId
from booking.wix import Wix
from booking.wix.errors import WixRefused
from tests.contract.conftest import the_service
from tests.in_process import Sandbox

NOBODY = "5e100000-0000-4000-8000-000000000001"


def test_who_gives_a_service_is_found_by_the_id_it_names(wix: Wix) -> None:
    ana = the_service(wix, "haircut").staff[0]
    found = wix.staff_members.by_id(ana.id)
    assert found
    assert (found.id, found.name) == (ana.id, "Ana Ribeiro")
    assert found.about.startswith("Cuts and colours")
    assert wix.staff_members.by_id(StaffId(NOBODY)) is None


def test_the_own_id_of_a_person_is_another_one(wix: Wix, sandbox: Sandbox) -> None:
    asked = {"query": {"filter": {"name": "Ana Ribeiro"}}}
    (raw,) = sandbox.call("POST", "/bookings/v1/staff-members/query", asked).json()["staffMembers"]
    assert raw["id"] != raw["resourceId"]
    assert wix.staff_members.get(raw["id"]).id == raw["resourceId"]
    with pytest.raises(WixRefused):
        wix.staff_members.get(raw["resourceId"])


def test_people_are_found_by_their_name(wix: Wix) -> None:
    assert [member.name for member in wix.staff_members.search("nunes clara")] == ["Clara Nunes"]
    assert wix.staff_members.search("zacharias") == ()
