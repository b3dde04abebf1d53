"""Staff Members: who works here.

Source: Wix Bookings, Staff Members V1, "Query", "Search", "Get" (service providers only).
"""

import msgspec

from booking.domain.ids import StaffId
from booking.domain.service import StaffMember
from booking.wix.cursor_pages import pages
from booking.wix.errors import WixAnswerMalformed
from booking.wix.paths import in_path
from booking.wix.shapes import WireMedia, media_id
from booking.wix.wire import Answer, Body, Reader, Wire

BASE = "/bookings/v1/staff-members"
PATH = f"{BASE}/query"
SEARCH_PATH = f"{BASE}/search"
PAGE_SIZE = 100


class _Member(msgspec.Struct, rename="camel"):
    id: str
    resource_id: str | None = None
    name: str | None = None
    main_media: WireMedia | None = None
    description: str | None = None

    def member(self) -> StaffMember | None:
        """None without a resource: only resources can be booked, and only their ids go around."""
        if not self.resource_id:
            return None
        return StaffMember(
            id=StaffId(self.resource_id),
            name=self.name or "",
            image=media_id(self.main_media.image) if self.main_media else None,
            about=self.description or "",
        )


class _Answer(msgspec.Struct, rename="camel"):
    staff_members: list[_Member] | None = None


class _One(msgspec.Struct, rename="camel"):
    staff_member: _Member


_read, _read_one = Reader(_Answer), Reader(_One)


class StaffMembers:
    """The people who give services."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def query(self) -> tuple[StaffMember, ...]:
        """All of them, in Wix's order. Raises: WixError."""
        answers = pages(self._wire, PATH, check=_read)
        return tuple(member for answer in answers for member in _members(answer))

    def by_id(self, staff_id: StaffId) -> StaffMember | None:
        """The person with that *resource* id, which is the one that goes around; None if none has.

        Raises: WixError.
        """
        query: Body = {"filter": {"resourceId": staff_id}}
        for answer in pages(self._wire, PATH, query, check=_read):
            # Looked at again here: a filter that Wix does not know would give anybody.
            for member in _members(answer):
                if member.id == staff_id:
                    return member
        return None

    def get(self, member_id: str) -> StaffMember:
        """By the staff member's own id, which only Wix's dashboard and notices use.

        Raises: WixRefused (404) for an id there is not, WixError.
        """
        return _one(self._wire.read(f"{BASE}/{in_path(member_id)}", method="GET", check=_one))

    def search(self, words: str) -> tuple[StaffMember, ...]:
        """People with these words in their name, a hundred at most. Raises: WixError."""
        search: Body = {
            "search": {"expression": words, "mode": "AND"},
            "cursorPaging": {"limit": PAGE_SIZE},
        }
        return tuple(_members(self._wire.read(SEARCH_PATH, {"search": search}, check=_read)))


def _members(answer: Answer) -> list[StaffMember]:
    members = (each.member() for each in _read(answer).staff_members or ())
    return [member for member in members if member]


def _one(answer: Answer) -> StaffMember:
    member = _read_one(answer).staff_member.member()
    if member is None:
        raise WixAnswerMalformed("staffMember.resourceId", "missing")
    return member
