"""Which sources are one document: a study, the study, the same study?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...document import Document
from . import roles
from .lists import load
from .roles import Source


def join(document: Document, sources: Iterable[Source]) -> list[Source]:
    """The sources with every document once, by its fullest words; in their order."""
    found: list[Source] = []
    for source in sorted(sources, key=lambda one: one.summary.first):
        same = next((at for at, one in enumerate(found) if _is_one(document, one, source)), None)
        if same is None:
            found.append(source)
        else:
            found[same] = _joined(found[same], source)
    return sorted(found, key=lambda one: (-one.summary.words, one.summary.first))


def _is_one(document: Document, first: Source, second: Source) -> bool:
    """Do both say the same noun for a document, one of them bare behind "the", "this", "the same"?"""
    told = [_tell(document, one) for one in (first, second)]
    if not all(told) or told[0][-1] != told[1][-1]:
        return False
    words = load().anaphora
    for one, other in ((told[0], told[1]), (told[1], told[0])):
        bare = one[0].casefold() in words.pointing and not any(word[0].isupper() for word in one[1:])
        if bare and not any(word.casefold() in words.another for word in (*one, *other)):
            return True
    return False


def _tell(document: Document, source: Source) -> Sequence[str]:
    """The words of a document's source up to its head; none where it is no document, or is more than one."""
    own = roles.own_words(document, source) if source.entity is None else None
    if own is None or own.head is None or document.folded[own.head] not in load().anaphora.nouns:
        return ()
    return [document.tokens[at].text for at in range(own.first, own.head)] + [document.folded[own.head]]


def _joined(first: Source, second: Source) -> Source:
    """Both as one, named by the more words of its own."""
    named = max((first, second), key=lambda one: len(one.items[0].source.text) if one.items[0].source else 0)
    items = [*named.items, *(first if named is second else second).items]
    words = first.summary.words + second.summary.words
    start = min(first.summary.first, second.summary.first)
    return Source(named.summary.model_copy(update={"words": words, "first": start}), items, None)
