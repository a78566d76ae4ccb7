"""`python -m models parse`: sentences with their words in, their grammar out."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from ..limits import LIMITS
from ..refusals import Invalid, validate
from .errors import PROGRAM

_DESCRIPTION = """\
Say for every word of a sentence what part of speech it is, and which word it hangs from, and as what.

Sentences come on standard input as JSON Lines: {"id", "text", "words": [[start, end], …]}, one sentence a line, its
words in the order of the text. Each gives a line {"id", "upos": […], "xpos": […], "heads": […], "relations": […]}:
tags and relations of Universal Dependencies, Penn Treebank tags, heads as places in the list of words, -1 for the root.

What can't be read gives {"id", "error": {"code", "message", "field"}} in its place, the rest goes on, and the exit
status is 1.
"""
_EXAMPLE = f"""\
example:
  echo '{{"id": 1, "text": "Dogs bark.", "words": [[0, 4], [5, 9], [9, 10]]}}' | {PROGRAM} parse
"""
_MOST_WORDS = 1_000


class _Sentence(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: str | int | None = None
    text: Annotated[str, Field(max_length=LIMITS.text_characters)]
    words: Annotated[list[tuple[int, int]], Field(max_length=_MOST_WORDS)]

    @field_validator("words")
    @classmethod
    def _words_lie_in_text(cls, words: list[tuple[int, int]], info: ValidationInfo) -> list[tuple[int, int]]:
        length = len(info.data.get("text", ""))
        for start, end in words:
            if not 0 <= start < end <= length:
                raise PydanticCustomError(
                    "word_outside",
                    "[{start}, {end}] must lie inside the text of {length} characters, start before end",
                    {"start": start, "end": end, "length": length},
                )
        return words


def add(commands: Any) -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "parse",
        help="sentences with their words in, grammar out",
        description=_DESCRIPTION,
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.set_defaults(run=run)


def run(_: argparse.Namespace) -> int:
    """Do it; the exit status."""
    from ..reader.parsing import parse  # only now: it loads the reader, and --help need not wait for that

    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # typed as any stream of text
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    wrong = False
    for line in sys.stdin:
        if not line.strip():
            continue
        try:
            sentence = validate(_Sentence, _load(line))
        except Invalid as invalid:
            first = invalid.errors[0]
            said = {"code": first.code, "message": first.message, "field": first.field}
            print(json.dumps({"id": _find_id(line), "error": said}, ensure_ascii=False))
            wrong = True
            continue
        tree = parse(sentence.text, sentence.words)
        told = {"upos": tree.upos, "xpos": tree.xpos, "heads": tree.heads, "relations": tree.relations}
        print(json.dumps({"id": sentence.id} | told))
    return int(wrong)


def _load(line: str) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        return line


def _find_id(line: str) -> Any:
    row = _load(line)
    return row.get("id") if isinstance(row, dict) else None
