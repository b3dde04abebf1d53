"""The money that Wix's checkout page has taken for a booking: read there, written down here.

Source: Wix eCommerce, "Orders", "Order Transactions".
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from booking.actions import attempts, handovers, money_due
from booking.domain.holding import AFTER_PAGE
from booking.domain.ids import OrderId, WixBookingId
from booking.domain.money import Money
from booking.domain.needs import Need
from booking.domain.order import Order, OrderStatus, Transactions
from booking.domain.states import Due, Stage
from booking.domain.ways import AT_WIX
from booking.models import Booking, Payment, Step
from booking.models.payment import WIX
from booking.wix import Wix


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What has moved for one booking at Wix: ``order`` is the one that it was paid by, if any."""

    order: Order | None = None
    told: Transactions | None = None
    open_orders: tuple[Order, ...] = ()

    @property
    def kept(self) -> Decimal:
        """What was paid and not given back."""
        return self.told.kept if self.told else Decimal(0)

    @property
    def online(self) -> Decimal:
        """The same without what the business has taken itself."""
        return self.told.online if self.told else Decimal(0)

    @property
    def is_going_back(self) -> bool:
        """True while Wix sends some of it back, and cannot say yet that it has."""
        return self.told is not None and any(each.is_open for each in self.told.refunds)

    @property
    def total(self) -> Money | None:
        """What the order asks for, now and later."""
        return self.order.total if self.order else None

    @property
    def number(self) -> str:
        """The order's number, for people."""
        return self.order.number if self.order else ""

    @property
    def by_plan(self) -> bool:
        """True if a plan has paid and no money is kept."""
        payments = self.told.payments if self.told else ()
        return self.kept <= 0 and any(each.by_plan for each in payments)

    @property
    def latest(self) -> datetime | None:
        """When money came in last (UTC); None if Wix does not tell."""
        moved = self.told.moved if self.told else ()
        return max((each.created for each in moved if each.created), default=None)


def payment_at_wix(booking: Booking) -> Payment | None:
    """What was to be paid on Wix's page, also if its customer has chosen another way since."""
    return booking.payments.filter(provider=WIX).last()


def is_paid_otherwise(booking: Booking) -> bool:
    """True if its customer has left Wix's page for another way to pay."""
    return booking.way not in AT_WIX


def moved_for(booking: Booking, wix: Wix) -> Moved:
    """What was paid for it, by the orders that it was sold in. Raises: WixError."""
    first = booking.line
    found = wix.orders.of_booking(WixBookingId(first.wix_id)) if first.wix_id else ()
    # What was paid by card here is written down there as well: that is not Wix's to send back.
    orders = [each for each in found if each.reference != booking.reference]
    moved = Moved(open_orders=tuple(each for each in orders if each.status is OrderStatus.PENDING))
    for order in orders:
        told = wix.order_transactions.list(order.id, order.total.currency)
        if told.kept:
            return Moved(order=order, told=told)
        if order.status is OrderStatus.APPROVED:
            moved = Moved(order=order, told=told)
    return moved


def moved_by(payment: Payment, wix: Wix, *, with_total: bool) -> Moved:
    """What was paid by the order that a payment has become. Raises: WixError."""
    order_id = OrderId(payment.order_id)
    told = wix.order_transactions.list(order_id, payment.currency)
    return Moved(order=wix.orders.get(order_id) if with_total else None, told=told)


def surplus(moved: Moved, payment: Payment) -> Decimal:
    """What was paid twice: beyond all that the order asks for; or, of a deposit, the same once more.

    A coupon, or a gift card, makes what is asked for less. What else comes in is the rest of the price,
    as is whatever comes once Wix's page is closed. What the business has taken itself is for people to
    sort out.
    """
    if moved.total is None or moved.told is None:
        return Decimal(0)
    beyond = moved.online - max(moved.total.amount, payment.captured)
    until = (payment.page_until or payment.created) + AFTER_PAGE
    at_once = [
        each
        for each in moved.told.moved
        if not (each.on_site or each.by_gift_card)
        and (each.created is None or each.created <= until)
    ]
    amounts = [each.amount.amount for each in at_once]
    again = [amount for at, amount in enumerate(amounts) if amount in amounts[:at]]
    kept = sum((moved.told.left_of(each) for each in at_once), Decimal(0))
    return max(Decimal(0), beyond, kept - (sum(amounts, Decimal(0)) - sum(again, Decimal(0))))


def write_down(payment: Payment, moved: Moved, *, all_of_it: bool) -> None:
    """What Wix has taken; of what was paid twice only once, unless all of it goes back."""
    payment.order_id = moved.order.id if moved.order else ""
    kept = moved.kept if all_of_it else moved.kept - surplus(moved, payment)
    if kept > 0:
        payment.amount = payment.captured = kept
        payment.refunded = Decimal(0)  # what has gone back is left out of that
        payment.currency = moved.total.currency if moved.total else payment.currency
        payment.is_part = moved.total is not None and kept < moved.total.amount
    if moved.order:
        payment.page_url = payment.visitor_token = ""
    payment.save(
        update_fields=[
            "order_id",
            "amount",
            "captured",
            "refunded",
            "currency",
            "is_part",
            "page_url",
            "visitor_token",
        ]
    )


def goes_back(booking: Booking, payment: Payment, moved: Moved, now: datetime) -> None:
    """All that was paid for what has ended goes back, its customer and the business hear of it.

    Inside a transaction, with the booking locked.
    """
    write_down(payment, moved, all_of_it=True)
    booking.move_money_to(Due.PAID)
    booking.save(update_fields=["due"])
    money_due.follow(booking, now)
    was_cancelled = booking.stage == Stage.CANCELLED
    attempts.anew(booking, Step.MAIL_CANCELLED if was_cancelled else Step.MAIL_DECLINED, now)
    tell_of_lost(booking, moved)


def give_surplus_back(booking: Booking, amount: Decimal, moved: Moved, now: datetime) -> None:
    """What was paid twice goes back, and the business hears of it; inside a transaction."""
    attempts.anew(booking, Step.REFUND_AT_WIX, now)
    handovers.call_owner(booking, Need.PAID_TWICE, amount=_said(amount, moved), order=moved.number)


def tell_of_lost(booking: Booking, moved: Moved) -> None:
    """Call the business for what was paid at Wix and is not booked."""
    if moved.kept > 0:
        amount = _said(moved.kept, moved)
        handovers.call_owner(booking, Need.PAID_NOT_BOOKED, amount=amount, order=moved.number)
    elif moved.by_plan:
        handovers.call_owner(booking, Need.PLAN_NOT_BOOKED, order=moved.number)


def tell_of_waiting(booking: Booking, moved: Moved) -> None:
    """Call the business for what is paid at Wix, which does not confirm it."""
    amount = _said(moved.kept, moved)
    handovers.call_owner(booking, Need.PAID_NOT_CONFIRMED, amount=amount, order=moved.number)


def _said(amount: Decimal, moved: Moved) -> str:
    currency = moved.total.currency if moved.total else ""
    return f"{amount.normalize() + 0} {currency}"
