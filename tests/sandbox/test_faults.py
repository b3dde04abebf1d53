"""Faults are ordered by path and happen as a network or a bad day at Wix would make them."""

import time
from typing import Any

import pytest
import requests

from tests.in_process import Sandbox
from tests.sandbox.asking import BOOKINGS, SERVICES, SLOTS, chair, code, owner

PROPERTIES = "/site-properties/v4/properties"


def ask(sandbox: Sandbox, path: str = PROPERTIES) -> requests.Response:
    return owner(sandbox).get(sandbox.url + path, timeout=(3, 5))


@pytest.mark.parametrize(
    "path", ["*", PROPERTIES, "properties", "/site-properties/*", "^/site-[a-z]+/v4/.*$"]
)
def test_a_path_is_told_by_glob_by_its_end_or_by_expression(sandbox: Sandbox, path: str) -> None:
    sandbox.fault(path, status=503)
    assert ask(sandbox).status_code == 503


def test_other_paths_and_methods_are_left_alone(sandbox: Sandbox) -> None:
    sandbox.fault("time-slots", status=503)
    sandbox.fault("properties", status=503, method="POST")
    assert ask(sandbox).status_code == 200


def test_a_fault_happens_as_often_as_ordered_after_as_many_calls(sandbox: Sandbox) -> None:
    sandbox.fault("properties", status=500, times=2, after=1)
    assert [ask(sandbox).status_code for _ in range(5)] == [200, 500, 500, 200, 200]


def test_faults_are_cleared(sandbox: Sandbox) -> None:
    sandbox.fault("*", status=500)
    sandbox.clear_faults()
    assert ask(sandbox).status_code == 200


def test_a_code_comes_in_wixs_envelope(sandbox: Sandbox) -> None:
    sandbox.fault("*", status=428, code="SLOT_NOT_AVAILABLE")
    assert code(ask(sandbox)) == (428, "SLOT_NOT_AVAILABLE")


def test_a_body_is_sent_as_ordered(sandbox: Sandbox) -> None:
    sandbox.fault("*", body={"properties": None}, headers={"Retry-After": "7"})
    answer = ask(sandbox)
    assert (answer.json(), answer.headers["Retry-After"]) == ({"properties": None}, "7")


def test_malformed_html_and_empty_answers(sandbox: Sandbox) -> None:
    sandbox.fault("*", malformed=True, times=1)
    sandbox.fault("*", html=True, status=502, times=1)
    sandbox.fault("*", empty=True, times=1)
    malformed, html, empty = ask(sandbox), ask(sandbox), ask(sandbox)
    with pytest.raises(requests.JSONDecodeError):
        malformed.json()
    assert (html.status_code, html.headers["Content-Type"][:9]) == (502, "text/html")
    assert (empty.status_code, empty.content) == (200, b"")


def test_a_cut_connection_is_a_connection_error_and_does_nothing(two_chairs: Sandbox) -> None:
    two_chairs.fault("bookings", cut=True)
    client, body = owner(two_chairs), chair(two_chairs, "2030-06-04T10:00:00")
    with pytest.raises(requests.ConnectionError, match="Connection aborted"):
        client.post(two_chairs.url + BOOKINGS, json=body)
    assert two_chairs.bookings() == []


def test_a_lost_answer_has_had_its_effect(two_chairs: Sandbox) -> None:
    two_chairs.fault("bookings", lose_answer=True, times=1)
    client, body = owner(two_chairs), chair(two_chairs, "2030-06-04T10:00:00")
    with pytest.raises(requests.ConnectionError):
        client.post(two_chairs.url + BOOKINGS, json=body)
    assert len(two_chairs.bookings()) == 1


def test_a_delay_beyond_the_read_time_out_is_not_waited_for(two_chairs: Sandbox) -> None:
    two_chairs.fault("bookings", delay=600)
    client, body = owner(two_chairs), chair(two_chairs, "2030-06-04T10:00:00")
    began = time.monotonic()
    with pytest.raises(requests.ReadTimeout):
        client.post(two_chairs.url + BOOKINGS, json=body, timeout=(1, 20))
    assert time.monotonic() - began < 5
    assert len(two_chairs.bookings()) == 1


def test_delays_add_up_and_an_answer_may_be_both_late_and_wrong(sandbox: Sandbox) -> None:
    sandbox.fault("*", delay=3)
    sandbox.fault("*", delay=3, status=503)
    with pytest.raises(requests.ReadTimeout):
        ask(sandbox)
    sandbox.clear_faults()
    sandbox.fault("*", delay=0.01)
    sandbox.fault("*", status=503)
    assert ask(sandbox).status_code == 503


def test_pictures_and_tokens_fail_like_anything_else(sandbox: Sandbox) -> None:
    sandbox.fault("/media/*", status=404)
    assert ask(sandbox, "/media/anything.png").status_code == 404


def test_the_tests_own_calls_are_spared(sandbox: Sandbox) -> None:
    sandbox.fault("*", cut=True)
    assert sandbox.service("haircut")["name"] == "Haircut"


def test_calls_that_failed_are_in_the_log_with_what_became_of_them(sandbox: Sandbox) -> None:
    sandbox.fault("query", cut=True, times=1)
    client = owner(sandbox)
    with pytest.raises(requests.ConnectionError):
        client.post(sandbox.url + SERVICES, json={"query": {}})
    client.post(sandbox.url + SLOTS, json={"serviceId": "x"})
    cut, refused = sandbox.requests()
    assert (cut["path"], cut["status"]) == (SERVICES, None)
    assert (refused["path"], refused["status"], refused["body"]) == (SLOTS, 400, {"serviceId": "x"})
    assert sandbox.calls("time-slots") == [f"POST {SLOTS}"]


@pytest.mark.parametrize(
    "order", [{"path": ""}, {"path": "^(", "cut": True}, {"path": "*", "delay": "long"}], ids=str
)
def test_an_order_that_makes_no_sense_is_refused(sandbox: Sandbox, order: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="400"):
        sandbox.fault(**order)
