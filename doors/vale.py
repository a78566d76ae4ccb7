"""A style for Vale, the prose linter, out of the lexicons: as much of them as words can say without their context.

An entry is taken where its own examples hold without a sentence, a tagger or a reader: every [hit] is found, and
nothing in what it ignores. The rest needs Parallax itself.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from models import lexicon
from models.lexicon import LexiconEntry

_SPACE = r"\s+"
_INI = """\
# Copy the folder Parallax into your StylesPath, and these lines into your .vale.ini.
StylesPath = styles
MinAlertLevel = suggestion

[*.{md,txt,html}]
BasedOnStyles = Parallax
"""


def build(into: Path) -> None:
    """The folder of the style, a rule a category, and lines for one's own settings."""
    folder = into / "vale" / "styles" / "Parallax"
    folder.mkdir(parents=True)
    by_category: dict[str, list[LexiconEntry]] = defaultdict(list)
    for entry in choose():
        by_category[entry.category].append(entry)
    for category, entries in by_category.items():
        with_plain = {write_pattern(entry): " or ".join(entry.alternatives) for entry in entries if entry.alternatives}
        without = [write_pattern(entry) for entry in entries if not entry.alternatives]
        name = category.replace("_", " ")
        if with_plain:
            message = f"“%s” would be plainer than “%s” ({name}), if these are your own words."
            _write(folder / f"{category}.yml", "substitution", message, "swap", with_plain)
        if without:
            message = f"“%s” may be loaded ({name}), if these are your own words."
            _write(folder / f"{category}-words.yml", "existence", message, "tokens", without)
    (into / "vale" / ".vale.ini").write_text(_INI, encoding="utf-8")


def choose() -> list[LexiconEntry]:
    """The entries of which a word alone says enough."""
    return [entry for entry in lexicon.load().entries if _needs_no_sentence(entry) and holds(entry)]


def _needs_no_sentence(entry: LexiconEntry) -> bool:
    # What violence.toml holds is an image only where nothing in the sentence does or suffers it.
    return not (entry.only_as or entry.only_near or entry.not_near or entry.category == "violence")


def holds(entry: LexiconEntry) -> bool:
    """Do its own examples hold, by its pattern alone?"""
    pattern = compile_pattern(entry)
    for example in entry.matches:
        text, wanted = _read_marks(example)
        if [found.span() for found in pattern.finditer(text)] != wanted:
            return False
    return not any(pattern.search(example) for example in entry.ignores)


def compile_pattern(entry: LexiconEntry) -> re.Pattern[str]:
    """The pattern as Vale reads it: between the edges of words, whatever their case."""
    return re.compile(rf"\b(?:{write_pattern(entry)})\b", re.IGNORECASE)


def write_pattern(entry: LexiconEntry) -> str:
    """The forms of an entry, and the words that must or must not stand beside them, as one regular expression.

    What stands before is asked for word by word, so that each look behind has one length, which every dialect takes.
    """
    forms = sorted((_join(form) for form in lexicon.forms(entry)), key=len, reverse=True)
    words = f"(?:{'|'.join(forms)})"
    if entry.cased:
        words = f"(?=[A-Z])(?-i:{'|'.join(form[0].upper() + form[1:] for form in forms)})"
    before = "".join(rf"(?<!\b{re.escape(word)} )" for word in entry.not_after)
    if entry.only_after:
        behind = [rf"(?<=\b{re.escape(word)} )" for word in entry.only_after]
        before += f"(?:{'|'.join(behind)})"
    after = rf"(?!{_SPACE}(?:{_any(entry.not_before)})\b)" if entry.not_before else ""
    after += rf"(?={_SPACE}(?:{_any(entry.only_before)})\b)" if entry.only_before else ""
    return f"{before}{words}{after}"


def _any(words: Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in words)


def _join(form: tuple[str, ...]) -> str:
    """The words of a form as they may stand in a text: apostrophes of either kind, clitics on their word."""
    told = ""
    for word in form:
        glue = "" if not told or word.startswith(("'", "’", "-")) or told.endswith("-") or word == "n't" else _SPACE
        told += glue + re.escape(word).replace("'", "['’]")
    return told


def _read_marks(example: str) -> tuple[str, list[tuple[int, int]]]:
    """An example without its brackets, and where they stood."""
    spans, text = [], ""
    for piece in re.split(r"(\[[^\]]*\])", example):
        if piece.startswith("["):
            spans.append((len(text), len(text) + len(piece) - 2))
            piece = piece[1:-1]  # noqa: PLW2901 - the same piece, bare
        text += piece
    return text, spans


def _write(path: Path, kind: str, message: str, name: str, patterns: dict[str, str] | list[str]) -> None:
    """A rule: JSON's quoted texts are YAML's. Keys stand behind a question mark: without one, long ones are no YAML."""

    def say(value: object) -> str:
        return json.dumps(value, ensure_ascii=False)

    rule = {"extends": kind, "message": message, "level": "suggestion", "ignorecase": True}
    lines = ["# Made from Parallax’s lexicons by `make doors`; docs/newsroom.md says what it cannot do."]
    lines += [f"{key}: {say(value)}" for key, value in rule.items()] + [f"{name}:"]
    if isinstance(patterns, dict):
        lines += [f"  ? {say(pattern)}\n  : {say(plainer)}" for pattern, plainer in patterns.items()]
    else:
        lines += [f"  - {say(pattern)}" for pattern in patterns]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
