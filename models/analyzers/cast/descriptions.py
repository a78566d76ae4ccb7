"""What an article says of who somebody is: titles, appositions, "who …" and "is a …" around a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from ...document import Document, Entity
from ...document.syntax import ROOT
from .lists import load

_MOST = 12  # mentions that are looked at
_REACH = 12  # words on either side of a name that may describe its bearer
_TITLE_TAGS = ("NN", "JJ", "POS", "CD", "HYPH", "VBN")
_NOUN_ENDS = ("IN", "TO", "WP", "WDT", "VB", "MD", "PRP", "RB", ",", ":", "(", ")")
_STOPS = ("VBD", "VBZ", "VBP", "MD", "WP", "(")
_MARKS = (",", "—", "–", ";", "“", '"')
_OF = ("of", "at", "from", "with")
_PRONOUNS = ("who", "whose", "whom")


# own: a source's own words; title: right before a name; after: behind it; lead: before a comma, "the mayor, Ann Lee";
# role: in place of the name, "the mayor"; is: "Ann Lee is a nurse".
Place = Literal["own", "title", "after", "lead", "role", "is"]


@dataclass(frozen=True, slots=True)
class Description:
    """Tokens [first, last) that describe somebody; `head` heads them, None in a clause or a bracket."""

    place: Place
    first: int
    last: int
    head: int | None


def of_words(document: Document, start: int, end: int) -> Description | None:
    """A source without a name: its own words describe it, and not whom it includes."""
    held = document.tokens_in(start, end)
    if not held:
        return None
    head = document.reading.syntax.head_of(held[0], held[-1] + 1)
    named = next((at for at in held if at > head and document.folded[at] == "including"), held[-1] + 1)
    return Description("own", held[0], named, head)


def of_entity(document: Document, entity: Entity) -> Iterator[Description]:
    """Every description beside a mention of it, in text order: what is nearest to a name first."""
    for mention in [one for one in entity.mentions if one.form != "pronoun"][:_MOST]:
        held = document.tokens_in(mention.start, mention.end)
        if not held:
            continue
        if mention.form == "role":
            yield Description("role", held[0], held[-1] + 1, document.reading.syntax.head_of(held[0], held[-1] + 1))
        else:
            yield from _beside(document, held)


def _beside(document: Document, held: Sequence[int]) -> Iterator[Description]:
    first, last = held[0], held[-1] + 1
    begin = _title(document, first)
    if begin < first:
        yield Description("title", begin, first, first - 1)
    yield from _after(document, last)
    if first > 0 and document.tokens[first - 1].text == ",":  # the party's [leader], Ann Lee
        sentence = document.sentences[document.tokens[first].sentence]
        begin = max(sentence.first, first - 1 - _REACH)
        stops = [at for at in range(begin, first - 1) if document.tokens[at].tag.startswith((",", ":", "VBD", "VBZ"))]
        begin = stops[-1] + 1 if stops else begin
        head = _noun(document, begin, first - 1)
        if head is not None and not any(_hangs(document, at) for at in range(begin, head)):
            yield Description("lead", begin, first - 1, head)
    yield from _predicate(document, first, last)


def _hangs(document: Document, at: int) -> bool:
    """Does it open what is no description, but tells where or when: [in] South Texas, Ann Lee …?"""
    return document.tokens[at].tag.startswith(("IN", "TO", "VBG", "VBN", "MD"))


def is_clause(document: Document, told: Description) -> bool:
    """Is it a clause: who …?"""
    return told.head is None and document.folded[told.first] in _PRONOUNS


def _title(document: Document, first: int) -> int:
    """Where the title begins that stands right before a name: [House Speaker] Ann Lee. `first` where none does."""
    at = first
    while at > 0 and first - at < _REACH and document.tokens[at - 1].sentence == document.tokens[first].sentence:
        token = document.tokens[at - 1]
        if not (token.tag.startswith(_TITLE_TAGS) or token.text in (".", "-", "’s", "'s")):
            break
        if _is_letter(token.text):  # of whom stands before: Ann Lee, D-Ohio. Rep. Tom Hale
            return first
        at -= 1
    while at < first and not document.tokens[at].is_word:
        at += 1
    return at


def _is_letter(text: str) -> bool:
    letter, dash, state = text.partition("-")
    return letter in load().sides.letters and bool(dash) and state[:1].isupper()


def _after(document: Document, last: int) -> Iterator[Description]:
    """What follows a name: a bracket, an apposition behind a comma, of the body that one belongs to, who …"""
    tokens = document.tokens
    if last >= len(tokens):
        return
    sentence = document.sentences[tokens[last - 1].sentence]
    end = min(sentence.last, last + _REACH)
    opened = tokens[last].text
    if opened == "(":
        close = next((at for at in range(last + 1, end) if tokens[at].text == ")"), end)
        yield Description("after", last + 1, close, None)
        last = min(close + 1, len(tokens) - 1)
        opened = tokens[last].text
    if opened not in (",", "—", "–") and document.folded[last] not in (*_OF, *_PRONOUNS):
        return
    begin = last + (opened in (",", "—", "–"))
    if begin + 1 < end and tokens[begin].tag == "CD" and tokens[begin + 1].text == ",":  # Ann Lee, 54, a nurse
        begin += 2
    if begin >= end:
        return
    if document.folded[begin] in _PRONOUNS:
        yield Description("after", begin, end, None)
        return
    stop = next((at for at in range(begin, end) if tokens[at].tag in _STOPS), end)
    stop = next((at for at in range(begin + 1, stop) if tokens[at].text in _MARKS), stop)
    if document.folded[begin] in _OF:
        yield Description("after", begin + 1, stop, None)
    elif (head := _noun(document, begin, stop)) is not None:
        yield Description("after", begin, stop, head)
    if stop < end and document.folded[stop] in _PRONOUNS:
        yield Description("after", stop, end, None)


def _noun(document: Document, begin: int, end: int) -> int | None:
    """The noun that heads a phrase: the last one before what hangs behind it."""
    head = None
    for at in range(begin, end):
        tag = document.tokens[at].tag
        if head is not None and tag.startswith(_NOUN_ENDS):
            break
        if tag.startswith("NN"):
            head = at
    return head


def _predicate(document: Document, first: int, last: int) -> Iterator[Description]:
    """Ann Lee is a [nurse]."""
    syntax = document.reading.syntax
    top = syntax.head_of(first, last)
    governor = syntax.heads[top]
    if syntax.relations[top] == "nsubj" and governor >= last and syntax.child(governor, "cop") is not None:
        begin, end = syntax.span(governor, ("nsubj", "cop", "advcl", "conj", "acl:relcl"))
        if governor != ROOT and document.tokens[governor].tag.startswith("NN"):
            yield Description("is", max(begin, last), max(end, governor + 1), governor)
