"""Whole sources: the noun phrase that a cue has for its subject, closed and without what is told of it in passing."""

from __future__ import annotations

from ...document import name_lists
from ...document.syntax import ROOT, SUBJECTS
from . import asides, grammar, sources
from .features import touch
from .grammar import LOOSE, Lines, Words, phrase

_AROUND = LOOSE | {
    "case",
    "cc",
    "mark",
    "cop",
    "nsubj",
    "aux",
    "punct",
    "advmod",
    "acl",
}  # what hangs from an antecedent and is no part of it
_TIMED = frozenset(("this", "last", "next", "on", "in", "late", "early", "earlier"))  # before a time
_THEN = frozenset(("later", "earlier", "then"))
_MODIFIERS = frozenset(("advmod", "amod", "det", "det:predet", "nummod", "compound"))
_OF = frozenset(("of", "for", "against"))
_COMPLEMENT = 12  # tokens of it
_CLAUSES = 4  # coordinated or embedded clauses between a relative pronoun and its antecedent
_BETWEEN = 2  # tokens between a subject that counts and its verb
_TITLES = frozenset(("rep.", "reps.", "sen.", "sens.", "gov."))


def settle(lines: Lines, cue: Words, source: Words) -> Words:
    """The whole source of this cue, and nothing beside it."""
    if source[1] - source[0] == 1 and lines.words[source[0]] in sources.RELATIVES:
        return _antecedent(lines, source[0]) or source
    if lines.words[source[0]] in _THEN and source[1] - source[0] > 1:
        source = source[0] + 1, source[1]  # hours | later | Lee said
    according = list(lines.words[slice(*cue)]) == ["according", "to"] and cue[1] < source[0]
    if according and all(lines.tokens[at].is_word for at in range(cue[1], source[0])):
        source = cue[1], source[1]  # according to [an aide to] the mayor
    syntax = lines.syntax
    verb, head = syntax.head_of(*cue), syntax.head_of(*source)
    if lines.words[source[0]] == "which" and source[1] <= cue[0]:  # a letter, which few have read, says
        return _antecedent(lines, source[0]) or source
    subject = syntax.subject(verb) if source[1] <= cue[0] else syntax.child(verb, *SUBJECTS)
    if subject is not None and subject != head and not cue[0] <= subject < cue[1]:
        whole = phrase(lines, subject)
        inside = whole[0] <= source[0] and source[1] <= whole[1]
        below = inside and not source[0] <= subject < source[1] and subject in syntax.ancestors(head)
        plain = not any(lines.words[at] in sources.RELATIVES for at in range(*whole))
        counted = any(asides.is_share(lines, at) for at in range(*whole))
        if (
            counted
            and lines.tokens[whole[0]].is_word
            and not touch(whole, source)
            and 0 <= cue[0] - whole[1] <= _BETWEEN
        ):
            return whole  # a poll found that [40 percent] say
        if below or (plain and source[0] < whole[0] and whole[1] <= source[1]):
            return _end(lines, (whole[0], min(whole[1], cue[0]) if whole[0] < cue[0] else whole[1]))
    return _with_complement(lines, cue, _with_modifiers(lines, _end(lines, _closed(lines, source))))


def _closed(lines: Lines, source: Words) -> Words:
    """Closed where it was open: [four in ten nurses (aged] 30) asked, just 22[%], Ann Lee, D-Calif. | Rep. Bo Ray."""
    first, last = source
    syntax, words = lines.syntax, lines.words
    if ")" in words[first:last] and "(" not in words[first:last]:
        opening = next((at for at in range(first - 1, max(0, first - _COMPLEMENT), -1) if words[at] == "("), 0)
        if opening and lines.tokens[opening - 1].tag.startswith("NN"):
            noun = opening - 1
            while syntax.relations[noun] in ("nmod", "compound"):
                noun = syntax.heads[noun]
            first = min(first, phrase(lines, noun)[0])
    told = syntax.heads[last - 1] if lines.tokens[last - 1].tag == "PRP" and last - first > 1 else first
    if told >= last and first <= syntax.heads[told] < last:  # a report we [published last week]
        last = max(last, phrase(lines, syntax.head_of(first, last))[1])
    if last < len(words) and words[last] == "%" and lines.tokens[last - 1].tag == "CD":
        last += 1
    opens = (at for at in range(first + 1, last - 1) if words[at] == "." and _begins_anew(lines, at + 1))
    return first, next(opens, last)


def _begins_anew(lines: Lines, at: int) -> bool:
    """Does a sentence begin here that the stop before did not part?"""
    return lines.tokens[at].tag in ("PRP", "PRP$", "DT") or lines.words[at] in _TITLES


def _with_modifiers(lines: Lines, source: Words) -> Words:
    """With the words before it that turn it round: [less] ambitious plans, [almost every] trader."""
    first, last = source
    syntax = lines.syntax
    if syntax.upos[syntax.head_of(first, last)] == "VERB":
        return source
    while first and lines.tokens[first - 1].is_word and lines.quoted[first - 1] == lines.quoted[first]:
        before = first - 1
        inside = first <= syntax.heads[before] < last and lines.words[before - 1] != "-"  # 600-page
        if not inside or syntax.relations[before] not in _MODIFIERS or syntax.upos[first] in ("PRON", "PROPN"):
            break
        first = before
    return first, last


def _with_complement(lines: Lines, cue: Words, source: Words) -> Words:
    """With what it is for or against, up to its verb: critics [of the plan], advocates [for the poor]."""
    first, last = source
    syntax = lines.syntax
    noun = syntax.head_of(first, last)
    if last >= len(lines.tokens) or noun != last - 1 or lines.words[last] not in _OF or syntax.upos[noun] != "NOUN":
        return source
    verb = syntax.head_of(*cue)
    end = grammar.verb_group(lines, cue[0], last)
    subject = syntax.heads[noun] == verb and last < end <= last + _COMPLEMENT
    plain = all(lines.tokens[at].is_word for at in range(last, end))
    return (first, end) if subject and plain and lines.quoted[end - 1] == lines.quoted[noun] else source


def _end(lines: Lines, source: Words) -> Words:
    """Without the time at its end, at which it is said: the council | on Monday, a poll | this year, Lee | today."""
    first, last = source
    syntax = lines.syntax
    relative = next((at for at in range(first + 1, last) if lines.tokens[at].text in sources.RELATIVES), last)
    half = (
        relative < last
        and (head := syntax.head_of(relative, last)) >= 0
        and (phrase(lines, head)[1] > last or (syntax.upos[head] == "NOUN" and syntax.heads[head] >= last))
    )
    if half:
        last = relative - (lines.tokens[relative - 1].text == ",")  # half a clause tells nothing of whoever speaks
    while last - 1 > first and lines.words[last - 1] in grammar.TIMES:
        told = next((at for at in range(last - 2, max(first, last - 4), -1) if lines.words[at] in _TIMED), 0)
        if lines.tokens[(told or last - 1) - 1].tag == "VBN" and lines.tokens[last].tag != "CD":
            break  # a poll published last week
        if not told and not lines.tokens[last - 2].tag.startswith("NNP"):
            break
        if name_lists.fold_name(" ".join(lines.words[last - 2 : last])) in name_lists.lists().known:
            break  # USA Today
        last = told or last - 1
    return first, last


def _antecedent(lines: Lines, pronoun: int) -> Words | None:
    """Whom a relative pronoun stands for: [the mayor], who said …"""
    syntax = lines.syntax
    at = syntax.heads[pronoun]
    for _ in range(_CLAUSES):
        if at == ROOT or syntax.relations[at].startswith("acl"):
            break
        at = syntax.heads[at]
    noun = syntax.heads[at] if at != ROOT and syntax.relations[at].startswith("acl") else ROOT
    beside = pronoun - 1 - (lines.words[pronoun - 1] == ",")
    if (
        lines.words[pronoun] == "who"
        and noun != ROOT
        and syntax.upos[noun] == "NOUN"
        and syntax.upos[beside] == "PROPN"
    ):
        noun = next((up for up in syntax.ancestors(beside) if up >= 0 and syntax.relations[beside] == "flat"), beside)
    if noun == ROOT or noun >= pronoun or syntax.upos[noun] not in ("NOUN", "PROPN", "PRON"):
        return None
    first, last = phrase(lines, noun, _AROUND)
    if lines.tokens[first - 1].tag == "POS" and first:  # Ambassador Lee's letter, which says
        first = phrase(lines, syntax.heads[first - 1])[0]
    return first, min(last, pronoun)
