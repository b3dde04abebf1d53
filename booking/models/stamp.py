"""A sign for all processes of this machine that holds have changed: a file's time.

Looking at it costs two microseconds, so a page that was rendered before can be checked on every
request. Several machines do not share it; there a page's age alone bounds what it may not know.
"""

from pathlib import Path

from django.conf import settings
from django.db import transaction


def path() -> Path:
    """Where the sign is."""
    return Path(settings.VAR_DIR) / "holds.stamp"


def renew() -> None:
    """Give the sign once what changes now is committed."""
    transaction.on_commit(_touch)


def _touch() -> None:
    path().parent.mkdir(parents=True, exist_ok=True)
    path().touch()
