"""A read is repeated while there is hope and time; a write only if Wix surely did nothing."""

import pytest

from booking.wix import RetryRule
from booking.wix.errors import (
    SlotNotAvailable,
    WixAnswerMalformed,
    WixError,
    WixForbidden,
    WixThrottled,
    WixUnreachable,
)

RULE = RetryRule(attempts=3, budget=10.0, first_pause=1.0, longest_pause=3.0, jitter=lambda: 0.0)


def never_sent() -> WixUnreachable:
    error = WixUnreachable()
    error.not_sent = True
    return error


def throttled(retry_after: float | None) -> WixThrottled:
    error = WixThrottled(status=429)
    error.retry_after = retry_after
    return error


@pytest.mark.parametrize(
    ("failure", "read", "write"),
    [
        pytest.param(WixUnreachable(status=500), 0.5, None, id="Wix failed"),
        pytest.param(WixUnreachable(status=503), 0.5, None, id="Wix unavailable"),
        pytest.param(WixUnreachable(), 0.5, None, id="answer lost"),
        pytest.param(never_sent(), 0.5, 0.5, id="never connected"),
        pytest.param(throttled(None), 0.5, 0.5, id="throttled"),
        pytest.param(throttled(4.0), 4.0, 4.0, id="throttled with a time named"),
        pytest.param(throttled(60.0), None, None, id="throttled beyond the budget"),
        pytest.param(WixAnswerMalformed("", "no JSON"), None, None, id="malformed"),
        pytest.param(WixForbidden(status=403), None, None, id="forbidden"),
        pytest.param(SlotNotAvailable(status=428), None, None, id="refused"),
    ],
)
def test_what_is_worth_another_try(
    failure: WixError, read: float | None, write: float | None
) -> None:
    assert RULE.pause(failure, 1, repeatable=True) == read
    assert RULE.pause(failure, 1, repeatable=False) == write


def test_pauses_grow_up_to_the_longest() -> None:
    patient = RetryRule(attempts=9, first_pause=1.0, longest_pause=3.0, jitter=lambda: 0.999)
    pauses = [patient.pause(WixUnreachable(), attempt, repeatable=True) for attempt in (1, 2, 3, 4)]
    assert pauses == pytest.approx([1.0, 2.0, 3.0, 3.0], rel=0.01)


def test_callers_do_not_come_back_all_at_once() -> None:
    rule = RetryRule(first_pause=1.0)
    pauses = {rule.pause(WixUnreachable(), 1, repeatable=True) for _ in range(50)}
    assert len(pauses) > 40
    assert all(pause is not None and 0.5 <= pause < 1.0 for pause in pauses)


def test_it_gives_up_after_the_last_attempt() -> None:
    assert RULE.pause(WixUnreachable(), 2, repeatable=True) is not None
    assert RULE.pause(WixUnreachable(), 3, repeatable=True) is None


def test_it_gives_up_when_the_time_is_spent() -> None:
    assert RULE.pause(WixUnreachable(), 1, repeatable=True, spent=9.0) is not None
    assert RULE.pause(WixUnreachable(), 1, repeatable=True, spent=9.6) is None
