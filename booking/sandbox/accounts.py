"""The made-up accounts of the emulated site: the same for every seed, for ever."""

from __future__ import annotations

from booking.sandbox.wire import guid

API_KEY = "IST.sandbox.studio-owner"
APP_SECRET = "sandbox-app-secret"  # noqa: S105 - a made-up secret of a made-up site
SITE_ID = guid("site", "studio")
ACCOUNT_ID = guid("account", "studio")
APP_ID = guid("app", "studio")
INSTANCE_ID = guid("instance", "studio")
CLIENT_ID = guid("client", "studio")
