"""Styles are plain: layers, properties that follow the direction of writing, and a small weight."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings

STATIC = settings.BASE_DIR / "static"
PAGES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
SHEETS = sorted((STATIC / "css").glob("*.css"))
LAYERS = {"reset", "tokens", "base", "layout", "components", "print"}
ONE_SIDED = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|inset)-(?:left|right)|left|right|text-align:\s*(?:left|right))\b"
)

SCRIPT = re.compile(r"{% static '(js/[\w-]+\.js)' %}")
WITH_SCRIPTS = [path for path in PAGES if SCRIPT.search(path.read_text())]

each_sheet = pytest.mark.parametrize("name", [path.name for path in SHEETS])


def read(name: str) -> str:
    """A style sheet without its comments."""
    return re.sub(r"/\*.*?\*/", "", (STATIC / "css" / name).read_text(), flags=re.DOTALL)


@each_sheet
def test_a_style_sheet_follows_the_direction_of_writing(name: str) -> None:
    assert ONE_SIDED.findall(read(name)) == []


@each_sheet
def test_a_style_sheet_needs_neither_importance_nor_ids(name: str) -> None:
    sheet = read(name)
    assert "!important" not in sheet
    assert [line for line in sheet.splitlines() if re.match(r"\s*#[a-z]", line)] == []


@each_sheet
def test_every_rule_stands_in_a_layer(name: str) -> None:
    outside = re.sub(r"@page\s*\{[^}]*\}", "", read(name))
    opened = re.findall(r"^(?=\S)([^\n{]*)\{", outside, flags=re.MULTILINE)
    assert {each.strip() for each in opened} <= {f"@layer {layer}" for layer in LAYERS}


@each_sheet
def test_colours_come_from_the_tokens(name: str) -> None:
    allowed = read(name) if name == "tokens.css" else ""
    colours = re.findall(r":[^;{]*?(#[0-9a-f]{3,8}\b)", read(name))
    assert [each for each in colours if each not in allowed] == PAPER.get(name, [])


PAPER = {"print.css": ["#fff", "#fff"]}
"""Paper is white."""


def test_all_styles_together_are_light() -> None:
    assert weight(b"".join(path.read_bytes() for path in SHEETS)) <= 12 * 1024


@pytest.mark.parametrize("template", WITH_SCRIPTS, ids=lambda path: str(path.name))
def test_the_scripts_of_a_page_together_are_light(template: Path) -> None:
    names = SCRIPT.findall(template.read_text())
    assert weight(b"".join((STATIC / name).read_bytes() for name in names)) <= 4.5 * 1024


def weight(content: bytes) -> int:
    return len(gzip.compress(content))
