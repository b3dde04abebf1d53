"""Over a socket, as anybody uses it: a process with an address that ends when told to."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from socket import create_connection
from threading import Thread
from urllib.parse import urlsplit

import pytest
import requests

from booking.sandbox import make_app
from booking.sandbox.server import serve
from tests.in_process import Sandbox
from tests.sandbox.asking import SERVICES, chair, create, owner

MONDAY = "2030-06-03T09:00:00"
TEN = "2030-06-04T10:00:00"


@pytest.fixture
def over_http() -> Iterator[Sandbox]:
    server = serve(make_app("two-chairs"), "127.0.0.1", 0)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    sandbox = Sandbox(url=f"http://127.0.0.1:{server.port}")
    sandbox.clock(MONDAY)
    yield sandbox
    sandbox.close()
    server.shutdown()
    server.server_close()
    thread.join()


def test_the_same_handle_works_over_a_socket(over_http: Sandbox) -> None:
    booking = over_http.book("haircut", TEN, staff="ana")
    assert booking["status"] == "CONFIRMED"
    assert over_http.service("haircut")["urls"]["servicePage"]["url"].startswith(over_http.url)


def test_twenty_clients_at_once_for_one_chair_give_one_booking(over_http: Sandbox) -> None:
    over_http.seed(services=[{"slug": "haircut", "staffMemberIds": ["ana"]}])
    made = [create(over_http, chair(over_http, TEN))["id"] for _ in range(20)]

    def confirm(booking_id: str) -> str:
        url = f"{over_http.url}/bookings/v2/confirmation/{booking_id}:confirmOrDecline"
        with owner(over_http) as client:
            answer = client.post(url, json={"paymentStatus": "NOT_PAID"}).json()
        return str(answer["booking"]["status"])

    with ThreadPoolExecutor(20) as pool:
        statuses = sorted(pool.map(confirm, made))
    assert statuses == ["CONFIRMED"] + ["DECLINED"] * 19


def test_a_slow_answer_holds_nobody_else_up(over_http: Sandbox) -> None:
    over_http.fault("properties", delay=30)
    with owner(over_http) as client:
        with pytest.raises(requests.ReadTimeout):
            client.get(f"{over_http.url}/site-properties/v4/properties", timeout=0.2)
        answer = client.post(over_http.url + SERVICES, json={"query": {}}, timeout=5)
    assert answer.elapsed.total_seconds() < 5


def test_a_cut_connection_has_no_answer(over_http: Sandbox) -> None:
    over_http.fault("*", cut=True, times=1)
    with owner(over_http) as client:
        with pytest.raises(requests.ConnectionError, match="without response"):
            client.post(over_http.url + SERVICES, json={"query": {}})
        assert client.post(over_http.url + SERVICES, json={"query": {}}).status_code == 200


def test_a_connection_is_kept_for_the_next_question(over_http: Sandbox) -> None:
    connection = HTTPConnection("127.0.0.1", urlsplit(over_http.url).port)
    sockets = []
    for _ in range(3):
        connection.request("GET", "/_sandbox/clock")
        connection.getresponse().read()
        sockets.append(connection.sock)
    connection.close()
    assert sockets[0] is not None
    assert sockets == [sockets[0]] * 3


def test_a_client_that_waits_for_leave_to_send_its_body_gets_it(over_http: Sandbox) -> None:
    address = ("127.0.0.1", urlsplit(over_http.url).port or 0)
    with create_connection(address, timeout=5) as connection, connection.makefile("rb") as answer:
        connection.sendall(
            b"POST /_sandbox/clock HTTP/1.1\r\nHost: x\r\nContent-Length: 13\r\n"
            b"Expect: 100-continue\r\n\r\n"
        )
        assert answer.readline() == b"HTTP/1.1 100 Continue\r\n"
        connection.sendall(b'{"advance":1}')
        assert answer.readline() == b"\r\n"
        assert answer.readline() == b"HTTP/1.1 200 OK\r\n"


def test_a_large_seed_arrives_whole(over_http: Sandbox) -> None:
    over_http.seed(services=[{"slug": f"s-{n}", "description": "x" * 5000} for n in range(200)])
    assert len(over_http.service("s-199")["description"]) == 5000


@pytest.mark.parametrize("how_to_end", [signal.SIGTERM, signal.SIGINT], ids=str)
def test_the_program_prints_its_address_and_ends_when_told_to(how_to_end: signal.Signals) -> None:
    command = [sys.executable, "-m", "booking.sandbox", "--port", "0", "--seed", "two-chairs"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+", line)
        assert found is not None
        told = requests.get(f"{found[0]}/_sandbox/clock", timeout=10).json()
        process.send_signal(how_to_end)
        assert process.wait(timeout=10) == 0
    assert told["frozen"] is False
