"""Temporary PostgreSQL and Redis servers, where their programs are found.

``postgres_url`` is a database nobody has used, for each test; ``redis_url`` an empty Redis.
"""

import os
import pwd
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
import redis
from pytest_postgresql.executors import PostgreSQLExecutor
from pytest_postgresql.janitor import DatabaseJanitor
from pytest_redis.executor import RedisExecutor

from bookingsite.processes import free_port
from tests.plugins.needs import need

HOST = "127.0.0.1"
# The site's threads keep a connection each.
POSTGRES_OPTIONS = "-c max_connections=250 -c listen_addresses=127.0.0.1 -c synchronous_commit=off"
_numbers = count(1)


@pytest.fixture(scope="session")
def postgres_server(request: pytest.FixtureRequest) -> Iterator[PostgreSQLExecutor]:
    programs = find_postgres()
    if programs is None:
        need(request, "no PostgreSQL: install its server (Debian: apt-get install postgresql)")
    with _folder_for_postgres() as folder:
        server = PostgreSQLExecutor(
            executable=str(_pg_ctl(programs, folder)),
            host=HOST,
            port=free_port(),
            user="booking",
            dbname="booking",
            datadir=str(folder / "data"),
            unixsocketdir=str(folder),
            logfile=str(folder / "log"),
            startparams="-w",
            postgres_options=POSTGRES_OPTIONS,
        )
        with server:
            server.wait_for_postgres()
            yield server


@pytest.fixture
def postgres_url(postgres_server: PostgreSQLExecutor) -> Iterator[str]:
    """The address of an empty database, for DATABASE_URL."""
    server = postgres_server
    name = f"booking_{next(_numbers)}"
    with DatabaseJanitor(user=server.user, host=HOST, port=server.port, dbname=name):
        yield f"postgres://{server.user}@{HOST}:{server.port}/{name}"


@pytest.fixture(scope="session")
def redis_server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RedisExecutor]:
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    if program is None:
        need(request, "no Redis: install its server (Debian: apt-get install redis-server)")
    server = RedisExecutor(
        executable=program,
        databases=16,
        redis_timeout=0,
        loglevel="warning",
        host=HOST,
        port=free_port(),
        datadir=tmp_path_factory.mktemp("redis"),
    )
    with server:
        yield server


@pytest.fixture
def redis_url(redis_server: RedisExecutor) -> str:
    """The address of an empty Redis, for CACHE_URL."""
    url = f"redis://{HOST}:{redis_server.port}/0"
    with redis.Redis.from_url(url) as client:
        client.flushall()
    return url


def find_postgres() -> Path | None:
    """Return the newest folder with PostgreSQL's programs: Debian keeps them off PATH."""
    on_path = shutil.which("pg_ctl")
    if on_path:
        return Path(on_path).resolve().parent
    debian = Path("/usr/lib/postgresql").glob("*/bin/pg_ctl")
    newest = max(debian, key=lambda program: int(program.parts[-3]), default=None)
    return newest.parent if newest else None


@contextmanager
def _folder_for_postgres() -> Iterator[Path]:
    """Make a folder that PostgreSQL's user can reach: pytest's own belong to root alone."""
    folder = Path(tempfile.mkdtemp(prefix="booking-postgres-"))
    if os.geteuid() == 0:
        shutil.chown(folder, _other_user())
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def _pg_ctl(programs: Path, folder: Path) -> Path:
    """Return a program that runs pg_ctl: as another user if we are root, which it refuses."""
    pg_ctl = programs / "pg_ctl"
    if os.geteuid() != 0:
        return pg_ctl
    wrapper = folder / "pg_ctl"
    wrapper.write_text(
        f'#!/bin/sh\ncd {folder}\nexec runuser -u {_other_user()} -- {pg_ctl} "$@"\n'
    )
    wrapper.chmod(0o755)
    return wrapper


def _other_user() -> str:
    """Debian's package makes ``postgres``; ``nobody`` is everywhere."""
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"
