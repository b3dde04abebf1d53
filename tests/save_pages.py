"""Saves every page in one language: ``python -m tests.save_pages <folder> <language>``.

A process of its own, because a browser's tests may not touch the database.
"""

import sys
from pathlib import Path

import django
from django.db import connection
from django.test.utils import setup_test_environment

django.setup()

from tests.every_page import PAGES, seen  # noqa: E402  # Django has to be ready first


def saved(folder: Path, name: str, language: str) -> Path:
    """Where a page stands in a folder of saved pages."""
    return folder / f"{name.replace(' ', '-').replace(',', '')}.{language}.html"


def main(folder: str, language: str) -> None:
    setup_test_environment()
    connection.creation.create_test_db(verbosity=0)
    for name in PAGES:
        saved(Path(folder), name, language).write_text(seen(name, language))


if __name__ == "__main__":
    main(*sys.argv[1:])
