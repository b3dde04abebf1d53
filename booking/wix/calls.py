"""One call to Wix and what came back, before anybody reads it."""

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from booking.wix.errors import WixError, WixThrottled
from booking.wix.limits import Time
from booking.wix.refusals import failure, retry_after
from booking.wix.retry import RetryRule
from booking.wix.wire import log

OK = 200
# Whoever has the token behind it may cancel the booking: it is a secret inside an address.
_BOOKING_KEY = re.compile(r"(?<=/anonymous-bookings/)[^/]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """``largest`` bounds the answer's bytes, ``connect`` the seconds until a connection stands."""

    method: str
    base_url: str
    path: str
    connect: float
    largest: int
    body: bytes | None = None
    write: bool = False

    @property
    def name(self) -> str:
        """What errors and log lines call it: no host, no query, no body, no key to a booking."""
        path = self.path.partition("?")[0]
        return f"{self.method} {_BOOKING_KEY.sub('…', path)}"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer of any status. The names of ``headers`` are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def request_id(self) -> str:
        """Wix's name for the call, "" if it gave none."""
        return self.headers.get("x-wix-request-id", "")[:80]

    @property
    def kind(self) -> str:
        """The content type without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def good(self, call: Call, now: datetime) -> "Reply":
        """Itself if its status is 200, the only one Wix uses for success. Raises: WixError."""
        if self.status == OK:
            return self
        error = failure(self.status, self.body, request_id=self.request_id, write=call.write)
        if isinstance(error, WixThrottled):
            error.retry_after = retry_after(self.headers.get("retry-after"), now)
        error.what = call.name
        raise error


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One question to Wix that needs no credentials: how long it took, and both clocks.

    ``theirs`` is Wix's clock, to the second; None if it does not tell. ``ours`` is ours when half
    of the time had gone by. Both are UTC.
    """

    seconds: float
    ours: datetime
    theirs: datetime | None


def measured(once: Callable[[], Reply], time: Time) -> Measured:
    """Ask and look at the clocks, whatever the answer is. Raises: WixUnreachable."""
    started, ours = time.clock(), time.now()
    header = once().headers.get("date", "")
    seconds = time.clock() - started
    return Measured(
        seconds=seconds, ours=ours + timedelta(seconds=seconds / 2), theirs=_date(header)
    )


def _date(header: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(header)
        return moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def repeat(
    once: Callable[[float], Reply], rule: RetryRule, time: Time, *, longest: float, repeatable: bool
) -> Reply:
    """Try as often as the rule allows. ``once`` gets the seconds that one try may take.

    A read gets what is left of the rule's budget, ``longest`` at most; a write always ``longest``,
    as cutting it short would only make its outcome uncertain. Raises: what the last try raised.
    """
    started = time.clock()
    attempt = 1
    while True:
        left = rule.budget - (time.clock() - started) if repeatable else longest
        try:
            return once(max(0.1, min(longest, left)))
        except WixError as error:
            spent = time.clock() - started
            pause = rule.pause(error, attempt, repeatable=repeatable, spent=spent)
            if pause is None:
                raise
        time.sleep(pause)
        attempt += 1


def tell(call: Call, reply: Reply | None, seconds: float) -> None:
    """One log line a call: never a header, a query or a body. Status 0 is no answer."""
    status = reply.status if reply else 0
    log.log(
        logging.INFO if status == OK else logging.WARNING,
        "%s %d %.0f ms %s",
        call.name,
        status,
        seconds * 1000,
        reply.request_id if reply else "",
    )
