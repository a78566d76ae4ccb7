"""Pages and files that people reported against other tools, rebuilt for us: what each must read as."""

from __future__ import annotations

from pathlib import Path

import pytest

from models import pipeline
from models.report import Report
from workers.extraction import articles
from workers.extraction.source import File

CASES = Path(__file__).parent / "cases"
STORY = (
    "The council of Harrow closed the old bridge over the Tarn on Monday, after engineers had found cracks in two of "
    "its piers.",
    "Traffic is being sent over the ring road, which adds twelve kilometres to the way between the two halves of the "
    "town, and buses run every ten minutes.",
    "Ana Moore, who sells bread on the far bank, said that half of her customers had stayed away on the first day and "
    "that nobody had told her how long it would last.",
    "The engineer in charge, Tomas Lind, said that the repair would take until autumn if the weather held, and that a "
    "ferry for people on foot would start on Friday.",
    "The bridge was built in 1931 and carries about nine thousand cars on a working day, most of them between seven "
    "and nine in the morning.",
    "A meeting for all who live near the bridge is planned for Thursday evening in the school on Mill Street, and the "
    "council will show its plans there.",
)


def read(name: str) -> Report:
    copy = articles.prepare(File(name=name, content=(CASES / name).read_bytes()))
    return copy.sign(pipeline.analyze(copy.article))


def counted(report: Report) -> list[str]:
    """The sentences that count."""
    text = report.article.text
    return [text[s.start : s.end] for s in report.sentences if s.part not in ("boilerplate", "headline")]


@pytest.mark.parametrize("name", ["e03-aside.html", "e04-boxes.html", "e08-meta.html"])
def test_six_paragraphs_and_nothing_else_count(name: str) -> None:
    report = read(name)
    assert counted(report) == list(STORY)
    assert report.vocabulary.terms == []


def test_names_by_their_ids_in_json_ld() -> None:
    article = read("e08-meta.html").article
    assert (article.author, article.outlet) == ("Abby Goodnight, Thomas Kaplan, Robert Pearce", "The Harrow Post")
    assert (article.published, article.title) == (
        "2026-03-14T09:30:00+01:00", "Council closes bridge [Update: ferry starts Friday]",
    )  # fmt: skip


@pytest.mark.parametrize("name", ["e14-columns-rows.pdf", "e14-columns-cols.pdf"])
def test_columns_however_they_are_drawn(name: str) -> None:
    report = read(name)
    assert "on Monday, after engineers had found cracks in two of its piers. Traffic is" in report.article.text
    assert ("columns" in {note.code for note in report.notes}) == ("rows" in name)
    [said] = [item for item in report.attribution.items if item.kind == "direct"]
    assert next(entity.name for entity in report.entities if entity.id == said.speaker) == "Irene Castle"


def test_changes_to_a_document_as_if_they_were_accepted() -> None:
    report = read("e15-tracked.docx")
    for words in (
        "The long closure will last",
        "said Irene Castle, the mayor.",
        "The bridge was built in 1931 and carries nine thousand cars a day.",
        "A meeting is planned",
        "Software shows",
    ):
        assert words in report.article.text
    assert report.vocabulary.terms == []


@pytest.mark.parametrize("name", ["e16-flowed.eml", "e16-folded.eml"])
def test_a_letter_with_flowed_lines(name: str) -> None:
    report = read(name)
    assert (report.article.title, report.article.outlet) == (
        "Council “closes” bridge – café shut", "The Harrow Post – Daily",
    )  # fmt: skip
    assert len(report.article.text.split("\n\n")) == 4  # the headline and three paragraphs
    assert "The café on the far bank stays open, and the owner is cross." in report.article.text
    assert "Unsubscribe" not in report.article.text
    names = {entity.id: entity.name for entity in report.entities}
    assert {names.get(item.speaker or "") for item in report.attribution.items if item.kind == "direct"} == {
        "Ana Moore"
    }
