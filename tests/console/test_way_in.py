"""Only members of staff see the console, and nobody else ever meets its cookies."""

import pytest
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import Settings

from booking import wiring
from booking.models import Booking
from tests.console.conftest import PASSWORD
from tests.steps import Answer, Customer

pytestmark = pytest.mark.django_db
LIST, LOGIN = "/console/", "/console/login/"


def log_in(client: Client, name: str = "ana", password: str = PASSWORD, **more: str) -> Answer:
    return Answer(client.post(LOGIN, {"username": name, "password": password, **more}))


@pytest.fixture
def browser(ana: User) -> Client:
    """A browser in which nobody is logged in yet; its forms need their token."""
    return Client(REMOTE_ADDR="192.0.2.9")


def test_a_stranger_is_led_to_the_login_and_back(browser: Client, refused: Booking) -> None:
    path = f"/console/bookings/{refused.reference}/"
    answer = Answer(browser.get(path))
    assert (answer.status, answer.location) == (302, f"{LOGIN}?next={path}")
    assert log_in(browser, next=path).location == path


def test_a_member_of_staff_gets_in_and_out(browser: Client) -> None:
    assert log_in(browser).location == LIST
    assert browser.get(LIST).status_code == 200
    assert browser.post("/console/logout/")["Location"] == LOGIN
    assert browser.get(LIST).status_code == 302


def test_each_page_has_the_way_out(staff: Client, refused: Booking) -> None:
    for path in (LIST, f"/console/bookings/{refused.reference}/"):
        assert "Log out" in Answer(staff.get(path)).words


def test_a_link_logs_nobody_out(staff: Client) -> None:
    assert staff.get("/console/logout/").status_code == 405
    assert staff.get(LIST).status_code == 200


def test_a_wrong_password_is_said_to_be_wrong(browser: Client) -> None:
    page = log_in(browser, password="a guess")
    assert page.main("page") == "console_login"
    assert "Please look at this again" in page.words


def test_an_account_that_is_no_staff_stays_outside(browser: Client, ana: User) -> None:
    User.objects.update(is_staff=False)
    assert log_in(browser).main("page") == "console_login"
    browser.force_login(ana)
    assert browser.get(LIST).status_code == 302


def test_whoever_guesses_too_often_has_to_wait(browser: Client, settings: Settings) -> None:
    settings.LOGINS_PER_HOUR = 3
    wiring._limiter.cache_clear()
    for _ in range(3):
        log_in(browser, password="a guess")
    page = log_in(browser)
    assert (page.status, page.main("page")) == (429, "console_too_many")
    assert browser.get(LIST).status_code == 302


@pytest.mark.parametrize("button", ["again", "look", "done"])
def test_a_stranger_presses_nothing(browser: Client, refused: Booking, button: str) -> None:
    path = f"/console/bookings/{refused.reference}/{button}/"
    assert browser.post(path)["Location"].startswith(LOGIN)
    assert Booking.objects.get().needs_owner == "wix_refuses"


@pytest.mark.parametrize("button", ["again", "look", "done"])
def test_a_form_of_another_site_changes_nothing(ana: User, refused: Booking, button: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ana)
    answer = Answer(client.post(f"/console/bookings/{refused.reference}/{button}/"))
    assert (answer.status, answer.main("page")) == (403, "console_forged")
    assert Booking.objects.get().needs_owner == "wix_refuses"


@pytest.mark.parametrize("button", ["again", "look", "done"])
def test_a_link_presses_no_button(staff: Client, refused: Booking, button: str) -> None:
    assert staff.get(f"/console/bookings/{refused.reference}/{button}/").status_code == 405


@pytest.mark.parametrize("path", [LIST, LOGIN])
def test_its_pages_are_kept_by_nobody_and_listed_nowhere(staff: Client, path: str) -> None:
    answer = staff.get(path)
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Robots-Tag"] == "noindex"
    assert "script-src 'self'" in answer["Content-Security-Policy"]


def test_its_cookies_go_nowhere_else(browser: Client) -> None:
    browser.get(LOGIN)
    log_in(browser)
    assert {each["path"] for each in browser.cookies.values()} == {"/console/"}
    assert all(each["httponly"] for each in browser.cookies.values())


def test_its_cookies_travel_by_https_alone_where_the_site_does(
    browser: Client, settings: Settings
) -> None:
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    browser.get(LOGIN)
    log_in(browser)
    assert all(each["secure"] for each in browser.cookies.values())


@pytest.mark.parametrize("path", ["/", "/services/haircut/", "/my-link/"])
def test_a_customers_page_knows_of_no_cookie_even_for_staff(staff: Client, path: str) -> None:
    staff.cookies["sessionid"]["path"] = "/"
    answer = staff.get(path)
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


def test_a_customers_booking_gets_no_cookie(maria: Customer) -> None:
    maria.look(maria.book())
    assert not maria.client.cookies


def test_the_console_speaks_the_language_of_the_business(ana: User) -> None:
    german = Client(headers={"accept-language": "de"})
    assert 'lang="en"' in german.get(LOGIN).content.decode()


def test_a_short_password_is_refused() -> None:
    with pytest.raises(ValidationError, match="12 characters"):
        validate_password("Kx7!pq2")
