"""Without the console the rest runs: two lines name it, and nothing else needs it."""

import pytest
from django.test import Client

from booking.models import Booking
from tests.project.sources import ROOT, tracked_files
from tests.project.test_contracts import imports_below
from tests.steps import Customer, Worker

CONSOLE = ("booking/console/", "templates/console/", "tests/console/")
NAMED_IN = {"bookingsite/settings.py", "bookingsite/urls.py"}


def test_nothing_imports_it() -> None:
    importers = {
        str(path.relative_to(ROOT))
        for folder in ("booking", "bookingsite")
        for path, module in imports_below(folder)
        if module.startswith("booking.console")
    }
    assert {each for each in importers if not each.startswith(CONSOLE)} == set()


def test_it_is_named_where_the_site_is_put_together_and_nowhere_else() -> None:
    naming = {
        str(path.relative_to(ROOT))
        for path in tracked_files("booking/*.py", "bookingsite/*.py")
        if "booking.console" in path.read_text()
    }
    assert {each for each in naming if not each.startswith(CONSOLE)} == NAMED_IN


@pytest.mark.django_db
@pytest.mark.urls("tests.console.without")
def test_bookings_are_made_and_the_business_is_told_without_it(
    refused: Booking, worker: Worker
) -> None:
    [mail] = worker.run()
    assert "PERMISSION_DENIED" in mail.body
    assert "console" not in mail.body
    assert Client().get("/console/").status_code == 404


@pytest.mark.django_db
@pytest.mark.urls("tests.console.without")
def test_a_customer_books_without_it(maria: Customer) -> None:
    assert maria.look(maria.book()).main("stage") == "confirmed"
