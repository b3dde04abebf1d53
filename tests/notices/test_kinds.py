"""Every kind of booking is followed: what nobody has changed is left alone, what was changed is taken over."""

import re
from collections.abc import Callable

import pytest

from booking import wiring
from booking.domain.needs import Need
from booking.models import Attempt, Booking, Line
from tests.flow import visits
from tests.in_process import Json, Sandbox
from tests.notices.post import ANYWAY, Post
from tests.steps import Customer

pytestmark = pytest.mark.django_db

type Way = Callable[[Customer], str]
"""From a customer to the path of their booking."""


def plainly(slug: str) -> Way:
    return lambda maria: Customer(maria.client, slug).book()


def with_a_length(maria: Customer) -> str:
    facial = Customer(maria.client, "facial")
    path = facial.press(facial.look(length="60").offers[0], length="60").location
    return facial.send(path).location


def with_an_extra(maria: Customer) -> str:
    ritual = Customer(maria.client, "scalp-ritual")
    extra = re.search(r'name="(extra-[^"]+)"', ritual.look().text)
    assert extra
    chosen = {extra[1]: "1"}
    path = ritual.press(ritual.look(**chosen).offers[0], **chosen).location
    return ritual.send(path).location


def for_a_family(maria: Customer) -> str:
    family, who = Customer(maria.client, "family-yoga"), {"people-Adult": "1", "people-Child": "1"}
    path = family.press(family.look(**who).offers[0], **who).location
    return family.send(path).location


def several_sessions(maria: Customer) -> str:
    pilates = Customer(maria.client, "morning-pilates")
    path = pilates.press(pilates.look(several="1").ticks[:3]).location
    return pilates.send(path).location


def one_visit(maria: Customer) -> str:
    return maria.send(visits.hold(maria)).location


KINDS: dict[str, Way] = {
    "an appointment": plainly("haircut"),
    "a length": with_a_length,
    "an extra": with_an_extra,
    "a class": plainly("vinyasa-yoga"),
    "a family": for_a_family,
    "a course": plainly("yoga-for-beginners"),
    "several sessions": several_sessions,
    "a visit": one_visit,
}


def ours(sandbox: Sandbox) -> list[Json]:
    return [each for each in sandbox.bookings() if each.get("externalUserId")]


def owner_cancels_all(sandbox: Sandbox, post: Post) -> None:
    """Each booking at Wix; what is one visit only as a whole."""
    packages = set(Booking.objects.exclude(package_id="").values_list("package_id", flat=True))
    for package in packages:
        wix = wiring.wix_of(post.worker.site)
        wix.multi_service_bookings.cancel(package, ignore_policy=True)
    for booking in ours(sandbox) if not packages else []:
        sandbox.change(booking, "cancel", **ANYWAY)


def facts() -> list[tuple[object, ...]]:
    names = ("starts", "ends", "event_id", "staff_id", "staff_name", "location_id", "moved_from")
    return [*Line.objects.values_list(*names)]


@pytest.mark.parametrize("kind", KINDS)
def test_what_nobody_has_changed_is_left_alone(maria: Customer, post: Post, kind: str) -> None:
    KINDS[kind](maria)
    before = facts()
    assert len(post.bring()) == 1
    assert post.results() == {"looked again"}
    assert Booking.objects.get().stage == "confirmed"
    assert facts() == before
    assert not Attempt.objects.filter(settled=None).exists()


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_cancelled_as_a_whole_is_cancelled(
    maria: Customer, sandbox: Sandbox, post: Post, kind: str
) -> None:
    page = KINDS[kind](maria)
    post.bring()
    owner_cancels_all(sandbox, post)
    mails = post.bring()
    assert maria.look(page).main("truth") == "called_off"
    assert len(mails) == 1
    assert not Attempt.objects.filter(settled=None).exists()


def test_where_one_of_several_is_cancelled_the_others_stand_and_a_person_is_called(
    maria: Customer, sandbox: Sandbox, post: Post
) -> None:
    page = several_sessions(maria)
    post.bring()
    sandbox.change(ours(sandbox)[1], "cancel", **ANYWAY)
    assert post.bring() == []
    assert maria.look(page).main("truth") == "booked"
    assert Booking.objects.get().needs_owner == Need.ONE_IS_LOST
    Booking.objects.update(needs_owner="")
    post.bring(sandbox.notices())
    assert Booking.objects.get().needs_owner == ""


def test_a_place_in_a_class_moves_to_another_session(
    maria: Customer, sandbox: Sandbox, post: Post
) -> None:
    plainly("vinyasa-yoga")(maria)
    post.bring()
    event = Line.objects.get().event_id
    slots = sandbox.slots("vinyasa-yoga", "2027-03-08", "2027-03-20")
    other = next(e["eventInfo"]["eventId"] for e in slots if e["eventInfo"]["eventId"] != event)
    anyway = {"flowControlSettings": {"ignoreReschedulePolicy": True}}
    sandbox.change(ours(sandbox)[0], "reschedule", slot={"eventId": other}, **anyway)
    [mail] = post.bring()
    assert Line.objects.get().event_id == other
    assert "Moved" in mail.subject


def test_what_is_over_here_and_stands_at_wix_calls_a_person(
    maria: Customer, sandbox: Sandbox, post: Post
) -> None:
    maria.book()
    post.bring()
    Booking.objects.update(stage="cancelled")
    post.bring(sandbox.notices())
    Booking.objects.update(stage="cancelled")
    sandbox.change(ours(sandbox)[0], "reschedule", **_elsewhere(sandbox))
    assert post.bring() == []
    assert Booking.objects.get().needs_owner == Need.STANDS_AT_WIX


def _elsewhere(sandbox: Sandbox) -> Json:
    made = sandbox.book("haircut", "2027-03-04T15:00", confirm=False)
    slot = made["bookedEntity"]["slot"]
    return {"slot": slot, "flowControlSettings": {"ignoreReschedulePolicy": True}}
