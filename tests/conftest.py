"""What every test stands on: settings for tests, and the sandbox in process as the only Wix."""

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

_var = Path(mkdtemp(prefix="booking-tests-"))
os.environ.update(
    DEBUG="false",
    SECRET_KEY="a secret for tests alone",
    PUBLIC_URL="http://testserver",
    ALLOWED_HOSTS="testserver,localhost,127.0.0.1",
    VAR_DIR=str(_var),
    DATABASE_URL=f"sqlite:///{_var / 'tests.sqlite3'}",
    CACHE_URL="locmemcache://",
    EMAIL_URL="memorymail://",
    WIX_BASE_URL="http://wix.test",
    WIX_MEDIA_URL="http://wix.test/media/",
    WIX_API_KEY="IST.sandbox.studio-owner",
    WIX_SITE_ID="set-by-the-fixture",
    PRESSES_PER_MINUTE="1000",
    LOG_LEVEL="WARNING",
)

pytest_plugins = [
    "tests.plugins.servers",
    "tests.plugins.browser",
    "tests.plugins.live_site",
    "tests.plugins.site",
]

__all__ = ["Iterator"]
