"""What the owner has switched on for the site's bookings.

Source: Wix Bookings, Bookings Settings, "Get Bookings Settings".
"""

from __future__ import annotations

from booking.sandbox.call import Call, For, Route
from booking.sandbox.seeds.build import merge
from booking.sandbox.wire import Json
from booking.sandbox.world import World

USUAL: Json = {
    "revision": "1",
    "displayTimeZone": {"basedOn": "BUSINESS_TIME_ZONE", "customerCanChange": True},
    "cartCheckout": {"enabled": False},
    "multiServiceAppointments": {"enabled": False},
}


def get_bookings_settings(world: World, _call: Call) -> Json:
    return {"bookingsSettings": merge(USUAL, world.seed.get("bookingsSettings", {}))}


_PATH = "bookings-settings/v2/settings"
ROUTES = (Route("GET", get_bookings_settings, (f"/_api/{_PATH}", f"/{_PATH}"), For.MANAGERS),)
