"""Wix takes the money before it looks: whoever paid and is not booked gets all of it back."""

import pytest

from booking.domain.needs import Need
from booking.models import Booking
from tests.at_wix.paying import ONLINE, Payer, given_back
from tests.in_process import Sandbox

pytestmark = pytest.mark.django_db


def somebody_else_books(clara: Payer) -> None:
    """The very time, through Wix's own page."""
    line = Booking.objects.get(offered_for=None).line
    clara.sandbox.book(
        clara.slug,
        f"{line.starts:%Y-%m-%dT%H:%M}",
        staff="clara",
        location=line.location_name,
    )


def test_a_time_that_was_lost_while_its_customer_paid_is_paid_back(clara: Payer) -> None:
    leaving = clara.leave()
    somebody_else_books(clara)
    clara.press_at_wix(leaving)
    mails = clara.later()
    page = clara.page()
    assert (page.main("stage"), page.main("money")) == ("declined", "refunded")
    assert "All of your money was sent back" in page.words
    assert given_back(clara.sandbox) == ["65.00"]
    assert clara.statuses() == ["CANCELED"]
    [told] = [mail for mail in mails if mail.to == ["maria@example.com"]]
    assert told.subject.startswith("Not booked")
    assert "money" in told.body


def test_the_business_is_told_of_it(clara: Payer) -> None:
    leaving = clara.leave()
    somebody_else_books(clara)
    clara.press_at_wix(leaving)
    clara.later()
    [called] = Booking.objects.get(offered_for=None).handovers.all()
    assert called.need == Need.PAID_NOT_BOOKED
    assert "maria" not in str(called.details)


def test_while_wix_has_not_sent_it_back_the_page_says_so(clara: Payer) -> None:
    leaving = clara.leave()
    somebody_else_books(clara)
    clara.press_at_wix(leaving)
    clara.sandbox.fault("*/refund-payments", status=503)
    clara.later()
    page = clara.page()
    assert (page.main("truth"), page.main("money")) == ("going_back", "paid")
    clara.sandbox.clear_faults()
    clara.much_later(2)
    assert clara.page().main("truth") == "given_back"


def test_a_lost_answer_gives_nothing_back_twice(clara: Payer) -> None:
    leaving = clara.leave()
    somebody_else_books(clara)
    clara.press_at_wix(leaving)
    clara.sandbox.fault("*/refund-payments", lose_answer=True, times=1)
    clara.later()
    clara.much_later(3)
    assert given_back(clara.sandbox) == ["65.00"]
    assert clara.page().main("money") == "refunded"


def test_what_wix_refuses_to_send_back_is_the_business_s_to_do(clara: Payer) -> None:
    leaving = clara.leave()
    somebody_else_books(clara)
    clara.press_at_wix(leaving)
    clara.sandbox.fault("*/refund-payments", status=428, code="PAYMENT_NOT_REFUNDABLE")
    clara.later()
    assert Booking.objects.get(offered_for=None).needs_owner == Need.NOT_GIVEN_BACK_AT_WIX
    assert clara.page().main("truth") == "going_back"


def test_a_request_that_the_business_declines_is_paid_back(clara: Payer, sandbox: Sandbox) -> None:
    sandbox.seed(services=[{"slug": "private-yoga", "payment": {"options": ONLINE}}])
    customer = clara.at("private-yoga")
    customer.press_at_wix(customer.leave())
    customer.later()
    sandbox.change(customer.at_wix()[0], "decline")
    customer.much_later(3)
    page = customer.page()
    assert (page.main("stage"), page.main("money")) == ("declined", "refunded")


def test_declined_by_the_business_before_anybody_paid_it_can_no_longer_be_paid(
    clara: Payer,
) -> None:
    leaving = clara.leave()
    clara.sandbox.change(clara.at_wix()[0], "decline")
    clara.later()
    assert clara.page().main("stage") == "declined"
    assert clara.press_at_wix(leaving).status_code == 404
    clara.much_later(8)
    assert clara.page().main("money") == "released"
