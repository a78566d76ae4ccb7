"""Words that nobody said: denied, asked for, wished for, made a condition of, or given to nobody at all.

"Harlan was condemned for it", "she is told", "a victory is expected", "to summarize", "in case you wonder", "nobody
would say so": no act of speech that the article tells of. What is widely believed or reported stays, said by nobody.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from ...document.parts import Document
from . import cues, grammar, sources
from .grammar import Draft, Lines, Words

PATH = Path(__file__).parents[2] / "lexicons" / "unsaid.toml"
_SIGNS = " .,!?;\"'“”‘’«»"  # around a content
GAP = 3  # words that "~" stands for, at most
REACH = 8  # tokens from a verb to what governs it, from a refusal to what it refuses
_NOMINAL = ("NN", "PRP", "CD", "DT", "WP", "WDT", "EX", "POS", "FW", "$", "VBG")
CLAUSE_SIGNS = frozenset((",", ";", ":", "—", "–", "-", "(", ")", ".", "?", "!"))


class Refusal(BaseModel):
    """One way not to answer: its beginning, what must follow, and what that or its subject must be about."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    words: tuple[str, ...]
    then: tuple[str, ...]
    about: tuple[str, ...] = ()
    of: tuple[str, ...] = ()


class Lists(BaseModel):
    """The lists of unsaid.toml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    say: frozenset[str]
    just: frozenset[str]
    modal: frozenset[str]
    nobody: frozenset[str]
    nothing: frozenset[str]
    empty: frozenset[str]
    wished: frozenset[str]
    denied: frozenset[str]
    condition: frozenset[str]
    at_no_point: tuple[tuple[str, ...], ...]
    untrue: frozenset[str]
    without: tuple[tuple[str, ...], ...]
    amounting: frozenset[str]
    named: frozenset[str]
    agreed: frozenset[str]
    hoped: frozenset[str]
    ordered: frozenset[str]
    reputed: frozenset[str]
    shown: frozenset[str]
    inferred: frozenset[str]
    deeds: frozenset[str]
    no_reply: tuple[Refusal, ...]


@cache
def load() -> Lists:
    """Read and validate the lists; once a process."""
    rows = tomllib.loads(PATH.read_text(encoding="utf-8"))
    rows["denied"], rows["condition"] = rows.pop("not"), rows.pop("if")
    for name in ("at_no_point", "without"):
        rows[name] = [phrase.split() for phrase in rows[name]]
    return Lists.model_validate(rows)


def sort_out(document: Document, lines: Lines, drafts: Sequence[Draft], silent: Sequence[Draft]) -> list[Draft]:
    """The drafts that somebody said; a refusal to speak is no statement."""
    refused = {at for draft in silent for at in range(*draft.content[0])}
    return [
        draft
        for draft in drafts
        if not (draft.cue and any(at in refused for at in range(*draft.cue))) and is_said(document, lines, draft)
    ]


def is_said(document: Document, lines: Lines, draft: Draft) -> bool:
    """Did anybody say this? Not where its cue is denied, asked, wished for, a condition, or its subject is nobody."""
    if draft.cue is None:
        return True
    if _is_empty(lines, draft):
        return False
    first, last = draft.cue
    lists = load()
    saying = any(word in lists.say for word in lines.words[first:last])
    number = lines.quoted[draft.content[0][0]]
    if not saying and (number < 0 or number == lines.quoted[first]):
        return not _wishes_to_hear(lines, draft)  # a belief, a plan, a wish: told, whether it is denied or not
    sentence = document.sentences[lines.tokens[first].sentence]
    start = max(sentence.first, lines.spans[lines.quoted[first]][0] if lines.quoted[first] >= 0 else 0)
    group = grammar.verb_group(lines, first, start)
    return not (
        _is_denied(lines, group, last, own=is_own(lines, draft))
        or _is_wished(
            lines, next((at for at in range(last - 1, first, -1) if lines.words[at] in lists.say), first), start
        )
        or _is_nobodys(lines, draft)
        or _is_under_that(lines, draft, start)
        or _was_asked(lines, draft)
        or _is_inverted(lines, draft, start, sentence.last)
        or is_condition(lines, draft, start)
        or " ".join(lines.words[slice(*draft.content[0])]).strip(_SIGNS) in lists.nothing
        or any(_holds(tuple(lines.words[max(start, first - 2) : last]), phrase) for phrase in lists.without)
    )


def _is_empty(lines: Lines, draft: Draft) -> bool:
    """Lee reported, [for example]: …; Lee explained [that the plan]: …; Lee said [nothing of the plan]."""
    (begin, end), *more = draft.content
    words = lines.words[begin:end]
    broken = (
        words[0] == "that"
        and lines.words[min(end, len(lines.words) - 1)] == ":"
        and not any(lines.tokens[at].tag.startswith(("VB", "MD")) for at in range(begin, end))
    )
    told = lines.syntax.heads[begin] in range(*draft.cue) if draft.cue else False
    silent = words[0] == "nothing" and told and lines.syntax.relations[begin] == "obj"  # said nothing of her plans
    return not more and (broken or silent or " ".join(words).strip(_SIGNS) in load().empty)


def _wishes_to_hear(lines: Lines, draft: Draft) -> bool:
    """wants [her to say that …]: nothing but the wish for a word of hers."""
    if draft.cue is None or load().wished.isdisjoint(lines.words[slice(*draft.cue)]):
        return False
    begin, end = draft.content[0]
    words = lines.words[begin : min(end, begin + GAP + 2)]
    return any(one == "to" and other in load().say for one, other in pairwise(words))


def _is_denied(lines: Lines, group: int, last: int, *, own: bool) -> bool:
    """did not say, never said, might say; but: not only said, could only say, I must say."""
    lists = load()
    words = [*lines.words[max(0, group - 1) : last], *lines.words[last : last + 1]]
    inside = lines.words[group:last]
    denied = any(word in lists.denied for word in inside) or lines.words[group - 1] in ("never", "n't", "not")
    wondered = any(lines.words[at] in lists.modal and lines.tokens[at].text.islower() for at in range(group, last))
    return (denied or (wondered and not own)) and not any(word in lists.just for word in words)


def _is_wished(lines: Lines, verb: int, start: int) -> bool:
    """wants her [to say]: what governs the infinitive tells that it did not come about."""
    to = next((at for at in range(verb, max(start, verb - 2), -1) if lines.words[at - 1] == "to"), 0)
    if not to:
        return lines.words[verb] == "to" and _is_wished(lines, verb + 1, start)
    for at in range(to - 2, max(start - 1, to - 2 - REACH), -1):
        if lines.words[at] in CLAUSE_SIGNS or lines.quoted[at] != lines.quoted[verb]:
            return False
        if lines.words[at] in load().wished:
            return True
        if lines.tokens[at].tag in ("VBD", "VBZ", "MD"):
            return False
    return False


def _is_nobodys(lines: Lines, draft: Draft) -> bool:
    return bool(draft.source) and lines.words[draft.source[0][0]] in load().nobody


def _is_under_that(lines: Lines, draft: Draft, start: int) -> bool:
    """It is not true that [she said]; they demanded that [she say]."""
    if not draft.source or draft.cue is None or lines.words[max(0, draft.source[0][0] - 1)] != "that":
        return False
    that = draft.source[0][0] - 1
    before = lines.words[max(start, that - GAP) : that]
    untrue = any(" ".join(before[-size:]) in load().untrue for size in (1, 2, 3))
    bare = lines.tokens[draft.cue[0]].tag in ("VB", "VBP") and draft.source[0][1] == draft.cue[0]
    return untrue or (bare and lines.words[draft.cue[0]] in load().say and any(w in load().wished for w in before))


def _was_asked(lines: Lines, draft: Draft) -> bool:
    """Castle, [asked] if she had called him “a crook,” left: she says nothing here."""
    if not draft.source or draft.cue is None or lines.words[draft.cue[0]] != "asked":
        return False
    return draft.source[0][1] <= draft.cue[0] and lines.words[draft.cue[0] - 1] in (",", "when", "if", "was", "were")


def _is_inverted(lines: Lines, draft: Draft, start: int, end: int) -> bool:
    """At no point [did she] say; [did she] ever say?"""
    if not draft.source or draft.cue is None:
        return False
    before = draft.source[0][0] - 1
    if before < start or draft.source[0][0] > draft.cue[0] or lines.words[before] not in grammar.AUXILIARIES:
        return False
    opening = tuple(lines.words[max(start, before - 2 * REACH) : before])
    asked = lines.words[end - 1] == "?" and (before == start or lines.words[before - 1] in ("and", "or", "but", ","))
    conditional = lines.words[before] in ("should", "had", "were") and before == start
    return asked or conditional or any(_holds(opening, phrase) for phrase in load().at_no_point)


def _holds(words: Sequence[str], phrase: Sequence[str]) -> bool:
    return any(tuple(words[at : at + len(phrase)]) == tuple(phrase) for at in range(len(words) - len(phrase) + 1))


def is_condition(lines: Lines, draft: Draft, start: int) -> bool:
    """If [she] says “yes”; but not: if, as she says, …"""
    if not draft.source or draft.cue is None or draft.source[0][0] > draft.cue[0]:
        return False
    before = draft.source[0][0] - 1
    return before >= start and lines.words[before] in load().condition


def is_own(lines: Lines, draft: Draft) -> bool:
    """Does whoever writes or is quoted say it: I, we?"""
    return bool(draft.source) and sources.is_first_person(lines, draft.source[0])


def is_silent(lines: Lines, draft: Draft) -> bool:
    """Does nobody say anything here?"""
    if draft.cue is None:
        return False
    if draft.source and _is_nobody(lines, draft.source[0]):
        return True
    head = lines.syntax.head_of(*draft.cue)
    if (
        lines.tokens[head].tag == "VBN"
        and lines.syntax.relations[head] == "amod"
        and draft.content[0][0] == draft.cue[1]
    ):
        return True  # its much [touted] “reset”: how a thing is called by nobody
    if _is_direct(lines, draft):
        return False
    if _is_no_speech(lines, draft, draft.cue) or _is_inferred(lines, draft, draft.cue):
        return True
    entry = cues.load().within(lines.words, *draft.cue)
    if entry is not None and entry.lemma in grammar.SEEMING:
        return True
    if draft.source:
        return not any(_is_somebody(lines, at) for at in range(*draft.source[0]))
    if entry is None:
        return True
    return "adverb" not in entry.takes and not _is_told_by_nobody(lines, draft)


def _is_no_speech(lines: Lines, draft: Draft, cue: Words) -> bool:
    """It amounted to an [admission] that …, [calling] it a hobby may be right, [agreed] to a ban, a drug [called] X;
    and hopes and orders without a word told."""
    syntax, lists = lines.syntax, load()
    head = syntax.head_of(*cue)
    tag, relation = lines.tokens[head].tag, syntax.relations[head]
    inside = lines.words[slice(*cue)]
    above = [lines.words[at] for at in syntax.ancestors(head)] if tag.startswith("NN") else []
    amounts = not lists.amounting.isdisjoint((*inside, *above))
    subject = tag == "VBG" and relation == "csubj" and not draft.source
    named = tag == "VBN" and relation.startswith("acl") and lines.words[head] in lists.named
    named = named and not any(lines.words[at] == "by" for at in syntax.subtree(head))
    agreed = lines.words[head] in lists.agreed and "to" in (*inside, lines.words[draft.content[0][0]])
    hoped = lines.words[head] in lists.hoped | lists.ordered and tag.startswith("VB")
    return amounts or subject or named or agreed or hoped


def _is_inferred(lines: Lines, draft: Draft, cue: Words) -> bool:
    """Lee is [noted for] her patience, the marchers are [showing] us that it matters, his tweet [suggests] that he will
    run: what others, or the outlet, make of somebody."""
    syntax, lists = lines.syntax, load()
    head = syntax.head_of(*cue)
    word, behind = lines.words[head], lines.words[draft.content[0][0]]
    reputed = word in lists.reputed and "for" in (lines.words[cue[1] - 1], behind) and syntax.is_passive(head)
    by = lines.words[syntax.head_of(*draft.source[0])] if draft.source else ""
    subject = syntax.child(head, "nsubj")
    if subject is not None and lines.words[subject] in lists.deeds:  # remarks from aides show that
        by = lines.words[subject]
    written = sources.load().heads.get(by) == "document"
    shown = word in lists.shown and "us" in lines.words[cue[1] - 1 : cue[1] + 1] and not written
    above = syntax.ancestors(syntax.head_of(*draft.source[0])) if draft.source else ()
    deed = by in lists.deeds or any(lines.words[at] in lists.deeds for at in above)  # [Lee]'s tweet suggests
    return reputed or shown or (word in lists.inferred and deed)


def _is_nobody(lines: Lines, source: Words) -> bool:
    """Nobody says it, or a "you" that means everybody."""
    first, last = source
    return lines.words[first] in grammar.NOBODY or " ".join(lines.words[first:last]) in ("no one", "not one", "no man")


def _is_somebody(lines: Lines, at: int) -> bool:
    return lines.tokens[at].tag.startswith(_NOMINAL) or lines.words[at] in grammar.BARE | grammar.QUANTIFIERS


def _is_direct(lines: Lines, draft: Draft) -> bool:
    """Does the content stand in quotation marks that the cue stands outside of?"""
    outer = lines.quoted[draft.cue[0]] if draft.cue else -1
    return any(lines.quoted[first] not in (-1, outer) for first, _ in draft.content)


def _is_told_by_nobody(lines: Lines, draft: Draft) -> bool:
    """Is it believed, feared, reported, or a claim that …, without a name?"""
    assert draft.cue is not None  # noqa: S101  # the caller asked
    verbs = [at for at in range(*draft.cue) if lines.tokens[at].tag.startswith("VB")]
    if not verbs:
        return lines.words[draft.content[0][0]] == "that" or lines.words[draft.cue[1] - 1] == "that"
    by = any(lines.words[at] == "by" for first, last in draft.content for at in range(first, last))
    return lines.words[verbs[-1]] in grammar.BELIEVED or by  # was accused by the very same people
