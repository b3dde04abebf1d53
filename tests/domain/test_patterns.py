"""A pattern from an owner's form is kept to where that is sure and quick, and passed over elsewhere."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booking.domain.patterns import may_be


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        ("^[A-Z]{3}[0-9]{4}$", "ABC1234", True),
        ("^[A-Z]{3}[0-9]{4}$", "abc1234", False),
        (r"^(\+\d{1,3} )?\d+$", "+351 912345678", True),
        (r"^\d+$", "12a", False),
        (r"^(?:yes|no)$", "maybe", False),
        ("b", "abc", True),
        ("[[a]", "x", False),
        (r"^https?:\/\/", "https://example.com", True),
        (r"^(?=.*\d).{4,}$", "abcd", False),
        (r"^\d+$", "٣", False),
    ],
)
def test_a_plain_pattern_decides(pattern: str, text: str, *, fits: bool) -> None:
    assert may_be(pattern, text) is fits


@pytest.mark.parametrize(
    "pattern",
    [
        r"^\p{L}+$",
        "(?<year>[0-9]+)x",
        "(a)\\1x",
        "[",
        "(",
        ")",
        "*",
        "a{,3}b",
        "a++b",
        "[a--b]x",
        r"\Ab",
        "x" * 301,
        "(" * 150,
        "a{99999999999}",
        "a\\",
    ],
    ids=lambda pattern: pattern[:20],
)
def test_a_pattern_that_means_something_else_here_refuses_nobody(pattern: str) -> None:
    assert may_be(pattern, "zzz")


@pytest.mark.parametrize(
    "pattern",
    ["(a+)+$", "(a|a)*b", "(a?){40}b", "a*a*a*a*a*b", "a?" * 40 + "b", "(?:a|aa)+$", "((a*)b?)*c"],
)
@pytest.mark.parametrize("length", [20, 60, 4000])
def test_a_pattern_that_could_take_for_ever_takes_no_time(pattern: str, length: int) -> None:
    before = time.process_time()
    assert may_be(pattern, "a" * length + "!") in (True, False)
    assert time.process_time() - before < 1


@settings(max_examples=300, deadline=None)
@given(
    st.text(alphabet="ab^$.*+?{}()[]|\\,13-:=!<dw", max_size=24),
    st.text(alphabet="ab13-!", max_size=40),
)
def test_any_pattern_is_answered_in_time(pattern: str, text: str) -> None:
    before = time.process_time()
    may_be(pattern, text)
    assert time.process_time() - before < 1
