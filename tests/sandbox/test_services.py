"""The catalogue is asked as Wix's is: filters, order, pages, and the facts of the business."""

from itertools import chain

import pytest

from tests.in_process import Sandbox
from tests.sandbox.asking import SERVICES, Json, code, field


def query(sandbox: Sandbox, **asked: object) -> list[str]:
    """Slugs that a query finds."""
    answer = sandbox.call("POST", SERVICES, {"query": asked})
    assert answer.status_code == 200, answer.text
    return [service["mainSlug"]["name"] for service in answer.json()["services"]]


def test_the_studio_sells_everything_a_front_end_must_cope_with(sandbox: Sandbox) -> None:
    services = sandbox.call("POST", SERVICES, {"query": {}}).json()["services"]
    kinds = [service["type"] for service in services]
    rates = {service["payment"]["rateType"] for service in services}
    assert kinds.count("APPOINTMENT") >= 8
    assert (kinds.count("CLASS"), kinds.count("COURSE")) == (5, 2)
    assert rates == {"FIXED", "NO_FEE", "CUSTOM", "VARIED"}
    assert sum(service["hidden"] for service in services) == 1
    assert sum(not service["onlineBooking"]["enabled"] for service in services) == 1
    assert sum(service["onlineBooking"]["requireManualApproval"] for service in services) == 1
    assert any(service["payment"]["options"]["deposit"] for service in services)


@pytest.mark.parametrize("base", ["/bookings/v2/services", "/_api/bookings/v2/services"])
def test_both_spellings_of_the_paths_answer(sandbox: Sandbox, base: str) -> None:
    found = sandbox.call("POST", f"{base}/query", {"query": {}}).json()["services"][0]
    again = sandbox.call("GET", f"{base}/{found['id']}").json()["service"]
    assert again == found


@pytest.mark.parametrize(
    ("filtered", "found"),
    [
        ({"mainSlug.name": "haircut"}, ["haircut"]),
        ({"supportedSlugs.name": {"$hasSome": ["haircut", "nothing"]}}, ["haircut"]),
        ({"name": {"$startsWith": "vinyasa"}}, ["vinyasa-yoga"]),
        ({"hidden": True}, ["team-haircut"]),
        ({"hidden": {"$ne": False}}, ["team-haircut"]),
        ({"onlineBooking.enabled": False}, ["hair-extensions"]),
        ({"type": {"$in": ["COURSE"]}}, ["massage-for-couples", "yoga-for-beginners"]),
        (
            {"$and": [{"type": "CLASS"}, {"$not": {"payment.options.inPerson": True}}]},
            ["sound-bath"],
        ),
        ({"$or": [{"mainSlug.name": "haircut"}, {"hidden": True}]}, ["haircut", "team-haircut"]),
        ({"type": "CLASS", "payment.options.online": False}, ["morning-pilates", "park-yoga"]),
        ({"description": {"$contains": "RAZOR"}}, ["beard-trim"]),
        ({"schedule.firstSessionStart": {"$exists": True}, "type": "APPOINTMENT"}, []),
    ],
    ids=str,
)
def test_a_filter_finds_what_it_says(sandbox: Sandbox, filtered: Json, found: list[str]) -> None:
    sort = [{"fieldName": "mainSlug.name", "order": "ASC"}]
    assert query(sandbox, filter=filtered, sort=sort) == found


def test_a_field_that_is_not_declared_is_named_in_the_refusal(sandbox: Sandbox) -> None:
    answer = sandbox.call("POST", SERVICES, {"query": {"filter": {"categoryId": "x"}}})
    assert field(answer) == (400, "value")
    assert "categoryId" in answer.json()["message"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"query": {"filter": {"name": {"$like": "x"}}}},
        {"query": {"paging": {"limit": 101}}},
        {"query": {"paging": {"limit": 1}, "cursorPaging": {"limit": 1}}},
        {"query": {"sort": [{"fieldName": "staffing"}]}},
        {"query": {}, "conditionalFields": ["EVERYTHING"]},
    ],
    ids=str,
)
def test_a_query_that_wix_would_not_take_is_refused(sandbox: Sandbox, body: Json) -> None:
    assert sandbox.call("POST", SERVICES, body).status_code == 400


def test_pages_follow_one_another_without_gaps(sandbox: Sandbox) -> None:
    sort = [{"fieldName": "name", "order": "DESC"}]
    whole = query(sandbox, sort=sort)
    pages = [query(sandbox, sort=sort, paging={"limit": 7, "offset": at}) for at in (0, 7, 14)]
    assert list(chain(*pages)) == whole
    asked = {"query": {"paging": {"limit": 7, "offset": 14}}}
    told = sandbox.call("POST", SERVICES, asked).json()["pagingMetadata"]
    assert told == {"count": 7, "offset": 14, "total": 21, "tooManyToCount": False}


def test_staff_details_come_only_when_asked_for_and_carry_resource_ids(sandbox: Sandbox) -> None:
    plain = sandbox.call("POST", SERVICES, {"query": {}}).json()["services"][0]
    detailed = sandbox.service("haircut")
    people = detailed["staffMemberDetails"]["staffMembers"]
    assert "staffMemberDetails" not in plain
    assert [person["name"] for person in people] == ["Ana Ribeiro", "Bruno Tavares"]
    assert [person["staffMemberId"] for person in people] == detailed["staffMemberIds"]


def test_numbers_pictures_and_addresses_look_as_they_do_on_the_wire(sandbox: Sandbox) -> None:
    service = sandbox.service("haircut")
    image = service["media"]["mainMedia"]["image"]
    assert service["revision"] == "1"
    assert service["payment"]["fixed"]["price"] == {"value": "35", "currency": "EUR"}
    assert image["url"] == image["id"]
    assert service["urls"]["servicePage"]["url"] == f"{sandbox.url}/service-page/haircut"
    assert service["locations"][0]["type"] == "BUSINESS"
    assert "sessions" not in service


def test_a_renamed_service_is_still_found_by_its_old_slug(sandbox: Sandbox) -> None:
    sandbox.seed(services=[{"slug": "haircut", "mainSlug": {"name": "cut"}}])
    assert sandbox.service("haircut")["mainSlug"]["name"] == "cut"
    assert query(sandbox, filter={"mainSlug.name": "haircut"}) == []


def test_a_course_tells_its_first_and_last_day_and_begins_again_when_over(
    sandbox: Sandbox,
) -> None:
    before = sandbox.service("yoga-for-beginners")["schedule"]
    assert before["firstSessionStart"] == "2030-06-18T18:00:00Z"
    assert before["lastSessionEnd"] == "2030-07-23T19:15:00Z"
    sandbox.clock("2031-06-03T09:00:00")
    assert sandbox.service("yoga-for-beginners")["schedule"]["lastSessionEnd"] > "2031-06-03"


def test_an_unknown_service_is_not_found(sandbox: Sandbox) -> None:
    answer = sandbox.call("GET", "/bookings/v2/services/00000000-0000-4000-8000-000000000000")
    assert code(answer) == (404, "SERVICE_NOT_FOUND")


def test_the_business_tells_zone_currency_and_address(sandbox: Sandbox) -> None:
    told = sandbox.call("GET", "/site-properties/v4/properties").json()["properties"]
    assert (told["timeZone"], told["paymentCurrency"]) == ("Europe/Lisbon", "EUR")
    assert told["address"]["coordinates"]["latitude"] == pytest.approx(38.71, abs=0.01)


def test_a_field_mask_narrows_the_properties(sandbox: Sandbox) -> None:
    masked = sandbox.call("GET", "/site-properties/v4/properties?fields=timeZone,locale")
    assert set(masked.json()["properties"]) == {"timeZone", "locale"}


def test_staff_are_told_with_their_resources_when_asked(sandbox: Sandbox) -> None:
    path = "/bookings/v1/staff-members/query"
    asked = {"query": {"filter": {"name": "Clara Nunes"}}, "fields": ["RESOURCE_DETAILS"]}
    found = sandbox.call("POST", path, asked).json()["staffMembers"]
    assert [member["name"] for member in found] == ["Clara Nunes"]
    assert found[0]["resource"]["id"] == found[0]["resourceId"] != found[0]["id"]
    one = sandbox.call("GET", f"/bookings/v1/staff-members/{found[0]['id']}").json()
    assert "resource" not in one["staffMember"]
