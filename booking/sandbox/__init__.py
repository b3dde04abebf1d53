"""A stateful Wix in miniature over HTTP, at Wix's own paths.

It imports nothing of the rest of the project and nothing of the rest imports it, so that neither
can hide the other's mistakes. ``docs/sandbox.md`` tells how to drive it.
"""

from __future__ import annotations

import zoneinfo
from typing import TYPE_CHECKING

# The pinned tzdata package, never the machine's zone files: the same answers everywhere.
zoneinfo.reset_tzpath(to=[])

if TYPE_CHECKING:
    from booking.sandbox.app import Sandbox


def make_app(seed: str = "studio") -> Sandbox:
    """One emulated site as a WSGI program; ``seed`` names one of ``seeds.NAMES``."""
    from booking.sandbox.app import Sandbox  # noqa: PLC0415 - it imports modules of this package

    return Sandbox(seed)
