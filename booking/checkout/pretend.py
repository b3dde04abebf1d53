"""A provider for the demo: a card page with moods, and money that nobody has.

It works only with the emulated Wix; a system check and the making of it refuse anything else.
"""

import secrets
from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from booking.domain.money import Money
from booking.domain.payment import Charge, PaymentPage, ProviderNotice, Seen, Standing
from booking.models.pretend import PretendPayment
from booking.providers import ForgedNotice, ProviderRefused

LAPSES_AFTER = timedelta(days=7)


def make() -> "Pretend":
    """The pretend provider. Raises: ImproperlyConfigured unless Wix is emulated too."""
    if settings.WIX_IS_REAL:
        raise ImproperlyConfigured(
            "PAYMENT_PROVIDER=pretend takes no money: it is for the sandbox."
        )
    return Pretend()


class Pretend:
    """Authorises what its page is told to; see ``booking.providers.Provider``.

    It needs no keys: ending, capturing and releasing twice is doing so once.
    """

    name = "pretend"
    page_origin = ""

    def start(self, charge: Charge, key: str) -> PaymentPage:
        """A page on this site. Asked again with the same key, it is the same page."""
        row, _ = PretendPayment.objects.get_or_create(
            key=key,
            defaults={
                "page_id": secrets.token_urlsafe(18),
                "reference": charge.reference,
                "what": charge.what,
                "amount": charge.amount.amount,
                "currency": charge.amount.currency,
                "back_url": charge.back_url,
                "until": charge.until,
            },
        )
        url = settings.PUBLIC_URL.rstrip("/") + reverse("checkout:pretend", args=[row.page_id])
        return PaymentPage(id=row.page_id, url=url, until=row.until)

    def look_up(self, page_id: str) -> Seen:
        """Where it stands; a page that is over is closed. Raises: ProviderRefused."""
        return _seen(_row(page_id))

    def end(self, page_id: str, _key: str, /) -> Seen:
        """Close the page, unless it was paid. Raises: ProviderRefused."""
        unpaid = PretendPayment.objects.filter(page_id=page_id, ready=None)
        unpaid.filter(standing=Standing.OPEN).update(standing=Standing.ENDED)
        return self.look_up(page_id)

    def capture(self, payment_id: str, amount: Money, _key: str, /) -> None:
        """Take it, once. Raises: ProviderRefused."""
        with transaction.atomic():
            row = _row(payment_id, lock=True)
            if row.standing == Standing.CAPTURED:
                return
            if _seen(row).standing is not Standing.AUTHORISED or amount.amount > row.amount:
                raise ProviderRefused("not_authorised")
            row.standing, row.captured = Standing.CAPTURED, amount.amount
            row.save()

    def release(self, payment_id: str, _key: str, /) -> None:
        """Give it up. Raises: ProviderRefused once it was captured."""
        row = _row(payment_id)
        if row.standing == Standing.CAPTURED:
            raise ProviderRefused("captured")
        PretendPayment.objects.filter(pk=row.pk).update(standing=Standing.RELEASED)

    def refund(self, payment_id: str, amount: Money, key: str) -> str:
        """Give back what was captured; all of it in one go. Raises: ProviderRefused."""
        with transaction.atomic():
            row = _row(payment_id, lock=True)
            if row.refunded == amount.amount:
                return key
            if row.refunded + amount.amount > row.captured:
                raise ProviderRefused("too_much")
            row.refunded += amount.amount
            row.save()
        return key

    def read_notice(self, _body: bytes, _headers: Mapping[str, str], /) -> ProviderNotice:
        """It tells nothing by itself. Raises: ForgedNotice."""
        raise ForgedNotice("the pretend provider sends no notices")


def _row(page_id: str, *, lock: bool = False) -> PretendPayment:
    rows = PretendPayment.objects.select_for_update() if lock else PretendPayment.objects
    found = rows.filter(page_id=page_id).first()
    if found is None:
        raise ProviderRefused("no_such_payment")
    return found


def _seen(row: PretendPayment) -> Seen:
    standing = Standing(row.standing)
    if standing is Standing.OPEN and row.ready and row.ready <= timezone.now():
        standing = Standing.AUTHORISED
    elif standing is Standing.OPEN and row.until <= timezone.now():
        standing = Standing.ENDED
    return Seen(
        id=row.page_id,
        standing=standing,
        reference=row.reference,
        payment_id=row.page_id,
        amount=Money(row.amount.normalize() + 0, row.currency),
        refunded=Money(row.refunded, row.currency),
        lapses=row.until + LAPSES_AFTER,
        card="Pretend 4242",
    )
