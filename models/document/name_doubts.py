"""Is a name sure enough to be shown? A single word that stands once in the article, and that the reader hardly takes
for anybody's or anything's name, is left out: among such names more were wrong than right."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ..report import EntityKind
from .name_lists import fold, is_common, lists
from .parts import Document, Entity

_UNSURE = 0.5  # mean probability of the likeliest kind, below which a single word is doubted …
_PLAIN = 0.6  # … and below which one is that is an ordinary word in lower case
SITE = re.compile(r"\.(?:gov|com|org|net|edu|info|tv)\b")
_STATION = re.compile(r"[KW][A-Z]{2,3}(?:-(?:TV|FM|AM))?")  # call signs of American stations
_FEW = 5  # sentences; a shorter text names nearly everything once
_BEHIND = 6  # of "Harrow-Posten, a Danish newspaper"


def is_doubtful(document: Document, entity: Entity, named: Sequence[range], means: Mapping[EntityKind, float]) -> bool:
    """Is it one word, named once, and nothing tells what it names? `means`: how sure the reader is of each kind."""
    if len(named) > 1 or " " in entity.name or len(document.sentences) < _FEW:
        return False
    known, key = lists(), fold(entity.name)
    if entity.kind == "person":
        return key not in known.notable and means["person"] < (_PLAIN if is_common(key, known) else _UNSURE)
    people = key in known.peoples or key.rpartition("-")[2] in known.peoples or key.removesuffix("s") in known.notable
    site = SITE.search(document.text[entity.mentions[0].start :].split(maxsplit=1)[0])
    masked = named[0].start in document.reading.masked  # the lists know it, and the reader saw another name
    if masked or people or site or _STATION.fullmatch(entity.name) or max(means.values()) >= _UNSURE:
        return False
    return not _is_told(document, named[0])


def _is_told(document: Document, tokens: range) -> bool:
    """The retailer Harrow, the Harrow newspaper; Harrow, a Danish newspaper: does a noun beside it say what it is?"""
    known, words = lists(), [token.text for token in document.tokens]
    nouns = known.trades | known.outlets
    behind = words[tokens.stop : tokens.stop + _BEHIND]
    apposed = behind[:2] in ([",", "a"], [",", "an"], [",", "the"])
    phrase = behind[2:] if apposed else behind[:1]
    return any(word in nouns for word in (*words[max(0, tokens.start - 1) : tokens.start], *phrase))
