"""What Wix says a choice costs is what the choice is priced at."""

from datetime import timedelta
from decimal import Decimal

import pytest

from booking.domain.money import Money
from booking.domain.party import Group
from booking.domain.variants import Variant
from booking.wix import Wix
from booking.wix.errors import InvalidRequest
from booking.wix.new_booking import NewSessionBooking
from tests.contract.conftest import JO, LISBON, TODAY, the_booking, the_service, the_slots
from tests.in_process import Sandbox


def variant(wix: Wix, slug: str, name: str) -> Variant:
    told = wix.service_options_and_variants.get_by_service_id(the_service(wix, slug).id)
    assert told
    found = told.named(name)
    assert found
    return found


def some(people: int, chosen: Variant | None = None) -> Group:
    choices = (chosen.choice,) if chosen and chosen.choice else ()
    return Group(people=people, choices=choices)


def euros(amount: str) -> Money:
    return Money(Decimal(amount), "EUR")


def test_a_fixed_price_is_paid_by_each(wix: Wix) -> None:
    yoga = the_service(wix, "vinyasa-yoga")
    told = wix.pricing.preview(yoga.id, [some(3)], currency="EUR", staff_id=yoga.staff[0].id)
    assert told.total == euros("42")
    assert [(each.people, each.each) for each in told.groups] == [(3, euros("14"))]


def test_adults_and_children_pay_their_own_price(wix: Wix) -> None:
    yoga = the_service(wix, "family-yoga")
    adults = some(2, variant(wix, "family-yoga", "Adult"))
    children = some(3, variant(wix, "family-yoga", "Child"))
    told = wix.pricing.preview(
        yoga.id, [adults, children], currency="EUR", staff_id=yoga.staff[0].id
    )
    assert told.total == euros("42")
    assert [each.each for each in told.groups] == [euros("12"), euros("6")]


def test_a_length_has_its_price(wix: Wix) -> None:
    facial = the_service(wix, "facial")
    full = variant(wix, "facial", "Full")
    told = wix.pricing.preview(
        facial.id, [some(1, full)], currency="EUR", staff_id=facial.staff[0].id
    )
    assert told.total == euros("70")


def test_a_persons_price_follows_from_who_is_booked(wix: Wix) -> None:
    blow_dry = the_service(wix, "blow-dry")
    prices = [
        wix.pricing.preview(blow_dry.id, [some(1)], currency="EUR", staff_id=member.id).total
        for member in blow_dry.staff
    ]
    assert prices == [euros("32"), euros("26")]


def test_cents_are_exact_and_a_deposit_is_told(wix: Wix, sandbox: Sandbox) -> None:
    price = {"value": "89.10", "currency": "EUR"}
    sandbox.seed(services=[{"slug": "colour-and-gloss", "payment": {"fixed": {"price": price}}}])
    colour = the_service(wix, "colour-and-gloss")
    told = wix.pricing.preview(colour.id, [some(1)], currency="EUR", staff_id=colour.staff[0].id)
    assert (told.total, told.deposit) == (euros("89.1"), euros("30"))


def test_a_price_in_words_stays_words(wix: Wix) -> None:
    bridal = the_service(wix, "bridal-styling")
    told = wix.pricing.preview(bridal.id, [some(1)], currency="EUR", staff_id=bridal.staff[0].id)
    assert (told.total, told.words) == (None, "Price on request")


def test_a_course_needs_nobody_named(wix: Wix) -> None:
    course = the_service(wix, "yoga-for-beginners")
    told = wix.pricing.preview(course.id, [some(2)], currency="EUR")
    assert told.total == euros("240")


def test_nobody_named_for_an_appointment_is_refused(wix: Wix) -> None:
    with pytest.raises(InvalidRequest):
        wix.pricing.preview(the_service(wix, "haircut").id, [some(1)], currency="EUR")


def test_a_booking_that_is_not_made_yet_has_a_price(wix: Wix, sandbox: Sandbox) -> None:
    slot = the_slots(wix, the_service(wix, "haircut").id).slots[0]
    before = len(sandbox.bookings())
    assert wix.pricing.calculate(the_booking(slot), currency="EUR").total == euros("35")
    assert len(sandbox.bookings()) == before


def test_a_price_is_asked_without_telling_who_books(wix: Wix, sandbox: Sandbox) -> None:
    slot = the_slots(wix, the_service(wix, "haircut").id).slots[0]
    wix.pricing.calculate(the_booking(slot), currency="EUR")
    (asked,) = [one for one in sandbox.requests() if one["path"].endswith("/calculate")]
    assert JO.email not in str(asked["body"])


def test_groups_of_a_session_are_added_up(wix: Wix) -> None:
    yoga = the_service(wix, "family-yoga")
    starts = TODAY + timedelta(days=1)
    sessions = wix.event_time_slots.list(
        [yoga.id], starts=starts, ends=starts + timedelta(days=14), zone=LISBON
    )
    booking = NewSessionBooking(
        service_id=yoga.id,
        event_id=sessions.sessions[0].event_id,
        customer=JO,
        reference="line-1",
        groups=(
            some(1, variant(wix, "family-yoga", "Adult")),
            some(2, variant(wix, "family-yoga", "Child")),
        ),
    )
    assert wix.pricing.calculate(booking, currency="EUR").total == euros("24")
