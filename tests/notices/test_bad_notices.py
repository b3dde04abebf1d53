"""What is not Wix's leaves no trace; what is Wix's is never asked for twice, whatever it says."""

import base64
import json
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import Settings

from booking.models import Notice, Site
from booking.webhooks.door import Door
from booking.wix.webhooks import LARGEST
from tests.in_process import Sandbox
from tests.notices.post import ADDRESS, Post

pytestmark = pytest.mark.django_db

BROAD = (HealthCheck.function_scoped_fixture, HealthCheck.too_slow)


@pytest.fixture
def body(sandbox: Sandbox) -> bytes:
    """A genuine notice."""
    sandbox.book("haircut", "2027-03-04T15:00", confirm=False)
    return sandbox.notices()[-1]


def answered(path: str, body: bytes) -> str:
    """The status that what stands before Django gives; 204 is Django's own."""
    statuses: list[str] = []

    def start(status: str, _headers: Any, _trouble: Any = None) -> Any:
        statuses.append(status)

    def django(_environ: Any, start_response: Any) -> list[bytes]:
        start_response("204 No Content", [])
        return []

    asked = {"REQUEST_METHOD": "POST", "PATH_INFO": path, "CONTENT_LENGTH": str(len(body))}
    Door(django)({**asked, "wsgi.input": BytesIO(body)}, start)
    return statuses[-1]


def test_a_genuine_notice_is_stored_once_however_often_it_comes(post: Post, body: bytes) -> None:
    assert [post.deliver(body) for _ in range(3)] == [200, 200, 200]
    assert Notice.objects.count() == 1


def test_nothing_of_a_customer_is_kept(post: Post, body: bytes) -> None:
    post.deliver(body)
    kept = json.dumps(Notice.objects.values().get(), default=str)
    assert "Ada" not in kept
    assert "ada@example.com" not in kept


@pytest.mark.parametrize("which", [0, 1, 2])
def test_a_forged_notice_leaves_nothing(post: Post, body: bytes, which: int) -> None:
    parts = body.split(b".")
    parts[which] = base64.urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=")
    assert post.deliver(b".".join(parts)) == 400
    assert not Notice.objects.exists()


def test_a_notice_for_another_app_leaves_nothing(
    post: Post, body: bytes, settings: Settings
) -> None:
    settings.WIX_APP_ID = "another"
    assert post.deliver(body) == 400
    assert not Notice.objects.exists()


def test_a_notice_about_another_site_is_taken_and_left_alone(
    post: Post, body: bytes, settings: Settings
) -> None:
    settings.WIX_INSTANCE_ID = "another"
    assert post.deliver(body) == 200
    assert not Notice.objects.exists()


def test_a_notice_that_comes_days_late_counts(post: Post, body: bytes) -> None:
    post.clock.shift(3 * 24 * 3600)
    assert post.deliver(body) == 200
    assert Notice.objects.count() == 1


def test_a_notice_of_an_unknown_kind_is_taken_and_does_nothing(
    post: Post, body: bytes, settings: Settings
) -> None:
    post.deliver(body)
    Notice.objects.update(about="nothing", event_type="wix.brandnew.v1.thing_created")
    assert post.work() == []
    assert post.results() == {"nothing to do"}


def test_without_the_apps_key_there_is_no_such_address(
    post: Post, body: bytes, settings: Settings
) -> None:
    settings.WIX_PUBLIC_KEY = ""
    assert post.deliver(body) == 404


def test_nobody_can_look_at_the_address(maria: object) -> None:
    assert Client().get(ADDRESS).status_code == 405


@pytest.mark.parametrize("size", [LARGEST + 1, 10 * 1024 * 1024])
def test_what_is_too_large_is_refused_before_it_is_read(maria: object, size: int) -> None:
    class NeverRead:
        def read(self, *_: int) -> bytes:
            raise AssertionError("it was read")

        readline = read

    environ: dict[str, Any] = {"wsgi.input": NeverRead(), "CONTENT_LENGTH": str(size)}
    answer = Client(**environ).generic("POST", ADDRESS)
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
def test_what_a_notice_calls_itself_does_not_matter(post: Post, body: bytes, kind: str) -> None:
    answer = post.client.post(ADDRESS, body, content_type=kind)
    assert answer.status_code == 200
    assert Notice.objects.count() == 1


@pytest.mark.parametrize(
    ("path", "answer"), [(ADDRESS, "200 OK"), ("/webhooks/stripe/", "204 No Content")]
)
def test_before_django_only_notices_of_wix_are_answered(
    site: Site, body: bytes, path: str, answer: str
) -> None:
    assert answered(path, body) == answer
    assert Notice.objects.exists() == (path == ADDRESS)


def test_what_cannot_be_stored_is_to_be_told_again(post: Post, body: bytes) -> None:
    Site.objects.update(name="renamed")
    assert post.deliver(body) == 503


def test_it_is_answered_without_asking_wix_for_anything(
    post: Post, body: bytes, sandbox: Sandbox
) -> None:
    sandbox.forget_requests()
    post.deliver(body)
    assert sandbox.calls() == []


PARTS = st.binary(max_size=80).map(lambda told: base64.urlsafe_b64encode(told).rstrip(b"="))
HEADERS = st.sampled_from([b'{"alg":"RS256"}', b'{"alg":"none"}', b'{"alg":"HS256"}', b"{}", b"7"])
TOKENS = st.tuples(
    HEADERS.map(lambda told: base64.urlsafe_b64encode(told).rstrip(b"=")), PARTS, PARTS
).map(b".".join)


@pytest.mark.slow
def test_ten_thousand_other_bodies_are_refused_and_leave_nothing(site: Site) -> None:
    """Noise, and what looks like a token; sent past Django, as gunicorn sends them."""

    @hypothesis_settings(max_examples=10_000, deadline=None, suppress_health_check=BROAD)
    @given(body=st.one_of(st.binary(max_size=300), TOKENS))
    def every(body: bytes) -> None:
        assert answered(ADDRESS, body) == "400 Bad Request"

    every()
    assert not Notice.objects.exists()
