"""Nothing that was typed is lost: not to a mistake, the clock, another customer or Wix."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone

from booking.models import Booking
from tests.flow.bridal import DETAILS, a_party
from tests.in_process import Sandbox
from tests.steps import Answer, Customer

pytestmark = pytest.mark.django_db


def typed(page: Answer) -> dict[str, bool]:
    """Which of the bride's answers stand on a page."""
    return {
        "text": page.field("q-dress_7a8b") == "Ivory",
        "long text": "In the garden.\nAt noon.</textarea>" in page.text.replace("\r", ""),
        "radio": re.search(r'value="long"[^>]* checked', page.text) is not None,
        "two boxes": len(re.findall(r'name="q-wishes_3c4d"[^>]* checked', page.text)) == 2,
        "box": re.search(r'name="q-pictures_1e2f"[^>]* checked', page.text) is not None,
        "person": page.field("person-2-name") == "Rui",
    }


ALL_TYPED = dict.fromkeys(("text", "long text", "radio", "two boxes", "box", "person"), True)


@pytest.fixture
def half_done(bride: Customer) -> str:
    """The path of a form for two that was sent with one mistake."""
    path = bride.hold()
    a_party(Booking.objects.get(), (2, ""))
    answer = bride.send(path, **(DETAILS | {"email": "nobody", "person-2-name": "Rui"}))
    assert typed(answer) == ALL_TYPED
    return path


def test_a_page_that_is_opened_again_has_what_was_typed(bride: Customer, half_done: str) -> None:
    assert typed(bride.look(half_done)) == ALL_TYPED


def test_another_time_begins_with_what_was_typed(bride: Customer, half_done: str) -> None:
    path = bride.hold(2, again=bride.look(half_done).again)
    a_party(Booking.objects.latest("created"), (2, ""))
    assert typed(bride.look(path)) == ALL_TYPED


def test_answers_that_come_too_late_are_there_for_the_next_time(bride: Customer) -> None:
    path = bride.hold()
    page = bride.look(path)
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        late = bride.send(path, page, **DETAILS)
        again = late.field("again")
        path = bride.hold(2, again=again)
        assert typed(bride.look(path)) == ALL_TYPED | {"person": False}


def test_a_booking_that_wix_declined_is_tried_again_with_the_same_answers(
    bride: Customer, sandbox: Sandbox
) -> None:
    path = bride.hold()
    page = bride.look(path)
    line = Booking.objects.get().line
    sandbox.fault("/bookings/v2/bookings", status=428, code="SLOT_NOT_AVAILABLE", times=1)
    lost = bride.look(bride.send(path, page, **DETAILS).location)
    assert (lost.main("stage"), line.participants) == ("declined", 1)
    path = bride.take_instead(lost).location
    assert typed(bride.look(path)) == ALL_TYPED | {"person": False}
    anew = bride.hold(3, again=lost.again)
    assert typed(bride.look(anew)) == ALL_TYPED | {"person": False}


def test_answers_whose_questions_cannot_be_had_are_kept_and_the_form_is_given_again(
    bride: Customer, sandbox: Sandbox
) -> None:
    path = bride.hold()
    page = bride.look(path)
    cache.clear()
    sandbox.fault("/form-schema-service/*", status=503)
    answer = bride.send(path, page, **DETAILS)
    assert answer.status == 503
    assert "Please send this once more" in answer.words
    sandbox.clear_faults()
    assert typed(bride.look(path)) == ALL_TYPED | {"person": False}
