"""Somebody who has only Wix's documentation and an HTTP library gets through: not a line is ours."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from threading import Thread
from typing import Any

import jwt
import pytest
import requests

from booking.sandbox import make_app
from booking.sandbox.server import serve
from tests.sandbox.receiver import receiving, within

type Json = dict[str, Any]

CONTACT = {"firstName": "Ada", "lastName": "Lopes", "email": "ada@example.com"}
OWNERS_WORD = {"BUSINESS": "OWNER_BUSINESS", "CUSTOM": "OWNER_CUSTOM", "CUSTOMER": "CUSTOM"}
STAFF = "1cd44cf8-756f-41c3-bd90-3e2ffcaf1155"
BOOKINGS_APP = "13d21c63-b5ec-5912-8397-c3a5ddb27a97"
ZONE = "Europe/Lisbon"
SLOTS, BOOKINGS = "/_api/service-availability/v2/time-slots", "/_api/bookings-service/v2/bookings"


@pytest.fixture
def url() -> Iterator[str]:
    app = make_app("studio")
    server = serve(app, "127.0.0.1", 0)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    server.server_close()
    app.close()
    thread.join()


class Site:
    """Calls as one identity. Every answer must be 200."""

    def __init__(self, url: str, token: Json) -> None:
        self.url = url
        self.session = requests.Session()
        self.session.trust_env = False
        answer = self.session.post(f"{url}/oauth2/token", json=token)
        self.session.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"

    def __call__(self, path: str, body: Json) -> Json:
        answer = self.session.post(self.url + path, json=body)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())


@pytest.fixture
def told(url: str) -> Json:
    return dict(requests.get(f"{url}/_sandbox/credentials", timeout=10).json())


@pytest.fixture
def visitor(url: str, told: Json) -> Site:
    return Site(url, {"clientId": told["clientId"], "grantType": "anonymous"})


@pytest.fixture
def app(url: str, told: Json) -> Site:
    secret = {"client_id": told["appId"], "client_secret": told["appSecret"]}
    instance = {"instance_id": told["instanceId"]}
    return Site(url, {"grant_type": "client_credentials", **secret, **instance})


def post(address: str, body: Json) -> Json:
    """A call as nobody."""
    return dict(requests.post(address, json=body, timeout=10).json())


def service(site: Site, slug: str) -> Json:
    query = {"query": {"filter": {"mainSlug.name": slug}, "paging": {"limit": 1}}}
    (found,) = site("/bookings/v2/services/query", query)["services"]
    return dict(found)


def days(first: int, last: int) -> Json:
    today = datetime.now().replace(hour=0, minute=0, second=0, microsecond=0)  # noqa: DTZ005 - a wall clock
    return {
        "fromLocalDate": (today + timedelta(days=first)).isoformat(),
        "toLocalDate": (today + timedelta(days=last)).isoformat(),
        "timeZone": ZONE,
    }


def create(site: Site, entity: Json, **more: Any) -> Json:
    given = {"bookedEntity": entity, "totalParticipants": 1, "contactDetails": CONTACT, **more}
    made = site(BOOKINGS, {"booking": given})["booking"]
    assert (made["status"], made["paymentStatus"]) == ("CREATED", "UNDEFINED")
    return dict(made)


def decide(site: Site, booking: Json) -> Json:
    path = f"/bookings/v2/confirmation/{booking['id']}:confirmOrDecline"
    return dict(site(path, {"paymentStatus": "NOT_PAID"})["booking"])


def appointment(site: Site, slug: str = "haircut") -> Json:
    haircut = service(site, slug)
    asked = {"serviceId": haircut["id"], "bookable": True, **days(7, 21)}
    slot = site(SLOTS, asked | {"includeResourceTypeIds": [STAFF]})["timeSlots"][0]
    return {
        "slot": {
            "serviceId": haircut["id"],
            "scheduleId": slot["scheduleId"],
            "startDate": slot["localStartDate"],
            "endDate": slot["localEndDate"],
            "timezone": ZONE,
            "resource": {"id": slot["availableResources"][0]["resources"][0]["id"]},
            "location": {
                "id": slot["location"]["id"],
                "locationType": OWNERS_WORD[slot["location"]["locationType"]],
            },
        }
    }


def test_an_appointment_is_booked_moved_and_cancelled(visitor: Site, app: Site) -> None:
    entity = appointment(visitor)
    confirmed = decide(app, create(visitor, entity, selectedPaymentOption="OFFLINE"))
    assert confirmed["status"] == "CONFIRMED"
    body = {"revision": confirmed["revision"], "slot": appointment(visitor)["slot"]}
    moved = app(f"{BOOKINGS}/{confirmed['id']}/reschedule", body)["booking"]
    assert moved["startDate"] != confirmed["startDate"]
    cancel = {"revision": moved["revision"], "participantNotification": {}}
    cancelled = app(f"{BOOKINGS}/{moved['id']}/cancel", cancel)["booking"]
    assert cancelled["status"] == "CANCELED"


def in_a_cart(site: Site, booking: Json) -> str:
    item = {"catalogItemId": booking["id"], "appId": BOOKINGS_APP}
    cart = {
        "catalogItems": [{"quantity": 1, "catalogReference": item}],
        "cart": {"source": {"channelType": "WEB"}},
    }
    return str(site("/ecom/v2/carts", cart)["cart"]["id"])


def as_wix_has_it(site: Site, booking: Json) -> Json:
    query = {"query": {"filter": {"id": booking["id"]}}, "withEcomOrder": True}
    (found,) = site("/bookings/bookings-reader/v2/extended-bookings/query", query)[
        "extendedBookings"
    ]
    return dict(found)


def test_what_is_paid_on_wixs_page_is_ordered_and_confirmed(visitor: Site, app: Site) -> None:
    entity = appointment(visitor, "relaxing-massage")
    booking = create(visitor, entity, selectedPaymentOption="ONLINE")
    cart = f"/ecom/v2/carts/{in_a_cart(app, booking)}"
    total = app(f"{cart}/calculate", {})["summary"]["priceSummary"]["total"]["amount"]
    page = app(f"{cart}/get-checkout-url", {})["checkoutUrl"]
    assert float(total) == 65
    assert requests.post(f"{page}/pay", timeout=10).status_code == 200
    assert within(30, lambda: as_wix_has_it(app, booking)["booking"]["status"] == "CONFIRMED")
    settled = as_wix_has_it(app, booking)
    assert settled["booking"]["paymentStatus"] == "PAID"
    assert (settled["order"]["status"], settled["order"]["paymentStatus"]) == ("APPROVED", "PAID")
    paid = app.session.get(f"{app.url}/ecom/v1/payments/orders/{settled['order']['id']}")
    assert [one["regularPaymentDetails"]["status"] for one in payments_in(paid.json())] == [
        "APPROVED"
    ]


def payments_in(answer: Json) -> list[Json]:
    """The payments of one order, whose answer wraps them."""
    return list(answer["orderTransactions"]["payments"])


def test_a_card_that_is_declined_leaves_the_booking_as_it_was(visitor: Site, app: Site) -> None:
    entity = appointment(visitor, "relaxing-massage")
    booking = create(visitor, entity, selectedPaymentOption="ONLINE")
    cart = f"/ecom/v2/carts/{in_a_cart(app, booking)}"
    page = app(f"{cart}/get-checkout-url", {})["checkoutUrl"]
    assert requests.post(f"{page}/decline", timeout=10).status_code == 200
    post(f"{app.url}/_sandbox/settle", {})
    assert as_wix_has_it(app, booking)["booking"]["status"] == "CREATED"


def a_class(site: Site) -> tuple[Json, Json]:
    """A class of the studio with an open session, and the session."""
    query = {"query": {"filter": {"type": "CLASS"}}}
    services = site("/bookings/v2/services/query", query)["services"]
    ids = [one["id"] for one in services if one["payment"]["options"]["inPerson"]]
    slots = site(f"{SLOTS}/event", {"serviceIds": ids, **days(2, 14)})["timeSlots"]
    slot = next(one for one in slots if one["bookable"])
    return next(one for one in services if one["id"] == slot["serviceId"]), slot


def test_a_session_of_a_class_is_booked_by_its_event(visitor: Site, app: Site) -> None:
    found, slot = a_class(visitor)
    event = slot["eventInfo"]["eventId"]
    entity = {"slot": {"serviceId": found["id"], "eventId": event}}
    booked = decide(app, create(visitor, entity))
    assert booked["status"] in ("CONFIRMED", "PENDING")
    asked = {"serviceIds": [found["id"]], **days(2, 14)}
    after = app(f"{SLOTS}/event", asked)["timeSlots"]
    (same,) = [one for one in after if one["eventInfo"]["eventId"] == event]
    assert same["remainingCapacity"] == slot["remainingCapacity"] - 1


def test_a_course_is_booked_by_its_schedule(visitor: Site, app: Site) -> None:
    query = {"query": {"filter": {"type": "COURSE"}}}
    courses = visitor("/bookings/v2/services/query", query)["services"]
    course = next(one for one in courses if one["payment"]["options"]["inPerson"])
    schedule = {"serviceId": course["id"], "scheduleId": course["schedule"]["id"]}
    booked = decide(app, create(visitor, {"schedule": {**schedule, "timezone": ZONE}}))
    assert booked["status"] in ("CONFIRMED", "PENDING")


def test_a_visitor_stays_themselves_by_the_refresh_token(url: str, told: Json) -> None:
    grant = {"clientId": told["clientId"], "grantType": "anonymous"}
    first = post(f"{url}/oauth2/token", grant)
    refresh = {"clientId": told["clientId"], "grantType": "refresh_token"}
    refresh |= {"refreshToken": first["refresh_token"]}
    again = post(f"{url}/oauth2/token", refresh)
    infos = [
        post(f"{url}/oauth2/token-info", {"token": one["access_token"]}) for one in (first, again)
    ]
    assert infos[0]["subjectId"] == infos[1]["subjectId"]
    assert {one["subjectType"] for one in infos} == {"VISITOR"}


def test_a_notice_is_verified_with_the_public_key(
    url: str, told: Json, visitor: Site, app: Site
) -> None:
    with receiving() as receiver:
        post(f"{url}/_sandbox/webhooks", {"url": receiver.url})
        booking = decide(app, create(visitor, appointment(visitor)))
        assert within(30, lambda: len(receiver.bodies) == 3)
    claims = [
        jwt.decode(body, told["publicKey"], algorithms=["RS256"], audience=told["appId"])
        for body in receiver.bodies
    ]
    outer = [json.loads(each["data"]) for each in claims]
    events = [json.loads(each["data"]) for each in outer]
    assert [each["slug"] for each in events] == ["created", "confirmed", "updated"]
    assert {each["entityId"] for each in events} == {booking["id"]}
    assert {each["instanceId"] for each in outer} == {told["instanceId"]}
    assert json.loads(outer[0]["identity"])["identityType"] == "ANONYMOUS_VISITOR"
    assert events[1]["actionEvent"]["body"]["booking"]["status"] == "CONFIRMED"
