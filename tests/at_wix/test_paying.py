"""Who pays on Wix's checkout page is booked once Wix says so, whatever their browser says."""

import pytest

from booking.models import Attempt, Booking
from tests.at_wix.paying import Payer

pytestmark = pytest.mark.django_db


def test_the_form_leads_to_wix_in_one_step(clara: Payer) -> None:
    leaving = clara.leave()
    assert leaving.location.startswith(f"{clara.sandbox.url}/checkout/")
    page = clara.page()
    assert (page.main("stage"), page.main("money")) == ("placed", "at_wix")


def test_who_pays_is_booked(clara: Payer) -> None:
    clara.press_at_wix(clara.leave())
    mails = clara.later()
    page = clara.page()
    assert (page.main("stage"), page.main("money")) == ("confirmed", "paid")
    assert "paid at Wix" in page.words
    assert [mail.subject[:6] for mail in mails] == ["Booked"]
    assert clara.statuses() == ["CONFIRMED"]


def test_nothing_is_confirmed_by_us_on_this_path(clara: Payer) -> None:
    clara.press_at_wix(clara.leave())
    clara.later()
    calls = clara.sandbox.calls()
    assert not [each for each in calls if "confirm" in each]
    assert Booking.objects.get().stage == "confirmed"
    assert not Attempt.objects.filter(settled=None)
