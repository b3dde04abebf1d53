"""Wix tells apps what happens: signed, at least once, in time or again, and in no order."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests

from tests.in_process import Sandbox
from tests.sandbox.asking import Json, chair, create
from tests.sandbox.receiver import Receiver, receiving, within

TEN = "2030-06-04T10:00:00"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


def told(sandbox: Sandbox) -> list[str]:
    return [notice["eventType"] for notice in sandbox.webhooks()["notices"]]


def delivered(sandbox: Sandbox) -> list[Json]:
    assert within(30, lambda: sandbox.webhooks()["waiting"] == 0)
    return list(sandbox.webhooks()["deliveries"])


def of(*slugs: str) -> list[str]:
    return [f"wix.bookings.v2.booking_{slug}" for slug in slugs]


def test_each_step_of_a_booking_is_told(two_chairs: Sandbox) -> None:
    booking = create(two_chairs, chair(two_chairs, TEN))
    confirmed = two_chairs.confirm_or_decline(booking["id"])
    two_chairs.change(confirmed, "cancel", flowControlSettings={"ignoreCancellationPolicy": True})
    assert told(two_chairs) == of("created", "confirmed", "updated", "canceled", "updated")
    sequences = [one["entityEventSequence"] for one in two_chairs.webhooks()["notices"]]
    assert sequences == ["1", "2", "3", "4", "5"]


def test_a_declined_booking_is_told_with_what_it_was(two_chairs: Sandbox) -> None:
    booking = create(two_chairs, chair(two_chairs, TEN))
    two_chairs.change(booking, "decline")
    declined = two_chairs.webhooks()["notices"][1]
    assert declined["slug"] == "declined"
    assert declined["actionEvent"]["body"]["previousStatus"] == "CREATED"
    assert declined["actionEvent"]["body"]["booking"]["status"] == "DECLINED"


def test_waiting_for_the_owner_is_told_in_camel_case(sandbox: Sandbox) -> None:
    slots = sandbox.slots("private-yoga", "2030-06-04T00:00:00", "2030-06-06T00:00:00")
    sandbox.book("private-yoga", slots[0]["localStartDate"])
    assert told(sandbox) == of("created", "markedAsPending", "updated")


def test_reading_and_refusals_tell_nothing(two_chairs: Sandbox) -> None:
    two_chairs.slots("haircut", "2030-06-04T00:00:00", "2030-06-05T00:00:00")
    two_chairs.call("POST", "/bookings/v2/bookings", {"booking": {}})
    assert told(two_chairs) == []


def test_a_changed_a_new_and_a_renamed_thing_are_told(two_chairs: Sandbox) -> None:
    two_chairs.seed(services=[{"slug": "haircut", "name": "Cut"}, {"slug": "new-cut"}])
    service = "wix.bookings.services.v2.service"
    assert told(two_chairs) == [f"{service}_updated", f"{service}_created"]
    two_chairs.seed(site={"businessName": "Calm"})
    assert told(two_chairs)[2:] == ["SitePropertiesUpdated"]


def test_removing_and_installing_the_app_are_told(two_chairs: Sandbox) -> None:
    two_chairs.settings(installed=False)
    create(two_chairs, chair(two_chairs, TEN))
    two_chairs.settings(installed=True)
    assert told(two_chairs) == ["AppRemoved", "AppInstalled"]


def test_a_notice_reaches_every_address_once(two_chairs: Sandbox, receiver: Receiver) -> None:
    two_chairs.webhooks(url=receiver.url)
    create(two_chairs, chair(two_chairs, TEN))
    (delivery,) = delivered(two_chairs)
    assert (delivery["status"], delivery["attempt"], delivery["outcome"]) == (200, 1, "delivered")
    assert receiver.bodies[0].count(b".") == 2


def test_duplicates_come_when_ordered(two_chairs: Sandbox, receiver: Receiver) -> None:
    two_chairs.webhooks(url=receiver.url, copies=3)
    create(two_chairs, chair(two_chairs, TEN))
    ids = [one["id"] for one in delivered(two_chairs)]
    assert len(ids) == len(receiver.bodies) == 3
    assert len(set(ids)) == 1


def test_the_last_comes_first_when_shuffled(two_chairs: Sandbox, receiver: Receiver) -> None:
    two_chairs.webhooks(url=receiver.url, hold=True)
    booking = create(two_chairs, chair(two_chairs, TEN))
    two_chairs.change(booking, "decline")
    assert receiver.bodies == []
    two_chairs.webhooks(shuffle=True, hold=False)
    came = [one["eventType"] for one in delivered(two_chairs)]
    assert came == of("updated", "declined", "created")


def test_a_failure_is_repeated_until_it_is_taken(two_chairs: Sandbox) -> None:
    with receiving(500, 302, 200) as receiver:
        two_chairs.webhooks(url=receiver.url, compression=1e6)
        create(two_chairs, chair(two_chairs, TEN))
        tries = delivered(two_chairs)
    assert [(one["attempt"], one["status"]) for one in tries] == [(1, 500), (2, 302), (3, 200)]


def test_after_twelve_repetitions_a_notice_is_lost(two_chairs: Sandbox) -> None:
    with receiving(*[503] * 20) as receiver:
        two_chairs.webhooks(url=receiver.url, compression=1e9)
        create(two_chairs, chair(two_chairs, TEN))
        tries = delivered(two_chairs)
    assert len(tries) == 13
    assert [one["outcome"] for one in tries[-2:]] == ["to be repeated", "lost"]


def test_an_answer_later_than_1250_ms_does_not_count(two_chairs: Sandbox) -> None:
    with receiving(0) as receiver:
        two_chairs.webhooks(url=receiver.url, compression=1e6)
        create(two_chairs, chair(two_chairs, TEN))
        late, again = delivered(two_chairs)
    assert (late["status"], late["outcome"]) == (None, "to be repeated")
    assert 1250 <= late["milliseconds"] < 2500
    assert again["outcome"] == "delivered"


def test_a_notice_is_sent_again_on_demand(two_chairs: Sandbox, receiver: Receiver) -> None:
    two_chairs.webhooks(url=receiver.url)
    create(two_chairs, chair(two_chairs, TEN))
    (first,) = delivered(two_chairs)
    two_chairs.redeliver(first["id"])
    assert [one["id"] for one in delivered(two_chairs)] == [first["id"]] * 2
    with pytest.raises(ValueError, match="404"):
        two_chairs.redeliver("5e100000-0000-4000-8000-0000000000ff")


def test_a_reset_ends_what_was_still_to_be_told(two_chairs: Sandbox, receiver: Receiver) -> None:
    two_chairs.webhooks(url=receiver.url, hold=True)
    create(two_chairs, chair(two_chairs, TEN))
    two_chairs.reset("two-chairs")
    assert two_chairs.webhooks()["waiting"] == 0
    assert (two_chairs.webhooks()["urls"], receiver.bodies) == ([], [])


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"url": "ftp://example.com"},
        {"url": 7},
        {"url": "http://[::1"},
        {"copies": 0},
        {"compression": 0},
        {"compression": "x"},
        {"shout": 1},
    ],
    ids=str,
)
def test_an_order_that_cannot_be_followed_is_refused(sandbox: Sandbox, body: Json) -> None:
    assert sandbox.call("POST", "/_sandbox/webhooks", body).status_code == 400


def test_the_installer_sends_the_owner_back_with_a_proof(sandbox: Sandbox) -> None:
    told_ = sandbox.credentials
    session = sandbox.mount(requests.Session())
    query = {"appId": told_["appId"], "postInstallationUrl": "https://us.example/in?state=s&x="}
    answer = session.get(f"{sandbox.url}/app-installer", params=query, allow_redirects=False)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("https://us.example/in?state=s&x=&appId=")
    assert f"instanceId={told_['instanceId']}" in answer.headers["Location"]
    assert told(sandbox) == ["AppInstalled"]
    for wrong in ({"appId": "another"}, {"postInstallationUrl": "javascript:alert(1)"}):
        refused = session.get(f"{sandbox.url}/app-installer", params=query | wrong)
        assert refused.status_code in (400, 404)
