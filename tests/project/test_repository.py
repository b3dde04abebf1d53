"""A clone works behind any mirror, and each exception from a rule says why it is made."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from tests.project.sources import ROOT, text_of, tracked_files

REGISTRIES = tuple(f"{name}.org" for name in ("pypi", "pythonhosted", "npmjs", "yarnpkg"))
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
IGNORE = re.compile(r"# (?:noqa|type: ignore|pragma:|mypy:|pyright:)")
# The reason follows after a second "#" or a dash.
IGNORE_WITH_RULE_AND_REASON = re.compile(
    r"# (?:noqa: [A-Z]+\d+(?:, ?[A-Z]+\d+)*|type: ignore\[[\w, -]+\])(?:  #| -) \w"
)


def is_text(path: Path) -> bool:
    return path.suffix not in {".png", ".jpg", ".webp", ".ico", ".woff2", ".mo"}


def test_no_file_names_a_package_registry() -> None:
    named = [
        f"{path.relative_to(ROOT)}: {registry}"
        for path in filter(is_text, tracked_files())
        for registry in REGISTRIES
        if registry in path.read_text()
    ]
    assert named == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: str(lock.stem))
def test_what_is_installed_is_locked_with_hashes_and_without_addresses(lock: Path) -> None:
    text = lock.read_text()
    pinned = re.findall(r"^[a-z0-9][\w.\[\]-]*==\S+.* \\$", text, flags=re.MULTILINE)
    packages = re.findall(r"^[a-z0-9]", text, flags=re.MULTILINE)
    assert len(pinned) == len(packages) > 20
    assert "://" not in text
    assert "--index" not in text


def test_what_npm_installs_is_locked_likewise() -> None:
    wanted, *locked = json.loads(text_of("tests/tools/package-lock.json"))["packages"].values()
    assert all("integrity" in each and "resolved" not in each for each in locked)
    assert (
        wanted["devDependencies"]
        == json.loads(text_of("tests/tools/package.json"))["devDependencies"]
    )
    assert all(version[0].isdigit() for version in wanted["devDependencies"].values())


def test_every_lock_agrees_with_the_site() -> None:
    site, *others = (
        dict(re.findall(r"^([\w.-]+)(?:\[.*\])?==(\S+)", text_of(name), flags=re.MULTILINE))
        for name in ("requirements/site.txt", "requirements/dev.txt", "requirements/sandbox.txt")
    )
    for other in others:
        assert {name: version for name, version in other.items() if name in site} == {
            name: version for name, version in site.items() if name in other
        }


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads(text_of("pyproject.toml"))["project"]
    named = {re.split(r"[\[<>=~ ]", line)[0] for line in project["dependencies"]}
    assert named <= set(re.findall(r"^([\w.-]+)", text_of("requirements/site.txt"), re.MULTILINE))


def test_every_ignore_names_its_rule_and_the_reason() -> None:
    bare = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in tracked_files("*.py")
        if path != Path(__file__)
        for line in path.read_text().splitlines()
        if IGNORE.search(line) and not IGNORE_WITH_RULE_AND_REASON.search(line)
    ]
    assert bare == []
