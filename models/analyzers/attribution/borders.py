"""Where what somebody says begins and ends: whole clauses, and no word of the outlet's beside them.

A content is widened to the end of its clause, cut where the outlet goes on (`cuts`), and dropped where it hangs from
none of the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...document.syntax import ROOT, SUBJECTS
from ...document.word_classes import CLASSES
from . import asides, cuts
from .cuts import CONCEDED
from .features import touch
from .grammar import Draft, Lines, Words, phrase

_APART = frozenset(("parataxis",))  # another clause, that is the outlet's
_BRIDGED = 6  # tokens between two pieces of one content
_AUXILIARIES = 3  # between a subject and an adverb
_SUBJECT = 10  # tokens of a subject and its auxiliaries
_REST = 12  # tokens that a clause's end may lack
_UNSEEN, _DOUBTED, _HALF = 0.15, 0.3, 0.5  # mean probability of a content, below which the reader saw none
_LISTED = CLASSES["listed"]
_IF = frozenset(("if", "unless", "even"))
_STRAY = frozenset(("obl", "advcl", "advmod"))  # as what the outlet's words hang from a cue


def settle(
    lines: Lines, seen: Sequence[float], draft: Draft, cue: Words, cues_of: Mapping[Words, Sequence[Words]]
) -> list[Words]:
    """What is said, in whole parts. `seen`: how likely each token is a content; `cues_of`: every source's cues."""
    own = draft.source[0] if draft.source else None
    others = cues_of.get(own, ()) if own else ()
    foreign = [(source, one) for source, said in cues_of.items() if source != own for one in said]
    parts = [
        cuts.cut_off(lines, cue, cuts.cut(lines, cue, draft.source, part, others), foreign)
        for part in _whole(lines, seen, draft, cue)
    ]
    kept = [part for part in parts if not _is_stray(lines, seen, cue, part, parts)]
    kept[-1:] = [asides.without_dangling(lines, cue, part) for part in kept[-1:]]
    return _from_subject(lines, cue, draft.source, kept)


def _whole(lines: Lines, seen: Sequence[float], draft: Draft, cue: Words) -> list[Words]:
    """Contents to the end of their clause or phrase, by the tree; no gap of a few words that are nobody's."""
    own = [cue, *draft.source]
    parts: list[Words] = []
    apart = -1  # a sentence in which the outlet has gone on
    for first, stop in draft.content:
        last = _end_of_clause(lines, seen, (first, stop), own)
        gap = (parts[-1][1], first) if parts else (first, first)
        if lines.tokens[first].sentence == apart:
            continue
        if parts and first < parts[-1][1]:
            parts[-1] = (parts[-1][0], max(last, parts[-1][1]))
            continue
        near = bool(parts) and _is_near(lines, parts[-1], first, own)
        if _goes_on(lines, cue, gap) or (near and not _leads_on(lines, seen, cue, gap)):
            apart = lines.tokens[first].sentence
            continue
        last = _to_the_mark(lines, seen, cue, (first, last))
        if last == stop and (closed := _close(lines, (first, last))) < last:
            last, apart = closed, lines.tokens[first].sentence
        if near:
            parts[-1] = (parts[-1][0], max(last, parts[-1][1]))
        else:
            parts.append((first, last))
    return parts


def _from_subject(lines: Lines, cue: Words, source: Sequence[Words], parts: list[Words]) -> list[Words]:
    """The first part with the subject and auxiliaries of its clause: [the board has] closed it, Lee says; [the board
    would] reportedly [offer] Lee a post."""
    syntax = lines.syntax
    if not parts:
        return parts
    first, last = parts[0]
    adverb = syntax.upos[cue[0]] == "ADV" and cue[1] - cue[0] == 1 and syntax.heads[cue[0]] != ROOT
    told = syntax.child(syntax.head_of(*cue), "ccomp")
    verb = syntax.heads[cue[0]] if adverb else syntax.head_of(first, last)
    if told is not None and first <= told < last and syntax.child(verb, *SUBJECTS) is None:
        verb = told  # of a clause whose own subject was cut in two
    subject = syntax.child(verb, *SUBJECTS)
    loose = syntax.relations[verb].startswith(("acl", "advcl"))  # no clause that is handed on
    predicate = syntax.upos[verb] == "VERB" or syntax.child(verb, "cop") is not None
    if subject is None or not predicate or loose:
        return _from_noun(lines, cue, source, parts)
    begin, end = phrase(lines, subject)
    if adverb and (first, last) == (begin, end) and end < cue[0] < verb and cue[0] - end <= _AUXILIARIES:
        return [(first, cue[0]), *parts[1:]]
    if first <= subject:
        return parts
    below = set(syntax.subtree(verb))
    whole = [at for at in range(begin, first) if at not in range(*cue)]
    same = lines.tokens[begin].sentence == lines.tokens[first].sentence and first - begin <= _SUBJECT
    same_voice = all(lines.quoted[at] == lines.quoted[first] for at in whole)
    plain = same_voice and all(at in below and (lines.tokens[at].is_word or lines.words[at] == ",") for at in whole)
    if not same or not plain or any(touch((begin, first), one) for one in (*source, *(() if adverb else (cue,)))):
        return parts
    if begin < cue[0] < first:
        return [(begin, cue[0]), (cue[1], last), *parts[1:]]
    return [(begin, last), *parts[1:]]


def _from_noun(lines: Lines, cue: Words, source: Sequence[Words], parts: list[Words]) -> list[Words]:
    """With the noun whose relative clause opens the first part: [media] that scare people are to blame, Lee said."""
    first, last = parts[0]
    noun = lines.syntax.heads[lines.syntax.head_of(first, last)]
    own = (cue, *source)
    if (
        lines.tokens[first].tag != "WDT"
        or last > cue[0]
        or noun != first - 1
        or any(touch((noun, first), o) for o in own)
    ):
        return parts
    begin = phrase(lines, noun)[0]
    free = lines.quoted[begin] == lines.quoted[first] and not any(touch((begin, first), one) for one in own)
    return [(begin, last), *parts[1:]] if free else parts


def _is_near(lines: Lines, before: Words, first: int, own: Sequence[Words]) -> bool:
    gap = (before[1], first)
    same = lines.tokens[before[1] - 1].sentence == lines.tokens[first].sentence
    quoted = lines.quoted[before[0]] == lines.quoted[first]
    return same and quoted and gap[1] - gap[0] <= _BRIDGED and not any(touch(gap, part) for part in own)


def _goes_on(lines: Lines, cue: Words, gap: Words) -> bool:
    """Has the outlet begun anew between two pieces behind a cue, with a second verb or a parenthesis?"""
    if gap[0] < cue[1] or lines.tokens[gap[0] - 1].sentence != lines.tokens[gap[1]].sentence:
        return False
    inside = lines.words[slice(*gap)]
    outer = [at for at in range(*gap) if lines.quoted[at] == lines.quoted[cue[0]]]
    return inside.count("(") > inside.count(")") or any(cuts.is_second_verb(lines, cue, at) for at in outer)


def _leads_on(lines: Lines, seen: Sequence[float], cue: Words, gap: Words) -> bool:
    """Do these few words between two pieces belong to them, and are no gloss: | , setting his sights on |?"""
    if gap[0] >= gap[1] or gap[0] < cue[1] or lines.quoted[gap[0]] != lines.quoted[cue[0]]:
        return True
    return lines.tokens[gap[0]].is_word or _mean(lines, seen, gap) >= _UNSEEN


def _mean(lines: Lines, seen: Sequence[float], part: Words) -> float:
    words = [at for at in range(*part) if lines.tokens[at].is_word]
    return sum(float(seen[at]) for at in words) / len(words) if words else 1.0


def _end_of_clause(lines: Lines, seen: Sequence[float], part: Words, own: Sequence[Words]) -> int:
    first, last = part
    if last < len(lines.tokens) and lines.tokens[last].tag == "POS" and lines.tokens[last - 1].tag.startswith("NN"):
        end = phrase(lines, lines.syntax.heads[last - 1])[1]  # blame for last year | 's fire
        if last < end <= last + _REST and not any(touch((last, end), one) for one in own):
            return end
    if lines.quoted[last - 1] >= 0 or lines.tokens[first].sentence != lines.tokens[last - 1].sentence:
        return last
    _, end = phrase(lines, lines.syntax.head_of(first, last), _APART)
    rest = (last, end)
    if not last < end <= last + _REST or any(touch(rest, one) for one in own):
        return last
    return end if _is_rest(lines, seen, rest) else last


def _to_the_mark(lines: Lines, seen: Sequence[float], cue: Words, part: Words) -> int:
    """Where the quotation closes that a part ends in, if the reader has seen the rest of it."""
    number = lines.quoted[part[1] - 1]
    if number < 0 or number == lines.quoted[cue[0]] or part[1] >= lines.spans[number][1]:
        return part[1]
    rest = (part[1], lines.spans[number][1])
    plain = any(lines.tokens[at].is_word for at in range(*rest))
    return rest[1] if plain and _mean(lines, seen, rest) >= _DOUBTED else part[1]


def _close(lines: Lines, part: Words) -> int:
    """Without the relative pronoun at its end, whose clause is the outlet's: his rival Hale, | who."""
    first, last = part
    opens = lines.quoted[last - 1] < 0 and lines.words[last - 1] in CLASSES["wh"] and lines.words[last - 2] == ","
    return last - 2 if opens and last - 3 > first else last


def _is_rest(lines: Lines, seen: Sequence[float], rest: Words) -> bool:
    """Are these words, which hang from a content and which the reader did not see, part of it and no gloss on it?"""
    first = rest[0]
    if lines.tokens[first].is_word or first + 1 == rest[1]:
        return _mean(lines, seen, rest) >= _UNSEEN
    word = lines.words[first + 1]
    tells = lines.words[first + 2 : first + 3] == ["that"]  # recognizing that …: who speaks does
    gloss = word in CLASSES["wh"] or word in CONCEDED or (lines.tokens[first + 1].tag == "VBG" and not tells)
    return word in _LISTED or (not gloss and _mean(lines, seen, rest) >= _DOUBTED)


def _is_stray(lines: Lines, seen: Sequence[float], cue: Words, part: Words, parts: Sequence[Words]) -> bool:
    """Of several parts, one that hangs from none of the others and is not what the cue hands on.

    While votes were counted |, Lee said, [they were lost].
    """
    syntax, outer = lines.syntax, lines.quoted[cue[0]]
    rest = [one for one in parts if one != part]
    that = any(first >= cue[1] and lines.words[first] == "that" for first, _ in rest)
    alone = part[1] - part[0] == 1 and lines.tokens[part[0]].tag == "PRP"
    bare = not any(syntax.relations[at] in (*SUBJECTS, "expl") for at in range(*part))
    if that and ((part[1] <= cue[0] and bare) or alone):
        return True  # eager to meet [the mayor], vowed that; maintaining, as [he] had before, that
    if (
        not rest
        or syntax.upos[syntax.head_of(*cue)] == "ADV"
        or any(lines.quoted[at] != outer for at in (part[0], part[1] - 1))
    ):
        return False
    head = syntax.head_of(*part)
    if _is_in_front(lines, cue, part, rest):
        return True
    if any(one[0] <= above < one[1] for above in syntax.ancestors(head) for one in rest):
        return False
    if any(part[0] <= syntax.heads[syntax.head_of(*one)] < part[1] for one in rest):
        return False
    at_cue = syntax.heads[head] != ROOT and cue[0] <= syntax.heads[head] < cue[1]
    relation = syntax.relations[head]
    before = part[1] <= cue[0]
    if at_cue:
        return before and relation in _STRAY
    return _mean(lines, seen, part) < _HALF and any(one[0] >= cue[1] or not before for one in rest)


def _is_in_front(lines: Lines, cue: Words, part: Words, rest: Sequence[Words]) -> bool:
    """Like other towns |, Selby argues [fishing is …]: no comma parts the cue from what it hands on, so what stands in
    front is the outlet's, a condition apart."""
    after = min((first for first, _ in rest if first >= cue[1]), default=-1)
    if after < 0 or lines.tokens[after].tag.startswith(("VB", "MD")):  # the goal, he says | is to …
        return False
    plain = all(lines.tokens[at].is_word for at in range(cue[1], after))
    same = lines.tokens[part[1] - 1].sentence == lines.tokens[cue[0]].sentence == lines.tokens[part[0]].sentence
    own = lines.syntax.subject(lines.syntax.head_of(*cue))
    spoken = own is not None and part[1] <= own < cue[0]
    return plain and same and spoken and lines.quoted[after] == lines.quoted[cue[0]] and lines.words[part[0]] not in _IF
