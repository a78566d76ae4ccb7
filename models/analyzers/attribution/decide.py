"""Who said what: which source and which contents belong to a cue. One decision a pair, by a small linear model."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from ...document.parts import Reading
from . import grammar, unsaid
from .features import Scene, content_candidates, item_features, set_scene, source_candidates, touch
from .grammar import Draft, Lines, Words
from .propose import Marked

PATH = Path(__file__).parents[2] / "classifiers" / "attribution_pairs.json"


@dataclass(frozen=True, slots=True)
class PairModel:
    """Weights of three logistic regressions by feature name: two for pairs, one for what they make together."""

    source: dict[str, float]
    content: dict[str, float]
    item: dict[str, float]


@dataclass(frozen=True, slots=True)
class Limits:
    """Probabilities from which on pairs are joined, and items kept."""

    source: float = 0.1
    first: float = 0.25  # the likeliest content of a cue
    further: float = 0.5  # another one
    orphan: float = 0.1  # a content that nobody else has
    item: float = 0.15


LIMITS = Limits()


def score(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    """How likely is it that this pair belongs together, 0..1?"""
    logit = weights.get("intercept", 0.0)
    for name, value in features.items():
        if value:
            logit += weights.get(name, 0.0) * value
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


@cache
def load() -> PairModel:
    """Read the model; once a process."""
    raw: dict[str, Any] = json.loads(PATH.read_text(encoding="utf-8"))
    return PairModel(raw["source"], raw["content"], raw["item"])


def decide(lines: Lines, reading: Reading, marked: Marked) -> list[Draft]:
    """Whose is each content, in words of whom? In the order of cues, unlikely items and what nobody says left out."""
    model = load()
    joined = join(set_scene(lines, reading, marked), model)
    drafts = (turn(lines, draft) for draft, features in joined if score(model.item, features) >= LIMITS.item)
    return [draft for draft in drafts if not unsaid.is_silent(lines, draft)]


def turn(lines: Lines, draft: Draft) -> Draft:
    """The passive turns speech round: Reik was accused [of theft] by [two aides]. Who is accused says nothing."""
    if draft.cue is None or not draft.source:
        return draft
    verb = lines.syntax.head_of(*draft.cue)
    agent = lines.syntax.child(verb, "obl:agent")
    if not lines.syntax.is_passive(verb) or lines.words[verb] not in grammar.DONE_TO:
        return draft
    if agent is None:
        return replace(draft, source=()) if draft.source[0][1] <= draft.cue[0] else draft
    first, last = grammar.phrase(lines, agent)
    source = (first + (lines.words[first] == "by"), last)
    pieces = (piece for part in draft.content for piece in _cut_out(part, (first, last)))
    return Draft(draft.cue, (source,), tuple(pieces) or draft.content)


def join(scene: Scene, model: PairModel, limits: Limits = LIMITS) -> list[tuple[Draft, dict[str, float]]]:
    """Join every cue with its source and contents; beside each item what speaks for it as a whole."""
    sources = _choose_sources(scene, model, limits)
    contents = _choose_contents(scene, model, limits, {cue: span for cue, (span, _) in sources.items()})
    owners: dict[tuple[Words | None, Words], float] = {}  # how sure the surest cue of a source is of a content
    surest: dict[Words, float] = {}  # and the surest of all cues
    for number, parts in contents.items():
        for part, sure in parts.items():
            key = (sources[number][0] if number in sources else None, part)
            owners[key] = max(sure, owners.get(key, 0.0))
            surest[part] = max(sure, surest.get(part, 0.0))
    joined = []
    for number, cue in enumerate(scene.marked.cues):
        source, sure_of_source = sources.get(number, (None, 0.0))
        parts = contents.get(number, {})
        likeliest = max(parts.values(), default=0.0)
        # of two cues that give one source the same content, the surer one keeps it; a further part is nobody else's
        kept = sorted(
            part
            for part, sure in parts.items()
            if sure == owners[source, part] and (sure == likeliest or sure == surest[part])
        )
        if kept and _says(scene, number):
            draft = Draft(cue, (source,) if source else (), tuple(kept))
            joined.append((draft, item_features(scene, number, draft, likeliest, sure_of_source)))
    return joined


def _choose_sources(scene: Scene, model: PairModel, limits: Limits) -> dict[int, tuple[Words, float]]:
    """The likeliest source of each cue that has one, and how likely."""
    best: dict[int, tuple[Words, float]] = {}
    for candidate in source_candidates(scene):
        sure = score(model.source, candidate.features)
        if sure >= limits.source and (candidate.cue not in best or sure > best[candidate.cue][1]):
            best[candidate.cue] = (candidate.span, sure)
    return best


def _choose_contents(
    scene: Scene, model: PairModel, limits: Limits, sources: Mapping[int, Words]
) -> dict[int, dict[Words, float]]:
    """Every cue's contents and how sure they are. Nobody's source is its own content."""
    judged = [(score(model.content, candidate.features), candidate) for candidate in content_candidates(scene)]
    judged.sort(key=lambda pair: (-pair[0], pair[1].cue, pair[1].span))
    contents: dict[int, dict[Words, float]] = {}
    taken: set[int] = set()
    for sure, candidate in judged:
        pieces = _cut_out(candidate.span, sources.get(candidate.cue))
        if not pieces:
            continue
        inner = touch(scene.marked.cues[candidate.cue], scene.marked.contents[candidate.run])
        first = candidate.cue not in contents and sure >= limits.first
        orphan = not inner and candidate.run not in taken and sure >= limits.orphan
        if first or orphan or sure >= limits.further:
            contents.setdefault(candidate.cue, {}).update(dict.fromkeys(pieces, sure))
            taken.add(candidate.run)
    return contents


def _cut_out(span: Words, hole: Words | None) -> list[Words]:
    """What is left of a content without its own source."""
    if hole is None or not touch(span, hole):
        return [span]
    return [piece for piece in ((span[0], hole[0]), (hole[1], span[1])) if piece[0] < piece[1]]


def _says(scene: Scene, number: int) -> bool:
    """A cue holds a verb, a noun, a preposition or a colon, or is an adverb of the lexicon."""
    tokens = (scene.lines.tokens[at] for at in range(*scene.marked.cues[number]))
    return any(token.tag.startswith(("VB", "NN", "IN", "JJ", ":")) for token in tokens) or bool(scene.entries[number])
