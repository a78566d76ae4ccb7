"""Attribution by layout: a quotation signed after a dash, and transcripts with a name before each turn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from ...document.parts import Document
from . import grammar
from .grammar import Lines, Words
from .rules import Draft

_DASHES = frozenset("―—–-~") | {"--"}
_SIGNED_WORDS = 4  # fewer words after which nobody signs
_NAME_TOKENS = 6
_LABELS = 4  # paragraphs that begin with a name and a colon, from which on a text is a transcript
_TURN = 12  # paragraphs that one speaker's turn may run over


def propose(document: Document, lines: Lines) -> Iterator[Draft]:
    """Who is given words by the way the page is set? “We are ready.” — Ann Lee, and LEE: We are ready."""
    yield from _signed(document, lines)
    yield from _turns(document, lines)


def join(drafts: Sequence[Draft], laid_out: Sequence[Draft]) -> list[Draft]:
    """All drafts, those by layout in the place of others that share their colon or say the same words."""
    colons = {draft.cue for draft in laid_out if draft.cue}
    kept = [d for d in drafts if not any(d.cue and d.cue[0] < last and first < d.cue[1] for first, last in colons)]
    said: dict[int, list[int]] = {}  # where a content begins or ends, and the cues that govern it
    for draft in kept:
        for at in (at for part in draft.content for at in part if draft.cue):
            said.setdefault(at, []).append(draft.cue[0] if draft.cue else at)
    return kept + [d for d in laid_out if d.cue or not _is_said(said, d.content[0])]


def _is_said(said: Mapping[int, Sequence[int]], content: Words) -> bool:
    return any(not content[0] <= cue < content[1] for at in content for cue in said.get(at, ()))


def _signed(document: Document, lines: Lines) -> Iterator[Draft]:
    for first, last in lines.spans:
        if last - first - 2 < _SIGNED_WORDS or last >= len(lines.tokens) or lines.tokens[last].text not in _DASHES:
            continue
        end = _paragraph_end(document, lines, last - 1)
        name = _name(lines, last + 1, end)
        if name and (name[1] == end or not lines.tokens[name[1]].is_word):
            yield Draft(None, (name,), ((first, last),))


def _turns(document: Document, lines: Lines) -> Iterator[Draft]:
    labels = {at: name for at in range(len(document.paragraphs)) if (name := _label(document, lines, at))}
    spoken = Counter(tuple(lines.words[slice(*name)]) for name in labels.values())
    if len(labels) < _LABELS or len(spoken) < 2:
        return
    once = max(spoken.values()) < 2
    if once and not _are_people(document, lines, list(labels.values())):
        return
    longest = 1 if once else _TURN  # where nobody answers, headings stand between the turns
    places = sorted(labels)
    for at, following in zip(places, [*places[1:], places[-1] + 1], strict=True):
        name = labels[at]
        content = [
            part
            for number in range(at, min(following, at + longest))
            if (part := _words(document, lines, number, name[1] + 1 if number == at else 0))
        ]
        if content:
            yield Draft((name[1], name[1] + 1), (name,), tuple(content))


def _are_people(document: Document, lines: Lines, labels: Sequence[Words]) -> bool:
    """Are all labels in capitals, and most of them people's names? Then each may speak once."""
    people = {mention.start for entity in document.entities if entity.kind == "person" for mention in entity.mentions}
    shouted = all(
        lines.tokens[at].text.isupper() or not lines.tokens[at].is_word for label in labels for at in range(*label)
    )
    named = sum(any(lines.tokens[at].start in people for at in range(*label)) for label in labels)
    return shouted and 2 * named > len(labels)


def _label(document: Document, lines: Lines, at: int) -> Words | None:
    """The name before a colon that a paragraph begins with."""
    paragraph = document.paragraphs[at]
    sentences = document.sentences[paragraph.first : paragraph.last]
    if not sentences or sentences[0].part in ("headline", "boilerplate"):
        return None
    first, end = sentences[0].first, sentences[-1].last
    if not lines.tokens[first].is_word:
        first += 1
    name = _name(lines, first, end)
    return name if name and name[1] < end - 1 and lines.tokens[name[1]].text == ":" else None


def _words(document: Document, lines: Lines, at: int, start: int) -> Words | None:
    paragraph = document.paragraphs[at]
    sentences = document.sentences[paragraph.first : paragraph.last]
    told = [sentence for sentence in sentences if sentence.part != "boilerplate"]
    if not told:
        return None
    words = grammar.trim(lines, max(start, told[0].first), told[-1].last)
    return words if words[0] < words[1] else None


def _name(lines: Lines, first: int, end: int) -> Words | None:
    last = first
    while last < min(end, first + _NAME_TOKENS) and lines.tokens[last].text[0].isupper():
        last += 1
    return (first, last) if last > first else None


def _paragraph_end(document: Document, lines: Lines, at: int) -> int:
    paragraph = document.paragraphs[document.sentences[lines.tokens[at].sentence].paragraph]
    return document.sentences[paragraph.last - 1].last
