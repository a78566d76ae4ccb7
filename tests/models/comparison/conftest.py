"""Reports made by hand: what the analyzers would have found, said by the test itself."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from typing import Any

import pytest

from models.report import (
    ArticleFacts,
    Attribution,
    AttributionItem,
    Cue,
    EntityFinding,
    Framing,
    Label,
    MentionFinding,
    Note,
    Provenance,
    Report,
    SentenceFinding,
    Sentiment,
    SourceSummary,
    Span,
    Term,
    VerbUse,
    Vocabulary,
)

_SENTENCE = re.compile(r"[^\s][^\n]*?[.!?][”]?(?=\s|$)|[^\s][^\n]*(?=\n|$)")

MakeReport = Callable[..., Report]


@pytest.fixture
def make_report() -> MakeReport:
    return build


def build(
    body: str,
    *,
    title: str = "A headline",
    outlet: str = "The Gazette",
    names: dict[str, tuple[str, ...]] | None = None,
    labels: tuple[tuple[str, str, str], ...] = (),
    polarity: int = 0,
    said: tuple[tuple[str, str, str, str], ...] = (),
    loaded: tuple[tuple[str, str], ...] = (),
    boilerplate: str = "",
    notes: tuple[str, ...] = (),
    **facts: Any,
) -> Report:
    """`names`: "kind:Name" → forms; `labels`: (name, words, tone); `said`: (source, cue, stance, content);
    `loaded`: (words, category)."""
    text = f"{title}\n\n{body}"
    entities = [
        _entity(text, f"e{at}", name, forms, labels, polarity)
        for at, (name, forms) in enumerate((names or {}).items(), start=1)
    ]
    items = [_item(text, entities, *row) for row in said]
    return Report(
        id=facts.pop("id", hashlib.sha256(f"{outlet}{text}".encode()).hexdigest()[:32]),
        article=ArticleFacts(
            title=title,
            outlet=outlet,
            text=text,
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            title_end=len(title),
            language=facts.pop("language", "en"),
            words=len(re.findall(r"\w+", body)),
            published=facts.pop("published", None),
            url=facts.pop("url", None),
        ),
        provenance=Provenance(
            engine=facts.pop("engine", "1"), lexicons={}, models={}, analyzed_at="2026-11-23", milliseconds=1
        ),
        sentences=[
            SentenceFinding(
                start=match.start(),
                end=match.end(),
                part=_part(match, len(title), boilerplate),
                bias=None,
                polarity=0,
                subjectivity=0,
                because=[],
            )
            for match in _SENTENCE.finditer(text)
        ],
        vocabulary=Vocabulary(
            terms=[
                Term(
                    **_span(text, words).model_dump(),
                    rule="test",
                    category=category,
                    tone="negative",
                    strength=1,
                    voice=_voice(text, text.index(words)),
                    target=None,
                    alternatives=[],
                    note="",
                )
                for words, category in loaded
            ],
            rates=None,
        ),
        attribution=Attribution(items=items, sources=_sources(items), vague=[], attributed_share=None),
        sentiment=Sentiment(headline=None, body=None, outlet_voice=None, quoted_voice=None, arc=[], targets=[]),
        entities=entities,
        framing=Framing(),
        notes=[Note(code=code, message="") for code in notes],
    )


def _part(match: re.Match[str], title_end: int, boilerplate: str) -> str:
    if match.start() < title_end:
        return "headline"
    return "boilerplate" if boilerplate and boilerplate in match.group() else "body"


def _span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start=start, end=start + len(words), text=words)


def _voice(text: str, at: int) -> str:
    return "quoted" if text.count("“", 0, at) > text.count("”", 0, at) else "outlet"


def _entity(
    text: str, name: str, full: str, forms: tuple[str, ...], labels: tuple[tuple[str, str, str], ...], polarity: int
) -> EntityFinding:
    kind, _, called = full.rpartition(":")
    pattern = "|".join(rf"\b{re.escape(form)}\b" for form in sorted((called, *forms), key=len, reverse=True))
    return EntityFinding(
        id=name,
        name=called,
        kind=kind or "person",
        mentions=[
            MentionFinding(
                start=m.start(), end=m.end(), text=m.group(), polarity=polarity, sure=1, voice=_voice(text, m.start())
            )
            for m in re.finditer(pattern, text)
        ],
        labels=[
            Label(start=m.start(), end=m.end(), text=words, tone=tone)
            for owner, words, tone in labels
            if owner == called
            for m in re.finditer(re.escape(words), text)
        ],
        portrayal=polarity / 2 if polarity else None,
        portrayal_mentions=3 if polarity else 0,
        agency=None,
    )


def _item(
    text: str, entities: list[EntityFinding], source: str, cue: str, stance: str, content: str
) -> AttributionItem:
    speaker = next((entity.id for entity in entities if source in {m.text for m in entity.mentions}), None)
    return AttributionItem(
        kind="direct" if "“" in content else "indirect",
        source=_span(text, source),
        cue=Cue(**_span(text, cue).model_dump(), lemma=cue, stance=stance),
        content=_span(text, content),
        speaker=speaker,
        source_type="named" if speaker else "unnamed",
    )


def _sources(items: list[AttributionItem]) -> list[SourceSummary]:
    summaries: dict[str, list[int]] = {}
    for at, item in enumerate(items):
        summaries.setdefault(item.source.text if item.source else "", []).append(at)
    return [
        SourceSummary(
            name=name,
            speaker=items[places[0]].speaker,
            source_type=items[places[0]].source_type,
            items=places,
            count=len(places),
            words=sum(len(items[at].content.text.split()) for at in places),
            share=0.1,
            verbs=[VerbUse(lemma=items[at].cue.lemma, stance=items[at].cue.stance, count=1) for at in places],
            first=items[places[0]].content.start,
            has_first_word=False,
            has_last_word=False,
        )
        for name, places in summaries.items()
    ]
