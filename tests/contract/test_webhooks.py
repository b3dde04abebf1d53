"""The client reads every notice that the sandbox sends, and none that somebody else does."""

import base64
from datetime import UTC

import pytest

from booking.domain.notices import (
    BookingChange,
    BookingNotice,
    BusinessNotice,
    InstallNotice,
    Notice,
    OrderChange,
    OrderNotice,
    ServiceChange,
    ServiceNotice,
)
from booking.domain.outcome import Paid, WixStatus
from booking.wix import Wix
from booking.wix.errors import ForeignSite, NotFromWix
from booking.wix.webhooks import Webhooks
from tests.contract.conftest import the_booking, the_service, the_slots
from tests.contract.shop import bought, placed
from tests.contract.test_changing_bookings import a_time
from tests.in_process import Sandbox


@pytest.fixture
def webhooks(sandbox: Sandbox) -> Webhooks:
    return Webhooks(sandbox.credentials["publicKey"], sandbox.credentials["appId"])


def read(webhooks: Webhooks, sandbox: Sandbox) -> list[Notice]:
    return [webhooks.read(body) for body in sandbox.notices()]


def changes(webhooks: Webhooks, sandbox: Sandbox) -> list[BookingChange]:
    notices = read(webhooks, sandbox)
    return [notice.change for notice in notices if isinstance(notice, BookingNotice)]


def test_a_bookings_life_is_told(wix: Wix, sandbox: Sandbox, webhooks: Webhooks) -> None:
    slot = the_slots(wix, the_service(wix, "haircut").id).slots[0]
    made = wix.bookings.create(the_booking(slot))
    done = wix.bookings.confirm_or_decline(made.id, Paid.NOT_PAID)
    wix.bookings.cancel(made.id, done.revision, ignore_policy=True)
    created, confirmed, updated, cancelled, _ = read(webhooks, sandbox)
    assert isinstance(created, BookingNotice)
    assert created.booking == made
    assert isinstance(confirmed, BookingNotice)
    assert (confirmed.change, confirmed.booking) == (BookingChange.CONFIRMED, done)
    assert confirmed.previous_status is WixStatus.CREATED
    assert isinstance(updated, BookingNotice)
    assert updated.booking == done
    assert isinstance(cancelled, BookingNotice)
    assert cancelled.change is BookingChange.CANCELED
    assert [one.sequence for one in (created, confirmed, updated, cancelled)] == [1, 2, 3, 4]
    assert {one.entity_id for one in (created, cancelled)} == {made.id}
    assert created.instance_id == sandbox.credentials["instanceId"]
    assert created.happened_at == sandbox.now().astimezone(UTC)


def test_a_booking_that_waits_for_the_owner(wix: Wix, sandbox: Sandbox, webhooks: Webhooks) -> None:
    slot = the_slots(wix, the_service(wix, "private-yoga").id).slots[0]
    made = wix.bookings.create(the_booking(slot))
    pending = wix.bookings.confirm_or_decline(made.id, Paid.NOT_PAID)
    wix.bookings.decline(made.id, pending.revision)
    assert changes(webhooks, sandbox) == [
        BookingChange.CREATED,
        BookingChange.MARKED_AS_PENDING,
        BookingChange.UPDATED,
        BookingChange.DECLINED,
        BookingChange.UPDATED,
    ]


def test_services_the_business_and_the_app_itself(sandbox: Sandbox, webhooks: Webhooks) -> None:
    sandbox.seed(services=[{"slug": "haircut", "name": "Cut"}])
    sandbox.seed(site={"businessName": "Calm"})
    sandbox.settings(installed=False)
    service, business, removed = read(webhooks, sandbox)
    assert isinstance(service, ServiceNotice)
    assert service.change is ServiceChange.UPDATED
    assert isinstance(business, BusinessNotice)
    assert isinstance(removed, InstallNotice)
    assert not removed.installed
    assert len({service.id, business.id, removed.id}) == 3


def test_an_order_that_is_paid_for_at_wix_is_told(
    wix: Wix, sandbox: Sandbox, webhooks: Webhooks
) -> None:
    booking = placed(sandbox, "relaxing-massage")
    order = bought(wix, sandbox, booking)
    notices = read(webhooks, sandbox)
    orders = [each for each in notices if isinstance(each, OrderNotice)]
    told = {each.change for each in orders}
    assert {OrderChange.CREATED, OrderChange.APPROVED, OrderChange.PAYMENT_STATUS} <= told
    assert {each.entity_id for each in orders} == {order}
    assert BookingChange.CONFIRMED in changes(webhooks, sandbox)


def test_a_moved_booking_is_told(wix: Wix, sandbox: Sandbox, webhooks: Webhooks) -> None:
    haircut = the_service(wix, "haircut").id
    first, *_, last = the_slots(wix, haircut).slots
    made = wix.bookings.create(the_booking(first))
    done = wix.bookings.confirm_or_decline(made.id, Paid.NOT_PAID)
    wix.bookings.reschedule(made.id, done.revision, a_time(last))
    assert changes(webhooks, sandbox)[3:] == [BookingChange.RESCHEDULED, BookingChange.UPDATED]


def test_an_entity_may_come_as_text(wix: Wix, sandbox: Sandbox, webhooks: Webhooks) -> None:
    slot = the_slots(wix, the_service(wix, "haircut").id).slots[0]
    made = wix.bookings.create(the_booking(slot))
    done = wix.bookings.confirm_or_decline(made.id, Paid.NOT_PAID)
    as_objects = read(webhooks, sandbox)
    sandbox.webhooks(asText=True)
    assert read(webhooks, sandbox) == as_objects
    assert isinstance(as_objects[1], BookingNotice)
    assert as_objects[1].booking == done


def test_a_forged_notice_is_not_read(wix: Wix, sandbox: Sandbox, webhooks: Webhooks) -> None:
    slot = the_slots(wix, the_service(wix, "haircut").id).slots[0]
    wix.bookings.create(the_booking(slot))
    sandbox.webhooks(forged=True)
    with pytest.raises(NotFromWix):
        read(webhooks, sandbox)


def test_a_notice_days_later_is_still_read(sandbox: Sandbox, webhooks: Webhooks) -> None:
    sandbox.settings(installed=False)
    (body,) = sandbox.notices()
    sandbox.advance(3 * 24 * 60 * 60)
    assert isinstance(webhooks.read(body), InstallNotice)


def test_another_apps_and_another_sites_notices_are_not_read(
    sandbox: Sandbox, webhooks: Webhooks
) -> None:
    sandbox.settings(installed=False)
    (body,) = sandbox.notices()
    with pytest.raises(NotFromWix, match="another app"):
        Webhooks(sandbox.credentials["publicKey"], "another").read(body)
    with pytest.raises(ForeignSite):
        webhooks.read(body, instance_id="another")
    ours = webhooks.read(body, instance_id=sandbox.credentials["instanceId"])
    assert isinstance(ours, InstallNotice)


def test_the_public_key_may_come_in_base64_on_one_line(sandbox: Sandbox) -> None:
    sandbox.settings(installed=False)
    (body,) = sandbox.notices()
    pem = sandbox.credentials["publicKey"].encode()
    key = base64.b64encode(pem).decode()
    assert isinstance(Webhooks(key, sandbox.credentials["appId"]).read(body), InstallNotice)
