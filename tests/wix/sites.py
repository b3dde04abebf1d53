"""One process's client of a site with a shared cache, on a clock of the test's own."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime

from booking.domain.ids import ServiceId
from booking.domain.slot import Slot, Slots
from booking.wix import CachedTransport, RetryRule, Wix
from booking.wix.background import Background
from booking.wix.cache import Store
from tests.wix.examples import HAIRCUT, STUDIO, a_time_slot
from tests.wix.examples import time_slots as the_slots
from tests.wix.stand_in import ManualTime, Script, StandIn, Told, a_transport, ok

NINE = datetime(2026, 12, 1, 8, tzinfo=UTC)
TEN = datetime(2026, 12, 1, 9, tzinfo=UTC)
DOWN = Told(503)
ONE, TWO = ok(the_slots(a_time_slot())), ok(the_slots(a_time_slot(), a_time_slot()))


class Site:
    """One process's client of a site with a cache."""

    def __init__(
        self,
        time: ManualTime,
        store: Store,
        *script: Script,
        name: str = "studio",
        sleep: Callable[[float], None] | None = None,
        background: Background | None = None,
    ) -> None:
        self.time = time
        self.net = StandIn(*script)
        transport = a_transport(self.net, time=time, retry=RetryRule(attempts=1))
        self.cache = CachedTransport(
            transport,
            store,
            name,
            clock=time.clock,
            sleep=sleep or time.sleep,
            background=background or Background(),
        )
        self.wix = Wix(self.cache)

    @property
    def calls(self) -> int:
        return len(self.net.requests)

    def times(self, service_id: ServiceId = HAIRCUT) -> Slots:
        return self.wix.cached.time_slots.list(
            service_id, starts=NINE, ends=TEN, zone="Europe/Zurich"
        )

    def recheck(self) -> Slot | None:
        return self.wix.cached.time_slots.get(
            HAIRCUT, starts=NINE, ends=TEN, zone="Europe/Zurich", location=STUDIO
        )

    def settle(self) -> None:
        self.cache.background.wait()


def together(count: int, call: Callable[[], object]) -> None:
    """``call`` in so many threads that begin at the same moment."""
    barrier = threading.Barrier(count)

    def begin() -> None:
        barrier.wait(5)
        call()

    threads = [threading.Thread(target=begin, daemon=True) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
