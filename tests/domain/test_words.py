"""Words are compared and shortened as people read them, in any script."""

import pytest

from booking.domain.words import first_line, folded, handle


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Coloração", "COLORACAO"),
        ("Straße", "strasse"),
        ("Żółw", "zolw"),
        ("Smørrebrød", "smorrebrod"),
        ("IŞIK", "isik"),
        ("Œuvre", "oeuvre"),
        ("women’s", "women's"),
        ("תִּסְפֹּרֶת", "תספורת"[0] + "ספרת"),
        ("Массаж", "МАССАЖ"),
        ("ﾖｶﾞ", "ヨガ"),
        ("한국", "한국"),
    ],
)
def test_accents_case_points_and_widths_make_no_difference(written: str, typed: str) -> None:
    assert folded(written) == folded(typed)


def test_different_words_stay_different() -> None:
    assert len({folded(each) for each in ("hair", "chair", "שיער", "髪", "волосы")}) == 5


@pytest.mark.parametrize(
    ("name", "spelled"),
    [
        ("Cut & colour", "cut-colour"),
        ("  Yoga -- for ALL ", "yoga-for-all"),
        ("Cuidados da pele", "cuidados-da-pele"),
        ("עיצוב שיער", "עיצוב-שיער"),
        ("हिन्दी", "हिन्दी"),
        ("***", ""),
    ],
)
def test_a_name_in_a_link_is_its_words_in_its_own_script(name: str, spelled: str) -> None:
    assert handle(name) == spelled


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", ""),
        ("\n  \n One  two \n three", "One two"),
        ("word " * 100, "word word word…"),
        ("字" * 100, f"{'字' * 18}…"),
    ],
)
def test_of_a_long_text_the_first_line_is_told_as_far_as_it_fits(text: str, line: str) -> None:
    assert first_line(text, 18) == line
