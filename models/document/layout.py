"""The layout: paragraphs and sentences, and which part of the article each one is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sentencex import get_sentence_boundaries

from ..report import Part
from . import boilerplate, sentence_ends
from .quotations import Quoted

Place = tuple[int, int]

_LEADING = re.compile(r"\s*")
_AFTER_MARK = re.compile(r"\s+(?=[\"“‘'(]?[A-Z])")
# From every mark that opens, sentencex looks for one that closes: over the whole text where there is none.
_WINDOW = 5_000  # characters it sees at once
_MARKS = re.compile("[\"'`“”„‟‘’‚‛«»‹›《》「」『』]")
_MOST_MARKS = 0.25  # share of them in a text that still has sentences
_SPACED_OPENING, _SPACED_CLOSING = re.compile(r"([“„«‹])([ \u00a0\u202f])"), re.compile(r"([ \u00a0\u202f])([”»›])")
_HEADLINE_WORDS = 25
_SPLIT_WORDS = 4  # a quotation of fewer words holds no sentence of its own


def sentences(text: str, paragraph: Place, quoted: Sequence[Quoted]) -> Iterator[Place]:
    """Where does each sentence of a paragraph stand? Sentences inside long quotations count as sentences."""
    cuts = _boundaries(text, *paragraph)
    for quotation in quoted:
        inner = _strip(text, quotation.start + 1, quotation.end - 1 if quotation.closed else quotation.end)
        if quotation.depth == 0 and text.count(" ", *inner) >= _SPLIT_WORDS:
            ends = _boundaries(text, *inner)
            cuts |= ends
            if text[inner[1] - 1] in ".!?…" and _AFTER_MARK.match(text, quotation.end):
                cuts.add(quotation.end)
    start = paragraph[0]
    for cut in sorted(cuts | {paragraph[1]}):
        first, last = _strip(text, start, cut)
        if first < last:
            yield first, last
        start = cut


def _boundaries(text: str, start: int, end: int) -> set[int]:
    """Sentence ends strictly inside text[start:end], by sentencex's rules for English."""
    found: set[int] = set()
    at = start
    while at < end:
        window = text[at : min(at + _WINDOW, end)]
        places = [at + boundary["end_index"] for boundary in get_sentence_boundaries("en", _calm(window))[:-1]]
        for ended in places:
            place = stop = ended
            while stop > at and text[stop - 1].isspace():
                stop -= 1
            if stop > at and text[stop - 1] in "“„«‹":  # a mark with a space behind it opens the next sentence
                place = stop - 1
            while stop == place < end and text[place] in ".!?…":  # the stop behind "[12]" is its sentence's own
                place = stop = place + 1
            if sentence_ends.judge(text, start, place, end) is not False:
                found.add(place)
        # What stands after the last end is looked at again, with what follows it.
        at = places[-1] if places and at + _WINDOW < end else at + _WINDOW
    missed = set(sentence_ends.candidates(text, start, end)) - found
    return found | {place for place in missed if sentence_ends.judge(text, start, place, end)}


def _calm(window: str) -> str:
    """The window with its quotation marks at their words, or out of sight where they are a good part of it."""
    masked, marks = _MARKS.subn("_", window)
    if marks > len(window) * _MOST_MARKS:
        return masked
    return _SPACED_CLOSING.sub(r"\2\1", _SPACED_OPENING.sub(r"\2\1", window))


def _strip(text: str, start: int, end: int) -> Place:
    match = _LEADING.match(text, start, end)
    first = match.end() if match else start
    return first, max(first, start + len(text[start:end].rstrip()))


def parts(text: str, title_end: int, paragraphs: Sequence[tuple[Place, Sequence[Place]]]) -> list[list[Part]]:
    """Which part is each sentence of each paragraph: headline, lead, body or boilerplate?

    Without a title, a first line that is short, ends without a stop and has text below it is the headline.
    A body that repeats the title has that line as headline too. The lead is the first paragraph of prose.
    Where nothing else would be left, nothing is boilerplate: somebody asks about that very line.
    """
    title = text[:title_end].strip()
    headlines = [
        start < title_end
        or (bool(title) and at <= 2 and text[start:end] == title)
        or (not title_end and at == 0 and len(paragraphs) > 1 and _looks_like_headline(text[start:end]))
        for at, ((start, end), _) in enumerate(paragraphs)
    ]
    below = [paragraph for paragraph, headline in zip(paragraphs, headlines, strict=True) if not headline]
    marked = iter(boilerplate.find(text, below))
    result: list[list[Part]] = []
    lead_seen = False
    for (_, inside), headline in zip(paragraphs, headlines, strict=True):
        if headline:
            result.append(["headline"] * len(inside))
            continue
        marks = next(marked)
        prose: Part = "body" if lead_seen else "lead"
        lead_seen = lead_seen or not all(marks)
        result.append(["boilerplate" if mark else prose for mark in marks])
    return result if lead_seen else [["lead" if p == "boilerplate" else p for p in inside] for inside in result]


def _looks_like_headline(line: str) -> bool:
    return len(line.split()) <= _HEADLINE_WORDS and not line.rstrip("\"'”’»)").endswith((".", "!", ":", ";", ","))
