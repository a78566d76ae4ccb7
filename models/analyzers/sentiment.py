"""Sentiment: how does the text feel, in whose voice, and through its course?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..document import Document, Sentence
from ..document.parts import Place
from ..document.tone import tone
from ..report import ArcPoint, PairSentiment, Polarity, Sentiment, Span, TargetSentiment, TonePoint, Voice

_DIGITS = 4
_RELATIONS = ("none", "p_for_q", "q_for_p", "p_against_q", "q_against_p")


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Words of one voice in one sentence."""

    sentence: Sentence
    voice: Voice
    words: int
    polarity: float
    subjectivity: float


def analyze(document: Document) -> Sentiment:
    """How positive and how subjective are headline, body, own and quoted voice, and each paragraph?

    Every figure is the mean of TextBlob's polarity (-1..1) and subjectivity (0..1) over sentences, or over the
    stretches of one voice in them, weighted by words (De Smedt & Daelemans 2012). `targets` carry the reader's
    polarity.
    """
    stretches = list(_stretches(document))
    told = [stretch for stretch in stretches if stretch.sentence.part in ("lead", "body")]
    return Sentiment(
        headline=_point(s for s in stretches if s.sentence.part == "headline"),
        body=_point(told),
        outlet_voice=_point(s for s in told if s.voice == "outlet"),
        quoted_voice=_point(s for s in told if s.voice == "quoted"),
        arc=list(_arc(document, told)),
        targets=[_target(document, start, end) for start, end in document.targets],
        pairs=[_pair(document, p, q) for p, q in document.pairs],
    )


def _stretches(document: Document) -> Iterator[_Stretch]:
    for sentence in document.sentences:
        if sentence.part == "boilerplate":
            continue
        pieces: list[tuple[Voice, int, int, int]] = []  # voice, start, end, words
        for token in document.tokens[sentence.first : sentence.last]:
            voice = document.voice_at(token.start)
            if pieces and pieces[-1][0] == voice:
                pieces[-1] = (voice, pieces[-1][1], token.end, pieces[-1][3] + token.is_word)
            else:
                pieces.append((voice, token.start, token.end, int(token.is_word)))
        whole = len(pieces) == 1
        for voice, start, end, words in pieces:
            if words:
                polarity, subjectivity = (
                    (sentence.polarity, sentence.subjectivity) if whole else tone(document.text[start:end])
                )
                yield _Stretch(sentence, voice, words, polarity, subjectivity)


def _mean(stretches: Iterable[_Stretch]) -> tuple[float, float, int]:
    parts = list(stretches)
    words = sum(part.words for part in parts)
    if not words:
        return 0.0, 0.0, 0
    polarity = sum(part.polarity * part.words for part in parts) / words
    subjectivity = sum(part.subjectivity * part.words for part in parts) / words
    return round(polarity, _DIGITS), round(subjectivity, _DIGITS), words


def _point(stretches: Iterable[_Stretch]) -> TonePoint | None:
    polarity, subjectivity, words = _mean(stretches)
    return TonePoint(polarity=polarity, subjectivity=subjectivity, words=words) if words else None


def _arc(document: Document, told: Iterable[_Stretch]) -> Iterator[ArcPoint]:
    by_paragraph: dict[int, list[_Stretch]] = {}
    for stretch in told:
        by_paragraph.setdefault(stretch.sentence.paragraph, []).append(stretch)
    for at, stretches in by_paragraph.items():
        polarity, subjectivity, words = _mean(stretches)
        place = document.paragraphs[at]
        yield ArcPoint(start=place.start, end=place.end, polarity=polarity, subjectivity=subjectivity, words=words)


def _pair(document: Document, p: Place, q: Place) -> PairSentiment:
    known = document.reading.pairs[p, q]
    likeliest = known.index(max(known))
    one, other = (Span(start=start, end=end, text=document.text[start:end]) for start, end in (p, q))
    return PairSentiment(p=one, q=other, label=_RELATIONS[likeliest], probability=round(known[likeliest], _DIGITS))


def _target(document: Document, start: int, end: int) -> TargetSentiment:
    negative, neutral, positive = document.reading.polarities[start, end]
    polarity: Polarity = 0
    if negative > max(neutral, positive):
        polarity = -1
    elif positive > max(neutral, negative):
        polarity = 1
    return TargetSentiment(
        start=start,
        end=end,
        text=document.text[start:end],
        polarity=polarity,
        probabilities={
            "negative": round(negative, _DIGITS),
            "neutral": round(neutral, _DIGITS),
            "positive": round(positive, _DIGITS),
        },
    )
