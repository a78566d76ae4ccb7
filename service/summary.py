"""What does an article do, at a glance? At most five sentences, each with links to the words it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from models.report import Report, SourceSummary, Span, Term
from service import figures, sections
from service.figures import percent
from service.findings import Findings, devices
from service.marks import name_place
from service.texts import TEXTS, say

EVIDENCE = 3  # links of one clause
WORDS = 9  # of the words of a sentence that a link quotes
TOLD = ("opinion_as_fact", "motive", "blame", "credit", "speculation")
OWN = ("opinion", "review", "satire")  # genres in which the author speaks, not the outlet
APART = ("doubt", "presupposition", "scare_quotes")  # no names for anybody or anything
BEGINNERS = ("The", "A", "An", "Some", "Many", "Several", "His", "Her", "Their", "Its", "Our")
_INNER = str.maketrans("“”", "‘’")
SURE_FRAME = 0.8  # how sure a frame must be to be told first
MIDDLE = (40, 60)  # percentiles between which a rate is nothing unusual


@dataclass(frozen=True, slots=True)
class SummaryLink:
    """Some words of the article and the anchor that leads to them."""

    text: str
    anchor: str


Piece = str | SummaryLink


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
    """Who is called what, what has no source, who is heard and who not, and as what it is told."""
    if report.article.language != "en":
        return []
    unsaid = _told(report, findings), _unheard(report)
    quiet = report.framing is not None and not any((*unsaid, _own(report, findings), report.attribution.unheard))
    found: dict[str, Sequence[Sequence[Piece]]] = {
        "quiet": [_tell("quiet", [], who=_who(report).lower())] if quiet else [],
        "words": [] if quiet else [_wording(report, findings)],
        "told": [] if quiet else unsaid[0] or [*_none_told(report)],
        "heard": [*_heard(report, findings)],
        "unheard": unsaid[1] or [*_all_heard(report)],
        "frame": [*_framed(report)],
    }
    return [Statement(about, _end(clauses)) for about, clauses in found.items() if clauses]


def _who(report: Report) -> str:
    return say(f"glance.who.{'author' if report.article.genre in OWN else 'outlet'}")


def _own(report: Report, findings: Findings) -> list[tuple[int, Term]]:
    """The loaded words that are surely the outlet's own."""
    numbers = findings.numbers("term")
    retold = [span for item in report.attribution.items for span in (item.content, *item.content_parts)]
    return [
        (at, term)
        for at, term in enumerate(report.vocabulary.terms)
        if term.shown and term.voice == "outlet" and at in numbers and not _is_inside(term, retold)
    ]


def _wording(report: Report, findings: Findings) -> Sequence[Piece]:
    """What the outlet calls whom, in its own words, and how unusual so many of them are."""
    names, numbers = {entity.id: entity.name for entity in report.entities}, findings.numbers("term")
    own, who = _own(report, findings), _who(report)
    if not own:
        return _tell("plain", [], who=who)
    naming: dict[str, list[tuple[int, Term]]] = {}
    writing: list[tuple[int, Term]] = []
    for at, term in own:
        if term.category in APART:
            continue
        if term.target in names and term.category == "label":
            naming.setdefault(term.target or "", []).append((at, term))
        else:  # whom other words are about is a click away: it holds too seldom to be told first
            writing.append((at, term))
    named = sorted(naming.items(), key=lambda pair: -len(pair[1]))
    clauses = [_tell("calls", _words(terms, numbers), name=names[target]) for target, terms in named[:2]]
    rest = [one for _, terms in named[2:] for one in terms]
    if words := _words([*writing, *rest], numbers):
        clauses.append(_tell("writes", words))
    if not clauses:  # nothing but hedges and words held at a distance
        clauses.append(_tell("writes", _words(own, numbers)))
    return [f"{who} ", *_list(clauses, last=", and "), *_rank(report)]


def _rank(report: Report) -> Iterator[str]:
    rates = report.vocabulary.rates
    if rates is None or rates.outlet.percentile is None:
        return
    low, high = MIDDLE
    at = min(99.0, max(1.0, rates.outlet.percentile))  # nothing is more than all
    reference = figures.name_compared(report)
    if low <= at <= high:
        yield say("glance.rank_middle", reference=reference)
    elif at > high:
        yield say("glance.rank_more", reference=reference, percentile=f"{at:.0f}")
    else:
        yield say("glance.rank_less", reference=reference, percentile=f"{100 - at:.0f}")


def _told(report: Report, findings: Findings) -> list[list[Piece]]:
    """What is told as fact with no source behind it, and what rests on nobody in particular."""
    clauses = []
    numbers = findings.numbers("device")
    told = [
        (at, device)
        for at, device in enumerate(devices(report))
        if device.shown and device.voice == "outlet" and at in numbers
    ]
    things = [_link(device, numbers[at]) for kind in TOLD for at, device in told if device.kind == kind]
    if things:
        number = "One thing is" if len(things) == 1 else f"{_number(things)} things are"
        clauses.append(_tell("told", things, things=number))
    claims = [_link(device, numbers[at]) for at, device in told if device.kind == "vague_source"]
    if claims:
        number = "one claim rests on" if len(claims) == 1 else f"{_number(claims)} claims rest on"
        clauses.append(_tell("vague", claims, claims=number))
    return clauses


def _none_told(report: Report) -> Iterator[list[Piece]]:
    """That no claim without a source was found, where they were looked for."""
    if report.framing is not None:
        yield _tell("none_told", [])


def _number(things: Sequence[object]) -> str:
    """How many, as a word where it is one."""
    return dict(enumerate(say("glance.numbers").split(), 2)).get(len(things), f"{len(things):,}")


def _heard(report: Report, findings: Findings) -> Iterator[Sequence[Piece]]:
    """Who speaks first and last, or alone."""
    sources = [source for source in sections.heard(report) if source.source_type != "vague"]
    numbers = findings.numbers("attribution")
    if not sources:
        yield _tell("nobody", [])
        return
    first, last = _find_end(sources, "has_first_word"), _find_end(sources, "has_last_word")
    if len(sources) == 1:
        yield _tell(
            "only",
            _cues(report, sources[0], numbers),
            name=_within(sources[0].name),
            share=percent(sources[0].share),
        )
    elif first and first is last:
        yield _tell("both_ends", _cues(report, first, numbers, ends=True), name=_within(first.name))
    elif first and last:
        links = [*_cues(report, first, numbers)[:1], *_cues(report, last, numbers)[-1:]]
        yield _tell("ends", links, name=_within(first.name), last=_within(last.name))
    else:
        links = _cues(report, sources[0], numbers)
        yield _tell("most", links, name=_within(sources[0].name), share=percent(sources[0].share), n=len(sources))


def _within(name: str) -> str:
    """A name inside a sentence: what begins with “The” began one in the text, and “she” names nobody."""
    if name.casefold() in say("glance.pronouns").split():
        return say("glance.nameless", name=name.lower())
    first = name.split(maxsplit=1)[0] if name else ""
    return name[0].lower() + name[1:] if first in BEGINNERS else name


def _find_end(sources: Iterable[SourceSummary], which: str) -> SourceSummary | None:
    return next((source for source in sources if getattr(source, which)), None)


def _cues(
    report: Report, source: SourceSummary, numbers: dict[int | str, int], *, ends: bool = False
) -> list[SummaryLink]:
    """The words that introduce a source, each once and with its link; with `ends` the first and the last."""
    items, found = report.attribution.items, list[SummaryLink]()
    for at in (at for at in source.items if at in numbers):
        cue = items[at].cue
        words = cue if cue and any(sign.isalpha() for sign in cue.text) else items[at].content  # “:” says nothing
        if ends or words.text not in [link.text for link in found]:
            found.append(_link(words, numbers[at]))
    return [found[0], found[-1]] if ends and len(found) > 1 else found


def _unheard(report: Report) -> list[list[Piece]]:
    """Who is named often and never heard; who was asked."""
    said, names = report.attribution, {entity.id: entity.name for entity in report.entities}
    clauses = [
        _tell("silent", [_place(entity.mentions[0])], name=entity.name, mentions=len(entity.mentions))
        for entity in [one for one in sections.silent(report) if one.kind == "person"][:1]
    ]
    for refusal in [one for one in said.no_reply if one.entity in names][:2]:
        clauses.append(_tell("no_reply", [_place(refusal)], name=names[refusal.entity or ""]))
    return clauses


def _all_heard(report: Report) -> Iterator[list[Piece]]:
    """That everybody who is accused has words of their own, where somebody is."""
    accused = [_place(one.accused) for one in report.attribution.cast if one.accused]
    if accused and not report.attribution.unheard:
        yield _tell("all_heard", accused)


def _framed(report: Report) -> Iterator[Sequence[Piece]]:
    """As what the story is told, and whether the body carries the headline."""
    if report.framing is None:
        return
    sure = [
        frame for frame in report.framing.frames if frame.level and frame.evidence and frame.probability >= SURE_FRAME
    ]
    for frame in sorted(sure, key=lambda frame: (-frame.level, -frame.probability))[:1]:
        key = "frame" if frame.level == 2 else "frame_present"
        yield _tell(key, [_place(frame.evidence[0])], lead=TEXTS["frame"][frame.name])
    headline = report.framing.order.headline if report.framing.order else None
    if headline and headline.evidence and headline.verdict in TEXTS["verdict"]:
        yield _tell("headline", [_place(headline.evidence)], verdict=TEXTS["verdict"][headline.verdict])


def _is_inside(term: Term, spans: Sequence[Span]) -> bool:
    """Does it stand in what somebody is told to say? Whose word it is there, nobody can tell."""
    return any(span.start <= term.start < span.end for span in spans)


def _words(terms: Iterable[tuple[int, Term]], numbers: dict[int | str, int]) -> list[SummaryLink]:
    """One link for each different word, the surest first; none for a word inside another one that is told."""
    different: dict[str, SummaryLink] = {}
    for at, term in sorted(terms, key=lambda pair: (-pair[1].strength, -len(pair[1].text))):
        word = term.text.casefold()
        if not any(word in other for other in different):
            different[word] = _link(term, numbers[at])
    return list(different.values())


def _link(span: Span, note: int) -> SummaryLink:
    return SummaryLink(cut(span.text), f"m{note}")


def _place(span: Span) -> SummaryLink:
    return SummaryLink(cut(span.text), name_place(span))


def cut(text: str) -> str:
    """The first words of a stretch, in one line, as they stand inside quotation marks."""
    words = text.translate(_INNER).split()
    return " ".join(words) if len(words) <= WORDS + 2 else " ".join(words[:WORDS]) + " …"


def _tell(key: str, evidence: Sequence[SummaryLink], **facts: object) -> list[Piece]:
    """Fill in a text of [glance] and put links where its evidence goes."""
    before, _, after = say(f"glance.{key}", evidence="\0", **facts).partition("\0")
    return [piece for piece in (before, *_list([[link] for link in evidence[:EVIDENCE]]), after) if piece]


def _list(clauses: Sequence[Sequence[Piece]], last: str = " and ") -> list[Piece]:
    """Clauses after one another, with commas and `last` before the last one."""
    listed: list[Piece] = []
    for at, clause in enumerate(clauses):
        between = "" if not at else last if at == len(clauses) - 1 else ", "
        listed += [between, *clause] if between else clause
    return listed


def _end(clauses: Sequence[Sequence[Piece]]) -> tuple[Piece, ...]:
    """Clauses as one sentence: a capital first, a full stop last, plain text in one piece."""
    pieces: list[Piece] = []
    for at, clause in enumerate(clauses):
        for piece in ["; ", *clause] if at else clause:
            if isinstance(piece, str) and pieces and isinstance(pieces[-1], str):
                pieces[-1] += piece
            else:
                pieces.append(piece)
    if pieces and isinstance(pieces[0], str):
        pieces[0] = pieces[0][:1].upper() + pieces[0][1:]
    if pieces and isinstance(pieces[-1], str):
        pieces[-1] += "."
        return tuple(pieces)
    return (*pieces, ".")
