"""What becomes of a booking: confirmed, pending, declined, cancelled, and never two for one time."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from tests.in_process import Sandbox
from tests.sandbox.asking import BOOKINGS, Json, chair, code, create, day, field

TEN = "2030-06-04T10:00:00"
TUESDAY = "2030-06-04"
CONFIRMATIONS = [
    "/bookings/v2/confirmation/{}:confirmOrDecline",
    "/_api/bookings-confirmator/v2/bookings/confirmation/{}:confirmOrDecline",
]


def lost_race(sandbox: Sandbox, **flow: object) -> Json:
    """A CREATED booking whose time somebody else has confirmed meanwhile."""
    mine = create(sandbox, chair(sandbox, TEN) | ({"flowControlSettings": flow} if flow else {}))
    sandbox.book("haircut", TEN, staff="ana")
    return mine


@pytest.mark.parametrize("path", CONFIRMATIONS)
def test_a_free_time_is_confirmed_whatever_was_paid(two_chairs: Sandbox, path: str) -> None:
    made = create(two_chairs, chair(two_chairs, TEN, staff=None))
    body = {"paymentStatus": "EXEMPT"}
    booking = two_chairs.call("POST", path.format(made["id"]), body).json()["booking"]
    assert (booking["status"], booking["paymentStatus"]) == ("CONFIRMED", "EXEMPT")
    assert booking["revision"] == "2"
    assert booking["bookedEntity"]["slot"]["resource"]["name"] in ("Ana", "Bruno")
    assert booking["bookedEntity"]["slot"]["eventId"]


@pytest.mark.parametrize("payment", ["UNDEFINED", "NOT_PAID", "REFUNDED", "EXEMPT"])
def test_a_lost_race_that_is_not_paid_is_declined(two_chairs: Sandbox, payment: str) -> None:
    booking = two_chairs.confirm_or_decline(lost_race(two_chairs)["id"], payment)
    assert booking["status"] == "DECLINED"
    assert "doubleBooked" not in booking


@pytest.mark.parametrize("payment", ["PAID", "PARTIALLY_PAID"])
def test_a_lost_race_that_is_paid_is_double_booked(two_chairs: Sandbox, payment: str) -> None:
    booking = two_chairs.confirm_or_decline(lost_race(two_chairs)["id"], payment)
    assert (booking["status"], booking["doubleBooked"]) == ("CONFIRMED", True)


def test_a_booking_that_skipped_availability_is_confirmed_anyway(two_chairs: Sandbox) -> None:
    mine = lost_race(two_chairs, skipAvailabilityValidation=True)
    assert two_chairs.confirm_or_decline(mine["id"])["status"] == "CONFIRMED"


def test_approval_makes_a_booking_wait_and_the_owner_decides(two_chairs: Sandbox) -> None:
    approval = {"onlineBooking": {"requireManualApproval": True}}
    two_chairs.seed(services=[{"slug": "haircut", **approval}])
    pending = two_chairs.book("haircut", TEN, staff="ana")
    assert pending["status"] == "PENDING"
    assert two_chairs.change(pending, "decline")["status"] == "DECLINED"
    pending = two_chairs.book("haircut", TEN, staff="ana")
    confirmed = two_chairs.change(pending, "confirm")
    assert (confirmed["status"], confirmed["revision"]) == ("CONFIRMED", "3")


def test_who_skips_the_owner_is_confirmed_at_once(two_chairs: Sandbox) -> None:
    approval = {"onlineBooking": {"requireManualApproval": True}}
    two_chairs.seed(services=[{"slug": "haircut", **approval}])
    skip = {"flowControlSettings": {"skipBusinessConfirmation": True}}
    made = create(two_chairs, chair(two_chairs, TEN) | skip)
    assert two_chairs.confirm_or_decline(made["id"])["status"] == "CONFIRMED"


def test_a_pending_booking_takes_the_time_unless_several_may_ask_for_it(
    two_chairs: Sandbox,
) -> None:
    only_ana: Json = {"slug": "haircut", "staffMemberIds": ["ana"]}
    only_ana["onlineBooking"] = {"requireManualApproval": True}
    two_chairs.seed(services=[only_ana])
    two_chairs.book("haircut", TEN)
    assert "10:00" not in day(two_chairs, "haircut", TUESDAY)
    two_chairs.seed(services=[only_ana | {"onlineBooking": {"allowMultipleRequests": True}}])
    first = two_chairs.book("haircut", f"{TUESDAY}T14:15")
    second = two_chairs.book("haircut", f"{TUESDAY}T14:15")
    assert (first["status"], second["status"]) == ("PENDING", "PENDING")
    two_chairs.change(first, "confirm")
    assert "14:15" not in day(two_chairs, "haircut", TUESDAY)


def test_plain_confirm_checks_nothing_unless_told_to(two_chairs: Sandbox) -> None:
    careless, careful = (
        lost_race(two_chairs),
        create(two_chairs, chair(two_chairs, TEN, staff=None)),
    )
    two_chairs.book("haircut", TEN, staff="bruno")
    assert two_chairs.change(careless, "confirm", paymentStatus="NOT_PAID")["status"] == "CONFIRMED"
    check = {"revision": "1", "flowControlSettings": {"checkAvailabilityValidation": True}}
    answer = two_chairs.call("POST", f"{BOOKINGS}/{careful['id']}/confirm", check)
    assert code(answer) == (428, "NO_OPEN_SPOTS")
    double = two_chairs.call(
        "POST", f"{BOOKINGS}/{careful['id']}/confirm", check | {"doubleBooked": True}
    )
    assert double.json()["booking"]["doubleBooked"] is True


@pytest.mark.parametrize("action", ["confirm", "decline", "cancel"])
@pytest.mark.parametrize("base", [BOOKINGS, "/_api/bookings-service/v2/bookings"])
def test_every_change_wants_the_revision_it_is_made_on(
    two_chairs: Sandbox, base: str, action: str
) -> None:
    made = create(two_chairs, chair(two_chairs, TEN))
    path = f"{base}/{made['id']}/{action}"
    assert field(two_chairs.call("POST", path, {})) == (400, "revision")
    assert code(two_chairs.call("POST", path, {"revision": "7"})) == (409, "INVALID_REVISION")
    done = two_chairs.call("POST", path, {"revision": "1"}).json()["booking"]
    assert done["revision"] == "2"


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("confirm", "FAILED_CONFIRMING_NON_PENDING_BOOKING"),
        ("decline", "FAILED_DECLINE_NON_PENDING_BOOKING"),
        ("cancel", "VALIDATION_FAILURE"),
    ],
)
def test_nothing_leaves_a_declined_booking(two_chairs: Sandbox, action: str, expected: str) -> None:
    made = two_chairs.change(create(two_chairs, chair(two_chairs, TEN)), "decline")
    path = f"{BOOKINGS}/{made['id']}/{action}"
    answer = two_chairs.call("POST", path, {"revision": made["revision"]})
    assert code(answer) == (428, expected)


def test_confirming_twice_is_refused_and_changes_nothing(two_chairs: Sandbox) -> None:
    booking = two_chairs.book("haircut", TEN)
    again = two_chairs.call("POST", CONFIRMATIONS[0].format(booking["id"]), {})
    assert code(again) == (428, "INVALID_BOOKING_STATUS")
    assert two_chairs.bookings()[0]["revision"] == "2"


def test_an_unknown_booking_is_not_found(two_chairs: Sandbox) -> None:
    answer = two_chairs.call("POST", CONFIRMATIONS[0].format("nobody"), {})
    assert code(answer) == (404, "BOOKING_NOT_FOUND")


def test_there_is_no_get_for_a_booking(two_chairs: Sandbox) -> None:
    booking = two_chairs.book("haircut", TEN)
    assert two_chairs.call("GET", f"{BOOKINGS}/{booking['id']}").status_code == 404


def test_cancelling_gives_the_time_back(two_chairs: Sandbox) -> None:
    two_chairs.seed(services=[{"slug": "haircut", "staffMemberIds": ["ana"]}])
    booking = two_chairs.book("haircut", TEN)
    assert "10:00" not in day(two_chairs, "haircut", TUESDAY)
    assert two_chairs.change(booking, "cancel")["status"] == "CANCELED"
    assert "10:00" in day(two_chairs, "haircut", TUESDAY)


def test_cancelling_gives_a_classes_places_back(sandbox: Sandbox) -> None:
    booking = sandbox.book("vinyasa-yoga", "2030-07-01T18:30", participants=3)
    sandbox.change(booking, "cancel")
    session = sandbox.slots("vinyasa-yoga", "2030-07-01", "2030-07-02")[0]
    assert session["remainingCapacity"] == 12


def test_cancelling_follows_the_policy_of_booking_time(two_chairs: Sandbox) -> None:
    booking = two_chairs.book("haircut", TEN)
    free = {"cancellationPolicy": {"limitLatestCancellation": False}}
    two_chairs.seed(services=[{"slug": "haircut", "bookingPolicy": free}])
    two_chairs.clock("2030-06-03T10:00:01")
    path = f"{BOOKINGS}/{booking['id']}/cancel"
    late = two_chairs.call("POST", path, {"revision": "2"})
    assert code(late) == (428, "BOOKING_POLICY_VIOLATION")
    ignore = {"revision": "2", "flowControlSettings": {"ignoreCancellationPolicy": True}}
    assert two_chairs.call("POST", path, ignore).json()["booking"]["status"] == "CANCELED"


@pytest.fixture
def hurried_threads() -> Iterator[None]:
    """Threads take turns so often that whatever is not guarded goes wrong."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("hurried_threads")
@pytest.mark.parametrize("hour", range(9, 17))
def test_twenty_at_once_for_one_chair_give_one_booking(two_chairs: Sandbox, hour: int) -> None:
    two_chairs.seed(services=[{"slug": "haircut", "staffMemberIds": ["ana"]}])
    made = [create(two_chairs, chair(two_chairs, f"{TUESDAY}T{hour:02}:00:00")) for _ in range(20)]
    start = Barrier(20)

    def confirm(booking: Json) -> Json:
        start.wait(timeout=10)
        return two_chairs.confirm_or_decline(booking["id"])

    with ThreadPoolExecutor(20) as pool:
        done = list(pool.map(confirm, made))
    statuses = sorted(booking["status"] for booking in done)
    assert statuses == ["CONFIRMED"] + ["DECLINED"] * 19
