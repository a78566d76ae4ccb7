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
from ...document.syntax import ROOT
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
_UNDER = frozenset(("advcl", "xcomp", "conj", "parataxis", "ccomp", "acl", "obj"))  # on the way to a subject
_ASIDE = frozenset(("to", "in", "of", "at", "on", "about", "for", "with", "into", "over", "after", "during"))
_CLAUSES = 4  # on that way
_NAMED = 10  # tokens behind a verb in which a name with its titles ends
_CHARGES = frozenset(
    ("obl", "xcomp", "ccomp", "advcl")
)  # as what hangs from a passive verb that somebody is accused of


def score(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    """How likely is it that this pair belongs together, 0..1?"""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, weigh(weights, features)))))


def weigh(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    """The same as log odds: the intercept and what each feature adds."""
    logit = weights.get("intercept", 0.0)
    for name, value in features.items():
        if value:
            logit += weights.get(name, 0.0) * value
    return logit


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
    """With who speaks by the tree where the reader saw nobody. The passive turns speech round: Reik was accused [of
    theft] by [two aides]: who is accused says nothing."""
    verb = lines.syntax.head_of(*draft.cue) if draft.cue else -1
    if verb < 0 or draft.cue is None:
        return draft
    if not (lines.syntax.is_passive(verb) and lines.words[verb] in grammar.DONE_TO):
        told = bool(draft.source) and not (
            _is_done_to(lines, draft.cue, draft.source[0]) or _is_aside(lines, draft.cue, draft.source[0])
        )
        return draft if told else _give_subject(lines, draft, draft.cue)
    agent = next((at for at in lines.syntax.subtree(verb) if at > verb and _is_agent(lines, at)), None)
    by = grammar.phrase(lines, agent) if agent else None
    charged = lines.syntax.children(verb, _CHARGES)
    charge = tuple(grammar.phrase(lines, at, frozenset()) for at in charged if at > verb and at != agent)
    said = tuple(part for part in draft.content if part[0] >= draft.cue[1]) or charge[:1] or draft.content
    pieces = tuple(grammar.trim(lines, *piece) for part in said for piece in _cut_out(part, by))
    return Draft(draft.cue, ((by[0] + 1, by[1]),) if by else (), pieces) if pieces else draft


def _is_agent(lines: Lines, at: int) -> bool:
    """Stands this noun behind "by", and for somebody?"""
    case = lines.syntax.child(at, "case")
    by = case is not None and lines.words[case] == "by" and lines.syntax.upos[at] in ("NOUN", "PROPN", "PRON", "NUM")
    return by and lines.syntax.relations[at] in ("obl:agent", "obl", "nmod")


def _give_subject(lines: Lines, draft: Draft, cue: Words) -> Draft:
    verb = lines.syntax.head_of(*cue)
    if not lines.tokens[verb].tag.startswith("VB"):
        return draft
    whole = grammar.subject(lines, verb) or _governor(lines, cue) or _behind(lines, cue)
    if whole is None or any(touch(whole, part) for part in draft.content):
        return draft
    return replace(draft, source=(whole,))


def _is_done_to(lines: Lines, cue: Words, source: Words) -> bool:
    """Lee took [the stage] to say: what the verb before an infinitive is done to, and no speaker."""
    syntax = lines.syntax
    verb, head = syntax.head_of(*cue), syntax.head_of(*source)
    return (
        lines.tokens[verb].tag == "VB"
        and "to" in lines.words[max(0, cue[0] - 1) : cue[1]]
        and head < verb
        and syntax.relations[head] == "obj"
        and syntax.upos[head] == "NOUN"
    )


def _is_aside(lines: Lines, cue: Words, source: Words) -> bool:
    """He spoke of [the storm] and said; he thanked [the crew], saying: no speaker stands behind a preposition, or as an
    object, before a verb that hangs from elsewhere."""
    syntax = lines.syntax
    verb, head = syntax.head_of(*cue), syntax.head_of(*source)
    if head >= verb or lines.quoted[head] != lines.quoted[verb] or head in syntax.ancestors(verb):
        return False
    while syntax.relations[head] == "conj":
        head = syntax.heads[head]
    above = syntax.heads[head]
    lower = above != ROOT and above not in syntax.ancestors(verb) and above < verb
    if lower and lines.tokens[verb].tag == "VBG" and syntax.relations[verb] == "advcl":
        acts = syntax.relations[head] == "nsubj" and syntax.relations[above].startswith("acl")
        agent = syntax.relations[head] == "obl:agent" and not syntax.children(head, ("acl", "acl:relcl"))
        if acts or agent:  # Lee decried what [Hale] wrote, saying; tests run by [Hale]
            return True
    case = syntax.child(head, "case")
    behind = case is not None and lines.words[case] in _ASIDE and case < source[0]
    done_to = syntax.relations[head] == "obj" and lines.tokens[verb].tag == "VBG"
    return (syntax.relations[head] in ("obl", "nmod") and behind) or done_to


def _behind(lines: Lines, cue: Words) -> Words | None:
    """Who stands behind a verb that opens its sentence: Added [Chairman Ann Lee], “We are done.”"""
    if cue[0] and lines.tokens[cue[0] - 1].sentence == lines.tokens[cue[0]].sentence:
        return None
    near = range(cue[1], min(cue[1] + _NAMED, len(lines.tokens)))
    heads = [at for at in near if lines.syntax.relations[at] in ("nsubj", "obj") and lines.quoted[at] < 0]
    wholes = [grammar.phrase(lines, at) for at in heads if lines.syntax.upos[at] == "PROPN"]
    return next((whole for whole in wholes if whole[0] == cue[1]), None)


def _governor(lines: Lines, cue: Words) -> Words | None:
    """Who speaks in a clause without a subject: [Lee] took the stage to say, [Lee] left, saying."""
    syntax = lines.syntax
    verb = syntax.head_of(*cue)
    if lines.tokens[verb].tag not in ("VB", "VBG"):
        return None
    for _ in range(_CLAUSES):
        if syntax.relations[verb] not in _UNDER or syntax.heads[verb] == ROOT:
            return None
        verb = syntax.heads[verb]
        subject = syntax.child(verb, "nsubj")
        if subject is not None:
            return grammar.phrase(lines, subject) if lines.quoted[subject] == lines.quoted[cue[0]] else None
    return None


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
