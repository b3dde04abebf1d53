"""What pages say of a choice, and what Wix was told of it."""

import re
from datetime import datetime, timedelta
from typing import Any

import time_machine
from django.utils import timezone

from tests.in_process import Json, Sandbox
from tests.steps import Answer

RITUAL = "scalp-ritual"  # 50 minutes for 42; two longer extras of which one, and up to three oils


def booked(sandbox: Sandbox) -> Json:
    [ours] = [each for each in sandbox.bookings() if each.get("externalUserId")]
    return ours


def minutes_at_wix(booking: Json) -> int:
    slot = booking["bookedEntity"]["slot"]
    return round((at(slot["endDate"]) - at(slot["startDate"])) / 60)


def at(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


def facts(page: Answer) -> str:
    """What the top of the page says of the service."""
    found = re.search(r'<header class="about">.*?</header>', page.text, re.DOTALL)
    return words_of(found[0] if found else "")


def words_of(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", text)).strip()


def chosen(page: Answer) -> list[str]:
    """The links that are marked as chosen."""
    links = re.findall(r'<a [^>]*aria-current="true"[^>]*>(.*?)</a>', page.text, re.DOTALL)
    return [words_of(each) for each in links]


def a_moment_later() -> time_machine.travel:
    """What was asked of Wix a second or two ago is asked anew."""
    return time_machine.travel(timezone.now() + timedelta(seconds=10))


def change(sandbox: Sandbox, slug: str, **changes: Any) -> None:
    sandbox.seed(services=[{"slug": slug, **changes}])
