"""With a headless client, Wix's page leads back to the booking; without one it does not, and we say so."""

import pytest
from django.test import Client

from booking.models import Payment
from tests.at_wix.paying import Payer

pytestmark = pytest.mark.django_db


def test_who_has_paid_comes_back_to_the_booking(clara: Payer, client_of_wix: None) -> None:
    paid = clara.press_at_wix(clara.follow(clara.leave()))
    back = paid.headers["Location"]
    assert back.startswith("http://testserver/back/")
    assert "orderId=" in back
    clara.sandbox.settle()
    page = clara.look(clara.look(back).location)
    assert page.main("truth") == "come_in"
    clara.later()
    assert clara.page().main("money") == "paid"


def test_who_leaves_without_paying_comes_back_as_well(clara: Payer, client_of_wix: None) -> None:
    left = clara.press_at_wix(clara.follow(clara.leave()), "abandon")
    page = clara.look(clara.look(left.headers["Location"]).location)
    assert page.main("truth") == "at_wix"
    assert "leads back here" in page.words


def test_the_same_visitor_goes_a_second_time(clara: Payer, client_of_wix: None) -> None:
    """A cart belongs to the first visitor who opens it: another would stand before a closed door."""
    clara.follow(clara.leave())
    again = clara.go_on(clara.page())
    assert "/redirect/" in again.location
    clara.press_at_wix(clara.follow(again))
    clara.later()
    assert clara.page().main("money") == "paid"
    assert Payment.objects.get().visitor_token == ""


def test_without_redirect_sessions_the_page_itself_is_the_way(
    clara: Payer, client_of_wix: None
) -> None:
    clara.sandbox.fault("*/redirect-session", status=503)
    assert clara.leave().location.startswith(f"{clara.sandbox.url}/checkout/")


def test_without_a_client_it_is_said_that_nothing_leads_back(clara: Payer) -> None:
    clara.leave()
    assert "does not lead back here" in clara.page().words


def test_the_way_back_is_open_for_a_day(clara: Payer, client_of_wix: None) -> None:
    back = clara.back_address(clara.leave())
    clara.clock.shift(25 * 3600)
    assert Client().get(back).status_code == 404
