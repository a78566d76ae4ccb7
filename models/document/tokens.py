"""Words and signs: where each token stands, and its part of speech."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .pattern import parser

# A word keeps its inner hyphens, apostrophes and combining marks; abbreviations keep their stops.
_LETTER = r"[^\W_](?:[\u0300-\u036f\u200d\ufe0f])*"
_TOKEN = re.compile(
    rf"""
      (?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|Rev|Prof|Jr|Sr|St|No|vs)\.(?!\w)
    | (?:[A-Za-z]\.){{2,}}
    | \d+(?:[.,:]\d+)*(?:{_LETTER})*
    | (?:{_LETTER})+(?:[-'’&](?:{_LETTER})+)*
    | \.\.\.+ | --+
    | \S
    """,
    re.VERBOSE,
)
_CLITIC = re.compile(r"(?:['’](?:s|S|re|ve|ll|d|m|RE|VE|LL|D|M)|n['’]t|N['’]T)$")
_PRONOUNS = ("PRP", "WP", "EX")
_SIGNS = {",": ",", ".": ".", "!": ".", "?": ".", "…": ".", "...": ".", "(": "(", ")": ")"} | dict.fromkeys(
    (":", ";", "--", "—", "–"), ":"
)
_LONGEST_TAGGED = 40  # characters; a longer "word" is none, and the tagger's rules need not see it


def split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where does each token of text[start:end] stand? Clitics are split off: `Kim|’s`, `do|n't`."""
    for match in _TOKEN.finditer(text, start, end):
        first, last = match.span()
        clitic = _CLITIC.search(match.group()[-3:]) if last - first > 2 else None
        if clitic:
            cut = last - len(clitic.group())
            if cut > first:
                yield first, cut
                first = cut
        yield first, last


def tag(words: list[str]) -> list[str]:
    """Which part of speech is each word of one sentence? Penn Treebank tags by TextBlob's pattern tagger.

    De Smedt & Daelemans 2012, "Pattern for Python": a lexicon with suffix and context rules.
    """
    plain = [_straighten(word[:_LONGEST_TAGGED]) for word in words]
    tags: list[str] = []
    for word, (_, guess) in zip(plain, parser.find_tags(plain), strict=True):
        if word in ("'s", "'S"):  # "it's" is a verb, "Kim's" a possessive
            tags.append("VBZ" if tags and tags[-1] in _PRONOUNS else "POS")
        elif word[0].isalnum() or word[0] in "'$%&":
            tags.append(str(guess))
        else:
            tags.append(_SIGNS.get(word, "SYM"))
    return tags


def _straighten(word: str) -> str:
    return word.replace("’", "'") if "’" in word else word
