"""How asking Wix can fail. Every error is a ``CalendarUnavailable``; callers catch the narrowest.

No error carries a body, a header or a credential: what it says may be logged and shown to staff.
"""

from dataclasses import dataclass
from typing import ClassVar

from booking.domain.errors import CalendarUnavailable


class WixError(CalendarUnavailable):
    """A call to Wix did not give what it was made for.

    ``status`` is 0 when no answer came, ``code`` is Wix's application code or "", ``request_id`` is
    what Wix's support asks for. ``maybe_done`` is True when a write may have had its effect: look
    for the effect before writing again.
    """

    kind: ClassVar[str] = "failed"

    def __init__(
        self,
        what: str = "",
        *,
        status: int = 0,
        code: str = "",
        request_id: str = "",
        maybe_done: bool = False,
    ) -> None:
        super().__init__(what)
        self.what = what
        self.status = status
        self.code = code
        self.request_id = request_id
        self.maybe_done = maybe_done

    def __str__(self) -> str:
        facts = [self.what or self.kind, str(self.status or ""), self.code]
        words = " ".join(fact for fact in facts if fact)
        return f"{words} (request {self.request_id})" if self.request_id else words


class WixUnreachable(WixError):
    """No answer, no time left, too many callers already waiting, or Wix itself failed (5xx).

    ``not_sent`` is True when the connection could not be made: Wix surely did nothing.
    """

    kind = "unreachable"
    not_sent: bool = False


class WixThrottled(WixError):
    """Wix asks us to slow down (429). ``retry_after`` is in seconds, None if Wix names none."""

    kind = "throttled"
    retry_after: float | None = None


class WixAnswerMalformed(WixError):
    """The answer is not what Wix's documentation promises. ``field`` is its path in the answer.

    "timeSlots[3].localStartDate"; "" stands for the whole answer.
    """

    kind = "malformed"

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field or 'answer'}: {problem}")
        self.field = field
        self.problem = problem

    def under(self, path: str) -> "WixAnswerMalformed":
        """The same failure, told from further up in the answer."""
        joint = "" if not self.field or self.field.startswith("[") else "."
        return WixAnswerMalformed(f"{path}{joint}{self.field}", self.problem)


class NothingKept(WixError):
    """Only what is kept was to be looked at, and nothing is, or it is too old. Nobody was asked."""

    kind = "not kept"


class WixForbidden(WixError):
    """Wix knows us and does not let us: a permission is missing."""

    kind = "forbidden"


class WixNotConnected(WixForbidden):
    """The credentials are wrong, revoked, or for a site that is not there."""

    kind = "not connected"


class NotFromWix(WixError):
    """What says it comes from Wix is not signed by Wix, or not for our app."""

    kind = "not from Wix"


class ForeignSite(NotFromWix):
    """Signed by Wix for our app, and about another site than the one expected."""

    kind = "about another site"


class WixRefused(WixError):
    """Wix understood and said no. Nothing was changed; asking again gives the same answer."""

    kind = "refused"


class SlotNotAvailable(WixRefused):
    """The time is taken, full, withdrawn, or not there."""


class PolicyRefused(WixRefused):
    """The business's booking policy does not allow it (too early, too late, too many)."""


class ServiceGone(WixRefused):
    """No service has this id any more."""


class BookingNotFound(WixRefused):
    """No booking has this id, as far as we may see."""


class WrongStatus(WixRefused):
    """The booking's status does not allow this step: somebody else has already taken one."""


class StaleRevision(WixRefused):
    """The booking was changed since we read it."""


class AppMissing(WixRefused):
    """The site lacks a Wix app that this needs (Wix Bookings itself, for one)."""


class SiteCannotSell(WixRefused):
    """The site itself is not ready to be paid at: it accepts no payments, is not published, or has
    no checkout page. Only its owner can change that.
    """


class ItemUnavailable(WixRefused):
    """What is to be paid cannot be sold (any more), or not the way the booking says."""


class AlreadyOrdered(WixRefused):
    """The cart or checkout has become an order, or somebody is paying it at this moment."""


class PricesChanged(WixRefused):
    """The prices are not those that were shown: ask for the totals again."""


class CodeRefused(WixRefused):
    """A coupon or gift card that is unknown, over, used up, or one too many."""


class PlanRefused(WixRefused):
    """This pricing plan does not pay for this, or only its member could say so."""


class CheckoutNotFound(WixRefused):
    """No cart and no checkout has this id."""


class OrderNotFound(WixRefused):
    """No order, or none of its payments, has this id."""


class OrderClosed(WixRefused):
    """The order's status does not allow this step."""


class RefundRefused(WixRefused):
    """Wix cannot give this money back: another amount, another way, or nothing left."""


class MediaMissing(WixRefused):
    """There is no such picture."""


@dataclass(frozen=True, slots=True)
class Violation:
    """A field that Wix does not accept, and the rule it breaks. Never its value."""

    field: str
    rule: str


class InvalidRequest(WixRefused):
    """What we sent is wrong (400): our fault, or a customer's detail that Wix does not take."""

    violations: tuple[Violation, ...] = ()

    def __str__(self) -> str:
        broken = ", ".join(f"{each.field}: {each.rule}" for each in self.violations)
        return f"{super().__str__()} [{broken}]" if broken else super().__str__()
