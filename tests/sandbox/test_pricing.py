"""Prices are plain numbers, for those who manage the site; what cannot be priced is refused."""

import pytest
from requests import Response

from tests.in_process import Sandbox
from tests.sandbox.asking import Json, code, field, visitor

PREVIEW, CALCULATE = "/bookings/v2/pricing/preview", "/bookings/v2/pricing/calculate"
SOMEBODY = "5e100000-0000-4000-8000-0000000000ff"


def line(sandbox: Sandbox, slug: str = "facial", **changed: object) -> Json:
    item: Json = {
        "serviceId": sandbox.service(slug)["id"],
        "resourceId": SOMEBODY,
        "serviceChoices": [{"numberOfParticipants": 1}],
    }
    return item | changed


def preview(sandbox: Sandbox, *items: Json) -> Response:
    return sandbox.call("POST", PREVIEW, {"bookingLineItems": [*items]})


def option(sandbox: Sandbox, slug: str) -> str:
    service = sandbox.service(slug)["id"]
    path = f"/bookings/v1/serviceOptionsAndVariants/service_id/{service}"
    told = sandbox.call("GET", path).json()["serviceVariants"]
    return str(told["options"]["values"][0]["id"])


def test_a_price_is_a_number_without_a_currency(sandbox: Sandbox) -> None:
    told = preview(sandbox, line(sandbox, "deep-tissue-massage")).json()["priceInfo"]
    assert told["calculatedPrice"] == 89.5
    assert told["deposit"] is None
    assert told["bookingLineItems"][0]["serviceChoices"][0]["pricePerParticipant"] == 89.5


def test_the_members_of_before_are_still_read(sandbox: Sandbox) -> None:
    chosen = [{"optionId": option(sandbox, "facial"), "duration": {"minutes": 60}}]
    old = line(sandbox, serviceChoices=None, numberOfParticipants=2, choices=chosen)
    assert preview(sandbox, old).json()["priceInfo"]["calculatedPrice"] == 140


def test_words_for_a_price_come_without_a_number(sandbox: Sandbox) -> None:
    told = preview(sandbox, line(sandbox, "bridal-styling")).json()["priceInfo"]
    assert told["priceDescriptionInfo"]["original"] == "Price on request"
    assert "calculatedPrice" not in told


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"serviceId": SOMEBODY}, "INVALID_SERVICE_ID"),
        ({"serviceChoices": [{}]}, "NUMBER_OF_PARTICIPANTS_NOT_FOUND"),
        ({"serviceChoices": [{"numberOfParticipants": 0}]}, "NUMBER_OF_PARTICIPANTS_NOT_FOUND"),
        ({"serviceChoices": []}, "NUMBER_OF_PARTICIPANTS_NOT_FOUND"),
    ],
    ids=str,
)
def test_what_cannot_be_priced_is_refused(sandbox: Sandbox, changed: Json, expected: str) -> None:
    assert code(preview(sandbox, line(sandbox, **changed))) == (400, expected)


def test_a_length_that_is_not_offered_has_no_price(sandbox: Sandbox) -> None:
    chosen = [{"optionId": option(sandbox, "facial"), "duration": {"minutes": 45}}]
    choices = [{"numberOfParticipants": 1, "choices": chosen}]
    answer = preview(sandbox, line(sandbox, serviceChoices=choices))
    assert code(answer) == (400, "INVALID_DURATION_CHOICE")


def test_nobody_named_is_refused(sandbox: Sandbox) -> None:
    answer = preview(sandbox, line(sandbox, resourceId=None))
    assert field(answer) == (400, "bookingLineItems.resourceId")


def test_two_services_are_not_priced_at_once(sandbox: Sandbox) -> None:
    answer = preview(sandbox, line(sandbox), line(sandbox, "haircut"))
    assert field(answer) == (400, "bookingLineItems")


def test_a_booking_of_nothing_has_no_price(sandbox: Sandbox) -> None:
    answer = sandbox.call("POST", CALCULATE, {"booking": {"totalParticipants": 1}})
    assert code(answer) == (400, "INVALID_BOOKING")


@pytest.mark.parametrize("path", [PREVIEW, CALCULATE])
def test_visitors_are_told_no_prices(sandbox: Sandbox, path: str) -> None:
    answer = visitor(sandbox).post(f"{sandbox.url}{path}", json={})
    assert code(answer) == (403, "PERMISSION_DENIED")


@pytest.mark.parametrize(
    "path", [PREVIEW, "/bookings/v2/pricing/v2/pricing/preview", f"/_api{PREVIEW}"]
)
def test_every_spelling_of_the_path_answers(sandbox: Sandbox, path: str) -> None:
    answer = sandbox.call("POST", path, {"bookingLineItems": [line(sandbox)]})
    assert answer.status_code == 200
