"""Finds a Chromium for the browser tests; ``python -m tests.plugins.chromium`` installs one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
ON_A_MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
NONE_FOUND = (
    "no Chromium: install one (Debian: apt-get install chromium; elsewhere: "
    ".venv/bin/playwright install chromium), or name one in CHROMIUM"
)


def find() -> Path | None:
    """Return the browser named in CHROMIUM, else one on this machine, else Playwright's own."""
    named = os.environ.get("CHROMIUM")
    if named:
        return Path(named) if os.access(named, os.X_OK) else None
    on_path = next(filter(None, map(shutil.which, NAMES)), None)
    if on_path:
        return Path(on_path)
    return next((path for path in (ON_A_MAC, _playwrights_own()) if path.exists()), None)


def install() -> None:
    """Install the Debian package where that can be done, else what Playwright downloads."""
    is_root = os.geteuid() == 0
    if is_root and shutil.which("apt-get") and _runs("apt-get", "update", "--quiet=2"):
        packages = ("chromium", "fonts-dejavu-core")
        _runs("apt-get", "install", "--yes", "--quiet=2", "--no-install-recommends", *packages)
    if find() is None:
        with_libraries = ("--with-deps",) if is_root else ()
        _runs(sys.executable, "-m", "playwright", "install", *with_libraries, "chromium")


def main() -> None:
    """Tests that need a browser skip without one, so a failure here is only said."""
    if find() is None and not os.environ.get("CHROMIUM"):
        sys.stdout.write("No Chromium found: installing one.\n")
        sys.stdout.flush()
        install()
    sys.stdout.write(f"Chromium for the tests: {find() or NONE_FOUND}\n")


def _runs(*command: str) -> bool:
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(command, env=env, stdin=subprocess.DEVNULL, check=False).returncode == 0


def _playwrights_own() -> Path:
    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path)


if __name__ == "__main__":
    main()
