"""Until when a course can be joined, as its policy says."""

from datetime import UTC, datetime, timedelta

import pytest

from booking.domain.course import JoinBarrier, Meeting, Places, Run, join_barrier
from booking.domain.ids import EventId
from booking.domain.policy import Policy

FIRST = datetime(2030, 6, 18, 18, tzinfo=UTC)
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
RUN = Run(starts=FIRST, ends=FIRST + 5 * WEEK + HOUR, last_starts=FIRST + 5 * WEEK)
ENDLESS = Run(starts=FIRST, ends=None)
TEN = Places(total=10, left=10, checked_at=FIRST)
ONE_LEFT = Places(total=10, left=1, checked_at=FIRST)
PLAIN, LATE = Policy(), Policy(latest_minutes=24 * 60)
EARLY, ALWAYS = Policy(earliest_minutes=7 * 24 * 60), Policy(after_start=True)


def meeting(week: int, *, cancelled: bool = False) -> Meeting:
    starts = FIRST + week * WEEK
    return Meeting(
        event_id=EventId(f"e{week}"), starts=starts, ends=starts + HOUR, cancelled=cancelled
    )


@pytest.mark.parametrize(
    ("run", "policy", "now", "barrier"),
    [
        pytest.param(None, PLAIN, FIRST - DAY, JoinBarrier.UNSCHEDULED, id="no meetings"),
        pytest.param(RUN, PLAIN, FIRST - HOUR, None, id="an hour before"),
        pytest.param(RUN, PLAIN, FIRST, JoinBarrier.STARTED, id="as it starts"),
        pytest.param(RUN, LATE, FIRST - DAY, None, id="the last moment"),
        pytest.param(RUN, LATE, FIRST - DAY + HOUR, JoinBarrier.TOO_LATE, id="after it"),
        pytest.param(RUN, EARLY, FIRST - WEEK, None, id="the first moment"),
        pytest.param(RUN, EARLY, FIRST - WEEK - HOUR, JoinBarrier.TOO_EARLY, id="before it"),
        pytest.param(RUN, ALWAYS, FIRST + WEEK, None, id="started and open"),
        pytest.param(RUN, ALWAYS, FIRST + 5 * WEEK, None, id="as the last meeting begins"),
        pytest.param(
            RUN, ALWAYS, FIRST + 5 * WEEK + HOUR / 2, JoinBarrier.TOO_LATE, id="during the last"
        ),
        pytest.param(RUN, ALWAYS, FIRST + 6 * WEEK, JoinBarrier.ENDED, id="over"),
        pytest.param(ENDLESS, ALWAYS, FIRST + 99 * WEEK, None, id="without end"),
    ],
)
def test_a_course_can_be_joined_when_its_policy_lets_one(
    run: Run | None, policy: Policy, now: datetime, barrier: JoinBarrier | None
) -> None:
    assert join_barrier(run, policy, TEN, now) is barrier


def test_a_party_needs_a_place_each() -> None:
    now = FIRST - DAY
    assert join_barrier(RUN, PLAIN, ONE_LEFT, now) is None
    assert join_barrier(RUN, PLAIN, ONE_LEFT, now, party=2) is JoinBarrier.FULL


def test_a_run_reaches_from_the_first_to_the_last_meeting_that_is_held() -> None:
    meetings = [meeting(3), meeting(0, cancelled=True), meeting(1), meeting(4, cancelled=True)]
    assert Run.of(meetings) == Run(
        starts=FIRST + WEEK, ends=FIRST + 3 * WEEK + HOUR, last_starts=FIRST + 3 * WEEK
    )
    assert Run.of([meeting(0, cancelled=True)]) is None


def test_the_last_day_to_join_is_told() -> None:
    assert RUN.join_until(PLAIN) == FIRST
    assert RUN.join_until(LATE) == FIRST - DAY
    assert RUN.join_until(ALWAYS) == RUN.last_starts
    assert ENDLESS.join_until(ALWAYS) is None
    assert (RUN.join_from(PLAIN), RUN.join_from(EARLY)) == (None, FIRST - WEEK)
