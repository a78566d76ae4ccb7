"""Quotations that the words beside them give to somebody, however little the reader saw of it.

“It is over,” Ann Lee said. “Go home.” | Lee wrote: “We will stay.” | “Nobody left us.” Each way is a frame; how often
it holds was read, and stands in statement_frames.toml.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from ...document.parts import Document
from ...document.syntax import SUBJECTS
from . import cues, decide, grammar, layouts, naming, source_borders, sources, unsaid
from .grammar import Draft, Lines, Words
from .naming import Spoken

PATH = Path(__file__).parents[2] / "classifiers" / "statement_frames.toml"
_WORDS = 4  # fewer between two marks may be a name or a word set off
_AHEAD = 30  # tokens of a subject between a quotation and its verb: “No,” said/Lee, the mayor of Corley, said
_TAIL = 10  # tokens between a verb and the colon that it leads in with
_NEAR = 5  # and the comma
_FINITE = ("VBD", "VBZ", "VBP")
_COMMAS = frozenset((",", "?", "!", "—", "–", "--"))
_QUOTING = frozenset(("quote", "tell"))
_OPENING = frozenset((",", "to", "has", "have", "had"))  # before a verb that is not finite: Lee rose, | saying
_STOPS = frozenset((".", "?", "!", "…", "..."))


@cache
def load() -> dict[str, float]:
    """How likely does each frame hold, 0..1, by its name? What was read, and one place more of either kind."""
    rows = tomllib.loads(PATH.read_text(encoding="utf-8"))
    return {name: (held + 1) / (read + 2) for name, (held, read) in rows.items()}


def complete(
    document: Document, lines: Lines, spoken: Sequence[Spoken], strengths: Sequence[float], shown: float
) -> tuple[list[Spoken], list[float]]:
    """The statements, and for quotations of which none from `shown` on tells whose they are, what their frame tells."""
    held = {one.draft: strength for one, strength in zip(spoken, strengths, strict=True)}
    found = dict(Frames(document, lines, held, shown).find())
    if not found:
        return list(spoken), list(strengths)
    laid_out = layouts.speakers(document, layouts.propose(document, lines))

    def name() -> tuple[list[Spoken], list[float]]:
        put = _put(lines, held, found)
        drafts = sorted(put, key=lambda draft: (draft.content[0], draft.cue or (0, 0)))
        return naming.name(document, lines, drafts, laid_out), [put[draft] for draft in drafts]

    named, strengths = name()
    lost = {one.draft for one in named if one.draft in found and not _is_known(lines, one, found[one.draft])}
    if not lost:
        return named, strengths
    found = {draft: frame for draft, frame in found.items() if draft not in lost}
    return name()


def _put(lines: Lines, held: Mapping[Draft, float], found: Mapping[Draft, str]) -> dict[Draft, float]:
    """What is held, with what the frames have found in the place of what gives the same quotation to somebody."""
    put = dict(held)
    by_quotation: dict[int, list[Draft]] = defaultdict(list)
    by_cue: dict[Words | None, list[Draft]] = defaultdict(list)
    put |= {draft: load()[frame] for draft, frame in found.items()}
    for draft in put:
        for number in {lines.quoted[part[0]] for part in draft.content} - {-1}:
            by_quotation[number].append(draft)
        by_cue[draft.cue].append(draft)
    for draft in found:
        number = lines.quoted[draft.content[-1][0]]
        more = [one for one in by_cue[draft.cue] if draft.cue and set(one.content) < set(draft.content)]
        other = [one for one in by_quotation[number] if not one.cue or lines.quoted[one.cue[0]] != number]
        for one in (*more, *(one for one in other if one not in found)):
            put.pop(one, None)
    return put


def _is_known(lines: Lines, one: Spoken, frame: str) -> bool:
    """Does it say who speaks? Not a “he” of nobody, and not a label of nobody: PRESENTER: Good evening."""
    if one.speaker is not None or not one.draft.source:
        return True
    first, last = one.draft.source[0]
    pronoun = lines.syntax.upos[first] == "PRON" and last - first == 1
    return frame != "turn" and (not pronoun or sources.is_first_person(lines, (first, last)))


def _is_replaced(lines: Lines, draft: Draft, framed: Draft) -> bool:
    """Does this draft give the framed quotation to somebody else, or less of it to the same?"""
    if draft.cue == framed.cue and set(draft.content) <= set(framed.content):
        return True
    number = lines.quoted[framed.content[-1][0]]
    inside = draft.cue is not None and lines.quoted[draft.cue[0]] == number
    return not inside and any(lines.quoted[part[0]] == number for part in draft.content)


class Frames:
    """The quotations of a document, and whose the sure drafts say that they are."""

    def __init__(self, document: Document, lines: Lines, drafts: Mapping[Draft, float], shown: float) -> None:
        self._document = document
        self._lines = lines
        self._unsure: dict[int, Draft] = {}  # what else gives each quotation to somebody
        self._told: dict[int, Draft] = {}  # by the number of a quotation
        self._last: dict[int, list[Draft]] = defaultdict(list)  # by the sentence that the cue stands in
        for draft, strength in drafts.items():
            if strength >= shown:
                self._note(draft)
            elif draft.source and (draft.cue is None or lines.quoted[draft.cue[0]] < 0):
                self._unsure.setdefault(lines.quoted[draft.content[0][0]], draft)

    def _note(self, draft: Draft) -> None:
        quoted = self._lines.quoted
        outer = quoted[draft.cue[0]] if draft.cue else -1
        for first, last in draft.content:
            for number in {quoted[first], quoted[last - 1]} - {-1, outer}:
                self._told[number] = draft
        if draft.cue and outer < 0:
            self._last[self._lines.tokens[draft.cue[0]].sentence].append(draft)

    def find(self) -> Iterator[tuple[Draft, str]]:
        """What the frames tell of quotations that no sure draft has, in text order, with each frame's name."""
        for number, span in enumerate(self._lines.spans):
            words = sum(self._lines.tokens[at].is_word for at in range(*span))
            found = self._frame(number) if number not in self._told and words >= _WORDS else None
            if found is not None:
                self._note(found[0])
                yield found

    def _frame(self, number: int) -> tuple[Draft, str] | None:
        quotation, lines = self._lines.quotations[number], self._lines
        if quotation.signer or quotation.form != "marks":
            draft = self._unsure.get(number) if quotation.form in load() else None  # speech behind dashes nobody read
            return (draft, quotation.form) if draft else None
        frames: tuple[tuple[str, Callable[[int], Draft | None]], ...] = (
            ("behind", self._behind), ("before", self._before), ("on", self._on), ("below", self._below),
        )  # fmt: skip
        for name, frame in frames:
            draft = frame(number)
            if draft and not unsaid.is_silent(lines, draft) and unsaid.is_said(self._document, lines, draft):
                return draft, name
        return None

    def _draft(self, verb: int, start: int, source: Words | None, span: Words) -> Draft | None:
        """A draft around a verb of speech that takes quotations; None where it is none, or nobody speaks."""
        lines = self._lines
        entry = cues.load().at(lines.words, verb, len(lines.words))
        if entry is None or _QUOTING.isdisjoint(entry[1].takes):
            return None
        cue = (grammar.verb_group(lines, verb, start), entry[0])
        draft = decide.turn(lines, Draft(cue, (source,) if source else (), (span,)))
        if not draft.source or draft.content != (span,) or lines.quoted[draft.source[0][0]] >= 0:
            return None
        whole = source_borders.settle(lines, cue, draft.source[0])
        if lines.tokens[whole[0]].tag == "IN" and whole[1] - whole[0] > 1:  # enough for | Lee, who wrote
            whole = whole[0] + 1, whole[1]
        loose = "(" in lines.words[max(0, whole[0] - 1) : whole[0] + 1]  # (SOUNDBITE)
        return None if loose or lines.words[whole[0]] in sources.RELATIVES else replace(draft, source=(whole,))

    def _behind(self, number: int) -> Draft | None:
        """“It is over,” | Ann Lee said; “It is over!” | said Ann Lee."""
        lines, (first, last) = self._lines, self._lines.spans[number]
        if not (self._begins(first) and last < len(lines.tokens) and self._paragraph(last) == self._paragraph(first)):
            return None
        if lines.quoted[last] >= 0 or lines.words[last - 2] not in _COMMAS | {"."}:
            return None
        end = self._document.sentences[lines.tokens[last].sentence].last
        for verb in range(last, min(end, last + _AHEAD)):
            subject = lines.syntax.child(verb, *SUBJECTS) if lines.tokens[verb].tag in _FINITE else None
            if subject is None:
                continue
            source = grammar.phrase(lines, subject)
            if source[0] == last and all(self._is_of_name(at) for at in range(source[1], verb)):
                source = last, verb  # one “well-placed” aide | said; Lee’s lawyer Tom Reik | said
            beside = source[0] == last < verb or verb < source[0] <= verb + 1 <= last + 2
            # “It is over.” Lee said. But not: “It is over.” Lee said so.
            parted = lines.words[last - 2] == "." and lines.words[verb + 1 : verb + 2] != (".",)
            draft = self._draft(verb, last, source, (first, last)) if beside and not parted else None
            return self._with_rest(draft, number) if draft else None
        return None

    def _is_of_name(self, at: int) -> bool:
        return self._lines.quoted[at] >= 0 or self._lines.tokens[at].tag.startswith("NN")

    def _with_rest(self, draft: Draft, number: int) -> Draft:
        """“It is over,” Ann Lee said, | “and you know it.”"""
        lines = self._lines
        rest = lines.spans[number + 1] if number + 1 < len(lines.spans) else (0, 0)
        near = rest[0] > 0 and lines.tokens[rest[0]].sentence == lines.tokens[lines.spans[number][1]].sentence
        goes_on = near and lines.words[rest[0] - 1] in (",", "—") and draft.cue and draft.cue[0] < rest[0]
        return replace(draft, content=(*draft.content, rest)) if goes_on else draft

    def _before(self, number: int) -> Draft | None:
        """Ann Lee wrote in a letter: | “We will stay.” Lee says, | “We will stay.”"""
        lines, (first, last) = self._lines, self._lines.spans[number]
        lead = self._lead(number)
        word = next((lines.tokens[at].text for at in range(first, last) if lines.tokens[at].is_word), "")
        if lead is None or not word[:1].isupper() or not self._ends(last) or lines.words[lead[1] - 1] in _STOPS:
            return None
        reach = _TAIL if lines.words[lead[1] - 1] == ":" else _NEAR
        for verb in range(lead[1] - 1, max(lead[0], lead[1] - 1 - reach) - 1, -1):
            if lines.quoted[verb] >= 0:
                return None
            if lines.tokens[verb].tag.startswith("VB"):
                source, known = self._whose(verb)
                return self._draft(verb, lead[0], source, (first, last)) if known else None
        return None

    def _whose(self, verb: int) -> tuple[Words | None, bool]:
        """Who does this verb, and can it be told? Lee said; prompting Lee to say; not: moved Lee to end by saying."""
        lines = self._lines
        done_to = lines.syntax.child(lines.syntax.heads[verb], "obj") if lines.words[verb - 1] == "to" else None
        if done_to is not None and done_to < verb:
            return grammar.phrase(lines, done_to), True
        own = lines.syntax.child(verb, *SUBJECTS) is not None
        known = own or lines.tokens[verb].tag in _FINITE or lines.words[verb - 1] in _OPENING
        return grammar.subject(lines, verb), known

    def _lead(self, number: int) -> Words | None:
        """The sentence, or its part, that leads a quotation in."""
        lines, (first, _) = self._lines, self._lines.spans[number]
        if first == 0:
            return None
        told = lines.quotations[number].lead
        before = self._document.tokens_in(*told).stop if told else first
        sentence = self._document.sentences[lines.tokens[before - 1].sentence]
        if not told and self._paragraph(first) != sentence.paragraph:
            return None
        return (sentence.first, before) if sentence.first < before else None

    def _on(self, number: int) -> Draft | None:
        """“It is over,” Ann Lee said. | “Go home.” Lee said that it was over. | “Go home.”"""
        lines, (first, last) = self._lines, self._lines.spans[number]
        if first == 0 or lines.quoted[first - 1] >= 0 or self._paragraph(first - 1) != self._paragraph(first):
            return None
        draft = self._last_of(lines.tokens[first - 1].sentence)
        if draft is None or not (self._begins(first) and self._ends(last)):
            return None
        before = draft.content if lines.quoted[draft.content[-1][0]] >= 0 else ()
        return replace(draft, content=(*before, (first, last)))

    def _below(self, number: int) -> Draft | None:
        """Ann Lee said that it was over. ¶ | “Nobody left us.”"""
        first, last = self._lines.spans[number]
        paragraph = self._document.paragraphs[self._paragraph(first)]
        inside = self._document.sentences[paragraph.first].first, self._document.sentences[paragraph.last - 1].last
        above = paragraph.first - 1
        while above > 0 and self._document.sentences[above].part == "boilerplate":
            above -= 1
        if inside != (first, last) or not self._ends(last) or above < 0:
            return None
        draft = self._last_of(above)
        before = self._lines.quotations[number - 1] if number else None
        if before and before.chain == self._lines.quotations[number].chain:
            draft = self._told.get(number - 1)
        return replace(draft, content=((first, last),)) if draft and draft.cue else None

    def _last_of(self, sentence: int) -> Draft | None:
        """What is said in this sentence, where one source alone speaks in it."""
        lines, drafts = self._lines, self._last.get(sentence, [])
        direct = [draft for draft in drafts if lines.quoted[draft.content[-1][0]] >= 0]
        draft = next(reversed(direct or drafts), None)
        if draft is None or draft.cue is None or not draft.source or len({one.source for one in drafts}) > 1:
            return None
        return draft if any(lines.tokens[at].tag in _FINITE for at in range(*draft.cue)) else None

    def _paragraph(self, at: int) -> int:
        return self._document.sentences[self._lines.tokens[at].sentence].paragraph

    def _begins(self, first: int) -> bool:
        """Does a sentence, or what follows a colon, begin here?"""
        tokens = self._lines.tokens
        opened = first > 0 and self._lines.words[first - 1] in _STOPS | {":"}
        return opened or first == 0 or tokens[first - 1].sentence != tokens[first].sentence

    def _ends(self, last: int) -> bool:
        """Does a sentence end here, with its stop?"""
        lines = self._lines
        stop = not _STOPS.isdisjoint(lines.words[max(0, last - 3) : last])
        return stop and (last == len(lines.tokens) or self._begins(last))
