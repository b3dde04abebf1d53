"""Those who run the site can see whether it lives and whether it works."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from booking.actions.forget import end_lapsed_holds, forget_old
from booking.models import Attempt, Booking, Site
from tests.steps import Customer, Worker

pytestmark = pytest.mark.django_db


def test_a_living_process_says_so_without_a_site_or_a_database(client: Client) -> None:
    answer = client.get("/healthz", headers={"host": "anything.example"})
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_a_site_that_works_is_ready(client: Client, site: Site) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"database": True, "migrations": True, "worker": True}


def test_a_site_whose_worker_does_nothing_is_not_ready(client: Client, site: Site) -> None:
    Customer(client).book()
    Attempt.objects.update(due=timezone.now() - timedelta(minutes=6))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["worker"]) == (503, False)


def test_a_worker_that_takes_work_and_never_does_it_is_not_ready(
    client: Client, site: Site
) -> None:
    Customer(client).book()
    now = timezone.now()
    Attempt.objects.update(due=now - timedelta(minutes=6), lease_until=now + timedelta(minutes=1))
    assert client.get("/readyz").status_code == 503


def test_a_worker_that_caught_up_makes_it_ready_again(client: Client, worker: Worker) -> None:
    Customer(client).book()
    Attempt.objects.update(due=timezone.now() - timedelta(minutes=6))
    worker.run()
    assert client.get("/readyz").status_code == 200


def test_a_booking_never_made_is_forgotten(client: Client, site: Site) -> None:
    customer = Customer(client)
    customer.send(customer.hold(), email="not an address")
    later = timezone.now() + timedelta(hours=1)
    assert end_lapsed_holds(later) == 1
    forget_old(later + timedelta(hours=25))
    assert Booking.objects.get().draft == {}
    forget_old(later + timedelta(days=8))
    assert not Booking.objects.exists()
