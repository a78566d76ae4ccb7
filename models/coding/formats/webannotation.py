"""W3C Web Annotation: a mark an annotation, its words by position and by quotation (w3.org/TR/annotation-model).

Positions there count Unicode code points, as ours do.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ..entries import Coding
from .project import Document, Project

_AROUND = 32  # characters before and after a quotation


def write(project: Project) -> str:
    """One annotation collection with all coders' marks and answers (JSON-LD)."""
    items = [
        annotation
        for document in project.documents
        for coder, coding in document.voices
        for annotation in _annotate(project, document, coder, coding)
    ]
    collection = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"urn:uuid:{project.name_part('annotations')}",
        "type": "AnnotationCollection",
        "label": project.name,
        "total": len(items),
        "first": {"id": f"urn:uuid:{project.name_part('page')}", "type": "AnnotationPage", "items": items},
    }
    return json.dumps(collection, ensure_ascii=False)


def _annotate(project: Project, document: Document, coder: str, coding: Coding) -> Iterator[dict[str, Any]]:
    source = f"urn:uuid:{project.name_part('document', document.id)}"
    kind = "Software" if coding is document.tool else "Person"

    def annotate(name: str, value: str, purpose: str, target: Any) -> dict[str, Any]:
        return {
            "id": f"urn:uuid:{project.name_part(document.id, coder, name)}",
            "type": "Annotation",
            "motivation": purpose,
            "creator": {"type": kind, "name": coder},
            "created": project.made,
            "body": {"type": "TextualBody", "value": value, "purpose": purpose, "format": "text/plain"},
            "target": target,
        }

    text = document.text
    for at, mark in enumerate(coding.marks):
        quote = {
            "type": "TextQuoteSelector",
            "exact": text[mark.start : mark.end],
            "prefix": text[max(0, mark.start - _AROUND) : mark.start],
            "suffix": text[mark.end : mark.end + _AROUND],
        }
        position = {"type": "TextPositionSelector", "start": mark.start, "end": mark.end}
        target = {"source": source, "selector": [position, quote]}
        yield annotate(f"{at} {mark.id}", f"{mark.layer}: {mark.category}", "tagging", target)
    for level, answer in coding.levels.items():
        yield annotate(f"level {level}", f"{level}: {answer}", "classifying", source)
