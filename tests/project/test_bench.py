"""The benchmark reads its tool correctly: its numbers are what we decide by."""

import pytest

from bench import notices
from bench.load import Load, middle, of_wrk
from booking.domain.notices import BookingNotice
from booking.wix.webhooks import Webhooks

SAID = """\
Running 3s test @ http://127.0.0.1:8000/
  1 threads and 8 connections
  Latency Distribution
     50%  605.00us
     75%  728.00us
     90%    0.97ms
     99%    1.20s
  3292 requests in 1.10s, 1.48MB read
  Socket errors: connect 0, read 2, write 0, timeout 1
  Non-2xx or 3xx responses: 40
Requests/sec:   2995.47
Transfer/sec:      1.35MB
"""


def test_rates_times_and_failures_are_read() -> None:
    load = of_wrk(SAID)
    assert load.per_second == 2995.47
    assert load.p50_ms == pytest.approx(0.605)
    assert load.p99_ms == pytest.approx(1200)
    assert load.failures == 43


def test_an_answer_without_a_rate_is_not_taken_for_one() -> None:
    with pytest.raises(ValueError, match="Requests/sec"):
        of_wrk("unable to connect")


def test_of_several_rounds_the_middle_one_counts_and_every_failure() -> None:
    loads = [Load(rate, 1, 2, failures) for rate, failures in ((300, 1), (100, 0), (200, 2))]
    assert middle(loads) == Load(200, 1, 2, 3)


def test_the_notices_it_sends_are_such_as_wix_sends() -> None:
    reader = Webhooks(notices.settings()["WIX_PUBLIC_KEY"], notices.APP)
    told = reader.read(notices.signed(7), instance_id=notices.INSTANCE)
    assert isinstance(told, BookingNotice)
    assert told.id == "event-7"
