"""Looking at a booking changes nothing: no row of any table."""

from typing import Any

import pytest
from django.apps import apps

from booking.models import Booking
from tests.faults.books import Books
from tests.faults.faults import CREATE
from tests.in_process import Sandbox
from tests.steps import Customer

pytestmark = pytest.mark.django_db
PARTS = (
    "",
    "details/",
    "cancel/",
    "move/",
    "other/",
    "extend/",
    "calendar.ics",
    "?lang=de&tz=Asia/Tokyo",
)


def test_reading_every_address_of_every_stage_changes_no_row(
    maria: Customer, sandbox: Sandbox, books: Books
) -> None:
    paths = _a_booking_of_each_stage(maria, sandbox, books)
    before = _all_rows()
    statuses = {
        look(f"{path}{part}").status_code
        for path in paths
        for part in PARTS
        for look in (maria.client.get, maria.client.head)
    }
    assert statuses == {200, 303, 404, 405, 409, 410}
    assert _all_rows() == before


def test_reading_while_wix_is_away_changes_no_row(
    maria: Customer, sandbox: Sandbox, books: Books
) -> None:
    paths = _a_booking_of_each_stage(maria, sandbox, books)
    sandbox.fault("*", status=503)
    before = _all_rows()
    assert {maria.client.get(path).status_code for path in paths} == {200, 409, 410}
    assert _all_rows() == before


def _a_booking_of_each_stage(maria: Customer, sandbox: Sandbox, books: Books) -> list[str]:
    """Their paths; the first has two, as it was held before, and the first hold still held is over."""
    held = maria.hold()
    paths = [maria.send(held).location, held, Customer(maria.client, "private-yoga").book()]
    paths.append(maria.hold())
    books.settle(12)
    sandbox.fault(CREATE, status=428, code="SLOT_NOT_AVAILABLE", times=1)
    paths.append(maria.book())
    sandbox.fault(CREATE, status=503)
    paths.append(maria.book())
    paths.append(maria.hold())
    stages = Booking.objects.filter(offered_for=None).order_by("pk").values_list("stage", flat=True)
    assert [*stages] == ["confirmed", "awaiting_owner", "held", "declined", "placed", "held"]
    return paths


def _all_rows() -> dict[str, list[dict[str, Any]]]:
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values())
        for model in apps.get_models()
    }
