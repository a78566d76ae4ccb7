"""Devices: framing by a sentence rather than by a word (the codebook's section B).

Patterns and the reader propose (`proposals.py`); a decision learned from coders weighs each in its context
(`models/classifiers/devices.py`). What is less sure stays in the report and out of the default view. A few patterns
hold nearly wherever they fire (`device_rules.toml` beside it): what they find is shown, however rare its kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ....classifiers import devices
from ....document import Document
from ....report import Attribution, Device, EntityFinding, Genre
from .proposals import OUTLETS_ALONE, Candidate, propose
from .scene import Scene, lay_out

__all__ = ["find", "know", "propose", "settle"]

_BESIDE = 3  # words between two of a kind in one sentence, below which they are one


def find(
    document: Document, said: Attribution, people: Sequence[EntityFinding], genre: Genre | None = None
) -> list[Device]:
    """Which devices does this article use? In text order; `people` are the entities that the report names."""
    scene = lay_out(document, said, genre)
    candidates = list(propose(scene))
    decisions = devices.decide(document, [know(scene, one) for one in candidates], scene.told)
    least = devices.load().told_from
    weighed = [(c, d) for c, d in zip(candidates, decisions, strict=True) if d.strength >= least]
    names = {one.id: one.name for one in people}
    kept = settle(scene, weighed)
    return sorted(
        (_tell(scene, *one, names) for one in kept), key=lambda device: (device.start, device.end, device.kind)
    )


def know(scene: Scene, candidate: Candidate) -> devices.Known:
    """What the decision needs to know of a candidate."""
    return devices.Known(
        kind=candidate.kind,
        rule=candidate.rule,
        first=candidate.first,
        last=candidate.last,
        cue=candidate.cue,
        end=candidate.end,
        being=scene.being(candidate.about),
        named=candidate.about is not None and scene.entity[candidate.about] is not None,
        told=scene.told[candidate.cue],
        seen=candidate.seen,
    )


def settle(
    scene: Scene, weighed: Sequence[tuple[Candidate, devices.Decision]]
) -> Iterator[tuple[Candidate, devices.Decision]]:
    """Of candidates of one kind that overlap or stand side by side in a sentence, the strongest."""
    tokens = scene.document.tokens
    taken: dict[tuple[str, int], list[Candidate]] = {}
    for candidate, decision in sorted(weighed, key=lambda one: -one[1].strength):
        beside = taken.setdefault((candidate.kind, tokens[candidate.cue].sentence), [])
        if all(c.first >= candidate.last + _BESIDE or candidate.first >= c.last + _BESIDE for c in beside):
            beside.append(candidate)
            yield candidate, decision


def _tell(scene: Scene, candidate: Candidate, decision: devices.Decision, names: dict[str, str]) -> Device:
    document = scene.document
    start, end = document.tokens[candidate.first].start, document.tokens[candidate.last - 1].end
    about = scene.entity[candidate.about] if candidate.about is not None else None
    about = about if about in names else None
    whom = names[about] if about else scene.words(candidate.about)
    return Device(
        start=start,
        end=end,
        text=document.text[start:end],
        kind=candidate.kind,
        voice="outlet" if candidate.kind in OUTLETS_ALONE else document.voice_at(document.tokens[candidate.cue].start),
        about=about,
        rule=candidate.rule,
        note=candidate.note.replace("{about}", whom),
        strength=decision.strength,
        shown=decision.shown,
    )
