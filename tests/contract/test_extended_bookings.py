"""Bookings are found by what they are, page by page, with what may be done and what was bought."""

from datetime import timedelta
from decimal import Decimal

import pytest

from booking.domain.ids import LocationId, ServiceId, StaffId, WixBookingId
from booking.domain.money import Money
from booking.domain.outcome import AllowedActions, PaymentOption, WixPayment, WixStatus
from booking.domain.service import Kind
from booking.wix import Wix
from booking.wix.booking_filter import BookingFilter, Order
from booking.wix.errors import InvalidRequest, WixForbidden
from tests.contract.conftest import TODAY
from tests.in_process import Sandbox
from tests.sandbox.asking import READER, Json, field

SOLD_BY = "13d21c63-b5ec-5912-8397-c3a5ddb27a97"
COUNT = "/bookings/bookings-reader/v2/extended-bookings/count"


@pytest.fixture
def three(sandbox: Sandbox) -> list[Json]:
    """One booking of each kind, on a site that has no others."""
    return [
        sandbox.book("haircut", "2030-07-02T10:00", location="Estrela", externalUserId="r-1"),
        sandbox.book("park-yoga", "2030-07-06T10:00", participants=2, externalUserId="r-2"),
        sandbox.book("yoga-for-beginners", confirm=False, externalUserId="r-3"),
    ]


def found(wix: Wix, where: BookingFilter) -> set[str]:
    """References of ours that fit: the studio is lived in, its own bookings have none."""
    return {each.reference for each in wix.extended_bookings.query_all(where)} - {""}


def test_bookings_are_found_by_what_they_are(wix: Wix, three: list[Json]) -> None:
    appointment, _, course = three
    slot = appointment["bookedEntity"]["slot"]
    schedule = course["bookedEntity"]["schedule"]
    month = TODAY + timedelta(days=28)
    for where, expected in (
        (BookingFilter(), {"r-1", "r-2", "r-3"}),
        (BookingFilter(reference="r-2"), {"r-2"}),
        (BookingFilter(ids=(appointment["id"], course["id"])), {"r-1", "r-3"}),
        (BookingFilter(statuses=(WixStatus.CREATED,)), {"r-3"}),
        (BookingFilter(payments=(WixPayment.NOT_PAID,), reference="r-1"), {"r-1"}),
        (BookingFilter(payment_options=(PaymentOption.ONLINE,)), set()),
        (BookingFilter(kinds=(Kind.COURSE, Kind.CLASS)), {"r-2", "r-3"}),
        (BookingFilter(service_id=ServiceId(schedule["serviceId"])), {"r-3"}),
        (BookingFilter(service_id=ServiceId(slot["serviceId"])), {"r-1"}),
        (BookingFilter(schedule_id=schedule["scheduleId"]), {"r-3"}),
        (BookingFilter(staff_id=StaffId(slot["resource"]["id"])), {"r-1"}),
        (BookingFilter(location_id=LocationId(slot["location"]["id"])), {"r-1", "r-3"}),
        (BookingFilter(contact_id=course["contactDetails"]["contactId"]), {"r-1", "r-2", "r-3"}),
        (BookingFilter(starts_from=month, starts_before=month + timedelta(days=3)), {"r-1"}),
        (BookingFilter(created_from=month), set()),
        (BookingFilter(double_booked=True), set()),
        (BookingFilter(member_id="nobody"), set()),
    ):
        assert found(wix, where) == expected, where


@pytest.mark.usefixtures("three")
def test_bookings_are_counted_without_being_read(wix: Wix) -> None:
    ours = BookingFilter(kinds=(Kind.COURSE,))
    assert wix.extended_bookings.count(ours) == 1
    assert wix.extended_bookings.count(BookingFilter(reference="nobody's")) == 0


@pytest.mark.usefixtures("three")
def test_bookings_come_in_the_order_and_the_pages_asked_for(wix: Wix) -> None:
    whole = wix.extended_bookings.query_all(BookingFilter(), sort=Order.BY_START)
    first = wix.extended_bookings.query(BookingFilter(), sort=Order.BY_START, limit=7)
    second = wix.extended_bookings.query(BookingFilter(), cursor=first.cursor or "", limit=7)
    assert first.bookings + second.bookings == whole[:14]
    moments = [each.starts for each in whole if each.starts]
    assert moments == sorted(moments)
    assert len(whole) > 14


def test_a_cursor_that_is_none_is_refused(wix: Wix) -> None:
    with pytest.raises(InvalidRequest):
        wix.extended_bookings.query(BookingFilter(), cursor="nonsense")


def test_what_may_be_done_comes_only_when_asked_for(wix: Wix, three: list[Json]) -> None:
    appointment, _, course = (WixBookingId(each["id"]) for each in three)
    plain = wix.extended_bookings.by_id(appointment)
    with_actions = wix.extended_bookings.by_id(appointment, actions=True)
    created = wix.extended_bookings.by_id(course, actions=True)
    assert plain
    assert with_actions
    assert created
    assert plain.allowed is None
    assert with_actions.allowed == AllowedActions(cancel=True, reschedule=True)
    assert created.allowed == AllowedActions(cancel=False, reschedule=False)


def test_a_course_may_be_cancelled_and_never_moved(wix: Wix, sandbox: Sandbox) -> None:
    booking = sandbox.book("yoga-for-beginners")
    read = wix.extended_bookings.by_id(WixBookingId(booking["id"]), actions=True)
    assert read
    assert read.allowed == AllowedActions(cancel=True, reschedule=False)


def an_order(sandbox: Sandbox, booking_id: str) -> Json:
    """A record that somebody paid for this booking elsewhere."""
    line = {
        "productName": {"original": "Haircut"},
        "catalogReference": {"catalogItemId": booking_id, "appId": SOLD_BY},
        "quantity": 1,
        "price": {"amount": "35.00"},
        "itemType": {"preset": "SERVICE"},
    }
    order = {
        "lineItems": [line],
        "priceSummary": {"subtotal": {"amount": "35.00"}, "total": {"amount": "35.00"}},
        "channelInfo": {"type": "OTHER_PLATFORM"},
        "currency": "EUR",
    }
    answer = sandbox.call("POST", "/ecom/v1/orders", {"order": order})
    assert answer.status_code == 200, answer.text
    return dict(answer.json()["order"])


def test_the_order_stands_beside_its_booking(wix: Wix, sandbox: Sandbox) -> None:
    booking = sandbox.book("haircut", "2030-07-02T10:00", location="Estrela")
    booking_id = WixBookingId(booking["id"])
    before = wix.extended_bookings.by_id(booking_id, order=True)
    made = an_order(sandbox, booking_id)
    after = wix.extended_bookings.by_id(booking_id, order=True)
    assert before
    assert after
    assert before.order is None
    assert after.order
    assert (after.order.id, after.order.number) == (made["id"], made["number"])
    assert (after.order.status, after.order.payment) == (made["status"], "NOT_PAID")
    assert after.order.total == Money(Decimal("35.00"), "EUR")


def test_orders_are_shown_only_to_who_may_read_orders(wix: Wix, sandbox: Sandbox) -> None:
    booking = WixBookingId(sandbox.book("haircut", "2030-07-02T10:00")["id"])
    sandbox.settings(withoutPermissions=["SCOPE.DC-STORES.READ-ORDERS"])
    assert wix.extended_bookings.by_id(booking)
    with pytest.raises(WixForbidden):
        wix.extended_bookings.by_id(booking, order=True)


@pytest.mark.parametrize(
    "name", ["booking.status", "bookedEntity.slot.serviceId", "bookedEntity.item.slot.eventId"]
)
def test_the_readers_paths_are_its_own(sandbox: Sandbox, name: str) -> None:
    for path, body in (
        (READER, {"query": {"filter": {name: "x"}}}),
        (COUNT, {"filter": {name: "x"}}),
    ):
        assert field(sandbox.call("POST", path, body)) == (400, "value")


def test_pages_go_by_offset_too(sandbox: Sandbox, three: list[Json]) -> None:
    paging = {"limit": 2, "offset": 1}
    asked = {"paging": paging, "sort": [{"fieldName": "createdDate", "order": "DESC"}]}
    answer = sandbox.call("POST", READER, {"query": asked}).json()
    assert len(answer["extendedBookings"]) == 2
    both = asked | {"cursorPaging": {"limit": 2}}
    assert sandbox.call("POST", READER, {"query": both}).status_code == 400
