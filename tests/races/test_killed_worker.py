"""A worker is killed in the middle of its work; the next one finishes it."""

import os
import signal

import pytest

from tests.in_process import Sandbox
from tests.plugins.live_site import StartLiveSite
from tests.races.conftest import Rush, soon
from tests.races.crowd import a_customer

pytestmark = pytest.mark.slow
HURRIED = {
    "ATTEMPT_LEASE_SECONDS": "2",
    "ATTEMPT_BACKOFF_SECONDS": "0.2",
    "LOOKUP_GRACE_SECONDS": "0.5",
    "WORKER_TICK_SECONDS": "0.2",
    "PLACED_MAIL_SECONDS": "60",
}
CREATE = "/bookings/v2/bookings"


def test_a_booking_survives_the_worker_that_was_making_it(start_live_site: StartLiveSite) -> None:
    live = start_live_site(HURRIED, seed="two-chairs", worker=False)
    rush, maria = Rush(live, Sandbox(url=live.sandbox_url)), a_customer(live.url)
    path = maria.hold()
    rush.wix.fault(CREATE, status=503, times=1)
    page = maria.send(path).location
    rush.wix.fault(CREATE, delay=20, times=1)
    live.start_worker()
    assert soon(lambda: rush.statuses("maria"), ["CREATED"]) == ["CREATED"]
    os.killpg(live.processes._started["worker"].pid, signal.SIGKILL)
    live.stop("worker")
    assert maria.look(page).main("stage") == "placed"
    live.start_worker()
    assert soon(lambda: maria.look(page).main("stage"), "confirmed") == "confirmed"
    assert rush.statuses("maria") == ["CONFIRMED"]
    one_mail = {"maria@example.com": 1}
    assert soon(lambda: rush.mails("maria"), one_mail) == one_mail
