"""However many ask the same thing at once, in threads or in processes, Wix is asked once."""

import threading

import pytest

from booking.wix.background import Background
from booking.wix.cache import LOCK_SECONDS, REST_SECONDS
from booking.wix.errors import WixAnswerMalformed, WixThrottled, WixUnreachable
from booking.wix.flights import Flights
from booking.wix.wire import Answer
from tests.wix.examples import HAIRCUT
from tests.wix.sites import DOWN, NINE, ONE, TEN, TWO, Site, together
from tests.wix.stand_in import ManualTime, Told, ok
from tests.wix.stores import MemoryStore


def test_twenty_threads_are_one_call(site: Site) -> None:
    together(20, site.times)
    assert site.calls == 1


def test_twenty_threads_that_find_a_stale_answer_are_one_call(site: Site) -> None:
    site.times()
    site.time.seconds += 30
    together(20, site.times)
    site.settle()
    assert site.calls == 2


def test_those_who_wait_get_the_same_failure() -> None:
    flights = Flights(patience=5)
    got: list[WixThrottled] = []

    def fail() -> Answer:
        while flights.waiting < 4:
            pass
        raise WixThrottled

    def wait() -> None:
        with pytest.raises(WixThrottled) as caught:
            flights.join("key", fail)
        got.append(caught.value)

    together(5, wait)
    assert len(got) == 5
    assert len({id(error) for error in got}) == 1


def test_who_waits_too_long_for_another_gives_up() -> None:
    flights = Flights(patience=0.01)
    failures: list[WixUnreachable] = []

    def never_while_somebody_waits() -> Answer:
        while not failures:
            pass
        return Answer(b"", NINE)

    def wait() -> None:
        try:
            flights.join("key", never_while_somebody_waits)
        except WixUnreachable as error:
            failures.append(error)

    together(2, wait)
    assert len(failures) == 1


def test_another_process_that_asks_already_is_waited_for(
    time: ManualTime, store: MemoryStore
) -> None:
    asking, answer = threading.Event(), threading.Event()

    def slowly(_: object) -> Told:
        asking.set()
        answer.wait(5)
        return ONE

    here = Site(time, store, slowly)
    asker = threading.Thread(target=here.times)
    asker.start()
    asking.wait(5)

    def let_the_other_finish(_: float) -> None:
        answer.set()
        asker.join(5)

    there = Site(time, store, TWO, sleep=let_the_other_finish)
    assert len(there.times().slots) == 1
    assert (here.calls, there.calls) == (1, 0)


def test_another_process_that_fails_is_not_waited_for_any_longer(
    time: ManualTime, store: MemoryStore
) -> None:
    asking, answer = threading.Event(), threading.Event()

    def fail(_: object) -> Told:
        asking.set()
        answer.wait(5)
        return DOWN

    def ask_in_vain() -> None:
        with pytest.raises(WixUnreachable):
            here.times()

    here = Site(time, store, fail)
    asker = threading.Thread(target=ask_in_vain)
    asker.start()
    asking.wait(5)

    polls: list[float] = []

    def let_the_other_fail(seconds: float) -> None:
        polls.append(seconds)
        answer.set()
        asker.join(5)

    there = Site(time, store, ONE, sleep=let_the_other_fail)
    assert len(there.times().slots) == 1
    assert there.calls == len(polls) == 1


def test_after_a_booking_nobody_joins_those_who_asked_before_it(
    time: ManualTime, store: MemoryStore
) -> None:
    site = Site(time, store)
    asking, answer = threading.Event(), threading.Event()

    def slowly(_: object) -> Told:
        site.net.will_say(TWO)
        asking.set()
        answer.wait(5)
        return ONE

    site.net.will_say(slowly)
    before = threading.Thread(target=site.times, daemon=True)
    before.start()
    asking.wait(5)
    time.seconds += 0.1
    site.wix.time_slots.forget(HAIRCUT)
    time.seconds += 0.1
    assert len(site.times().slots) == 2
    answer.set()
    before.join(5)


def test_a_process_that_died_while_asking_holds_nobody_up_for_long(
    time: ManualTime, store: MemoryStore, site: Site
) -> None:
    site.times()
    (key,) = store.values
    store.values.clear()
    store.add(f"{key}:asking", "a process that died", LOCK_SECONDS)
    began = time.seconds
    assert len(site.times().slots) == 1
    assert time.seconds - began <= 3.01


def test_a_refresh_that_failed_rests_before_it_is_tried_again(site: Site) -> None:
    site.times()
    site.net.will_say(DOWN)
    site.time.seconds += 10
    for _ in range(3):
        assert len(site.times().slots) == 1
        site.settle()
    assert site.calls == 2
    site.time.seconds += REST_SECONDS
    site.times()
    site.settle()
    assert site.calls == 3


def test_a_refresh_for_which_there_is_no_thread_is_left_to_the_next_caller(
    time: ManualTime, store: MemoryStore
) -> None:
    nobody = Background(threads=1)
    busy = threading.Event()
    for _ in range(4):
        nobody.submit(lambda: busy.wait(5))
    site = Site(time, store, ONE, background=nobody)
    site.times()
    time.seconds += 10
    assert len(site.times().slots) == 1
    assert site.calls == 1
    busy.set()
    site.settle()
    site.times()
    site.settle()
    assert site.calls == 2


def test_a_malformed_answer_of_a_refresh_does_not_replace_a_good_one(site: Site) -> None:
    site.times()
    site.net.will_say(ok({"timeSlots": [{"serviceId": None}]}))
    site.time.seconds += 10
    site.times()
    site.settle()
    assert len(site.times().slots) == 1
    with pytest.raises(WixAnswerMalformed):
        site.wix.time_slots.list(HAIRCUT, starts=NINE, ends=TEN, zone="Europe/Zurich")
