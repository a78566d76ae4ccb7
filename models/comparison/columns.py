"""One article of a comparison: its report with the words counted and every word's voice."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ..document import flow, link_runs, quotations, tokens
from ..report import Report, SentenceFinding, Span, Voice
from .settings import SETTINGS


@dataclass(frozen=True, slots=True)
class Word:
    """One word outside boilerplate, in the form it is compared by."""

    start: int
    end: int
    form: str
    sentence: int  # index into Column.sentences
    quoted: bool


@dataclass(frozen=True, slots=True)
class Column:
    """An article's place in the comparison."""

    index: int
    report: Report
    name: str  # what it is called
    sentences: tuple[SentenceFinding, ...]  # without boilerplate
    words: tuple[Word, ...]
    firsts: tuple[int, ...]  # words[firsts[i]:firsts[i + 1]] are the words of sentence i

    @property
    def text(self) -> str:
        """The article's text: title, a blank line, body."""
        return self.report.article.text

    def words_of(self, sentence: int) -> Sequence[Word]:
        """The words of one sentence."""
        return self.words[self.firsts[sentence] : self.firsts[sentence + 1]]

    def words_in(self, start: int, end: int) -> Sequence[Word]:
        """The words that begin in [start, end)."""
        first = bisect_right(self.words, start - 1, key=lambda word: word.start)
        last = bisect_right(self.words, end - 1, key=lambda word: word.start)
        return self.words[first:last]

    def sentence_at(self, offset: int) -> int | None:
        """Index of the sentence that holds `offset`; None in boilerplate or between sentences."""
        at = bisect_right(self.sentences, offset, key=lambda sentence: sentence.start) - 1
        return at if at >= 0 and offset < self.sentences[at].end else None

    def span(self, start: int, end: int) -> Span:
        """The exact words at [start, end)."""
        return Span(start=start, end=end, text=self.text[start:end])


def name_all(reports: Sequence[Report]) -> list[str]:
    """What are the articles called: outlet, headline, the file they came from, or first words? Numbered where alike."""
    names = [_name(report) for report in reports]
    often = Counter(names)
    return [f"{name} ({at})" if often[name] > 1 else name for at, name in enumerate(names, 1)]


def _name(report: Report) -> str:
    article, origin = report.article, report.provenance.origin
    file = origin.name if origin and origin.kind == "file" else None
    return article.outlet or article.title or file or article.called


def read(index: int, report: Report, name: str = "") -> Column:
    """Which words does the article have, in which sentence, in whose voice?"""
    text = report.article.text
    sentences = tuple(s for s in report.sentences if s.part != "boilerplate")
    spoken = _spoken(report)
    opens = [start for start, _ in spoken]
    pasted = {at for run in link_runs.find(text) for at in range(*run)}  # nobody's words
    words: list[Word] = []
    firsts: list[int] = []
    for at, sentence in enumerate(sentences):
        firsts.append(len(words))
        for start, end in tokens.split(text, sentence.start, sentence.end):
            if text[start].isalnum() and start not in pasted:
                before = bisect_right(opens, start) - 1
                quoted = before >= 0 and start < spoken[before][1]
                words.append(Word(start, end, text[start:end].casefold().replace("’", "'"), at, quoted))
    firsts.append(len(words))
    return Column(index, report, name or _name(report), sentences, tuple(words), tuple(firsts))


def voice_of(words: Sequence[Word]) -> Voice:
    """Who says most of these words?"""
    return "quoted" if 2 * sum(word.quoted for word in words) > len(words) else "outlet"


def share(columns: Sequence[Column]) -> int:
    """How many sentences of each article are compared: memory and time grow with the square of all of them."""
    most: int = SETTINGS["passages"]["most_sentences"]
    return most // max(1, len(columns))


def _spoken(report: Report) -> list[tuple[int, int]]:
    if report.quotations is not None:
        return [(quotation.start, quotation.end) for quotation in report.quotations]
    text = report.article.text  # a report made before reports carried their voices: its marks are all there is
    found, _ = quotations.find(text, flow.paragraphs(text))
    return [(quoted.start, quoted.end) for quoted in quotations.nest(found) if quoted.depth == 0]
