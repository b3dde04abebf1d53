"""One call to Wix: what it sends, when it asks again, and what it says when it gives up."""

import logging
from pathlib import Path

import pytest
import requests
from urllib3.exceptions import MaxRetryError, NewConnectionError

from booking.wix import Limits, RetryRule
from booking.wix.errors import (
    MediaMissing,
    SlotNotAvailable,
    WixAnswerMalformed,
    WixNotConnected,
    WixThrottled,
    WixUnreachable,
)
from tests.wix.stand_in import KEY, SITE, ManualTime, StandIn, Told, a_transport, ok, refusal

LOST = requests.ConnectionError("Connection aborted.")
TIMED_OUT = requests.ReadTimeout("read timed out")


def never_connected() -> requests.ConnectionError:
    reason = NewConnectionError(None, "refused")  # type: ignore[arg-type]  # it keeps it for repr
    return requests.ConnectionError(MaxRetryError(None, "/", reason))  # type: ignore[arg-type]  # a pool that nothing looks at


def test_a_call_proves_who_asks_with_the_raw_key_and_the_site() -> None:
    wix = StandIn(ok({"a": 1}))
    answer = a_transport(wix).read("/some/path", {"query": {}})
    sent = wix.requests[0]
    assert answer.body == b'{"a": 1}'
    assert sent.method == "POST"
    assert sent.url == "https://wix.test/some/path"
    assert sent.headers["Authorization"] == KEY
    assert sent.headers["wix-site-id"] == SITE
    assert sent.headers["Content-Type"] == "application/json"
    assert "python" not in sent.headers["User-Agent"].lower()
    assert wix.bodies == [{"query": {}}]


def test_an_answer_says_when_it_came() -> None:
    time = ManualTime()
    assert a_transport(StandIn(ok({})), time=time).read("/p").received_at == time.now()


@pytest.mark.parametrize(
    "trouble", [LOST, TIMED_OUT, Told(500), Told(503, b"<html>"), Told(429)], ids=repr
)
def test_a_read_is_asked_again_after_a_pause(trouble: Told | Exception) -> None:
    wix, time = StandIn(trouble, ok({"a": 1})), ManualTime()
    assert a_transport(wix, time=time).read("/p").body == b'{"a": 1}'
    assert len(wix.requests) == 2
    assert len(time.slept) == 1


def test_a_read_waits_as_long_as_wix_asks() -> None:
    wix, time = StandIn(Told(429, headers={"Retry-After": "5"}), ok({})), ManualTime()
    a_transport(wix, time=time).read("/p")
    assert time.slept == [5.0]


def test_a_read_gives_up_at_once_if_wix_asks_for_longer_than_anybody_waits() -> None:
    wix, time = StandIn(Told(429, headers={"Retry-After": "90"})), ManualTime()
    with pytest.raises(WixThrottled) as caught:
        a_transport(wix, time=time).read("/p")
    assert caught.value.retry_after == 90.0
    assert time.slept == []


def test_a_read_gives_up_with_the_name_of_the_call_and_wixs_request_id() -> None:
    wix = StandIn(Told(503, headers={"x-wix-request-id": "17.42"}))
    with pytest.raises(WixUnreachable, match=r"POST /p 503 \(request 17.42\)") as caught:
        a_transport(wix).read("/p")
    assert len(wix.requests) == 3
    assert not caught.value.maybe_done


def test_no_try_of_a_read_may_take_longer_than_what_is_left_for_all() -> None:
    time = ManualTime()

    def slowly(_: requests.PreparedRequest) -> Told:
        time.seconds += 7
        return Told(503)

    wix = StandIn(slowly)
    with pytest.raises(WixUnreachable):
        a_transport(
            wix, time=time, retry=RetryRule(budget=10.0, first_pause=1.0, jitter=lambda: 0.0)
        ).read("/p")
    assert [read for _, read in wix.timeouts] == pytest.approx([8.0, 2.5])


@pytest.mark.parametrize(
    "trouble", [LOST, TIMED_OUT, Told(500), Told(503), Told(302), Told(201)], ids=repr
)
def test_a_write_with_an_unknown_outcome_is_made_once_and_says_so(
    trouble: Told | Exception,
) -> None:
    wix = StandIn(trouble)
    with pytest.raises(WixUnreachable) as caught:
        a_transport(wix).write("/p", {})
    assert caught.value.maybe_done
    assert len(wix.requests) == 1


@pytest.mark.parametrize(
    "trouble", [never_connected(), requests.ConnectTimeout("no route"), Told(429)], ids=repr
)
def test_a_write_that_surely_did_nothing_is_made_again(trouble: Told | Exception) -> None:
    wix = StandIn(trouble, ok({"booking": 1}))
    assert a_transport(wix).write("/p", {}).body == b'{"booking": 1}'
    assert len(wix.requests) == 2


def test_a_write_that_never_left_leaves_nothing_in_doubt() -> None:
    with pytest.raises(WixUnreachable) as caught:
        a_transport(StandIn(never_connected())).write("/p", {})
    assert not caught.value.maybe_done


def test_a_refused_write_is_made_once() -> None:
    wix = StandIn(refusal(428, "SLOT_NOT_AVAILABLE"))
    with pytest.raises(SlotNotAvailable):
        a_transport(wix).write("/p", {})
    assert len(wix.requests) == 1


def test_a_write_gets_the_time_it_needs() -> None:
    wix = StandIn(ok({}))
    a_transport(wix, limits=Limits(write=30.0)).write("/p", {})
    assert wix.timeouts == [(3.05, 30.0)]


def test_an_answer_that_drips_in_for_longer_than_a_try_may_take_is_given_up() -> None:
    time = ManualTime()

    def slowly(_: requests.PreparedRequest) -> Told:
        time.seconds += 9
        return ok({})

    with pytest.raises(WixUnreachable):
        a_transport(StandIn(slowly), time=time, retry=RetryRule(attempts=1)).read("/p")


def test_a_redirect_is_not_followed_as_it_would_take_the_key_along() -> None:
    wix = StandIn(Told(302, headers={"Location": "https://elsewhere.test/"}))
    with pytest.raises(WixUnreachable):
        a_transport(wix, retry=RetryRule(attempts=1)).read("/p")
    assert wix.paths == ["/p"]


def test_an_answer_beyond_all_measure_is_not_read_to_its_end() -> None:
    wix = StandIn(Told(body=b"x" * 200_000))
    with pytest.raises(WixAnswerMalformed) as caught:
        a_transport(wix, limits=Limits(answer_bytes=100_000)).write("/p", {})
    assert caught.value.maybe_done


def test_a_rejected_key_is_not_tried_twice() -> None:
    wix = StandIn(Told(401))
    with pytest.raises(WixNotConnected):
        a_transport(wix).read("/p")
    assert len(wix.requests) == 1


def test_every_call_leaves_one_line_without_query_or_body(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO, "booking.wix")
    wix = StandIn(Told(503, headers={"x-wix-request-id": "17.1"}), LOST, ok({}))
    a_transport(wix).read("/p", {"secret": "Jo Doe"})
    lines = [record.getMessage() for record in caplog.records]
    assert lines == ["POST /p 503 0 ms 17.1", "POST /p 0 0 ms ", "POST /p 200 0 ms "]


PICTURE = Told(body=b"\xff\xd8jpeg", headers={"Content-Type": "image/jpeg; charset=x"})


def test_a_picture_is_fetched_from_the_media_host_without_credentials() -> None:
    wix = StandIn(PICTURE)
    assert a_transport(wix).media("11062b_ab~mv2.jpg", 1000) == (b"\xff\xd8jpeg", "image/jpeg")
    assert wix.requests[0].url == "https://media.test/media/11062b_ab~mv2.jpg"
    assert "Authorization" not in wix.requests[0].headers
    assert "wix-site-id" not in wix.requests[0].headers


def test_credentials_lying_about_on_the_machine_are_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine media.test login somebody password secret\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    wix = StandIn(PICTURE)
    a_transport(wix).media("a.jpg", 1000)
    assert "Authorization" not in wix.requests[0].headers


@pytest.mark.parametrize(
    "media_id",
    ["", "..", "a/b.jpg", "../secret", "a..b", ".hidden", "a?b", "a b", "é.jpg", "a" * 300],
)
def test_a_picture_that_would_lead_elsewhere_is_never_asked_for(media_id: str) -> None:
    wix = StandIn(PICTURE)
    with pytest.raises(MediaMissing):
        a_transport(wix).media(media_id, 1000)
    assert wix.requests == []


def test_a_picture_that_is_not_there_is_missing() -> None:
    wix = StandIn(Told(403, b"<Error>AccessDenied</Error>"))
    with pytest.raises(MediaMissing):
        a_transport(wix).media("a.jpg", 1000)


@pytest.mark.parametrize(
    "told",
    [
        Told(body=b"<svg/>", headers={"Content-Type": "image/svg+xml"}),
        Told(body=b"<html>", headers={"Content-Type": "text/html"}),
        Told(body=b"x"),
        Told(body=b"x" * 1001, headers={"Content-Type": "image/png"}),
    ],
    ids=["svg", "html", "untyped", "too large"],
)
def test_only_pictures_of_a_bounded_size_pass(told: Told) -> None:
    with pytest.raises(WixAnswerMalformed):
        a_transport(StandIn(told)).media("a.png", 1000)
