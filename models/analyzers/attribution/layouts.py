"""Attribution by layout: turns under a label, signed quotations, posts, and words that a line with a colon leads in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ...document.parts import Document, Entity, Place, Quotation, fold
from ...document.voices.layout import words as listed
from . import cues, grammar
from .grammar import Draft, Lines, Words
from .speakers import Mentions

_OUTLET = 5  # tokens of an outlet's name
_FROM = frozenset(("from", "by"))


@dataclass(frozen=True, slots=True)
class Laid:
    """A quotation whose speaker the layout tells."""

    draft: Draft
    quotation: Quotation
    span: Words
    lead: Words | None  # the tokens that lead it in


def propose(document: Document, lines: Lines) -> list[Laid]:
    """Who is given words by the way the page is set? “We are ready.” — Ann Lee, and LEE: We are ready."""
    return list(_propose(document, lines))


def _propose(document: Document, lines: Lines) -> Iterator[Laid]:
    mentions = Mentions(document)
    for span, quotation in zip(lines.spans, lines.quotations, strict=True):
        content = span if _in_marks(lines, span) else _trim(lines, span)
        if content[0] >= content[1]:
            continue
        if quotation.label:
            label = _words(document, quotation.label)
            name = _words(document, quotation.signer) if quotation.signer else (label[0], max(label[0], label[1] - 1))
            cue = (label[1] - 1, label[1]) if label[0] < label[1] else None
            yield Laid(Draft(cue, (name,) if name[0] < name[1] else (), (content,)), quotation, span, None)
        elif quotation.signer:
            signer = _with_outlet(document, lines, _words(document, quotation.signer))
            yield Laid(Draft(None, (signer,), (content,)), quotation, span, None)
        elif quotation.lead:
            lead = _last_sentence(lines, _words(document, quotation.lead))
            cue, source = _leader(document, lines, mentions, lead)
            yield Laid(Draft(cue, (source,) if source else (), (content,)), quotation, span, lead)
        elif quotation.form != "marks":
            yield Laid(Draft(None, (), (content,)), quotation, span, None)


def _with_outlet(document: Document, lines: Lines, signer: Words) -> Words:
    """A signature with the outlet behind its comma, to the end of the line: — Ann Lee, Harbour Post."""
    first, last = signer
    breaks = document.text.find("\n", lines.tokens[last - 1].end)
    end = last
    while end < len(lines.tokens) and (breaks < 0 or lines.tokens[end].start < breaks):
        end += 1
    words = lines.tokens[last + 1 : end]
    outlet = 0 < len(words) <= _OUTLET and all(word.text[0].isupper() for word in words)
    return (first, end) if outlet and lines.words[last] == "," else signer


def _in_marks(lines: Lines, span: Words) -> bool:
    return lines.words[span[0]] in grammar.MARKS and lines.words[span[1] - 1] in grammar.MARKS


def _trim(lines: Lines, span: Words) -> Words:
    """Without the signs at its ends: what stands in no marks has no stop of its own."""
    first, last = span
    while last > first and not lines.tokens[last - 1].is_word and lines.words[last - 1] not in grammar.MARKS:
        last -= 1
    return first, last


def _words(document: Document, place: Place) -> Words:
    found = document.tokens_in(*place)
    return found.start, found.stop


def _last_sentence(lines: Lines, lead: Words) -> Words:
    sentence = lines.tokens[lead[1] - 1].sentence
    first = lead[1] - 1
    while first > lead[0] and lines.tokens[first - 1].sentence == sentence:
        first -= 1
    return first, lead[1]


def _leader(document: Document, lines: Lines, mentions: Mentions, lead: Words) -> tuple[Words | None, Words | None]:
    """By which verb, and who, does this line lead in? Hale wrote:, Werner's answer:, and from Chairwoman Werner:"""
    start, end = lead
    for at in range(end - 1, start - 1, -1):
        if lines.quoted[at] >= 0:
            continue
        word, tag = lines.words[at], lines.tokens[at].tag
        found = cues.load().at(lines.words, at, end) if tag.startswith("VB") or word in listed("leads") else None
        noun = at > start and lines.tokens[at - 1].tag in ("DT", "PRP$", "POS", "JJ", "VBG")  # the following comment
        if (found or (word in listed("leads") and tag.startswith("VB"))) and not noun:
            source = grammar.subject(lines, at)
            if source:
                return (grammar.verb_group(lines, at, start), found[0] if found else at + 1), source
        if word in listed("spoken") and at > start and lines.tokens[at - 1].tag in ("POS", "PRP$"):
            owner = lines.syntax.heads[at - 1] if lines.tokens[at - 1].tag == "POS" else at
            cue = (at, at + 1) if cues.load().at(lines.words, at, end) else None
            return cue, (grammar.phrase(lines, owner)[0], at - 1) if start <= owner < at - 1 else (at - 1, at)
        if word in _FROM and lines.syntax.relations[at] == "case" and grammar.trim(lines, at + 1, end)[1] > at + 1:
            return None, grammar.trim(lines, at + 1, end)
    named = mentions.inside(lines.tokens[start].start, lines.tokens[end - 1].end)
    first = next((mention for mention, entity in named if entity.kind == "person"), None)
    return None, _words(document, (first.start, first.end)) if first else None


def join(document: Document, drafts: Sequence[Draft], laid_out: Sequence[Laid]) -> list[Draft]:
    """All drafts, those by layout in the place of others that share their label or say the same words."""
    labels = [_words(document, label) for label in document.own_labels]
    labels += [_words(document, laid.quotation.label) for laid in laid_out if laid.quotation.label]
    taken = {at for first, last in labels for at in range(first, last)}
    by_token = {at: number for number, laid in enumerate(laid_out) for at in range(*laid.span)}
    led: dict[int, Draft] = {}  # drafts of others whose cue leads a quotation in, or stands behind it
    verbs: dict[int, Words] = {}  # the cues of those that have the source that we have
    leading = {  # tokens that lead a block quote in: it is what is said there, and they are not
        at for laid in laid_out if laid.lead and laid.quotation.form != "marks" for at in range(*laid.lead)
    }
    kept = []
    for draft in drafts:
        if draft.cue and any(at in taken for at in range(*draft.cue)):
            continue
        if draft.cue and draft.cue[0] in leading and all(last - 1 in leading for _, last in draft.content):
            continue
        number = next((by_token[first] for first, _ in draft.content if first in by_token), None)
        if number is None or (draft.cue is not None and by_token.get(draft.cue[0]) == number):
            kept.append(draft)
            continue
        lead, ours = laid_out[number].lead, laid_out[number].draft
        if draft.cue and draft.source and ours.source and _within(draft.source[0], ours.source) and not ours.cue:
            verbs.setdefault(number, draft.cue)  # — We will stay, — said Hale
        if not lead or not draft.cue or not draft.source:
            continue
        if laid_out[number].quotation.form == "marks":
            kept.append(draft)
            led.setdefault(number, draft)
        elif lead[0] <= draft.cue[0] < lead[1] and not _within(draft.source[0], draft.content):
            led.setdefault(number, draft)
    for number, laid in enumerate(laid_out):
        if number not in led:
            kept.append(replace(laid.draft, cue=laid.draft.cue or verbs.get(number)))
        elif laid.quotation.form != "marks":
            kept.append(replace(led[number], content=laid.draft.content))
    return [draft for draft in kept if draft.source or draft.cue or draft.content]


def _within(part: Words, contents: Sequence[Words]) -> bool:
    return any(first <= part[0] and part[1] <= last for first, last in contents)


def speakers(document: Document, laid_out: Sequence[Laid]) -> Mapping[int, Entity]:
    """Who speaks where a label or a signature alone tells it, by the first token of what is said."""
    mentions = Mentions(document)
    by_last_name: dict[str, list[Entity]] = {}
    for entity in document.entities:
        if entity.kind == "person":
            by_last_name.setdefault(fold(entity.name).split()[-1], []).append(entity)
    answering = _interviewed(document, laid_out)
    found: dict[int, Entity] = {}
    for laid in laid_out:
        signer = laid.quotation.signer
        who = _named(document, mentions, by_last_name, signer) if signer else None
        if signer is None and laid.quotation.form == "turn":
            who = answering
        if who:
            found[laid.draft.content[0][0]] = who
    return found


def _named(
    document: Document, mentions: Mentions, by_last_name: Mapping[str, Sequence[Entity]], place: Place
) -> Entity | None:
    """The entity that a signature mentions, or whose last name, or handle, it is."""
    for mention, entity in mentions.inside(*place):
        if mention.end <= place[1] and mention.form == "name":
            return entity
    name = fold(document.text[slice(*place)])
    if name.startswith("@"):
        fitting = [one for last, people in by_last_name.items() if name.endswith(last) for one in people]
    else:
        fitting = list(by_last_name.get(name.split()[-1], ())) if name.split() else []
    return fitting[0] if len(fitting) == 1 else None


def _interviewed(document: Document, laid_out: Sequence[Laid]) -> Entity | None:
    """Whom the introduction of an interview is about: of the people named in it, the one named most."""
    begin = min((laid.quotation.label[0] for laid in laid_out if laid.quotation.label), default=0)
    best: tuple[int, Entity] | None = None
    for entity in document.entities:
        count = sum(mention.start < begin for mention in entity.mentions) if entity.kind == "person" else 0
        if count > (best[0] if best else 0):
            best = count, entity
    return best[1] if best else None
