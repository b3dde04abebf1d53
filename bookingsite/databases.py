"""Database settings that hold under load; Django's own lose most of a rush on SQLite."""

from pathlib import Path
from typing import Any

SQLITE = "django.db.backends.sqlite3"


def tuned(database: dict[str, Any]) -> dict[str, Any]:
    """``database`` (as Django wants it) with what each engine needs for many threads.

    SQLite: write-ahead log, a write lock taken when a transaction begins (a lock taken later cannot
    wait), twenty seconds of patience, every commit on the disk; its folder is made if missing.
    Connections are kept by each thread.
    """
    kept = {**database, "CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}
    if database["ENGINE"] != SQLITE:
        return kept
    Path(database["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    kept["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
    # A file: threads of a test cannot share an in-memory database without losing writes.
    kept["TEST"] = {"NAME": f"{database['NAME']}.test"}
    return kept
