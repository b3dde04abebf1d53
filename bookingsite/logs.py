"""Logs without secrets and without personal data, as text or as one JSON object a line."""

import json
import logging
import re
from typing import Any

KEYED_ADDRESS = re.compile(r"/(b|back)/[A-Za-z0-9_:-]{8,}")
MAIL_ADDRESS = re.compile(r"[^\s@'\"<>(),;:]+@[^\s@'\"<>(),;:]+")


def redacted(text: str) -> str:
    """``text`` without booking keys and mail addresses."""
    return MAIL_ADDRESS.sub("(mail address)", KEYED_ADDRESS.sub(r"/\1/(key)", text))


class Redacting(logging.Formatter):
    """The usual line, redacted; the stack trace too."""

    def format(self, record: logging.LogRecord) -> str:
        """One redacted line, or several if there is a stack trace."""
        return redacted(super().format(record))


class AsJson(Redacting):
    """One JSON object a line: time, level, logger, message, and the stack trace if there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line of JSON."""
        line = {
            "time": self.formatTime(record),
            "level": record.levelname,
            "logger": record.name,
            "message": redacted(record.getMessage()),
        }
        if record.exc_info:
            line["trace"] = redacted(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


def logging_for(level: str, *, as_json: bool) -> dict[str, Any]:
    """Django's LOGGING: everything to standard error, ``level`` and above."""
    formatter = "bookingsite.logs.AsJson" if as_json else "bookingsite.logs.Redacting"
    shape = "{asctime} {levelname} {name} {message}"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": formatter, "format": shape, "style": "{"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {"django": {"handlers": [], "level": level, "propagate": True}},
    }
