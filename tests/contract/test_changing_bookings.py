"""A booking is moved, left waiting and overridden as the business allows, each time at its revision."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from booking.domain.ids import WixBookingId
from booking.domain.outcome import Paid, WixBooking, WixPayment, WixStatus
from booking.domain.slot import Slot
from booking.wix import NewTime, Wix
from booking.wix.auth import Auth
from booking.wix.bookings import Moved
from booking.wix.errors import (
    BookingNotFound,
    InvalidRequest,
    PolicyRefused,
    SlotNotAvailable,
    StaleRevision,
    WixForbidden,
    WrongStatus,
)
from booking.wix.new_booking import Overrides
from tests.contract.conftest import LISBON, Client, the_booking, the_service, the_slots
from tests.in_process import Sandbox

NOBODY = WixBookingId("5e100000-0000-4000-8000-0000000000ff")
ANSWERS = {
    "first_name": "Ana",
    "last_name": "Reis",
    "email": "reis@example.com",
    "phone": "+351 912 000 000",
}


def slots(wix: Wix, slug: str = "haircut") -> tuple[Slot, ...]:
    """Of one person on a Wednesday, when several days are still in between."""
    found = the_slots(wix, the_service(wix, slug).id, from_day=2).slots
    return tuple(each for each in found if each.staff[0].id == found[0].staff[0].id)


def confirmed(wix: Wix, slot: Slot, reference: str = "line-1") -> WixBooking:
    made = wix.bookings.create(the_booking(slot, reference))
    return wix.bookings.confirm_or_decline(made.id, Paid.NOT_PAID)


def a_time(slot: Slot) -> NewTime:
    return NewTime(
        service_id=slot.service_id,
        starts=slot.starts,
        ends=slot.ends,
        zone=LISBON,
        schedule_id=slot.schedule_id,
        location=slot.location,
        staff_id=slot.staff[0].id,
    )


def test_an_appointment_moves_and_leaves_its_old_time_free(wix: Wix) -> None:
    first, *_, last = slots(wix)
    booking = confirmed(wix, first)
    moved = wix.bookings.reschedule(booking.id, booking.revision, a_time(last))
    assert (moved.starts, moved.status, moved.revision) == (
        last.starts,
        WixStatus.CONFIRMED,
        "3",
    )
    assert confirmed(wix, first, "line-2").status is WixStatus.CONFIRMED


def test_a_move_that_cannot_be_had_changes_nothing(wix: Wix) -> None:
    first, *_, last = slots(wix)
    mine = confirmed(wix, first)
    confirmed(wix, last, "line-2")
    with pytest.raises(SlotNotAvailable) as taken:
        wix.bookings.reschedule(mine.id, mine.revision, a_time(last))
    assert (taken.value.status, taken.value.code) == (428, "SLOT_NOT_AVAILABLE")
    assert wix.extended_bookings.by_id(mine.id) == mine
    with pytest.raises(SlotNotAvailable):
        wix.bookings.create(the_booking(first, "line-3"))


def test_an_appointment_may_move_into_time_it_takes_itself(wix: Wix) -> None:
    first, second = slots(wix)[:2]
    booking = confirmed(wix, first)
    assert second.starts < first.ends
    moved = wix.bookings.reschedule(booking.id, booking.revision, a_time(second))
    assert moved.starts == second.starts


def test_after_a_move_the_owner_is_asked_again_unless_told_not_to(wix: Wix) -> None:
    first, *_, last = slots(wix, "private-yoga")
    pending = confirmed(wix, first)
    agreed = wix.bookings.confirm(pending.id, pending.revision, Paid.NOT_PAID)
    moved = wix.bookings.reschedule(agreed.id, agreed.revision, a_time(last))
    assert moved.status is WixStatus.PENDING
    agreed = wix.bookings.confirm(moved.id, moved.revision, Paid.NOT_PAID)
    how = Moved(skip_approval=True)
    again = wix.bookings.reschedule(agreed.id, agreed.revision, a_time(first), how)
    assert again.status is WixStatus.CONFIRMED


def test_a_late_move_needs_the_owners_word(wix: Wix, sandbox: Sandbox) -> None:
    first, *_, last = slots(wix)
    booking = confirmed(wix, first)
    sandbox.clock(first.starts.isoformat())
    sandbox.advance(-3600)
    with pytest.raises(PolicyRefused) as late:
        wix.bookings.reschedule(booking.id, booking.revision, a_time(last))
    assert (late.value.status, late.value.code) == (403, "BOOKING_POLICY_VIOLATION")
    how = Moved(ignore_policy=True)
    moved = wix.bookings.reschedule(booking.id, booking.revision, a_time(last), how)
    assert moved.starts == last.starts


def test_without_the_widest_permission_nothing_is_overridden(wix: Wix, sandbox: Sandbox) -> None:
    first, *_, last = slots(wix)
    booking = confirmed(wix, first)
    sandbox.settings(withoutPermissions=["SCOPE.DC-BOOKINGS-MEGA.MANAGE-BOOKINGS"])
    skipping = replace(the_booking(last), overrides=Overrides(availability=True))
    how = Moved(ignore_policy=True)
    attempts: list[Callable[[], WixBooking]] = [
        lambda: wix.bookings.create(skipping),
        lambda: wix.bookings.reschedule(booking.id, booking.revision, a_time(last), how),
        lambda: wix.bookings.cancel(booking.id, booking.revision, ignore_policy=True),
    ]
    for attempt in attempts:
        with pytest.raises(WixForbidden) as refused:
            attempt()
        assert (refused.value.status, refused.value.code) == (403, "UNAUTHORIZED_OPERATION")


def test_with_the_widest_permission_a_taken_time_is_booked_again(wix: Wix) -> None:
    slot = slots(wix)[0]
    confirmed(wix, slot)
    skipping = replace(the_booking(slot, "line-2"), overrides=Overrides(availability=True))
    made = wix.bookings.create(skipping)
    assert wix.bookings.confirm_or_decline(made.id, Paid.NOT_PAID).status is WixStatus.CONFIRMED


def test_a_confirmation_that_looks_refuses_what_is_taken(wix: Wix) -> None:
    slot = slots(wix)[0]
    first = wix.bookings.create(the_booking(slot))
    second = wix.bookings.create(the_booking(slot, "line-2"))
    wix.bookings.confirm(first.id, first.revision, Paid.NOT_PAID, check=True)
    with pytest.raises(SlotNotAvailable) as taken:
        wix.bookings.confirm(second.id, second.revision, Paid.NOT_PAID, check=True)
    assert (taken.value.status, taken.value.code) == (428, "NO_OPEN_SPOTS")
    careless = wix.bookings.confirm(second.id, second.revision, Paid.NOT_PAID)
    assert careless.status is WixStatus.CONFIRMED


def test_paid_and_lost_is_double_booked(wix: Wix) -> None:
    slot = slots(wix)[0]
    first = wix.bookings.create(the_booking(slot))
    second = wix.bookings.create(the_booking(slot, "line-2"))
    wix.bookings.confirm_or_decline(first.id, Paid.PAID)
    lost = wix.bookings.confirm_or_decline(second.id, Paid.PAID)
    assert (lost.status, lost.double_booked) == (WixStatus.CONFIRMED, True)
    assert lost.payment is WixPayment.PAID


def test_a_booking_can_wait_at_wix_and_keep_its_time(wix: Wix) -> None:
    slot = slots(wix)[0]
    made = wix.bookings.create(the_booking(slot))
    with pytest.raises(WrongStatus) as refused:
        wix.bookings.mark_as_pending(made.id, made.revision)
    assert refused.value.code == "NOT_PENDING_APPROVAL_SERVICE"
    waiting = wix.bookings.mark_as_pending(made.id, made.revision, any_service=True)
    assert waiting.status is WixStatus.PENDING
    with pytest.raises(SlotNotAvailable):
        wix.bookings.create(the_booking(slot, "line-2"))
    with pytest.raises(WrongStatus) as again:
        wix.bookings.mark_as_pending(made.id, waiting.revision, any_service=True)
    assert again.value.code == "BOOKING_MARK_BOOKING_AS_PENDING"


def test_waiting_for_a_taken_time_is_told_as_double_booked(wix: Wix) -> None:
    slot = slots(wix, "private-yoga")[0]
    first = wix.bookings.create(the_booking(slot))
    second = wix.bookings.create(the_booking(slot, "line-2"))
    wix.bookings.mark_as_pending(first.id, first.revision, check=True)
    late = wix.bookings.mark_as_pending(second.id, second.revision, Paid.PAID, check=True)
    assert (late.status, late.double_booked) == (WixStatus.PENDING, True)


def test_a_forms_answers_say_who_books(wix: Wix, sandbox: Sandbox) -> None:
    new = replace(the_booking(slots(wix)[0]), answers=ANSWERS)
    made = wix.bookings.create(new)
    assert made.contact
    assert (made.contact.first_name, made.contact.email) == ("Ana", "reis@example.com")
    assert made.submission_id
    body = sandbox.requests()[-1]["body"]
    assert (body["formSubmission"], body["booking"]["contactDetails"]) == (ANSWERS, {})


@pytest.mark.parametrize("missing", ["first_name", "email"])
def test_an_answer_that_the_form_requires_is_refused(wix: Wix, missing: str) -> None:
    some = {name: answer for name, answer in ANSWERS.items() if name != missing}
    with pytest.raises(InvalidRequest) as refused:
        wix.bookings.create(replace(the_booking(slots(wix)[0]), answers=some))
    assert refused.value.status == 400


def test_answers_that_contradict_the_contact_are_refused(wix: Wix) -> None:
    slot = slots(wix)[0]
    known = wix.bookings.create(the_booking(slot)).contact
    assert known
    new = replace(the_booking(slot, "line-2"), answers=ANSWERS, contact_id=known.id)
    with pytest.raises(InvalidRequest) as refused:
        wix.bookings.create(new)
    assert (refused.value.status, refused.value.code) == (400, "CONTACT_DETAILS_CONFLICT")


def test_a_revision_that_moves_by_itself_does_not_stop_a_change(wix: Wix, sandbox: Sandbox) -> None:
    sandbox.settings(revisionMovesAfterSeconds=0.2)
    made = wix.bookings.create(replace(the_booking(slots(wix)[0]), answers=ANSWERS))
    sandbox.advance(1)
    sandbox.forget_requests()
    assert wix.bookings.confirm(made.id, made.revision, Paid.NOT_PAID).revision == "3"
    assert len(sandbox.calls()) == 3


def test_a_revision_the_reader_does_not_show_yet_is_the_callers_to_wait_for(
    wix: Wix, sandbox: Sandbox
) -> None:
    made = wix.bookings.create(the_booking(slots(wix)[0]))
    sandbox.advance(10)
    sandbox.settings(readerLagSeconds=5)
    wix.bookings.confirm_or_decline(made.id, Paid.NOT_PAID)
    with pytest.raises(StaleRevision) as stale:
        wix.bookings.cancel(made.id, made.revision)
    assert (stale.value.status, stale.value.code) == (409, "INVALID_REVISION")


def test_a_submission_made_elsewhere_is_tied_to_a_booking(wix: Wix) -> None:
    made = wix.bookings.create(the_booking(slots(wix)[0]))
    assert made.submission_id == ""
    tied = wix.bookings.set_submission_id(made.id, str(NOBODY))
    assert (tied.submission_id, tied.revision) == (NOBODY, "2")
    with pytest.raises(BookingNotFound):
        wix.bookings.set_submission_id(NOBODY, str(NOBODY))


def test_an_app_keeps_its_own_fields_with_a_booking(wix: Wix, sandbox: Sandbox) -> None:
    made = wix.bookings.create(the_booking(slots(wix)[0]))
    wix.bookings.update_extended_fields(made.id, "@us/site", {"key": "k-1"})
    wix.bookings.update_extended_fields(made.id, "@us/site", {"seen": True})
    (kept,) = [each for each in sandbox.bookings() if each["id"] == made.id]
    assert kept["extendedFields"] == {"namespaces": {"@us/site": {"key": "k-1", "seen": True}}}
    assert kept["revision"] == "3"


def test_an_app_that_manages_moves_bookings_too(client: Client, app: Auth) -> None:
    wix = client(app)
    first, *_, last = slots(wix)
    booking = confirmed(wix, first)
    moved = wix.bookings.reschedule(booking.id, booking.revision, a_time(last))
    assert moved.starts == last.starts
