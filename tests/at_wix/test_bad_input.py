"""Whatever somebody sends, nobody is booked without Wix saying so, and nobody pays for nothing."""

import pytest

from booking.models import Booking, Payment
from tests.at_wix.paying import Payer
from tests.in_process import Sandbox
from tests.steps import Answer

pytestmark = pytest.mark.django_db

CARTS = "/ecom/v2/carts"


def test_coming_back_proves_nothing(clara: Payer, client_of_wix: None) -> None:
    leaving = clara.leave()
    back = clara.back_address(leaving)
    page = clara.look(clara.look(back, orderId="10001", wixMemberLoggedIn="true").location)
    clara.later()
    assert page.main("truth") == "at_wix"
    assert clara.page().main("stage") == "placed"


def test_another_customer_s_order_proves_nothing_either(
    clara: Payer, client_of_wix: None, sandbox: Sandbox
) -> None:
    leaving = clara.leave()
    line = Booking.objects.get(offered_for=None).line
    theirs = sandbox.book("relaxing-massage", f"{line.starts:%Y-%m-%d}T16:00", confirm=False)
    assert theirs["id"] != line.wix_id
    page = clara.look(clara.look(clara.back_address(leaving), orderId=theirs["id"]).location)
    assert page.main("truth") == "at_wix"


@pytest.mark.parametrize("token", ["forged", "a:b:c", "%00"])
def test_a_forged_way_back_opens_nothing(clara: Payer, token: str) -> None:
    clara.leave()
    assert clara.look(f"/back/{token}/").status == 404


@pytest.mark.parametrize("since", ["-1", "soon", "9" * 40, "99999999999", "٣", ""])
def test_a_forged_time_of_coming_back_does_no_harm(clara: Payer, since: str) -> None:
    clara.leave()
    clara.clock.shift(200)
    page = clara.look(clara.path, since=since)
    assert (page.status, page.main("look")) == (200, "")


def test_nobody_is_led_where_wix_did_not_say(clara: Payer) -> None:
    leaving = clara.leave(leads_to="https://evil.example")
    assert leaving.location == clara.path


def test_ten_presses_are_one_cart(clara: Payer) -> None:
    form = clara.look(clara.hold())
    for _ in range(5):
        clara.send(form.path, form)
    page = clara.page()
    led = {clara.go_on(page).location for _ in range(5)}
    assert led == {Payment.objects.get().page_url}
    assert len(clara.carts()) == 1


def test_a_cart_whose_answer_was_lost_is_shown_to_nobody(clara: Payer) -> None:
    clara.sandbox.fault(CARTS, lose_answer=True, times=1)
    assert clara.send(clara.hold()).location == clara.path
    clara.later(30)
    page = clara.page()
    assert len(clara.carts()) == 2
    clara.press_at_wix(clara.go_on(page))
    clara.later(60)
    assert clara.page().main("money") == "paid"
    assert len(clara.sandbox.orders()) == 1


def test_a_price_that_wix_has_changed_is_told_before_anybody_leaves(
    clara: Payer, sandbox: Sandbox
) -> None:
    kept = clara.hold()
    price = {"price": {"value": "80", "currency": "EUR"}}
    sandbox.seed(services=[{"slug": clara.slug, "payment": {"fixed": price}}])
    assert clara.send(kept).location == clara.path
    page = clara.page()
    assert "Wix asks for 80 € now" in page.words
    clara.press_at_wix(clara.go_on(page))
    clara.later()
    assert "80 € paid at Wix" in clara.page().words


def test_a_time_that_wix_will_not_sell_any_more_is_lost_and_costs_nothing(clara: Payer) -> None:
    kept = clara.hold()
    clara.sandbox.fault(CARTS, status=428, code="INSUFFICIENT_INVENTORY", method="POST")
    clara.sandbox.fault("*/time-slots/get", status=428, code="SLOT_NOT_AVAILABLE")
    page = clara.look(clara.send(kept).location)
    assert (page.main("stage"), page.main("truth")) == ("declined", "taken")
    clara.worker.run()
    assert clara.statuses() == ["DECLINED"]


def test_while_wix_is_away_the_time_is_kept_and_the_page_waits(clara: Payer) -> None:
    kept = clara.hold()
    clara.sandbox.fault(CARTS, status=503)
    page = clara.look(clara.send(kept).location)
    assert (page.main("truth"), page.main("money")) == ("being_booked", "due")
    clara.sandbox.clear_faults()
    clara.later(30)
    assert clara.page().main("truth") == "at_wix"


def test_while_wix_is_away_the_page_that_waits_still_shows(clara: Payer) -> None:
    clara.leave()
    clara.sandbox.fault(status=503)
    assert clara.page().main("truth") == "at_wix"


def test_no_page_tells_wix_or_a_log_the_booking_s_key(clara: Payer, client_of_wix: None) -> None:
    clara.leave()
    key = clara.path.split("/")[2]
    assert key not in str(clara.sandbox.requests())


def test_looking_again_before_paying_changes_nothing(clara: Payer) -> None:
    clara.leave()
    answers: list[Answer] = [clara.look_again() for _ in range(3)]
    assert {each.status for each in answers} == {303}
    assert Booking.objects.get(offered_for=None).due == "at_wix"
