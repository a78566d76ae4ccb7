"""Stems: what all forms of a word have in common. Rules for the regular ones, stems.toml for the others."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path

_LEAST_STEM = 3
_SHORT = re.compile(r"[^aeiou][aeiou][^aeiouwxy]")  # "hop" of "hoped"
_PLURALS = {"ies": "y", "ied": "y"}


@lru_cache(maxsize=50_000)
def stem(form: str) -> str:
    """What do all forms of a word have in common: "closing", "closed", "closes" and "close"?"""
    return _irregular().get(form) or _irregular().get(_rule(form)) or _rule(form)


def _rule(form: str) -> str:
    for ending, instead in _PLURALS.items():
        if form.endswith(ending) and len(form) > _LEAST_STEM + 1:
            return form.removesuffix(ending) + instead
    word = _strip(form)
    if word.endswith("e") and len(word) > _LEAST_STEM + 1:
        word = word[:-1]
    return word[:-1] if len(word) > _LEAST_STEM and word[-1] == word[-2] else word


def _strip(form: str) -> str:
    """The word without its ending; "hoped" and "cases" get their e back."""
    if form.endswith("s") and not form.endswith(("ss", "us", "is")):
        cut = 2 if form.endswith(("sses", "xes", "zes", "ches", "shes", "oes")) else 1
        return form[:-cut] if len(form) - cut >= _LEAST_STEM else form
    for ending in ("ing", "ed"):
        word = form.removesuffix(ending)
        if word != form and len(word) >= _LEAST_STEM:
            return f"{word}e" if _SHORT.fullmatch(word) else word
    return form


@cache
def _irregular() -> dict[str, str]:
    rows: dict[str, list[str]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return {_rule(word): word for word in rows} | {
        form: word for word, forms in rows.items() for form in (word, *forms)
    }
