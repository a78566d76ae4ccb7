"""The patterns of devices as data: one TOML file a kind in `models/lexicons/devices/`.

A pattern is read word by word: `word` stands for itself, `word+` for the verb in all its forms, `{set}` for a word of
that set (the file's own `[sets]`, or those of common.toml), `<TAG>` for a word with a Penn tag that begins so; `piece?`
may be missing. Adverbs may stand between. The longest pattern that fits wins.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from .... import inflection, lexicon
from ....report import DeviceKind

FOLDER = lexicon.FOLDER / "devices"
Being = Literal["person", "body", "group", "one", "self", "none"]
Words = tuple[Annotated[str, Field(min_length=1)], ...]


class DeviceEntry(BaseModel):
    """Words that may be a device, and where they are."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z_]+\.[a-z0-9-]+$", description="kind.name")
    kind: DeviceKind
    words: Words = Field(min_length=1, description="Patterns; any of them finds it.")
    subject: tuple[Being, ...] = Field(default=(), description="What whoever does it must be; empty: anything.")
    only_as: Words = Field(default=(), description="Penn tags, one of which the first word's must begin with.")
    only_before: Words = Field(default=(), description="One of these words must follow directly.")
    only_near: Words = Field(default=(), description="One of these must stand in the sentence.")
    only_after: Words = Field(default=(), description="One of these words must stand directly before.")
    not_before: Words = Field(default=(), description="None of these may follow directly.")
    not_after: Words = Field(default=(), description="None of these may stand directly before.")
    not_near: Words = Field(default=(), description="None of these may stand in the sentence.")
    marks: Literal["words", "phrase", "clause", "sentence"] = Field(
        default="words",
        description="What is marked: the words alone; on to the end of their phrase; their clause; the sentence.",
    )
    about: Literal["subject", "object", "possessor", "none"] = "none"
    named: bool = Field(default=False, description="Only about somebody who has a name in the article.")
    own: bool = Field(default=False, description="Only in the outlet's own words, told by nobody with a name.")
    unanswered: bool = Field(default=False, description="Only where nobody named speaks there or right after.")
    note: str = Field(min_length=12, description="What to look for; {about} is whom it is about.")
    matches: Words = Field(min_length=1, description="Sentences with the [words] that it finds.")
    ignores: Words = Field(min_length=1, description="Sentences in which it finds nothing.")


@dataclass(frozen=True, slots=True)
class Step:
    """One piece of a pattern: any of these words, or a tag that begins so."""

    words: frozenset[str]
    tag: str = ""
    optional: bool = False


Pattern = tuple[DeviceEntry, tuple[Step, ...]]


@dataclass(frozen=True, slots=True)
class Patterns:
    """All entries, ready to be found by their first words."""

    entries: tuple[DeviceEntry, ...]
    by_first: Mapping[str, Sequence[Pattern]]
    by_two: Mapping[tuple[str, str], Sequence[Pattern]]  # of those whose second piece is words
    open: Mapping[str, Sequence[Pattern]]  # and the others, by their first word

    def starting(self, word: str, after: str, *, adverb: bool) -> Sequence[Pattern]:
        """Which patterns may begin with this word and the one after it? All of its own before an adverb."""
        if adverb:
            return self.by_first[word]
        return (*self.by_two.get((word, after), ()), *self.open.get(word, ()))


@cache
def load() -> Patterns:
    """Read and validate every kind's entries; once a process."""
    common = _read(FOLDER / "common.toml")["sets"]
    entries: list[DeviceEntry] = []
    by_first: dict[str, list[Pattern]] = {}
    by_two: dict[tuple[str, str], list[Pattern]] = {}
    open_: dict[str, list[Pattern]] = {}
    for kind in get_args(DeviceKind):
        path = FOLDER / f"{kind}.toml"
        if not path.exists():
            continue
        tables = _read(path)
        sets, defaults = common | tables.pop("sets", {}), tables.pop("defaults", {})
        for name, table in tables.items():
            entry = DeviceEntry.model_validate({"id": f"{kind}.{name}", "kind": kind} | defaults | table)
            entries.append(entry)
            for steps in (_compile(pattern, sets) for pattern in entry.words):
                for word in steps[0].words:
                    by_first.setdefault(word, []).append((entry, steps))
                    if len(steps) == 1 or steps[1].tag or steps[1].optional:
                        open_.setdefault(word, []).append((entry, steps))
                    else:
                        for after in steps[1].words:
                            by_two.setdefault((word, after), []).append((entry, steps))
    return Patterns(tuple(entries), by_first, by_two, open_)


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _compile(pattern: str, sets: Mapping[str, Sequence[str]]) -> tuple[Step, ...]:
    steps = []
    for written in pattern.split():
        optional, piece = written.endswith("?"), written.removesuffix("?")
        if piece.startswith("<"):
            steps.append(Step(frozenset(), piece[1:-1], optional))
        else:
            given = sets[piece[1:-1]] if piece.startswith("{") else (piece,)
            steps.append(Step(frozenset(_bend(given)), optional=optional))
    if not steps[0].words or steps[0].optional:
        raise ValueError(f"{pattern}: a pattern begins with a word or a set")
    return tuple(steps)


def _bend(words: Iterable[str]) -> Iterable[str]:
    for word in words:
        yield word.removesuffix("+")
        if word.endswith("+"):
            yield from inflection.bend(word.removesuffix("+"), "verb")
