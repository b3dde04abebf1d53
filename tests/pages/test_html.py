"""Every page is valid HTML, in every stage and with its errors."""

from pathlib import Path

from tests.every_page import LANGUAGES, PAGES
from tests.plugins.reading import HtmlFaults
from tests.save_pages import saved


def test_no_page_has_a_fault_in_its_html(saved_pages: Path, html_faults: HtmlFaults) -> None:
    files = [saved(saved_pages, name, language) for name in PAGES for language in LANGUAGES]
    assert html_faults(files) == []


def test_a_fault_would_be_found(tmp_path: Path, html_faults: HtmlFaults) -> None:
    (tmp_path / "page.html").write_text("<!doctype html><p id=a><div id=a></div></p>")
    assert html_faults([tmp_path / "page.html"]) != []
