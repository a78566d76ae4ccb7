"""Whole parts by the tree: sources that are whole noun phrases, antecedents for relative pronouns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...document.parts import Document
from ...document.syntax import ROOT, SUBJECTS, Syntax
from . import grammar, sources
from .grammar import Lines, Words
from .rules import Draft

_LOOSE = frozenset(
    ("acl:relcl", "advcl", "parataxis", "discourse", "dep")
)  # what hangs from a noun and is no part of it
_AROUND = _LOOSE | {"case", "cc", "mark", "cop", "nsubj", "aux", "punct", "advmod", "acl"}  # likewise, of an antecedent
_TIMED = frozenset(("this", "last", "next", "on", "in", "late", "early", "earlier"))  # before a time
_UNDER = frozenset(("advcl", "xcomp", "conj", "parataxis", "ccomp", "acl", "obj"))  # on the way to a subject
_CLAUSES = 4  # coordinated or embedded clauses between a relative pronoun and its antecedent


def finish(document: Document, lines: Lines, draft: Draft) -> Draft:
    """The draft with whole parts."""
    if draft.cue is None:
        return draft
    content = tuple(_open(lines, draft.cue, part) for part in _said(lines, draft.cue, draft.content))
    syntax = document.reading.syntax
    source = tuple(_source(lines, syntax, draft.cue, part) for part in draft.source[:1])
    if not source or _is_done_to(lines, syntax, draft.cue, source[0]):
        source = _governor(lines, syntax, draft.cue, content) or source
    return replace(draft, source=(*source, *draft.source[1:]), content=content)


def _said(lines: Lines, cue: Words, content: Sequence[Words]) -> Sequence[Words]:
    """Beside a quotation of whole sentences, what stands plain around the cue tells how it was said: “No,” Lee said
    | of the plan; asked about it, | Lee said, “No.” But not: the plan, Lee said, “was dead.”"""
    outer = lines.quoted[cue[0]]
    quoted = [part for part in content if lines.quoted[part[0]] not in (-1, outer)]
    if not quoted or len(quoted) == len(content):
        return content
    before = any(last <= cue[0] for _, last in quoted)
    whole = before or all(_begins(lines, first) for first, _ in quoted)
    return quoted if whole else content


def _begins(lines: Lines, first: int) -> bool:
    """Does this quotation begin with a capital?"""
    word = next((at for at in range(first, min(first + 3, len(lines.tokens))) if lines.tokens[at].is_word), first)
    return lines.tokens[word].text[0].isupper() and lines.words[word] != "i"


def _open(lines: Lines, cue: Words, content: Words) -> Words:
    """With the "that" that opens its clause: told us | that it rains."""
    first, last = content
    if cue[1] < first and lines.words[first - 1] == "that" and lines.tokens[first - 1].tag in ("IN", "DT", "WDT"):
        return first - 1, last
    return content


def _is_done_to(lines: Lines, syntax: Syntax, cue: Words, source: Words) -> bool:
    """Lee took [the stage] to say: what the verb before an infinitive is done to, and no speaker."""
    verb, head = syntax.head_of(*cue), syntax.head_of(*source)
    return (
        lines.tokens[verb].tag == "VB"
        and "to" in lines.words[max(0, cue[0] - 1) : cue[1]]
        and head < verb
        and syntax.relations[head] == "obj"
        and syntax.upos[head] == "NOUN"
    )


def _governor(lines: Lines, syntax: Syntax, cue: Words, content: Sequence[Words]) -> tuple[Words, ...]:
    """Who speaks in a clause without a subject: [Lee] took the stage to say, [Lee] left, saying."""
    verb = syntax.head_of(*cue)
    if lines.tokens[verb].tag not in ("VB", "VBG"):
        return ()
    for _ in range(_CLAUSES):
        if syntax.relations[verb] not in _UNDER or syntax.heads[verb] == ROOT:
            return ()
        verb = syntax.heads[verb]
        subject = syntax.child(verb, "nsubj")
        if subject is not None:
            found = _phrase(lines, syntax, subject, _LOOSE)
            inside = any(first < found[1] and found[0] < last for first, last in content)
            return () if inside or lines.quoted[subject] != lines.quoted[cue[0]] else (found,)
    return ()


def _source(lines: Lines, syntax: Syntax, cue: Words, source: Words) -> Words:
    if source[1] - source[0] == 1 and lines.words[source[0]] in sources.RELATIVES:
        return _antecedent(lines, syntax, source[0]) or source
    verb, head = syntax.head_of(*cue), syntax.head_of(*source)
    subject = syntax.child(verb, *SUBJECTS)
    if subject is not None and subject != head and not cue[0] <= subject < cue[1]:
        whole = _phrase(lines, syntax, subject, _LOOSE)
        if not any(lines.words[at] in sources.RELATIVES for at in range(*whole)):
            inside = whole[0] <= source[0] and source[1] <= whole[1]
            cut = inside and not source[0] <= subject < source[1] and subject in syntax.ancestors(head)
            if cut or (source[0] < whole[0] and whole[1] <= source[1]):
                return whole
    return _end(lines, source)


def _end(lines: Lines, source: Words) -> Words:
    """Without the time at its end, at which it is said: the council | on Monday, a poll | this year."""
    first, last = source
    while last - 1 > first and lines.words[last - 1] in grammar.TIMES:
        told = next((at for at in range(last - 2, max(first, last - 4), -1) if lines.words[at] in _TIMED), 0)
        if not told:
            break
        last = told
    return first, last


def _antecedent(lines: Lines, syntax: Syntax, pronoun: int) -> Words | None:
    """Whom a relative pronoun stands for: [the mayor], who said …"""
    at = syntax.heads[pronoun]
    for _ in range(_CLAUSES):
        if at == ROOT or syntax.relations[at].startswith("acl"):
            break
        at = syntax.heads[at]
    noun = syntax.heads[at] if at != ROOT and syntax.relations[at].startswith("acl") else ROOT
    if noun == ROOT or noun >= pronoun or syntax.upos[noun] not in ("NOUN", "PROPN", "PRON"):
        return None
    first, last = _phrase(lines, syntax, noun, _AROUND)
    return first, min(last, pronoun)


def _phrase(lines: Lines, syntax: Syntax, head: int, without: frozenset[str]) -> Words:
    first, last = syntax.span(head, without)
    while first < head and not lines.tokens[first].is_word and lines.words[first] not in "($@":
        first += 1
    while last - 1 > head and not lines.tokens[last - 1].is_word and lines.words[last - 1] not in ")%":
        last -= 1
    return first, last
