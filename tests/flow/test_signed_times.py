"""A time's button carries the same signed facts for an hour, so that an unchanged page is the same bytes."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from tests.steps import Customer

pytestmark = pytest.mark.django_db


def test_a_page_that_has_not_changed_is_the_same_bytes_a_minute_later(maria: Customer) -> None:
    first = maria.look(date="2027-03-02")
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        assert maria.look(date="2027-03-02").text == first.text


@pytest.mark.parametrize(("hours", "status"), [(22.9, 303), (24.1, 400)])
def test_a_button_works_for_a_day(maria: Customer, hours: float, status: int) -> None:
    offer = maria.look(date="2027-03-10").offers[-1]
    with time_machine.travel(timezone.now() + timedelta(hours=hours)):
        assert maria.press(offer).status == status


def test_another_secret_signs_anew(maria: Customer, settings: Any) -> None:
    first = maria.look(date="2027-03-02").offers
    settings.SECRET_KEY = "another"
    assert not set(first) & set(maria.look(date="2027-03-02").offers)
