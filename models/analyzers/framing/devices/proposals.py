"""What might be a device: words that an entry's pattern finds, questions, marks of distance, and what the reader sees.

Generous on purpose: `models/classifiers/devices.py` decides in context.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ....classifiers import devices
from ....document import Document
from ....report import DeviceKind
from . import entries
from .entries import DeviceEntry, Step
from .scene import Scene
from .snippets import Speech

OUTLETS_ALONE = frozenset(
    ("opinion_as_fact", "hidden_agent", "speculation", "vague_source", "snippet_quote", "bare_number")
)
_ARGUING = frozenset(("opinion", "review", "satire", "interview"))  # genres whose author is there to judge
_NEEDS_TELLER = frozenset(("motive", "opinion_as_fact", "speculation", "bare_number"))  # nothing where one is named
_READ: dict[str, tuple[DeviceKind, float]] = {  # heads of the reader, and from which probability a word is proposed
    "motive": ("motive", 0.12),
    "opinion_as_fact": ("opinion_as_fact", 0.10),
    "blame": ("blame", 0.12),
    "speculation": ("speculation", 0.10),
    "vague_source": ("vague_source", 0.12),
    "metaphor": ("metaphor", 0.10),
    "presupposition": ("presupposition", 0.12),
}
_LEAST_SHARE = 0.5  # of a head's threshold, that a word beside needs
_GAP = 2  # words below that may stand inside
_BE = frozenset(("is", "are", "was", "were", "be", "been", "being"))  # of which the subject is no teller
_PERSONS = frozenset(("he", "she", "i", "we"))
_ADVERBS = 2  # that may stand between two pieces of a pattern
_LONGEST_SNIPPET = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """Tokens [first, last) that may be a device, found by tokens [cue, end)."""

    kind: DeviceKind
    rule: str
    first: int
    last: int
    cue: int
    end: int
    about: int | None  # token of whom or what it is about
    note: str
    seen: bool = False  # the reader sees the kind there, too


def propose(scene: Scene) -> Iterator[Candidate]:
    """Everything that may be a device, by kind and in no order; those of one kind may overlap."""
    document = scene.document
    listed = [*_match(scene), *_ask(scene), *_set_off(scene)]
    for candidate in _join(listed, _read(scene)):
        at = document.tokens[candidate.cue]
        if document.sentences[at.sentence].part == "boilerplate":
            continue
        quoted = document.voice_at(at.start) == "quoted"
        if candidate.kind == "opinion_as_fact" and scene.genre in _ARGUING:
            continue
        if quoted and candidate.kind in OUTLETS_ALONE and candidate.kind != "snippet_quote":
            continue
        if not quoted and candidate.kind in _NEEDS_TELLER and scene.told[candidate.cue]:
            continue
        yield candidate


def _join(listed: Sequence[Candidate], read: Iterable[Candidate]) -> Iterator[Candidate]:
    """What the patterns found, with whether the reader sees it too, and what the reader alone found."""
    beside: dict[str, list[Candidate]] = {}
    for one in listed:
        beside.setdefault(one.kind, []).append(one)
    seen: set[int] = set()
    for one in read:
        found = [other for other in beside.get(one.kind, ()) if other.first < one.last and one.first < other.last]
        seen.update(map(id, found))
        if not found:
            yield one
    for one in listed:
        yield replace(one, seen=True) if id(one) in seen else one


def _match(scene: Scene) -> Iterator[Candidate]:
    document, patterns = scene.document, entries.load()
    words, tokens, by_first = document.folded, scene.document.tokens, patterns.by_first
    signed = devices.load_signed()
    done: dict[str, int] = {}  # by kind, where the words last found end
    for sentence in document.sentences:
        for at in range(sentence.first, sentence.last):
            if words[at] not in by_first:
                continue
            inside = at + 1 < sentence.last
            adverb = inside and tokens[at + 1].tag.startswith("RB")
            found = patterns.starting(words[at], words[at + 1] if inside else "", adverb=adverb)
            longest: dict[str, tuple[int, bool, DeviceEntry]] = {}  # of two as long the one that is known to hold
            for entry, steps in found:
                end = _follow(document, steps, at, sentence.last) if at >= done.get(entry.kind, 0) else None
                rank = (end or 0), entry.id in signed
                if end is None or rank <= longest.get(entry.kind, (0, True))[:2] or not _holds(scene, entry, at, end):
                    continue
                if entry.kind != "vague_source" or not _is_placed(scene, at, end):
                    longest[entry.kind] = *rank, entry
            for end, _, entry in longest.values():
                done[entry.kind] = end
                yield _mark(scene, entry, at, end)


def _follow(document: Document, steps: tuple[Step, ...], at: int, end: int) -> int | None:
    """Where do the steps end that begin at this token? None when they don't fit."""
    for number, step in enumerate(steps):
        reached = at
        skipped = 0
        while not (reached < end and _fits(document, step, reached)):
            if (
                number == 0
                or reached >= end
                or skipped == _ADVERBS
                or not document.tokens[reached].tag.startswith("RB")
            ):
                break
            reached, skipped = reached + 1, skipped + 1
        if reached < end and _fits(document, step, reached):
            at = reached + 1
        elif not step.optional:
            return None
    return at


def _fits(document: Document, step: Step, at: int) -> bool:
    return document.tokens[at].tag.startswith(step.tag) if step.tag else document.folded[at] in step.words


def _holds(scene: Scene, entry: DeviceEntry, first: int, last: int) -> bool:
    """Are the entry's conditions met?"""
    document = scene.document
    sentence = document.sentences[document.tokens[first].sentence]
    words = document.folded
    before = words[first - 1] if first > sentence.first else ""
    after = words[last] if last < sentence.last else ""
    if entry.only_as and not any(document.tokens[first].tag.startswith(tag) for tag in entry.only_as):
        return False
    if before in entry.not_after or after in entry.not_before:
        return False
    if (entry.only_after and before not in entry.only_after) or (entry.only_before and after not in entry.only_before):
        return False
    if entry.not_near or entry.only_near:
        around = set(words[sentence.first : sentence.last])
        if not around.isdisjoint(entry.not_near) or (entry.only_near and around.isdisjoint(entry.only_near)):
            return False
    if entry.own and (scene.named[first] or document.voice_at(document.tokens[first].start) != "outlet"):
        return False
    if entry.unanswered and scene.answered(document.tokens[first].sentence):
        return False
    about = scene.about(entry.about, first, last) if entry.named else None
    if entry.named and (about is None or scene.entity[about] is None):
        return False
    if not entry.subject:
        return True
    head = scene.syntax.head_of(first, last)
    return scene.syntax.relations[head] != "amod" and scene.being(scene.subject(head)) in entry.subject


def _is_placed(scene: Scene, first: int, last: int) -> bool:
    """Is it said who: the [mayor] raised concerns; drew criticism from [two bakers]; [Corley] and others say?"""
    document, words = scene.document, scene.document.folded
    sentence = document.sentences[document.tokens[first].sentence]
    if first - 1 > sentence.first and words[first - 1] in ("and", "or"):
        beside = first - 2
        if scene.entity[beside] or words[beside] in _PERSONS or words[first] == "others":
            return True
    if words[first - 1 : first] == ("all",):  # not all experts agree
        return True
    if not document.tokens[first].tag.startswith("VB") or words[first] in _BE:
        return False
    if "from" in words[last : scene.phrase(first, last)[1]]:
        return True
    whose = scene.subject(scene.syntax.head_of(first, last))
    return whose is not None and (scene.kind[whose] in ("person", "organization") or words[whose] in _PERSONS)


def _mark(scene: Scene, entry: DeviceEntry, first: int, last: int) -> Candidate:
    document = scene.document
    if entry.marks == "phrase":
        begin, end = scene.phrase(first, last)
    elif entry.marks == "clause":
        begin, end = scene.clause(first, last)
    elif entry.marks == "sentence":
        sentence = document.sentences[document.tokens[first].sentence]
        begin, end = scene.trim(sentence.first, sentence.last)
    else:
        begin, end = first, last
    return Candidate(entry.kind, entry.id, begin, end, first, last, scene.about(entry.about, first, last), entry.note)


def _ask(scene: Scene) -> Iterator[Candidate]:
    """Every question."""
    document = scene.document
    for sentence in document.sentences:
        for at in range(sentence.first + 1, sentence.last):
            if document.folded[at] != "?":
                continue
            voice = document.voice_at(document.tokens[at - 1].start)
            own = (
                one
                for one in range(sentence.first, at)
                if document.tokens[one].is_tagged and document.voice_at(document.tokens[one].start) == voice
            )
            first, last = scene.trim(next(own, sentence.first), at)
            about = scene.about("subject", first, last)
            rule = "rhetorical_question.mark"
            yield Candidate("rhetorical_question", rule, first, last, first, at, about, _NOTES["rhetorical_question"])
            break


def _set_off(scene: Scene) -> Iterator[Candidate]:
    """A few words in quotation marks of the outlet's own: such as hold them at arm's length, and pieces of speech."""
    document = scene.document
    speech = Speech(document)
    for quotation in document.quotations:
        if quotation.depth or quotation.form != "marks" or quotation.kind == "name":
            continue
        words = [at for at in document.tokens_in(quotation.start, quotation.end) if document.tokens[at].is_word]
        if words and len(words) <= _LONGEST_SNIPPET:
            apart = quotation.kind == "scare" and not speech.holds(quotation)
            rule = "snippet_quote.marks" if apart else "snippet_quote.speech"
            first, last = words[0], words[-1] + 1
            yield Candidate("snippet_quote", rule, first, last, first, last, None, _NOTES["snippet_quote"])


def _read(scene: Scene) -> Iterator[Candidate]:
    """What the reader alone sees."""
    document = scene.document
    for head, (kind, least) in _READ.items():
        probabilities = document.reading.devices.get(head)
        if probabilities is None:
            continue
        done = 0
        for seed in np.flatnonzero(probabilities >= least).tolist():
            if seed < done:
                continue
            sentence = document.sentences[document.tokens[seed].sentence]
            values = probabilities[sentence.first : sentence.last].tolist()
            at = seed - sentence.first
            begin = sentence.first + _reach(values, at, -1, least)
            end = sentence.first + _reach(values, at, 1, least) + 1
            first, last = scene.trim(begin, end)
            done = max(end, seed + 1)
            about = scene.about("subject", first, last)
            yield Candidate(kind, f"{kind}.reader", first, last, first, last, about, _NOTES[kind])


def _reach(values: list[float], seed: int, step: int, least: float) -> int:
    """The last word on this side of the seed that belongs to it."""
    reached, at = seed, seed + step
    while 0 <= at < len(values) and abs(at - reached) <= _GAP + 1:
        if values[at] >= least * _LEAST_SHARE:
            reached = at
        at += step
    return reached


_NOTES: dict[str, str] = {
    "motive": "No source is given for what {about} wants, feels or intends.",
    "opinion_as_fact": "A judgement in the outlet's own voice, and nobody is named whose judgement it is.",
    "blame": "Makes {about} answer for what went wrong, and names nobody who found it so.",
    "speculation": "This has not happened, and nobody is named who expects it.",
    "vague_source": "Nobody in particular is named for this claim.",
    "metaphor": "An image stands for the thing itself; ask what the plain word would be.",
    "presupposition": "The wording takes for granted what may be disputed.",
    "rhetorical_question": "A question that asserts: nobody is asked, and no answer follows.",
    "snippet_quote": "Quotation marks around a few words that nobody is said to have spoken hold them at arm's length.",
}
