"""The whole thing on one machine: ``make demo`` runs ``python -m bookingsite.demo``.

With credentials of a real Wix site in ``.env`` it books there; otherwise it starts the sandbox, an
emulated Wix, and books in that. Everything it writes is under ``var/`` (VAR_DIR).
"""

import email
import os
import shutil
import signal
import sys
import time
from collections.abc import Mapping
from email import policy
from pathlib import Path
from typing import NoReturn

import environ

from bookingsite.processes import (
    MANAGE,
    ROOT,
    WORKER,
    Processes,
    ProcessFailed,
    is_free,
    secret_in,
    site_environment,
    start_sandbox,
    start_site,
    wix_of_sandbox,
)

HOST = os.environ.get("HOST", "127.0.0.1")
PORT = int(os.environ.get("PORT", "8000"))
SANDBOX_PORT = int(os.environ.get("SANDBOX_PORT", "8100"))
SITE_URL = f"http://127.0.0.1:{PORT}"
VAR = Path(os.environ.get("VAR_DIR", ROOT / "var"))
OWN_VAR = VAR / f"demo-{PORT}"

# Any of these says that there is a real Wix site to book on.
CREDENTIALS = ("WIX_API_KEY", "WIX_API_KEY_FILE", "WIX_APP_ID")

PAID_AT_WIX = "relaxing-massage=wix,beard-trim=on_site+card+wix,vinyasa-yoga=on_site+wix"
"""Other services are paid on site or by card here."""

COMPILE_TRANSLATIONS = (
    *(sys.executable, "-m", "babel.messages.frontend", "--quiet", "compile"),
    *("--directory", str(ROOT / "locale"), "--domain", "django"),
)
PREPARATIONS = (
    (*MANAGE, "migrate", "--verbosity", "0"),
    (*MANAGE, "ensure_site"),
    (*MANAGE, "collectstatic", "--noinput", "--verbosity", "0"),
)


class PortTaken(Exception):
    """Something else listens on a port of ours."""


def main() -> int:
    """Run until Ctrl-C. Returns: the exit status, 0 if a person ended it."""
    # Ctrl-C too: a shell makes those deaf to it whom it starts in the background.
    for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, signal.default_int_handler)
    shutil.rmtree(OWN_VAR, ignore_errors=True)
    processes = Processes(OWN_VAR / "log")
    try:
        show(processes, start(processes))
    except KeyboardInterrupt:
        print("\nStopping.")
        return 0
    except (PortTaken, ProcessFailed) as problem:
        print(problem, file=sys.stderr)
        return 1
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # impatience must not leave processes behind
        processes.stop()


def start(processes: Processes) -> dict[str, str]:
    """Start what the demo consists of, and return the site's environment."""
    need_port("PORT", PORT)
    env = environment_of_wix() or environment_of_sandbox(processes)
    prepare(processes, env)
    start_site(processes, env)
    processes.start("worker", *WORKER, env=env)
    return env


def show(processes: Processes, env: Mapping[str, str]) -> NoReturn:
    """Print where everything is, then each mail as it is sent, until something ends it."""
    mail = folder_of(env["EMAIL_URL"])
    print(
        f"\n  Wix      {env.get('WIX_BASE_URL') or 'the real one, as .env says'}"
        f"\n  Mail     {readable(mail) if mail else 'sent, as EMAIL_URL says'}"
        f"\n  Logs     {readable(OWN_VAR / 'log')}/"
        f"\n  Stop     Ctrl-C"
        f"\n\n  The site is ready: {SITE_URL}/\n",
        flush=True,
    )
    shown = set(mails_in(mail))
    while True:
        processes.check()
        for sent in sorted(set(mails_in(mail)) - shown):
            shown.add(sent)
            say(headline(sent))
        time.sleep(0.5)


def environment_of_wix() -> dict[str, str] | None:
    """The environment with ``.env``, if it names a real Wix site."""
    environ.Env.read_env(ROOT / ".env")
    if not any(os.environ.get(name) for name in CREDENTIALS):
        return None
    say("Found credentials of a real Wix site: bookings made here are real.")
    return {
        "EMAIL_URL": f"filemail:///{VAR / 'mail'}",
        "PORT": str(PORT),
        "PUBLIC_URL": SITE_URL,
        "SECRET_KEY": secret_in(VAR / "secret_key"),
        **os.environ,
    }


def environment_of_sandbox(processes: Processes) -> dict[str, str]:
    """Start the sandbox, which knows nothing of an earlier demo; nor do the site's own rows."""
    need_port("SANDBOX_PORT", SANDBOX_PORT)
    say("No credentials of a real Wix site in .env: using the sandbox, an emulated Wix.")
    wix = wix_of_sandbox(start_sandbox(processes, SANDBOX_PORT))
    env = site_environment(port=PORT, var=OWN_VAR, wix=wix)
    return env | {"PAYMENT_PROVIDER": "pretend", "SERVICE_PAYMENT_WAYS": PAID_AT_WIX}


def prepare(processes: Processes, env: Mapping[str, str]) -> None:
    """Bring translations, database, site row and static files up to date."""
    say("Preparing the database and the static files.")
    if (ROOT / "locale").is_dir():
        processes.run("prepare", *COMPILE_TRANSLATIONS, env=env)
    for command in PREPARATIONS:
        processes.run("prepare", *command, env=env)


def need_port(name: str, port: int) -> None:
    if not is_free(HOST, port):
        raise PortTaken(
            f"Port {port} is taken by another program. Choose one: make demo {name}={port + 1}"
        )


def folder_of(email_url: str) -> Path | None:
    """Where mail is written as files; None if it goes elsewhere."""
    scheme, _, path = email_url.partition(":///")
    return Path(path) if scheme == "filemail" else None


def mails_in(folder: Path | None) -> list[Path]:
    """The mails that have been written, in no order."""
    return [mail for mail in folder.glob("*.log") if mail.stat().st_size] if folder else []


def headline(sent: Path) -> str:
    """One line about a mail in a file."""
    mail = email.message_from_bytes(sent.read_bytes(), policy=policy.default)
    return f"Mail to {mail['To']}: {mail['Subject']} ({readable(sent)})"


def readable(path: Path) -> Path:
    return path.relative_to(ROOT) if path.is_relative_to(ROOT) else path


def say(text: str) -> None:
    print(f"  {text}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
