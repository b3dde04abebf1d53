"""What Wix tells apps by itself: every change of bookings, orders, services, and of the app.

Nobody who changes the world has to think of it: a watch compares what it sees with what it saw.
Source: Wix Bookings and eCommerce, domain events; Wix, "App Installed", "App Removed".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from booking.sandbox.accounts import APP_ID
from booking.sandbox.times import stamp
from booking.sandbox.wire import Json, guid
from booking.sandbox.world import World, visible

BOOKING, SERVICE = "wix.bookings.v2.booking", "wix.bookings.services.v2.service"
ORDER = "wix.ecom.v1.order"
SLUGS = {
    "CONFIRMED": "confirmed",
    "DECLINED": "declined",
    "CANCELED": "canceled",
    "PENDING": "markedAsPending",  # in camel case, unlike all others
}
PARTY = ("totalParticipants", "participantsChoices")


@dataclass(frozen=True, slots=True)
class Event:
    """One notice before it is signed. ``told`` is its innermost layer."""

    id: str
    type: str
    told: Json
    identity: Json


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a watch compares with: Wix's objects are replaced, never changed in place."""

    world: World
    bookings: dict[str, Json]
    orders: dict[str, Json]
    services: dict[str, Json]
    site: Json
    installed: tuple[bool, int]


class Watch:
    """Finds out what has changed in a world. The app's lock guards it."""

    def __init__(self, world: World) -> None:
        self._seen = _look(world)
        self._sequences: Counter[str] = Counter()
        self._told = 0

    def news(self, world: World, identity: Json) -> list[Event]:
        """What has happened since the last call, in order; ``identity`` is who did it.

        Another world (a reset, another seed) is no news but a new beginning.
        """
        before, self._seen = self._seen, _look(world)
        if before.world is not world:
            return []
        if before.installed != self._seen.installed:
            name = "AppInstalled" if world.settings.installed else "AppRemoved"
            return [self._event(world, name, {"appId": APP_ID}, identity)]
        if not world.settings.installed:
            return []
        return [*self._differences(world, before, self._seen, identity)]

    def _differences(
        self, world: World, before: _Seen, now: _Seen, identity: Json
    ) -> Iterator[Event]:
        if before.site is not now.site and before.site != now.site:
            yield self._event(world, "SitePropertiesUpdated", {"fields": []}, identity)
        for of, old, new, tell in (
            (SERVICE, before.services, now.services, _service_news),
            (ORDER, before.orders, now.orders, _order_news),
            (BOOKING, before.bookings, now.bookings, _booking_news),
        ):
            if old is new:
                continue
            for key in {**old, **new}:
                was, is_ = old.get(key), new.get(key)
                if was is is_ or was == is_:
                    continue
                for slug, content in tell(was, is_, identity):
                    yield self._domain_event(world, of, slug, key, content, identity)

    def _domain_event(
        self, world: World, of: str, slug: str, key: str, content: Json, identity: Json
    ) -> Event:
        self._sequences[key] += 1
        told = {
            "entityFqdn": of,
            "slug": slug,
            "entityId": key,
            "eventTime": stamp(world.now()),
            "triggeredByAnonymizeRequest": False,
            "originatedFrom": "",
            "entityEventSequence": str(self._sequences[key]),
            **content,
        }
        return self._event(world, f"{of}_{slug}", told, identity)

    def _event(self, world: World, name: str, told: Json, identity: Json) -> Event:
        self._told += 1
        number = guid("event", world.seed["name"], self._told, world.now())
        if "entityFqdn" in told:
            told = {"id": number, **told}
        return Event(number, name, told, _identity(identity))


def _look(world: World) -> _Seen:
    return _Seen(
        world,
        {key: booking.wire for key, booking in world.bookings.items()},
        {key: order.wire for key, order in world.shop.orders.items()},
        world.services,
        world.site,
        (world.settings.installed, world.settings.installations),
    )


def _identity(identity: Json) -> Json:
    kinds = {
        "anonymousVisitorId": "ANONYMOUS_VISITOR",
        "memberId": "MEMBER",
        "wixUserId": "WIX_USER",
        "appId": "APP",
    }
    for name, kind in kinds.items():
        if identity.get(name):
            return {"identityType": kind, name: identity[name]}
    return {}


type News = Iterator[tuple[str, Json]]


def _service_news(was: Json | None, is_: Json | None, _by: Json) -> News:
    if is_ is None:
        yield "deleted", {"deletedEvent": {"deletedEntity": visible(was or {})}}
    elif was is None:
        yield "created", {"createdEvent": {"entity": visible(is_)}}
    else:
        yield "updated", {"updatedEvent": {"currentEntity": visible(is_)}}


def _order_news(was: Json | None, is_: Json | None, _by: Json) -> News:
    """An order that waits for its payment at Wix is not there yet."""
    if is_ is None or is_.get("status") == "INITIALIZED":
        return
    if was is None or was.get("status") == "INITIALIZED":
        was = {}
        yield "created", {"createdEvent": {"entity": is_}}
    else:
        yield "updated", {"updatedEvent": {"currentEntity": is_}}
    if is_.get("status") != was.get("status"):
        if is_.get("status") == "APPROVED":
            yield "approved", {"actionEvent": {"body": {"order": is_}}}
        if is_.get("status") == "CANCELED":
            yield "canceled", {"actionEvent": {"body": {"order": is_}}}
    if is_.get("paymentStatus") != was.get("paymentStatus"):
        body = {"order": is_, "previousPaymentStatus": was.get("paymentStatus")}
        yield "payment_status_updated", {"actionEvent": {"body": body}}


def _booking_news(was: Json | None, is_: Json | None, by: Json) -> News:
    if is_ is None:
        return
    if was is None:
        yield "created", {"createdEvent": {"entity": {**is_, "status": "CREATED"}}}
        was = {**is_, "status": "CREATED"}
        if is_["status"] == "CREATED":
            return
    for slug, extra in _actions(was, is_):
        body = {
            "booking": is_,
            "participantNotification": {"notifyParticipants": False},
            "initiatedBy": by,
            "previousStatus": was["status"],
            "previousPaymentStatus": was.get("paymentStatus"),
            **extra,
        }
        yield slug, {"actionEvent": {"body": body}}
    yield "updated", {"updatedEvent": {"currentEntity": is_}}


def _actions(was: Json, is_: Json) -> News:
    if was["status"] != is_["status"] and is_["status"] in SLUGS:
        yield SLUGS[is_["status"]], {"doubleBooked": bool(is_.get("doubleBooked"))}
    if (was.get("startDate"), was.get("endDate")) != (is_.get("startDate"), is_.get("endDate")):
        entity = was.get("bookedEntity")
        times = {"previousStartDate": was["startDate"], "previousEndDate": was["endDate"]}
        yield "rescheduled", {**times, "previousBookedEntity": entity}
    if [was.get(name) for name in PARTY] != [is_.get(name) for name in PARTY]:
        before = {f"previous{name[0].upper()}{name[1:]}": was.get(name) for name in PARTY}
        yield "number_of_participants_updated", before
