"""Staff Members: who works here.

Source: Wix Bookings, Staff Members V1, "Query Staff Members" (service providers only).
"""

import msgspec

from booking.domain.ids import StaffId
from booking.domain.service import StaffMember
from booking.wix.shapes import WireMedia, WirePaging, media_id
from booking.wix.wire import Body, Reader, Wire

PATH = "/bookings/v1/staff-members/query"
PAGE_SIZE = 100
MOST_PAGES = 10


class _Member(msgspec.Struct, rename="camel"):
    id: str
    resource_id: str | None = None
    name: str | None = None
    main_media: WireMedia | None = None

    def member(self) -> StaffMember | None:
        """None without a resource: only resources can be booked, and only their ids go around."""
        if not self.resource_id:
            return None
        image = media_id(self.main_media.image) if self.main_media else None
        return StaffMember(id=StaffId(self.resource_id), name=self.name or "", image=image)


class _Answer(msgspec.Struct, rename="camel"):
    staff_members: list[_Member] | None = None
    paging_metadata: WirePaging | None = None


_read = Reader(_Answer)


class StaffMembers:
    """The people who give services."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def query(self) -> tuple[StaffMember, ...]:
        """All of them, in Wix's order. Raises: WixError."""
        found: list[StaffMember] = []
        paging: Body = {"limit": PAGE_SIZE}
        for _ in range(MOST_PAGES):
            page = _read(self._wire.read(PATH, {"query": {"cursorPaging": paging}}, check=_read))
            members = (each.member() for each in page.staff_members or ())
            found += (member for member in members if member)
            cursor = page.paging_metadata.next_cursor if page.paging_metadata else None
            if cursor is None:
                break
            paging = {"limit": PAGE_SIZE, "cursor": cursor}
        return tuple(found)
