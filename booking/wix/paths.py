"""Ids inside addresses."""

from urllib.parse import quote


def in_path(identifier: str) -> str:
    """An id that cannot lead to another path, whatever is in it."""
    return quote(identifier, safe="")
