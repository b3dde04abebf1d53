"""Find out whether this site can work with what is configured, and say what is to be done if not.

Nothing is changed at Wix, except by ``try_a_booking``.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median

from booking.domain.ids import WixBookingId
from booking.domain.outcome import Customer, Paid, WixBooking, WixStatus
from booking.domain.service import Service
from booking.domain.slot import Slot
from booking.wix import NewBooking, Wix
from booking.wix.calls import Measured
from booking.wix.errors import (
    AppMissing,
    BookingNotFound,
    WixError,
    WixForbidden,
    WixNotConnected,
    WixUnreachable,
)

NOBODY = WixBookingId("00000000-0000-4000-8000-000000000000")
"""No booking has this id: asking to decide it tells whether we might, and changes nothing."""
NOTHING = "wix-check-looks-for-nothing"
MOST_SKEW_SECONDS = 30.0
SLOW_SECONDS = 2.0
TRIES = 3
DAYS_AHEAD = 28
TESTER = Customer(first_name="Wix", last_name="Check", email="wix-check@example.com")

PERMISSIONS = {
    "SCOPE.DC.MANAGE-YOUR-APP": "Read site, business, and email details",
    "SCOPE.DC-BOOKINGS.READ-BOOKINGS-PUBLIC": "Read Bookings - Public Data",
    "SCOPE.DC-BOOKINGS.READ-CALENDAR": "Read Bookings Calendar Availability",
    "SCOPE.DC-BOOKINGS.READ-CALENDAR-WITH-PARTICIPANTS": "Read Bookings - Including Participants",
    "SCOPE.DC-BOOKINGS.MANAGE-BOOKINGS": "Manage Bookings",
}
"""What the site cannot do without, by the name that the owner sees in Wix's dashboard."""
WIDE = {
    "SCOPE.DC-BOOKINGS-MEGA.MANAGE-BOOKINGS": (".DC-BOOKINGS.",),
    "SCOPE.DC-BOOKINGS-MEGA.READ-BOOKINGS": (".DC-BOOKINGS.READ-",),
    "SCOPE.DC-BOOKINGS.MANAGE-BOOKINGS": ("READ-BOOKINGS-PUBLIC", "WITH-PARTICIPANTS"),
    "SCOPE.DC-BOOKINGS.READ-BOOKINGS-SENSITIVE": ("READ-BOOKINGS-PUBLIC", "WITH-PARTICIPANTS"),
}
"""Permissions that contain others: all whose scope has one of the texts on the right in it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and the sentence that says what to do about it."""

    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.what} {self.remedy}"


@dataclass(slots=True)
class Report:
    """Facts as label and text, in the order found. ``reached`` is False if nothing could be asked."""

    reached: bool = True
    facts: list[tuple[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def tell(self, label: str, text: str) -> None:
        """Note a fact."""
        self.facts.append((label, text))

    def blame(self, what: str, remedy: str) -> None:
        """Note a problem, once."""
        problem = Problem(what, remedy)
        if problem not in self.problems:
            self.problems.append(problem)


def check(wix: Wix, *, is_app: bool) -> Report:
    """All that can be found out by reading. ``is_app``: the credentials are an app's."""
    report = Report()
    if not (_reach(wix, report) and _connect(wix, report)):
        report.reached = False
        return report
    if is_app:
        _ask(report, "app", "SCOPE.DC.MANAGE-YOUR-APP", lambda: _installation(wix, report))
    services = _services(wix, report)
    _permissions(wix, report, services)
    return report


def _reach(wix: Wix, report: Report) -> bool:
    """Latency and clocks; False if Wix gives no answer at all."""
    try:
        asked = [wix.measure() for _ in range(TRIES)]
    except WixUnreachable:
        report.blame(
            "Wix does not answer.",
            "Check WIX_BASE_URL, the network, and the proxy of this machine.",
        )
        return False
    seconds = median(each.seconds for each in asked)
    report.tell("latency", f"{seconds * 1000:.0f} ms")
    if seconds > SLOW_SECONDS:
        report.blame("Wix answers slowly.", "Run the site nearer to Wix, or look at the network.")
    _compare_clocks(asked, report)
    return True


def _compare_clocks(asked: Iterable[Measured], report: Report) -> None:
    skews = [(each.ours - each.theirs).total_seconds() for each in asked if each.theirs]
    if not skews:
        return
    skew = median(skews)
    report.tell("our clock", f"{skew:+.0f} s against Wix's")
    if abs(skew) > MOST_SKEW_SECONDS:
        report.blame(
            f"This machine's clock is {abs(skew):.0f} seconds off.",
            "Set it by the network (NTP): holds and policies go by it.",
        )


def _connect(wix: Wix, report: Report) -> bool:
    """The business; False if Wix takes no credentials of ours."""
    try:
        _ask(report, "site", "SCOPE.DC.MANAGE-YOUR-APP", lambda: _business(wix, report))
    except WixNotConnected:
        report.blame(
            "Wix does not accept the credentials.",
            "Check WIX_API_KEY and WIX_SITE_ID, or WIX_APP_ID, WIX_APP_SECRET and "
            "WIX_INSTANCE_ID, and that the app is still installed on the site.",
        )
        return False
    return True


def _business(wix: Wix, report: Report) -> None:
    business = wix.site_properties.get()
    report.tell("business", business.name)
    report.tell("time zone", business.zone)
    report.tell("currency", business.currency)


def _installation(wix: Wix, report: Report) -> None:
    """What the owner has allowed the app; Wix lists it, so nothing has to be tried."""
    installation = wix.app_instance.get()
    report.tell("app", f"{installation.app_name} ({len(installation.permissions)} permissions)")
    wide = [texts for scope, texts in WIDE.items() if scope in installation.permissions]
    covered = [text for texts in wide for text in texts]
    for scope in PERMISSIONS:
        if scope not in installation.permissions and not any(each in scope for each in covered):
            _blame_permission(report, scope)
    if not installation.site_url:
        report.tell("site", "not published")


def _services(wix: Wix, report: Report) -> tuple[Service, ...]:
    found: list[Service] = []
    _ask(
        report,
        "services",
        "SCOPE.DC-BOOKINGS.READ-BOOKINGS-PUBLIC",
        lambda: found.extend(wix.services.query()),
    )
    if found:
        kinds = Counter(each.kind.value for each in found)
        counted = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
        bookable = sum(1 for each in found if each.obstacle is None)
        report.tell("services", f"{len(found)} ({counted}), {bookable} bookable here")
    return tuple(found)


def _permissions(wix: Wix, report: Report, services: Iterable[Service]) -> None:
    """Ask one harmless question for each permission that is needed."""
    questions: list[tuple[str, Callable[[], object]]] = [
        ("READ-CALENDAR-WITH-PARTICIPANTS", lambda: wix.extended_bookings.by_reference(NOTHING)),
        ("MANAGE-BOOKINGS", lambda: _decide_nothing(wix)),
    ]
    first = next(iter(_appointments(services)), None)
    if first:
        questions.append(("READ-CALENDAR", lambda: _times(wix, first, days=1)))
    for scope, question in questions:
        _ask(report, scope.lower(), f"SCOPE.DC-BOOKINGS.{scope}", question)


def _decide_nothing(wix: Wix) -> None:
    try:
        wix.bookings.confirm_or_decline(NOBODY, Paid.NOT_PAID)
    except BookingNotFound:
        return


def _ask(report: Report, what: str, scope: str, question: Callable[[], object]) -> None:
    """Ask, and turn what Wix says against it into a problem. Raises: WixNotConnected."""
    try:
        question()
    except WixNotConnected:
        raise
    except WixForbidden:
        _blame_permission(report, scope)
    except AppMissing:
        report.blame(
            "The site has no Wix Bookings.",
            "Add the app Wix Bookings to the site in Wix's dashboard (Apps).",
        )
    except WixError as error:
        report.blame(
            f"Asking Wix about {what} failed: {error}.", "Try again; if it stays, ask Wix."
        )


def _blame_permission(report: Report, scope: str) -> None:
    report.blame(
        f"The permission “{PERMISSIONS[scope]}” ({scope}) is missing.",
        "Add it to the API key in Wix's API Keys Manager, or to the app, and let the owner "
        "approve the app's new version.",
    )


def _appointments(services: Iterable[Service]) -> list[Service]:
    """Services that can be tried, those that cost nothing first."""
    usable = [each for each in services if each.obstacle is None and each.staff]
    return sorted(usable, key=lambda each: (not each.is_free, each.needs_approval))


def _times(wix: Wix, service: Service, *, days: int) -> list[Slot]:
    clocks = wix.measure()
    now = clocks.theirs or clocks.ours
    zone = wix.site_properties.get().zone
    found = wix.time_slots.list(service.id, starts=now, ends=now + timedelta(days=days), zone=zone)
    return [slot for slot in found.slots if slot.bookable and slot.staff]


def try_a_booking(wix: Wix, reference: str) -> list[tuple[str, str]]:
    """Book the first free time of the first appointment, let Wix decide, and cancel it again.

    ``reference`` names the booking at Wix. The answer tells each step. Nobody is notified.
    Raises: WixError; LookupError if there is no time to book within four weeks.
    """
    zone = wix.site_properties.get().zone
    service, slot = _free_time(wix)
    made = wix.bookings.create(_new(slot, zone, reference))
    steps = [("booked", f"{service.name}, {_local(slot.starts)} (booking {made.id})")]
    try:
        decided = wix.bookings.confirm_or_decline(made.id, Paid.NOT_PAID)
    except WixError:
        wix.bookings.decline(made.id, made.revision)
        raise
    steps.append(("decided", decided.status.value))
    steps.append(("taken back", _taken_back(wix, decided).status.value))
    return steps


def _taken_back(wix: Wix, booking: WixBooking) -> WixBooking:
    if booking.status is WixStatus.DECLINED:
        return booking
    return wix.bookings.cancel(booking.id, booking.revision, ignore_policy=True)


def _free_time(wix: Wix) -> tuple[Service, Slot]:
    for service in _appointments(wix.services.query()):
        for slot in _times(wix, service, days=DAYS_AHEAD):
            return service, slot
    raise LookupError("There is no appointment with a free time within four weeks.")


def _new(slot: Slot, zone: str, reference: str) -> NewBooking:
    return NewBooking(
        service_id=slot.service_id,
        starts=slot.starts,
        ends=slot.ends,
        zone=zone,
        schedule_id=slot.schedule_id,
        location=slot.location,
        staff_id=slot.staff[0].id,
        customer=TESTER,
        reference=reference,
    )


def _local(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
