"""The language of a text: English is read, anything else is only named."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from py3langid.langid import MODEL_FILE, LanguageIdentifier

PATH = Path(__file__).parent.parent / "lexicons" / "english.toml"
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_SAMPLE = 5_000  # characters; a language shows itself in less
_ENGLISH_SHARE = 0.12
_SURE = 0.9
_ENOUGH = 5  # words; fewer say nothing about a language in Latin letters


@cache
def _english() -> frozenset[str]:
    return frozenset(tomllib.loads(PATH.read_text(encoding="utf-8"))["words"])


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def identify(text: str) -> str:
    """Which language is this, as an ISO 639-1 code? 'und' where there are no words or no sure answer."""
    sample = text[:_SAMPLE]
    words = [word.lower() for word in _WORD.findall(sample)]
    if not words:
        return "und"
    if sum(word in _english() for word in words) / len(words) >= _ENGLISH_SHARE:
        return "en"
    code, sure = _identifier().classify(sample)
    latin = sum(_LATIN.match(word) is not None for word in words) * 2 > len(words)
    if code != "en" and sure >= _SURE and (len(words) >= _ENOUGH or not latin):
        return str(code)
    return "en" if latin else "und"
