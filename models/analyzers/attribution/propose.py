"""From the reader's probabilities a token to spans that may be a cue, a source or a content."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from ...document.parts import Document, Reading
from . import cues, grammar
from .grammar import Lines, Words

# A span reaches the first value somewhere and the second throughout; where nothing does, the third will do for a
# span that the pair model may still refuse.
CUE = (0.20, 0.20, 0.20)
SOURCE = (0.35, 0.35, 0.20)
CONTENT = (0.50, 0.40, 0.30)
_FINITE = ("VBD", "VBZ", "VBP")  # no noun phrase goes on behind a verb that is a cue


@dataclass(frozen=True, slots=True)
class Marked:
    """All spans of an article that may take part in an attribution, each kind in text order."""

    cues: tuple[Words, ...]
    sources: tuple[Words, ...]
    contents: tuple[Words, ...]


def coded(reading: Reading) -> Reading:
    """The reading as those see it who coded by the codebook, where the reader has learned from them."""
    heads = reading.coded
    return replace(
        reading,
        source=heads.get("source", reading.source),
        cue=heads.get("cue", reading.cue),
        content=heads.get("content", reading.content),
    )


def mark(document: Document, lines: Lines, reading: Reading) -> Marked:
    """Which spans does the reader see? Cues and sources stay within a sentence, contents within it or a quotation."""
    cue, source, content = reading.cue.tolist(), reading.source.tolist(), reading.content.tolist()
    found: list[Words] = []
    sources: list[Words] = []
    contents: list[Words] = []
    for sentence in document.sentences:
        if sentence.part == "boilerplate":
            continue
        first, last = sentence.first, sentence.last
        seen = _runs(source, SOURCE, first, last, 1)
        here: list[Words] = [(first, first + 1)] if _is_inverted(lines, source, cue, first, last) else []
        for run in _runs(cue, CUE, first, last, 0):
            begin, end = run
            while begin < end - 1 and lines.tokens[begin].tag == "PRP":  # "he continued": the reader is unsure of "he"
                begin += 1
            if begin > run[0]:
                seen.append((run[0], begin))
            if _says_something(lines, (begin, end), ":"):
                here.append(grammar.strip_cue(lines, (begin, end)))
        found += here
        taken = {at for run in here for at in range(*run)}
        wholes = _merge(
            grammar.strip_source(lines, grammar.complete(lines, grammar.strip_source(lines, run), first, last, taken))
            for run in sorted(seen)
            if _says_something(lines, run)
        )
        sources += (grammar.strip_source(lines, run) for whole in wholes for run in _parted(lines, whole, taken))
        for run in _runs(content, CONTENT, first, last, 1):
            begin, end = grammar.trim(lines, *grammar.complete(lines, run, first, last, taken))
            if end <= begin or not _says_something(lines, (begin, end)):
                continue
            if contents and (contents[-1][1] > begin or _same_speech(lines, contents[-1], begin)):
                contents[-1] = (contents[-1][0], max(end, contents[-1][1]))
            else:
                contents.append((begin, end))
    return Marked(tuple(found), tuple(sources), tuple(contents))


def _parted(lines: Lines, run: Words, taken: Collection[int]) -> list[Words]:
    """Two sources that the reader took for one.

    According to the paper, | Ann Lee asked (a source behind its preposition, and the subject of what is told); the Post
    quoted | the mayor admitting (around a cue).
    """
    first, last = run
    finite = (at for at in range(first + 1, last - 1) if at in taken and lines.tokens[at].tag in _FINITE)
    cue = next((at for at in finite if lines.syntax.relations[at] != "amod"), last)
    if cue < last and lines.words[cue + 1] != "to":
        who = cue - (lines.tokens[cue - 1].tag in ("WP", "WDT") and cue - 1 > first)  # Lee, who argued | the case
        return [(first, who), *([(who, cue)] if who < cue else ()), *_parted(lines, (cue + 1, last), taken)]
    comma = next((at for at in range(first + 1, last - 1) if lines.words[at] == ","), last)
    according = first - 1 in taken and lines.words[first - 1] == "to" and comma < last
    subject = any(
        lines.syntax.relations[at] == "nsubj" and lines.syntax.heads[at] >= last for at in range(comma + 1, last)
    )
    if according and subject and last < len(lines.tokens) and lines.tokens[last].is_word:
        return [(first, comma), (comma + 1, last)]
    return [run]


def _is_inverted(lines: Lines, source: Sequence[float], cue: Sequence[float], first: int, last: int) -> bool:
    """Added Chairman Ann Lee, “We are done.”: a verb that opens its sentence, a source, and words in marks."""
    entry = cues.load().at(lines.words, first, last)
    opens = entry is not None and entry[0] == first + 1 and "quote" in entry[1].takes and cue[first] < CUE[0]
    if not opens or first + 1 >= len(lines.tokens):
        return False
    past = lines.tokens[first].tag in ("VBD", "VBN") and lines.tokens[first + 1].tag == "NNP"
    return past and source[first + 1] >= SOURCE[0] and any(lines.quoted[at] >= 0 for at in range(first + 1, last))


def _merge(runs: Iterable[Words]) -> list[Words]:
    """Runs that have grown into each other become one."""
    found: list[Words] = []
    for first, last in sorted(runs):
        if found and first < found[-1][1]:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return found


def _runs(values: Sequence[float], limits: tuple[float, float, float], first: int, last: int, gap: int) -> list[Words]:
    """Stretches of values[first:last] that the limits allow, the weaker ones only where no stronger one stands."""
    high, low, weak = limits
    strong = _stretches(values, high, low, first, last, gap)
    found = []
    at = first
    for begin, end in [*strong, (last, last)]:
        for run in _stretches(values, weak, weak, at, begin, gap):
            if (run[0] > at or at == first) and (run[1] < begin or begin == last):
                found.append(run)
        if end > begin:
            found.append((begin, end))
        at = end
    return found


def _stretches(values: Sequence[float], high: float, low: float, first: int, last: int, gap: int) -> list[Words]:
    """Stretches that reach `low` throughout, but for at most `gap` values in a row, and `high` somewhere."""
    found: list[Words] = []
    begin = end = -1
    peak = 0.0
    for at in range(first, last):
        if values[at] >= low:
            if begin < 0:
                begin, peak = at, 0.0
            end, peak = at + 1, max(peak, values[at])
        elif begin >= 0 and at - end >= gap:
            if peak >= high:
                found.append((begin, end))
            begin = -1
    if begin >= 0 and peak >= high:
        found.append((begin, end))
    return found


def _says_something(lines: Lines, run: Words, signs: str = "") -> bool:
    return any(lines.tokens[at].is_word or lines.words[at] in signs for at in range(*run) if lines.words[at])


def _same_speech(lines: Lines, before: Words, begin: int) -> bool:
    """Does the content before go straight on here, inside one quotation?"""
    number = lines.quoted[begin]
    return number >= 0 and number == lines.quoted[before[1] - 1] and begin - before[1] <= 1
