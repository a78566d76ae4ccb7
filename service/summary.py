"""What does an article do, at a glance? At most five sentences, each with links to the words it rests on.

Each kind of sentence is one of which blind readers held nine in ten; the others were made more careful or are not told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from models.report import Frame, Report, Span, Term
from service import figures
from service.clauses import Piece, SummaryLink, end, link, listed, place, tell
from service.findings import Findings, is_found
from service.summary_heard import tell_heard, tell_loudest, tell_unheard
from service.texts import TEXTS, say

OWN = ("opinion", "review", "satire")  # genres in which the author speaks, not the outlet
TOLD = ("label", "contempt", "contested", "violence")  # categories whose words hold often enough to be told first
UNUSUAL = 75  # of 100 articles that surely have fewer loaded words, before so many are told of
MAY_BE = 0.45  # strength from which a word that is not sure may be loaded after all
MAY_BE_BIASED = 0.75  # bias of a sentence, or how sure a reader would mark something in it, likewise
HEADLINE_MAY_BE = 0.6  # bias of a headline
SURE_FRAME = 0.97  # how sure a frame must be to be told first
SIDES = 2  # named in a sentence that shows a conflict
UNSURE_FRAMES = ("security",)  # of these too few lead, however sure they are
_APPOSITIONS = (", the ", ", a ", ", an ")


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence: what it is about (a key of [glance.label]), and plain text and links, in order."""

    about: str
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The sentence alone, where no link can be followed: words of the article in quotation marks."""
        return "".join(piece if isinstance(piece, str) else f"“{piece.text}”" for piece in self.pieces)


def summarise(report: Report, findings: Findings) -> list[Statement]:
    """What the outlet calls whom, who is heard and who gave no answer, and as what it is told."""
    if report.article.language != "en":
        return []
    found: dict[str, Sequence[Sequence[Piece]]] = {
        "words": [*_wording(report, findings)],
        "heard": [*tell_heard(report, findings)],
        "unheard": tell_unheard(report),
        "frame": [*_framed(report)],
    }
    found = {about: clauses for about, clauses in found.items() if clauses}
    found = found or {"heard": [*tell_loudest(report, findings)]}
    return [Statement(about, end(clauses)) for about, clauses in found.items() if clauses]


def _who(report: Report) -> str:
    return say(f"glance.who.{'author' if report.article.genre in OWN else 'outlet'}")


def _is_plain(report: Report) -> bool:
    """Is news without a word, label or sentence of its own that may be loaded? Of a column nobody asks that."""
    biased = ((one.bias or 0, one.start < report.article.title_end) for one in report.sentences)
    return (
        report.article.genre not in OWN
        and not any(term.strength >= MAY_BE and term.voice == "outlet" for term in report.vocabulary.terms)
        and not any(one.shown and one.tone == "negative" for entity in report.entities for one in entity.labels)
        and not any((one.strength or 0) >= MAY_BE_BIASED for one in report.sentences)
        and not any(bias >= (HEADLINE_MAY_BE if headline else MAY_BE_BIASED) for bias, headline in biased)
    )


def _wording(report: Report, findings: Findings) -> Iterator[Sequence[Piece]]:
    """What the outlet calls whom, in its own words, and how unusual so many of them are.

    Of words that no list has it tells nothing: half of those that the reader finds alone hold.
    """
    if _is_plain(report):
        yield tell("plain", [], who=_who(report))
    names, numbers = {entity.id: entity.name for entity in report.entities}, findings.numbers("term")
    calling: dict[str, list[tuple[int, Term]]] = {}
    writing: list[tuple[int, Term]] = []
    for at, term in _own(report, findings):
        whom = term.target if term.category == "label" and term.target in names else None
        if whom and _is_beside(term, whom, report):
            calling.setdefault(whom, []).append((at, term))
        else:  # whom other words are about is a click away: it holds too seldom to be told first
            writing.append((at, term))
    called = sorted(calling.items(), key=lambda pair: -len(pair[1]))
    clauses = [tell("calls", _words(terms, numbers), name=names[whom]) for whom, terms in called[:2]]
    told = [term.text.casefold() for _, terms in called[:2] for _, term in terms]
    further = [*writing, *(one for _, terms in called[2:] for one in terms)]
    if words := _words([one for one in further if not any(one[1].text.casefold() in word for word in told)], numbers):
        clauses.append(tell("writes", words))
    if clauses:
        yield [f"{_who(report)} ", *listed(clauses, last=", and "), *_rank(report)]


def _own(report: Report, findings: Findings) -> list[tuple[int, Term]]:
    """The loaded words that are surely the outlet's own, of the kinds that are told first."""
    numbers = findings.numbers("term")
    retold = [span for item in report.attribution.items for span in (item.content, *item.content_parts)]
    return [
        (at, term)
        for at, term in enumerate(report.vocabulary.terms)
        if term.shown and term.voice == "outlet" and term.category in TOLD and at in numbers and not is_found(term)
        if not _is_inside(term, retold) and not _is_introduced(term, report)
    ]


def _is_inside(term: Term, spans: Sequence[Span]) -> bool:
    """Does it stand in what somebody is told to say? Whose word it is there, nobody can tell."""
    return any(span.start <= term.start < span.end for span in spans)


def _is_introduced(term: Term, report: Report) -> bool:
    """Does a colon before it hand over to somebody else, in its sentence or at the end of the one before?"""
    text = report.article.text
    begin = max((one.start for one in report.sentences if one.start <= term.start), default=0)
    return term.start >= report.article.title_end and (
        ": " in text[begin : term.start] or text[:begin].rstrip().endswith(":")
    )


def _is_beside(term: Term, whom: str, report: Report) -> bool:
    """Does it stand at the name itself: the [tyrant] Oren Tal; Oren Tal, the [tyrant]?"""
    text = report.article.text
    mentions = (one for entity in report.entities if entity.id == whom for one in entity.mentions)
    return any(
        text[term.end : one.start] == " " if one.start >= term.end else text[one.end : term.start] in _APPOSITIONS
        for one in mentions
    )


def _words(terms: Iterable[tuple[int, Term]], numbers: dict[int | str, int]) -> list[SummaryLink]:
    """One link for each different word, the surest first; none for a word inside another one that is told."""
    different: dict[str, SummaryLink] = {}
    for at, term in sorted(terms, key=lambda pair: (-pair[1].strength, -len(pair[1].text))):
        word = term.text.casefold()
        if not any(word in other for other in different):
            different[word] = link(term, numbers[at])
    return list(different.values())


def _rank(report: Report) -> Iterator[str]:
    """How many articles have fewer such words, where chance leaves many; of a column too much is missed to say so."""
    surely = figures.surely_fewer(report)
    if report.article.genre not in OWN and surely is not None and surely >= UNUSUAL:
        yield say("glance.rank_more", reference=figures.name_compared(report), percentile=f"{min(99.0, surely):.0f}")


def _framed(report: Report) -> Iterator[Sequence[Piece]]:
    """As what the story is told, where one frame leads alone, and whether the body carries the headline."""
    if report.framing is None:
        return
    leading = [frame for frame in report.framing.frames if frame.level == 2]
    frame = leading[0] if len(leading) == 1 else None
    if frame and frame.evidence and frame.probability >= SURE_FRAME and frame.name not in UNSURE_FRAMES:
        yield tell("frame", [place(_show(frame, report))], lead=TEXTS["frame"][frame.name])
    headline = report.framing.order.headline if report.framing.order else None
    if headline and headline.evidence and headline.verdict in TEXTS["verdict"]:
        yield tell("headline", [place(headline.evidence)], verdict=TEXTS["verdict"][headline.verdict])


def _show(frame: Frame, report: Report) -> Span:
    """The sentence that shows a frame: the first one; of sides against each other the first one that names two."""
    if frame.name != "conflict":
        return frame.evidence[0]
    named = [
        sum(any(one.start <= at.start < one.end for at in entity.mentions) for entity in report.entities)
        for one in frame.evidence
    ]
    return frame.evidence[named.index(max(named, key=lambda names: min(names, SIDES)))]
