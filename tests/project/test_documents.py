"""The documents say what the code does."""

import re

from tests.project.sources import (
    ROOT,
    make_targets,
    server_settings_read,
    settings_read,
    text_of,
)


def test_every_setting_is_documented_and_nothing_else() -> None:
    headings = re.findall(
        r"^#+ `?([A-Z][A-Z0-9_]+)`?$", text_of("docs/configuration.md"), flags=re.MULTILINE
    )
    assert sorted(headings) == sorted(settings_read() | server_settings_read())


def test_the_example_of_an_environment_names_only_settings() -> None:
    named = re.findall(r"^#? ?([A-Z][A-Z0-9_]+)=", text_of(".env.example"), flags=re.MULTILINE)
    assert named
    assert set(named) <= settings_read()


def test_every_make_command_in_the_documents_exists() -> None:
    documents = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    named = {
        target
        for document in documents
        for target in re.findall(r"(?:^|`)make ([a-z]+)", document.read_text(), flags=re.MULTILINE)
    }
    assert {"demo", "test"} <= named <= make_targets()


def test_make_alone_explains_every_command_that_people_run() -> None:
    explained = set(re.findall(r"^([a-z]+):.*## ", text_of("Makefile"), flags=re.MULTILINE))
    assert {"demo", "test", "check", "bench", "lock", "worker"} <= explained <= make_targets()


def test_every_file_that_the_documents_link_to_exists() -> None:
    documents = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    missing = [
        f"{document.relative_to(ROOT)}: {link}"
        for document in documents
        for link in re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", document.read_text())
        if not (document.parent / link).exists()
    ]
    assert missing == []
