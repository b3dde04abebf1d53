"""Sites as real processes, on either database, where Wix takes its time."""

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytest_postgresql.executors import PostgreSQLExecutor
from pytest_postgresql.janitor import DatabaseJanitor

from tests.in_process import Json, Sandbox
from tests.plugins.live_site import LiveSite, _Starting
from tests.plugins.servers import HOST

WIX_SECONDS = 0.6
SETTINGS = {"TRUSTED_PROXIES": "127.0.0.1", "PLACED_MAIL_SECONDS": "20"}


@dataclass(frozen=True)
class Rush:
    """A running site and the Wix behind it. The rate limits are those that every site begins with."""

    live: LiveSite
    wix: Sandbox

    @property
    def url(self) -> str:
        return self.live.url

    def slow_down(self, seconds: float = WIX_SECONDS) -> None:
        """From now on every call to Wix takes its time."""
        self.wix.fault("*", delay=seconds)

    def booked(self, who: str) -> list[Json]:
        """What Wix keeps of customers whose mail addresses begin with ``who``, oldest first."""
        kept = self.wix.bookings()
        return [one for one in kept if one["contactDetails"]["email"].startswith(who)]

    def statuses(self, who: str) -> list[str]:
        return [each["status"] for each in self.booked(who)]

    def mails(self, who: str) -> Counter[str]:
        """How many mails each of them was sent so far."""
        texts = [each.read_text() for each in self.live.mail_dir.glob("*")]
        return Counter(re.findall(rf"(?m)^To: ({who}\S*)$", "\n".join(texts)))


def soon[T](look: Callable[[], T], expected: T) -> T:
    """What ``look`` shows: as soon as it is ``expected``, else after a minute."""
    patience = time.monotonic() + 60.0
    while (seen := look()) != expected and time.monotonic() < patience:
        time.sleep(0.1)
    return seen


@pytest.fixture(scope="package")
def embedded() -> Mapping[str, str]:
    """The settings of the database that a site has when nothing is set."""
    return {}


@pytest.fixture(scope="package")
def postgres(postgres_server: PostgreSQLExecutor) -> Iterator[Mapping[str, str]]:
    """The settings of a database of the server's."""
    server = postgres_server
    with DatabaseJanitor(user=server.user, host=HOST, port=server.port, dbname="races"):
        yield {"DATABASE_URL": f"postgres://{server.user}@{HOST}:{server.port}/races"}


@pytest.fixture(
    scope="package",
    params=[
        pytest.param("embedded", id="sqlite"),
        pytest.param("postgres", id="postgres", marks=pytest.mark.postgres),
    ],
)
def open_shop(
    request: pytest.FixtureRequest, prepared_files: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Rush]:
    """A site of two chairs on each kind of database, which the tests of this folder share."""
    starting = _Starting(prepared_files, tmp_path_factory.mktemp("races"))
    try:
        live = starting(SETTINGS | request.getfixturevalue(request.param), seed="two-chairs")
        yield Rush(live, Sandbox(url=live.sandbox_url))
    finally:
        starting.stop_all()


@pytest.fixture
def rush(open_shop: Rush) -> Rush:
    """The shared site, with a Wix as quick as it can be."""
    open_shop.wix.clear_faults()
    return open_shop
