"""What our own holds leave of the times that Wix offers."""

from datetime import timedelta

from booking.domain.slot import Occupied, less_holds, with_buffer
from tests.builders import ANA, BEA, a_slot

NO_BUFFER = timedelta(0)


def held(at: str, who: str = "ana", *, minutes: int = 45) -> Occupied:
    slot = a_slot(at, minutes=minutes)
    return Occupied(
        staff_id=next(each.id for each in (ANA, BEA) if each.id == who),
        starts=slot.starts,
        ends=slot.ends,
    )


def test_a_time_stays_while_one_of_its_staff_is_free() -> None:
    [left] = less_holds([a_slot("2030-06-03T10:00")], [held("2030-06-03T10:00")], NO_BUFFER)
    assert left.staff == (BEA,)


def test_a_time_goes_with_its_last_free_staff_member() -> None:
    both = [held("2030-06-03T10:00"), held("2030-06-03T10:00", "bea")]
    assert less_holds([a_slot("2030-06-03T10:00")], both, NO_BUFFER) == []


def test_a_time_that_only_touches_a_hold_stays() -> None:
    slot = a_slot("2030-06-03T10:45", staff=(ANA,))
    assert less_holds([slot], [held("2030-06-03T10:00")], NO_BUFFER) == [slot]


def test_a_time_that_overlaps_a_hold_by_a_minute_goes() -> None:
    slot = a_slot("2030-06-03T10:44", staff=(ANA,))
    assert less_holds([slot], [held("2030-06-03T10:00")], NO_BUFFER) == []


def test_the_pause_between_two_appointments_is_kept_free_too() -> None:
    before = a_slot("2030-06-03T09:15", staff=(ANA,))
    assert less_holds([before], [held("2030-06-03T10:00")], timedelta(minutes=10)) == []


def test_a_time_with_more_staff_than_wix_named_stays() -> None:
    slot = a_slot("2030-06-03T10:00", staff=(ANA,), more_staff=True)
    [left] = less_holds([slot], [held("2030-06-03T10:00")], NO_BUFFER)
    assert left.staff == ()


def test_a_buffer_lies_after_the_appointment() -> None:
    slot = a_slot("2030-06-03T10:00")
    starts, ends = with_buffer(slot.starts, slot.ends, timedelta(minutes=15))
    assert (starts, ends - slot.ends) == (slot.starts, timedelta(minutes=15))
