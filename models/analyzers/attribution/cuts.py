"""Where the outlet goes on behind what somebody says: the end of a content, and its beginning behind whoever hears it.

A second verb of the same speaker (“said it was late | and called on Hale to go”), a rebuttal in parentheses, a gloss
behind a dash, somebody else who speaks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...document.syntax import ROOT, SUBJECTS
from ...document.word_classes import CLASSES
from . import asides, cues, grammar
from .grammar import Lines, Words

CONCEDED = CLASSES["conceded"]
_DASHES = frozenset(("-", "–", "—", "--"))
_ALLEGED, _EXPLAINING, _GIVING, _DECLINING = (
    CLASSES[name] for name in ("alleged", "explaining", "giving", "declining")
)
_ONE = frozenset(("a", "an"))
_BESIDE = frozenset(("iobj", "obj", "obl", "advmod"))  # whom it was told to, and when
_HEARD = frozenset(("iobj", "obj", "advcl"))  # told [those gathered at the town hall] that
_TIME = 5  # tokens of a time
_DAYS = frozenset(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "yesterday", "today"))
_THEN = ["at", "the", "time"]
_SPANS = frozenset(("day", "week", "month", "year", "night", "morning"))
_FINITE = {"VBD": "past", "VBZ": "present", "VBP": "present"}


def cut(lines: Lines, cue: Words, source: Sequence[Words], part: Words, others: Sequence[Words]) -> Words:
    """The part up to where the outlet goes on, and without whom it was told to."""
    first, last = part
    if first < cue[1] or lines.words[first] in grammar.MARKS:
        return part
    outer = lines.quoted[cue[0]]
    found = (*_ends(lines, cue, part, others), *asides.ends(lines, cue, source, part))
    ends = [at for at in found if lines.quoted[at] == outer]
    first, last = _without_hearer(lines, cue, part), min(ends, default=last)
    trimmed = grammar.trim(lines, first, last)
    return trimmed if trimmed != part and trimmed[0] < trimmed[1] else part


def cut_off(lines: Lines, cue: Words, part: Words, foreign: Sequence[tuple[Words, Words]]) -> Words:
    """The part up to where somebody else speaks beside or above this cue: 22% saying it is late | and 46% saying it is
    not; told that it was late |, she replied."""
    syntax = lines.syntax
    first, last = part
    verb = syntax.head_of(*cue)
    for source, other in foreign:
        speaks, start = syntax.head_of(*other), min(source[0], other[0])
        if not max(first, cue[1]) < start < last or lines.quoted[start] != lines.quoted[verb]:
            continue
        above = speaks in syntax.ancestors(verb) and lines.words[start - 1] == "," and lines.tokens[verb].tag == "VBN"
        beside = lines.words[start - 1] == "and" and lines.words[other[0]] == lines.words[cue[0]] == "saying"
        if above or beside:
            last = min(last, start - 1)
    return grammar.trim(lines, first, last) if last < part[1] else part


def _ends(lines: Lines, cue: Words, part: Words, others: Sequence[Words]) -> Iterator[int]:
    """Where the outlet's words begin inside of a part."""
    syntax = lines.syntax
    for at in range(part[0] + 1, part[1]):
        if is_second_verb(lines, cue, at) or _is_refusal(lines, at):
            yield _joint(lines, at, part)
        elif (
            _is_beside(lines, cue, at)
            or _is_rebuttal(lines, (at, part[1]))
            or (lines.quoted[cue[0]] < 0 and _is_gloss(lines, (at, part[1])))
        ):
            yield at
    for other in others:  # which the same speaker has
        if part[0] < other[0] < part[1]:
            verb = syntax.head_of(*other)
            joint = grammar.verb_group(lines, other[0], part[0] + 1) - 1
            while joint > part[0] and (lines.tokens[joint].tag == "RB" or lines.words[joint] in grammar.MARKS):
                joint -= 1
            aside = lines.tokens[verb].tag == "VBG" and syntax.relations[verb] == "advcl"
            if aside and lines.words[joint] == "," and syntax.child(verb, "ccomp") is not None:
                yield grammar.verb_group(lines, other[0], part[0] + 1)  # said it would not matter |, adding that it was
            if syntax.upos[verb] == "VERB" and lines.tokens[joint].tag == "CC":
                yield joint


def _is_beside(lines: Lines, cue: Words, at: int) -> bool:
    """Lee called him “a liar,” | [vowing] to stay: a participle behind a comma, with the cue's own verb above it."""
    syntax = lines.syntax
    if lines.tokens[at].tag != "VBG" or syntax.relations[at] != "advcl" or syntax.heads[at] != syntax.head_of(*cue):
        return False
    before = next((one for one in range(at - 1, cue[1], -1) if lines.words[one] not in grammar.MARKS), cue[1])
    return lines.words[before] == ","


def _joint(lines: Lines, verb: int, part: Words) -> int:
    """The conjunction before a verb, or the first word that hangs from it."""
    start = max(part[0] + 1, min(lines.syntax.subtree(verb)))
    return next((at for at in range(verb - 1, start - 1, -1) if lines.tokens[at].tag == "CC"), start)


def _tense(lines: Lines, verb: int) -> str:
    """past, present, or nothing; of auxiliaries with the verb the first tells it."""
    group = sorted((verb, *lines.syntax.children(verb, ("aux", "aux:pass", "cop"))))
    return next((_FINITE[tag] for at in group if (tag := lines.tokens[at].tag) in _FINITE), "")


def is_second_verb(lines: Lines, cue: Words, at: int) -> bool:
    """Is this a verb beside the cue, of the same subject: Lee said it was late and [left]?"""
    syntax = lines.syntax
    verb = syntax.head_of(*cue)
    if syntax.relations[at] != "conj" or syntax.heads[at] != verb or not _ALLEGED.isdisjoint(lines.words[slice(*cue)]):
        return False
    tense = _tense(lines, verb)
    joint = syntax.child(at, "cc")
    gerund = joint is not None and lines.tokens[joint + 1].tag == "VBG"  # it was late, and [waiting] cost lives
    own = (
        gerund
        or syntax.child(at, *SUBJECTS, "expl") is not None
        or any(
            lines.words[one] == "that" or (lines.words[one] == "had" and tense == "past")
            for one in syntax.children(at, ("mark", "aux"))
        )
    )
    return not own and bool(tense) and _tense(lines, at) == tense


def _is_refusal(lines: Lines, at: int) -> bool:
    """The study noted it, but did not [explain] why; he said so, but [gave] no evidence: the outlet on the speaker."""
    syntax = lines.syntax
    if syntax.relations[at] != "conj" or syntax.child(at, *SUBJECTS) is not None:
        return False
    joint = syntax.child(at, "cc")
    if joint is None or lines.words[joint] != "but":
        return False
    below = syntax.subtree(at)
    silent = (
        any(lines.words[one] in ("n't", "n’t", "not") for one in below if one < at) and lines.words[at] in _EXPLAINING
    )
    empty = lines.words[at] in _GIVING and any(lines.words[one] == "no" for one in range(at, min(at + 3, below[-1])))
    return silent or empty or lines.words[at] in _DECLINING


def _is_rebuttal(lines: Lines, rest: Words) -> bool:
    """(he did, at a rally): a clause in parentheses that ends a content."""
    if lines.words[rest[0]] != "(":
        return False
    close = next((at for at in range(*rest) if lines.words[at] == ")"), -1)
    clause = any(lines.tokens[at].tag in ("VBD", "VBZ", "VBP", "MD") for at in range(rest[0], close))
    return close == rest[1] - 1 and clause


def _is_gloss(lines: Lines, rest: Words) -> bool:
    """A noun phrase with "a", or what is conceded, behind the last dash: – a move that may cost votes."""
    dash = rest[0]
    if lines.words[dash] not in _DASHES:
        return False
    spaced = lines.tokens[dash].start > lines.tokens[dash - 1].end or lines.words[dash] != "-"
    last = not any(lines.words[at] in _DASHES for at in range(dash + 1, rest[1]))
    return spaced and last and dash + 2 < rest[1] and lines.words[dash + 1] in _ONE | CONCEDED


def _without_hearer(lines: Lines, cue: Words, part: Words) -> int:
    """Where the clause begins: told the council | that, said on Monday | that, told us | it was late."""
    syntax = lines.syntax
    verb = syntax.head_of(*cue)
    if (begin := _behind_time(lines, verb, part)) or (begin := _behind_pronoun(lines, verb, part)):
        return begin
    that = next((at for at in range(part[0] + 1, part[1]) if lines.words[at] == "that"), None)
    if that is None or syntax.relations[that] != "mark" or syntax.relations[syntax.heads[that]] != "ccomp":
        return part[0]
    clause = syntax.heads[that]
    entry = cues.load().within(lines.words, *cue)
    words = [at for at in range(part[0], that) if lines.tokens[at].is_word]
    heads = [next((up for up in (at, *syntax.ancestors(at)) if syntax.heads[up] == verb), ROOT) for at in words]
    told = entry is not None and "tell" in entry.takes
    beside = all(
        at != ROOT and syntax.relations[at] in (_BESIDE | _HEARD if told else _BESIDE - _HEARD) for at in heads
    )
    return that if syntax.heads[clause] == verb and heads and beside else part[0]


def _behind_time(lines: Lines, verb: int, part: Words) -> int:
    """Said the other day, | it was late: where the clause begins behind a time and its comma; 0 where none stands."""
    syntax = lines.syntax
    then = part[0] + 1 if syntax.heads[part[0]] == verb and lines.words[part[0]] in _DAYS else 0
    then = next((part[0] + 3 - k for k in (0, 1) if list(lines.words[part[0] - k : part[0] - k + 3]) == _THEN), then)
    if then and then < part[1] and lines.tokens[then].tag.startswith(("PRP", "NNP", "DT")):
        return then  # said Tuesday | Lee left, said at the time | he would
    comma = next((at for at in range(part[0] + 1, min(part[0] + _TIME, part[1] - 1)) if lines.words[at] == ","), 0)
    if not comma:
        return 0
    head = syntax.head_of(part[0], comma)
    told = lines.words[part[0]] in ("the", "earlier", "last", "this") and lines.words[head] in _SPANS
    return comma + 1 if told and syntax.heads[head] == verb else 0


def _behind_pronoun(lines: Lines, verb: int, part: Words) -> int:
    """Told us | it was late: where the clause begins behind whom it was told to; 0 where nobody stands."""
    syntax, hearer = lines.syntax, part[0]
    told = syntax.relations[hearer] == "iobj" and syntax.heads[hearer] == verb and lines.tokens[hearer].tag == "PRP"
    clause = syntax.child(verb, "ccomp")
    return hearer + 1 if told and clause is not None and hearer < clause < part[1] else 0
