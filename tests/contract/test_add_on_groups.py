"""Add-ons come in their groups, with what they cost and how long they take."""

import pytest

from booking.domain.ids import ServiceId
from booking.wix import Wix
from booking.wix.errors import ServiceGone, WixRefused
from tests.contract.conftest import the_service
from tests.in_process import Sandbox


def test_groups_come_with_their_add_ons(wix: Wix) -> None:
    longer, home = wix.add_on_groups.list_by_service_id(the_service(wix, "scalp-ritual").id)
    assert (longer.name, longer.prompt, longer.most) == ("Longer", "Would you like to stay?", 1)
    assert [(each.name, each.minutes, each.is_counted) for each in longer.add_ons] == [
        ("Neck massage", 20, False),
        ("Hot towels", 10, False),
    ]
    (oil,) = home.add_ons
    assert home.most is None
    assert (oil.minutes, oil.most) == (None, 3)
    assert oil.price
    assert oil.price.currency == "EUR"


def test_only_the_groups_asked_for_are_told(wix: Wix) -> None:
    ritual = the_service(wix, "scalp-ritual")
    wanted = ritual.add_on_group_ids[1]
    (home,) = wix.add_on_groups.list_by_service_id(ritual.id, [wanted])
    assert (home.id, home.name) == (wanted, "To take home")


def test_a_service_without_add_ons_has_no_groups(wix: Wix) -> None:
    assert wix.add_on_groups.list_by_service_id(the_service(wix, "haircut").id) == ()


def test_a_group_of_another_service_is_refused(wix: Wix) -> None:
    haircut, ritual = the_service(wix, "haircut"), the_service(wix, "scalp-ritual")
    with pytest.raises(WixRefused) as refused:
        wix.add_on_groups.list_by_service_id(haircut.id, ritual.add_on_group_ids)
    assert (refused.value.status, refused.value.code) == (404, "ADD_ON_GROUP_NOT_FOUND")


def test_a_service_that_is_not_there_is_gone(wix: Wix, sandbox: Sandbox) -> None:
    with pytest.raises(ServiceGone):
        wix.add_on_groups.list_by_service_id(ServiceId("5e100000-0000-4000-8000-000000000001"))
