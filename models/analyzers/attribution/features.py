"""What speaks for a source or a content being a cue's: distance, order, signs, grammar and the reader's certainty."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from ...document.parts import Reading
from ...document.syntax import ROOT, SUBJECTS, Syntax
from ...document.word_classes import CLASSES
from . import cues
from .grammar import Draft, Lines, Words
from .propose import Marked

_BEFORE, _AFTER = 4, 3  # spans that a cue looks at on either side
_FAR = 150  # tokens
_WH = CLASSES["wh"]
_LOOKED = 40  # tokens of what lies between that are looked at


@dataclass(frozen=True, slots=True)
class PairCandidate:
    """A span that may belong to a cue, and what speaks for it."""

    cue: int  # index into Marked.cues
    span: Words
    run: int  # index into Marked.contents or .sources
    features: dict[str, float]


@dataclass(frozen=True, slots=True)
class Scene:
    """What the features are read from."""

    lines: Lines
    marked: Marked
    is_cue: Sequence[int]  # running count of cue tokens, to count cues in between
    is_source: Sequence[int]
    is_content: Sequence[int]
    signs: Sequence[int]  # running counts of tokens that are no words, that are quoted, that are content
    quoted: Sequence[int]
    contents: Sequence[int]
    entries: Sequence[cues.CueEntry | None]  # by cue: its lexicon entry, and its head in the tree
    heads: Sequence[int]
    sure: dict[str, Sequence[float]]  # running sums of the reader's probabilities

    def certainty(self, kind: str, span: Words) -> float:
        """Logit of the reader's mean probability over a span."""
        sums = self.sure[kind]
        return logit((sums[span[1]] - sums[span[0]]) / (span[1] - span[0]))


def logit(probability: float) -> float:
    """Log odds, kept within ±4.6."""
    kept = min(0.99, max(0.01, probability))
    return math.log(kept / (1 - kept))


def set_scene(lines: Lines, reading: Reading, marked: Marked) -> Scene:
    """Lay out what every pair's features need, once."""
    length, lexicon = len(lines.tokens), cues.load()
    covered = _cover(marked.contents, length)
    return Scene(
        lines,
        marked,
        _count(marked.cues, length),
        _count(marked.sources, length),
        covered,
        _add_up(not token.is_word for token in lines.tokens),
        _add_up(number >= 0 for number in lines.quoted),
        _add_up(number >= 0 for number in covered),
        [lexicon.within(lines.words, *cue) for cue in marked.cues],
        [lines.syntax.head_of(*cue) for cue in marked.cues],
        {
            kind: [0.0, *np.cumsum(values, dtype=np.float64).tolist()]
            for kind, values in (("cue", reading.cue), ("source", reading.source), ("content", reading.content))
        },
    )


def _count(spans: Sequence[Words], length: int) -> list[int]:
    begun = [0] * (length + 1)
    for first, _ in spans:
        begun[first + 1] += 1
    for at in range(length):
        begun[at + 1] += begun[at]
    return begun


def _add_up(holds: Iterable[bool]) -> list[int]:
    return [0, *accumulate(map(int, holds))]


def _cover(spans: Sequence[Words], length: int) -> list[int]:
    covered = [-1] * (length + 1)
    for number, (first, last) in enumerate(spans):
        covered[first:last] = [number] * (last - first)
    return covered


def source_candidates(scene: Scene) -> list[PairCandidate]:
    """Every source that a cue may have."""
    found = []
    for number, cue in enumerate(scene.marked.cues):
        for run in _around(scene.marked.sources, cue):
            span = scene.marked.sources[run]
            if _gap(cue, span) <= _FAR:
                found.append(PairCandidate(number, span, run, _source_features(scene, number, span)))
    return found


def content_candidates(scene: Scene) -> list[PairCandidate]:
    """Every content that a cue may have; of a content that the cue stands in, what comes before and after it."""
    found = []
    contents = scene.marked.contents
    for number, cue in enumerate(scene.marked.cues):
        for run in _around(contents, cue):
            first, last = contents[run]
            if _gap(cue, (first, last)) > _FAR:
                continue
            if last <= cue[0] or first >= cue[1]:
                parts = [((first, last), False)]
            else:
                parts = [(part, True) for part in ((cue[1], last), (first, cue[0])) if part[0] < part[1]]
            for span, inner in parts:
                found.append(PairCandidate(number, span, run, _content_features(scene, number, span, inner)))
    return found


def _around(spans: Sequence[Words], cue: Words) -> range:
    low, high = 0, len(spans)
    while low < high:
        middle = (low + high) // 2
        if spans[middle][0] < cue[0]:
            low = middle + 1
        else:
            high = middle
    return range(max(0, low - _BEFORE), min(len(spans), low + _AFTER))


def _gap(one: Words, other: Words) -> int:
    return max(0, other[0] - one[1], one[0] - other[1])


def _between(one: Words, other: Words) -> Words:
    return (one[1], other[0]) if one[1] <= other[0] else (other[1], one[0]) if other[1] <= one[0] else (one[1], one[1])


def _common(scene: Scene, cue: Words, span: Words) -> dict[str, float]:
    lines = scene.lines
    first, last = _between(cue, span)
    near = min(last, first + _LOOKED)
    after = span[0] >= cue[1]
    sentences = abs(lines.tokens[span[0]].sentence - lines.tokens[cue[0]].sentence)
    if not after:
        sentences = abs(lines.tokens[span[1] - 1].sentence - lines.tokens[cue[0]].sentence)
    side = "after" if after else "before"
    return {
        side: 1.0,
        f"distance {side}": math.log1p(last - first),
        f"touching {side}": float(last == first),
        f"near {side}": float(last - first <= 2),
        "sentences": float(min(sentences, 3)),
        f"same sentence {side}": float(sentences == 0),
        "cues between": float(min(3, scene.is_cue[last] - scene.is_cue[first])) if last > first else 0.0,
        "signs between": float(min(4, scene.signs[near] - scene.signs[first])),
        "comma next": float(lines.words[last - 1 if after else first] == ",") if last > first else 0.0,
        "quotation between": float(scene.quoted[near] > scene.quoted[first]),
    }


def _source_features(scene: Scene, number: int, span: Words) -> dict[str, float]:
    lines, cue, entry = scene.lines, scene.marked.cues[number], scene.entries[number]
    features = _common(scene, cue, span)
    first, last = _between(cue, span)
    near = min(last, first + _LOOKED)
    side = "after" if span[0] >= cue[1] else "before"
    sure = scene.certainty("source", span)
    level = scene.is_content[cue[0]] == scene.is_content[span[0]]
    features |= {
        "sure of cue": scene.certainty("cue", cue),
        "sure of source": sure,
        f"sure of source {side}": sure,
        "known cue": float(entry is not None),
        "sources between": float(min(3, scene.is_source[last] - scene.is_source[first])) if last > first else 0.0,
        "one word": float(span[1] - span[0] == 1),
        f"according {side}": float(entry is not None and "source" in entry.takes),
        f"participle {side}": float(lines.tokens[cue[0]].tag == "VBG"),
        "same content": float(level),
        "content between": float(scene.contents[near] > scene.contents[first]),
        f"hangs {path(lines.syntax, lines.syntax.head_of(*span), scene.heads[number])}": 1.0,
        f"subject {side}": float(lines.syntax.subject(scene.heads[number]) in range(*span)),
        f"quoted before {side}": float(cue[0] > 0 and lines.quoted[cue[0] - 1] >= 0),
        "inside cue": float(touch(cue, span)),
        f"possessive {side}": float(lines.tokens[span[1] - 1].tag in ("POS", "PRP$")),
    }
    return features


def _content_features(scene: Scene, number: int, span: Words, inner: bool) -> dict[str, float]:
    lines, cue, entry = scene.lines, scene.marked.cues[number], scene.entries[number]
    features = _common(scene, cue, span)
    first, last = _between(cue, span)
    side = "after" if span[0] >= cue[1] else "before"
    side = f"inner {side}" if inner else side
    takes = entry.takes if entry else ()
    sure_of_cue, sure = scene.certainty("cue", cue), scene.certainty("content", span)
    length = math.log1p(min(40, span[1] - span[0]))
    participle = lines.tokens[cue[0]].tag == "VBG"
    word = lines.words[span[0]]
    quoted = lines.quoted[span[0]] >= 0 and lines.quoted[span[1] - 1] >= 0 and lines.quoted[cue[0]] < 0
    sentence = lines.tokens[span[0]].sentence
    opens = span[0] == 0 or lines.tokens[span[0] - 1].sentence != sentence
    alone = scene.is_cue[min(span[1] + 12, len(lines.tokens))] - scene.is_cue[max(0, span[0] - 12)] == 0
    end_cue = cue[1] >= len(lines.tokens) or not lines.tokens[cue[1]].is_word
    features |= {
        "sure of cue": sure_of_cue,
        "sure of content": sure,
        "known cue": float(entry is not None),
        "length": length,
        f"sure of cue {side}": sure_of_cue,
        f"sure of content {side}": sure,
        f"length {side}": length,
        "cue in content": scene.certainty("content", cue),
        side: 1.0,
        "that": float(word in ("that", "to", "whether", "how", "why", "if", "what")),
        f"quoted {side}": float(quoted),
        f"opens sentence {side}": float(opens),
        "alone": float(alone),
        f"according {side}": float("source" in takes),
        f"takes quote, quoted {side}": float(quoted and "quote" in takes),
        f"takes object {side}": float("object" in takes),
        f"frame {side}": float(_frame(lines, span, quoted=quoted) in takes),
        f"unknown {side}": float(entry is None),
        f"ends clause {side}": float(end_cue),
        f"colon {side}": float(last > first and lines.words[first] == ":") + float(lines.words[cue[1] - 1] == ":"),
        "source only between": float(last > first and _only(scene, first, last)),
        f"hangs {path(lines.syntax, lines.syntax.head_of(*span), scene.heads[number])}": 1.0,
        f"participle {side}": float(participle),
        f"participle touching {side}": float(participle and last == first),
        "short": float(span[1] - span[0] <= 3),
    }
    return features


def _frame(lines: Lines, span: Words, *, quoted: bool) -> str:
    """What a content that begins here is to its cue, by the frames of the lexicon."""
    word = lines.words[span[0]]
    if quoted:
        return "quote"
    if word in ("that", "to", *cues.PREPOSITIONS):
        return word
    if word in _WH:
        return "wh"
    return "object" if lines.syntax.child(lines.syntax.head_of(*span), *SUBJECTS) is None else "clause"


def _only(scene: Scene, first: int, last: int) -> bool:
    """Is there one source in between and little else?"""
    return scene.is_source[last] - scene.is_source[first] == 1 and last - first <= 12


def path(syntax: Syntax, below: int, above: int) -> str:
    """As what one word hangs from another, or that from it; "far" over more than two steps."""
    if syntax.heads[below] == above:
        return syntax.relations[below]
    if syntax.heads[above] == below:
        return f"above {syntax.relations[above]}"
    between = syntax.heads[below]
    if between != ROOT and syntax.heads[between] == above:
        return f"{syntax.relations[between]} {syntax.relations[below]}"
    return "far"


def touch(one: Words, other: Words) -> bool:
    """Do two stretches of words, each [first, last), share a token?"""
    return one[0] < other[1] and other[0] < one[1]


def item_features(scene: Scene, number: int, draft: Draft, content: float, source: float) -> dict[str, float]:
    """What speaks for an item of the cue with this number as a whole, given how sure its pairs are (0..1)."""
    lines, cue = scene.lines, scene.marked.cues[number]
    known = scene.entries[number] is not None
    length = sum(last - first for first, last in draft.content)
    steps = scene.sure["cue"]
    features = {
        "content pair": logit(content),
        "sure of cue": scene.certainty("cue", cue),
        "surest of cue": logit(max(steps[at + 1] - steps[at] for at in range(*cue))),
        "sure of content": scene.certainty("content", draft.content[0]),
        "known cue": float(known),
        "length": math.log1p(min(40, length)),
        "short": float(length < 4),
        "quoted": float(any(lines.quoted[first] >= 0 for first, _ in draft.content)),
        "long cue": float(cue[1] - cue[0] > 3),
        "strange noun": float(not known and lines.tokens[cue[0]].tag.startswith("NN")),
    }
    if draft.source:
        features |= {
            "source": 1.0,
            "source pair": logit(source),
            "sure of source": scene.certainty("source", draft.source[0]),
        }
    return features
