"""A booking is made once, whatever happens to the answer; changes use the revision of now."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
import requests

from booking.domain.business import Place
from booking.domain.ids import ScheduleId, WixBookingId
from booking.domain.outcome import Customer, Paid, WixBooking, WixStatus
from booking.domain.service import Kind, Location, LocationKind
from booking.wix import NewBooking, Wix
from booking.wix.errors import (
    InvalidRequest,
    PolicyRefused,
    SlotNotAvailable,
    StaleRevision,
    WixAnswerMalformed,
    WixError,
    WixUnreachable,
    WrongStatus,
)
from tests.wix.examples import ANA, HAIRCUT, STUDIO, STUDIO_ID, a_booking, extended
from tests.wix.stand_in import StandIn, Told, ok, refusal

B00 = WixBookingId("b00")
JO = Customer(first_name="Jo", last_name="Doe", email="jo@example.com", phone="+41791234567")


A_NEW_BOOKING = NewBooking(
    service_id=HAIRCUT,
    starts=datetime(2026, 12, 1, 8, tzinfo=UTC),
    ends=datetime(2026, 12, 1, 8, 45, tzinfo=UTC),
    zone="Europe/Zurich",
    schedule_id=ScheduleId("9f0"),
    location=STUDIO,
    staff_id=ANA,
    customer=JO,
    reference="line-1",
)


def a_new_booking(**changes: Any) -> NewBooking:
    return replace(A_NEW_BOOKING, **changes)


def test_a_booking_is_asked_for_as_wix_wants_it(wix: Wix, stand_in: StandIn) -> None:
    stand_in.will_say(ok({"booking": a_booking()}))
    wix.bookings.create(a_new_booking())
    assert stand_in.paths == ["/bookings/v2/bookings"]
    assert stand_in.bodies == [
        {
            "booking": {
                "bookedEntity": {
                    "slot": {
                        "serviceId": HAIRCUT,
                        "scheduleId": "9f0",
                        "startDate": "2026-12-01T09:00:00",
                        "endDate": "2026-12-01T09:45:00",
                        "timezone": "Europe/Zurich",
                        "resource": {"id": ANA},
                        "location": {"locationType": "OWNER_BUSINESS", "id": STUDIO_ID},
                    }
                },
                "contactDetails": {
                    "firstName": "Jo",
                    "lastName": "Doe",
                    "email": "jo@example.com",
                    "phone": "+41791234567",
                },
                "totalParticipants": 1,
                "selectedPaymentOption": "OFFLINE",
                "externalUserId": "line-1",
            },
            "participantNotification": {"notifyParticipants": False},
            "sendSmsReminder": False,
        }
    ]


def test_wixs_own_mails_and_reminders_are_sent_only_if_wanted(wix: Wix, stand_in: StandIn) -> None:
    stand_in.will_say(ok({"booking": a_booking()}))
    wix.bookings.create(a_new_booking(notify=True))
    assert stand_in.bodies[0]["participantNotification"] == {"notifyParticipants": True}
    assert stand_in.bodies[0]["sendSmsReminder"] is True


@pytest.mark.parametrize(
    ("location", "sent"),
    [
        (STUDIO, {"locationType": "OWNER_BUSINESS", "id": STUDIO_ID}),
        (
            Location(kind=LocationKind.CUSTOM, id=STUDIO_ID, place=Place(text="Quay 2")),
            {"locationType": "OWNER_CUSTOM", "formattedAddress": "Quay 2"},
        ),
        (Location(kind=LocationKind.CUSTOMER), {"locationType": "CUSTOM"}),
    ],
    ids=["the business's", "the service's own", "the customer's"],
)
def test_the_writer_spells_places_in_its_own_way(
    wix: Wix, stand_in: StandIn, location: Location, sent: dict[str, str]
) -> None:
    stand_in.will_say(ok({"booking": a_booking()}))
    wix.bookings.create(a_new_booking(location=location))
    slot = stand_in.bodies[0]["booking"]["bookedEntity"]["slot"]
    assert slot["location"] == sent


def test_what_a_customer_leaves_out_is_not_sent(wix: Wix, stand_in: StandIn) -> None:
    stand_in.will_say(ok({"booking": a_booking()}))
    anna = Customer(first_name="Anna", last_name="", email="anna@example.com")
    wix.bookings.create(a_new_booking(customer=anna))
    contact = stand_in.bodies[0]["booking"]["contactDetails"]
    assert contact == {"firstName": "Anna", "email": "anna@example.com"}


def test_a_booking_is_read_in_full(wix: Wix, stand_in: StandIn) -> None:
    stand_in.will_say(ok({"booking": a_booking(doubleBooked=True)}))
    assert wix.bookings.create(a_new_booking()) == WixBooking(
        id=B00,
        revision="1",
        status=WixStatus.CREATED,
        reference="line-1",
        double_booked=True,
        kind=Kind.APPOINTMENT,
        title="Haircut",
        service_id=HAIRCUT,
        staff_id=ANA,
        staff_name="Ana",
        starts=datetime(2026, 12, 1, 8, tzinfo=UTC),
        ends=datetime(2026, 12, 1, 8, 45, tzinfo=UTC),
        created=datetime(2026, 11, 22, 10, 0, 0, 123000, tzinfo=UTC),
    )


def test_a_status_of_tomorrow_is_unknown(wix: Wix, stand_in: StandIn) -> None:
    stand_in.will_say(ok({"booking": a_booking(status="ALMOST")}))
    assert wix.bookings.create(a_new_booking()).status is WixStatus.UNKNOWN


@pytest.mark.parametrize(
    "lost",
    [
        requests.ConnectionError("cut"),
        requests.ReadTimeout("slow"),
        Told(500),
        Told(503),
        Told(504),
    ],
    ids=repr,
)
def test_after_a_lost_answer_the_booking_is_in_doubt_and_not_made_again(
    wix: Wix, stand_in: StandIn, lost: Told | Exception
) -> None:
    stand_in.will_say(lost)
    with pytest.raises(WixUnreachable) as caught:
        wix.bookings.create(a_new_booking())
    assert caught.value.maybe_done
    assert len(stand_in.requests) == 1


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>ok</html>", b"{}", b'{"booking": {"id": 1}}', b'{"booking": {"id": "b'],
    ids=repr,
)
def test_a_success_that_cannot_be_read_is_in_doubt_and_not_made_again(
    wix: Wix, stand_in: StandIn, body: bytes
) -> None:
    stand_in.will_say(Told(body=body))
    with pytest.raises(WixAnswerMalformed) as caught:
        wix.bookings.create(a_new_booking())
    assert caught.value.maybe_done
    assert len(stand_in.requests) == 1


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        (refusal(428, "SLOT_NOT_AVAILABLE"), SlotNotAvailable),
        (refusal(403, "BOOKING_POLICY_VIOLATION"), PolicyRefused),
        (refusal(400, "CONTACT_DETAILS_CONFLICT"), InvalidRequest),
    ],
)
def test_a_refusal_is_certain(
    wix: Wix, stand_in: StandIn, told: Told, kind: type[WixError]
) -> None:
    stand_in.will_say(told)
    with pytest.raises(kind) as caught:
        wix.bookings.create(a_new_booking())
    assert not caught.value.maybe_done


def test_wix_is_told_how_it_is_paid_and_decides(wix: Wix, stand_in: StandIn) -> None:
    stand_in.will_say(ok({"booking": a_booking(status="DECLINED", revision="2")}))
    decided = wix.bookings.confirm_or_decline(B00, Paid.NOT_PAID)
    assert (decided.status, decided.revision) == (WixStatus.DECLINED, "2")
    assert stand_in.paths == ["/bookings/v2/confirmation/b00:confirmOrDecline"]
    assert stand_in.bodies == [{"paymentStatus": "NOT_PAID"}]


def test_a_booking_somebody_else_has_decided_is_told_apart(wix: Wix, stand_in: StandIn) -> None:
    stand_in.will_say(refusal(428, "INVALID_BOOKING_STATUS"))
    with pytest.raises(WrongStatus):
        wix.bookings.confirm_or_decline(B00, Paid.EXEMPT)


def test_an_owners_confirmation_carries_the_revision(wix: Wix, stand_in: StandIn) -> None:
    stand_in.will_say(ok({"booking": a_booking(status="CONFIRMED")}))
    wix.bookings.confirm(B00, "1", Paid.EXEMPT)
    assert stand_in.paths == ["/bookings/v2/bookings/b00/confirm"]
    assert stand_in.bodies == [{"revision": "1", "paymentStatus": "EXEMPT"}]


def test_a_decline_carries_the_revision(wix: Wix, stand_in: StandIn) -> None:
    stand_in.will_say(ok({"booking": a_booking(status="DECLINED")}))
    wix.bookings.decline(B00, "1")
    assert stand_in.paths == ["/bookings/v2/bookings/b00/decline"]
    assert stand_in.bodies == [
        {"revision": "1", "participantNotification": {"notifyParticipants": False}}
    ]


def test_a_cancellation_says_whether_the_policy_counts(wix: Wix, stand_in: StandIn) -> None:
    stand_in.will_say(ok({"booking": a_booking(status="CANCELED")}))
    wix.bookings.cancel(B00, "1", ignore_policy=True, notify=True)
    assert stand_in.paths == ["/bookings/v2/bookings/b00/cancel"]
    assert stand_in.bodies == [
        {
            "revision": "1",
            "participantNotification": {"notifyParticipants": True},
            "flowControlSettings": {"ignoreCancellationPolicy": True},
        }
    ]


STALE = refusal(409, "INVALID_REVISION")


def test_a_booking_that_has_moved_on_is_read_once_and_changed_with_its_new_revision(
    wix: Wix, stand_in: StandIn
) -> None:
    stand_in.will_say(
        STALE,
        ok(extended(a_booking(revision="2", status="CONFIRMED"))),
        ok({"booking": a_booking(revision="3", status="CANCELED")}),
    )
    assert wix.bookings.cancel(B00, "1").status is WixStatus.CANCELED
    assert [body.get("revision") for body in stand_in.bodies] == ["1", None, "2"]


def test_a_booking_that_keeps_moving_is_left_to_the_caller(wix: Wix, stand_in: StandIn) -> None:
    stand_in.will_say(STALE, ok(extended(a_booking(revision="2"))), STALE)
    with pytest.raises(StaleRevision):
        wix.bookings.decline(B00, "1")
    assert len(stand_in.requests) == 3


@pytest.mark.parametrize("seen", [extended(), extended(a_booking(revision="1"))])
def test_a_reader_that_lags_is_no_reason_to_try_again(
    wix: Wix, stand_in: StandIn, seen: dict[str, Any]
) -> None:
    stand_in.will_say(STALE, ok(seen))
    with pytest.raises(StaleRevision):
        wix.bookings.cancel(B00, "1")
    assert len(stand_in.requests) == 2


def test_a_booking_that_somebody_has_cancelled_meanwhile_is_cancelled(
    wix: Wix, stand_in: StandIn
) -> None:
    stand_in.will_say(STALE, ok(extended(a_booking(revision="2", status="CANCELED"))))
    assert wix.bookings.cancel(B00, "1").revision == "2"
    assert len(stand_in.requests) == 2


def test_an_id_cannot_lead_to_another_path(wix: Wix, stand_in: StandIn) -> None:
    stand_in.will_say(ok({"booking": a_booking()}))
    wix.bookings.decline(WixBookingId("../x?y"), "1")
    assert stand_in.paths == ["/bookings/v2/bookings/..%2Fx%3Fy/decline"]
