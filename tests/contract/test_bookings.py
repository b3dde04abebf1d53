"""A booking that the client makes is one that the sandbox knows, and the other way round."""

import pytest

from booking.domain.ids import WixBookingId
from booking.domain.outcome import Paid, WixStatus
from booking.wix import Wix
from booking.wix.auth import Auth
from booking.wix.errors import BookingNotFound, PolicyRefused, SlotNotAvailable, WrongStatus
from tests.contract.conftest import Client, the_booking, the_service, the_slots
from tests.in_process import Sandbox

NOBODY = WixBookingId("5e100000-0000-4000-8000-0000000000ff")


def test_a_booking_goes_from_a_free_time_to_confirmed(wix: Wix, sandbox: Sandbox) -> None:
    slot = the_slots(wix, the_service(wix, "haircut").id).slots[0]
    made = wix.bookings.create(the_booking(slot))
    decided = wix.bookings.confirm_or_decline(made.id, Paid.NOT_PAID)
    (known,) = [each for each in sandbox.bookings() if each.get("externalUserId") == "line-1"]
    assert made.status is WixStatus.CREATED
    assert decided.status is WixStatus.CONFIRMED
    assert (decided.starts, decided.ends) == (slot.starts, slot.ends)
    assert (decided.staff_id, decided.staff_name) == (slot.staff[0].id, slot.staff[0].name)
    assert decided.reference == "line-1"
    assert known["contactDetails"]["email"] == "jo@example.com"
    assert known["selectedPaymentOption"] == "OFFLINE"


def test_a_confirmed_booking_takes_its_time(wix: Wix) -> None:
    haircut = the_service(wix, "haircut")
    slot = the_slots(wix, haircut.id).slots[0]
    made = wix.bookings.create(the_booking(slot))
    wix.bookings.confirm_or_decline(made.id, Paid.NOT_PAID)
    with pytest.raises(SlotNotAvailable):
        wix.bookings.create(the_booking(slot, "line-2"))


def test_the_second_of_two_who_reached_for_one_time_is_declined(wix: Wix) -> None:
    slot = the_slots(wix, the_service(wix, "haircut").id).slots[0]
    first = wix.bookings.create(the_booking(slot, "line-1"))
    second = wix.bookings.create(the_booking(slot, "line-2"))
    wix.bookings.confirm_or_decline(first.id, Paid.NOT_PAID)
    assert wix.bookings.confirm_or_decline(second.id, Paid.NOT_PAID).status is WixStatus.DECLINED


def test_a_service_with_approval_waits_for_its_owner(wix: Wix) -> None:
    slot = the_slots(wix, the_service(wix, "private-yoga").id).slots[0]
    made = wix.bookings.create(the_booking(slot))
    pending = wix.bookings.confirm_or_decline(made.id, Paid.NOT_PAID)
    assert pending.status is WixStatus.PENDING
    confirmed = wix.bookings.confirm(pending.id, pending.revision, Paid.NOT_PAID)
    assert confirmed.status is WixStatus.CONFIRMED


def test_a_decided_booking_is_not_decided_again(wix: Wix) -> None:
    slot = the_slots(wix, the_service(wix, "haircut").id).slots[0]
    made = wix.bookings.create(the_booking(slot))
    declined = wix.bookings.decline(made.id, made.revision)
    assert declined.status is WixStatus.DECLINED
    with pytest.raises(WrongStatus):
        wix.bookings.confirm_or_decline(made.id, Paid.NOT_PAID)


def test_a_booking_is_found_again_by_its_reference_and_its_id(wix: Wix) -> None:
    slots = the_slots(wix, the_service(wix, "haircut").id).slots
    made = wix.bookings.create(the_booking(slots[0], "line-1"))
    wix.bookings.create(the_booking(slots[-1], "line-2"))
    assert wix.extended_bookings.by_reference("line-1") == (made,)
    assert wix.extended_bookings.by_id(made.id) == made
    assert wix.extended_bookings.by_reference("line-3") == ()
    assert wix.extended_bookings.by_id(NOBODY) is None


def test_two_bookings_of_one_reference_come_the_oldest_first(wix: Wix, sandbox: Sandbox) -> None:
    slots = the_slots(wix, the_service(wix, "haircut").id).slots
    first = wix.bookings.create(the_booking(slots[0]))
    sandbox.advance(2)
    second = wix.bookings.create(the_booking(slots[-1]))
    assert wix.extended_bookings.by_reference("line-1") == (first, second)


def test_the_reader_lags_behind(wix: Wix, sandbox: Sandbox) -> None:
    sandbox.settings(readerLagSeconds=5)
    slot = the_slots(wix, the_service(wix, "haircut").id).slots[0]
    made = wix.bookings.create(the_booking(slot))
    assert wix.extended_bookings.by_id(made.id) is None
    sandbox.advance(6)
    assert wix.extended_bookings.by_id(made.id) == made


def test_an_outdated_revision_is_looked_up_once(wix: Wix, sandbox: Sandbox) -> None:
    slot = the_slots(wix, the_service(wix, "haircut").id).slots[0]
    made = wix.bookings.create(the_booking(slot))
    wix.bookings.confirm_or_decline(made.id, Paid.NOT_PAID)
    sandbox.forget_requests()
    cancelled = wix.bookings.cancel(made.id, made.revision)
    assert cancelled.status is WixStatus.CANCELED
    assert len(sandbox.calls()) == 3


def test_a_late_cancellation_needs_the_owners_word(wix: Wix) -> None:
    slot = the_slots(wix, the_service(wix, "haircut").id, from_day=0).slots[0]
    made = wix.bookings.create(the_booking(slot))
    confirmed = wix.bookings.confirm_or_decline(made.id, Paid.NOT_PAID)
    with pytest.raises(PolicyRefused):
        wix.bookings.cancel(made.id, confirmed.revision)
    assert (
        wix.bookings.cancel(made.id, confirmed.revision, ignore_policy=True).status
        is WixStatus.CANCELED
    )


def test_a_booking_that_is_not_there_is_not_found(wix: Wix) -> None:
    with pytest.raises(BookingNotFound):
        wix.bookings.confirm_or_decline(NOBODY, Paid.NOT_PAID)


def test_an_app_books_as_the_owner_does(client: Client, app: Auth) -> None:
    wix = client(app)
    slot = the_slots(wix, the_service(wix, "free-consultation").id).slots[0]
    made = wix.bookings.create(the_booking(slot))
    assert wix.bookings.confirm_or_decline(made.id, Paid.EXEMPT).status is WixStatus.CONFIRMED
