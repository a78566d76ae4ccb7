"""Is a deed told as having happened, and not as negated, planned, feared, supposed, charged or as a habit?"""

from __future__ import annotations

from collections.abc import Collection

from ...document import Document
from . import deeds

_BEING = frozenset(("am", "is", "are", "'m", "'s", "'re", "be"))
_ABOUT = frozenset(("of", "with", "for", "to", "at", "from", "about"))
_TOWARD = frozenset(("of", "from", "for", "against", "with", "toward", "towards", "on", "into", "at"))
_LOOSE = ("conj", "acl", "advcl", "parataxis", "appos")  # clauses that what stands above need not be about
_TENSED = ("VBD", "VBZ", "VBP")
_SIMPLE_PRESENT = ("VBZ", "VBP")


def happened(document: Document, verb: int) -> bool:
    """Is the deed of this verb told as done? A headline's present tells what has happened."""
    syntax, folded, tokens = document.reading.syntax, document.folded, document.tokens
    words = deeds.load().words
    sentence = document.sentences[tokens[verb].sentence]
    if verb + 1 < len(tokens) and tokens[verb + 1].text == "]":
        return False  # [email protected]
    if folded[sentence.last - 1] == "?" or "?" in folded[max(verb, sentence.last - 3) : sentence.last]:
        return False
    helpers = [folded[at] for at in _helpers(document, verb)]
    if words["modals"] & set(helpers) or _is_unsaid(document, verb):
        return False
    tag, relation = tokens[verb].tag, syntax.relations[verb]
    marks = {folded[at] for at in syntax.children(verb, ("mark", "case"))}
    if marks & words["supposing"]:
        return False
    headline = sentence.part == "headline"
    if "to" in marks or (tag == "VB" and not {"do", "does", "did"} & set(helpers)):
        governed = relation == "xcomp" and folded[syntax.heads[verb]] in words["going_on"]
        if not governed and not (headline and "to" not in marks and tag == "VB" and syntax.subject(verb) is not None):
            return False
    if tag in _SIMPLE_PRESENT and not helpers and not headline:
        return False
    if tag == "VBG" and not helpers:
        if (
            relation in ("csubj", "nsubj", "ccomp", "obj", "nmod", "root", "amod", "compound", "obl")
            or "about" in marks
        ):
            return False  # nothing was said about pardoning him
        if relation == "xcomp" and folded[syntax.heads[verb]] not in words["going_on"]:
            return False
        if marks & _TOWARD and not _is_answered(document, verb):
            return False
        if _is_under_modal(document, verb) or ("by" in marks and _is_habit(document, verb)):
            return False
    if relation == "conj" and tag in ("VB", "VBG") and not helpers:
        first = syntax.heads[verb]
        if tokens[first].tag == tag and not happened(document, first):
            return False
    if relation == "xcomp" and "being" in helpers and folded[syntax.heads[verb]] not in words["going_on"]:
        return False
    if tag == "VBN" and not headline and _BEING & set(helpers) and "being" not in helpers:
        return bool({"been"} & set(helpers))
    return not _is_supposed(document, verb)


def noun_happened(document: Document, noun: int) -> bool:
    """Is the deed of this noun told as done: "the killing of", not "the plot for the killing of"?"""
    syntax, folded = document.reading.syntax, document.folded
    words = deeds.load().words
    sentence = document.sentences[document.tokens[noun].sentence]
    if folded[sentence.last - 1] == "?":
        return False
    about = syntax.children(noun, ("amod", "det", "compound", "advmod", "nmod", "acl"))
    if any(
        folded[at] in words["unreal_adjectives"] or folded[at] in words["unreal_nouns"] for at in about if at < noun
    ):
        return False
    first = noun
    while first - 1 > sentence.first and syntax.upos[first - 1] in ("DET", "ADJ", "NUM"):
        first -= 1
    spoken = first - 2 >= sentence.first and syntax.upos[first - 1] == "ADP"
    if spoken and folded[first - 2] in words["unreal_nouns"]:
        return False  # a warrant for the seizure, whatever the tree makes of it
    subject = syntax.relations[noun] in ("nsubj", "nsubj:pass")
    return not _is_supposed(document, noun) and (subject or not _is_under_modal(document, noun))


def _is_answered(document: Document, verb: int) -> bool:
    """Did somebody answer for it, so that it is done: jailed for | beating a man?"""
    words = deeds.load().words["answered"]
    return any(document.folded[above] in words for above in document.reading.syntax.ancestors(verb))


def _is_habit(document: Document, participle: int) -> bool:
    """Is the first verb above it in the present: presidents win by | vetoing them?"""
    syntax, tokens = document.reading.syntax, document.tokens
    for above in syntax.ancestors(participle):
        tags = {tokens[at].tag for at in (above, *syntax.children(above, ("aux", "cop")))}
        if tags & set(_TENSED):
            return "VBD" not in tags and not {"have", "has", "'ve"} & {
                document.folded[at] for at in syntax.children(above)
            }
    return False


def _is_under_modal(document: Document, participle: int) -> bool:
    """Is the first verb above it that has a tense only supposed: that would end in | killing two?"""
    syntax, modals = document.reading.syntax, deeds.load().words["modals"]
    for above in syntax.ancestors(participle):
        helpers = {document.folded[at] for at in syntax.children(above, ("aux", "aux:pass", "cop"))}
        if helpers or document.tokens[above].tag in _TENSED:
            return bool(helpers & modals)
    return False


def _helpers(document: Document, verb: int) -> list[int]:
    """Its auxiliaries, those of the verb before it included that it shares them with."""
    syntax = document.reading.syntax
    at, found = verb, syntax.children(verb, ("aux", "aux:pass"))
    for _ in range(3):
        if found or syntax.relations[at] != "conj" or syntax.child(at, "nsubj", "nsubj:pass") is not None:
            break
        at = syntax.heads[at]
        found = syntax.children(at, ("aux", "aux:pass"))
    return found


def _is_unsaid(document: Document, verb: int) -> bool:
    syntax, words = document.reading.syntax, deeds.load().words
    if syntax.relations[verb] == "conj" and "either" in document.folded[max(0, syntax.heads[verb] - 1) : verb]:
        return True  # he either resigned or was fired
    beside = syntax.children(verb, ("advmod", "neg", "det", "aux", "aux:pass"))
    return any(document.folded[at] in words["unreal_adverbs"] for at in beside)


def _is_supposed(document: Document, at: int) -> bool:
    """Does something above it say that it is only wished, feared, charged or supposed?"""
    syntax, folded = document.reading.syntax, document.folded
    words = deeds.load().words
    below = at
    for above in syntax.ancestors(at):
        relation = syntax.relations[below]
        if relation in ("nsubj", "nsubj:pass") or below == syntax.heads[above]:
            pass
        elif relation not in _LOOSE or _bears_on(document, below):
            if folded[above] in words["unreal"] and syntax.upos[above] == "VERB":
                return True
            if folded[above] in words["unreal_nouns"] and relation in ("nmod", "acl", "compound"):
                return True
            if relation in ("ccomp", "xcomp", "obj", "obl", "advcl") and _negated_or_modal(
                document, above, words["modals"]
            ):
                return True
        elif relation == "acl" and folded[above] in words["unreal_nouns"] and not _has_relative(document, below):
            return True
        if relation in ("advcl", "ccomp", "acl"):
            marks = {folded[child] for child in syntax.children(below, ("mark", "advmod"))}
            if marks & words["supposing"]:
                return True
        below = above
    return False


def _bears_on(document: Document, clause: int) -> bool:
    """Is this clause what the verb above is about: accused of | killing, and not: he fled, killing two?"""
    syntax = document.reading.syntax
    return any(document.folded[at] in _ABOUT for at in syntax.children(clause, ("mark", "case")))


def _has_relative(document: Document, clause: int) -> bool:
    syntax = document.reading.syntax
    return any(document.folded[at] in ("who", "that", "which") for at in syntax.children(clause))


def _negated_or_modal(document: Document, verb: int, modals: Collection[str]) -> bool:
    syntax = document.reading.syntax
    beside = syntax.children(verb, ("aux", "advmod"))
    return any(document.folded[at] in modals or document.folded[at] in ("not", "n't", "never") for at in beside)
