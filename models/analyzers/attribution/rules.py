"""Items by rule: a cue of the lexicon in its grammatical frame, its subject, and what it governs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ...document.parts import Document
from . import cues, grammar
from .grammar import Lines, Words

_NO_SUBJECT = ("DT", "PRP$", "POS", "JJ", "IN")  # what no verb follows directly


@dataclass(frozen=True, slots=True)
class Draft:
    """One attribution in tokens, before it is named and typed. Every part is tokens [first, last)."""

    cue: Words | None
    source: tuple[Words, ...]
    content: tuple[Words, ...]


def propose(document: Document, lines: Lines) -> Iterator[Draft]:
    """Who said what, as far as cues and grammar tell? In text order."""
    lexicon = cues.load()
    for sentence in document.sentences:
        if sentence.part == "boilerplate":
            continue
        start, end = sentence.first, sentence.last
        if sentence.part == "headline":
            yield from _headline(lines, start, end)
        previous: Draft | None = None
        at = start
        while at < end:
            found = lexicon.at(lines.words, at, end)
            draft = _judge(lines, at, found[0], found[1], start, end, previous) if found else None
            if found and draft:
                previous = draft
                yield draft
                at = found[0]
            else:
                at += 1


def _headline(lines: Lines, start: int, end: int) -> Iterator[Draft]:
    """Mora: Harbour will reopen."""
    colon = next((at for at in range(start, min(end, start + 8)) if lines.words[at] == ":"), 0)
    if not start < colon < end - 2:
        return
    if all(t.tag.startswith(("NN", "DT", "JJ")) and t.text[0].isupper() for t in lines.tokens[start:colon]):
        yield Draft((colon, colon + 1), ((start, colon),), (grammar.trim(lines, colon + 1, end),))


def _judge(
    lines: Lines, first: int, last: int, entry: cues.CueEntry, start: int, end: int, previous: Draft | None
) -> Draft | None:
    if last < end and lines.words[last] in entry.not_before:
        return None
    if "source" in entry.takes:
        return _according(lines, first, last, start, end)
    if "adverb" in entry.takes:
        rest = _tidy(lines, last, grammar.clause_end(lines, last, end)) if last < end else None
        return Draft((first, last), (), rest) if rest else None
    if ("noun" in entry.takes or "that" in entry.takes) and (named := _noun(lines, first, last, start, end)):
        return named
    if entry.takes == ("noun",):
        return None
    tag = lines.tokens[first].tag
    before = lines.tokens[first - 1] if first > start else None
    if not tag.startswith("VB") and last - first == 1 and not _is_verb_after_all(lines, first, start, end):
        return None
    if before and before.tag.startswith(_NO_SUBJECT) and lines.words[first - 1] not in grammar.BARE and tag != "VBG":
        noun = last < end and lines.tokens[last].tag.startswith("NN")  # the alleged thief; but: the general declared
        if noun or not before.tag.startswith("JJ") or not lines.tokens[first - 2].tag.startswith(("DT", "NN", "JJ")):
            return None
    inside = lines.quoted[first]
    if inside >= 0:  # what somebody quoted says of others ends with the quotation, its mark left out
        start, end = max(start, lines.spans[inside][0] + 1), min(end, lines.spans[inside][1])
        end = end - 1 if lines.words[end - 1] in grammar.MARKS else end
    group = grammar.verb_group(lines, first, start)
    inverted = _inverted(lines, first, last, start, end)
    source = None if inverted else grammar.subject_before(lines, group, start)
    participle = tag == "VBG" and group == first
    if participle:
        source = previous.source[0] if previous and previous.source else _subject_of_clause(lines, first, start)
    if inverted:
        source = inverted
    if source is None and "passive" not in entry.takes:
        return None
    if "passive" in entry.takes:
        if source is None:
            return None
        return Draft((group, last), (), (source, grammar.trim(lines, last, end)))
    after = source[1] if inverted and source else last
    opener = min(group, source[0]) if source and not participle else group
    content = None if participle else _before(lines, opener, start, entry)
    content = content or _after(lines, after, end, entry, tag.startswith(("VB", "NNS")) or last - first > 1)
    if (
        content is None
        and source
        and "clause" in entry.takes
        and lines.words[source[0] - 1] in ("that", "which", "who")
    ):
        left = after < end and lines.tokens[after].tag in ("MD", "VBD", "VBZ", "VBP")
        content = (
            _tidy(lines, after, grammar.clause_end(lines, after, end)) if left else None
        )  # that many believe could
    if content is None or not source:
        return None
    return Draft((group, last), (source,), content)


def _noun(lines: Lines, first: int, last: int, start: int, end: int) -> Draft | None:
    """His claim that the road is safe."""
    if first == start or last >= end or lines.words[last] != "that" or lines.quoted[first] != lines.quoted[last]:
        return None
    owner = lines.tokens[first - 1].tag
    source = (first - 1, first) if owner == "PRP$" else None
    if owner == "POS":
        source = grammar.subject_before(lines, first - 1, start)
    content = _tidy(lines, last, grammar.clause_end(lines, last, end))
    return Draft((first, last), (source,), content) if source and content else None


def _is_verb_after_all(lines: Lines, first: int, start: int, end: int) -> bool:
    """The tagger takes some verbs for nouns; a subject before and "that" or a quotation beside them say otherwise."""
    if first + 1 >= end or lines.tokens[first].text[0].isupper():
        return False
    if lines.words[first + 1] == "that" or lines.quoted[first + 1] >= 0:
        return first > start and lines.tokens[first - 1].tag.startswith(("NN", "PRP"))
    if lines.words[first + 1] in ("to", "the", "how", "whether"):
        return first - 1 > start and lines.tokens[first - 1].tag in ("NN", "NNP", "PRP")
    return first > start and lines.quoted[first - 1] >= 0 > lines.quoted[first]


def _inverted(lines: Lines, first: int, last: int, start: int, end: int) -> Words | None:
    """“…,” said the mayor; the plan will fail, warned Tomas Reik: does the subject follow?"""
    if first == start or lines.quoted[first] >= 0 or lines.tokens[first].tag == "VBG":
        return None
    if lines.quoted[first - 1] < 0:
        named = last < end and lines.tokens[last].tag.startswith("NNP") and lines.tokens[last].text[0].isupper()
        if not (named and lines.words[first - 1] == "," and grammar.begins_clause(lines, start, first - 1)):
            return None
    return grammar.phrase_after(lines, last, end)


def _subject_of_clause(lines: Lines, first: int, start: int) -> Words | None:
    """The subject of the nearest finite verb before a participle."""
    for at in range(first - 1, max(start, first - grammar.REACH), -1):
        if lines.tokens[at].tag in ("VBD", "VBZ", "VBP", "MD") and lines.quoted[at] < 0:
            found = grammar.subject_before(lines, grammar.verb_group(lines, at, start), start)
            if found:
                return found
    return None


def _according(lines: Lines, first: int, last: int, start: int, end: int) -> Draft | None:
    source = grammar.phrase_after(lines, last, end)
    if source is None:
        return None
    if first == start or lines.words[first - 1] in ("and", "but"):
        content = grammar.trim(lines, source[1], end)
        while content[0] < content[1] and lines.words[source[1]] != "," and lines.words[content[0] - 1] != ",":
            content = (content[0] + 1, content[1])
    else:
        content = grammar.trim(lines, _quotation_start(lines, start), first)
    return Draft((first, last), (source,), (content,)) if content[0] < content[1] else None


def _quotation_start(lines: Lines, at: int) -> int:
    return lines.spans[lines.quoted[at]][0] if at < len(lines.quoted) and lines.quoted[at] >= 0 else at


def _before(lines: Lines, opener: int, start: int, entry: cues.CueEntry) -> tuple[Words, ...] | None:
    """Content that ends just before “, she said”."""
    if not {"quote", "clause"} & set(entry.takes) or opener - 1 < start:
        return None
    last = opener
    quoted = lines.quoted[last - 1] >= 0
    if not quoted and lines.words[last - 1] != ",":
        return None
    if quoted:
        if lines.quoted[opener] == lines.quoted[last - 1]:
            return None
        if lines.tokens[last - 2].tag == "," or lines.words[last - 2] in (",", "!", "?", "-", "—", "–"):
            return ((_quotation_start(lines, start), last),)
        return None
    if "clause" not in entry.takes or not grammar.begins_clause(lines, start, last):
        return None
    return (grammar.trim(lines, _quotation_start(lines, start), last),)


def _after(lines: Lines, first: int, end: int, entry: cues.CueEntry, verb: bool) -> tuple[Words, ...] | None:
    takes = entry.takes
    at = first
    while at < end and lines.tokens[at].tag == "RB" and lines.words[at] not in cues.PREPOSITIONS:
        at += 1
    opened = grammar.find_that(lines, first, end)
    if opened is not None and not (opened > at and lines.words[opened - 1] == "," and "object" in takes):
        kind = "quote" if lines.quoted[opened] >= 0 else "that" if lines.words[opened] == "that" else "wh"
        whole = (
            opened > at
            and lines.words[opened - 1] != ","
            and "tell" not in takes
            and grammar.begins_phrase(lines, at, end)
        )
        if whole and "object" in takes:  # declared her belief that …
            return _tidy(lines, at, grammar.clause_end(lines, opened, end))
        if kind in takes and (kind != "wh" or opened == at or "tell" in takes):
            begin = at if whole and kind == "quote" and "clause" in takes else opened
            return _tidy(lines, begin, grammar.clause_end(lines, opened, end))
    if at >= end:
        return None
    word = lines.words[at]
    if "clause" in takes and grammar.begins_clause(lines, at, end):
        return _tidy(lines, at, grammar.clause_end(lines, at, end))
    if "to" in takes and word == "to" and at + 1 < end and lines.tokens[at + 1].tag in ("VB", "VBP", "RB", "NN", "JJ"):
        return _tidy(lines, at, grammar.clause_end(lines, at, end))
    if "object" in takes and verb and grammar.begins_phrase(lines, at, end):
        return _tidy(lines, at, grammar.object_end(lines, at, end))
    if word in takes and word in cues.PREPOSITIONS and at + 1 < end:
        return _tidy(lines, at, grammar.clause_end(lines, at, end))
    if "tell" in takes and grammar.begins_phrase(lines, at, end):
        told = grammar.phrase_after(lines, at, end)
        if told and told[1] < end and lines.words[told[1]] in ("to", "about", "of", "on", "against"):
            return _tidy(lines, told[1], grammar.clause_end(lines, told[1], end))
        if told and "clause" in takes and grammar.begins_clause(lines, told[1], end):
            return _tidy(lines, told[1], grammar.clause_end(lines, told[1], end))
    return None


def _tidy(lines: Lines, first: int, last: int) -> tuple[Words, ...] | None:
    """A quotation that content runs into belongs to it whole."""
    if last > first and lines.quoted[last - 1] >= 0 and lines.quoted[first] != lines.quoted[last - 1]:
        last = max(last, lines.spans[lines.quoted[last - 1]][1])
    elif lines.quoted[first] >= 0:
        last = (
            max(last, lines.spans[lines.quoted[first]][1]) if last >= lines.spans[lines.quoted[first]][1] - 1 else last
        )
        if last < lines.spans[lines.quoted[first]][1] and lines.spans[lines.quoted[first]][0] == first:
            last = lines.spans[lines.quoted[first]][1]
    first, last = grammar.trim(lines, first, last)
    return ((first, last),) if first < last else None


def follow(document: Document, lines: Lines, drafts: list[Draft]) -> list[Draft]:
    """Give quotations that nobody introduces to whoever spoke just before.

    After “…,” Mora said. “…” and in a paragraph that is nothing but the next quotation.
    """
    taken = [False] * len(lines.spans)
    last_in: dict[int, Draft] = {}  # by sentence
    for draft in drafts:
        if draft.cue and lines.quoted[draft.cue[0]] >= 0:
            continue
        for first, last in draft.content:
            for number in {lines.quoted[first], lines.quoted[last - 1]} - {-1}:
                taken[number] = True
        if draft.cue and draft.content and draft.source and lines.quoted[draft.cue[0]] < 0:
            last_in[lines.tokens[draft.cue[0]].sentence] = draft
    added: list[Draft] = []
    speaking: Draft | None = None
    at = 0
    for number, sentence in enumerate(document.sentences):
        while at < len(lines.spans) and lines.spans[at][0] < sentence.first:
            at += 1
        alone = at < len(lines.spans) and lines.spans[at][0] == sentence.first and not taken[at]
        if alone and speaking is not None and number not in last_in:
            first, last = lines.spans[at]
            added.append(replace(speaking, content=((first, last),)))
            taken[at] = True
        elif number in last_in:
            speaking = last_in[number]
        elif at >= len(lines.spans) or not lines.spans[max(0, at - 1)][1] > sentence.first:
            speaking = None
    return added
