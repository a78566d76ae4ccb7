"""Which side does a source stand on, in the article's own words: a party, or the body that it speaks for?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...document import Document, Entity
from . import descriptions
from .descriptions import Description
from .lists import load

_FOR = frozenset(("for", "of", "at", "with", "in", "on"))
_ENDS = frozenset(("", ",", "(", "who", "said", "says", "told", ";"))
_MOST = 8  # words of a body


def tell(document: Document, entity: Entity | None, own: Description | None) -> str | None:
    """The words for the side of a source; None where the text tells none."""
    told: Sequence[Description] = (
        list(descriptions.of_entity(document, entity)) if entity is not None else [own] if own is not None else []
    )
    if entity is not None and entity.kind != "person":
        return None
    for find in (_party, _body):
        for one in told:
            for first, last in find(document, one):
                return document.text[document.tokens[first].start : document.tokens[last - 1].end]
    return None


def _party(document: Document, told: Description) -> Iterator[tuple[int, int]]:
    """R-Texas, a Democrat, the Republican senator; a party that somebody only writes or speaks of is not theirs."""
    sides = load().sides
    for at in range(told.first, told.last):
        text = document.tokens[at].text
        letter, dash, rest = text.partition("-")
        if letter.strip(".") in sides.letters and dash and rest[:1].isupper():
            yield at, end_of_letters(document, at)
        elif text in sides.words and told.place in ("own", "title", "after", "role", "is"):
            begins = told.head is not None and (at == told.head or at < told.head)
            if begins or at < told.first + 3:
                yield at, at + 1


def end_of_letters(document: Document, at: int) -> int:
    """One past the state behind a party's letter, with its stops: R-S.C."""
    tokens, last = document.tokens, at + 1
    while last + 1 < len(tokens) and _is_stop(document, last) and len(tokens[last + 1].text) == 1:
        if tokens[last + 1].start > tokens[last].end or not tokens[last + 1].text.isalpha():
            break
        last += 2
    return last + (last > at + 1 and last < len(tokens) and _is_stop(document, last))


def _is_stop(document: Document, at: int) -> bool:
    return document.tokens[at].text == "." and document.tokens[at].start == document.tokens[at - 1].end


def _body(document: Document, told: Description) -> Iterator[tuple[int, int]]:
    """[State Department] spokeswoman, a spokesman for [the union]: whom one who speaks for others speaks for."""
    if told.head is None or document.folded[told.head] not in load().sides.speakers:
        return
    names = (at for at in range(told.first, told.head) if document.tokens[at].tag.startswith("NNP"))
    first = next((at for at in names if document.tokens[at].text[0].isupper()), None)
    while first is not None and first > told.first and document.tokens[first - 1].tag == "JJ":
        if (
            not document.tokens[first - 1].text[0].isupper()
            or document.tokens[first - 1].sentence != document.tokens[first - 2].sentence
        ):
            break
        first -= 1  # the [National] Security Council's spokesman
    if first is not None:
        last = told.head
        while last > first and (not document.tokens[last - 1].is_word or document.tokens[last - 1].tag == "POS"):
            last -= 1
        if last > first:
            yield first, last
            return
    begin = told.head + 1
    if begin < told.last and document.folded[begin] in _FOR:
        end = begin + 1
        while end < min(told.last, begin + _MOST) and document.folded[end].strip(".") not in _ENDS:
            if document.tokens[end].tag == "VBG" and document.tokens[end].text.islower():
                break  # the fleet | overseeing the gulf
            end += 1
        if end > begin + 1:
            yield begin + 1, end
