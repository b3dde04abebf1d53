"""Many bookings in one call: each has its own outcome, and one that fails does not stop the others."""

from dataclasses import replace

import pytest

from booking.domain.ids import WixBookingId
from booking.domain.outcome import AllowedActions, Paid, WixStatus
from booking.domain.slot import Slot
from booking.wix import NewBooking, Wix
from booking.wix.bulk_bookings import Outcome
from booking.wix.errors import (
    BookingNotFound,
    InvalidRequest,
    PolicyRefused,
    SlotNotAvailable,
    StaleRevision,
    WixError,
    WrongStatus,
)
from tests.contract.conftest import the_booking, the_service, the_slots
from tests.in_process import Sandbox

NOBODY = WixBookingId("5e100000-0000-4000-8000-0000000000ff")


def slots(wix: Wix) -> tuple[Slot, ...]:
    return the_slots(wix, the_service(wix, "haircut").id, from_day=2).slots


def new_ones(wix: Wix) -> list[NewBooking]:
    """Two that do not meet: the first and the last of a day."""
    first, *_, last = slots(wix)
    return [the_booking(first, "line-1"), the_booking(last, "line-2")]


def errors(outcomes: tuple[Outcome, ...]) -> list[type[WixError] | None]:
    return [type(each.error) if each.error else None for each in outcomes]


def test_several_are_made_at_once(wix: Wix) -> None:
    outcomes = wix.bookings.bulk_create(new_ones(wix))
    made = [each.booking for each in outcomes if each.booking]
    assert errors(outcomes) == [None, None]
    assert [each.reference for each in made] == ["line-1", "line-2"]
    assert [each.id for each in made] == [each.id for each in outcomes]


def test_what_is_taken_fails_alone(wix: Wix) -> None:
    new = new_ones(wix)
    taken = wix.bookings.create(new[0])
    wix.bookings.confirm_or_decline(taken.id, Paid.NOT_PAID)
    outcomes = wix.bookings.bulk_create(new)
    assert errors(outcomes) == [SlotNotAvailable, None]
    assert outcomes[0].error
    assert (outcomes[0].error.code, outcomes[0].id) == ("SLOT_NOT_AVAILABLE", "")


def test_what_is_malformed_fails_them_all(wix: Wix, sandbox: Sandbox) -> None:
    new = [*new_ones(wix)]
    nobody = replace(new[1], customer=replace(new[1].customer, email="nonsense"))
    before = len(sandbox.bookings())
    with pytest.raises(InvalidRequest) as refused:
        wix.bookings.bulk_create([new[0], nobody])
    assert refused.value.status == 400
    assert len(sandbox.bookings()) == before


def test_no_more_than_forty_are_made_at_once(wix: Wix, sandbox: Sandbox) -> None:
    new = new_ones(wix)[0]
    with pytest.raises(InvalidRequest):
        wix.bookings.bulk_create([new] * 41)
    with pytest.raises(InvalidRequest):
        wix.bookings.bulk_create([])


def test_wix_decides_about_each(wix: Wix) -> None:
    slot = slots(wix)[0]
    first = wix.bookings.create(the_booking(slot, "line-1"))
    second = wix.bookings.create(the_booking(slot, "line-2"))
    paid = {first.id: Paid.EXEMPT, second.id: Paid.NOT_PAID, NOBODY: Paid.NOT_PAID}
    outcomes = wix.bookings.bulk_confirm_or_decline(paid)
    statuses = [each.booking.status for each in outcomes if each.booking]
    assert statuses == [WixStatus.CONFIRMED, WixStatus.DECLINED]
    assert errors(outcomes) == [None, None, BookingNotFound]
    assert outcomes[2].id == NOBODY
    again = wix.bookings.bulk_confirm_or_decline({first.id: Paid.EXEMPT})
    assert errors(again) == [WrongStatus]


def test_several_are_cancelled_each_by_its_own_policy(wix: Wix, sandbox: Sandbox) -> None:
    first, last = (wix.bookings.create(each) for each in new_ones(wix))
    decided = [wix.bookings.confirm_or_decline(one.id, Paid.NOT_PAID) for one in (first, last)]
    assert first.starts
    sandbox.clock(first.starts.isoformat())
    sandbox.advance(-24 * 3600 + 60)  # too late for the first alone
    outcomes = wix.bookings.bulk_cancel(decided)
    assert errors(outcomes) == [PolicyRefused, None]
    assert outcomes[1].booking
    assert outcomes[1].booking.status is WixStatus.CANCELED
    forced = wix.bookings.bulk_cancel(decided[:1], ignore_policy=True)
    assert errors(forced) == [None]


def test_a_stale_revision_fails_alone(wix: Wix) -> None:
    made = wix.bookings.create(new_ones(wix)[0])
    wix.bookings.confirm_or_decline(made.id, Paid.NOT_PAID)
    assert errors(wix.bookings.bulk_cancel([made])) == [StaleRevision]


def test_what_may_be_done_follows_the_policy_of_booking_time(wix: Wix, sandbox: Sandbox) -> None:
    made = wix.bookings.create(new_ones(wix)[0])
    assert wix.bookings.allowed_actions([made.id]) == {
        made.id: AllowedActions(cancel=False, reschedule=False)
    }
    wix.bookings.confirm_or_decline(made.id, Paid.NOT_PAID)
    free = AllowedActions(cancel=True, reschedule=True)
    assert wix.bookings.allowed_actions([made.id, NOBODY]) == {made.id: free}
    rules = {"cancellationPolicy": {"enabled": False}}
    sandbox.seed(services=[{"slug": "haircut", "bookingPolicy": rules}])
    assert wix.bookings.allowed_actions([made.id]) == {made.id: free}


def test_the_same_booking_twice_is_refused_as_a_whole(sandbox: Sandbox) -> None:
    booking = sandbox.book("haircut", "2030-07-02T14:00")
    twice = [{"bookingId": booking["id"], "revision": booking["revision"]}] * 2
    base = "/bookings/v2/bulk/bookings"
    for path, body, expected in (
        ("cancel", {"bookings": {"bookingsInfo": twice}}, (428, "DUPLICATED_BOOKINGS")),
        ("confirmOrDecline", {"details": twice}, (428, "DUPLICATED_BOOKINGS")),
        (
            "calculate_allowed_actions",
            {"bookingIds": [booking["id"]] * 2},
            (400, "DUPLICATE_BOOKING_IDS"),
        ),
        ("cancel", {}, (400, "MISSING_CANCELLATION_INFO")),
        (
            "cancel",
            {"recurringCancellation": {"recurringGroupId": "x"}},
            (404, "RECURRING_GROUP_NOT_FOUND"),
        ),
    ):
        answer = sandbox.call("POST", f"{base}/{path}", body)
        code = answer.json()["details"]["applicationError"]["code"]
        assert (answer.status_code, code) == expected
