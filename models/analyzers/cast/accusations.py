"""Where does the text accuse somebody? Objects and passive subjects of verbs, and whom nouns of accusation name."""

from __future__ import annotations

from collections.abc import Iterator

from ...document import Document, Entity
from ...document.syntax import OBJECTS, ROOT
from .lists import load

_AGAINST = ("nmod", "obl")
_PARTS = ("flat", "compound", "appos", "conj")
_ENDINGS = (
    ("", ""), ("s", ""), ("es", ""), ("ed", ""), ("d", ""), ("ing", ""), ("ing", "e"), ("ied", "y"), ("ies", "y"),
)  # fmt: skip
_STEPS = 3  # from a name up to what governs it: compounds and conjuncts


def find(document: Document, entity: Entity) -> Iterator[tuple[int, int]]:
    """Tokens [first, last) from the word that accuses to the name, or the reverse, for each mention that is accused."""
    for mention in entity.mentions:
        if document.is_boilerplate(mention.start):
            continue
        held = document.tokens_in(mention.start, mention.end)
        if held and (word := accuser(document, held[0], held[-1] + 1)) is not None:
            yield min(word, held[0]), max(word, held[-1]) + 1


def accuser(document: Document, first: int, last: int) -> int | None:
    """The verb or noun that accuses whoever tokens [first, last) name; None where none does."""
    syntax, words = document.reading.syntax, load().accusation
    at = syntax.head_of(first, last)
    for _ in range(_STEPS):
        relation, head = syntax.relations[at], syntax.heads[at]
        if head == ROOT:
            return None
        lemma = base(document.folded[head])
        if syntax.upos[head] == "VERB" and lemma in words.verbs:
            passive = relation == "nsubj:pass" or (relation == "nsubj" and syntax.is_passive(head))
            if relation in OBJECTS or passive:
                return head
            if relation == "obl" and _case(document, at) in words.by:
                return head
        accuses = syntax.upos[head] in ("NOUN", "PROPN") and document.folded[head] in words.nouns
        if accuses and relation in _AGAINST and _case(document, at) in words.joins:
            return head
        # Up to what a name is joined to, and from a name to its title before it; never to what it only modifies.
        if relation not in _PARTS or (relation == "compound" and head > at):
            return None
        at = head
    return None


def _case(document: Document, at: int) -> str | None:
    """The preposition before this word."""
    child = document.reading.syntax.child(at, "case")
    return document.folded[child] if child is not None else None


def base(word: str) -> str:
    """The verb's dictionary form, among those that accuse; the word itself where it is none of them."""
    verbs = load().accusation.verbs
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and word.removesuffix(ending) + instead in verbs:
            return word.removesuffix(ending) + instead
    stem = word.removesuffix("ed").removesuffix("ing")
    doubled = stem != word and stem[-1:] == stem[-2:-1] and stem[:-1] in verbs  # ripped, panning
    return stem[:-1] if doubled else word
