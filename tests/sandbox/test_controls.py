"""A test, or anybody with curl, turns the sandbox into the business and the moment it needs."""

import re
from pathlib import Path

import pytest

from booking.sandbox.controls import CONTROLS
from booking.sandbox.pages import CONTROLS as LISTED
from booking.sandbox.seeds import NAMES
from tests.in_process import Sandbox
from tests.sandbox.asking import SERVICES, day, owner, session_as

DOCS = Path(__file__).parents[2] / "docs" / "sandbox.md"


def slugs(sandbox: Sandbox) -> list[str]:
    services = sandbox.call("POST", SERVICES, {"query": {}}).json()["services"]
    return [service["mainSlug"]["name"] for service in services]


def test_credentials_are_what_a_client_needs_and_never_change(sandbox: Sandbox) -> None:
    told = sandbox.credentials
    assert set(told) == {
        "apiKey",
        "siteId",
        "appId",
        "appSecret",
        "instanceId",
        "clientId",
        "publicKey",
    }
    assert told["apiKey"] == "IST.sandbox.studio-owner"
    assert told["publicKey"].startswith("-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOC")
    assert Sandbox.in_process("empty").credentials == told


def test_a_reset_forgets_bookings_faults_log_settings_and_clock(sandbox: Sandbox) -> None:
    before = len(sandbox.bookings())
    sandbox.book("park-yoga", "2030-07-06T10:00")
    sandbox.fault("*", status=500)
    sandbox.settings(readerLagSeconds=9)
    owner(sandbox).get(f"{sandbox.url}/nowhere")
    sandbox.reset(now="2030-06-03T09:00:00")
    assert len(sandbox.bookings()) == before
    assert sandbox.requests() == []
    assert sandbox.settings()["readerLagSeconds"] == 0
    assert owner(sandbox).post(sandbox.url + SERVICES, json={"query": {}}).status_code == 200
    sandbox.reset()
    assert sandbox.now().year < 2030


def test_a_seeded_sandbox_does_the_same_things_under_the_same_ids(two_chairs: Sandbox) -> None:
    first = two_chairs.book("haircut", "2030-06-04T10:00")
    two_chairs.reset("two-chairs", now="2030-06-03T09:00:00")
    assert two_chairs.book("haircut", "2030-06-04T10:00") == first


def test_the_clock_stands_moves_and_runs_for_real_again(sandbox: Sandbox) -> None:
    sandbox.clock("2031-01-05T10:00:00")
    assert sandbox.now().isoformat() == "2031-01-05T10:00:00+00:00"
    sandbox.advance(90)
    assert sandbox.now().isoformat() == "2031-01-05T10:01:30+00:00"
    sandbox.clock("2031-07-05T10:00:00+02:00", running=True)
    assert sandbox.now().isoformat() >= "2031-07-05T08:00:00"
    sandbox.clock()
    assert sandbox.now().year < 2030


def test_a_service_is_changed_by_what_differs(sandbox: Sandbox) -> None:
    price = {"fixed": {"price": {"value": "41.50"}}}
    sandbox.seed(
        services=[
            {"slug": "haircut", "hidden": True, "name": "<b>Cut</b> & go", "payment": price},
            {"slug": "beard-trim", "onlineBooking": {"enabled": False}},
        ]
    )
    cut, trim = sandbox.service("haircut"), sandbox.service("beard-trim")
    assert (cut["hidden"], cut["name"]) == (True, "<b>Cut</b> & go")
    assert cut["payment"]["fixed"]["price"] == {"value": "41.50", "currency": "EUR"}
    assert trim["onlineBooking"]["enabled"] is False
    assert trim["payment"]["options"]["online"] is True


def test_five_hundred_services_can_be_added(sandbox: Sandbox) -> None:
    sandbox.seed(services=[{"slug": f"extra-{number}"} for number in range(500)])
    asked = {"query": {"paging": {"limit": 100, "offset": 500}}}
    told = sandbox.call("POST", SERVICES, asked).json()
    assert told["pagingMetadata"]["total"] == 521
    assert len(told["services"]) == 21
    assert day(sandbox, "extra-7", "2030-07-02")[0] == "09:00"


def test_new_people_and_places_can_be_named_by_their_slugs(sandbox: Sandbox) -> None:
    sandbox.seed(
        locations=[{"slug": "belem", "name": "Belém", "address": {"formattedAddress": "Belém"}}],
        staff=[{"slug": "eva", "workingHours": [{"days": ["FRIDAY"], "start": "10:00", "end": "11:00"}]}],
        services=[{"slug": "cut", "staffMemberIds": ["eva"], "locations": ["belem"]}],
    )  # fmt: skip
    assert day(sandbox, "cut", "2030-06-07") == ["10:00"]
    assert sandbox.service("cut")["locations"][0]["business"]["name"] == "Belém"


def test_changes_keep_the_bookings_there_are(two_chairs: Sandbox) -> None:
    two_chairs.book("haircut", "2030-06-04T10:00")
    two_chairs.seed(services=[{"slug": "haircut", "tagLine": "Quicker"}])
    assert len(two_chairs.bookings()) == 1


@pytest.mark.parametrize(
    "changes", [{"name": "nowhere"}, {"service": []}, {"services": [{"name": "No slug"}]}], ids=str
)
def test_a_seed_that_makes_no_sense_is_refused(
    sandbox: Sandbox, changes: dict[str, object]
) -> None:
    with pytest.raises(ValueError, match="400"):
        sandbox.seed(**changes)


def test_an_empty_business_has_nothing_to_sell(sandbox: Sandbox) -> None:
    sandbox.seed(name="empty")
    assert slugs(sandbox) == []


def test_nulls_can_be_left_out_as_wix_sometimes_does(two_chairs: Sandbox) -> None:
    asked = ("haircut", "2030-06-04T10:00", "2030-06-04T10:01")
    (with_nulls,) = two_chairs.slots(*asked)
    two_chairs.settings(omitNulls=True)
    (without,) = two_chairs.slots(*asked)
    assert with_nulls["nonBookableReasons"] is None
    assert "nonBookableReasons" not in without


def test_a_notice_address_is_kept(sandbox: Sandbox) -> None:
    url = "https://example.com/hook"
    answer = sandbox.call("POST", "/_sandbox/webhooks", {"url": url})
    assert answer.json()["urls"] == [url]


def test_every_answer_has_a_request_id_of_its_own(sandbox: Sandbox) -> None:
    nobody = session_as(sandbox, None)
    paths = ["/", "/_sandbox/clock", "/nowhere", "/site-properties/v4/properties"]
    ids = [nobody.get(sandbox.url + path).headers["x-wix-request-id"] for path in paths]
    assert len(set(ids)) == len(paths)


@pytest.mark.parametrize("body", ["{", "[1]", "7"])
def test_a_body_that_is_no_json_object_is_a_400(sandbox: Sandbox, body: str) -> None:
    assert owner(sandbox).post(sandbox.url + SERVICES, data=body).status_code == 400


def test_an_unknown_path_is_an_empty_404(sandbox: Sandbox) -> None:
    answer = owner(sandbox).post(f"{sandbox.url}/bookings/v2/bookings/query", json={})
    assert (answer.status_code, answer.content) == (404, b"")


def test_calls_are_counted_by_method_and_path(sandbox: Sandbox) -> None:
    client = owner(sandbox)
    for _ in range(3):
        client.post(sandbox.url + SERVICES, json={"query": {}})
    counts = sandbox.call("GET", "/_sandbox/requests").json()["counts"]
    assert counts == {f"POST {SERVICES}": 3}
    sandbox.forget_requests()
    assert sandbox.requests() == []


def test_a_log_never_holds_a_credential(sandbox: Sandbox) -> None:
    owner(sandbox).post(sandbox.url + SERVICES, json={"query": {}})
    assert sandbox.credentials["apiKey"] not in str(sandbox.requests())


def test_pictures_are_png_and_stay_the_same(sandbox: Sandbox) -> None:
    image = sandbox.service("haircut")["media"]["mainMedia"]["image"]
    first, second = (sandbox.call("GET", f"/media/{image['id']}") for _ in range(2))
    other = sandbox.call("GET", "/media/another.png")
    assert first.headers["Content-Type"] == "image/png"
    assert first.content.startswith(b"\x89PNG")
    assert first.content == second.content != other.content
    width, height = first.content[16:20], first.content[20:24]
    told = image["width"], image["height"]
    assert (int.from_bytes(width), int.from_bytes(height)) == told


def test_markup_in_texts_is_only_text_on_the_sandboxs_own_pages(sandbox: Sandbox) -> None:
    sandbox.seed(services=[{"slug": "haircut", "name": "<script>", "description": "<i>"}])
    page = sandbox.call("GET", "/service-page/haircut").text
    assert "&lt;script&gt;" in page
    assert "<script>" not in page + sandbox.call("GET", "/").text
    assert sandbox.call("GET", "/service-page/nothing").status_code == 404


def test_every_control_is_on_the_front_page_and_in_the_documentation() -> None:
    there = {f"{method} /_sandbox/{name}" for method, name in CONTROLS}
    documented = set(re.findall(r"`((?:GET|POST|DELETE) /_sandbox/[\w/]+)`", DOCS.read_text()))
    assert {f"{method} {path}" for method, path, _ in LISTED} == there == documented


def test_every_seed_and_credential_is_documented(sandbox: Sandbox) -> None:
    text = DOCS.read_text()
    told = {value for name, value in sandbox.credentials.items() if name != "publicKey"}
    assert [value for value in (*told, *NAMES) if f"`{value}`" not in text] == []


def test_an_unknown_control_is_not_found(sandbox: Sandbox) -> None:
    assert sandbox.call("POST", "/_sandbox/nothing").status_code == 404
