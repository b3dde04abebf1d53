"""Our app on the site: what the owner allowed it, and which Wix apps it finds there.

Source: Wix, "Get App Instance".
"""

import msgspec

from booking.domain.installation import Installation
from booking.wix.lanes import Lane
from booking.wix.wire import Reader, Wire, need

PATH = "/apps/v1/instance"


class _Instance(msgspec.Struct, rename="camel"):
    instance_id: str | None = None
    app_name: str | None = None
    is_free: bool | None = None
    permissions: list[str] | None = None


class _Site(msgspec.Struct, rename="camel"):
    site_id: str | None = None
    site_display_name: str | None = None
    url: str | None = None
    installed_wix_apps: list[str] | None = None


class _Answer(msgspec.Struct):
    instance: _Instance | None = None
    site: _Site | None = None

    def installation(self) -> Installation:
        instance = need(self.instance, "instance")
        site = self.site or _Site()
        return Installation(
            instance_id=need(instance.instance_id, "instance.instanceId"),
            app_name=instance.app_name or "",
            permissions=frozenset(instance.permissions or ()),
            is_free=instance.is_free is not False,
            site_id=site.site_id or "",
            site_name=site.site_display_name or "",
            site_url=site.url or "",
            installed_apps=frozenset(site.installed_wix_apps or ()),
        )


_read = Reader(_Answer)


class AppInstance:
    """The one instance that our credentials are for."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def get(self) -> Installation:
        """Only an app may ask. Raises: WixForbidden for any other identity; WixError."""
        return _read(self._wire.read(PATH, method="GET", lane=Lane.SETTLE)).installation()
