"""What does an article do, at a glance? At most five sentences, each with links to the words it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from models.report import EntityFinding, Report, Span, Term
from service import figures, sections
from service.findings import Findings, devices, is_found, overlap
from service.marks import name_place
from service.texts import TEXTS, say

EVIDENCE = 3  # links of one clause
WORDS = 9  # of the words of a sentence that a link quotes
TOLD = ("opinion_as_fact", "motive", "blame", "credit", "speculation")
OWN = ("opinion", "review", "satire")  # genres in which the author speaks, not the outlet
APART = ("doubt", "presupposition", "scare_quotes")  # no names for anybody or anything
_INNER = str.maketrans("“”", "‘’")
SURE_FRAME = 0.93  # how sure a frame must be to be told first
LEAD = 400  # characters behind the headline in which the story says whom it is about
NAMED = 5  # times that somebody is named before a reader waits for a word
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
    found: dict[str, Sequence[Sequence[Piece]]] = {
        "words": [*_wording(report, findings)],
        "told": _told(report, findings),
        "heard": [*_heard(report, findings)],
        "unheard": _unheard(report),
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


def _is_plain(report: Report, findings: Findings) -> bool:
    """Does news show no loaded word outside of quotations and no biased sentence? Of a column nobody asks that."""
    return (
        report.article.genre not in OWN
        and not any(term.shown and term.voice == "outlet" for term in report.vocabulary.terms)
        and not any(note.kind == "sentence" and note.sure for note in findings.notes)
    )


def _wording(report: Report, findings: Findings) -> Iterator[Sequence[Piece]]:
    """What the outlet calls whom, in its own words, and how unusual so many of them are.

    Of words that no list has it tells nothing: half of those that the reader finds alone hold.
    """
    names, numbers = {entity.id: entity.name for entity in report.entities}, findings.numbers("term")
    own, who = _own(report, findings), _who(report)
    if _is_plain(report, findings):
        yield _tell("plain", [], who=who)
    own = [(at, term) for at, term in own if not is_found(term)]
    if not own:
        return
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
    yield [f"{who} ", *_list(clauses, last=", and "), *_rank(report)]


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


def _number(things: Sequence[object]) -> str:
    """How many, as a word where it is one."""
    return dict(enumerate(say("glance.numbers").split(), 2)).get(len(things), f"{len(things):,}")


def _heard(report: Report, findings: Findings) -> Iterator[Sequence[Piece]]:
    """Who is quoted, most words first: of those only whom a quotation itself names. Or that nobody is."""
    if not report.attribution.items and not report.quotations:
        yield _tell("nobody", [])
    names = {entity.id: entity.name for entity in report.entities}
    numbers = findings.numbers("attribution")
    quoted: dict[str, tuple[int, SummaryLink]] = {}  # words given to each, and where the first of them stand
    for at, item in enumerate(report.attribution.items):
        name = names.get(item.speaker or "", "")
        if item.shown and item.kind == "direct" and at in numbers and item.source and _names(item.source.text, name):
            cue = item.cue if item.cue and any(sign.isalpha() for sign in item.cue.text) else None  # “:” says nothing
            said, link = quoted.get(name, (0, _link(cue or item.content, numbers[at])))
            quoted[name] = said + len(item.content.text), link
    most = sorted(quoted.items(), key=lambda pair: -pair[1][0])[:EVIDENCE]
    if most:
        told = [_tell("quoted", [link], name=name) for name, (_, link) in most]
        yield [*_list(told), f" {say('glance.quoted_one' if len(most) == 1 else 'glance.quoted_many')}"]


def _names(words: str, name: str) -> bool:
    """Is somebody called by a part of the name in these words?"""
    return not set(words.casefold().split()).isdisjoint(name.casefold().split())


def _unheard(report: Report) -> list[list[Piece]]:
    """Who is named often and never heard; who was asked."""
    said, names = report.attribution, {entity.id: entity.name for entity in report.entities}
    clauses = [
        _tell("silent", [_place(entity.mentions[0])], name=entity.name, mentions=len(sections.named(entity)))
        for entity in [one for one in sections.silent(report) if _is_missed(one, report)][:1]
    ]
    speak = {item.speaker for item in said.items if item.shown}
    for refusal in [one for one in said.no_reply if one.entity in names and one.entity not in speak][:2]:
        clauses.append(_tell("no_reply", [_place(refusal)], name=names[refusal.entity or ""]))
    return clauses


def _is_missed(entity: EntityFinding, report: Report) -> bool:
    """Is it a person, named often enough that a reader would wait for a word, and no part of any source?"""
    if entity.kind != "person" or len(sections.named(entity)) < NAMED or not (" " in entity.name or entity.labels):
        return False
    opening = report.article.title_end + LEAD
    if entity.mentions[0].start > opening:
        return False
    sources = [span for item in report.attribution.items if item.source for span in (item.source, *item.source_parts)]
    return not any(overlap(mention, source) for mention in entity.mentions for source in sources)


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
