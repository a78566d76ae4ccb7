"""From coders' folders to the corpus' files: every article's facts, and every coder's marks as standoff."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from research.corpora import read_lines
from research.corpus.draw import find_part_of_own
from research.corpus.records import ARTICLES, MARKS, SETTLED, digest, read_own, whole

_FACTS = ("part", "stratum", "outlet", "leaning", "topic", "date")
_PRIVATE = {"text", "summary", "id", "coder", "codebook"}  # a coder's own sentences stay with the coder


def gather(drawn: Iterable[Mapping[str, Any]], folders: Iterable[Path], codebook: int) -> tuple[int, int]:
    """Write the corpus' two files from every placed ID.json in the coders' folders; gives articles and lines.

    A folder's name is its coder's. Articles that nobody coded are left out. What stands already in marks.jsonl from
    other coders stays.
    """
    rows = [*_read_placed(folders, codebook)]
    named = {row["coder"] for row in rows}
    kept = [row for row in (read_lines(MARKS) if MARKS.exists() else ()) if row["coder"] not in named]
    lines = sorted([*kept, *rows], key=lambda row: (row["id"], row["coder"] == SETTLED, row["coder"]))
    coded = {row["id"]: row["title_end"] for row in lines}
    facts = {row["id"]: dict(row) | {"source": "news"} for row in drawn}
    facts |= {row["id"]: dict(row) | {"source": "own", "part": find_part_of_own(row["id"])} for row in read_own()}
    articles = [
        {"id": name, "source": facts[name]["source"], "title_end": title_end, "sha256": digest(whole(facts[name]))}
        | {fact: facts[name][fact] for fact in _FACTS if fact in facts[name]}
        for name, title_end in sorted(coded.items())
    ]
    MARKS.parent.mkdir(exist_ok=True)
    _write(MARKS, lines)
    _write(ARTICLES, articles)
    return len(articles), len(lines)


def _read_placed(folders: Iterable[Path], codebook: int) -> Iterator[dict[str, Any]]:
    for folder in sorted(folders):
        for path in sorted(folder.glob("*.json")):
            placed = json.loads(path.read_text(encoding="utf-8"))
            marks = {layer: _without_words(found) for layer, found in placed.items() if layer not in _PRIVATE}
            yield {"id": path.stem, "coder": folder.name, "codebook": codebook} | marks


def _without_words(found: Any) -> Any:
    if isinstance(found, list):
        return [_without_words(one) for one in found]
    if isinstance(found, dict):
        return {key: _without_words(value) for key, value in found.items() if key not in ("text", "why")}
    return found


def _write(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as lines:
        for row in rows:
            lines.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")
