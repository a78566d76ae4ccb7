"""The lexicon: loaded words as data, and where a document uses them.

One TOML file a category in `models/lexicons/`; CONTRIBUTING.md shows how an entry reads. A term is found by
its inflected forms, as whole words, longest first; an entry's conditions then ask whether the word is used here
in the sense that is loaded. Nothing in this file knows a single word of the lexicon.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

from .document.parts import Document, Token
from .document.phrases import Phrases
from .force import is_literal
from .inflection import PartOfSpeech, bend, find_head, split_words
from .report import Category, Tone

FOLDER = Path(__file__).parent / "lexicons"
Word = Annotated[str, Field(min_length=1)]

# Penn tags that agree with a part of speech; the tagger takes many participles for adjectives and the reverse.
_TAGS = {"noun": ("NN",), "verb": ("VB",), "adjective": ("JJ", "VBN", "VBG"), "adverb": ("RB",), "phrase": ("",)}
# After these a verb follows, whatever the tagger takes it for.
_PRONOUNS = ("to", "i", "we", "you", "he", "she", "they", "who", "not", "n't")
_VERBAL = frozenset([*_PRONOUNS, "will", "would", "can", "could", "may", "might", "must", "should"])


class Entry(BaseModel):
    """Words, and the conditions under which they are used in the sense of the entry."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z_]+\.[a-z0-9-]+$", description="category.name, never given twice.")
    terms: tuple[Word, ...] = Field(min_length=1, description="Base forms; inflected by `pos`.")
    forms: tuple[Word, ...] = Field(default=(), description="Further forms that the rules of inflection miss.")
    cased: bool = Field(default=False, description="Fires only with a capital.")
    inflect: bool = Field(default=True, description="False: only the terms and forms as they stand.")
    pos: PartOfSpeech
    only_as: tuple[PartOfSpeech, ...] = Field(default=(), description="Fires only when the tagger agrees.")
    only_before: tuple[Word, ...] = Field(default=(), description="One of these words must follow directly.")
    only_after: tuple[Word, ...] = Field(default=(), description="One of these words must stand directly before.")
    only_near: tuple[Word, ...] = Field(default=(), description="One of these must stand near, in the sentence.")
    not_before: tuple[Word, ...] = Field(default=(), description="None of these may follow directly.")
    not_after: tuple[Word, ...] = Field(default=(), description="None of these may stand directly before.")
    not_near: tuple[Word, ...] = Field(default=(), description="None of these may stand near, in the sentence.")
    reach: int = Field(default=30, ge=1, description="How many words either side count as near.")
    note: str = Field(min_length=12, description="Why it is loaded, and when it is not.")
    matches: tuple[str, ...] = Field(min_length=1, description="Sentences that mark every [hit].")
    ignores: tuple[str, ...] = Field(min_length=1, description="Sentences in which it must not fire.")

    @model_validator(mode="after")
    def _examples_are_marked(self) -> Self:
        if any("[" not in example for example in self.matches):
            raise ValueError(f"{self.id}: every sentence in `matches` marks its [hit]")
        if any("[" in example for example in self.ignores):
            raise ValueError(f"{self.id}: a sentence in `ignores` marks nothing")
        return self


class PlainEntry(Entry):
    """Terms and idioms that hold a loaded word and pass no judgement: nothing inside them is a hit."""


class LexiconEntry(Entry):
    """One meaning of one or more loaded words, as a dictionary would give it."""

    category: Category
    tone: Tone
    strength: float = Field(ge=0, le=1, description="How often a careful reader takes it as loaded, 0..1.")
    style: Literal["neutral", "informal", "formal", "slur"] = "neutral"
    pair: str | None = Field(default=None, description="The contested matter that it names.")
    camp: str | None = Field(default=None, description="Who in that dispute says it so.")
    alternatives: tuple[Word, ...] = Field(default=(), description="Plainer words.")

    @model_validator(mode="after")
    def _pair_and_camp_stand_together(self) -> Self:
        if (self.pair is None) != (self.camp is None):
            raise ValueError(f"{self.id}: `pair` and `camp` stand together")
        return self


@dataclass(frozen=True, slots=True)
class Hit:
    """One use of an entry: characters [start, end), tokens [first, last)."""

    start: int
    end: int
    first: int
    last: int
    entry: LexiconEntry


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Entries, ready to be found. `versions` holds a content hash for every file, `forms` all their words."""

    entries: tuple[LexiconEntry, ...]
    versions: dict[str, str]
    forms: frozenset[tuple[str, ...]]
    _phrases: Phrases[Entry]

    def match(self, document: Document) -> tuple[Hit, ...]:
        """Where does the document use a term of the lexicon? In text order, none overlapping."""
        return tuple(
            Hit(document.tokens[first].start, document.tokens[last - 1].end, first, last, entry)
            for first, last, entry in self._find(document)
            if isinstance(entry, LexiconEntry)
        )

    def match_plain(self, document: Document) -> Iterator[tuple[int, int, PlainEntry]]:
        """Where does it use a term or an idiom that passes no judgement? Tokens [first, last), with the entry."""
        for first, last, entry in self._find(document):
            if isinstance(entry, PlainEntry):
                yield first, last, entry

    def _find(self, document: Document) -> Iterator[tuple[int, int, Entry]]:
        """The longest term at every place."""
        words = document.folded
        for sentence in document.sentences:
            first = sentence.first
            while first < sentence.last:
                terms = (
                    (end, entry) for end, found in self._phrases.at(words, first, sentence.last) for entry in found
                )
                used = next((one for one in terms if _is_used(one[1], document, words, first, one[0])), None)
                if used:
                    yield (first, *used)
                first = used[0] if used else first + 1


@cache
def load() -> Lexicon:
    """Read every category's file; compiled once a process."""
    files = [path for category in get_args(Category) if (path := FOLDER / f"{category}.toml").exists()]
    return compile_entries(
        [*(entry for path in files for entry in read_file(path)), *read_plain(FOLDER / "plain.toml")],
        {f"vocabulary.{path.stem}": hashlib.sha256(path.read_bytes()).hexdigest()[:12] for path in files},
    )


def read_file(path: Path) -> Iterator[LexiconEntry]:
    """Validate one category's file. `[defaults]` holds what its entries share; a table's name is its term."""
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    defaults = tables.pop("defaults", {})
    for name, table in tables.items():
        named = {"id": f"{path.stem}.{name}", "category": path.stem, "terms": [name]}
        yield LexiconEntry.model_validate(named | defaults | table)


def read_plain(path: Path) -> Iterator[PlainEntry]:
    """Validate the terms and idioms that pass no judgement: a table each."""
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    for name, table in tables.items():
        if isinstance(table, dict):
            yield PlainEntry.model_validate({"id": f"{path.stem}.{name}"} | table)


def compile_entries(entries: Iterable[Entry], versions: dict[str, str]) -> Lexicon:
    """Lay the entries' forms out so that a text is matched word by word. Raises ValueError where two share an id."""
    kept = tuple(entries)
    phrases: Phrases[Entry] = Phrases()
    loaded: set[tuple[str, ...]] = set()
    seen: set[str] = set()
    for entry in sorted(kept, key=_rank):
        if entry.id in seen:
            raise ValueError(f"lexicon: two entries are called {entry.id}")
        seen.add(entry.id)
        bent = forms(entry)
        for form in bent:
            phrases.add(form, entry)
        if isinstance(entry, LexiconEntry):
            loaded.update(bent)
    listed = tuple(entry for entry in kept if isinstance(entry, LexiconEntry))
    return Lexicon(listed, versions, frozenset(loaded), phrases)


def _rank(entry: Entry) -> tuple[bool, bool, float]:
    """Of entries with one form the plain one is asked first, then those with conditions."""
    if isinstance(entry, LexiconEntry):
        return True, not _is_conditional(entry), -entry.strength
    return False, False, 0.0


def _is_conditional(entry: Entry) -> bool:
    return bool(entry.only_as or entry.only_before or entry.only_after or entry.only_near)


def forms(entry: Entry) -> list[tuple[str, ...]]:
    """All forms of an entry, each as its words. A verb bends its first word, a noun the one before any "of"."""
    found = {split_words(text): None for text in (*entry.terms, *entry.forms)}
    if entry.inflect:
        for term in entry.terms:
            words = split_words(term)
            at = 0 if entry.pos == "verb" else find_head(words)
            for bent in bend(words[at], entry.pos if len(words) == 1 or entry.pos in ("noun", "verb") else "phrase"):
                found[(*words[:at], bent, *words[at + 1 :])] = None
    return list(found)


def _is_used(entry: Entry, document: Document, words: Sequence[str], first: int, last: int) -> bool:
    """Is the word used here, in the sense of the entry?"""
    tokens = document.tokens
    sentence = document.sentences[tokens[first].sentence]
    before = words[first - 1] if first > sentence.first else ""
    after = words[last] if last < sentence.last else ""
    capitals = sentence.part == "headline" and tokens[first].tag.startswith("NNP")  # then the tag says nothing
    if entry.only_as and not capitals and not any(_agrees(pos, tokens, first, last, before) for pos in entry.only_as):
        return False
    if before in entry.not_after or after in entry.not_before:
        return False
    if (entry.only_after and before not in entry.only_after) or (entry.only_before and after not in entry.only_before):
        return False
    if entry.not_near or entry.only_near:
        around = {
            *words[max(sentence.first, first - entry.reach) : first],
            *words[last : min(sentence.last, last + entry.reach)],
        }
        if not around.isdisjoint(entry.not_near) or (entry.only_near and around.isdisjoint(entry.only_near)):
            return False
    if entry.cased and not tokens[first].text[0].isupper():
        return False
    category = entry.category if isinstance(entry, LexiconEntry) else ""
    if category == "violence" and is_literal(document, first, last):
        return False
    return not is_name(document, first, last) or (category == "label" and _is_title(document, first, last))


def _agrees(pos: PartOfSpeech, tokens: Sequence[Token], first: int, last: int, before: str) -> bool:
    """Does the tagger agree, or the word before, which errs less?"""
    if pos == "verb" and before in _VERBAL:
        return True
    if pos == "noun":
        after = tokens[last].tag if last < len(tokens) else ""
        determined = first > 0 and tokens[first - 1].tag in ("DT", "PRP$", "POS") and not after.startswith(("NN", "JJ"))
        return before not in _VERBAL and (determined or any(t.tag.startswith("NN") for t in tokens[first:last]))
    if pos == "adjective" and before in _VERBAL - {"not", "n't"}:
        return False
    return any(tokens[at].tag.startswith(_TAGS[pos]) for at in (first, last - 1))


def is_name(document: Document, first: int, last: int) -> bool:
    """Is this part of a longer capitalised name, such as The Great Dictator?

    A capital says nothing in a headline or at the start of a sentence.
    """
    tokens = document.tokens
    sentence = document.sentences[tokens[first].sentence]
    if first == sentence.first or sentence.part == "headline" or not _is_capitalised(tokens[first]):
        return False
    before, after = tokens[first - 1], tokens[last] if last < sentence.last else None
    opens = first - 1 == sentence.first and not before.tag.startswith("NNP")
    return (_is_capitalised(before) and not opens) or (after is not None and _is_capitalised(after))


def _is_title(document: Document, first: int, last: int) -> bool:
    """Does the label stand right before a name, as a title would? Syrian Dictator Bashar al-Assad."""
    tokens = document.tokens
    follows = last < len(tokens) and tokens[last].tag.startswith("NNP") and _is_capitalised(tokens[last])
    return follows and (not _is_capitalised(tokens[first - 1]) or tokens[first - 1].tag == "JJ")


def _is_capitalised(token: Token) -> bool:
    return token.text[0].isupper() and not token.text.isupper()
