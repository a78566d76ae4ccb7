"""Turn a coder's lines, written as words, into offsets.

A line is a mark, its fields parted by " | ", as coder.md says. A field of words may be the exact words; words with
[brackets] around what is marked and enough of their surroundings to be unique; or "first words ... last words" for a
long passage. What isn't found exactly once is told by its line, to be mended by the coder. A statement's source and cue
are looked for nearest to its content.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from research.corpus.layers import FRAMES

CATEGORIES = [
    "label",
    "verdict",
    "contempt",
    "praise",
    "fear",
    "violence",
    "exaggeration",
    "euphemism",
    "contested",
    "doubt",
]
DEVICES = [
    "motive",
    "opinion_as_fact",
    "hidden_agent",
    "blame",
    "credit",
    "presupposition",
    "speculation",
    "vague_source",
    "association",
    "us_them",
    "rhetorical_question",
    "snippet_quote",
    "comparison",
    "bare_number",
    "caricature",
    "metaphor",
]
GENRES = ["news", "explainer", "analysis", "opinion", "interview", "review", "live", "roundup", "satire"]
ROLES = [
    "official",
    "politician",
    "expert",
    "witness",
    "affected",
    "activist",
    "business",
    "media",
    "document",
    "anonymous",
    "vague",
    "other",
]
VERDICTS = ["carried", "overstated", "understated", "outdated", "contradicted"]
PARTS = ["hero", "villain", "victim", "none"]
TONES = {"-": "negative", "+": "positive"}
VOICES = {"o": "outlet", "q": "quoted"}
KINDS = {"d": "direct", "i": "indirect", "m": "mixed"}
STANCES = {"n": "neutral", "e": "endorsing", "d": "doubting", "m": "emotive"}

_ALIKE = str.maketrans("“”„‘’–—‑\u00a0\n\t", '"""\'\'---   ')  # one sign for one sign, so that offsets stay
_BRACKETS = re.compile(r"(.*?)\[(.+)\](.*)", re.DOTALL)
_GAP = re.compile(r" (?:\.\.\.|…) ")
_NONE = {"-", "", "null"}


class NotPlaced(ValueError):
    """A field of a coder's line that can't be taken as it is; says why."""


def place(lines: Iterable[str], text: str) -> tuple[dict[str, Any], list[str]]:
    """A coder's lines on a text (title, blank line, body) in the codebook's shape, and what is wrong, a line each."""
    finder = _Finder(text)
    coded: dict[str, Any] = {
        "genre": None,
        "summary": "",
        "headline": {"verdict": "carried", "evidence": None},
        "loaded": [],
        "devices": [],
        "statements": [],
        "cast": [],
        "frames": {frame: {"level": 0, "evidence": None} for frame in FRAMES},
        "people": [],
        "no_reply": [],
        "unheard": [],
    }
    wrong = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        tag, *fields = [field.strip() for field in line.rstrip("\n").split(" | ")]
        try:
            _READ[tag.strip(" |")](fields, finder, coded)
        except (NotPlaced, ValueError, IndexError, KeyError) as error:
            said = f"there is no {error}" if isinstance(error, KeyError) else str(error)
            wrong.append(f"line {number}: {said}: {line.strip()[:120]}")
    if coded["genre"] is None:
        wrong.append("no line says the genre")
    return coded, wrong


class _Finder:
    """Looks for words in a text, curly and straight marks alike."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = text.translate(_ALIKE)

    def find(self, field: str, near: tuple[int, int] | None = None) -> list[int]:
        """The one place of some words; `near`: of several, the nearest to that one."""
        spans = list(self._spans(field))
        spans = [span for span in spans if self._whole(*span)] or spans
        if near and spans:
            spans = [min(spans, key=lambda span: max(near[0] - span[1], span[0] - near[1], 0))]
        if len(spans) != 1:
            raise NotPlaced(f"{field!r} found {len(spans)} times")
        return list(spans[0])

    def mark(self, field: str) -> dict[str, Any]:
        start, end = self.find(field)
        return {"start": start, "end": end}

    def _spans(self, field: str) -> Iterable[tuple[int, int]]:
        words, before, after = field.translate(_ALIKE), "", ""
        if words not in self.folded and (hit := _BRACKETS.fullmatch(words)):
            before, words, after = hit.groups()
        first, last = words, ""
        if words not in self.folded and _GAP.search(words):
            first, last = _GAP.split(words, maxsplit=1)
        at = self.folded.find(before + first)
        while at >= 0:
            start = at + len(before)
            end = self.folded.find(last + after, start + len(first))
            if end >= 0 and (last or end == start + len(first)):
                yield start, end + len(last)
            at = self.folded.find(before + first, at + 1)

    def _whole(self, start: int, end: int) -> bool:
        """Does it neither begin nor end inside a word?"""
        text = self.text
        left = start == 0 or not (text[start - 1].isalnum() and text[start].isalnum())
        right = end == len(text) or not (text[end - 1].isalnum() and text[end].isalnum())
        return left and right


def _one_of(value: str, allowed: Collection[str], what: str) -> str:
    if value not in allowed:
        raise NotPlaced(f"{what} {value!r} is none of {', '.join(sorted(allowed))}")
    return value


def _short(value: str, names: Mapping[str, str], what: str) -> str:
    return _one_of(names.get(value, value), names.values(), what)


def _or_none(value: str) -> str | None:
    return None if value in _NONE else value


def _need(fields: Sequence[str], count: int, what: str) -> None:
    if len(fields) != count:
        raise NotPlaced(f"{what} needs {count} fields, not {len(fields)}")


def _read_genre(fields: list[str], _: _Finder, coded: dict[str, Any]) -> None:
    coded["genre"] = _one_of(fields[0], GENRES, "genre")


def _read_summary(fields: list[str], _: _Finder, coded: dict[str, Any]) -> None:
    coded["summary"] = " | ".join(fields)


def _read_headline(fields: list[str], finder: _Finder, coded: dict[str, Any]) -> None:
    evidence = finder.find(fields[1]) if len(fields) > 1 and _or_none(fields[1]) else None
    coded["headline"] = {"verdict": _one_of(fields[0], VERDICTS, "verdict"), "evidence": evidence}


def _read_loaded(fields: list[str], finder: _Finder, coded: dict[str, Any]) -> None:
    _need(fields, 6, "loaded")
    words, category, tone, voice, target, sure = fields
    coded["loaded"].append(
        finder.mark(words)
        | {
            "category": _one_of(category, CATEGORIES, "category"),
            "tone": _short(tone, TONES, "tone"),
            "voice": _short(voice, VOICES, "voice"),
            "target": _or_none(target),
            "sure": int(sure),
        }
    )


def _read_device(fields: list[str], finder: _Finder, coded: dict[str, Any]) -> None:
    _need(fields, 5, "device")
    words, kind, voice, about, sure = fields
    coded["devices"].append(
        finder.mark(words)
        | {
            "kind": _one_of(kind, DEVICES, "kind"),
            "voice": _short(voice, VOICES, "voice"),
            "about": _or_none(about),
            "sure": int(sure),
        }
    )


def _read_said(fields: list[str], finder: _Finder, coded: dict[str, Any]) -> None:
    _need(fields, 6, "said")
    source, cue, contents, speaker, kind, stance = fields
    first, *further = contents.split(" ;; ")
    content = [finder.find(first)]
    for part in further:
        content.append(finder.find(part, (content[-1][0], content[-1][1])))
    around = content[0][0], content[-1][1]
    told = finder.find(cue, around) if _or_none(cue) else None
    who = finder.find(source, (told[0], told[1]) if told else around) if _or_none(source) else None
    coded["statements"].append(
        {
            "source": who,
            "cue": told,
            "content": content,
            "speaker": _or_none(speaker),
            "kind": _short(kind, KINDS, "kind"),
            "stance": _short(stance, STANCES, "stance"),
        }
    )


def _read_cast(fields: list[str], _: _Finder, coded: dict[str, Any]) -> None:
    coded["cast"].append(
        {"speaker": fields[0], "role": _one_of(fields[1], ROLES, "role"), "stake": " ".join(fields[2:3])}
    )


def _read_frame(fields: list[str], finder: _Finder, coded: dict[str, Any]) -> None:
    evidence = finder.find(fields[2]) if len(fields) > 2 and _or_none(fields[2]) else None
    coded["frames"][_one_of(fields[0], FRAMES, "frame")] = {"level": int(fields[1]), "evidence": evidence}


def _read_person(fields: list[str], _: _Finder, coded: dict[str, Any]) -> None:
    name, portrayal, role, *why = fields
    coded["people"].append(
        {
            "name": name,
            "portrayal": int(portrayal.replace("−", "-")),
            "role": _one_of(role, PARTS, "role"),
            "why": " ".join(why),
        }
    )


_READ: Mapping[str, Callable[[list[str], _Finder, dict[str, Any]], None]] = {
    "genre": _read_genre,
    "summary": _read_summary,
    "headline": _read_headline,
    "loaded": _read_loaded,
    "device": _read_device,
    "said": _read_said,
    "cast": _read_cast,
    "frame": _read_frame,
    "person": _read_person,
    "no_reply": lambda fields, _, coded: coded["no_reply"].append(fields[0]),
    "unheard": lambda fields, _, coded: coded["unheard"].append(fields[0]),
}


def place_folder(folder: Path) -> int:
    """Place every ID.marks of a folder on its ID.txt, write ID.json; prints what is wrong, returns how many lines."""
    count = 0
    for path in sorted(folder.glob("*.marks")):
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        coded, wrong = place(path.read_text(encoding="utf-8").splitlines(), text)
        coded |= {"id": path.stem, "title_end": text.index("\n\n")}
        path.with_suffix(".json").write_text(json.dumps(coded, ensure_ascii=False), encoding="utf-8")
        count += len(wrong)
        for line in wrong:
            print(f"{path.stem} {line}")
    left = [path.stem for path in sorted(folder.glob("*.txt")) if not path.with_suffix(".marks").exists()]
    print(f"{count} lines to mend" if count else "all placed", f"| still to code: {' '.join(left)}" if left else "")
    return count
