"""The owner's switches are read as they are; what is not told is off, and visitors may not look."""

import pytest

from booking.wix import Wix
from booking.wix.errors import WixForbidden
from tests.in_process import Sandbox

PATH = "/_api/bookings-settings/v2/settings"


@pytest.mark.parametrize("switched_on", [True, False])
def test_several_services_in_one_visit_are_a_switch(
    wix: Wix, sandbox: Sandbox, *, switched_on: bool
) -> None:
    sandbox.seed(bookingsSettings={"multiServiceAppointments": {"enabled": switched_on}})
    assert wix.bookings_settings.get().several_services is switched_on


@pytest.mark.parametrize(
    "told", [{}, {"bookingsSettings": None}, {"bookingsSettings": {"multiServiceAppointments": {}}}]
)
def test_what_wix_does_not_tell_is_off(wix: Wix, sandbox: Sandbox, told: object) -> None:
    sandbox.fault(PATH, body=told)
    assert wix.bookings_settings.get().several_services is False


def test_a_site_of_one_s_own_has_it_off_at_first(wix: Wix, sandbox: Sandbox) -> None:
    sandbox.reset("two-chairs")
    assert wix.bookings_settings.get().several_services is False


def test_without_the_permission_nothing_is_told(wix: Wix, sandbox: Sandbox) -> None:
    sandbox.settings(withoutPermissions=["SCOPE.DC-BOOKINGS.MANAGE-BOOKINGS"])
    with pytest.raises(WixForbidden):
        wix.bookings_settings.get()
