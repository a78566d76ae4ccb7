"""In which frames is the story told, and by which sentences?"""

from __future__ import annotations

from ...classifiers import frames
from ...document import Document
from ...report import Frame, Span


def find(document: Document) -> list[Frame]:
    """The codebook's nine frames with their levels; empty where none is present. A story too short has none."""
    return [
        Frame(name=one.name, level=one.level, probability=one.probability, evidence=_spans(document, one.sentences))
        for one in frames.judge(document)
    ]


def _spans(document: Document, sentences: list[int]) -> list[Span]:
    places = [document.sentences[at] for at in sentences]
    return [Span(start=one.start, end=one.end, text=document.text[one.start : one.end]) for one in places]
