"""Finish: drafts become statements with whole parts, by the tree: one of all that one cue hands on in a paragraph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from ...document.parts import Document, Reading
from . import borders, cues, grammar, source_borders
from .grammar import Draft, Lines, Words

_LINKS = frozenset(("http", "https", "pic"))  # as addresses begin
_JOINTS = frozenset((",", "and", "but"))  # between a cue and a second quotation
_DEEPEST = 6  # contents inside each other; more is no speech, and would cost the square of the text


def finish(document: Document, lines: Lines, reading: Reading, drafts: Sequence[Draft]) -> list[Draft]:
    """Statements with whole parts, in text order."""
    drafts = _go_on(document, lines, drafts)
    gathered = _gather(document, lines, _hand_over(lines, _separate(lines, drafts)))
    cues_of: dict[Words, list[Words]] = defaultdict(list)
    for draft in gathered:
        if draft.cue and draft.source:
            cues_of[draft.source[0]].append(draft.cue)
    seen = reading.content.tolist()
    return _order(lines, [_complete(lines, seen, draft, cues_of) for draft in gathered])


def _complete(lines: Lines, seen: Sequence[float], draft: Draft, cues_of: Mapping[Words, Sequence[Words]]) -> Draft:
    """The draft with whole parts."""
    draft = replace(draft, content=tuple(_without_link(lines, part) for part in draft.content))
    if draft.cue is None:
        return draft
    whole = borders.settle(lines, seen, draft, draft.cue, cues_of)
    content = tuple(_open(lines, draft.cue, part) for part in _said(lines, draft.cue, whole))
    source = tuple(source_borders.settle(lines, draft.cue, part) for part in draft.source[:1])
    return replace(draft, source=(*source, *draft.source[1:]), content=content)


def _without_link(lines: Lines, part: Words) -> Words:
    """Without the address that a post ends with: We are ready! | https://t.co/xyz"""
    first, last = part
    begin = last - 1
    while begin > first and lines.tokens[begin - 1].end == lines.tokens[begin].start:
        begin -= 1
    if lines.words[begin] in _LINKS and last - begin > len(_LINKS) and begin > first:
        return first, begin
    return part


def _said(lines: Lines, cue: Words, content: Sequence[Words]) -> Sequence[Words]:
    """Beside a quotation of whole sentences, what stands plain around the cue tells how it was said: “No,” Lee said
    | of the plan; asked about it, | Lee said, “No.” But not: the plan, Lee said, “was dead.”"""
    outer = lines.quoted[cue[0]]
    quoted = [part for part in content if lines.quoted[part[0]] not in (-1, outer)]
    if not quoted or len(quoted) == len(content):
        return content
    before = any(last <= cue[0] for _, last in quoted)
    whole = before or all(_begins(lines, first) for first, _ in quoted)
    return [part for part in content if part in quoted or _is_handed_on(lines, cue, part)] if whole else content


def _begins(lines: Lines, first: int) -> bool:
    """Does this quotation begin with a capital?"""
    word = next((at for at in range(first, min(first + 3, len(lines.tokens))) if lines.tokens[at].is_word), first)
    return lines.tokens[word].text[0].isupper() and lines.words[word] != "i"


def _open(lines: Lines, cue: Words, content: Words) -> Words:
    """With the "that" or "to" that opens its clause, or the mark that opens its quotation: told us | that it rains."""
    first, last = content
    number = lines.quoted[first]
    if number >= 0 and lines.spans[number] == (first - 1, last) and not first - 1 < cue[1] <= last:
        return first - 1, last
    opens = lines.words[first - 1] == "that" and lines.tokens[first - 1].tag in ("IN", "DT", "WDT")
    opens |= lines.words[first - 1] == "to" and lines.tokens[first].tag == "VB"  # promised us | to lower prices
    if cue[1] < first and opens:
        return first - 1, last
    return content


def _order(lines: Lines, drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts with words for a content in text order, each once, none deeper than readers could follow."""
    said = {
        draft
        for draft in drafts
        if draft.content and all(any(t.is_word for t in lines.tokens[first:last]) for first, last in draft.content)
    }
    found = sorted(said, key=lambda d: (d.content[0], d.cue or (0, 0)))
    kept: list[Draft] = []
    open_ends: list[int] = []
    for draft in found:
        open_ends = [end for end in open_ends if end > draft.content[0][0]]
        if len(open_ends) < _DEEPEST:
            kept.append(draft)
            open_ends.append(max(last for _, last in draft.content))
    return kept


def _go_on(document: Document, lines: Lines, drafts: Sequence[Draft]) -> list[Draft]:
    """With the quotation that fills the next sentence of the paragraph, where nobody else has it: “No,” said Lee of the
    plan. “It is late.”"""
    taken = {
        lines.quoted[at]
        for one in drafts
        for first, last in one.content
        for at in (first, last - 1)
        if one.cue is None or lines.quoted[one.cue[0]] != lines.quoted[at]  # what is told in it takes it from nobody
    }
    found = []
    for one in drafts:
        further: tuple[Words, ...] = ()
        sentence = lines.tokens[one.cue[0]].sentence if one.cue else -1
        quoted = [
            part for part in one.content if lines.quoted[part[0]] >= 0 and lines.tokens[part[0]].sentence == sentence
        ]
        if quoted and one.cue and lines.quoted[one.cue[0]] < 0:
            near = (_joined_quotation(lines, one.cue), _next_quotation(document, lines, sentence))
            further = tuple(lines.spans[number] for number in near if number >= 0 and number not in taken)
            taken.update(near)
        found.append(replace(one, content=(*one.content, *further)))
    return found


def _joined_quotation(lines: Lines, cue: Words) -> int:
    """The quotation that is joined to a cue behind another one: “It is late,” Lee said, and [“it is cold”]; -1 where
    none is."""
    at = cue[1]
    while at < len(lines.tokens) and lines.words[at] in _JOINTS:
        at += 1
    joined = at > cue[1] and at < len(lines.tokens) and lines.tokens[at - 1].tag == "CC"
    number = lines.quoted[at] if joined else -1
    return number if number >= 0 and lines.spans[number][0] == at else -1


def _next_quotation(document: Document, lines: Lines, sentence: int) -> int:
    """The quotation that begins the next sentence of the paragraph and ends with one; -1 where none does."""
    here, beyond = document.sentences[sentence], document.sentences[sentence + 1 : sentence + 2]
    if not beyond or beyond[0].paragraph != here.paragraph:
        return -1
    first = beyond[0].first
    number = lines.quoted[first]
    if number < 0 or lines.spans[number][0] != first or lines.quoted[here.last - 1] >= 0:
        return -1
    last = lines.spans[number][1]
    return number if document.sentences[lines.tokens[last - 1].sentence].last - last <= 1 else -1


def _separate(lines: Lines, drafts: Sequence[Draft]) -> list[Draft]:
    """A quotation that begins a sentence after the cue is an item of its own; one that goes on is a further part."""
    found: list[Draft] = []
    for draft in drafts:
        groups: list[list[Words]] = []
        told = (_within_sentence(lines, draft, whole) for whole in draft.content)
        for part in (piece for whole in told for piece in _by_sentence(lines, whole)):
            if part[0] >= part[1]:  # marks without a word between them
                continue
            begins = part[0] == 0 or lines.tokens[part[0] - 1].sentence != lines.tokens[part[0]].sentence
            if groups and not begins:
                groups[-1].append(part)
            else:
                groups.append([part])
        found += [replace(draft, content=tuple(group)) for group in groups if _is_reached(lines, draft, group[0])]
    return found


def _hand_over(lines: Lines, drafts: Sequence[Draft]) -> list[Draft]:
    """“It is over,” Ortiz said, according to the Post. “We lost.”: Ortiz goes on, not the paper."""
    speaking = {lines.tokens[one.cue[0]].sentence: one for one in drafts if one.cue and not _is_according(lines, one)}
    found = []
    for one in drafts:
        sentence = lines.tokens[one.cue[0]].sentence if one.cue else -1
        speaker = speaking.get(sentence) if _is_according(lines, one) else None
        if speaker is not None and lines.tokens[one.content[0][0]].sentence > sentence:
            found.append(replace(speaker, content=one.content))
        elif speaker is None or speaker.content[0] != one.content[0]:
            found.append(one)
    return found


def _is_according(lines: Lines, draft: Draft) -> bool:
    entry = cues.load().within(lines.words, *draft.cue) if draft.cue else None
    return entry is not None and "source" in entry.takes


def _gather(document: Document, lines: Lines, drafts: Sequence[Draft]) -> list[Draft]:
    """One statement of all that one cue hands on within a paragraph: “A,” Lee said. “B.”

    What it hands on in another paragraph is a statement of its own, and so is what is told before it is quoted: The
    bridge was safe, Lee said. | “Look at it.”
    """
    found: dict[tuple[Words | None, tuple[Words, ...], int, bool], list[Words]] = {}
    for draft in drafts:
        begin = draft.content[0][0]
        place = begin if draft.cue is None else document.sentences[lines.tokens[begin].sentence].paragraph
        key = (draft.cue, draft.source, place, _is_told(lines, draft))
        found.setdefault(key, []).extend(draft.content)
    return [Draft(cue, source, tuple(_join(parts))) for (cue, source, _, _), parts in found.items()]


def _is_told(lines: Lines, draft: Draft) -> bool:
    """Is this a clause without a quotation in it that the cue hands on?"""
    if draft.cue is None:
        return False
    outer = lines.quoted[draft.cue[0]]
    plain = all(lines.quoted[at] == outer for part in draft.content for at in range(*part))
    return plain and any(_is_handed_on(lines, draft.cue, part) for part in draft.content)


def _is_handed_on(lines: Lines, cue: Words, part: Words) -> bool:
    head = lines.syntax.head_of(*part)
    return lines.syntax.relations[head] == "ccomp" and lines.syntax.heads[head] == lines.syntax.head_of(*cue)


def _join(parts: list[Words]) -> Iterator[Words]:
    """Parts in text order, none in another."""
    end = 0
    for first, last in sorted(parts, key=lambda part: (part[0], -part[1])):
        if last > end:
            yield max(first, end), last
            end = last


def _within_sentence(lines: Lines, draft: Draft, part: Words) -> Words:
    """“She told me that it was late. | I ran.”: what is told inside a quotation ends with its sentence."""
    cue, number = draft.cue, lines.quoted[part[0]]
    if cue is None or number < 0 or part[0] < cue[1] or lines.words[cue[1] - 1] == ":":
        return part
    if not number == lines.quoted[cue[0]] == lines.quoted[part[1] - 1]:
        return part
    sentence = lines.tokens[cue[0]].sentence
    end = next((at for at in range(*part) if lines.tokens[at].sentence != sentence), part[1])
    told = part[0] < end and not any(lines.words[at] in grammar.MARKS for at in range(cue[1], part[1] - 1))
    return (part[0], end) if told else part


def _is_reached(lines: Lines, draft: Draft, part: Words) -> bool:
    """Does the cue reach this far? Into the sentences beside its own a cue reaches for quotations alone."""
    if draft.cue is None or lines.quoted[part[0]] >= 0 or lines.quoted[part[1] - 1] >= 0:
        return True
    cue, content = lines.tokens[draft.cue[0]].sentence, lines.tokens[part[0]].sentence
    return cue in (content, lines.tokens[part[1] - 1].sentence) or lines.words[draft.cue[1] - 1] == ":"


def _by_sentence(lines: Lines, part: Words) -> list[Words]:
    """A part cut where a sentence ends outside of quotations: nobody's sentence goes on in the next."""
    cuts = [
        at
        for at in range(part[0] + 1, part[1])
        if lines.tokens[at].sentence != lines.tokens[at - 1].sentence
        and (lines.quoted[at] < 0 or lines.quoted[at] != lines.quoted[at - 1])
    ]
    return [grammar.trim(lines, *piece) for piece in pairwise((part[0], *cuts, part[1]))] if cuts else [part]
