"""Tests can have a PostgreSQL and a Redis of their own, and never find another test's rows there."""

import psycopg
import pytest
import redis


@pytest.mark.postgres
@pytest.mark.parametrize("time", ["first", "second"])
def test_each_test_begins_with_an_empty_database(postgres_url: str, time: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        connection.execute("CREATE TABLE used (time text)")
        assert connection.execute("SELECT count(*) FROM used").fetchone() == (0,)


@pytest.mark.redis
@pytest.mark.parametrize("time", ["first", "second"])
def test_each_test_begins_with_an_empty_redis(redis_url: str, time: str) -> None:
    with redis.Redis.from_url(redis_url) as client:
        assert client.incr("used") == 1
