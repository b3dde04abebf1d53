"""Who may call what: whom an endpoint serves, and the permission the owner has to have given.

Source: Wix, "About Identities", "App Permissions"; the scope ids are those an app instance lists.
"""

from __future__ import annotations

import re
from collections import deque

from booking.sandbox.call import Caller, For, Route
from booking.sandbox.wire import Json, WixError, an_object, refusal
from booking.sandbox.world import World

READ_PUBLIC = "SCOPE.DC-BOOKINGS.READ-BOOKINGS-PUBLIC"
READ_CALENDAR = "SCOPE.DC-BOOKINGS.READ-CALENDAR"
READ_PARTICIPANTS = "SCOPE.DC-BOOKINGS.READ-CALENDAR-WITH-PARTICIPANTS"
MANAGE_BOOKINGS = "SCOPE.DC-BOOKINGS.MANAGE-BOOKINGS"
MANAGE_EVERYTHING = "SCOPE.DC-BOOKINGS-MEGA.MANAGE-BOOKINGS"
MANAGE_CALENDAR = "SCOPE.DC-CALENDAR.MANAGE"
MANAGE_ECOMMERCE = "SCOPE.DC-ECOM-MEGA.MANAGE-ECOM"
MANAGE_ORDERS = "SCOPE.DC-STORES.MANAGE-ORDERS"
READ_ORDERS = "SCOPE.DC-STORES.READ-ORDERS"
MANAGE_APP = "SCOPE.DC.MANAGE-YOUR-APP"
SCOPES = (
    READ_PUBLIC,
    READ_CALENDAR,
    READ_PARTICIPANTS,
    MANAGE_BOOKINGS,
    MANAGE_EVERYTHING,
    MANAGE_CALENDAR,
    MANAGE_ECOMMERCE,
    MANAGE_ORDERS,
    READ_ORDERS,
    MANAGE_APP,
)

# The first pattern that the route's own path begins with says what it needs.
_NEEDED = tuple(
    (re.compile(pattern), scope)
    for pattern, scope in (
        (r"/bookings/bookings-reader/", READ_PARTICIPANTS),
        (r"/bookings/v2/(bulk/)?(bookings|confirmation)", MANAGE_BOOKINGS),
        (r"/bookings/multiServiceBookings/", MANAGE_BOOKINGS),
        (r"/(_api/)?service-availability/", READ_CALENDAR),
        (r"/availability-calendar/", READ_CALENDAR),
        (r"/bookings/v2/pricing/", READ_PARTICIPANTS),
        (r"/_api/bookings-settings/", MANAGE_BOOKINGS),
        (r"/bookings/", READ_PUBLIC),
        (r"/calendar/", MANAGE_CALENDAR),
        (r"/ecom/v1/orders/(search|<)", READ_ORDERS),
        (r"/ecom/v1/(bulk/)?(orders|payments|order-billing|order-payment)", MANAGE_ORDERS),
        (r"/ecom/", MANAGE_ECOMMERCE),
        (r"/site-properties/|/apps/", MANAGE_APP),
    )
)
_OF_BOOKINGS = re.compile(r"/(_api/)?(bookings|service-availability|availability-calendar)/")
_SLOTS = re.compile(r"/(_api/)?service-availability/")
_CREATE = re.compile(r"/bookings/v2/(bulk/bookings/create|bookings)")
MINUTE = 60


def granted(world: World) -> list[str]:
    """The scopes that the owner has given, to the app and to the key alike.

    Without a narrow one of Bookings the wide one that would cover it is gone too.
    """
    gone = set(world.settings.without_permissions)
    if any(".DC-BOOKINGS." in scope for scope in gone):
        gone.add(MANAGE_EVERYTHING)
    return [scope for scope in SCOPES if scope not in gone]


def check(world: World, route: Route, caller: Caller) -> None:
    """Raises: WixError 403 PERMISSION_DENIED with an empty description; 428 without Wix's app."""
    if not _serves(route.whom, caller):
        raise refusal(403, "PERMISSION_DENIED")
    path = route.paths[0]
    scope = next((scope for pattern, scope in _NEEDED if pattern.match(path)), None)
    if caller.may_manage and scope and scope not in granted(world):
        raise refusal(403, "PERMISSION_DENIED")
    if not world.settings.bookings_installed and _OF_BOOKINGS.match(path):
        code = "NO_IMPLEMENTERS_FOUND" if _SLOTS.match(path) else "REQUIRED_APP_NOT_INSTALLED"
        raise refusal(428, code, "App not installed")


def _serves(whom: For, caller: Caller) -> bool:
    match whom:
        case For.MANAGERS:
            return caller.may_manage
        case For.MEMBERS:
            return caller.may_manage or caller is Caller.MEMBER
        case For.MEMBERS_ALONE:
            return caller is Caller.MEMBER
        case For.APPS:
            return caller is Caller.APP
        case _:
            return True


def count_call(calls: deque[float], limit: int | None, now: float) -> None:
    """Raises: WixError 429 for more calls within a minute than ``limit``."""
    if limit is None:
        return
    while calls and calls[0] <= now - MINUTE:
        calls.popleft()
    if len(calls) >= limit:
        raise refusal(429, "RESOURCE_EXHAUSTED", "Too many requests")
    calls.append(now)


def check_asked(
    world: World, route: Route, caller: Caller, identity: Json, params: Json, body: Json
) -> None:
    """What depends on what is asked: members act on their own, a free site sells to nobody.

    Raises: WixError 403 UNAUTHORIZED_OPERATION, 428 PREMIUM_VALIDATION_FAILED.
    """
    if caller is Caller.MEMBER and "booking_id" in params:
        _check_owns(world, identity, params["booking_id"])
    if not _CREATE.fullmatch(route.paths[0]):
        return
    if not caller.may_manage and not world.settings.premium:
        raise refusal(428, "PREMIUM_VALIDATION_FAILED", "The site is not premium")
    confirmed = any(
        isinstance(given.get("booking"), dict) and given["booking"].get("status") == "CONFIRMED"
        for given in _created(body)
    )
    if confirmed and not (caller.may_manage and MANAGE_EVERYTHING in granted(world)):
        raise refusal(403, "UNAUTHORIZED_OPERATION", "Not allowed to create it confirmed")


def _created(body: Json) -> list[Json]:
    several = body.get("createBookingsInfo")
    listed = several if isinstance(several, list) else []
    return [body, *(one for one in listed if isinstance(one, dict))]


def _check_owns(world: World, identity: Json, booking_id: str) -> None:
    booking = world.bookings.get(booking_id)
    if booking is None:
        return
    made_by = an_object(booking.wire.get("createdBy"), "createdBy")
    if made_by.get("memberId") != identity.get("memberId"):
        raise refusal(403, "UNAUTHORIZED_OPERATION", "Not the member's own booking")


def is_plain_denial(error: WixError) -> bool:
    """A refusal that some of Wix's services send without any body."""
    told = error.body.get("details", {}).get("applicationError", {})
    return bool(told.get("code") == "PERMISSION_DENIED")
