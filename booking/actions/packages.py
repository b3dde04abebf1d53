"""A visit at Wix: several bookings that Wix keeps together as one package, all of them or none."""

from collections import defaultdict
from collections.abc import Sequence

from booking.actions import new_bookings
from booking.actions.hands import Hands
from booking.domain.outcome import Paid, WixBooking, WixStatus
from booking.domain.states import Due
from booking.models import Booking, Line
from booking.wix import NewBooking, Wix
from booking.wix.errors import WrongStatus
from booking.wix.multi_service_bookings import Package

GONE = frozenset({WixStatus.DECLINED, WixStatus.CANCELED})
NOT_YET_DECIDED = frozenset({WixStatus.CREATED, WixStatus.PENDING, WixStatus.WAITING_LIST})


def make(booking: Booking, lines: Sequence[Line], hands: Hands) -> Package:
    """Make all of it at Wix, in the order of ``lines``. Raises: WixError."""
    told = [new_bookings.of(booking, line, notify=hands.wix_notifies) for line in lines]
    parts = [each for each in told if isinstance(each, NewBooking)]
    return hands.wix.multi_service_bookings.create(parts)


def find(lines: Sequence[Line], wix: Wix) -> Package | None:
    """A whole package that an earlier try made, in the order of ``lines``; None if there is none.

    Of several the one that is furthest along. Raises: WixError.
    """
    packages: dict[str, list[WixBooking]] = defaultdict(list)
    for line in lines:
        for each in wix.extended_bookings.by_reference(line.reference):
            if each.status not in GONE and each.package_id:
                packages[each.package_id].append(each)
    whole = [
        Package(id=name, bookings=tuple(found))
        for name, found in packages.items()
        if len(found) == len(lines)
    ]
    return min(whole, key=_is_fresh, default=None)


def decide(booking: Booking, wix: Wix) -> tuple[WixBooking, ...]:
    """Have Wix confirm all of it, unless that was done before; what it says of each part.

    Raises: SlotNotAvailable if a part is taken meanwhile; WixError.
    """
    package = wix.multi_service_bookings.get(booking.package_id)
    if any(each.status is not WixStatus.CREATED for each in package.bookings):
        return package.bookings
    paid = Paid.EXEMPT if booking.due == Due.NOTHING else Paid.NOT_PAID
    try:
        return wix.multi_service_bookings.confirm(package, paid, check=True).bookings
    except WrongStatus:  # an earlier try of ours, or the owner, was quicker
        return wix.multi_service_bookings.get(booking.package_id).bookings


def cancel(booking: Booking, wix: Wix, *, notify: bool) -> tuple[WixBooking, ...]:
    """Cancel all of it, unless that was done before; what Wix says of each part. Raises: WixError."""
    package = wix.multi_service_bookings.get(booking.package_id)
    if all(each.status in GONE for each in package.bookings):
        return package.bookings
    gone = wix.multi_service_bookings.cancel(package.id, ignore_policy=True, notify=notify)
    return gone.bookings


def tidy(booking: Booking, lines: Sequence[Line], wix: Wix, *, is_live: bool) -> int:
    """Take back every package of these lines but the one that counts; how many that were.

    Raises: WixError.
    """
    found = (each for line in lines for each in wix.extended_bookings.by_reference(line.reference))
    standing = {each.package_id for each in found if each.status not in GONE}
    # Its own is known without the reader, which lags.
    extra = (standing - {booking.package_id} if is_live else standing | {booking.package_id}) - {""}
    return sum(_take_back(wix.multi_service_bookings.get(each), wix) for each in extra)


def _take_back(package: Package, wix: Wix) -> bool:
    """Decline what was never confirmed, cancel what was; False if nothing of it stands."""
    statuses = {each.status for each in package.bookings}
    if statuses <= GONE:
        return False
    if statuses <= NOT_YET_DECIDED:
        wix.multi_service_bookings.decline(package)
    else:
        wix.multi_service_bookings.cancel(package.id, ignore_policy=True)
    return True


def _is_fresh(package: Package) -> bool:
    return any(each.status is WixStatus.CREATED for each in package.bookings)
