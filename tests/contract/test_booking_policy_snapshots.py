"""A booking keeps the policy it was made under, whatever the owner changes later."""

from booking.domain.ids import WixBookingId
from booking.wix import Wix
from tests.contract.conftest import the_service
from tests.in_process import Sandbox
from tests.sandbox.asking import code, visitor

PATHS = (
    "/_api/booking-policy-snapshots/v1/policy-snapshots",
    "/booking-policy-snapshots/v1/policy-snapshots",
)


def test_the_policy_of_booking_time_is_kept(wix: Wix, sandbox: Sandbox) -> None:
    before = WixBookingId(sandbox.book("haircut", "2030-07-02T10:00", location="Estrela")["id"])
    rules = {"cancellationPolicy": {"latestCancellationInMinutes": 60}}
    sandbox.seed(services=[{"slug": "haircut", "bookingPolicy": rules}])
    after = WixBookingId(sandbox.book("haircut", "2030-07-09T10:00", location="Estrela")["id"])
    found = wix.booking_policy_snapshots.list([before, after])
    assert found[after] == the_service(wix, "haircut").policy
    assert (found[before].cancel_minutes, found[after].cancel_minutes) == (1440, 60)


def test_without_the_booking_there_is_no_policy(wix: Wix, sandbox: Sandbox) -> None:
    nobody = WixBookingId("5e100000-0000-4000-8000-0000000000ff")
    assert wix.booking_policy_snapshots.list([nobody]) == {}
    for path in PATHS:
        answer = sandbox.call("GET", f"{path}?bookingIds={nobody}")
        assert code(answer) == (404, "BOOKING_POLICY_SNAPSHOT_NOT_FOUND")
        assert sandbox.call("GET", path).status_code == 400
        assert visitor(sandbox).get(f"{sandbox.url}{path}?bookingIds=x").status_code == 403
