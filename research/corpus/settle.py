"""Two coders' lines on one article side by side, and the lines that a third reader makes of them.

`draft` numbers every line of both: "=" where they have it alike, "1" or "2" where only that coder has it. `compose`
does what the third reader decided ("keep 8 10", "drop 5", "change 12 | LINE", "add | LINE"; after # stands a remark):
what both have stays unless it is dropped, anything else goes unless it is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from research.corpus.place import place

_LAYERS = {"loaded": "loaded", "device": "devices", "said": "statements"}
_ORDER = ("genre", "summary", "headline", *_LAYERS, "cast", "frame", "person", "no_reply", "unheard")
_SHARED = 0.5  # of the longer content that two statements have in common, to be one
_COUNTED = {"frame": 2, "headline": 1, "cast": 2, "genre": 1, "summary": 0}  # fields that must be alike; else the first


@dataclass(frozen=True, slots=True)
class Line:
    """A coder's line: its tag and fields, and where in the text its words stand, if they do."""

    tag: str
    fields: tuple[str, ...]
    place: tuple[int, int] | None
    text: str


def draft(one: Iterable[str], other: Iterable[str], text: str) -> list[str]:
    """All lines of two coders, numbered, in the order of the page and of the text."""
    first, second = read(one, text), read(other, text)
    rows: list[tuple[str, Line]] = []
    for line in first:
        twin = next((at for at, their in enumerate(second) if _are_alike(line, their)), None)
        rows.append(("1" if twin is None else "=", line))
        if twin is not None:
            del second[twin]
    rows += [("2", line) for line in second]
    rows.sort(key=lambda row: (_ORDER.index(row[1].tag), row[1].place or (0, 0)))
    return [f"{number} {whose} | {line.text}" for number, (whose, line) in enumerate(rows, 1)]


def read(lines: Iterable[str], text: str) -> list[Line]:
    """The lines that can be placed."""
    found = []
    for line in lines:
        tag, *fields = [field.strip() for field in line.strip().split(" | ")]
        coded, wrong = place([line] if tag == "genre" else ["genre | news", line], text)
        if tag in _ORDER and not wrong:
            found.append(Line(tag, tuple(fields), _find(tag, coded), line.strip()))
    return found


def _find(tag: str, coded: dict[str, list[dict[str, object]]]) -> tuple[int, int] | None:
    if tag not in _LAYERS:
        return None
    (mark,) = coded[_LAYERS[tag]]
    if tag == "said":
        content: Sequence[Sequence[int]] = mark["content"]  # type: ignore[assignment]  # of a placed statement
        return content[0][0], content[-1][1]
    return int(str(mark["start"])), int(str(mark["end"]))


def _are_alike(one: Line, other: Line) -> bool:
    """Would a reader who must choose between them shrug?"""
    if one.tag != other.tag:
        return False
    if one.place and other.place:
        shared = min(one.place[1], other.place[1]) - max(one.place[0], other.place[0])
        if one.tag == "said":
            longest = max(one.place[1] - one.place[0], other.place[1] - other.place[0])
            same = one.fields[3].split()[-1:] == other.fields[3].split()[-1:] and one.fields[5] == other.fields[5]
            return same and shared >= _SHARED * longest
        voice = 3 if one.tag == "loaded" else 2
        return shared > 0 and one.fields[1] == other.fields[1] and one.fields[voice] == other.fields[voice]
    if one.tag == "person":
        return one.fields[0].split()[-1:] == other.fields[0].split()[-1:] and one.fields[1] == other.fields[1]
    if one.tag in ("cast", "no_reply", "unheard"):
        last = [line.fields[0].split()[-1:] for line in (one, other)]
        return last[0] == last[1] and one.fields[1:2] == other.fields[1:2]
    counted = _COUNTED[one.tag]
    return one.fields[:counted] == other.fields[:counted]


def compose(drafted: Iterable[str], decided: Iterable[str]) -> list[str]:
    """The lines that the third reader leaves. Raises ValueError, which holds the line that says nothing to be done."""
    lines: dict[int, str] = {}
    kept: set[int] = set()
    for row in drafted:
        head, line = row.split(" | ", 1)
        number, whose = head.split()
        lines[int(number)] = line
        if whose == "=":
            kept.add(int(number))
    added = []
    for row in filter(None, map(str.strip, decided)):
        word, _, rest = row.partition(" ")
        numbers = rest.split("|")[0].replace(",", " ").split()
        if word in ("keep", "drop") and numbers and all(number.isdecimal() for number in numbers):
            chosen = set(map(int, numbers))
            kept = kept | chosen if word == "keep" else kept - chosen
        elif word == "change" and len(numbers) == 1 and " | " in row:
            lines[int(numbers[0])] = row.split(" | ", 1)[1]
            kept.add(int(numbers[0]))
        elif word == "add" and " | " in row:
            added.append(row.split(" | ", 1)[1])
        elif not word.startswith("#"):
            raise ValueError(f"{row[:80]!r}: keep, drop, change or add, with numbers of the draft")
    return [lines[number] for number in sorted(kept & lines.keys())] + added


def settle_folder(folder: Path) -> list[str]:
    """Write ID.marks from each ID.draft and ID.settle of a folder; what is wrong or still to settle, a line each."""
    told = []
    for drafted in sorted(folder.glob("*.draft")):
        decided = drafted.with_suffix(".settle")
        if not decided.exists():
            told.append(f"{drafted.stem}: still to settle")
            continue
        try:
            lines = compose(*(path.read_text(encoding="utf-8").splitlines() for path in (drafted, decided)))
        except ValueError as error:
            told.append(f"{drafted.stem}: {error}")
            continue
        drafted.with_suffix(".marks").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return told


def draft_folder(one: Path, other: Path, drafts: Path) -> int:
    """Write ID.txt and ID.draft to `drafts` for each article that both coders' folders hold; how many."""
    drafts.mkdir(parents=True, exist_ok=True)
    count = 0
    for marks in sorted(one.glob("*.marks")):
        theirs = other / marks.name
        if theirs.exists():
            text = marks.with_suffix(".txt").read_text(encoding="utf-8")
            mine, other_lines = (path.read_text(encoding="utf-8").splitlines() for path in (marks, theirs))
            (drafts / f"{marks.stem}.txt").write_text(text, encoding="utf-8")
            (drafts / f"{marks.stem}.draft").write_text(
                "\n".join(draft(mine, other_lines, text)) + "\n", encoding="utf-8"
            )
            count += 1
    return count
