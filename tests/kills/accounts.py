"""What everybody's books say of one customer: our rows, Wix, the provider, the mails, and the page."""

import json
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from http import HTTPStatus
from pathlib import Path as File
from typing import Any

from django.conf import settings
from django.urls import reverse

from booking.actions import keys
from booking.models import Attempt, Booking, Payment
from booking.models.pretend import PretendPayment
from tests.in_process import Json
from tests.kills.walk import Walk, booking_of
from tests.stripe_in_hand import StripeInHand

GONE = {"DECLINED", "CANCELED"}
AT_WIX = {"awaiting_owner": ["PENDING"], "confirmed": ["CONFIRMED"], "placed": ["CREATED"]}
"""The living bookings that Wix must have, by our stage; none in any other."""
STANDS_AT = {"paid": "captured", "refunded": "captured", "authorised": "authorised"}
"""Where the one payment that counts must stand at its provider, by our money."""
MAILED = frozenset({"confirmed", "awaiting_owner", "declined", "cancelled", "expired"})
WAITING = frozenset({"look", "await", "watch", "review"})


def write(answer: File, walks: Sequence[Walk], *, pages: bool) -> None:
    """One entry for each walk, in order; with what the customers' ``pages`` say, which takes longer."""
    wix, orders = walks[0].sandbox.bookings(), walks[0].sandbox.orders()
    mails, ledger = _mails(), _ledger()
    told = [_account(walk, wix, orders, mails, ledger) for walk in walks]
    for walk, account in zip(walks, told, strict=True) if pages else ():
        account["wrong"] += _page_lies(walk)
    answer.write_text(json.dumps(told))


def _account(
    walk: Walk, wix: list[Json], orders: list[Json], mails: list[str], ledger: list[Json]
) -> dict[str, Any]:
    booking = booking_of(walk)
    if booking is None:  # killed before the details were in: nobody knows who it was
        return {"stage": "none", "money": "none", "open": [], "wrong": []}
    payment = booking.payment
    at_wix = payment is not None and payment.is_at_wix
    waits = Attempt.objects.filter(booking=booking, settled=None)
    open_steps = sorted(waits.values_list("step", flat=True))
    wrong = [
        *_wix_differs(booking, wix),
        *_time_differs(booking, wix),
        *_money_differs(booking, _taken_at_wix(booking, orders) if at_wix else ledger),
        *([] if at_wix else _record_differs(booking, orders)),
        *_mails_differ(booking, mails),
        *(f"left open: {each}" for each in open_steps if each not in WAITING),
        *(["nobody works on it"] if booking.stage == "placed" and not open_steps else []),
    ]
    return {"stage": booking.stage, "money": booking.due, "open": open_steps, "wrong": wrong}


def _page_lies(walk: Walk) -> list[str]:
    """What has run out has another page, which names no stage."""
    booking = booking_of(walk)
    if booking is None:
        return []
    page = walk.customer.look(reverse("booking:booking", args=[keys.key_of(booking)]))
    stage = "expired" if page.status == HTTPStatus.GONE else page.main("stage")
    told = (stage, page.main("money"))
    return [] if told == (booking.stage, booking.due) else [f"its page says {told}"]


def _wix_differs(booking: Booking, wix: list[Json]) -> list[str]:
    mine = [each for each in wix if each.get("externalUserId") == booking.line.reference]
    living = [each["status"] for each in mine if each["status"] not in GONE]
    expected = AT_WIX.get(booking.stage, [])
    return [] if living == expected else [f"Wix has {living}, not {expected}"]


def _time_differs(booking: Booking, wix: list[Json]) -> list[str]:
    """What stands at Wix begins when its page says, whether it was moved or not."""
    mine = [each for each in wix if each.get("externalUserId") == booking.line.reference]
    begins = {each["startDate"][:16] for each in mine if each["status"] not in GONE}
    ours = f"{booking.line.starts:%Y-%m-%dT%H:%M}"
    return [] if begins <= {ours} else [f"Wix has it at {begins}, not at {ours}"]


def _money_differs(booking: Booking, ledger: list[Json]) -> list[str]:
    """Charged once if it is paid, not at all if it is not, and nothing kept that nobody will take."""
    mine = [each for each in ledger if each["reference"] == booking.reference]
    taken = sum(
        (Decimal(each["captured"]) - Decimal(each["refunded"]) for each in mine), Decimal(0)
    )
    price = booking.price_amount or Decimal(0)
    expected = price if booking.due == "paid" else Decimal(0)
    kept = [each for each in mine if each["standing"] == "authorised"]
    wrong = [] if taken == expected else [f"{taken} was charged, not {expected}"]
    if len(kept) != (1 if booking.due == "authorised" else 0):
        wrong.append(f"{len(kept)} authorisations are open")
    if len([each for each in mine if each["standing"] == "captured"]) > 1:
        wrong.append("charged twice")
    ours = Payment.objects.filter(booking=booking)
    if sum((each.captured - each.refunded for each in ours), Decimal(0)) != taken:
        wrong.append("our own ledger says another sum")
    return wrong


def _record_differs(booking: Booking, orders: list[Json]) -> list[str]:
    """One order with one payment at Wix for what was charged; what went back stands there too.

    An order without payments is one whose making was cut short: Wix never shows it to anybody.
    """
    mine = [
        each
        for each in orders
        if each["payments"] and booking.reference in json.dumps(each, ensure_ascii=False)
    ]
    paid = [payment for each in mine for payment in each["payments"]]
    back = [refund for each in mine for refund in each["refunds"]]
    expected = {"paid": (1, 0), "refunded": (1, 1)}.get(booking.due, (0, 0))
    found = (len(paid), len(back))
    return (
        [] if found == expected else [f"Wix records {found} payments and refunds, not {expected}"]
    )


def _mails_differ(booking: Booking, mails: list[str]) -> list[str]:
    """One mail at least tells of the outcome; sent twice it has the same id."""
    if booking.stage not in MAILED:
        return []
    step = f"mail_{booking.stage.removesuffix('_owner')}"
    ids = Attempt.objects.filter(booking=booking, step=step).values_list("pk", flat=True)
    told = [each for each in ids if any(f"<{booking.uuid}.{each}@" in mail for mail in mails)]
    return [] if len(told) == 1 else [f"{len(told)} mails tell that it is {booking.stage}"]


def _mails() -> list[str]:
    folder = File(settings.VAR_DIR) / "mail"
    texts = [each.read_text() for each in folder.glob("*")]
    return [found for text in texts for found in re.findall(r"(?m)^Message-ID: (\S+)$", text)]


def _taken_at_wix(booking: Booking, orders: list[Json]) -> list[Json]:
    """What Wix itself has taken for a booking, an entry for each of its orders that was paid."""
    return [
        {
            "reference": booking.reference,
            "standing": "captured",
            "captured": _sum(each["payments"]),
            "refunded": _sum(part for back in each["refunds"] for part in back["transactions"]),
        }
        for each in orders
        if each["payments"]
        and booking.line.wix_id
        and booking.line.wix_id in json.dumps(each["lineItems"])
    ]


def _sum(moved: Iterable[Json]) -> str:
    return str(sum((Decimal(each["amount"]["amount"]) for each in moved), Decimal(0)))


def _ledger() -> list[Json]:
    if settings.PAYMENT_PROVIDER == "stripe":
        return _of_stripe()
    return [
        {
            "reference": each.reference,
            "standing": "authorised" if each.standing == "open" and each.ready else each.standing,
            "captured": str(each.captured),
            "refunded": str(each.refunded),
        }
        for each in PretendPayment.objects.all()
    ]


def _of_stripe() -> list[Json]:
    words = {"requires_capture": "authorised", "succeeded": "captured", "canceled": "released"}
    return [
        {
            "reference": each["reference"],
            "standing": words.get(each["status"], "open"),
            "captured": str(Decimal(each["captured"]) / 100),
            "refunded": str(Decimal(each["refunded"]) / 100),
        }
        for each in StripeInHand(settings.STRIPE_BASE_URL).ledger()["payments"]
    ]
