"""Does a name in a sentence stand for itself there, and not for its lawyer, its rival or some of its members?"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from ...document import Document, Entity
from ...document.parts import Place, fold
from . import relations

PATH = Path(__file__).parents[2] / "lexicons" / "stances.toml"
_RELATIVE = frozenset(("who", "that"))
_CLAUSES = ("acl", "acl:relcl")


def is_itself(document: Document, place: Place, entities: Mapping[int, Entity]) -> bool:
    """Is the name meant: Moore or Moore's plan, and neither Moore's lawyer, the Moore team nor some Moore voters?"""
    inside, syntax, words = document.tokens_in(*place), document.reading.syntax, lists()
    if not inside or (place[0] > 0 and document.text[place[0] - 1] in "-–"):
        return False  # anti-Moore
    head = syntax.head_of(inside.start, inside.stop)
    above = syntax.heads[head]
    if above >= 0 and syntax.relations[head] in ("nmod", "compound", "amod", "flat") and above not in inside:
        case = syntax.child(head, "case")
        owned = case is not None and fold(document.tokens[case].text) in ("'s", "'")
        led = case is None and above > head and syntax.relations[head] in ("compound", "amod", "flat", "nmod")
        another = led and above in entities and entities[above] is not entities.get(head)
        of_a_body = led and head in entities and entities[head].kind != "person"  # the Twitter account
        beyond = (owned or led) and above not in entities
        if another or (beyond and (of_a_body or _is_others(document, above))):
            return False
    last = inside.stop - 1
    return not (document.folded[last] in words["members"] and _is_part(document, last, inside.start))


def is_one_of(document: Document, place: Place) -> bool:
    """Is only one of them meant, who is told of by their name: a member of the Moore Group?"""
    inside, words = document.tokens_in(*place), document.folded
    before = [word for word in words[max(0, inside.start - 3) : inside.start] if word not in ("the", "a")]
    return before[-1:] == ["of"] and before[-2:-1] != [] and before[-2] in lists()["others"]


def _is_others(document: Document, at: int) -> bool:
    """Is this a word for other people: lawyer, campaign, rival?"""
    return document.folded[at] in lists()["others"] or document.folded[at].endswith(("men", "ists"))


def _is_part(document: Document, head: int, first: int) -> bool:
    """Are only some of a party meant: House Democrats, the Democrats backing her, several, including Democrats?"""
    syntax = document.reading.syntax
    before = {document.folded[k] for k in range(max(0, first - 1), head)}
    if document.tokens[head + 1 : head + 2] and document.tokens[head + 1].tag in ("VBG", "WP"):
        return True
    below = syntax.children(head)
    told = any(
        syntax.relations[k] in ("amod", "nummod", "compound", *_CLAUSES) for k in below if not first <= k <= head
    )
    return told or not before.isdisjoint(lists()["some"])


def has_other_doer(document: Document, holder: Place, target: Place, entities: Mapping[int, Entity]) -> bool:
    """Does somebody else do it to the target, as the sentence tells it: Moore says | Lee attacked Hale?"""
    syntax = document.reading.syntax
    inside, own = document.tokens_in(*target), document.tokens_in(*holder)
    if not inside or not own:
        return False
    head = syntax.head_of(inside.start, inside.stop)
    above = list(syntax.ancestors(head))
    if _does(document, head, own):
        return True
    subjects = ((k, syntax.child(k, "nsubj", "nsubj:pass")) for k in above)
    verb, subject = next(((k, one) for k, one in subjects if one is not None and one not in inside), (-1, -1))
    if subject < 0 or syntax.is_passive(verb):
        return False
    if any(syntax.upos[k] == "VERB" and k not in above for k in range(verb + 1, head)):
        return False  # a tree with another verb in between is likely wrong
    if document.folded[subject] in _RELATIVE and syntax.relations[verb] in _CLAUSES:
        subject = syntax.heads[verb]
    if not {subject, *syntax.children(subject, ("conj", "appos"))}.isdisjoint(own):
        return False
    doer = entities.get(subject)
    mine = {entities[k].id for k in (*own, *inside) if k in entities}
    return doer is not None and doer.kind != "place" and doer.id not in mine


def _does(document: Document, target: int, holder: range) -> bool:
    """Is it the target that stands so to somebody else, and the holder only tells it: Moore said | Hale praised Lee?"""
    syntax = document.reading.syntax
    verb = syntax.heads[target]
    return (
        syntax.relations[target] == "nsubj"
        and document.folded[verb] in relations.verbs()
        and (syntax.child(verb, "obj") or target) not in {target, *holder}
    )


def is_turned(document: Document, holder: Place, polarity: int) -> bool:
    """Did the holder once hold it, or deny what is said: initially backed Hale, denied that Hale's office spied?"""
    syntax, inside = document.reading.syntax, document.tokens_in(*holder)
    verb = syntax.heads[syntax.head_of(inside.start, inside.stop)] if inside else -1
    if verb < 0:
        return False
    beside = {document.folded[k] for k in syntax.children(verb, ("advmod",))}
    rest = document.folded[verb : document.sentences[document.tokens[verb].sentence].last]
    return bool(beside & lists()["past"] and "but" in rest) or (
        polarity < 0 and document.folded[verb] in lists()["denying"]
    )


@cache
def lists() -> Mapping[str, frozenset[str]]:
    """Words by which a name stands for somebody else, by list."""
    tables = tomllib.loads(PATH.read_text(encoding="utf-8"))
    return {name: frozenset(listed) for name, listed in tables["standing"].items()}
