"""The pipeline: one article goes in, its framing report comes out."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from time import perf_counter
from typing import TypeVar

from . import leanings, lexicon, reader, version
from .analyzers import attribution, cast, framing, portraits, sentences, sentiment, vocabulary
from .analyzers.framing.devices import entries
from .article import Article
from .categories.model import CategoryModel, apply
from .classifiers import genre
from .document import Document, Reading, boilerplate, name_lists, names, read
from .document.normalization import Normalized, normalize
from .report import ArticleFacts, Attribution, Genre, Note, Provenance, Report, Sentiment, Vocabulary

_Made = TypeVar("_Made")

ENOUGH_SENTENCES = 5
ENOUGH_WORDS = 80
_WARM_UP = (
    "By Ann Lee\n\n“It is a brilliant start,” Senator Ann Moore of Ohio said on Monday. Critics say the regime fell. "
    "She claimed that the “reform” was a disaster; according to the Ministry of Health, it was not.\n\n"
    "Nothing else happened, a senior official told The Harrow Post. Moore denied it."
)

_OPINION = Note(
    code="opinion",
    message="It reads as opinion: the outlet's voice is its author's, who may judge and need not let others speak. "
    "How much is attributed says nothing here.",
)


def analyze(article: Article, spent: dict[str, float] | None = None, own: Sequence[CategoryModel] = ()) -> Report:
    """How does this article frame its story? Pure: the same article gives the same report, time stamps aside.

    Into `spent` go the seconds that each stage took. `own`: categories of one's own that are looked for, too.
    """
    started = perf_counter()
    lap = _Laps({} if spent is None else spent)
    seen = normalize(article)
    document = lap("document", read(seen.article))
    notes = list(_notes(document, seen))
    codes = {note.code for note in notes}
    if "not_english" in codes:
        document = _unread(document)
        words = Vocabulary(terms=[], rates=None)
        said = Attribution(items=[], sources=[], vague=[], attributed_share=None)
        felt = Sentiment(headline=None, body=None, outlet_voice=None, quoted_voice=None, arc=[], targets=[])
    else:
        document = lap("reader", reader.read(document))
        document = lap("names", names.settle(document))
        words = lap("vocabulary", vocabulary.analyze(document))
        document = lap("leanings", leanings.settle(document, words.terms))
        said = lap("attribution", attribution.analyze(document))
        felt = lap("sentiment", sentiment.analyze(document))
    people = lap("portraits", portraits.analyze(document, words.shown))
    if "not_english" not in codes:
        told, unheard = lap("cast", cast.analyze(document, said, words.shown, people))
        said = said.model_copy(update={"cast": told, "unheard": unheard})
    kind = None if codes & {"not_english", "short_text"} else lap("genre", genre.judge(document))
    if kind is not None:
        words = words.model_copy(update={"rates": vocabulary.measure(document, words.shown, kind[0])})
    framed = None
    if "not_english" not in codes:
        framed = lap("framing", framing.analyze(document, said, people, kind[0] if kind else None))
    if "short_text" in codes:
        words = words.model_copy(update={"rates": None})
        said = said.model_copy(update={"attributed_share": None})
        framed = framed.model_copy(update={"frames": []}) if framed else None
    if kind is not None and kind[0] == "opinion":
        said = said.model_copy(update={"attributed_share": None})
        notes.append(_OPINION)
    report = Report(
        id=article.digest(version.engine()),
        article=_facts(article, document, kind),
        sentences=lap("sentences", sentences.analyze(document, words.terms)),
        quotations=attribution.whose(document, said.items),
        vocabulary=words,
        attribution=said,
        sentiment=felt,
        entities=people,
        framing=framed,
        categories=[] if "not_english" in codes else apply(document, own),
        notes=notes,
        provenance=Provenance(
            engine=version.engine(),
            lexicons=version.lexicons(),
            models=version.trained(),
            analyzed_at=datetime.now(UTC).isoformat(timespec="seconds"),
            milliseconds=round((perf_counter() - started) * 1000, 1),
        ),
    )
    return seen.restore(report)


class _Laps:
    """Notes the seconds since the lap before, under the name of the stage that ends now."""

    def __init__(self, spent: dict[str, float]) -> None:
        self._spent = spent
        self._since = perf_counter()

    def __call__(self, stage: str, made: _Made) -> _Made:
        now = perf_counter()
        self._spent[stage] = now - self._since
        self._since = now
        return made


def load_words() -> None:
    """Load the largest lists of words, which are no models: a process that forks has them once for all of its own."""
    lexicon.load()
    name_lists.lists()
    boilerplate.entries()
    entries.load()


def warm() -> None:
    """Load every lexicon and model once, so that the first article need not wait."""
    analyze(Article(title="A warm-up", text=_WARM_UP, targets=[(0, 1)]))
    # What is loaded stays: the collector need not look through it again and again while a long text is read.
    gc.collect()
    gc.freeze()


def _facts(article: Article, document: Document, kind: tuple[Genre, float] | None) -> ArticleFacts:
    return ArticleFacts(
        id=article.id,
        title=article.title,
        outlet=article.outlet,
        author=article.author,
        url=article.url,
        published=article.published,
        text=article.full_text,
        sha256=hashlib.sha256(article.full_text.encode()).hexdigest(),
        title_end=article.title_end,
        language=document.language,
        words=document.words,
        genre=kind[0] if kind else None,
        genre_probability=kind[1] if kind else None,
    )


def _notes(document: Document, seen: Normalized) -> Iterator[Note]:
    told = [sentence for sentence in document.sentences if sentence.part != "boilerplate"]
    if document.language != "en":
        yield Note(
            code="not_english",
            message=f"The text reads as {document.language!r}, not English. "
            "Parallax reads English only: nothing is marked.",
        )
    if len(told) < ENOUGH_SENTENCES or document.words < ENOUGH_WORDS:
        yield Note(
            code="short_text",
            message=f"Only {_count(len(told), 'sentence')} and {_count(document.words, 'word')}: too little for rates. "
            f"They need {ENOUGH_SENTENCES} sentences and {ENOUGH_WORDS} words.",
        )
    if document.unbalanced:
        mark, _ = seen.place(document.unbalanced[0], document.unbalanced[0])
        yield Note(
            code="unbalanced_quotes",
            message=f"Never closed or never opened: {_count(len(document.unbalanced), 'quotation mark')}, the first at "
            f"character {mark}. Who speaks there is a guess, to the end of the sentence.",
        )
    if seen.links:
        yield Note(
            code="link_runs",
            message=f"Links stand inside sentences, behind names: {_count(len(seen.links), 'run')}, the first at "
            f"character {seen.links[0][0]}. What is said is read without them.",
        )
    if len(told) < len(document.sentences):
        yield Note(
            code="boilerplate",
            message=f"Boilerplate (bylines, credits, links) counts in no measure: "
            f"{_count(len(document.sentences) - len(told), 'sentence')} of {len(document.sentences)}.",
        )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _unread(document: Document) -> Document:
    """A document whose words mean nothing to us: no names, no tone."""
    silent = tuple(replace(sentence, polarity=0.0, subjectivity=0.0) for sentence in document.sentences)
    return replace(document, entities=(), sentences=silent).with_reading(Reading.blank(document))
