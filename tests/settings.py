"""The settings of the tests: an environment of their own, read as any other.

pytest-django loads settings before it loads conftest.py, so this cannot stand there. Whatever could
reach a real Wix site, database or mailbox is set, so that no ``.env`` mixes with it.
"""

import atexit
import os
import shutil
import sys
from pathlib import Path
from tempfile import gettempdir

_var = Path(gettempdir()) / f"booking-tests-{os.getpid()}"
if "pytest" in sys.modules:  # mypy reads this file too, and never comes to its exit
    (_var / "static").mkdir(parents=True, exist_ok=True)  # whitenoise warns where there is none
    atexit.register(shutil.rmtree, _var, ignore_errors=True)

os.environ.update(
    DEBUG="false",
    SECRET_KEY="a secret for tests alone",
    PUBLIC_URL="http://testserver",
    ALLOWED_HOSTS="testserver,localhost,127.0.0.1",
    VAR_DIR=str(_var),
    DATABASE_URL=f"sqlite:///{_var / 'tests.sqlite3'}",
    CACHE_URL="locmemcache://",
    EMAIL_URL="memorymail://",
    OWNER_EMAIL="",
    WIX_BASE_URL="http://wix.test",
    WIX_MEDIA_URL="http://wix.test/media/",
    WIX_API_KEY="IST.sandbox.studio-owner",
    WIX_SITE_ID="set-by-the-fixture",
    WIX_APP_ID="",
    WIX_APP_SECRET="",
    WIX_INSTANCE_ID="",
    WIX_PUBLIC_KEY="",
    PAYMENT_WAYS="on_site,card",
    SERVICE_PAYMENT_WAYS="",
    WIX_CLIENT_ID="",
    PRESSES_PER_MINUTE="1000",
    LOG_LEVEL="WARNING",
)

from bookingsite.settings import *  # noqa: E402, F403  # only now can the settings be read

# Pages are tested without collecting files first; the live site of the browser tests collects them.
STORAGES["staticfiles"] = {  # noqa: F405  # from the star above
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
