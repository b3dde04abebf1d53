"""The check says whether the site can work with its Wix credentials, and what to do if not."""

import re
from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from booking import wiring
from booking.actions.check import PERMISSIONS, Report, check, try_a_booking
from booking.wix import ApiKey, AppCredentials, RetryRule, Transport, Wix
from booking.wix.auth import Auth
from booking.wix.limits import Limits, Time
from tests.in_process import Sandbox, WSGIAdapter
from tests.plugins.site import wix_on


def client(sandbox: Sandbox, auth: Auth) -> Wix:
    app = sandbox.app
    assert app
    return Wix(
        Transport(
            sandbox.url,
            auth,
            adapter=lambda: WSGIAdapter(app),
            retry=RetryRule(attempts=1),
            time=Time(sleep=lambda _seconds: None),
            limits=Limits(failures=1000),
        )
    )


def key(sandbox: Sandbox, text: str | None = None) -> ApiKey:
    return ApiKey(text or sandbox.credentials["apiKey"], sandbox.credentials["siteId"])


def app(sandbox: Sandbox) -> AppCredentials:
    told = sandbox.credentials
    return AppCredentials(told["appId"], told["appSecret"], told["instanceId"])


def words(report: Report) -> str:
    return " ".join(str(problem) for problem in report.problems)


@pytest.fixture
def command(sandbox: Sandbox) -> Iterator[None]:
    wiring.clients["default"] = wix_on(sandbox)
    yield
    wiring.clients.pop("default")


@pytest.mark.parametrize("is_app", [False, True], ids=["key", "app"])
def test_a_good_site_has_facts_and_no_problems(sandbox: Sandbox, is_app: bool) -> None:  # noqa: FBT001 - a parameter of the table
    report = check(client(sandbox, app(sandbox) if is_app else key(sandbox)), is_app=is_app)
    facts = dict(report.facts)
    assert report.problems == []
    assert (facts["time zone"], facts["currency"]) == ("Europe/Lisbon", "EUR")
    assert re.fullmatch(r"\d+ \(\d+ appointment, .*\), \d+ bookable here", facts["services"])
    assert facts["latency"].endswith(" ms")
    assert abs(int(facts["our clock"].split()[0])) <= 1


def test_the_check_changes_nothing(sandbox: Sandbox) -> None:
    before = sandbox.bookings()
    check(client(sandbox, key(sandbox)), is_app=False)
    assert sandbox.bookings() == before


@pytest.mark.parametrize("scope", PERMISSIONS)
@pytest.mark.parametrize("is_app", [False, True], ids=["key", "app"])
def test_each_missing_permission_is_named(sandbox: Sandbox, scope: str, is_app: bool) -> None:  # noqa: FBT001 - a parameter of the table
    sandbox.settings(withoutPermissions=[scope], emptyDenials=True)
    report = check(client(sandbox, app(sandbox) if is_app else key(sandbox)), is_app=is_app)
    missing = [problem.what for problem in report.problems if scope in problem.what]
    assert len(missing) == 1
    assert PERMISSIONS[scope] in missing[0]
    assert report.reached


def test_a_missing_app_of_wix_is_named_once(sandbox: Sandbox) -> None:
    sandbox.settings(bookingsInstalled=False)
    report = check(client(sandbox, key(sandbox)), is_app=False)
    assert "no Wix Bookings" in words(report)
    assert len(report.problems) == 1


def test_a_wrong_key_a_wrong_site_and_a_removed_app_are_not_connected(sandbox: Sandbox) -> None:
    wrong = ApiKey(sandbox.credentials["apiKey"], "another")
    sandbox.settings(installed=False)
    for auth, is_app in (
        (key(sandbox, "IST.guessed"), False),
        (wrong, False),
        (app(sandbox), True),
    ):
        report = check(client(sandbox, auth), is_app=is_app)
        assert not report.reached
        assert "does not accept the credentials" in words(report)


def test_a_wix_that_does_not_answer_is_said(sandbox: Sandbox) -> None:
    sandbox.fault("*", cut=True)
    report = check(client(sandbox, key(sandbox)), is_app=False)
    assert not report.reached
    assert "does not answer" in words(report)


def test_a_clock_that_is_off_is_said(sandbox: Sandbox) -> None:
    sandbox.advance(300)
    report = check(client(sandbox, key(sandbox)), is_app=False)
    assert "clock is 300 seconds off" in words(report).replace("299", "300").replace("301", "300")


def test_a_broken_answer_is_a_problem_and_no_crash(sandbox: Sandbox) -> None:
    sandbox.fault("*/services/query", malformed=True)
    report = check(client(sandbox, key(sandbox)), is_app=False)
    assert "Asking Wix about services failed" in words(report)


def test_with_write_a_time_is_booked_and_given_back(sandbox: Sandbox) -> None:
    steps = dict(try_a_booking(client(sandbox, key(sandbox)), "check-1"))
    (made,) = [each for each in sandbox.bookings() if each.get("externalUserId") == "check-1"]
    assert steps["decided"] in ("CONFIRMED", "PENDING")
    assert steps["taken back"] == made["status"] == "CANCELED"


def test_a_booking_that_cannot_be_decided_is_given_back_too(sandbox: Sandbox) -> None:
    sandbox.fault(r"^.*:confirmOrDecline", status=500)
    with pytest.raises(Exception, match="confirmOrDecline"):
        try_a_booking(client(sandbox, key(sandbox)), "check-2")
    (made,) = [each for each in sandbox.bookings() if each.get("externalUserId") == "check-2"]
    assert made["status"] == "DECLINED"


def test_the_command_ends_with_0_when_all_is_well(command: None) -> None:
    out = StringIO()
    call_command("wix_check", "--write", stdout=out)
    assert "time zone: Europe/Lisbon" in out.getvalue()
    assert "taken back: CANCELED" in out.getvalue()
    assert out.getvalue().endswith("All is well.\n")


@pytest.mark.parametrize(
    ("settings", "status"),
    [({"bookingsInstalled": False}, 1), ({"withoutPermissions": list(PERMISSIONS)}, 1)],
    ids=["app", "permissions"],
)
def test_the_command_ends_with_1_when_there_is_something_to_do(
    command: None, sandbox: Sandbox, settings: dict[str, object], status: int
) -> None:
    sandbox.settings(**settings)
    said = StringIO()
    with pytest.raises(CommandError) as ended:
        call_command("wix_check", stdout=StringIO(), stderr=said)
    assert ended.value.returncode == status
    assert said.getvalue().startswith("- ")


def test_the_command_ends_with_2_when_wix_cannot_be_asked(command: None, sandbox: Sandbox) -> None:
    sandbox.fault("*", cut=True)
    with pytest.raises(CommandError) as ended:
        call_command("wix_check", stdout=StringIO(), stderr=StringIO())
    assert ended.value.returncode == 2
