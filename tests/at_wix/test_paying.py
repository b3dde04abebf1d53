"""Who pays on Wix's checkout page is booked once Wix says so, whatever their browser says."""

import pytest

from booking.domain.needs import Need
from booking.models import Attempt, Booking
from tests.at_wix.paying import ONLINE, Payer
from tests.in_process import Sandbox

pytestmark = pytest.mark.django_db


def test_the_details_form_says_where_and_how_much_before_anybody_leaves(clara: Payer) -> None:
    words = clara.look(clara.hold()).words
    assert "Continue to pay 65" in words
    assert "you pay 65 € on the business’s own checkout page at Wix" in words


def test_the_form_leads_to_wix_in_one_step(clara: Payer) -> None:
    form = clara.look(clara.hold())
    assert f"form-action 'self' {clara.sandbox.url};" in form.headers["Content-Security-Policy"]
    leaving = clara.send(form.path, form)
    assert leaving.status == 303
    assert leaving.location.startswith(f"{clara.sandbox.url}/checkout/")


def test_a_form_that_may_not_lead_there_leads_to_a_page_that_may(clara: Payer) -> None:
    """Where Wix's page is somewhere else than was known when the form was shown."""
    assert clara.leave(leads_to="https://elsewhere.example").location == clara.path
    page = clara.page()
    assert f"form-action 'self' {clara.sandbox.url};" in page.headers["Content-Security-Policy"]
    assert clara.go_on(page).location.startswith(f"{clara.sandbox.url}/checkout/")


def test_who_pays_is_booked(clara: Payer) -> None:
    clara.press_at_wix(clara.leave())
    mails = clara.later()
    page = clara.page()
    assert (page.main("stage"), page.main("money")) == ("confirmed", "paid")
    assert "65 € paid at Wix" in page.words
    assert [mail.subject[:6] for mail in mails] == ["Booked"]
    assert clara.statuses() == ["CONFIRMED"]
    assert not Attempt.objects.filter(settled=None)


def test_nothing_is_confirmed_by_us_on_this_path(clara: Payer) -> None:
    clara.press_at_wix(clara.leave())
    clara.later()
    assert Booking.objects.get(offered_for=None).stage == "confirmed"
    assert not [each for each in clara.sandbox.calls() if "confirm" in each]


@pytest.mark.parametrize("slug", ["vinyasa-yoga", "massage-for-couples"])
def test_a_class_and_a_course_are_paid_there_as_well(
    clara: Payer, sandbox: Sandbox, slug: str
) -> None:
    sandbox.seed(services=[{"slug": slug, "payment": {"options": ONLINE}}])
    customer = clara.at(slug)
    customer.press_at_wix(customer.leave())
    customer.later()
    page = customer.page()
    assert (page.main("stage"), page.main("money")) == ("confirmed", "paid")


def test_a_deposit_is_paid_there_and_the_rest_on_site(clara: Payer) -> None:
    customer = clara.at("colour-and-gloss")
    customer.press_at_wix(customer.leave())
    customer.later()
    page = customer.page()
    assert (page.main("stage"), page.main("money")) == ("confirmed", "part_paid")
    assert "30 € paid at Wix, the rest on site" in page.words


def test_who_may_choose_is_asked_and_may_still_pay_on_site(clara: Payer) -> None:
    customer = clara.at("beard-trim")
    form = customer.look(customer.hold())
    assert "Now, on the business’s checkout page at Wix" in form.words
    page = customer.look(customer.send(form.path, form, way="on_site").location)
    assert (page.main("stage"), page.main("money")) == ("confirmed", "due_on_site")
    assert customer.carts() == []


def test_several_sessions_are_one_payment(clara: Payer, sandbox: Sandbox) -> None:
    slug = "morning-pilates"
    sandbox.seed(services=[{"slug": slug, "payment": {"options": ONLINE}}])
    customer = clara.at(slug)
    kept = customer.press(customer.look(several="1").ticks[:3]).location
    customer.press_at_wix(customer.send(kept))
    customer.later()
    assert customer.page().main("money") == "paid"
    assert customer.statuses() == ["CONFIRMED"] * 3
    assert len(customer.carts()) == 1


def test_what_the_business_decides_waits_paid(clara: Payer, sandbox: Sandbox) -> None:
    sandbox.seed(services=[{"slug": "private-yoga", "payment": {"options": ONLINE}}])
    customer = clara.at("private-yoga")
    customer.press_at_wix(customer.leave())
    customer.later()
    page = customer.page()
    assert (page.main("stage"), page.main("money")) == ("awaiting_owner", "paid")
    sandbox.change(customer.at_wix()[0], "confirm")
    customer.much_later(3)
    assert customer.page().main("stage") == "confirmed"


def test_polling_alone_finds_out_if_the_window_was_closed(clara: Payer) -> None:
    """No notice, no return, nobody looks: the worker asks until it knows."""
    leaving = clara.leave()
    clara.much_later(12)
    assert Booking.objects.get(offered_for=None).stage == "placed"
    clara.press_at_wix(leaving)
    mails = clara.much_later(2)
    assert Booking.objects.get(offered_for=None).stage == "confirmed"
    assert [mail.subject[:6] for mail in mails] == ["Booked"]


def test_who_looks_sees_what_wix_says_before_it_is_written_down(clara: Payer) -> None:
    clara.press_at_wix(clara.leave())
    clara.sandbox.settle()
    page = clara.page()
    assert page.main("truth") == "come_in"
    assert Booking.objects.get(offered_for=None).stage == "placed"


def test_who_says_that_they_have_paid_is_told_at_once(clara: Payer) -> None:
    clara.press_at_wix(clara.leave())
    clara.sandbox.settle()
    told = clara.look_again()
    assert clara.look(told.location.partition("?")[0]).main("stage") == "confirmed"


def test_a_page_that_waits_stops_looking_and_says_what_happens(clara: Payer) -> None:
    clara.leave()
    assert clara.page().main("look") == "3"
    clara.clock.shift(121)
    page = clara.page()
    assert page.main("look") == ""
    assert "We go on asking Wix, and write you a mail" in page.words
    again = clara.look_again()
    assert clara.look(again.location).main("look") == "3"


def test_a_declined_card_can_be_tried_again(clara: Payer) -> None:
    leaving = clara.leave()
    assert "declined" in clara.press_at_wix(leaving, "decline").text
    clara.later()
    assert clara.page().main("truth") == "at_wix"
    clara.press_at_wix(leaving)
    clara.later(60)
    assert clara.page().main("money") == "paid"


def test_the_mail_of_somebody_who_has_not_paid_yet_leads_back_to_pay(clara: Payer) -> None:
    clara.leave()
    [mail] = clara.later(61)
    assert mail.subject.startswith("Waiting for your payment")
    assert clara.path in mail.body


def test_a_transfer_is_waited_for_and_the_business_is_told(clara: Payer) -> None:
    clara.press_at_wix(clara.leave(), "pending")
    clara.much_later(37)
    booking = Booking.objects.get(offered_for=None)
    assert (booking.stage, booking.due) == ("placed", "at_wix")
    assert booking.needs_owner == Need.ORDER_OPEN


def test_paid_by_the_older_checkout_as_well(clara: Payer, older_checkout: None) -> None:
    clara.press_at_wix(clara.leave())
    clara.later()
    assert clara.page().main("money") == "paid"
    assert clara.sandbox.calls("/ecom/v1/checkouts")
