"""However Wix fails on the way to its checkout page and back, one payment is one booking."""

from typing import Any

import pytest

from tests.at_wix.paying import Payer, left_open
from tests.faults.faults import READER, every_fault

pytestmark = pytest.mark.django_db

CARTS = "/ecom/v2/carts"
TOTALS = "/ecom/v2/carts/*/calculate"
ADDRESS = "/ecom/v2/carts/*/get-checkout-url"
ORDERS = "/ecom/v1/orders/search"
NO_WAY = {"no_way_to_pay"}
"""What only the business can mend is not waited for: then nothing is booked."""

on_the_way = pytest.mark.parametrize("path", [CARTS, TOTALS, ADDRESS])
on_the_way_back = pytest.mark.parametrize("path", [READER, ORDERS])


@every_fault
@on_the_way
def test_on_the_way_there(clara: Payer, path: str, fault: dict[str, Any]) -> None:
    clara.sandbox.fault(path, times=1, method="POST", **fault)
    clara.send(clara.hold())
    clara.sandbox.clear_faults()
    clara.later(30)
    page = clara.page()
    assert page.main("truth") in {"at_wix", *NO_WAY}
    clara.much_later(45)
    assert clara.statuses() == ["DECLINED"]
    assert left_open() <= {"review"}  # for late money, a day later


@every_fault
@on_the_way_back
def test_on_the_way_back(clara: Payer, path: str, fault: dict[str, Any]) -> None:
    clara.press_at_wix(clara.leave())
    clara.sandbox.fault(path, times=2, **fault)
    clara.later()
    clara.sandbox.clear_faults()
    clara.much_later(3)
    page = clara.page()
    assert (page.main("stage"), page.main("money")) == ("confirmed", "paid")
    assert left_open() == set()
