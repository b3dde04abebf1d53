"""The image and the services around it name only what exists.

Nothing here needs a container engine: the steps of the build run in a clean folder instead.
"""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands

from bookingsite.processes import Processes, free_port, start_sandbox, wix_of_sandbox
from tests.project.sources import ROOT, settings_read, text_of, tracked_files

SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(text_of("compose.yaml"))["services"]
DEMO = dict(re.findall(r"^(\w+)=(.*)$", text_of("demo.env"), flags=re.MULTILINE))
BOTH_FILES = text_of("Dockerfile") + text_of("compose.yaml")
COMES_LATER = {"locale"}


def image_parts() -> set[str]:
    """The files and folders that the image may hold."""
    return set(re.findall(r"^!(\S+)$", text_of(".dockerignore"), flags=re.MULTILINE))


def run(*command: str | Path, cwd: Path, **env: str) -> None:
    """Run in an environment that knows nothing of these tests' own settings."""
    ours = settings_read() | {"DJANGO_SETTINGS_MODULE"}
    clean = {name: value for name, value in os.environ.items() if name not in ours}
    done = subprocess.run(
        command, cwd=cwd, env=clean | env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_services_follow_the_compose_specification() -> None:
    schema = ("--builtin-schema", "vendor.compose-spec")
    run(sys.executable, "-m", "check_jsonschema", *schema, "compose.yaml", cwd=ROOT)


def test_every_management_command_they_run_exists() -> None:
    named = set(re.findall(r"manage\.py\W+(\w+)", BOTH_FILES))
    assert {"migrate", "ensure_site", "worker", "collectstatic"} <= named <= set(get_commands())


@pytest.mark.parametrize("module", sorted(set(re.findall(r"-m,? ([a-z.]+)", BOTH_FILES))))
def test_every_module_they_run_exists(module: str) -> None:
    assert importlib.util.find_spec(module) is not None


@pytest.mark.parametrize("part", sorted(image_parts() - COMES_LATER))
def test_everything_the_image_holds_exists(part: str) -> None:
    assert (ROOT / part).exists()


@pytest.mark.parametrize("name", ["site", "worker", "migrate"])
def test_a_service_is_given_settings_that_the_site_reads(name: str) -> None:
    assert set(SERVICES[name]["environment"]) <= settings_read()


def test_every_service_waited_for_exists_and_can_say_that_it_is_ready() -> None:
    waits = [
        (waited, how["condition"])
        for service in SERVICES.values()
        for waited, how in service.get("depends_on", {}).items()
    ]
    without_check = [
        waited
        for waited, condition in waits
        if condition == "service_healthy" and "healthcheck" not in SERVICES[waited]
    ]
    assert waits
    assert without_check == []


def test_without_a_profile_nothing_emulated_runs() -> None:
    ordinary = {name for name, service in SERVICES.items() if "profiles" not in service}
    assert ordinary == {"site", "worker", "migrate", "db", "redis"}


def test_the_demo_has_the_sandboxs_credentials(tmp_path: Path) -> None:
    processes = Processes(tmp_path)
    try:
        wix = wix_of_sandbox(start_sandbox(processes, free_port()))
    finally:
        processes.stop()
    assert {name: DEMO[name] for name in ("WIX_API_KEY", "WIX_SITE_ID")} == {
        name: wix[name] for name in ("WIX_API_KEY", "WIX_SITE_ID")
    }


def test_the_demo_sets_only_what_the_services_pass_on() -> None:
    assert set(DEMO) <= set(SERVICES["site"]["environment"])


def test_the_image_runs_as_a_plain_user() -> None:
    assert re.findall(r"^USER (\S+)$", text_of("Dockerfile"), flags=re.MULTILINE) == ["booking"]


@pytest.mark.slow
def test_the_image_can_be_built_from_what_it_holds(tmp_path: Path) -> None:
    app, venv = tmp_path / "app", tmp_path / "venv"
    for path in tracked_files(*image_parts()):
        copy = app / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
    run(sys.executable, "-m", "venv", venv, cwd=tmp_path)
    lock = app / "requirements/site.txt"
    install = ("-m", "pip", "install", "--quiet", "--require-hashes", "--requirement", lock)
    run(venv / "bin/python", *install, cwd=app)
    building = {"SECRET_KEY": "building", "PUBLIC_URL": "http://localhost:8000"}
    collect = ("manage.py", "collectstatic", "--noinput", "--verbosity", "0")
    run(venv / "bin/python", *collect, cwd=app, **building)
    run(venv / "bin/python", "manage.py", "check", cwd=app, **building)
    assert (app / "var/static/staticfiles.json").exists()
