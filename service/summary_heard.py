"""Who is heard, at a glance: whose words are quoted most, who of the accused has a word, who gave no answer?

Counted are the words in `quotations`, as they stand in the text; told of is only whom a source names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from models.report import AttributionItem, Cue, EntityFinding, NoReply, Report, Span
from service import sections
from service.clauses import EVIDENCE, Piece, SummaryLink, link, listed, place, tell
from service.findings import Findings
from service.texts import say

MOST = 0.6  # of the quoted words: surely more than anybody else has
NEARLY_ALL = 0.85
SPEECH = 5  # words that are more than a snippet
LOUDEST, SAID = 2, 12  # where no more is told: how many of those heard are named, and words that they say
ENOUGH = 15  # quoted words of which most is worth a word
_ACCUSES = (
    "accus",
    "indict",
    "sued",
    "sues",
    "suing",
    "lawsuit",
    "allegation",
    "complaint",
)
_ANSWERS = ("said", "says", "den", "reject", "dismiss", "maintain", "insist", "respond", "repl", "told", "tells")
_DENIES = frozenset(("not", "no", "never", "n’t", "without", "nor"))
_NEAR = 6  # words before an accusation that may deny it
_LINKS = frozenset(("of", "to", "for", "with", "at", "in", "from", "by", "on", "and", "or"))
_BETWEEN = 3  # words between a name and that it gave no answer


def tell_heard(report: Report, findings: Findings) -> Iterator[Sequence[Piece]]:
    """Whose words are quoted most, and who is accused and has a word of their own. Or that nobody is heard."""
    if not report.attribution.items and not report.quotations:
        yield tell("nobody", [])
    yield from _quoted(report, findings)
    yield from _answered(report, findings)


def _quoted(report: Report, findings: Findings) -> Iterator[Sequence[Piece]]:
    words = _count_words(report)
    total = sum(words.values())
    names = {entity.id: entity.name for entity in report.entities}
    said = {speaker: one for speaker in words if speaker and (one := _said(report, findings, speaker, names[speaker]))}
    by_most = [one for one, _ in words.most_common() if one in said and not _is_half(names[one], said, names)]
    if any(words[one] >= MOST * total for one in words if one not in said):
        return  # it would leave out who speaks most
    told = [tell("quoted", [said[speaker]], name=names[speaker]) for speaker in by_most[:EVIDENCE]]
    if told and total >= ENOUGH and words[by_most[0]] >= MOST * total:
        yield [f"{say('glance.quoted_most')} ", *told[0]]
        if told[1:]:
            yield [*listed(told[1:]), f" {say('glance.quoted_too' if len(told) == 2 else 'glance.quoted_too_many')}"]
    elif len(told) > 1:
        all_of_them = len(by_most) == len(told) and sum(words[one] for one in by_most) >= NEARLY_ALL * total
        yield (
            [*listed(told), f" {say('glance.quoted_many')}"]
            if all_of_them
            else [f"{say('glance.quoted_among')} ", *listed(told)]
        )


def _is_half(name: str, said: Iterable[str], names: Mapping[str, str]) -> bool:
    """Is it a part of the name of somebody else who is quoted, and so may be the same person?"""
    words = set(name.split())
    return any(words < set(names[one].split()) for one in said)


def _count_words(report: Report) -> Counter[str | None]:
    """Quoted words by speaker: under None whose speaker the text does not name, or is nobody the report knows."""
    known = {entity.id for entity in report.entities}
    words: Counter[str | None] = Counter()
    for one in report.quotations or ():
        speaker = one.speaker if one.speaker in known else None
        words[speaker] += len(report.article.text[one.start : one.end].split())
    return words


def _said(report: Report, findings: Findings, speaker: str, name: str) -> SummaryLink | None:
    """The first quotation below the headline of somebody whom a source somewhere calls by a part of the name."""
    numbers = findings.numbers("attribution")
    items = [(at, item) for at, item in enumerate(report.attribution.items) if item.shown and item.speaker == speaker]
    if not any(item.source and _names(item.source.text, name) for _, item in items):
        return None
    for at, item in items:
        cue = _cue(item)
        if cue and item.kind == "direct" and at in numbers and _is_quoted(item, report):
            return link(cue, numbers[at])
    return None


def _cue(item: AttributionItem) -> Cue | None:
    """The words that say that somebody speaks; none where it is a sign: “:” says nothing. Of “said to” it is “said”."""
    cue = item.cue
    if cue and cue.text.endswith(" to") and not cue.text.casefold().startswith("according"):
        cue = cue.model_copy(update={"end": cue.end - len(" to"), "text": cue.text.removesuffix(" to")})
    return cue if cue and any(sign.isalpha() for sign in cue.text) else None


def _is_quoted(item: AttributionItem, report: Report) -> bool:
    """Do its words stand in a quotation, below the headline, and are they more than a snippet?"""
    return any(
        one.start < part.end
        and part.start < one.end
        and one.start >= report.article.title_end
        and len(part.text.split()) >= SPEECH
        for part in (item.content, *item.content_parts)
        for one in report.quotations or ()
    )


def _names(words: str, name: str) -> bool:
    """Is somebody called by a part of the name in these words?"""
    return not set(words.casefold().split()).isdisjoint(name.casefold().split())


def tell_loudest(report: Report, findings: Findings) -> Iterator[Sequence[Piece]]:
    """Among whom is heard most, of those whom a source names? For a report that has nothing surer to tell."""
    names, notes = {entity.id: entity.name for entity in report.entities}, findings.numbers("attribution")
    said, called, told = Counter[str](), set[str](), dict[str, tuple[int, Sequence[Piece]]]()
    for at, item in enumerate(report.attribution.items):
        who = item.speaker or ""
        if item.shown and item.source and who in names and at in notes:
            said[who] += sum(len(part.text.split()) for part in (item.content, *item.content_parts))
            called |= {who} if _names(item.source.text, names[who]) else set()
            cue, size = _cue(item), len(item.content.text)
            if cue and (who not in told or told[who][0] < size):
                told[who] = size, tell("quoted", [link(cue, notes[at])], name=names[who])
    loudest = [who for who, words in said.most_common() if words >= SAID and who in called and who in told]
    loudest = [who for who in loudest if not _is_half(names[who], loudest, names)]
    if loudest:
        yield [f"{say('glance.heard_among')} ", *listed([told[who][1] for who in loudest[:LOUDEST]])]


# -- the accused, and who gave no answer -------------------------------------------------------------------------------


def _answered(report: Report, findings: Findings) -> Iterator[Sequence[Piece]]:
    """Who is accused, in so many words, and has a word of their own afterwards."""
    numbers, names = findings.numbers("attribution"), {entity.id: entity.name for entity in report.entities}
    for member in report.attribution.cast:
        if member.speaker not in names or member.accused is None or not _is_accused(member.accused, report):
            continue
        items = (
            (at, item)
            for at, item in enumerate(report.attribution.items)
            if item.shown and item.speaker == member.speaker and at in numbers and item.cue and _says(item)
        )
        answer = next(((at, item.cue) for at, item in items if item.content.start >= member.accused.end), None)
        if answer and answer[1]:
            said = link(answer[1], numbers[answer[0]])
            yield tell("answered", [place(member.accused)], name=names[member.speaker]) + tell("answer", [said])
            return


def _says(item: AttributionItem) -> bool:
    """Is it an answer, quoted or in a word that says so?"""
    return item.kind == "direct" or bool(item.cue and item.cue.text.casefold().startswith(_ANSWERS))


def _is_accused(accused: Span, report: Report) -> bool:
    """Do words say so that are no mere criticism, and does nothing before them deny it?"""
    before = report.article.text[: accused.start].rpartition("\n")[2].casefold().split()[-_NEAR:]
    words = accused.text.casefold().split()
    denied = any(word in _DENIES or word.endswith(("n't", "n’t")) for word in before)
    return not denied and any(word.startswith(_ACCUSES) for word in words)


def tell_unheard(report: Report) -> list[Sequence[Piece]]:
    """Who was asked and gave no answer."""
    known = {entity.id: entity for entity in report.entities}
    speak = {item.speaker for item in report.attribution.items if item.shown}
    told = [
        (entity, one)
        for one in report.attribution.no_reply
        if (entity := known.get(one.entity or "")) and entity.id not in speak and _is_theirs(one, entity, report)
    ]
    return [tell("no_reply", [place(one)], name=entity.name) for entity, one in told[:2]]


def _is_theirs(refusal: NoReply, entity: EntityFinding, report: Report) -> bool:
    """Does the name itself stand before it: no aide of somebody's, and nobody close to them?"""
    text = report.article.text
    for mention in sections.named(entity):
        between = text[mention.end : refusal.start]
        if mention.end > refusal.start or len(between.split()) > _BETWEEN or between.startswith(("'", "’", "-")):
            continue
        before = [word for word in text[: mention.start].split()[-4:] if word[:1].islower() and word != "the"]
        return not before or before[-1].casefold() not in _LINKS
    return False
