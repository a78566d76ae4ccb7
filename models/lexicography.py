"""Tending the lexicon: does every entry keep its word, and what is in it?"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from . import lexicon
from .article import Article
from .document import read
from .lexicon import Lexicon, LexiconEntry


def check(entries: tuple[LexiconEntry, ...] | None = None) -> list[str]:
    """What is wrong with the lexicon? Examples that don't hold, forms that two entries own, pairs with one camp."""
    loaded = lexicon.load() if entries is None else lexicon.compile_entries(entries, {})
    found = [fault for entry in loaded.entries for fault in _check_examples(entry, loaded)]
    owners: dict[tuple[str, ...], list[str]] = defaultdict(list)
    camps: dict[str, set[str | None]] = defaultdict(set)
    for entry in loaded.entries:
        if not (entry.only_as or entry.only_before or entry.only_after or entry.only_near or entry.cased):
            for form in lexicon.forms(entry):
                owners[form].append(entry.id)
        if entry.pair:
            camps[entry.pair].add(entry.camp)
    found += [f"{' '.join(form)}: owned by {' and '.join(ids)}" for form, ids in owners.items() if len(ids) > 1]
    found += [f"pair {pair}: has only the camp {named.pop()}" for pair, named in camps.items() if len(named) == 1]
    return found


def read_marks(sentence: str) -> tuple[str, list[tuple[int, int]]]:
    """Turn "The [dictator] fled." into its text and the spans it marks."""
    spans, text = [], ""
    for piece in re.split(r"(\[[^]]*\])", sentence):
        word = piece[1:-1] if piece.startswith("[") else piece
        if word != piece:
            spans.append((len(text), len(text) + len(word)))
        text += word
    return text, spans


def _check_examples(entry: LexiconEntry, loaded: Lexicon) -> Iterator[str]:
    for sentence in (*entry.matches, *entry.ignores):
        text, expected = read_marks(sentence)
        hits = loaded.match(read(Article(text=text)))
        found = [(hit.start, hit.end) for hit in hits if hit.entry.id == entry.id]
        if found != expected:
            others = [hit.entry.id for hit in hits if hit.entry.id != entry.id]
            marks = ", ".join(text[start:end] for start, end in found) or "nothing"
            yield f"{entry.id}: marks {marks} in {sentence!r}" + (f"; beside {', '.join(others)}" if others else "")


def count() -> dict[str, Mapping[str, int]]:
    """How many entries by category, tone, part of speech, style and contested pair?"""
    entries = lexicon.load().entries
    return {
        "all": {"entries": len(entries), "forms": len({form for entry in entries for form in lexicon.forms(entry)})},
        "category": Counter(entry.category for entry in entries),
        "tone": Counter(entry.tone for entry in entries),
        "part of speech": Counter(entry.pos for entry in entries),
        "style": Counter(entry.style for entry in entries),
        "pair": Counter(f"{entry.pair}: {entry.camp}" for entry in entries if entry.pair),
    }
