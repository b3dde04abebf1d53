"""A visit of several services is booked, confirmed, moved and cancelled as a whole, or not at all."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from booking.domain.outcome import Paid, WixStatus
from booking.wix import NewBooking, NewTime, Wix
from booking.wix.errors import (
    BookingNotFound,
    InvalidRequest,
    PolicyRefused,
    SlotNotAvailable,
    WixRefused,
    WrongStatus,
)
from booking.wix.multi_service_bookings import Package
from tests.contract.conftest import LISBON, the_booking, the_service, the_slots
from tests.in_process import Sandbox
from tests.sandbox.asking import Json, code

BASE = "/_api/bookings-service/v2/multi_service_bookings"


def a_visit(wix: Wix, day: int = 29) -> list[NewBooking]:
    """A haircut and then a beard trim by one person, in a week when nobody has booked yet."""
    trim = the_service(wix, "beard-trim")
    by_bruno = the_slots(wix, trim.id, from_day=day).slots[0]
    cut = replace(the_booking(by_bruno), service_id=the_service(wix, "haircut").id)
    schedule = the_service(wix, "haircut").schedule_id
    cut = replace(cut, schedule_id=schedule, ends=cut.starts + timedelta(minutes=45))
    after = replace(the_booking(by_bruno), starts=cut.ends, ends=cut.ends + timedelta(minutes=30))
    return [cut, after]


def to_day(wix: Wix, package: Package, day: int) -> dict[Any, NewTime]:
    """New times on another day for each booking of a visit."""
    parts = a_visit(wix, day)
    return {each.id: _time(part) for each, part in zip(package.bookings, parts, strict=True)}


def _time(new: NewBooking) -> NewTime:
    return NewTime(
        service_id=new.service_id,
        starts=new.starts,
        ends=new.ends,
        zone=LISBON,
        schedule_id=new.schedule_id,
        location=new.location,
        staff_id=new.staff_id,
    )


def statuses(package: Package) -> set[WixStatus]:
    return {each.status for each in package.bookings}


def starts(package: Package) -> list[datetime | None]:
    return [each.starts for each in package.bookings]


@pytest.fixture
def made(wix: Wix) -> Package:
    return wix.multi_service_bookings.create(a_visit(wix))


def test_a_visit_is_made_in_order_and_read_again(wix: Wix, made: Package) -> None:
    cut, trim = made.bookings
    assert statuses(made) == {WixStatus.CREATED}
    assert (cut.title, trim.title, cut.ends) == ("Haircut", "Beard trim", trim.starts)
    assert {cut.package_id, trim.package_id} == {made.id}
    assert wix.multi_service_bookings.get(made.id) == made
    assert wix.multi_service_bookings.is_available(made.id)


def test_a_visit_is_confirmed_as_a_whole_and_takes_its_time(wix: Wix) -> None:
    parts = a_visit(wix)
    made = wix.multi_service_bookings.create(parts)
    done = wix.multi_service_bookings.confirm(made, Paid.NOT_PAID, check=True)
    assert statuses(done) == {WixStatus.CONFIRMED}
    assert {each.payment.value for each in done.bookings} == {"NOT_PAID"}
    with pytest.raises(SlotNotAvailable):
        wix.multi_service_bookings.create(parts)


def test_one_part_that_is_taken_keeps_the_whole_from_being_made(wix: Wix, sandbox: Sandbox) -> None:
    parts = a_visit(wix)
    wix.bookings.confirm_or_decline(wix.bookings.create(parts[1]).id, Paid.NOT_PAID)
    before = len(sandbox.bookings())
    with pytest.raises(SlotNotAvailable) as taken:
        wix.multi_service_bookings.create(parts)
    assert (taken.value.status, taken.value.code) == (428, "SLOT_NOT_AVAILABLE")
    assert len(sandbox.bookings()) == before


def test_one_part_that_is_taken_meanwhile_keeps_the_whole_from_being_confirmed(wix: Wix) -> None:
    parts = a_visit(wix)
    made = wix.multi_service_bookings.create(parts)
    wix.bookings.confirm_or_decline(wix.bookings.create(parts[1]).id, Paid.NOT_PAID)
    assert not wix.multi_service_bookings.is_available(made.id)
    with pytest.raises(SlotNotAvailable) as taken:
        wix.multi_service_bookings.confirm(made, Paid.NOT_PAID, check=True)
    assert taken.value.code == "NO_OPEN_SPOTS"
    assert statuses(wix.multi_service_bookings.get(made.id)) == {WixStatus.CREATED}


def test_a_visit_is_declined_as_a_whole_and_only_once(wix: Wix, made: Package) -> None:
    done = wix.multi_service_bookings.decline(made)
    assert statuses(done) == {WixStatus.DECLINED}
    with pytest.raises(WrongStatus):
        wix.multi_service_bookings.decline(done)


def test_a_visit_waits_for_the_owner_only_where_services_do(wix: Wix, made: Package) -> None:
    with pytest.raises(WrongStatus) as refused:
        wix.multi_service_bookings.mark_as_pending(made)
    assert refused.value.code == "NOT_PENDING_APPROVAL_SERVICE"


def test_a_visit_waits_for_the_owner(wix: Wix, sandbox: Sandbox, made: Package) -> None:
    approval = {"onlineBooking": {"requireManualApproval": True}}
    sandbox.seed(services=[{"slug": slug, **approval} for slug in ("haircut", "beard-trim")])
    done = wix.multi_service_bookings.mark_as_pending(made, Paid.PAID)
    assert statuses(done) == {WixStatus.PENDING}


def test_a_visit_moves_as_a_whole(wix: Wix, made: Package) -> None:
    confirmed = wix.multi_service_bookings.confirm(made, Paid.NOT_PAID)
    to = to_day(wix, confirmed, 36)
    moved = wix.multi_service_bookings.reschedule(confirmed, to)
    assert starts(moved) == [to[each.id].starts for each in moved.bookings]
    again = wix.multi_service_bookings.create(a_visit(wix))
    assert statuses(again) == {WixStatus.CREATED}


def test_a_visit_that_cannot_move_as_a_whole_stays(wix: Wix, made: Package) -> None:
    confirmed = wix.multi_service_bookings.confirm(made, Paid.NOT_PAID)
    to = to_day(wix, confirmed, 36)
    trim = a_visit(wix, 36)[1]
    wix.bookings.confirm_or_decline(wix.bookings.create(trim).id, Paid.NOT_PAID)
    with pytest.raises(SlotNotAvailable):
        wix.multi_service_bookings.reschedule(confirmed, to)
    assert starts(wix.multi_service_bookings.get(made.id)) == starts(made)


def test_a_visit_is_cancelled_as_a_whole_and_only_once(wix: Wix, made: Package) -> None:
    confirmed = wix.multi_service_bookings.confirm(made, Paid.NOT_PAID)
    done = wix.multi_service_bookings.cancel(confirmed.id)
    assert statuses(done) == {WixStatus.CANCELED}
    with pytest.raises(InvalidRequest) as refused:
        wix.multi_service_bookings.cancel(confirmed.id)
    assert (refused.value.status, refused.value.code) == (428, "VALIDATION_FAILURE")


def test_a_late_cancellation_needs_the_owners_word(
    wix: Wix, sandbox: Sandbox, made: Package
) -> None:
    confirmed = wix.multi_service_bookings.confirm(made, Paid.NOT_PAID)
    assert made.bookings[0].starts
    sandbox.clock(made.bookings[0].starts.isoformat())
    sandbox.advance(-3600)
    with pytest.raises(PolicyRefused):
        wix.multi_service_bookings.cancel(confirmed.id)
    done = wix.multi_service_bookings.cancel(confirmed.id, ignore_policy=True)
    assert statuses(done) == {WixStatus.CANCELED}


def test_one_part_alone_is_not_changed(wix: Wix, made: Package) -> None:
    cut = made.bookings[0]
    with pytest.raises(WixRefused) as refused:
        wix.bookings.cancel(cut.id, cut.revision)
    expected = (403, "NOT_ALLOWED_TO_UPDATE_BOOKING_IN_MULTI_SERVICE_BOOKING")
    assert (refused.value.status, refused.value.code) == expected


def test_stale_revisions_are_looked_up_once(wix: Wix, sandbox: Sandbox, made: Package) -> None:
    wix.bookings.update_extended_fields(made.bookings[1].id, "@us/site", {"key": "k"})
    sandbox.forget_requests()
    done = wix.multi_service_bookings.confirm(made, Paid.NOT_PAID)
    assert [each.revision for each in done.bookings] == ["2", "3"]
    assert len(sandbox.calls()) == 3


def test_an_unknown_visit_is_not_found(wix: Wix) -> None:
    with pytest.raises(BookingNotFound) as refused:
        wix.multi_service_bookings.get("5e100000-0000-4000-8000-0000000000ff")
    expected = (404, "MULTI_SERVICE_BOOKING_NOT_FOUND")
    assert (refused.value.status, refused.value.code) == expected


def infos(made: Package, **changes: Any) -> list[Json]:
    return [{"bookingId": each.id, "revision": each.revision, **changes} for each in made.bookings]


def test_every_part_is_sent_with_its_revision(sandbox: Sandbox, made: Package) -> None:
    whole = infos(made)
    for sent, expected in (
        (whole[:1], (400, "NOT_ALL_BOOKINGS_WERE_SENT")),
        ([*whole, whole[0]], (400, "DUPLICATE_BOOKING_INFO")),
        (infos(made, revision=None), (400, "REVISION_MISSING")),
        (infos(made, revision="7"), (428, "BOOKING_REVISION_MISMATCH")),
    ):
        body = {"confirmBookingsInfo": sent}
        assert code(sandbox.call("POST", f"{BASE}/{made.id}/confirm", body)) == expected


def test_parts_that_do_not_follow_each_other_are_no_visit(wix: Wix) -> None:
    cut, trim = a_visit(wix)
    gap = timedelta(minutes=30)
    later = replace(trim, starts=trim.starts + gap, ends=trim.ends + gap)
    for parts in ([cut, later], [trim, cut]):
        with pytest.raises(InvalidRequest) as refused:
            wix.multi_service_bookings.create(parts)
        assert (refused.value.status, refused.value.code) == (428, "VALIDATION_FAILURE")


def test_a_visit_has_two_to_eight_parts(wix: Wix) -> None:
    cut = a_visit(wix)[0]
    for parts in ([cut], [cut] * 9):
        with pytest.raises(InvalidRequest) as refused:
            wix.multi_service_bookings.create(parts)
        assert refused.value.status == 400
