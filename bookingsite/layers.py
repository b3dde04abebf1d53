"""What answers before Django's middleware does: the door for Wix's notices, and pages that are kept."""

from typing import TYPE_CHECKING

from booking.models import stamp
from booking.page_cache import PageCache
from booking.webhooks.door import Door

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


def around(site: "WSGIApplication") -> "WSGIApplication":
    """The layers around Django's own application, the outermost first to answer."""
    return Door(PageCache(site, stamp.path()))
