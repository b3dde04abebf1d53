"""Every setting, read once from the environment; a bad combination stops the start.

Each name is explained in docs/configuration.md, and a test compares the two.
"""

import zoneinfo
from pathlib import Path

import environ
from django.utils.csp import CSP

from bookingsite.databases import tuned
from bookingsite.logs import logging_for
from bookingsite.mailers import mailers

# One zone database for every surface: the pinned tzdata package, never the machine's, which may be
# older than the rules that governments have changed since.
zoneinfo.reset_tzpath(to=[])
zoneinfo.ZoneInfo.clear_cache()  # should anything have looked at a clock before

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.FileAwareEnv()  # type: ignore[no-untyped-call]  # the library has no types there
env.read_env(BASE_DIR / ".env")


DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="only-for-development" if DEBUG else env.NOTSET)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
PUBLIC_URL = env.str("PUBLIC_URL", default="http://localhost:8000" if DEBUG else env.NOTSET)
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=[])
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))

# Wix: one of the two kinds of credentials. Secrets may come from files, which tend to end with a
# line break.
WIX_BASE_URL = env.str("WIX_BASE_URL", default="https://www.wixapis.com")
WIX_MEDIA_URL = env.str("WIX_MEDIA_URL", default="https://static.wixstatic.com/media/")
WIX_API_KEY = env.str("WIX_API_KEY", default="").strip()
WIX_SITE_ID = env.str("WIX_SITE_ID", default="").strip()
WIX_APP_ID = env.str("WIX_APP_ID", default="").strip()
WIX_APP_SECRET = env.str("WIX_APP_SECRET", default="").strip()
WIX_INSTANCE_ID = env.str("WIX_INSTANCE_ID", default="").strip()
# The app's public key: with it Wix's notices are believed to come from Wix; without it none is taken.
WIX_PUBLIC_KEY = env.str("WIX_PUBLIC_KEY", default="").strip()
WIX_CONNECT_SECONDS = env.float("WIX_CONNECT_SECONDS", default=3.05)
WIX_READ_SECONDS = env.float("WIX_READ_SECONDS", default=5.0)
WIX_WRITE_SECONDS = env.float("WIX_WRITE_SECONDS", default=12.0)
WIX_CHECKOUT_API = env.str("WIX_CHECKOUT_API", default="cart")
WIX_AVAILABILITY_API = env.str("WIX_AVAILABILITY_API", default="time-slots")
WIX_NOTIFIES_CUSTOMERS = env.bool("WIX_NOTIFIES_CUSTOMERS", default=False)

# How customers may pay. Empty: on site, and by card here or, where nobody takes cards, at Wix.
PAYMENT_WAYS = env.list("PAYMENT_WAYS", default=[])
SERVICE_PAYMENT_WAYS = env.list("SERVICE_PAYMENT_WAYS", default=[])
WIX_CLIENT_ID = env.str("WIX_CLIENT_ID", default="").strip()
WIX_CHECKOUT_ORIGINS = env.list("WIX_CHECKOUT_ORIGINS", default=[])

# Who takes cards on our own pages; empty: nobody, and what is paid online cannot be booked here.
PAYMENT_PROVIDER = env.str("PAYMENT_PROVIDER", default="")
FORMER_PAYMENT_PROVIDERS = env.list("FORMER_PAYMENT_PROVIDERS", default=[])
STRIPE_SECRET_KEY = env.str("STRIPE_SECRET_KEY", default="").strip()
STRIPE_WEBHOOK_SECRETS = env.list("STRIPE_WEBHOOK_SECRETS", default=[])
STRIPE_BASE_URL = env.str("STRIPE_BASE_URL", default="")
STRIPE_PAGE_ORIGIN = env.str("STRIPE_PAGE_ORIGIN", default="")
WIX_KEEPS_TIMES = env.bool("WIX_KEEPS_TIMES", default=False)
RECORD_ORDERS = env.bool("RECORD_ORDERS", default=True)
WIX_IS_REAL = WIX_BASE_URL.endswith(".wixapis.com")

# Limits for one address, and back-offs; the tests compress the latter.
HOLDS_PER_ADDRESS = env.int("HOLDS_PER_ADDRESS", default=8)
PRESSES_PER_MINUTE = env.int("PRESSES_PER_MINUTE", default=30)
LOGINS_PER_HOUR = env.int("LOGINS_PER_HOUR", default=20)
MAILED_LINKS_PER_HOUR = env.int("MAILED_LINKS_PER_HOUR", default=5)
ATTEMPT_LEASE_SECONDS = env.float("ATTEMPT_LEASE_SECONDS", default=60.0)
ATTEMPT_BACKOFF_SECONDS = env.float("ATTEMPT_BACKOFF_SECONDS", default=4.0)
LOOKUP_GRACE_SECONDS = env.float("LOOKUP_GRACE_SECONDS", default=20.0)
WATCH_SECONDS = env.float("WATCH_SECONDS", default=60.0)
REVIEW_SECONDS = env.float("REVIEW_SECONDS", default=3600.0)
PLACED_MAIL_SECONDS = env.float("PLACED_MAIL_SECONDS", default=60.0)
WORKER_TICK_SECONDS = env.float("WORKER_TICK_SECONDS", default=1.0)

DATABASES = {
    "default": tuned(env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'booking.sqlite3'}"))
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_cache = env.str("CACHE_URL", default="")
CACHES = {
    "default": env.cache_url("CACHE_URL")
    if _cache
    else {
        "BACKEND": "bookingsite.caches.SharedFileCache",
        "LOCATION": VAR_DIR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 5000},
    }
}
RATE_LIMIT_STORE = _cache if _cache.startswith(("redis://", "rediss://")) else "memory://"

MAILERS = mailers(env.email_url("EMAIL_URL", default="consolemail://"))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="bookings@localhost")
OWNER_EMAIL = env.str("OWNER_EMAIL", default="")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_tasks_db",
    "booking",
]
TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
    }
}

MIDDLEWARE = [
    "booking.middleware.health",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.common.CommonMiddleware",
    "booking.middleware.current_site",
    "booking.middleware.language_and_zone",
    "booking.middleware.PagesForErrors",
]
ROOT_URLCONF = "bookingsite.urls"
WSGI_APPLICATION = "bookingsite.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": ["booking.wiring.of_every_page"],
            "builtins": ["booking.templatetags.booking", "booking.templatetags.links"],
        },
    }
]

# Languages: one line here, one folder in locale/.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch"), ("pt", "Português"), ("he", "עברית")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Everything a page needs comes from us. Only the embed pages may ever loosen this.
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
_https = PUBLIC_URL.startswith("https://")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=False)
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31536000 if _https else 0)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]

# The console (booking/console): its cookies go nowhere else, and its accounts are Django's.
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/console/"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.bool("CONSOLE_COOKIES_SECURE", default=_https)
SESSION_COOKIE_AGE = env.int("CONSOLE_HOURS", default=12) * 3600
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL.rstrip("/")]
CSRF_FAILURE_VIEW = "booking.console.views.forged"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 250  # an owner's long form, and thirty people with a contact each

LOGGING = logging_for(
    env.str("LOG_LEVEL", default="INFO"), as_json=env.bool("LOG_JSON", default=False)
)
