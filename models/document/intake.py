"""Reading an article once: layout, sentences, tokens, voices, names."""

from __future__ import annotations

from ..article import Article
from . import flow, layout, names, remarks, tokens, voices
from .language import identify
from .parts import Document, Paragraph, Quotation, Sentence, Token
from .quotations import Quoted
from .tone import tone


def read(article: Article) -> Document:
    """What stands where in this article? Pure and deterministic; never raises on any valid `Article`."""
    text = article.full_text
    places = flow.paragraphs(text)
    found = voices.find(text, places, article.title_end, tuple(filter(None, (article.outlet, article.author))))
    quoted = found.quoted
    divided = []
    first = 0
    for place in places:
        last = first
        while last < len(quoted) and quoted[last].start < place[1]:
            last += 1
        divided.append((place, list(layout.sentences(text, place, quoted[first:last]))))
        first = last

    paragraphs: list[Paragraph] = []
    sentences: list[Sentence] = []
    words: list[Token] = []
    for (place, inside), parts in zip(divided, layout.parts(text, article.title_end, divided), strict=True):
        before = len(sentences)
        for (start, end), part in zip(inside, parts, strict=True):
            spans = list(tokens.split(text, start, end))
            tags = tokens.tag([text[a:b] for a, b in spans])
            at = len(sentences)
            polarity, subjectivity = tone(text[start:end])
            begin = len(words)
            words += [Token(a, b, text[a:b], tag, at) for (a, b), tag in zip(spans, tags, strict=True)]
            sentences.append(Sentence(start, end, part, len(paragraphs), begin, len(words), polarity, subjectivity))
        paragraphs.append(Paragraph(place[0], place[1], before, len(sentences)))

    remarked = _remark(words, quoted, sentences)
    return Document(
        text=text,
        title_end=article.title_end,
        language=identify(article.text),
        paragraphs=tuple(paragraphs),
        sentences=tuple(sentences),
        tokens=tuple(words),
        quotations=tuple(remarked),
        entities=names.find(text, words, sentences, remarked),
        targets=tuple(article.targets),
        pairs=tuple(article.pairs),
        unbalanced=tuple(found.unbalanced),
        own_labels=tuple(found.own),
    )


def _remark(words: list[Token], quoted: list[Quoted], sentences: list[Sentence]) -> list[Quotation]:
    result: list[Quotation] = []
    at = 0
    for q in quoted:
        while at < len(words) and words[at].end <= q.start:
            at += 1
        last = at
        while last < len(words) and words[last].start < q.end:
            last += 1
        headline = sentences[words[at].sentence].part == "headline"
        set_apart = q.form != "marks" or q.signer is not None or q.lead is not None
        kind = "speech" if set_apart else remarks.classify(words, at, last, closed=q.closed, headline=headline)
        result.append(Quotation(q.start, q.end, q.depth, q.chain, kind, q.closed, q.form, q.signer, q.label, q.lead))
    return result
