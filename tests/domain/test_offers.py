"""Whatever somebody asks for, an offer gives a choice that it makes and a price that adds up."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain.add_ons import AddOn, AddOnGroup
from booking.domain.errors import WrongChoice
from booking.domain.ids import AddOnGroupId, AddOnId
from booking.domain.menu import cheapest_first, cost_of, extras, lengths, minutes_of
from booking.domain.money import Money
from booking.domain.offer import Asked, Offer
from booking.domain.party import Choice
from booking.domain.price_preview import GroupPrice, PricePreview
from booking.domain.service import Kind, Price, PriceKind
from booking.domain.variants import OptionKind, Variant, Variants
from tests.builders import ANA, BEA, HAIRCUT, a_service


def euros(amount: int | str | Decimal) -> Money:
    return Money(Decimal(amount), "EUR")


MASK = AddOn(id=AddOnId("mask"), name="Mask", price=euros(8), minutes=10)
TOWEL = AddOn(id=AddOnId("towel"), name="Towel", price=euros(3), minutes=5)
OIL = AddOn(id=AddOnId("oil"), name="Oil", price=euros("4.50"), most=3)
TEA = AddOn(id=AddOnId("tea"), name="Tea")
GROUPS = (
    AddOnGroup(id=AddOnGroupId("longer"), name="Longer", most=1, add_ons=(MASK, TOWEL)),
    AddOnGroup(id=AddOnGroupId("home"), name="To take home", add_ons=(OIL, TEA)),
)


def a_length(minutes: int, price: int) -> Variant:
    return Variant(price=euros(price), choice=Choice(option_id="o", minutes=minutes))


def varied(by: OptionKind, *variants: Variant, **changes: object) -> Offer:
    service = a_service(price=Price(kind=PriceKind.VARIED), **changes)
    told = Variants(service_id=HAIRCUT, kind=by, variants=variants)
    return Offer(service=service, variants=told, add_on_groups=GROUPS)


FIXED = Offer(service=a_service(), add_on_groups=GROUPS)
FREE = Offer(service=a_service(price=Price(kind=PriceKind.FREE)), add_on_groups=GROUPS)
BY_WORDS = Offer(service=a_service(price=Price(kind=PriceKind.CUSTOM, words="Ask us")))
BY_LENGTH = varied(
    OptionKind.DURATION, a_length(30, 40), a_length(60, 70), minutes=None, lengths=(30, 60)
)
BY_PERSON = varied(
    OptionKind.STAFF,
    Variant(price=euros(32), staff_id=ANA.id),
    Variant(price=euros(26), staff_id=BEA.id),
)
BY_AGE = varied(
    OptionKind.CUSTOM,
    Variant(price=euros(12), choice=Choice(option_id="o", name="Adult")),
    Variant(price=euros(6), choice=Choice(option_id="o", name="Child")),
    kind=Kind.CLASS,
    policy=replace(a_service().policy, largest_party=6),
)
OFFERS = (FIXED, FREE, BY_WORDS, BY_LENGTH, BY_PERSON, BY_AGE)

names = st.sampled_from(["", "Adult", "Child", "Dog", "adult", "\x00"]) | st.text(max_size=5)
ids = st.sampled_from(["mask", "towel", "oil", "tea", "nothing"]) | st.text(max_size=5)
numbers = st.integers(-3, 9) | st.integers()
wishes = st.builds(
    Asked,
    people=st.dictionaries(names, numbers, max_size=4),
    minutes=st.none() | st.sampled_from([30, 45, 60]) | st.integers(),
    extras=st.none() | st.dictionaries(ids, numbers, max_size=5),
)
offers = st.sampled_from(OFFERS)


def _outcome_of(offer: Offer, asked: Asked) -> object:
    """What a strict choice gives: what is picked, or why not."""
    try:
        return offer.pick(asked)
    except WrongChoice as error:
        return error.args


@given(offers, wishes)
def test_what_is_asked_for_is_given_or_named_as_wrong_and_nothing_else_happens(
    offer: Offer, asked: Asked
) -> None:
    fitting, wrong = offer.pick_what_fits(asked)
    assert 1 <= fitting.people <= offer.largest_party
    assert _outcome_of(offer, asked) == (wrong[0].args if wrong else fitting)


@given(offers, wishes)
def test_what_fits_can_be_asked_for_again(offer: Offer, asked: Asked) -> None:
    fitting, _ = offer.pick_what_fits(asked)
    assert offer.pick(fitting.asked) == fitting


@given(offers, wishes, st.sampled_from([None, ANA.id, BEA.id]), st.integers(1, 5))
def test_a_total_is_the_sum_of_its_lines(
    offer: Offer, asked: Asked, staff_id: object, times: int
) -> None:
    fitting, _ = offer.pick_what_fits(asked)
    quote = offer.quote(fitting, ANA.id if staff_id == ANA.id else None, times)
    amounts = [line.each.amount * line.times for line in quote.lines]
    assert quote.total is None or quote.total.amount == sum(amounts)
    assert quote.is_nothing == (not quote.words and not quote.is_open and sum(amounts) == 0)


@given(wishes)
def test_what_wix_says_adds_up_with_the_extras(asked: Asked) -> None:
    fitting, _ = BY_AGE.pick_what_fits(asked)
    groups = tuple(GroupPrice(people=each.people, each=euros(7)) for each in fitting.groups)
    quote = BY_AGE.priced_by_wix(PricePreview(groups=groups), fitting)
    extra = sum(
        each.quantity * each.add_on.price.amount for each in fitting.add_ons if each.add_on.price
    )
    assert quote.total == euros(0 + 7 * fitting.people + extra) or quote.total is None


@pytest.mark.parametrize(
    ("asked", "what", "name"),
    [
        (Asked(people={}, minutes=50), "length", "50"),
        (Asked(people={}, extras={"mask": 1, "towel": 1}), "add-ons", "Longer"),
        (Asked(people={}, extras={"oil": 4}), "quantity", "Oil"),
        (Asked(people={}, extras={"mask": 2}), "quantity", "Mask"),
        (Asked(people={}, extras={"comb": 1}), "add-on", ""),
        (Asked(people={"Dog": 1}), "people", ""),
        (Asked(people={"": 2}), "party", ""),
    ],
)
def test_a_refusal_names_what_cannot_be_had(asked: Asked, what: str, name: str) -> None:
    with pytest.raises(WrongChoice) as refused:
        BY_LENGTH.pick(asked)
    assert (refused.value.what, refused.value.name) == (what, name)


def test_one_wrong_thing_leaves_the_others_chosen() -> None:
    asked = Asked(people={}, minutes=60, extras={"mask": 1, "towel": 1, "oil": 2, "comb": 1})
    fitting, wrong = BY_LENGTH.pick_what_fits(asked)
    assert fitting == BY_LENGTH.pick(Asked(people={}, minutes=60, extras={"oil": 2}))
    assert [each.what for each in wrong] == ["add-ons", "add-on"]


def test_each_length_has_its_price_with_what_else_is_chosen() -> None:
    picked = BY_LENGTH.pick(Asked(people={}, minutes=60, extras={"oil": 2}))
    told = [(each.minutes, each.cost.lowest, each.is_chosen) for each in lengths(BY_LENGTH, picked)]
    assert told == [(30, euros(49), False), (60, euros(79), True)]
    assert lengths(FIXED, FIXED.usual) == ()


def test_a_length_counts_the_extras_in() -> None:
    assert minutes_of(FIXED, FIXED.pick(Asked(people={}, extras={"mask": 1}))) == 55
    assert minutes_of(BY_LENGTH, BY_LENGTH.usual) == 30


def test_a_price_is_open_until_a_person_is_named() -> None:
    anyone, ana = cost_of(BY_PERSON, BY_PERSON.usual), cost_of(BY_PERSON, BY_PERSON.usual, [ANA.id])
    assert (anyone.lowest, anyone.highest, anyone.is_open) == (euros(26), euros(32), True)
    assert (ana.lowest, ana.is_open) == (euros(32), False)


def test_who_takes_anyone_is_given_the_lowest_price() -> None:
    assert cheapest_first(BY_PERSON, (ANA, BEA)) == (BEA, ANA)
    assert cheapest_first(FIXED, (ANA, BEA)) == (ANA, BEA)


def test_what_is_free_costs_only_its_extras() -> None:
    assert cost_of(FREE, FREE.usual).is_nothing
    assert cost_of(FREE, FREE.pick(Asked(people={}, extras={"oil": 1}))).lowest == euros("4.50")


def test_the_owner_s_words_stand_in_place_of_a_price() -> None:
    assert cost_of(BY_WORDS, BY_WORDS.usual).words == "Ask us"


def test_what_was_ticked_is_shown_also_where_it_is_too_much() -> None:
    longer, home = extras(FIXED, {"mask": 1, "towel": 1, "oil": 4})
    assert (longer.is_too_many, longer.is_wrong) == (True, True)
    assert (home.is_too_many, home.is_wrong) == (False, True)
    assert [each.asked for each in (*longer.extras, *home.extras)] == [1, 1, 4, 0]


def test_where_only_the_usual_length_can_be_asked_for_the_rest_is_left_out() -> None:
    cut = BY_LENGTH.of_usual_length
    assert (cut.lengths, cut.is_cut) == ((30,), True)
    assert [each.add_ons for each in cut.add_on_groups] == [(OIL, TEA)]
    plain = Offer(service=a_service())
    assert plain.of_usual_length is plain
