"""What the business changes at Wix is followed here: stage, time, money and the customer's mail."""

from datetime import timedelta

import pytest

from booking.models import Attempt, Booking
from tests.in_process import Json, Sandbox
from tests.notices.post import Post, named, owner_cancels
from tests.steps import Customer

pytestmark = pytest.mark.django_db


def owner_moves(sandbox: Sandbox, local_start: str, staff: str = "") -> Json:
    """The business moves the last booking to another free time."""
    booking = named(sandbox)
    slot = sandbox.book("haircut", local_start, staff=staff, confirm=False)["bookedEntity"]["slot"]
    anyway = {"flowControlSettings": {"ignoreReschedulePolicy": True}}
    return sandbox.change(booking, "reschedule", slot=slot, **anyway)


def test_what_nobody_has_changed_stays_as_it_is(maria: Customer, post: Post) -> None:
    page = maria.book()
    mails = post.bring()
    assert [each.subject.partition(":")[0] for each in mails] == ["Booked"]
    assert maria.look(page).main("truth") == "booked"
    assert post.results() == {"looked again"}
    assert not Attempt.objects.filter(step="mail_moved").exists()


def test_what_the_business_cancels_is_cancelled_here_and_its_customer_is_told_where(
    maria: Customer, sandbox: Sandbox, post: Post
) -> None:
    page = maria.book()
    post.bring()
    owner_cancels(sandbox)
    [mail] = post.bring()
    assert maria.look(page).main("truth") == "called_off"
    assert "cancelled in the business’s own calendar" in maria.look(page).words
    assert "Cancelled" in mail.subject
    assert "cancelled in the business’s own calendar" in str(mail.body)


def test_a_request_that_the_business_confirms_is_confirmed_at_once(
    maria: Customer, sandbox: Sandbox, post: Post
) -> None:
    page = Customer(maria.client, "private-yoga").book()
    post.bring()
    assert maria.look(page).main("stage") == "awaiting_owner"
    sandbox.change(named(sandbox), "confirm")
    [mail] = post.bring()
    assert maria.look(page).main("stage") == "confirmed"
    assert "Booked" in mail.subject


def test_a_request_that_is_moved_and_confirmed_without_a_notice_is_confirmed_at_its_new_time(
    maria: Customer, sandbox: Sandbox, post: Post
) -> None:
    Customer(maria.client, "private-yoga").book()
    post.work(60)
    booking = named(sandbox)
    slot = sandbox.book("private-yoga", "2027-03-03T09:30", confirm=False)["bookedEntity"]["slot"]
    anyway = {"flowControlSettings": {"ignoreReschedulePolicy": True}}
    sandbox.change(sandbox.change(booking, "reschedule", slot=slot, **anyway), "confirm")
    mails = post.work(900)
    after = Booking.objects.get()
    assert (after.stage, after.line.starts.hour, after.line.starts.day) == ("confirmed", 9, 3)
    assert all("Wednesday, 3 March 2027, 09:30" in str(each.body) for each in mails)


def test_a_request_that_the_business_declines_is_declined_at_once(
    maria: Customer, sandbox: Sandbox, post: Post
) -> None:
    page = Customer(maria.client, "private-yoga").book()
    post.bring()
    sandbox.change(named(sandbox), "decline")
    post.bring()
    assert maria.look(page).main("truth") == "refused"


def test_what_the_business_moves_is_moved_here_and_its_customer_reads_both_times(
    maria: Customer, sandbox: Sandbox, post: Post
) -> None:
    page = maria.book()
    post.bring()
    before = Booking.objects.get().line.starts
    owner_moves(sandbox, "2027-03-04T15:00")
    [mail] = post.bring()
    after = Booking.objects.get()
    assert after.line.starts.isoformat() == "2027-03-04T15:00:00+00:00"
    assert after.line.moved_from == before
    assert "Moved" in mail.subject
    assert "Thursday, 4 March 2027, 15:00" in str(mail.body)
    assert "before, it was Monday, 1 March, 09:00" in str(mail.body)
    assert "before, it was Monday, 1 March, 09:00" in maria.look(page).words


def test_the_last_moment_to_cancel_moves_along(
    maria: Customer, sandbox: Sandbox, post: Post
) -> None:
    maria.book()
    post.bring()
    before = Booking.objects.get()
    distance = before.line.starts - (before.cancel_until or before.created)
    owner_moves(sandbox, "2027-03-04T15:00")
    post.bring()
    after = Booking.objects.get()
    assert after.cancel_until == after.line.starts - distance
    assert distance > timedelta(0)


def test_who_gives_it_instead_is_told(maria: Customer, sandbox: Sandbox, post: Post) -> None:
    maria.book()
    post.bring()
    line = Booking.objects.get().line
    other = next(
        each["name"]
        for each in sandbox.service("haircut")["staffMemberDetails"]["staffMembers"]
        if each["name"] != line.staff_name
    )
    owner_moves(sandbox, "2027-03-04T15:00", staff=other)
    [mail] = post.bring()
    assert Booking.objects.get().line.staff_name == other
    assert other in str(mail.body)


def test_two_moves_before_the_mail_are_one_mail_with_the_first_time_and_the_last(
    maria: Customer, sandbox: Sandbox, post: Post
) -> None:
    maria.book()
    post.bring()
    first = Booking.objects.get().line.starts
    owner_moves(sandbox, "2027-03-04T15:00")
    post.look_only()
    owner_moves(sandbox, "2027-03-04T16:00")
    post.look_only()
    assert len(post.work()) == 1
    assert Booking.objects.get().line.moved_from == first


def test_a_reader_that_lags_is_asked_again(maria: Customer, sandbox: Sandbox, post: Post) -> None:
    page = maria.book()
    post.bring()
    sandbox.settings(readerLagSeconds=15)
    owner_cancels(sandbox)
    post.bring()
    assert maria.look(page).main("truth") == "booked"
    post.work(60)
    assert maria.look(page).main("truth") == "called_off"


def test_the_body_of_a_notice_is_not_believed(
    maria: Customer, sandbox: Sandbox, post: Post
) -> None:
    """Wix says in a notice what was; only what it says when it is asked counts."""
    page = maria.book()
    owner_cancels(sandbox)
    created, *_ = post.new()
    post.bring([created])
    assert maria.look(page).main("truth") == "called_off"


def test_while_wix_is_away_the_news_waits(maria: Customer, sandbox: Sandbox, post: Post) -> None:
    page = maria.book()
    post.bring()
    owner_cancels(sandbox)
    sandbox.fault("*", status=503)
    post.bring()
    assert maria.look(page).main("truth") == "booked"
    sandbox.clear_faults()
    post.work(60)
    assert maria.look(page).main("truth") == "called_off"
