"""What a release says of itself is one thing in every place: version, checks, packages, the containers' parts."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
import yaml

from models import __version__
from workers.supervision.processes import read_procfile

ROOT = Path(__file__).parent.parent
ROOMS = ("models", "workers", "service")


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def normalize(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def find_imports(room: str) -> dict[str, str]:
    """Every package from elsewhere that a room imports, with a file that does."""
    found: dict[str, str] = {}
    for path in (ROOT / room).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or ""]
            for name in names:
                top = name.partition(".")[0].replace("pydantic_core", "pydantic")  # its other half
                if top not in {*sys.stdlib_module_names, "_typeshed"} and top not in {*ROOMS, "research"}:
                    found[top] = str(path.relative_to(ROOT))
    return found


def test_the_version_is_the_same_everywhere() -> None:
    assert re.findall(r"^## (\d+\.\d+\.\d+)", read("CHANGELOG.md"), re.MULTILINE)[0] == __version__
    assert yaml.safe_load(read("CITATION.cff"))["version"] == __version__
    assert json.loads(read("doors/extension/manifest.json"))["version"] == __version__
    plugin = read("doors/wordpress/parallax/parallax.php")
    assert re.findall(r"^(?: \* Version:|const VERSION +=) '?([\d.]+)", plugin, re.MULTILINE) == [__version__] * 2


def read_extras() -> set[str]:
    """What a part of the library needs that most people never open: each is asked for by the name of an extra."""
    extras = tomllib.loads(read("pyproject.toml"))["project"]["optional-dependencies"]
    return {normalize(re.split(r"[\s<>=;\[]", line)[0]) for lines in extras.values() for line in lines}


@pytest.mark.parametrize("room", ROOMS)
def test_what_is_imported_is_named(room: str) -> None:
    lines = [re.match(r"[\w.-]+", line) for line in read("requirements.in").splitlines()]
    named = {normalize(line[0]) for line in lines if line} | (read_extras() if room == "models" else set())
    distributions = packages_distributions()
    unnamed = {
        where: package
        for package, where in find_imports(room).items()
        if not named & {normalize(name) for name in distributions[package]}
    }
    assert unnamed == {}


def test_the_library_asks_for_what_it_imports_and_for_nothing_else() -> None:
    asked = {
        normalize(re.split(r"[\s<>=;]", line)[0])
        for line in tomllib.loads(read("pyproject.toml"))["project"]["dependencies"]
    }
    distributions = packages_distributions()
    wanted = {normalize(name) for package in find_imports("models") for name in distributions[package]}
    assert not asked & read_extras()
    # That one is loaded by its name, models/document/pattern.py says why.
    assert asked == wanted - read_extras() | {"textblob"}


def test_the_hooks_are_the_checks_of_make() -> None:
    (local,) = yaml.safe_load(read(".pre-commit-config.yaml"))["repos"]
    asked = ["make", "--no-print-directory", "-n", "-o", "setup", "check"]
    told = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True)
    assert [hook["entry"] for hook in local["hooks"]] == told.stdout.splitlines()
    assert all(not hook["pass_filenames"] for hook in local["hooks"])


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return dict(yaml.safe_load(read("compose.yaml"))["services"])


def test_each_container_runs_its_part_of_the_procfile(compose: dict[str, Any]) -> None:
    assert set(compose) == {*read_procfile(), "store"}
    for name, command in read_procfile().items():
        shell, option, script = compose[name]["command"]
        said = subprocess.run(
            [shell, option, script.replace("$$", "$").replace("exec ", "echo ", 1)],
            cwd=ROOT, capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert said.stdout.split()[0] == command.split()[0]
        assert "${" not in said.stdout


def test_containers_write_nothing_but_their_data_and_belong_to_nobody(compose: dict[str, Any]) -> None:
    for name, service in compose.items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
    assert "USER 10001" in read("Dockerfile")
    assert compose["web"]["ports"] == ["127.0.0.1:8000:8000"]


def test_the_containers_store_keeps_what_was_answered(compose: dict[str, Any]) -> None:
    told = " ".join(compose["store"]["command"])
    for setting in ("appendonly yes", "appendfsync always", "maxmemory-policy noeviction"):
        assert f"`{setting}`" in read("docs/operations.md")
        assert f"--{setting}" in told


def test_the_image_holds_what_running_needs() -> None:
    taken = {line[1:].rstrip("*") for line in read(".dockerignore").splitlines() if line.startswith("!")}
    assert {*ROOMS, "docs/methodology.md", "Procfile", "requirements.txt", "LICENSE"} <= taken
    assert not taken & {"tests", "research", "docs", "requirements-dev.txt"}
