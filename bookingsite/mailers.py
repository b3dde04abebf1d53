"""How mail leaves: ``EMAIL_URL`` as Django 6.1's ``MAILERS``."""

from typing import Any

OPTIONS = {
    "EMAIL_HOST": "host",
    "EMAIL_PORT": "port",
    "EMAIL_HOST_USER": "username",
    "EMAIL_HOST_PASSWORD": "password",
    "EMAIL_USE_TLS": "use_tls",
    "EMAIL_USE_SSL": "use_ssl",
    "EMAIL_TIMEOUT": "timeout",
    "EMAIL_FILE_PATH": "file_path",
}
SMTP = "django.core.mail.backends.smtp.EmailBackend"
PATIENCE_SECONDS = 20


def mailers(parsed: dict[str, Any]) -> dict[str, Any]:
    """``parsed`` (django-environ's reading of a mail URL) as ``MAILERS``.

    A mail server gets twenty seconds: a worker must not hang on it.
    """
    backend = parsed["EMAIL_BACKEND"]
    options = {name: parsed[key] for key, name in OPTIONS.items() if parsed.get(key)}
    if backend == SMTP:
        options.setdefault("timeout", PATIENCE_SECONDS)
    return {"default": {"BACKEND": backend, "OPTIONS": options}}
