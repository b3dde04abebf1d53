"""What the tests about the repository read: its files, and the settings they name."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def tracked_files(*patterns: str) -> list[Path]:
    """Return the files of the next commit that match git's ``patterns``: tracked or to be added."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [path for line in listed.splitlines() if (path := ROOT / line).is_file()]


def text_of(name: str) -> str:
    return (ROOT / name).read_text()


def settings_read() -> set[str]:
    """Names of environment variables that settings.py reads."""
    return set(
        re.findall(r'\benv\.\w+\(\s*"([A-Z][A-Z0-9_]*)"', text_of("bookingsite/settings.py"))
    )


def server_settings_read() -> set[str]:
    """Names of environment variables that gunicorn's configuration reads."""
    return set(re.findall(r'environ\.get\(\s*["\'](\w+)["\']', text_of("bookingsite/gunicorn.py")))


def make_targets() -> set[str]:
    return set(re.findall(r"^\.PHONY: (\S+)$", text_of("Makefile"), flags=re.MULTILINE))
