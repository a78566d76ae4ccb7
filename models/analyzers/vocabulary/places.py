"""Places: where names begin and end by token, and how to walk from a word to its phrase and its clause."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ...document import Document

_PATH = Path(__file__).parents[2] / "lexicons" / "aims.toml"
CLASSES = {name: frozenset(words) for name, words in tomllib.loads(_PATH.read_text(encoding="utf-8")).items()}
_CLAUSES = CLASSES["clauses"]
_ENDING = frozenset([",", ".", ";", "—", "–", ")", "who", "whose", "that", "which"])
_PREMODIFIERS = ("JJ", "RB", "VBN", "VBG", "NN")
_DETERMINERS = ("DT", "PDT")
_QUOTES = frozenset(['"', "“", "”", "‘", "``", "''", "'"])
_NEAR = 8  # tokens between a verb such as "called" and the label


def names_others(noun: str, category: str | None) -> bool:
    """Does a label mean people other than those that stand before it: Lee's haters? Not a regime, or cronies, whose
    label falls back on whoever has them."""
    return category == "label" and noun not in CLASSES["governments"] and noun not in CLASSES["retinues"]


@dataclass(init=False, slots=True)
class Places:
    """Where the document's names begin and end, by token."""

    document: Document
    words: Sequence[str]
    begins: dict[int, str]
    stops: dict[int, int]  # where a name begins: one past its last token
    ends: dict[int, str]
    starts: dict[int, int]  # where a name ends: its first token
    inside: dict[int, tuple[str, bool]]  # token index: entity, and whether it is named there
    kinds: dict[str, str]  # of each entity

    def __init__(self, document: Document) -> None:
        self.document = document
        self.kinds = {entity.id: entity.kind for entity in document.entities}
        self.words = document.folded
        self.begins, self.stops, self.ends, self.starts, self.inside = {}, {}, {}, {}, {}
        for entity in document.entities:
            for mention in entity.mentions:
                covered = document.tokens_in(mention.start, mention.end)
                if (
                    document.tokens[covered.start].start < mention.start
                    or document.tokens[covered.stop - 1].end > mention.end
                ):
                    continue  # anti-Russia
                self.begins[covered.start] = self.ends[covered.stop] = entity.id
                self.stops[covered.start], self.starts[covered.stop] = covered.stop, covered.start
                for at in covered:
                    self.inside[at] = (entity.id, mention.form == "name")

    def tag(self, at: int) -> str:
        """The part of speech of a token."""
        return self.document.tokens[at].tag

    def back(self, at: int, tags: tuple[str, ...], steps: int = 4) -> int:
        """Walk left over words with these tags and quotation marks, never out of the sentence or into a name."""
        first = self.document.sentences[self.document.tokens[at].sentence].first if at < len(self.words) else at
        while at > first and steps and at not in self.ends:
            if self.words[at - 1] not in _QUOTES and not self.tag(at - 1).startswith(tags):
                break
            at, steps = at - 1, steps - 1
        return at

    def end(self, at: int) -> int:
        """One past the last token of the sentence around this one."""
        return self.document.sentences[self.document.tokens[at].sentence].last

    def phrase(self, first: int) -> int:
        """Where the noun phrase around this token begins: a [young] tyrant, the article with it."""
        return self.back(self.back(first, _PREMODIFIERS), _DETERMINERS, 2)

    def acts(self, at: int) -> bool:
        """Does a verb follow before a comma? "According to Kim, the tyrant of the valley fled": no apposition."""
        for behind in range(at, min(at + _NEAR, self.end(at - 1))):
            if self.words[behind] in _ENDING:
                return False
            if self.tag(behind).startswith(("VBD", "VBZ", "VBP", "MD")):
                return True
        return False

    def is_governed(self, end: int) -> bool:
        """Does the name that ends here hang on a preposition: the letters to [Kim], the streets of [the old Rome]?"""
        start = self.starts.get(end, 0)
        while start and self.tag(start - 1) in ("DT", "JJ"):
            start -= 1
        return start > 0 and self.tag(start - 1) in ("IN", "TO") and self.words[start - 1] not in _CLAUSES
