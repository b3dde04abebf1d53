"""A bad combination of settings stops the start; logs give nothing away; mail leaves as told."""

import json
import logging
from typing import Any

import environ
import pytest
from pytest_django import Settings

from booking import checks, wiring
from booking.wix import ApiKey
from bookingsite.databases import tuned
from bookingsite.logs import AsJson, Redacting, redacted
from bookingsite.mailers import mailers

ENV: Any = environ.Env  # the library has no types there
KEY = {"WIX_API_KEY": "IST.key", "WIX_SITE_ID": "site"}
APP = {"WIX_APP_ID": "app", "WIX_APP_SECRET": "secret", "WIX_INSTANCE_ID": "instance"}
NOTHING = dict.fromkeys([*KEY, *APP], "")


def put(settings: Settings, told: dict[str, Any]) -> None:
    """Set each of these."""
    for name, value in told.items():
        setattr(settings, name, value)


@pytest.mark.parametrize(
    ("credentials", "found"),
    [
        (KEY, []),
        (APP, []),
        ({}, ["booking.W001"]),
        ({"WIX_API_KEY": "IST.key"}, ["booking.E001"]),
        (APP | {"WIX_APP_SECRET": ""}, ["booking.E001"]),
    ],
    ids=["a key", "an app", "nothing", "half a key", "half an app"],
)
def test_credentials_are_whole_or_the_start_stops(
    settings: Settings, credentials: dict[str, str], found: list[str]
) -> None:
    put(settings, NOTHING | credentials)
    assert [each.id for each in checks.wix_credentials()] == found


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ({}, []),
        ({"PAYMENT_PROVIDER": "pretend"}, []),
        ({"PAYMENT_PROVIDER": "pretend", "WIX_IS_REAL": True}, ["booking.E012"]),
        ({"PAYMENT_PROVIDER": "stripe"}, ["booking.E013"]),
        ({"PAYMENT_PROVIDER": "stripe", "STRIPE_SECRET_KEY": "rk_test"}, []),
    ],
    ids=["nobody", "pretend", "pretend with a real Wix", "no key", "Stripe"],
)
def test_who_takes_money_is_set_up_or_the_start_stops(
    settings: Settings, told: dict[str, Any], found: list[str]
) -> None:
    put(settings, told)
    assert [each.id for each in checks.payment_provider()] == found


NOTICED = {"WIX_APP_ID": "app", "WIX_INSTANCE_ID": "instance"}


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ({}, []),
        (NOTICED, []),
        ({"WIX_PUBLIC_KEY": "a key"}, ["booking.E014"]),
        ({"WIX_PUBLIC_KEY": "a key", **NOTICED}, ["booking.E015"]),
    ],
    ids=["none are taken", "an app without its key", "a key without its app", "no key"],
)
def test_notices_can_be_told_apart_or_the_start_stops(
    settings: Settings, told: dict[str, str], found: list[str]
) -> None:
    put(settings, told)
    assert [each.id for each in checks.notices()] == found


def test_beside_a_key_an_app_may_be_there_for_its_notices_alone(settings: Settings) -> None:
    put(settings, KEY | NOTICED)
    assert checks.wix_credentials() == []
    assert isinstance(wiring.credentials(), ApiKey)


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ({}, []),
        ({"PAYMENT_WAYS": ["on_site", "wix"]}, []),
        ({"PAYMENT_WAYS": ["cash"]}, ["booking.E016"]),
        ({"SERVICE_PAYMENT_WAYS": ["haircut"]}, ["booking.E016"]),
        ({"SERVICE_PAYMENT_WAYS": ["haircut=card+wix"]}, ["booking.W002"]),
        ({"PAYMENT_WAYS": ["card"], "PAYMENT_PROVIDER": "pretend"}, []),
    ],
    ids=["the usual", "at Wix", "no such way", "half a service", "no cards", "cards"],
)
def test_ways_to_pay_are_ways_there_are(
    settings: Settings, told: dict[str, Any], found: list[str]
) -> None:
    settings.PAYMENT_WAYS = settings.SERVICE_PAYMENT_WAYS = []
    put(settings, told)
    assert [each.id for each in checks.ways_to_pay()] == found


def test_the_pinned_zone_data_is_in_use_and_new_enough() -> None:
    assert checks.zone_data() == []


def test_older_zone_data_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "OLDEST_ZONES", (2099, 1))
    assert [each.id for each in checks.zone_data()] == ["booking.E002"]


def test_mails_need_an_address_that_customers_can_open(settings: Settings) -> None:
    settings.PUBLIC_URL = "book.example.com"
    assert [each.id for each in checks.public_url()] == ["booking.E003"]


@pytest.mark.parametrize(("name", "found"), [("cart", []), ("checkout", []), ("till", ["E011"])])
def test_a_checkout_api_there_is_not_stops_the_start(
    settings: Settings, name: str, found: list[str]
) -> None:
    settings.WIX_CHECKOUT_API = name
    told = checks.checkout_api()
    assert [each.id for each in told] == [f"booking.{each}" for each in found]
    assert [each.hint for each in told] == [
        "WIX_CHECKOUT_API: 'till' is none of cart, checkout." for _ in found
    ]


def test_sqlite_is_made_for_many_threads() -> None:
    options = tuned(ENV.db_url_config("sqlite:////tmp/x.sqlite3"))["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in options["init_command"]
    assert options["timeout"] >= 20


def test_postgresql_keeps_its_connections() -> None:
    kept = tuned(ENV.db_url_config("postgres://u:p@h/d"))
    assert kept["CONN_MAX_AGE"] is None
    assert "init_command" not in kept.get("OPTIONS", {})


def test_a_mail_server_gets_its_credentials_and_twenty_seconds() -> None:
    told = mailers(ENV.email_url_config("smtp+tls://user:pass@mail.example:587"))
    assert told["default"]["OPTIONS"] == {
        "host": "mail.example",
        "port": 587,
        "username": "user",
        "password": "pass",
        "use_tls": True,
        "timeout": 20,
    }


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("GET /b/fcZPquMERhhnFkMg8rA_Cg/ 200", "GET /b/(key)/ 200"),
        ("GET /back/IjQ3:1vL2aB:x-_Yz0123456/ 303", "GET /back/(key)/ 303"),
        ("mail to maria@example.com failed", "mail to (mail address) failed"),
        ("GET /services/haircut/", "GET /services/haircut/"),
    ],
)
def test_a_log_line_has_no_key_and_no_mail_address(text: str, shown: str) -> None:
    assert redacted(text) == shown


def test_a_json_line_and_its_trace_are_redacted_too() -> None:
    error = ValueError("/b/fcZPquMERhhnFkMg8rA_Cg/")
    trace = (ValueError, error, None)
    record = logging.LogRecord("x", logging.ERROR, "x.py", 1, "to %s", ("a@b.example",), trace)
    line = json.loads(AsJson().format(record))
    assert line["message"] == "to (mail address)"
    assert "fcZPquMERhhn" not in line["trace"]
    assert "fcZPquMERhhn" not in Redacting().format(record)
