"""A new user's walk: every command of README and docs/api.md, pasted into one shell, against the running service."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.conftest import Service

ROOT = Path(__file__).parent.parent
DOCUMENTS = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md")))
BETWEEN = "--- the next command ---"


def paste(document: Path, service: Service, folder: Path) -> list[str]:
    """Run a document's bash blocks, one after the other, in a folder that looks like the repository; what each said."""
    for entry in ROOT.iterdir():
        if not entry.name.startswith(".") or entry.name == ".venv":
            (folder / entry.name).symlink_to(entry)
    blocks = re.findall(r"^```bash\n(.*?)^```", document.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    script = f"echo '{BETWEEN}'\n".join(blocks).replace("http://127.0.0.1:8000", service.url)
    pasted = subprocess.run(
        ["bash", "-e"], cwd=folder, input=script, capture_output=True, text=True, timeout=540, check=False
    )
    assert pasted.returncode == 0, pasted.stdout[-2000:] + pasted.stderr
    said = pasted.stdout.split(BETWEEN + "\n")
    assert len(said) == len(blocks)
    return said


def read_table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module")
def walk(service: Service, tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], Path]:
    """What README's commands said, and the folder in which they left their files."""
    folder = tmp_path_factory.mktemp("walk")
    return paste(ROOT / "README.md", service, folder), folder


def test_the_readme_over_http(walk: tuple[list[str], Path]) -> None:
    submitted, read, compared, exported, batch, *_ = walk[0]
    identifier = json.loads(submitted)["id"]
    report = json.loads(read)
    assert report["id"] == identifier
    assert "regime" in [term["text"] for term in report["vocabulary"]["terms"]]
    assert "Ana Moore" in [entity["name"] for entity in report["entities"]]
    outlets = [article["outlet"] for article in json.loads(compared)["articles"]]
    assert outlets == ["The Harrow Post", "The Harbour Ledger"]
    assert "regime" in [row["text"] for row in read_table(exported)]
    articles = read_table((ROOT / "examples" / "articles.csv").read_text("utf-8"))
    assert [row["title"] for row in read_table(batch)] == [article["title"] for article in articles]
    assert {row["status"] for row in read_table(batch)} == {"done"}


def test_the_readme_on_the_command_line(walk: tuple[list[str], Path]) -> None:
    said, folder = walk
    report = json.loads(said[-2])
    assert report["article"]["id"] == "1"
    assert [term["text"] for term in report["vocabulary"]["terms"]] == ["tyrant"]
    assert [item["cue"]["stance"] for item in report["attribution"]["items"]] == ["doubting"]
    reports = [json.loads(line) for line in (folder / "reports.jsonl").read_text("utf-8").splitlines()]
    assert [report["article"]["id"] for report in reports] == [f"halden-{number:02}" for number in range(1, 13)]
    assert {row["article"] for row in read_table((folder / "findings.csv").read_text("utf-8"))} == {
        report["article"]["id"] for report in reports
    }
    comparison = json.loads((folder / "comparison.json").read_text("utf-8"))
    assert [article["id"] for article in comparison["articles"]] == [report["id"] for report in reports[:2]]


def test_the_ways_in(service: Service, tmp_path: Path) -> None:
    page, files = map(json.loads, paste(ROOT / "docs" / "api.md", service, tmp_path))
    assert page["report"] == f"/api/v1/reports/{page['id']}"
    assert [entry["name"] for entry in files["files"] if entry["accepted"]] == ["ferry.txt", "market.txt"]


def test_every_file_a_document_names_is_there() -> None:
    for document in DOCUMENTS:
        for link in re.findall(r"\]\(([^)#:]+)\)", document.read_text("utf-8")):
            assert (document.parent / link).exists(), f"{document.name} names {link}"


def test_every_document_can_be_found_from_the_readme() -> None:
    found, to_read = set[Path](), [ROOT / "README.md"]
    while to_read:
        document = to_read.pop()
        found.add(document)
        links = re.findall(r"\]\(([^)#:]+\.md)\)", document.read_text("utf-8"))
        to_read += {(document.parent / link).resolve() for link in links} - found - set(to_read)
    assert [document.name for document in DOCUMENTS if document.resolve() not in found] == []
