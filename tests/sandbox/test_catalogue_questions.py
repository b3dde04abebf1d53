"""What surrounds services is asked as Wix's is: each endpoint with its own defaults and keys."""

import base64
import json

import pytest

from tests.in_process import Sandbox
from tests.sandbox.asking import Json, code, field, visitor

OPTIONS = "/bookings/v1/serviceOptionsAndVariants"
POLICIES = "/bookings/v1/booking-policies"
RESOURCES = "/bookings/v2/resources"
TYPES = "/bookings/v2/resources/resource-types"
CATEGORIES = "/bookings/v2/categories"
ADD_ONS = "/addons/v1/add-ons"
STAFF = "/bookings/v1/staff-members"
SERVICES = "/bookings/v2/services"
NOBODY = "5e100000-0000-4000-8000-0000000000ff"

LISTED = {
    SERVICES: "services",
    STAFF: "staffMembers",
    RESOURCES: "resources",
    TYPES: "resourceTypes",
    POLICIES: "bookingPolicies",
    OPTIONS: "serviceOptionsAndVariantsList",
    CATEGORIES: "categories",
    ADD_ONS: "addOns",
}
BY_CURSOR = [path for path in LISTED if path != SERVICES]


@pytest.fixture
def crowded(sandbox: Sandbox) -> Sandbox:
    """A hundred and thirty of everything."""
    slugs = [f"more-{number}" for number in range(130)]
    each = [{"slug": slug} for slug in slugs]
    sandbox.seed(services=each, staff=each, resources=each, resourceTypes=each, addOns=each)
    sandbox.seed(categories=each, options=each)
    return sandbox


@pytest.mark.parametrize(
    ("path", "size"),
    [
        (SERVICES, 100),
        (CATEGORIES, 100),
        (STAFF, 50),
        (RESOURCES, 50),
        (TYPES, 50),
        (POLICIES, 50),
        (OPTIONS, 50),
        (ADD_ONS, 50),
    ],
)
def test_a_page_has_its_own_size_unless_told(crowded: Sandbox, path: str, size: int) -> None:
    told = crowded.call("POST", f"{path}/query", {"query": {}}).json()
    assert len(told[LISTED[path]]) == told["pagingMetadata"]["count"] == size


@pytest.mark.parametrize("path", BY_CURSOR)
def test_pages_by_cursor_follow_one_another_without_gaps(crowded: Sandbox, path: str) -> None:
    seen: list[str] = []
    paging: Json = {"limit": 60}
    for _ in range(10):
        told = crowded.call("POST", f"{path}/query", {"query": {"cursorPaging": paging}}).json()
        seen += [record["id"] for record in told[LISTED[path]]]
        paging = {"limit": 60, "cursor": told["pagingMetadata"]["cursors"]["next"]}
        if not told["pagingMetadata"]["hasNext"]:
            break
    assert len(seen) == len(set(seen)) > 120


@pytest.mark.parametrize("path", LISTED)
def test_more_than_a_hundred_at_once_are_refused(sandbox: Sandbox, path: str) -> None:
    paging = {"paging" if path == SERVICES else "cursorPaging": {"limit": 101}}
    status, named = field(sandbox.call("POST", f"{path}/query", {"query": paging}))
    assert (status, named.rsplit(".", 1)[1]) == (400, "limit")


@pytest.mark.parametrize("path", [SERVICES, STAFF, RESOURCES, TYPES, POLICIES, OPTIONS])
def test_a_body_without_a_query_is_refused_by_name(sandbox: Sandbox, path: str) -> None:
    answer = sandbox.call("POST", f"{path}/query", {})
    assert field(answer) == (400, "query")
    assert answer.json()["message"] == "query must not be empty"


@pytest.mark.parametrize("path", LISTED)
def test_a_field_that_is_not_declared_is_named(sandbox: Sandbox, path: str) -> None:
    asked = {"query": {"filter": {"colour": "red"}}}
    answer = sandbox.call("POST", f"{path}/query", asked)
    assert answer.status_code == 400
    assert "colour" in answer.json()["message"]


@pytest.mark.parametrize(
    ("path", "filtered"),
    [
        (OPTIONS, {"serviceId": {"$startsWith": "a"}}),
        (POLICIES, {"id": {"$gt": "a"}}),
        (POLICIES, {"name": {"$contains": "a"}}),
        (POLICIES, {"cancellationPolicy.enabled": {"$in": [True]}}),
        (STAFF, {"name": {"$startsWith": "A"}}),
    ],
    ids=str,
)
def test_a_field_takes_only_its_own_operators(sandbox: Sandbox, path: str, filtered: Json) -> None:
    answer = sandbox.call("POST", f"{path}/query", {"query": {"filter": filtered}})
    assert answer.status_code == 400


@pytest.mark.parametrize("state", [{}, {"at": "x"}, {"at": -1}, {"asked": 7}, {"search": []}, []])
@pytest.mark.parametrize("kind", ["query", "search"])
def test_a_cursor_that_wix_never_gave_is_refused_or_starts_anew(
    sandbox: Sandbox, kind: str, state: object
) -> None:
    cursor = base64.urlsafe_b64encode(json.dumps(state).encode()).decode()
    asked = {kind: {"cursorPaging": {"cursor": cursor}}}
    assert sandbox.call("POST", f"{STAFF}/{kind}", asked).status_code in (200, 400)


def test_services_are_paged_by_offset_and_searched_by_cursor(sandbox: Sandbox) -> None:
    asked = {"query": {"cursorPaging": {"limit": 5}}}
    assert field(sandbox.call("POST", f"{SERVICES}/query", asked)) == (400, "query.cursorPaging")
    found = sandbox.call("POST", f"{SERVICES}/search", {"search": {"cursorPaging": {"limit": 5}}})
    cursor = found.json()["pagingMetadata"]["cursors"]["next"]
    beside = {"search": {"cursorPaging": {"cursor": cursor}, "filter": {"hidden": True}}}
    status, _ = field(sandbox.call("POST", f"{SERVICES}/search", beside))
    assert status == 400


@pytest.mark.parametrize("path", [CATEGORIES, ADD_ONS])
def test_two_are_asked_by_get_as_well(sandbox: Sandbox, path: str) -> None:
    whole = sandbox.call("POST", f"{path}/query", {"query": {}}).json()[LISTED[path]]
    assert sandbox.call("GET", f"{path}/query").json()[LISTED[path]] == whole
    wanted = whole[-1]["id"]
    body = {"query": {"filter": {"id": wanted}}}
    packed = base64.urlsafe_b64encode(json.dumps(body).encode()).decode().rstrip("=")
    assert sandbox.call("GET", f"{path}/query?.r={packed}").json()[LISTED[path]] == whole[-1:]
    dotted = sandbox.call("GET", f"{path}/query?query.cursorPaging.limit=2").json()
    assert dotted[LISTED[path]] == whole[:2]


def test_a_question_in_an_address_that_is_none_is_refused(sandbox: Sandbox) -> None:
    assert field(sandbox.call("GET", f"{CATEGORIES}/query?.r=%21%21")) == (400, ".r")


def test_variants_have_another_key_for_each_way_to_them(sandbox: Sandbox) -> None:
    service = sandbox.service("facial")["id"]
    by_service = sandbox.call("GET", f"{OPTIONS}/service_id/{service}").json()
    assert list(by_service) == ["serviceVariants"]
    own = by_service["serviceVariants"]["id"]
    by_id = sandbox.call("GET", f"{OPTIONS}/{own}").json()
    assert by_id == {"serviceOptionsAndVariants": by_service["serviceVariants"]}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (f"{OPTIONS}/{NOBODY}", "SERVICE_OPTIONS_AND_VARIANTS_NOT_FOUND"),
        (f"{OPTIONS}/service_id/{NOBODY}", "SERVICE_OPTIONS_AND_VARIANTS_NOT_FOUND"),
        (f"{POLICIES}/{NOBODY}", "BOOKING_POLICY_NOT_FOUND"),
        (f"{RESOURCES}/{NOBODY}", "RESOURCE_NOT_FOUND"),
        (f"{TYPES}/{NOBODY}", "RESOURCE_TYPE_NOT_FOUND"),
        (f"{CATEGORIES}/{NOBODY}", "CATEGORY_NOT_FOUND"),
        (f"{ADD_ONS}/{NOBODY}", "ADD_ON_NOT_FOUND"),
    ],
)
def test_what_is_not_there_is_not_found(sandbox: Sandbox, path: str, expected: str) -> None:
    assert code(sandbox.call("GET", path)) == (404, expected)


@pytest.mark.parametrize("path", [*LISTED, f"{SERVICES}/categories", f"{SERVICES}/policies"])
def test_both_spellings_of_the_paths_answer(sandbox: Sandbox, path: str) -> None:
    published, alias = (
        sandbox.call("POST", f"{base}{path}/query", {"query": {}}) for base in ("", "/_api")
    )
    assert published.status_code == 200
    assert alias.json().keys() == published.json().keys()


@pytest.mark.parametrize("path", LISTED)
def test_visitors_may_read_the_catalogue(sandbox: Sandbox, path: str) -> None:
    answer = visitor(sandbox).post(f"{sandbox.url}{path}/query", json={"query": {}})
    assert answer.status_code == 200


def test_visitors_see_no_addresses_of_people(sandbox: Sandbox) -> None:
    asked = {"search": {"search": {"expression": "ana"}}}
    path = f"{STAFF}/search"
    (seen,) = visitor(sandbox).post(f"{sandbox.url}{path}", json=asked).json()["staffMembers"]
    (known,) = sandbox.call("POST", path, asked).json()["staffMembers"]
    assert (seen["email"], seen["phone"]) == ("", "")
    assert known["email"]
    assert known["phone"]


def test_a_resource_type_has_no_name_unless_asked(sandbox: Sandbox) -> None:
    service = sandbox.service("aroma-bath")["id"]
    plain = sandbox.call("GET", f"{SERVICES}/{service}").json()["service"]
    path = f"{SERVICES}/{service}?conditionalFields=RESOURCE_TYPE_DETAILS"
    detailed = sandbox.call("GET", path).json()["service"]
    assert "name" not in plain["serviceResources"][0]["resourceType"]
    assert detailed["serviceResources"][0]["resourceType"]["name"] == "Room"


def test_policies_and_forms_tell_which_services_have_them(sandbox: Sandbox) -> None:
    asked = {"query": {}, "conditionalFields": ["DEFAULT_BOOKING_FORM"]}
    told = sandbox.call("POST", f"{SERVICES}/booking-forms/query", asked).json()
    counts = {one["formDetails"]["name"]: one["totalServiceCount"] for one in told["bookingForms"]}
    assert counts == {"Booking form": 20, "Bridal styling": 1}
    assert max(len(one["connectedServices"]) for one in told["bookingForms"]) == 5
    assert told["defaultBookingForm"]["name"] == "Booking form"


def test_a_service_tells_the_minutes_of_its_add_ons(sandbox: Sandbox) -> None:
    details = sandbox.service("scalp-ritual")["addOnDetails"]
    assert [one["durationInMinutes"] for one in details] == [20, 10, None]


def test_an_unknown_member_of_a_question_is_ignored(sandbox: Sandbox) -> None:
    whole = sandbox.call("POST", f"{RESOURCES}/query", {"query": {}}).json()
    misspelt = {"query": {"filters": {"name": "Water room"}}, "field": ["X"]}
    assert sandbox.call("POST", f"{RESOURCES}/query", misspelt).json() == whole


def test_the_strictest_of_unknown_policies_is_refused(sandbox: Sandbox) -> None:
    path = f"{POLICIES}/strictest"
    assert field(sandbox.call("POST", path, {})) == (400, "bookingPolicyIds")
    told = code(sandbox.call("POST", path, {"bookingPolicyIds": [NOBODY]}))
    assert told == (404, "BOOKING_POLICY_NOT_FOUND")


def test_the_strictest_policy_has_no_id(sandbox: Sandbox) -> None:
    policies = sandbox.call("POST", f"{POLICIES}/query", {"query": {}}).json()["bookingPolicies"]
    asked = {"bookingPolicyIds": [policy["id"] for policy in policies]}
    told = sandbox.call("POST", f"{POLICIES}/strictest", asked).json()["bookingPolicy"]
    assert told["id"] is None
