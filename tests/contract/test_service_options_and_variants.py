"""Prices by length, by the owner's own choice and by person are read with what a booking names."""

from decimal import Decimal

from booking.domain.money import Money
from booking.domain.party import Choice
from booking.domain.variants import OptionKind, Variants
from booking.wix import Wix
from tests.contract.conftest import the_service
from tests.in_process import Sandbox


def variants_of(wix: Wix, slug: str) -> Variants:
    found = wix.service_options_and_variants.get_by_service_id(the_service(wix, slug).id)
    assert found
    return found


def euros(amount: str) -> Money:
    return Money(Decimal(amount), "EUR")


def test_a_length_has_its_price(wix: Wix) -> None:
    facial = variants_of(wix, "facial")
    assert facial.kind is OptionKind.DURATION
    assert [(each.minutes, each.price) for each in facial.variants] == [
        (30, euros("40")),
        (60, euros("70")),
    ]
    full = facial.for_minutes(60)
    assert full
    assert full.name == "Full"
    assert facial.for_minutes(45) is None


def test_a_choice_of_the_owners_has_its_price_and_name(wix: Wix) -> None:
    yoga = variants_of(wix, "family-yoga")
    assert (yoga.kind, yoga.name) == (OptionKind.CUSTOM, "Age")
    child = yoga.named("Child")
    assert child
    assert child.price == euros("6")
    assert isinstance(child.choice, Choice)
    assert (child.choice.name, child.choice.minutes) == ("Child", None)
    assert yoga.named("Teenager") is None
    assert yoga.named("") is None


def test_a_persons_price_follows_from_the_resource(wix: Wix) -> None:
    blow_dry = the_service(wix, "blow-dry")
    told = variants_of(wix, "blow-dry")
    assert told.kind is OptionKind.STAFF
    prices = {member.name: told.for_staff(member.id) for member in blow_dry.staff}
    assert {name: each.price for name, each in prices.items() if each} == {
        "Ana Ribeiro": euros("32"),
        "Bruno Tavares": euros("26"),
    }
    assert all(each.choice is None for each in told.variants)


def test_a_service_of_one_price_has_no_variants(wix: Wix) -> None:
    haircut = the_service(wix, "haircut")
    assert wix.service_options_and_variants.get_by_service_id(haircut.id) is None


def test_those_of_all_services_are_told_at_once(wix: Wix) -> None:
    listed = {each.service_id: each for each in wix.service_options_and_variants.query()}
    slugs = ("facial", "family-yoga", "blow-dry")
    assert listed == {variants_of(wix, slug).service_id: variants_of(wix, slug) for slug in slugs}


def test_a_kind_of_choice_that_wix_tries_out_is_unknown(wix: Wix, sandbox: Sandbox) -> None:
    sandbox.seed(
        options=[{"slug": "facial", "options": {"values": [{"id": "o", "type": "DATE_TIME"}]}}]
    )
    assert variants_of(wix, "facial").kind is OptionKind.UNKNOWN
