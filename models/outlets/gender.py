"""As whom does an article's own wording speak of a person? By he, she, Mr and Ms alone: no list of names, no guess."""

from __future__ import annotations

import re

from ..report import Report
from .records import Gender

_PRONOUNS: dict[str, Gender] = {
    "she": "woman", "her": "woman", "hers": "woman", "herself": "woman",
    "he": "man", "him": "man", "his": "man", "himself": "man",
}  # fmt: skip
_TITLES: dict[str, Gender] = {
    "ms": "woman", "mrs": "woman", "miss": "woman", "madam": "woman",
    "mr": "man", "sir": "man", "mister": "man",
}  # fmt: skip
_TITLE_BEFORE = re.compile(rf"\b({'|'.join(_TITLES)})\.?\s+$", re.I)
_TITLE_WITHIN = re.compile(rf"({'|'.join(_TITLES)})\.?\s", re.I)


def read(report: Report, speaker: str | None) -> Gender:
    """Which gender do the article's words for this person tell? Unknown where they tell none, or both."""
    entity = next((entity for entity in report.entities if entity.id == speaker and entity.kind == "person"), None)
    if entity is None:
        return "unknown"
    text = report.article.text
    told: set[Gender] = set()
    for mention in entity.mentions:
        within = _TITLE_WITHIN.match(mention.text)
        title = within or _TITLE_BEFORE.search(text[max(0, mention.start - 12) : mention.start])
        if title:
            told.add(_TITLES[title[1].lower()])
        elif word := _PRONOUNS.get(mention.text.casefold()):
            told.add(word)
    for item in report.attribution.items:
        if item.speaker == speaker and item.source and (word := _PRONOUNS.get(item.source.text.casefold())):
            told.add(word)
    return told.pop() if len(told) == 1 else "unknown"
