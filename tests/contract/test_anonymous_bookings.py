"""Whoever has a booking's link may look, cancel and move, as the policy allows, and nobody else."""

import logging

import pytest
import requests

from booking.domain.ids import EventId
from booking.domain.outcome import AllowedActions, Paid, WixBooking, WixStatus
from booking.domain.slot import Slot
from booking.wix import NewTime, Wix
from booking.wix.errors import (
    BookingNotFound,
    PolicyRefused,
    SlotNotAvailable,
    StaleRevision,
    WixUnreachable,
)
from tests.contract.conftest import LISBON, the_booking, the_service, the_slots
from tests.in_process import Sandbox
from tests.sandbox.asking import chair, code, create, field, visitor

FREE = AllowedActions(cancel=True, reschedule=True)


def slots(wix: Wix) -> tuple[Slot, ...]:
    return the_slots(wix, the_service(wix, "haircut").id, from_day=2).slots


@pytest.fixture
def booking(wix: Wix) -> WixBooking:
    made = wix.bookings.create(the_booking(slots(wix)[0]))
    return wix.bookings.confirm_or_decline(made.id, Paid.NOT_PAID)


@pytest.fixture
def token(wix: Wix, booking: WixBooking) -> str:
    return wix.anonymous_bookings.token(booking.id)


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


def test_a_link_shows_its_booking_and_what_may_be_done(
    wix: Wix, booking: WixBooking, token: str
) -> None:
    found = wix.anonymous_bookings.get(token)
    assert (found.id, found.revision, found.allowed) == (booking.id, booking.revision, FREE)


def test_a_link_cancels(wix: Wix, booking: WixBooking, token: str) -> None:
    done = wix.anonymous_bookings.cancel(token, booking.revision)
    assert (done.status, done.revision) == (WixStatus.CANCELED, "3")
    shown = wix.anonymous_bookings.get(token).allowed
    assert shown == AllowedActions(cancel=False, reschedule=False)


def test_a_link_moves_and_the_customer_is_told(
    wix: Wix, sandbox: Sandbox, booking: WixBooking, token: str
) -> None:
    last = slots(wix)[-1]
    moved = wix.anonymous_bookings.reschedule(token, booking.revision, a_time(last))
    assert moved.starts == last.starts
    told = sandbox.messages()[-1]
    assert (told["bookingId"], told["about"]) == (booking.id, "rescheduled")


def test_a_session_that_is_not_there_is_no_place_to_move_to(wix: Wix, sandbox: Sandbox) -> None:
    made = sandbox.book("park-yoga", "2030-07-06T10:00")
    token = wix.anonymous_bookings.token(made["id"])
    with pytest.raises(SlotNotAvailable):
        wix.anonymous_bookings.reschedule(token, made["revision"], EventId("x" * 40))


def test_a_stale_revision_is_looked_up_through_the_link(
    wix: Wix, sandbox: Sandbox, booking: WixBooking, token: str
) -> None:
    wix.bookings.update_extended_fields(booking.id, "@us/site", {"key": "k"})
    path = f"/_api/v1/anonymous-bookings/{token}/cancel"
    stale = sandbox.call("POST", path, {"revision": booking.revision})
    assert code(stale) == (409, "INVALID_REVISION")
    assert field(sandbox.call("POST", path, {})) == (400, "revision")
    done = wix.anonymous_bookings.cancel(token, booking.revision)
    assert (done.status, done.revision) == (WixStatus.CANCELED, "4")


def test_a_revision_from_the_future_is_refused(
    wix: Wix, sandbox: Sandbox, booking: WixBooking, token: str
) -> None:
    sandbox.fault("/*/cancel", status=409, code="INVALID_REVISION")
    with pytest.raises(StaleRevision):
        wix.anonymous_bookings.cancel(token, booking.revision)


def test_a_late_link_neither_cancels_nor_moves(
    wix: Wix, sandbox: Sandbox, booking: WixBooking, token: str
) -> None:
    last = slots(wix)[-1]
    assert booking.starts
    sandbox.clock(booking.starts.isoformat())
    sandbox.advance(-3600)
    with pytest.raises(PolicyRefused) as cancel:
        wix.anonymous_bookings.cancel(token, booking.revision)
    with pytest.raises(PolicyRefused) as move:
        wix.anonymous_bookings.reschedule(token, booking.revision, a_time(last))
    assert (cancel.value.status, cancel.value.code) == (428, "BOOKING_CANNOT_BE_CANCELLED")
    assert (move.value.status, move.value.code) == (428, "RESCHEDULING_NOT_ALLOWED")


def test_a_policy_may_leave_links_out(wix: Wix, sandbox: Sandbox) -> None:
    rules = {"cancellationPolicy": {"allowAnonymous": False}}
    sandbox.seed(services=[{"slug": "haircut", "bookingPolicy": rules}])
    made = wix.bookings.create(the_booking(slots(wix)[0]))
    wix.bookings.confirm_or_decline(made.id, Paid.NOT_PAID)
    found = wix.anonymous_bookings.get(wix.anonymous_bookings.token(made.id))
    assert found.allowed == AllowedActions(cancel=False, reschedule=True)


@pytest.mark.parametrize("token", ["x", "é", "bm90LWEtdG9rZW4"])
def test_a_token_that_is_none_finds_nothing(wix: Wix, token: str) -> None:
    with pytest.raises(BookingNotFound) as refused:
        wix.anonymous_bookings.get(token)
    assert (refused.value.status, refused.value.code) == (400, "INVALID_TOKEN")


def test_a_token_stands_in_no_log_line_and_in_no_error(
    wix: Wix, sandbox: Sandbox, token: str, caplog: pytest.LogCaptureFixture
) -> None:
    sandbox.fault("*", status=500)
    with caplog.at_level(logging.INFO), pytest.raises(WixUnreachable) as failed:
        wix.anonymous_bookings.cancel(token, "2")
    assert "anonymous-bookings" in caplog.text
    assert token not in caplog.text + str(failed.value)


def test_a_visitor_gets_the_link_of_their_own_booking_alone(sandbox: Sandbox) -> None:
    sandbox.reset("two-chairs", now="2030-06-03T09:00:00")
    theirs, mine = visitor(sandbox), visitor(sandbox)
    body = chair(sandbox, "2030-06-04T10:00:00")
    made = mine.post(f"{sandbox.url}/bookings/v2/bookings", json=body).json()["booking"]
    path = f"{sandbox.url}/v1/anonymous-bookings/{made['id']}/token"
    assert mine.get(path).json()["token"]
    assert theirs.get(path).status_code == 404
    other = create(sandbox, chair(sandbox, "2030-06-04T12:00:00"))
    path = f"{sandbox.url}/v1/anonymous-bookings/{other['id']}/token"
    assert mine.get(path).status_code == 404


def test_a_link_needs_no_credentials(sandbox: Sandbox, token: str) -> None:
    nobody = sandbox.mount(requests.Session())
    for base in ("/v1/anonymous-bookings", "/_api/v1/anonymous-bookings"):
        assert nobody.get(f"{sandbox.url}{base}/{token}").status_code == 200
        service = nobody.get(f"{sandbox.url}{base}/{token}/service").json()["service"]
        assert service["name"] == "Haircut"
