"""Every text that people read exists in every language we offer, and no guess among them."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(settings.BASE_DIR)
LANGUAGES = [code for code, _ in settings.LANGUAGES if code != "en"]
IN_TEMPLATES = re.compile(r"""(?:n?gettext|\b_)\((u?'(?:[^'\\]|\\.)*'|u?"(?:[^"\\]|\\.)*")""")
IN_MODULES = {"_", "gettext", "gettext_lazy", "ngettext"}


@cache
def texts() -> frozenset[str]:
    """Every text marked for translation, in templates and modules."""
    return frozenset([*_of_templates(), *_of_modules()])


def _of_templates() -> Iterator[str]:
    for path in (ROOT / "templates").rglob("*.*"):
        for literal in IN_TEMPLATES.findall(templatize(path.read_text())):
            yield ast.literal_eval(literal)


def _of_modules() -> Iterator[str]:
    for path in (ROOT / "booking").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=str(text)), *_]):
                    yield from [text] if name in IN_MODULES else []


def catalogue(language: str) -> Catalog:
    with (ROOT / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def translated(language: str) -> dict[str, tuple[str, ...]]:
    """The texts of a catalogue by their English; each with all its plural forms."""
    found = {}
    for message in catalogue(language):
        english = message.id if isinstance(message.id, str) else message.id[0]
        forms = message.string or ("",)
        found[english] = (forms,) if isinstance(forms, str) else tuple(forms)
    return found


def test_the_texts_are_found() -> None:
    assert {"What would you like to book?", "%(day)s, %(n)s time", "Booked"} <= texts()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language: str) -> None:
    forms = translated(language)
    assert [text for text in sorted(texts()) if not all(forms.get(text, [""]))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_left_of_a_text_that_is_gone(language: str) -> None:
    assert sorted(set(translated(language)) - texts() - {""}) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_a_guess(language: str) -> None:
    header, *messages = catalogue(language)
    assert not header.fuzzy
    assert [message.id for message in messages if message.fuzzy] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_translation_has_the_gaps_and_marks_of_its_text(language: str) -> None:
    def gaps(text: str) -> list[str]:
        return sorted(re.findall(r"%\(\w+\)[sd]|<[^>]+>", text))

    wrong = [
        (english, form)
        for english, forms in translated(language).items()
        for form in forms
        if len(forms) == 1 and english and gaps(form) != gaps(english)
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_for_many_names_the_number(language: str) -> None:
    many = [forms[-1] for forms in translated(language).values() if len(forms) > 1]
    assert [
        form for form in many if not re.search(r"%\((count|n|most|least|total)\)[sd]", form)
    ] == []
