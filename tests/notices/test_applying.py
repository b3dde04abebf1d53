"""Stored is stored: a notice is applied once it can be, wholly or not at all, and again on demand."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from booking import wiring
from booking.actions import forget, notices
from booking.models import Attempt, Notice
from tests.in_process import Sandbox
from tests.notices.post import Post, order_at_wix, owner_cancels
from tests.steps import Customer

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """The process ends here."""


@contextmanager
def killed_before(*words: str) -> Iterator[None]:
    """Die when the database is told something in which all these words are."""

    def die(execute: Callable[..., Any], sql: str, *arguments: Any) -> Any:
        if all(word in sql for word in words):
            raise Killed
        return execute(sql, *arguments)

    with connection.execute_wrapper(die), pytest.raises(Killed):
        yield


def test_killed_between_effect_and_done_it_is_applied_again(
    maria: Customer, sandbox: Sandbox, post: Post
) -> None:
    page = maria.book()
    post.worker.run()
    owner_cancels(sandbox)
    for body in post.new():
        post.deliver(body)
    with killed_before('UPDATE "booking_notice"', '"applied"'):
        post.apply()
    assert not Attempt.objects.filter(step="review").exists()
    assert not Notice.objects.exclude(applied=None).exists()
    post.clock.shift(wiring.patience().lease)
    post.work()
    assert maria.look(page).main("truth") == "called_off"
    assert not Notice.objects.filter(applied=None).exists()


def test_whose_lease_has_lapsed_applies_nothing(
    maria: Customer, sandbox: Sandbox, post: Post
) -> None:
    maria.book()
    for body in post.new():
        post.deliver(body)
    now, lease = timezone.now(), wiring.patience().lease
    [(ids, until)] = notices.claim_due(now, lease, 200)
    slow = notices.claimed(ids, until)
    notices.claim_due(until, lease, 200)
    notices.apply(slow, wiring.wix_of(post.worker.site).live, until, wiring.patience())
    assert Notice.objects.filter(applied=None).count() == len(ids)


@pytest.fixture
def of_an_order(maria: Customer, sandbox: Sandbox, post: Post) -> list[bytes]:
    """Notices of an order at Wix that we know nothing of."""
    maria.book()
    post.worker.run()
    post.new()
    order_at_wix(post.worker, sandbox)
    return post.new()


def test_an_order_that_cannot_be_read_now_is_read_later(
    sandbox: Sandbox, post: Post, of_an_order: list[bytes]
) -> None:
    sandbox.fault("*", status=503)
    post.bring(of_an_order)
    assert not Notice.objects.exclude(applied=None).exists()
    sandbox.clear_faults()
    post.work(60)
    assert post.results() == {"looked again"}


def test_an_order_that_we_may_not_read_is_passed_over(
    sandbox: Sandbox, post: Post, of_an_order: list[bytes]
) -> None:
    sandbox.fault("*", status=403)
    post.bring(of_an_order)
    assert post.results() == {"may not be read"}


def test_many_notices_of_one_booking_are_one_look(
    maria: Customer, sandbox: Sandbox, post: Post
) -> None:
    maria.book()
    post.worker.run()
    sandbox.forget_requests()
    post.bring()
    assert Notice.objects.count() == 3
    assert len(sandbox.calls("/extended-bookings/query")) == 1


def test_what_changes_of_services_shows_on_the_next_page(
    maria: Customer, sandbox: Sandbox, post: Post
) -> None:
    assert "Haircut" in maria.look("/").words
    sandbox.seed(services=[{"slug": "haircut", "name": "A new cut"}])
    assert "A new cut" not in maria.look("/").words
    post.bring()
    assert "A new cut" in maria.look("/").words


def test_what_changes_of_the_business_shows_on_the_next_page(
    maria: Customer, sandbox: Sandbox, post: Post
) -> None:
    maria.look("/")
    sandbox.seed(site={"businessName": "Calm and sons"})
    post.bring()
    assert "Calm and sons" in maria.look("/").words


def test_an_app_that_is_removed_is_an_error_in_the_log(
    maria: Customer, sandbox: Sandbox, post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    sandbox.settings(installed=False)
    post.bring()
    assert "removed" in caplog.text


def test_notices_can_be_applied_again(maria: Customer, sandbox: Sandbox, post: Post) -> None:
    page = maria.book()
    post.bring()
    owner_cancels(sandbox)
    post.new()  # these are lost
    said = StringIO()
    call_command("replay_notices", since="2027-03-01T06:00:00Z", stdout=said)
    assert said.getvalue() == "3 notices are applied again by the worker.\n"
    post.work()
    assert maria.look(page).main("truth") == "called_off"


def test_only_those_since_a_moment_are_applied_again(maria: Customer, post: Post) -> None:
    maria.book()
    post.bring()
    said = StringIO()
    call_command("replay_notices", since="2027-03-02T07:00:00", stdout=said)
    assert said.getvalue().startswith("0 notices")


def test_since_must_be_a_moment() -> None:
    with pytest.raises(CommandError, match="moment"):
        call_command("replay_notices", since="yesterday")


def test_notices_are_forgotten_after_three_months(maria: Customer, post: Post) -> None:
    maria.book()
    post.bring()
    forget.forget_old(timezone.now())
    assert Notice.objects.exists()
    post.clock.shift(91 * 24 * 3600)
    forget.forget_old(timezone.now())
    assert not Notice.objects.exists()


def test_a_site_whose_worker_applies_nothing_is_not_ready(maria: Customer, post: Post) -> None:
    maria.book()
    for body in post.new():
        post.deliver(body)
    post.worker.run()
    post.clock.shift(6 * 60)
    assert post.client.get("/readyz").status_code == 503
    post.work()
    assert post.client.get("/readyz").status_code == 200
