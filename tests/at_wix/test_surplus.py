"""Too much is what is paid beyond what Wix's page asked for; a coupon or a gift card asks for less."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from booking.actions.money_at_wix import Moved, surplus
from booking.domain.ids import OrderId, PaymentId
from booking.domain.money import Money
from booking.domain.order import (
    Order,
    OrderPayment,
    OrderStatus,
    PaymentState,
    Refund,
    Transactions,
)
from booking.domain.order import Payment as Paid
from booking.models import Payment

OPENED = datetime(2030, 6, 3, 9, tzinfo=UTC)


def euros(amount: int) -> Money:
    return Money(Decimal(amount), "EUR")


def paid(amount: int, *, after: int = 1, gift_card: bool = False, on_site: bool = False) -> Paid:
    """So many euros, so many minutes after the page was opened."""
    return Paid(
        id=PaymentId(f"{amount}-{after}"),
        amount=euros(amount),
        state=PaymentState.APPROVED,
        by_gift_card=gift_card,
        on_site=on_site,
        created=OPENED + timedelta(minutes=after),
    )


@dataclass(frozen=True)
class Case:
    """``asked`` on Wix's page, of an order over ``total``."""

    asked: int
    total: int
    payments: tuple[Paid, ...]
    too_much: int = 0
    captured: int = 0


CASES = {
    "once": Case(65, 65, (paid(65),)),
    "twice": Case(65, 65, (paid(65), paid(65, after=2)), 65),
    "with a coupon": Case(65, 50, (paid(50),)),
    "with a coupon, twice": Case(65, 50, (paid(50), paid(50, after=2)), 50),
    "partly by gift card": Case(65, 65, (paid(20, gift_card=True), paid(45))),
    "partly by gift card, twice": Case(
        65, 65, (paid(20, gift_card=True), paid(45), paid(45, after=2)), 45
    ),
    "another price at Wix": Case(70, 70, (paid(70),)),
    "a deposit": Case(30, 95, (paid(30),)),
    "a deposit, twice": Case(30, 95, (paid(30), paid(30, after=2)), 30),
    "a deposit and a gift card": Case(30, 95, (paid(80, gift_card=True), paid(15))),
    "all of it in place of a deposit": Case(30, 95, (paid(95),)),
    "a deposit and later the rest": Case(30, 95, (paid(30), paid(65, after=200)), captured=30),
    "a deposit and later more than the rest": Case(
        30, 95, (paid(30), paid(70, after=200)), 5, captured=30
    ),
    "the rest on site": Case(30, 95, (paid(30), paid(65, after=9, on_site=True)), captured=30),
    "an order that was made cheaper since": Case(65, 50, (paid(65),), captured=65),
}


@pytest.mark.parametrize("case", [pytest.param(each, id=name) for name, each in CASES.items()])
def test_what_is_too_much(case: Case) -> None:
    assert surplus(_moved(case), _payment(case)) == case.too_much


def test_what_went_back_is_not_too_much_any_more() -> None:
    case = CASES["a deposit, twice"]
    back = Refund(
        id="r", payment_id=case.payments[1].id, amount=euros(30), status="PENDING", outside=False
    )
    assert surplus(_moved(case, back), _payment(case)) == 0


def _moved(case: Case, *refunds: Refund) -> Moved:
    order = Order(
        id=OrderId("o"),
        number="10001",
        status=OrderStatus.APPROVED,
        payment=OrderPayment.PAID,
        total=euros(case.total),
    )
    told = Transactions(order_id=order.id, payments=case.payments, refunds=refunds)
    return Moved(order=order, told=told)


def _payment(case: Case) -> Payment:
    return Payment(
        amount=Decimal(case.captured or case.asked),
        captured=Decimal(case.captured),
        page_until=OPENED + timedelta(minutes=30),
    )
