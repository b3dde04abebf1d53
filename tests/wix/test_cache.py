"""Many visitors are one call to Wix, and a Wix that is down is still an answer with its age."""

from pathlib import Path

import pytest
import requests
from django.core.cache.backends.filebased import FileBasedCache
from django.core.cache.backends.locmem import LocMemCache

from booking.domain.ids import ServiceId, WixBookingId
from booking.domain.slot import Slots
from booking.wix import Wix
from booking.wix.cache import Store
from booking.wix.errors import NothingKept, WixError, WixUnreachable
from tests.wix.examples import HAIRCUT, a_booking, a_service, a_time_slot, extended
from tests.wix.examples import services as the_services
from tests.wix.sites import DOWN, NINE, ONE, TEN, TWO, Site, together
from tests.wix.stand_in import ManualTime, Script, StandIn, Told, a_transport, ok
from tests.wix.stores import MemoryStore

DAY = 24 * 3600


def test_a_fresh_answer_is_given_without_asking(site: Site) -> None:
    first = site.times()
    site.time.seconds += 5
    assert site.times() == first
    assert site.calls == 1


def test_a_stale_answer_is_given_with_its_age_while_a_fresh_one_is_fetched(site: Site) -> None:
    first = site.times()
    site.net.will_say(TWO)
    site.time.seconds += 60
    stale = site.times()
    assert (len(stale.slots), stale.checked_at) == (1, first.checked_at)
    site.settle()
    assert len(site.times().slots) == 2
    assert site.calls == 2


def test_an_answer_older_than_that_is_asked_for_again(site: Site) -> None:
    site.times()
    site.net.will_say(TWO)
    site.time.seconds += 61
    assert len(site.times().slots) == 2
    assert site.calls == 2


@pytest.mark.parametrize(
    "trouble",
    [DOWN, Told(429), requests.ReadTimeout("slow"), Told(body=b"<html>"), ok({"timeSlots": [{}]})],
    ids=["down", "throttled", "slow", "HTML", "wrong fields"],
)
def test_while_wix_is_in_trouble_the_last_good_answer_is_given_with_its_age(
    site: Site, trouble: Script
) -> None:
    first = site.times()
    site.net.will_say(trouble)
    site.time.seconds += DAY - 1
    assert site.times() == first
    assert site.calls == 2


def test_after_a_day_an_answer_is_too_old_for_anything(site: Site) -> None:
    site.times()
    site.net.will_say(DOWN)
    site.time.seconds += DAY + 1
    with pytest.raises(WixUnreachable):
        site.times()


def test_a_lost_connection_to_the_site_itself_is_told_and_not_covered_up(site: Site) -> None:
    site.times()
    site.net.will_say(Told(401))
    site.time.seconds += 61
    with pytest.raises(WixError, match="401"):
        site.times()


@pytest.mark.parametrize("trouble", [DOWN, Told(body=b"<html>"), ok({"timeSlots": [{}]})])
def test_a_failure_is_not_kept(site: Site, trouble: Told) -> None:
    site.net.will_say(trouble)
    with pytest.raises(WixError):
        site.times()
    site.net.will_say(ONE)
    assert len(site.times().slots) == 1


def test_facts_are_fresh_for_minutes_and_then_served_stale_for_an_hour(
    time: ManualTime, store: MemoryStore
) -> None:
    site = Site(time, store, ok(the_services(a_service())))
    site.wix.cached.services.query()
    time.seconds += 300
    site.wix.cached.services.query()
    assert site.calls == 1
    site.net.will_say(ok(the_services()))
    time.seconds += 3300
    assert len(site.wix.cached.services.query()) == 1
    site.settle()
    assert site.wix.cached.services.query() == ()


def test_a_recheck_is_shared_for_a_moment_and_never_stale(
    time: ManualTime, store: MemoryStore
) -> None:
    site = Site(time, store, ok({"timeSlot": a_time_slot()}))
    site.recheck()
    time.seconds += 1.4
    site.recheck()
    assert site.calls == 1
    time.seconds += 0.2
    site.net.will_say(DOWN)
    with pytest.raises(WixUnreachable):
        site.recheck()


def test_bookings_are_never_kept(time: ManualTime, store: MemoryStore) -> None:
    site = Site(time, store, ok(extended(a_booking())))
    site.wix.cached.extended_bookings.by_id(WixBookingId("b00"))
    site.wix.cached.extended_bookings.by_id(WixBookingId("b00"))
    assert site.calls == 2


def test_the_live_client_asks_each_time(site: Site) -> None:
    assert site.wix.live is site.wix
    assert site.wix.cached.live is site.wix
    for _ in range(2):
        site.wix.time_slots.list(HAIRCUT, starts=NINE, ends=TEN, zone="Europe/Zurich")
    assert site.calls == 2


def test_without_a_store_there_is_only_the_live_client(time: ManualTime) -> None:
    wix = Wix(a_transport(StandIn(ONE), time=time))
    assert wix.cached is wix
    wix.time_slots.forget(HAIRCUT)


def test_each_question_has_an_answer_of_its_own(site: Site) -> None:
    site.times()
    site.times(ServiceId("another"))
    assert site.calls == 2


def test_sites_share_a_store_and_no_answers(time: ManualTime, store: MemoryStore) -> None:
    Site(time, store, ONE, name="studio").times()
    other = Site(time, store, TWO, name="salon")
    assert len(other.times().slots) == 2


def test_keys_tell_nothing(site: Site, store: MemoryStore) -> None:
    site.times()
    assert store.values
    assert not any("studio" in key or HAIRCUT in key for key in store.values)


def test_what_an_older_version_has_kept_is_passed_over(site: Site, store: MemoryStore) -> None:
    site.times()
    for key in store.values:
        store.set(key, {"another": "shape"}, 1000)
    assert len(site.times().slots) == 1
    assert site.calls == 2


def test_after_a_booking_the_services_times_are_asked_for_again(site: Site) -> None:
    site.times()
    site.times(ServiceId("another"))
    site.time.seconds += 0.1
    site.wix.time_slots.forget(HAIRCUT)
    site.time.seconds += 0.1
    site.net.will_say(TWO)
    assert len(site.times().slots) == 2
    assert len(site.times(ServiceId("another")).slots) == 1
    assert site.calls == 3


def test_after_a_booking_a_recheck_is_not_shared(time: ManualTime, store: MemoryStore) -> None:
    site = Site(time, store, ok({"timeSlot": a_time_slot()}))
    site.recheck()
    time.seconds += 0.1
    site.wix.time_slots.forget(HAIRCUT)
    time.seconds += 0.1
    site.recheck()
    assert site.calls == 2


def test_times_asked_for_before_a_booking_do_not_count_though_they_come_after_it(
    time: ManualTime, store: MemoryStore
) -> None:
    site = Site(time, store)

    def book_meanwhile(_: object) -> Told:
        site.net.will_say(TWO)
        time.seconds += 0.1
        site.wix.time_slots.forget(HAIRCUT)
        time.seconds += 0.1
        return ONE

    site.net.will_say(book_meanwhile)
    site.times()
    assert len(site.times().slots) == 2


def test_forgotten_times_are_still_better_than_none_while_wix_is_down(site: Site) -> None:
    first = site.times()
    site.time.seconds += 1
    site.wix.time_slots.forget(HAIRCUT)
    site.net.will_say(DOWN)
    assert site.times() == first


@pytest.mark.parametrize("kind", ["memory", "files"])
def test_djangos_caches_fit(kind: str, time: ManualTime, tmp_path: Path) -> None:
    stores: dict[str, Store] = {
        "memory": LocMemCache(str(tmp_path), {}),
        "files": FileBasedCache(str(tmp_path), {}),
    }
    here, there = Site(time, stores[kind], ONE), Site(time, stores[kind], TWO)
    together(8, here.times)
    assert len(there.times().slots) == 1
    here.wix.time_slots.forget(HAIRCUT)
    time.seconds += 1
    assert len(there.times().slots) == 2
    assert (here.calls, there.calls) == (1, 1)


def kept_times(site: Site) -> Slots:
    return site.wix.kept.time_slots.list(HAIRCUT, starts=NINE, ends=TEN, zone="Europe/Zurich")


def test_who_only_looks_at_what_is_kept_asks_nobody(site: Site) -> None:
    with pytest.raises(NothingKept):
        kept_times(site)
    assert site.calls == 0
    told = site.times()
    assert kept_times(site) == told
    assert site.calls == 1


def test_what_is_mentioned_in_passing_is_not_older_than_ten_minutes(site: Site) -> None:
    site.times()
    site.time.seconds += 600
    assert kept_times(site).slots
    site.time.seconds += 1
    with pytest.raises(NothingKept):
        kept_times(site)
    site.settle()
    assert site.calls == 1


def test_after_a_booking_nothing_is_kept_of_the_times_before_it(site: Site) -> None:
    site.times()
    site.time.seconds += 0.1
    site.wix.time_slots.forget(HAIRCUT)
    with pytest.raises(NothingKept):
        kept_times(site)


def test_what_is_never_kept_is_not_found_among_what_is(site: Site) -> None:
    with pytest.raises(NothingKept):
        site.wix.kept.extended_bookings.by_id(WixBookingId("b00"))
    with pytest.raises(NothingKept):
        site.wix.kept.bookings.decline(WixBookingId("b00"), "1")
    assert site.calls == 0


def test_without_a_store_nothing_is_kept(time: ManualTime) -> None:
    stand_in = StandIn(ONE)
    wix = Wix(a_transport(stand_in, time=time))
    with pytest.raises(NothingKept):
        wix.kept.time_slots.list(HAIRCUT, starts=NINE, ends=TEN, zone="Europe/Zurich")
    assert stand_in.requests == []


def test_each_of_the_three_ways_to_ask_leads_to_the_others(site: Site) -> None:
    for way in (site.wix, site.wix.cached, site.wix.kept):
        assert (way.live, way.cached, way.kept) == (site.wix, site.wix.cached, site.wix.kept)
