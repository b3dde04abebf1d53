"""Money and lengths of time are written as their readers write them."""

from decimal import Decimal

import pytest
from django.utils import translation

from booking import wording
from booking.domain.money import Money
from booking.domain.service import Price, PriceKind

THIN, NARROW, MARK = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}", "\N{RIGHT-TO-LEFT MARK}"


@pytest.mark.parametrize(
    ("language", "country", "amount", "currency", "written"),
    [
        ("en", "US", "40.00", "USD", "$40"),
        ("en", "US", "12.50", "USD", "$12.50"),
        ("en", "GB", "1250", "GBP", "£1,250"),
        ("en", "PT", "40", "EUR", f"40{THIN}€"),
        ("de", "DE", "12.50", "EUR", f"12,50{THIN}€"),
        ("pt", "PT", "12.50", "EUR", f"12,50{THIN}€"),
        ("pt", "BR", "40", "BRL", f"R${THIN}40"),
        ("ja", "JP", "1500", "JPY", "￥1,500"),
        ("en", "US", "1.250", "KWD", f"KWD{THIN}1.250"),
        ("he", "IL", "40", "ILS", f"{MARK}40{THIN}{MARK}₪"),
    ],
)
def test_an_amount_follows_language_country_and_currency(
    language: str, country: str, amount: str, currency: str, written: str
) -> None:
    locale = wording.locale_of(language, country)
    assert wording.money(Money(Decimal(amount), currency), locale) == written


@pytest.mark.parametrize(
    ("amount", "currency", "parts", "written"),
    [
        ("80", "EUR", 4, "€20"),
        ("50", "EUR", 3, "about €16.67"),
        ("25", "EUR", 2, "€12.50"),
        ("667", "JPY", 2, "about ¥334"),
        ("1.250", "KWD", 2, f"KWD{THIN}0.625"),
    ],
)
def test_a_part_is_exact_to_the_smallest_coin_or_said_to_be_about(
    amount: str, currency: str, parts: int, written: str
) -> None:
    locale = wording.locale_of("en", "US")
    assert wording.share(Money(Decimal(amount), currency), parts, locale) == written


@pytest.mark.parametrize(
    ("price", "written"),
    [
        (Price(kind=PriceKind.FREE), "Free"),
        (Price(kind=PriceKind.FIXED, amount=Money(Decimal(35), "USD")), "$35"),
        (Price(kind=PriceKind.CUSTOM, words="By arrangement"), "By arrangement"),
        (Price(kind=PriceKind.VARIED, lowest=Money(Decimal(30), "USD")), "from $30"),
        (
            Price(
                kind=PriceKind.VARIED,
                lowest=Money(Decimal(30), "USD"),
                highest=Money(Decimal(50), "USD"),
            ),
            "$30–$50",
        ),
        (Price(kind=PriceKind.UNKNOWN), ""),
    ],
    ids=lambda case: case.kind if isinstance(case, Price) else None,
)
def test_a_price_says_what_is_known_of_it(price: Price, written: str) -> None:
    assert wording.price(price, wording.locale_of("en", "US")) == written


@pytest.mark.parametrize(
    ("minutes", "written"),
    [(20, "20 min"), (60, "1 h"), (90, "1 h 30 min"), (150, "2 h 30 min")],
)
def test_a_length_is_given_in_hours_from_an_hour_on(minutes: int, written: str) -> None:
    assert wording.duration(minutes) == written


@pytest.mark.parametrize(
    ("minutes", "written"),
    [
        (30, "30 minutes"),
        (60, "1 hour"),
        (90, "90 minutes"),
        (24 * 60, "24 hours"),
        (48 * 60, "2 days"),
    ],
)
def test_a_notice_is_given_in_the_largest_unit_that_fits(minutes: int, written: str) -> None:
    assert wording.notice(minutes) == written


@pytest.mark.parametrize(("hours", "written"), [(1, "שעה אחת"), (2, "שעתיים"), (5, "5 שעות")])
def test_hebrew_counts_two_in_a_word_of_its_own(hours: int, written: str) -> None:
    with translation.override("he"):
        assert wording.notice(hours * 60) == written
