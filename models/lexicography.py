"""Tending the lexicons: does every entry keep its word, what will the reader make of it, and what is in them?"""

from __future__ import annotations

import hashlib
import json
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate

from . import lexicon, pipeline, reader, version
from .analyzers.attribution import cues, decide, grammar, propose, sources, vague
from .analyzers.attribution.cues import CueEntry
from .analyzers.attribution.grammar import Lines
from .article import Article
from .classifiers import reference
from .document import Document, Reading, boilerplate, read
from .lexicon import Lexicon, LexiconEntry

_TOLD = {"note", "alternatives", "matches", "ignores"}  # of an entry: what changes no count


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


def check_boilerplate() -> list[str]:
    """Which of the boilerplate's own examples don't hold? A line each, with the entry's id."""
    faults = []
    for row in boilerplate.entries():
        name = row[0].id
        faults += [f"{name}: nothing takes {line!r}" for line in row[0].matches if not boilerplate.fits(row, line)]
        for line in row[0].ignores:
            found = name if boilerplate.fits(row, line) else boilerplate.recognise(line, is_last=True)
            if found is not None:
                faults.append(f"{name}: {found} takes {line!r}")
    return faults


def check_attribution() -> list[str]:
    """Which examples of cues, vague markers and kinds of sources don't hold? A line each, with the entry's name."""
    faults = [
        fault
        for cue in cues.load().entries
        for sentence in cue.matches
        for fault in _compare(cue.lemma, sentence, partial(_find_cues, lemma=cue.lemma))
    ]
    faults += _check_ignored(cues.load().entries)
    for marker in vague.load().entries:
        for sentence in (*marker.matches, *marker.ignores):
            faults += _compare(f"vague {marker.patterns[0]}", sentence, _find_markers)
        for sentence in marker.matches:
            kinds = {found.kind for found in vague.find(*_lay_out(read_marks(sentence)[0]))}
            if kinds != {marker.kind}:
                faults.append(f"vague {marker.patterns[0]}: is no {marker.kind} in {sentence!r}")
    for kind, listed in sources.load().kinds.items():
        for example in listed.examples:
            _, lines = _lay_out(f"{example} told us.")
            found = sources.classify(lines, (0, len(lines.tokens) - 3), None)
            if found != kind:
                faults.append(f"{kind}: {example!r} is taken as {found}")
    return faults


def _lay_out(text: str) -> tuple[Document, Lines]:
    document = read(Article(text=text))
    document = document.with_reading(Reading.blank(document))
    return document, grammar.lay_out(document)


def _find_cues(document: Document, lemma: str) -> list[tuple[int, int]]:
    words, tokens, found, at = document.folded, document.tokens, [], 0
    while at < len(words):
        last, entry = cues.load().at(words, at, len(words)) or (at + 1, None)
        if entry is not None and entry.lemma == lemma:
            found.append((tokens[at].start, tokens[last - 1].end))
        at = last
    return found


def _check_ignored(entries: Sequence[CueEntry]) -> Iterator[str]:
    """Which cues propose a statement where their entries say that they are none? All sentences are read at once."""
    ignored = [(entry.lemma, sentence) for entry in entries for sentence in entry.ignores]
    if not ignored:
        return
    document = reader.read(read(Article(text="\n\n".join(sentence for _, sentence in ignored))))
    starts = [*accumulate((len(sentence) + 2 for _, sentence in ignored), initial=0)]
    lines, reading = grammar.lay_out(document), propose.coded(document.reading)
    for draft in decide.decide(lines, reading, propose.mark(document, lines, reading)):
        if draft.cue is None:
            continue
        first, last = document.tokens[draft.cue[0]].start, document.tokens[draft.cue[1] - 1].end
        lemma, sentence = ignored[bisect_right(starts, first) - 1]
        if cues.judge(lines.words, *draft.cue)[0] == lemma:
            yield f"{lemma}: marks {document.text[first:last]} in {sentence!r}"


def _find_markers(document: Document) -> list[tuple[int, int]]:
    return [(marker.start, marker.end) for marker in vague.find(*_lay_out(document.text))]


def _compare(name: str, sentence: str, find: Callable[[Document], list[tuple[int, int]]]) -> Iterator[str]:
    """Says what is marked where it is not what the sentence's brackets say."""
    text, expected = read_marks(sentence)
    found = find(read(Article(text=text)))
    if found != expected:
        yield f"{name}: marks {', '.join(text[start:end] for start, end in found) or 'nothing'} in {sentence!r}"


def foresee(entry: LexiconEntry) -> Iterator[tuple[str, float | None]]:
    """What will a report say of the entry's own sentences? Each with the strength (0..1) of its mark.

    None where the reader, which sees the word in its sentence, thinks it plain there: no report would show it.
    """
    for sentence in entry.matches:
        text, _ = read_marks(sentence)
        terms = pipeline.analyze(Article(text=text)).vocabulary.terms
        yield sentence, next((term.strength for term in terms if term.rule == entry.id), None)


def reference_basis() -> str:
    """Version of all that decides which words are counted: the lexicon of loaded words, its model and the reader."""
    trained = version.trained()
    entries = [entry.model_dump(mode="json", exclude=_TOLD) for entry in lexicon.load().entries]
    parts = [entries, trained["terms"], trained["reader"]]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:12]


def is_reference_stale() -> bool:
    """Were the news articles that rates are compared with counted by another lexicon, model or reader than these?"""
    known = reference.load()
    return known is not None and known.basis != reference_basis()


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
