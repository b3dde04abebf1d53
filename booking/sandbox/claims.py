"""What a booking takes, and what it takes it from: conflicts, confirmation, release.

Source: Wix Bookings, Bookings Writer V2, statuses and "Confirm Or Decline".
"""

from __future__ import annotations

from booking.sandbox.booking_input import Draft, resource_view
from booking.sandbox.openings import Wish, entry_for, who_can
from booking.sandbox.rooms import leave_rooms, take_rooms
from booking.sandbox.sessions import session_named
from booking.sandbox.times import stamp, utc_text
from booking.sandbox.wire import Json, guid, refusal
from booking.sandbox.world import Booking, World

TAKES = ("PENDING", "CONFIRMED")
PARTY = ("totalParticipants", "participantsChoices")


def is_free(world: World, service: Json, resource_id: str, start: int, end: int, at: str) -> bool:
    """Is this person free, and at work there, for the whole time?"""
    wish = Wish(start, start + 1, end - start, at, (resource_id,))
    return bool(who_can(world, service, wish))


def has_conflict(world: World, booking: Booking) -> bool:
    """Would confirming this booking now overbook somebody or something?"""
    if booking.seats_of:
        return places_left(world, booking) < booking.participants
    return not _somebody(world, booking)


def places_left(world: World, booking: Booking) -> int:
    session = session_named(world, booking.seats_of)
    capacity = (
        session.for_sale if session else world.services[booking.service_id]["defaultCapacity"]
    )
    return int(capacity) - world.diary.seats_taken(booking.seats_of)


def _named(booking: Booking) -> str:
    return str((booking.wire["bookedEntity"]["slot"].get("resource") or {}).get("id") or "")


def _somebody(world: World, booking: Booking) -> str:
    """The person named, or anybody, if free; else ""."""
    service = world.services[booking.service_id]
    wanted = _named(booking)
    candidates = (wanted,) if wanted else tuple(service["staffMemberIds"])
    length = booking.end - booking.start
    wish = Wish(booking.start, booking.start + 1, length, booking.place, candidates)
    return next(iter(who_can(world, service, wish)), "")


def move(world: World, booking: Booking, status: str, **changes: object) -> None:
    """Give a booking its new status and take or free what that means; the revision grows."""
    was_taking = booking.wire["status"] in TAKES
    wire = {**booking.wire, **changes, "status": status}
    if status in TAKES and not was_taking:
        wire["bookedEntity"] = take(world, booking, status)
    if was_taking and status not in TAKES:
        release(world, booking)
    _grow(world, booking, wire)


def _grow(world: World, booking: Booking, wire: Json) -> None:
    now = world.now()
    grown = {"revision": str(int(wire["revision"]) + 1), "updatedDate": stamp(now)}
    booking.change(now, {**wire, **grown})
    world.version += 1


def resize(world: World, booking: Booking, participants: int, party: Json) -> None:
    """Another number of people, in the places of a class or a course."""
    if booking.wire["status"] in TAKES:
        world.diary.take_seats(booking.seats_of, participants - booking.participants)
    booking.participants = participants
    _grow(world, booking, {**_without_party(booking.wire), **party})


def move_to(world: World, booking: Booking, draft: Draft, status: str, changes: Json) -> None:
    """Another time for a booking whose old one is released already."""
    booking.start, booking.end, booking.place = draft.start, draft.end, draft.place
    booking.seats_of, booking.participants = draft.seats_of, draft.participants
    times = {"startDate": utc_text(draft.start), "endDate": utc_text(draft.end)}
    wire = {**_without_party(booking.wire), **changes, **times, "status": status}
    wire.pop("doubleBooked", None)
    booking.wire = {**wire, "bookedEntity": draft.entity}
    _grow(world, booking, {**wire, "bookedEntity": take(world, booking, status)})


def _without_party(wire: Json) -> Json:
    """Its two ways to say how many exclude each other: the old one must not stay."""
    return {name: value for name, value in wire.items() if name not in PARTY}


def take(world: World, booking: Booking, status: str) -> Json:
    """The booked entity with its person and event filled in."""
    entity: Json = booking.wire["bookedEntity"]
    if booking.seats_of:
        world.diary.take_seats(booking.seats_of, booking.participants)
        return entity
    service = world.services[booking.service_id]
    resource_id = _somebody(world, booking) or _named(booking) or service["staffMemberIds"][0]
    # Several requests may wait for one slot where the service allows it.
    if status == "CONFIRMED" or not service["onlineBooking"]["allowMultipleRequests"]:
        entry = entry_for(world, service, booking.start, booking.end, booking.id)
        world.diary.block(resource_id, entry)
        take_rooms(world, service, entry, booking.place)
    event_id = f"{guid('event', booking.id)}_{booking.id[:13]}"
    slot = {**entity["slot"], "resource": resource_view(world, resource_id), "eventId": event_id}
    return {**entity, "slot": slot}


def release(world: World, booking: Booking) -> None:
    if booking.seats_of:
        world.diary.take_seats(booking.seats_of, -booking.participants)
    else:
        world.diary.free(_named(booking), booking.id)
        leave_rooms(world, world.services[booking.service_id], booking.id)


def confirm_pending(world: World, booking: Booking) -> None:
    """A request that shared its slot becomes the one that blocks it."""
    service = world.services[booking.service_id]
    if booking.seats_of or not service["onlineBooking"]["allowMultipleRequests"]:
        return
    entry = entry_for(world, service, booking.start, booking.end, booking.id)
    world.diary.block(_named(booking), entry)
    take_rooms(world, service, entry, booking.place)


def waits_for_owner(world: World, booking: Booking) -> bool:
    service = world.services[booking.service_id]
    return bool(service["onlineBooking"]["requireManualApproval"]) and not booking.skips_approval


def check_status(booking: Booking, allowed: tuple[str, ...], code: str) -> None:
    """Raises: WixError 428 with ``code`` if the booking is in no status of ``allowed``."""
    if booking.wire["status"] not in allowed:
        raise refusal(428, code, f"The booking is {booking.wire['status']}")
