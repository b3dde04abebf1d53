"""Policies are those that services carry; the strictest of several allows what all allow."""

import pytest

from booking.domain.ids import PolicyId
from booking.domain.policy import Policy
from booking.wix import Wix
from tests.contract.conftest import the_service
from tests.in_process import Sandbox


def policy_of(wix: Wix, slug: str) -> PolicyId:
    found = the_service(wix, slug).policy_id
    assert found
    return found


def test_a_policy_is_the_one_that_its_service_carries(wix: Wix) -> None:
    massage = the_service(wix, "deep-tissue-massage")
    assert massage.policy_id
    assert wix.booking_policies.get(massage.policy_id) == massage.policy


def test_a_policy_that_is_not_there_is_none(wix: Wix) -> None:
    assert wix.booking_policies.get(PolicyId("5e100000-0000-4000-8000-000000000001")) is None


def test_all_policies_are_told_with_their_ids(wix: Wix) -> None:
    policies = dict(wix.booking_policies.query())
    for service in wix.services.query():
        assert service.policy_id
        assert policies[service.policy_id] == service.policy


def test_the_strictest_policy_has_the_tightest_of_each_rule(wix: Wix) -> None:
    ids = [policy_of(wix, slug) for slug in ("haircut", "deep-tissue-massage", "vinyasa-yoga")]
    strictest = wix.booking_policies.strictest(ids)
    assert strictest.latest_minutes == 1440
    assert strictest.earliest_minutes == 30 * 1440
    assert strictest.cancel_minutes == 2880
    assert strictest.largest_party == 1


def test_what_one_policy_forbids_the_strictest_forbids(wix: Wix, sandbox: Sandbox) -> None:
    sandbox.seed(
        services=[
            {"slug": "haircut", "bookingPolicy": {"cancellationPolicy": {"enabled": False}}},
        ]
    )
    ids = [policy_of(wix, slug) for slug in ("haircut", "beard-trim")]
    assert wix.booking_policies.strictest(ids[1:]).may_cancel
    assert not wix.booking_policies.strictest(ids).may_cancel


def test_the_strictest_of_no_policies_is_not_asked_for(wix: Wix, sandbox: Sandbox) -> None:
    with pytest.raises(ValueError, match="between 1 and 100"):
        wix.booking_policies.strictest([])
    assert sandbox.calls("/strictest") == []


def test_one_policy_is_its_own_strictest(wix: Wix) -> None:
    haircut: Policy = the_service(wix, "haircut").policy
    assert wix.booking_policies.strictest([policy_of(wix, "haircut")]) == haircut
