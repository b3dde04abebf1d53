"""Who comes along is asked, kept, and told to the business."""

from typing import Any

import pytest

from booking.models import Attempt, Booking, Step
from tests.flow.bridal import a_party, note_among
from tests.steps import Customer, Worker

pytestmark = pytest.mark.django_db


def test_the_people_of_a_party_are_kept_and_told_to_the_business(
    maria: Customer, worker: Worker
) -> None:
    path = maria.hold()
    a_party(Booking.objects.get(), (2, "Adult"), (1, "Child"))
    page = maria.look(path)
    assert "Adult 2" in page.words
    assert "Child 1" in page.words
    sent: dict[str, Any] = {
        "person-2-name": "Rui",
        "person-3-name": "Ana",
        "person-3-email": "ana@example.com",
    }
    assert maria.send(path, page, **sent).status == 303
    booking = Booking.objects.get(offered_for=None)
    assert [(each["name"], each["choice"], each["email"]) for each in booking.people] == [
        ("Maria", "Adult", "maria@example.com"),
        ("Rui", "Adult", ""),
        ("Ana", "Child", "ana@example.com"),
    ]
    body = note_among(worker.run()).body
    assert "- Rui (Adult)" in body
    assert "- Ana (Child), ana@example.com" in body


def test_a_party_without_names_is_a_party_and_needs_no_mail(
    maria: Customer, worker: Worker
) -> None:
    path = maria.hold()
    a_party(Booking.objects.get(), (3, ""))
    assert maria.send(path).status == 303
    assert len(Booking.objects.get(offered_for=None).people) == 3
    worker.run()
    assert not Attempt.objects.filter(step=Step.MAIL_NOTE).exists()


def test_a_contact_of_their_own_is_folded_away_until_there_is_one(maria: Customer) -> None:
    path = maria.hold()
    a_party(Booking.objects.get(), (2, ""))
    assert '<details class="more" open>' not in maria.look(path).text
    sent: dict[str, Any] = {"person-2-email": "rui"}
    answer = maria.send(path, **sent)
    assert answer.text.count('<details class="more" open>') == 1
