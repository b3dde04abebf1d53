"""An empty day says why as far as that is known, and who or where else has times."""

from datetime import UTC, datetime, timedelta

import pytest

from booking.domain.empty import Empty, Why, Wish, closed, explain
from booking.domain.ids import LocationId
from booking.domain.policy import Policy
from booking.domain.service import Location, LocationKind
from tests.builders import ANA, BEA, STUDIO, a_slot

NOON = datetime(2030, 6, 3, 12, tzinfo=UTC)
A_DAY = 24 * 60
ANNEX = Location(kind=LocationKind.BUSINESS, id=LocationId("annex"), name="Annex")
WITH_ANA, IN_THE_STUDIO = Wish(staff=ANA.id), Wish(location=STUDIO.id)
BY_BEA, IN_THE_ANNEX = a_slot(staff=(BEA,)), a_slot(location=ANNEX)


def of_a_day(policy: Policy, ahead: float) -> Empty | None:
    """What the policy says of the 24 hours that begin so many days from now."""
    starts = NOON + timedelta(days=ahead)
    return closed(starts, starts + timedelta(days=1), policy, NOON)


@pytest.mark.parametrize(
    ("ahead", "why"),
    [(0, Why.TOO_LATE), (1, Why.TOO_LATE), (1.01, None), (3, None)],
)
def test_a_day_is_too_late_once_the_notice_covers_all_of_it(ahead: float, why: Why | None) -> None:
    told = of_a_day(Policy(latest_minutes=2 * A_DAY), ahead)
    assert (told.why if told else None) == why


@pytest.mark.parametrize(
    ("ahead", "opens"),
    [(7, None), (7.5, NOON + timedelta(hours=12)), (9, NOON + timedelta(days=2))],
)
def test_a_day_is_too_early_until_its_first_moment_opens(
    ahead: float, opens: datetime | None
) -> None:
    told = of_a_day(Policy(earliest_minutes=7 * A_DAY), ahead)
    assert (told.opens if told else None) == opens


def test_a_business_without_limits_closes_no_day() -> None:
    assert of_a_day(Policy(), 0) is None
    assert of_a_day(Policy(), 700) is None


@pytest.mark.parametrize(
    ("wish", "listed", "left", "why"),
    [
        (Wish(), [], [], Why.NOTHING),
        (Wish(), [a_slot()], [], Why.KEPT),
        (WITH_ANA, [], [], Why.NOTHING),
        (WITH_ANA, [BY_BEA], [BY_BEA], Why.PERSON),
        (WITH_ANA, [BY_BEA], [], Why.NOTHING),
        (WITH_ANA, [a_slot()], [BY_BEA], Why.KEPT),
        (IN_THE_STUDIO, [IN_THE_ANNEX], [IN_THE_ANNEX], Why.PLACE),
        (IN_THE_STUDIO, [a_slot()], [IN_THE_ANNEX], Why.KEPT),
    ],
    ids=[
        "nothing at all",
        "all is kept",
        "nobody has anything",
        "another person has",
        "another person's is kept",
        "the person's is kept",
        "elsewhere",
        "kept here, free elsewhere",
    ],
)
def test_the_reason_is_what_is_known(
    wish: Wish, listed: list[object], left: list[object], why: Why
) -> None:
    assert explain(wish, listed, left).why is why  # type: ignore[arg-type]  # ids need one list type


def test_others_who_have_times_are_named_with_how_many_the_most_first() -> None:
    left = [BY_BEA, a_slot("2030-06-03T11:00", staff=(BEA, ANA)), BY_BEA]
    told = explain(Wish(staff=ANA.id, location=ANNEX.id), [], left)
    assert told.staff == ()
    assert explain(WITH_ANA, [], left).staff == ((BEA, 3), (ANA, 1))


def test_other_places_are_named_for_the_person_who_was_chosen() -> None:
    at_the_annex = a_slot(location=ANNEX, staff=(ANA,))
    wish = Wish(staff=ANA.id, location=STUDIO.id)
    told = explain(wish, [], [at_the_annex, BY_BEA])
    assert told.locations == ((ANNEX, 1),)
    assert told.staff == ((BEA, 1),)


def test_a_person_whom_wix_may_have_left_out_may_be_the_one() -> None:
    assert WITH_ANA.is_met_by(a_slot(staff=(BEA,), more_staff=True))
