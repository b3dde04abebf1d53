"""Every template can be read, also those that no test happens to show."""

from pathlib import Path

import pytest
from django.template.loader import get_template

from tests.project.sources import ROOT

TEMPLATES = ROOT / "templates"
NAMES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*") if path.is_file())


@pytest.mark.parametrize("name", NAMES)
def test_a_template_can_be_read(name: str) -> None:
    get_template(Path(name).as_posix())
