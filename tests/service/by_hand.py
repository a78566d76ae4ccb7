"""A report made by hand, with a finding of every kind: what the pages must be able to show."""

from __future__ import annotations

import hashlib
from typing import Any

from models.report import (
    Act,
    Agency,
    ArcPoint,
    ArticleFacts,
    Attribution,
    AttributionItem,
    Because,
    CastMember,
    Cue,
    Device,
    EntityFinding,
    Frame,
    Framing,
    Headline,
    Label,
    MentionFinding,
    Note,
    Order,
    Party,
    Provenance,
    QuotationFinding,
    Report,
    SentenceFinding,
    Sentiment,
    SourceSummary,
    Span,
    Term,
    TonePoint,
    Unheard,
    VagueMarker,
    VerbUse,
    Vocabulary,
    VocabularyRates,
    VoiceRate,
)

TITLE = "Tyrant of Veldmark signs “miracle” pact"
BODY = """Marshal Oren Tal, the ruthless tyrant of Veldmark, signed a pact on Monday that many believe will not last. \
His regime gave no details.

“This is a glorious day for our brave people,” Tal said. “The enemies of Veldmark have been crushed,” he boasted \
later, while the so-called “free press” applauded.

The treaty was described by Foreign Minister Lena Corvin as “a fair beginning”. She claimed that prisoners would go \
home by June. The Northern Union, which paid for the talks, was reportedly not asked.

Aid workers say that 40,000 people have left the border towns. Corvin praised them as heroes. Follow the Plain Gazette \
for more.

The pact enters into force in ten days."""
TEXT = f"{TITLE}\n\n{BODY}"


def place(words: str, nth: int = 0) -> dict[str, Any]:
    """Where the words stand for the nth time."""
    at = -1
    for _ in range(nth + 1):
        at = TEXT.index(words, at + 1)
    return {"start": at, "end": at + len(words), "text": words}


def _term(words: str, category: str, tone: str, nth: int = 0, **more: Any) -> Term:
    facts = {
        "rule": f"{category}.{words.split(maxsplit=1)[0].lower()}",
        "strength": 0.9,
        "voice": "outlet",
        "target": None,
        "alternatives": [],
        "note": "It judges where a plain word would name.",
    }
    return Term.model_validate(place(words, nth) | facts | {"category": category, "tone": tone} | more)


def _item(
    kind: str, source: str | None, cue: tuple[str, str, str] | None, content: str, **more: Any
) -> AttributionItem:
    return AttributionItem(
        kind=kind,  # type: ignore[arg-type]
        source=Span(**place(source)) if source else None,
        cue=Cue(**place(cue[0]), lemma=cue[1], stance=cue[2]) if cue else None,  # type: ignore[arg-type]
        content=Span(**place(content)),
        speaker=more.get("speaker"),
        source_type=more.get("source_type", "named"),
    )


def _mention(words: str, nth: int, polarity: int, voice: str = "outlet") -> MentionFinding:
    return MentionFinding.model_validate(place(words, nth) | {"polarity": polarity, "sure": 0.8, "voice": voice})


def build_report(**changes: Any) -> Report:
    """The report, with some of its fields replaced."""
    sentences, at = [], 0
    for line in TEXT.split("\n"):
        if line:
            for piece in line.replace(". ", ".\0").replace("” “", "”\0“").split("\0"):
                start = TEXT.index(piece, at)
                at = start + len(piece)
                part = "headline" if start == 0 else "boilerplate" if piece.startswith("Follow") else "body"
                biased = piece.startswith(("Marshal", "Tyrant"))
                because = [Because(**place("tyrant"), weight=1.31), Because(**place("Monday"), weight=-0.22)]
                sentences.append(
                    SentenceFinding(
                        start=start, end=at, part=part, bias=0.81 if biased else 0.2, polarity=-0.2, subjectivity=0.4,
                        because=because if piece.startswith("Marshal") else [],
                    )
                )  # fmt: skip
    terms = [
        _term("Tyrant", "label", "negative", target="e1", alternatives=["leader", "ruler"]),
        _term("miracle", "scare_quotes", "negative", strength=0.7),
        _term("ruthless tyrant", "label", "negative", target="e1", alternatives=["ruler"]),
        _term("tyrant", "label", "negative", target="e1", alternatives=["ruler"]),
        _term("regime", "label", "negative", target="e1", alternatives=["government"]),
        _term("glorious", "praise", "positive", voice="quoted"),
        _term("brave", "praise", "positive", voice="quoted"),
        _term("crushed", "violence", "negative", voice="quoted"),
        _term("so-called “free press”", "scare_quotes", "negative", target=None),
        _term("heroes", "praise", "positive", strength=0.64),
    ]
    items = [
        _item("direct", "Tal", ("said", "say", "neutral"), "“This is a glorious day for our brave people,”",
              speaker="e1"),
        _item("direct", None, ("boasted", "boast", "emotive"), "“The enemies of Veldmark have been crushed,”",
              speaker="e1"),
        _item("mixed", "Foreign Minister Lena Corvin", ("described", "describe", "neutral"), "“a fair beginning”",
              speaker="e2"),
        _item("indirect", "She", ("claimed", "claim", "doubting"), "that prisoners would go home by June",
              speaker="e2"),
        _item("indirect", "Aid workers", ("say", "say", "neutral"), "that 40,000 people have left the border towns",
              source_type="unnamed"),
    ]  # fmt: skip
    entities = [
        EntityFinding(
            id="e1", name="Oren Tal", kind="person",
            mentions=[_mention("Oren Tal", 0, -1), _mention("His", 0, -1), _mention("Tal", 1, 1, "quoted"),
                      _mention("he", 5, 0)],
            labels=[Label(**place("Tyrant"), tone="negative"), Label(**place("Marshal"), tone="neutral")],
            portrayal=-0.67, portrayal_mentions=3,
            agency=Agency(acts=0.5, acted_on=0.1, speaks=0.3, mentions=4),
        ),
        EntityFinding(
            id="e2", name="Lena Corvin", kind="person",
            mentions=[_mention("Lena Corvin", 0, 0), _mention("Corvin praised", 0, 1)],
            labels=[Label(**place("Foreign Minister"), tone="neutral")],
            portrayal=None, portrayal_mentions=2, agency=None,
        ),
        EntityFinding(
            id="e3", name="Northern Union", kind="organization",
            mentions=[_mention("Northern Union", 0, -1), _mention("which", 0, 0), _mention("border towns", 0, 0)],
            labels=[], portrayal=None, portrayal_mentions=1, agency=None,
        ),
    ]  # fmt: skip

    def source(
        name: str, speaker: str | None, kind: str, items: list[int], words: int, *verbs: VerbUse
    ) -> SourceSummary:
        return SourceSummary(
            name=name, speaker=speaker, source_type=kind, items=items, count=len(items), words=words,  # type: ignore[arg-type]
            share=words / 120, verbs=list(verbs), first=0, has_first_word=items[0] == 0, has_last_word=items[-1] == 4,
        )  # fmt: skip

    say = VerbUse(lemma="say", stance="neutral", count=1)
    sources = [
        source("Oren Tal", "e1", "named", [0, 1], 15, say, VerbUse(lemma="boast", stance="emotive", count=1)),
        source("Lena Corvin", "e2", "named", [2, 3], 10, VerbUse(lemma="claim", stance="doubting", count=1)),
        source("Aid workers", None, "unnamed", [4], 8, say),
    ]
    tone = TonePoint(polarity=-0.31, subjectivity=0.52, words=120)
    arc, at = [], 0
    for line, polarity in zip(BODY.split("\n\n"), (-0.4, 0.3, 0.05, -0.1, 0.0), strict=True):
        start = TEXT.index(line)
        arc.append(
            ArcPoint(polarity=polarity, subjectivity=0.4, words=len(line.split()), start=start, end=start + len(line))
        )
    facts: dict[str, Any] = {
        "id": "0123456789abcdef0123456789abcdef",
        "article": ArticleFacts(
            title=TITLE, outlet="Plain Gazette", author="M. Quill", url="https://gazette.example/pact",
            published="2026-03-14", text=TEXT, sha256=hashlib.sha256(TEXT.encode()).hexdigest(), title_end=len(TITLE),
            language="en", words=120,
        ),
        "provenance": Provenance(
            engine="1.0.0", lexicons={"loaded": "a1b2c3d4e5"}, models={"reader": "f0e1d2c3"},
            analyzed_at="2026-03-14T10:00:00Z", milliseconds=182.4,
        ),
        "sentences": sentences,
        "vocabulary": Vocabulary(
            terms=terms,
            rates=VocabularyRates(
                outlet=VoiceRate(count=7, per_1000=68.6, percentile=93.0),
                quoted=VoiceRate(count=3, per_1000=120.0, percentile=None),
                by_category={"label": {"outlet": 33.3, "quoted": 0.0}}, reference="news", reference_articles=14871,
            ),
        ),
        "attribution": Attribution(
            items=items, sources=sources, attributed_share=0.28,
            vague=[VagueMarker(**place("many believe"), kind="vague_source"),
                   VagueMarker(**place("reportedly"), kind="adverb")],
        ),
        "sentiment": Sentiment(
            headline=tone, body=tone, outlet_voice=tone, quoted_voice=None, arc=arc, targets=[],
        ),
        "entities": entities,
        "notes": [Note(code="unbalanced_quotes", message="A quotation mark never closes; voices may be wrong.")],
    }  # fmt: skip
    return Report(**(facts | changes))


def build_framed(**changes: Any) -> Report:
    """The report as schema 2 has it: genre, what is less sure, cast, silence, frames, devices, deeds, the headline."""

    def device(words: str, kind: str, **more: Any) -> Device:
        facts = {"kind": kind, "voice": "outlet", "rule": kind, "note": "Ask who says so.", "strength": 0.93}
        return Device.model_validate(place(words) | facts | more)

    plain = build_report()
    unsure = _term("applauded", "contempt", "negative", strength=0.41, shown=False)
    devices = [
        device("that many believe will not last", "vague_source"),
        device("which paid for the talks", "motive", about="e3", strength=0.78),
        device("The pact enters into force in ten days", "opinion_as_fact"),
        device("Aid workers say", "bare_number", strength=0.35, shown=False),
    ]
    deed = Act(
        **place("40,000 people have left the border towns"), verb=Span(**place("left")), lemma="leave", family="leave",
        doer=None, undergoer=Party(span=Span(**place("40,000 people"))), form="no_doer", effect="harm", voice="outlet",
    )  # fmt: skip
    frames = [
        Frame(name="economic", level=1, probability=0.8, evidence=[Span(**place("which paid for the talks"))]),
        Frame(name="conflict", level=2, probability=0.98, evidence=[Span(**place("His regime gave no details."))]),
        Frame(name="health", level=0, probability=0.1, evidence=[]),
    ]
    verdict = Headline(verdict="overstated", evidence=Span(**place("signed a pact on Monday")))
    accused = Span(**place("ruthless tyrant of Veldmark"))
    cast = [
        CastMember(name="Oren Tal", speaker="e1", role="politician", words=15, accused=accused, answer=31),
        CastMember(name="Lena Corvin", speaker="e2", role="official", side="Foreign Minister", words=10),
        CastMember(name="Aid workers", role="witness", words=8),
    ]
    quotations = [
        QuotationFinding(start=one.content.start, end=one.content.end, speaker=one.speaker, form="marks")
        for one in plain.attribution.items[:3]
    ]
    silence = Unheard(entity="e3", why="affected", evidence=Span(**place("was reportedly not asked")))
    facts: dict[str, Any] = {
        "article": plain.article.model_copy(update={"genre": "news", "genre_probability": 0.94}),
        "vocabulary": plain.vocabulary.model_copy(update={"terms": [*plain.vocabulary.terms, unsure]}),
        "attribution": plain.attribution.model_copy(update={"cast": cast, "unheard": [silence]}),
        "quotations": quotations,
        "framing": Framing(frames=frames, devices=devices, acts=[deed], order=Order(people=[], headline=verdict)),
    }
    return build_report(**(facts | changes))
