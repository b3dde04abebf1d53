"""The site as it is deployed: gunicorn, a worker, and a database server if one is wanted."""

import urllib.error
import urllib.request
from http import HTTPStatus

import pytest

from tests.plugins.live_site import LiveSite, StartLiveSite

_LOCAL = urllib.request.build_opener(urllib.request.ProxyHandler({}))
SECONDS = 30


@pytest.mark.postgres
@pytest.mark.redis
@pytest.mark.slow
def test_it_runs_on_postgresql_and_redis(
    start_live_site: StartLiveSite, postgres_url: str, redis_url: str
) -> None:
    site = start_live_site({"DATABASE_URL": postgres_url, "CACHE_URL": redis_url})
    with _LOCAL.open(f"{site.url}/services/haircut/", timeout=SECONDS) as answer:
        assert answer.status == HTTPStatus.OK
    site.processes.check()


def test_the_key_of_a_booking_is_never_written_to_a_log(live_site: LiveSite) -> None:
    key = "a2V5LW9mLWEtYm9va2luZw"
    with pytest.raises(urllib.error.HTTPError) as refusal:
        _LOCAL.open(f"{live_site.url}/b/{key}/", timeout=SECONDS)
    refusal.value.close()
    assert refusal.value.code == HTTPStatus.NOT_FOUND
    assert [name for name, text in live_site.processes.logs().items() if key in text] == []


def test_two_sites_share_nothing(live_site: LiveSite, start_live_site: StartLiveSite) -> None:
    other = start_live_site(worker=False)
    assert other.url != live_site.url
    assert other.sandbox_url != live_site.sandbox_url
    assert other.env["DATABASE_URL"] != live_site.env["DATABASE_URL"]
