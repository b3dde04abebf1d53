"""Whose site a request is for, and where it came from."""

import pytest
from django.test import Client, RequestFactory
from pytest_django import Settings

from booking.actions.site import UnknownHost, ensure_site, site_for
from booking.middleware import client_address
from booking.models import Site


def address(remote: str, forwarded: str = "") -> str:
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    return client_address(RequestFactory().get("/", REMOTE_ADDR=remote, headers=headers))  # type: ignore[arg-type]  # all that it reads is there


def test_what_a_stranger_claims_to_be_counts_for_nothing() -> None:
    assert address("198.51.100.7", "203.0.113.9") == "198.51.100.7"


def test_a_trusted_proxy_is_believed(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = ["10.0.0.0/8"]
    assert address("10.1.2.3", "203.0.113.9") == "203.0.113.9"


def test_what_stands_before_the_last_stranger_was_written_by_that_stranger(
    settings: Settings,
) -> None:
    settings.TRUSTED_PROXIES = ["10.0.0.0/8"]
    assert address("10.1.2.3", "192.0.2.1, 203.0.113.9, 10.9.9.9") == "203.0.113.9"


def test_garbage_in_the_header_is_one_unknown_address(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = ["10.0.0.0/8"]
    assert address("10.1.2.3", "<script>") == "unknown"


def test_a_household_has_one_address() -> None:
    assert address("2001:db8:1:2::1") == address("2001:db8:1:2:ffff::9")
    assert address("2001:db8:1:2::1") != address("2001:db8:1:3::1")


@pytest.mark.django_db
def test_making_the_site_twice_changes_nothing() -> None:
    first, made = ensure_site("https://book.example.com/")
    second, again = ensure_site("https://book.example.com")
    assert (made, again, first.pk) == (True, False, second.pk)
    assert Site.objects.get().public_url == "https://book.example.com"


@pytest.mark.django_db
def test_while_there_is_one_site_any_host_is_that_site() -> None:
    site, _ = ensure_site("https://book.example.com")
    assert site_for("10.0.0.5") == site


@pytest.mark.django_db
def test_of_several_sites_the_host_chooses() -> None:
    ensure_site("https://book.example.com")
    other = Site.objects.create(name="other", public_url="https://b.example", hosts=["b.example"])
    assert site_for("b.example") == other
    with pytest.raises(UnknownHost):
        site_for("c.example")


@pytest.mark.django_db
def test_without_a_site_there_is_a_page_that_says_not_found(client: Client) -> None:
    assert client.get("/").status_code == 404


@pytest.mark.django_db
def test_absolute_addresses_never_follow_the_request() -> None:
    site, _ = ensure_site("https://book.example.com")
    assert site.address("/b/x/") == "https://book.example.com/b/x/"
