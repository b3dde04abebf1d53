"""What a customer does who wants several services in one visit."""

import re
from datetime import timedelta
from typing import Any

import time_machine
from django.utils import timezone

from tests.in_process import Json, Sandbox
from tests.steps import Answer, Customer

TOGETHER = "/together/"
CUT, TRIM = "haircut", "beard-trim"


def look(customer: Customer, *slugs: str, place: str = "Chiado", **more: Any) -> Answer:
    """The page with these services chosen, in this order."""
    asked = {"service": [*slugs], **more}
    page = Answer(customer.client.get(TOGETHER, asked))
    found = re.search(rf'name="location" value="([^"]+)"[^>]*>(?:<span>)?{place}', page.text)
    if found is None or "location" in more:
        return page
    return Answer(customer.client.get(TOGETHER, {**asked, "location": found[1]}))


def press(customer: Customer, row: str, **fields: str) -> Answer:
    return Answer(customer.client.post(f"{TOGETHER}hold/", {"row": row, **fields}))


def hold(customer: Customer, *slugs: str, number: int = 0) -> str:
    answer = press(customer, look(customer, *slugs or (CUT, TRIM)).rows[number])
    assert answer.status == 303, answer.words
    return answer.location


def ours(sandbox: Sandbox) -> list[Json]:
    """Maria's bookings at Wix."""
    return [each for each in sandbox.bookings() if each.get("externalUserId")]


def later(**time: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(**time))
