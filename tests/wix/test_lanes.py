"""A slow or broken Wix takes only a part of the threads, and is left alone for a while."""

import threading

import pytest

from booking.wix import Limits, RetryRule
from booking.wix.errors import WixRefused, WixThrottled, WixUnreachable
from booking.wix.lanes import Circuit, Lane, Seats
from tests.wix.stand_in import ManualTime, StandIn, Told, a_transport, ok


def test_who_finds_no_seat_in_time_is_turned_away() -> None:
    seats = Seats(each=1, patience=0.01)
    with seats.one(Lane.BROWSE), pytest.raises(WixUnreachable), seats.one(Lane.BROWSE):
        pass


def test_a_seat_is_free_again_after_a_failure() -> None:
    seats = Seats(each=1, patience=0.01)
    with pytest.raises(ValueError, match="broken"), seats.one(Lane.BROWSE):
        raise ValueError("broken")
    with seats.one(Lane.BROWSE):
        pass


def test_those_who_look_around_do_not_keep_those_who_book_waiting() -> None:
    seats = Seats(each=1, patience=0.01)
    with (
        seats.one(Lane.BROWSE),
        seats.one(Lane.HOLD),
        seats.one(Lane.SETTLE),
        seats.one(Lane.SETTLE),
    ):
        pass


def test_at_most_so_many_reads_are_in_flight_and_writes_are_not_counted() -> None:
    inside, go = threading.Semaphore(0), threading.Event()

    def slowly(_: object) -> Told:
        inside.release()
        go.wait(5)
        return ok({})

    transport = a_transport(StandIn(slowly), limits=Limits(seats=2, patience=0.01))
    threads = [threading.Thread(target=transport.read, args=("/p",)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for _ in threads:
        assert inside.acquire(timeout=5)
    with pytest.raises(WixUnreachable, match="too many"):
        transport.read("/p")
    writing = threading.Thread(target=transport.write, args=("/p", {}))
    writing.start()
    assert inside.acquire(timeout=5)
    go.set()
    for thread in (*threads, writing):
        thread.join(5)


@pytest.fixture
def time() -> ManualTime:
    return ManualTime()


@pytest.fixture
def circuit(time: ManualTime) -> Circuit:
    return Circuit(threshold=2, rest=5.0, clock=time.clock)


def fail(circuit: Circuit) -> None:
    with pytest.raises(WixThrottled), circuit.guard():
        raise WixThrottled


def test_after_some_failures_in_a_row_nobody_is_let_through(circuit: Circuit) -> None:
    fail(circuit)
    fail(circuit)
    with pytest.raises(WixUnreachable, match="circuit open"), circuit.guard():
        pytest.fail("let through")


def test_an_answer_in_between_starts_the_count_again(circuit: Circuit) -> None:
    fail(circuit)
    with circuit.guard():
        pass
    fail(circuit)
    assert not circuit.is_open


def test_a_refusal_is_an_answer(circuit: Circuit) -> None:
    for _ in range(3):
        with pytest.raises(WixRefused), circuit.guard():
            raise WixRefused
    assert not circuit.is_open


def test_after_the_rest_one_may_probe_and_the_others_wait_for_what_it_finds(
    circuit: Circuit, time: ManualTime
) -> None:
    fail(circuit)
    fail(circuit)
    time.seconds += 5
    with circuit.guard(), pytest.raises(WixUnreachable, match="circuit open"), circuit.guard():
        pytest.fail("a second probe")
    with circuit.guard():
        assert not circuit.is_open


def test_a_probe_that_fails_begins_another_rest(circuit: Circuit, time: ManualTime) -> None:
    fail(circuit)
    fail(circuit)
    time.seconds += 5
    fail(circuit)
    time.seconds += 4
    with pytest.raises(WixUnreachable, match="circuit open"), circuit.guard():
        pytest.fail("let through")


def test_while_the_circuit_is_open_wix_is_not_asked(time: ManualTime) -> None:
    wix = StandIn(Told(503))
    transport = a_transport(
        wix, time=time, limits=Limits(failures=2, rest=5.0), retry=RetryRule(attempts=1)
    )
    for _ in range(4):
        with pytest.raises(WixUnreachable):
            transport.read("/p")
    assert len(wix.requests) == 2
    wix.will_say(ok({}))
    time.seconds += 5
    assert transport.read("/p").body == b"{}"
