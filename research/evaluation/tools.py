"""Other tools on the same parts of the corpora, for the benchmark page. None is a dependency: what is here is measured.

A tool answers what it can: polarity of a text (−1, 0, 1), is a sentence subjective, who said what by which word.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import distribution, packages_distributions
from pathlib import Path
from typing import Any

from models.document.pattern import sentiment
from research.evaluation.statements import Spans

_NEUTRAL = 0.05  # VADER's authors: a compound beyond this is a feeling
_SUBJECTIVE = 0.5
SPACY_MODEL = "en_core_web_sm"


@dataclass(frozen=True, slots=True)
class Tool:
    """A program beside ours: what it is called, which modules it is, how it is had, and what it answers (None: not)."""

    name: str
    modules: tuple[str, ...]
    install: str
    polarity: Callable[[str], int] | None = None
    subjective: Callable[[str], bool] | None = None
    statements: Callable[[str], Mapping[str, Spans]] | None = None

    @property
    def here(self) -> bool:
        """Is all of it installed?"""
        return all(_find(name) for name in self.modules)

    @property
    def versions(self) -> str:
        """Its packages with their versions, as they are here."""
        return ", ".join(f"{name} {found.version}" for name in self.modules if (found := _find(name)))

    @property
    def bytes(self) -> int:
        """What its packages take on the disk, without what they depend on."""
        found = [one for name in self.modules if (one := _find(name))]
        files = [Path(str(one.locate_file(path))) for one in found for path in one.files or ()]
        return sum(path.stat().st_size for path in files if path.exists())

    def answer(self, text: str) -> None:
        """Do for a text all that it can, for the clock."""
        for question in (self.polarity, self.subjective, self.statements):
            if question:
                question(text)


@cache
def _find(module: str) -> Any:
    """The installed package that holds a module, whatever its own name; None where there is none."""
    names = packages_distributions().get(module)
    return distribution(names[0]) if names else None


def _sign(value: float, neutral: float = 0.0) -> int:
    return (value > neutral) - (value < -neutral)


@cache
def _vader() -> Any:
    return importlib.import_module("vaderSentiment.vaderSentiment").SentimentIntensityAnalyzer()


def _feel_by_vader(text: str) -> int:
    return _sign(_vader().polarity_scores(text)["compound"], _NEUTRAL)


@cache
def _spacy() -> Any:
    return importlib.import_module("spacy").load(SPACY_MODEL)


def _quote_by_textacy(text: str) -> Mapping[str, Spans]:
    """Direct quotations, as `textacy.extract.direct_quotations` finds them; none where it gives up on a text."""
    found: dict[str, Spans] = {"source": [], "cue": [], "content": []}
    quotations = importlib.import_module("textacy.extract.triples").direct_quotations
    try:
        for speaker, cue, content in quotations(_spacy()(text)):
            for role, tokens in (("source", speaker), ("cue", cue), ("content", content)):
                if len(tokens):
                    found[role].append((tokens[0].idx, tokens[-1].idx + len(tokens[-1])))
    except ValueError:  # quotation marks that never close
        pass
    return found


TOOLS = (
    Tool(
        "TextBlob",
        ("textblob",),
        "pip install textblob",
        polarity=lambda text: _sign(sentiment(text)[0]),
        subjective=lambda text: sentiment(text)[1] >= _SUBJECTIVE,
    ),
    Tool("VADER", ("vaderSentiment",), "pip install vaderSentiment", polarity=_feel_by_vader),
    Tool(
        "spaCy with textacy",
        ("spacy", "textacy", SPACY_MODEL),
        f"pip install spacy textacy && python -m spacy download {SPACY_MODEL}",
        statements=_quote_by_textacy,
    ),
)
