"""The Wix client: everything the site asks of Wix, by its Wix name."""

from copy import copy
from typing import Self

from booking.wix.bookings import Bookings
from booking.wix.cache import CachedTransport
from booking.wix.extended_bookings import ExtendedBookings
from booking.wix.services import Services
from booking.wix.site_properties import SiteProperties
from booking.wix.staff_members import StaffMembers
from booking.wix.time_slots import TimeSlots
from booking.wix.transport import Transport
from booking.wix.wire import Wire


class Wix:
    """One site at Wix, for any number of threads. Every call may raise a WixError.

    ``live`` asks Wix each time and is what this object itself does; ``cached`` answers from the
    shared cache where it can (without a cache it is the same as ``live``).
    """

    site_properties: SiteProperties
    services: Services
    staff_members: StaffMembers
    time_slots: TimeSlots
    bookings: Bookings
    extended_bookings: ExtendedBookings

    def __init__(self, transport: Transport | CachedTransport) -> None:
        self._transport = transport
        self._ask_through(transport.live)
        self.live = self
        self.cached = self
        if isinstance(transport, CachedTransport):
            self.cached = copy(self)
            self.cached.cached = self.cached._ask_through(transport)  # noqa: SLF001 - our own twin

    def _ask_through(self, wire: Wire) -> Self:
        self.site_properties = SiteProperties(wire)
        self.services = Services(wire)
        self.staff_members = StaffMembers(wire)
        self.time_slots = TimeSlots(wire)
        self.extended_bookings = ExtendedBookings(wire)
        self.bookings = Bookings(wire, self.extended_bookings)
        return self

    def media(self, media_id: str, limit_bytes: int) -> tuple[bytes, str]:
        """A picture's bytes and content type; never cached here.

        Raises: MediaMissing, WixAnswerMalformed (no picture, or too large), WixUnreachable.
        """
        return self._transport.media(media_id, limit_bytes)
