"""Of which kind is a loaded word that no list has? That of the entry it is akin to, where one is near enough."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from ... import lexicon
from ...classifiers import background
from ...document import Token
from ...document.parts import fold
from ...document.tone import tone
from ...lexicon import LexiconEntry
from ...report import Category, Tone

_SHARED = 7  # letters that two words of one family begin with
_ALIKE = 0.6  # and the share of the longer word that they make up
_COMMON = 50e-6  # of all words in news: community is no kin of communist
_CLEAR = 0.3  # TextBlob polarity from which an adjective is praise or a verdict
_PLEASANT = 0.2  # and from which a phrase's last word makes it positive
_LOADED = ("NN", "JJ", "VB", "RB")
# A kin word's category says something of another word; what is contested or spared does not.
_INHERITED: frozenset[Category] = frozenset(
    ["label", "verdict", "contempt", "praise", "fear", "violence", "exaggeration"]
)


def judge(words: Sequence[Token]) -> tuple[Category, Tone]:
    """Category and tone of a phrase that no list has: its kin's, else what its last word's part of speech suggests."""
    content = [word for word in words if word.tag.startswith(_LOADED)] or list(words)
    for word in reversed(content):
        folded = fold(word.text)
        if entry := _singles().get(folded) or find_kin(folded):
            category = entry.category if entry.category in _INHERITED else _by_tag(words[-1].tag, entry.tone)
            return category, entry.tone
    polarities = [tone(word.text)[0] for word in content]
    head = content[-1]
    if len(content) == 1 and head.tag.startswith("JJ"):
        if polarities[0] <= -_CLEAR:
            return "verdict", "negative"
        if polarities[0] >= _CLEAR:
            return "praise", "positive"
    pleasant = polarities[-1] > _PLEASANT or max(polarities) >= _CLEAR  # a great speaker
    feeling: Tone = "positive" if pleasant and min(polarities) >= 0 else "negative"
    return _by_tag(head.tag, feeling), feeling


def _by_tag(tag: str, feeling: Tone) -> Category:
    """What coders most often call a word of that kind that no list has."""
    if feeling == "positive":
        return "praise"
    return "contempt" if tag.startswith("VB") else "exaggeration" if tag.startswith("RB") else "verdict"


def find_kin(word: str) -> LexiconEntry | None:
    """The entry with a word of the same family: scandalize is akin to scandalous, militancy to militant."""
    best, shared = None, 0
    if background.load().share(word) > _COMMON:
        return None
    for other, entry in _families()[word[:_SHARED]]:
        length = next(
            (at for at, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other))
        )
        if length > shared and length >= _ALIKE * max(len(word), len(other)):
            best, shared = entry, length
    return best


@cache
def _singles() -> dict[str, LexiconEntry]:
    """Entries by each of their one-word forms, the surest last: racist in "this racist bill" is still a label."""
    entries = sorted(lexicon.load().entries, key=lambda entry: entry.strength)
    return {form[0]: entry for entry in entries for form in lexicon.forms(entry) if len(form) == 1}


@cache
def _families() -> dict[str, list[tuple[str, LexiconEntry]]]:
    families: dict[str, list[tuple[str, LexiconEntry]]] = defaultdict(list)
    for entry in lexicon.load().entries:
        for form in lexicon.forms(entry):
            if len(form) == 1 and len(form[0]) >= _SHARED:
                families[form[0][:_SHARED]].append((form[0], entry))
    return families
