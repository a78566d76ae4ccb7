"""The corpus as it is committed: every mark lies in its text, no text of others is held, splits don't leak."""

import gzip
import json
from collections import Counter
from io import StringIO
from itertools import pairwise
from pathlib import Path

import pytest

from research.corpora import is_for_lessons
from research.corpus import draw
from research.corpus.gather import gather
from research.corpus.join import join
from research.corpus.layers import FRAMES, GROUPS
from research.corpus.place import CATEGORIES, DEVICES, GENRES, ROLES
from research.corpus.records import ROLES as LETTERS
from research.corpus.records import (
    SETTLED,
    best,
    read_articles,
    read_marks,
    read_outlines,
    read_own,
    whole,
)

_PARTS = {"train", "tune", "measure"}


def test_marks_are_of_the_codebook_and_lie_in_their_article() -> None:
    own = {row["id"]: whole(row) for row in read_own()}
    for name, by_coder in read_marks().items():
        length = len(own[name]) if name in own else None
        for row in by_coder.values():
            assert row["genre"] in GENRES
            assert set(row["frames"]) == set(FRAMES)
            for mark in row["loaded"]:
                assert mark["category"] in CATEGORIES
                assert set(mark) == {"start", "end", "category", "tone", "voice", "target", "sure"}
            for mark in row["devices"]:
                assert mark["kind"] in DEVICES
                assert set(mark) == {"start", "end", "kind", "voice", "about", "sure"}
            for mark in (*row["loaded"], *row["devices"]):
                assert 0 <= mark["start"] < mark["end"]
                assert length is None or mark["end"] <= length
            assert {one["role"] for one in row["cast"]} <= set(ROLES)


def test_outlines_are_of_other_lesson_articles_and_of_the_codebook() -> None:
    coded, seen = read_articles(), set[str]()
    for row in read_outlines():
        assert row["id"] not in coded
        assert row["id"] not in seen
        assert is_for_lessons(row["id"])
        assert row["genre"] in GENRES
        assert set(row["frames"]) <= set(FRAMES)
        places = [(start, end) for start, end, *_ in row["sentences"]]
        assert all(before[1] <= after[0] for before, after in pairwise(places))
        assert {kind for _, _, kind, *_ in row["sentences"]} <= {"f", "f*", "o", "o*", "q", "q*", "x", "x*"}
        assert {role for _, _, _, *told in row["sentences"] for role in told} <= set(LETTERS)
        assert all(frame["level"] in (1, 2) for frame in row["frames"].values())
        assert all(tuple(frame["evidence"]) in places for frame in row["frames"].values() if places)
        assert all(-2 <= one["portrayal"] <= 2 for one in row["people"])
        seen.add(row["id"])
    assert seen


def test_every_category_of_the_codebook_has_a_group() -> None:
    assert set(GROUPS) == set(CATEGORIES)


def test_every_article_has_facts_and_a_part_and_no_text() -> None:
    facts, marks = read_articles(), read_marks()
    assert set(facts) == set(marks)
    for row in facts.values():
        assert row["part"] in _PARTS
        assert "text" not in row
        assert "title" not in row


def test_no_coder_codes_an_article_twice_and_what_is_measured_is_coded_by_two_or_settled() -> None:
    facts, marks = read_articles(), read_marks()
    lines = Counter((name, coder) for name, by_coder in marks.items() for coder in by_coder)
    assert max(lines.values()) == 1
    for name, by_coder in marks.items():
        if SETTLED in by_coder:
            assert len(by_coder) >= 3
            assert best(by_coder) is by_coder[SETTLED]
        assert facts[name]["part"] in _PARTS


def test_an_outlet_and_a_topic_are_only_measured() -> None:
    for row in read_articles().values():
        if row.get("outlet") == draw.HELD_OUT_OUTLET or row.get("topic") == draw.HELD_OUT_TOPIC:
            assert row["part"] == "measure"


def test_join_gives_marks_their_words_where_the_text_is_there(tmp_path: Path) -> None:
    (tmp_path / "none.jsonl").write_text("", encoding="utf-8")
    output = StringIO()
    missing = join(tmp_path / "none.jsonl", output)
    rows = [json.loads(line) for line in output.getvalue().splitlines()]
    coded = [row for row in rows if row["coders"]]
    assert {row["id"] for row in coded} == set(read_marks()) & {row["id"] for row in read_own()}
    assert missing == len(read_articles()) - len(rows)
    for row in coded:
        for by_coder in row["coders"].values():
            for mark in by_coder["loaded"]:
                assert row["text"][mark["start"] : mark["end"]] == mark["text"]


def test_an_altered_text_is_not_joined(tmp_path: Path) -> None:
    name = next(row["id"] for row in read_articles().values() if row["source"] == "news")
    source = tmp_path / "texts.jsonl.gz"
    with gzip.open(source, "wt", encoding="utf-8") as lines:
        lines.write(json.dumps({"id": name, "title": "Another", "text": "Not what was coded."}) + "\n")
    output = StringIO()
    join(source, output)
    assert name not in {json.loads(line)["id"] for line in output.getvalue().splitlines()}


def test_gathering_keeps_offsets_and_judgements_and_no_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, where in (("MARKS", tmp_path / "marks.jsonl"), ("ARTICLES", tmp_path / "articles.jsonl")):
        monkeypatch.setattr(f"research.corpus.gather.{name}", where)
    placed = {
        "id": "a1",
        "title_end": 5,
        "genre": "news",
        "summary": "A coder's own sentence.",
        "loaded": [{"start": 0, "end": 5, "text": "Sham!", "category": "verdict"}],
        "people": [{"name": "Moore", "portrayal": 0, "role": "none", "why": "said nothing"}],
    }
    folder = tmp_path / "C1"
    folder.mkdir()
    (folder / "a1.json").write_text(json.dumps(placed), encoding="utf-8")
    drawn = {"id": "a1", "title": "Sham!", "text": "It was.", "part": "tune", "outlet": "The Post", "stratum": "left"}
    assert gather([drawn], [folder], 4) == (1, 1)
    (row,) = (json.loads(line) for line in (tmp_path / "marks.jsonl").read_text(encoding="utf-8").splitlines())
    assert row["loaded"] == [{"start": 0, "end": 5, "category": "verdict"}]
    assert row["people"] == [{"name": "Moore", "portrayal": 0, "role": "none"}]
    assert (row["coder"], row["codebook"]) == ("C1", 4)
    assert "summary" not in row
    (facts,) = (json.loads(line) for line in (tmp_path / "articles.jsonl").read_text(encoding="utf-8").splitlines())
    assert facts["part"] == "tune"
    assert "text" not in facts


def test_the_draw_is_even_over_leanings_and_bounded_by_outlet() -> None:
    rows = [
        {"id": f"{leaning}{at}", "leaning": leaning, "outlet": f"{leaning} {at % 40}", "topic": f"t{at % 25}",
         "date": f"{2012 + at % 9}-01-01", "title": "x", "text": f"{leaning} {at} " + "word " * 300}
        for at in range(3000) for leaning in ("left", "center", "right")
    ]  # fmt: skip
    drawn = draw.draw(rows, 90, frozenset(row["id"] for row in rows if row["id"].endswith("7")))
    assert Counter(row["leaning"] for row in drawn) == {"left": 30, "center": 30, "right": 30}
    assert max(Counter(row["outlet"] for row in drawn).values()) <= 4
    assert not [row for row in drawn if row["id"].endswith("7")]
    assert drawn == draw.draw(rows, 90, frozenset(row["id"] for row in rows if row["id"].endswith("7")))
