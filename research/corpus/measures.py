"""Coders beside each other, and Parallax as one more coder, on the corpus' measure part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from models.agreement import Mark, alpha
from models.article import Article
from models.pipeline import analyze
from models.report import Report
from research.corpora import read_lines
from research.corpus.layers import (
    FRAMES,
    Coded,
    Compared,
    compare_devices,
    compare_loaded,
    compare_statements,
    compare_unheard,
    from_report,
    pair_people,
    pair_roles,
    same_name,
    same_target,
)
from research.corpus.records import MARKS, SETTLED, best, find_texts, read_articles, read_marks
from research.scoring import Counts, Tallies, f1, ratio

LAYERS: Mapping[str, Callable[[Coded, Coded], Compared]] = {
    "loaded": compare_loaded,
    "devices": compare_devices,
    "statements": compare_statements,
}
# What else must agree on a mark that meets another, by layer.
ASPECTS: Mapping[str, Mapping[str, Callable[[Mark, Mark], bool]]] = {
    "loaded": {
        "category": lambda a, b: bool(a["category"] == b["category"]),
        "voice": lambda a, b: bool(a["voice"] == b["voice"]),
        "target": same_target,
    },
    "devices": {},
    "statements": {
        "speaker": lambda a, b: same_name(a["speaker"], b["speaker"]),
        "kind": lambda a, b: bool(a["kind"] == b["kind"]),
        "stance": lambda a, b: bool(a["stance"] == b["stance"]),
    },
}
_SURE = 2
_ABSENT = {"level": 0}


def precision(counts: Counts) -> Counts:
    """Of true positives, false positives, false negatives: the share of what was marked that holds."""
    return np.asarray(counts[..., 0] / np.maximum(counts[..., 0] + counts[..., 1], 1e-9))


def recall(counts: Counts) -> Counts:
    """The share of what is there that was marked."""
    return np.asarray(counts[..., 0] / np.maximum(counts[..., 0] + counts[..., 2], 1e-9))


def count_coded(data: Path, tallies: Tallies, limit: int | None = None) -> None:
    """The coded corpus' measure part: coders beside each other, and Parallax beside them; nothing without its texts."""
    source = data / "news" / "articles.jsonl.gz"
    if not source.exists() or not MARKS.exists():
        return
    facts, marks, texts = read_articles(), read_marks(), find_texts(read_lines(source))
    names = [name for name, about in facts.items() if about["part"] == "measure" and name in texts][:limit]
    compare_coders({name: marks[name] for name in names}, tallies)
    compare_tool(((name, analyze(to_article(texts[name], facts[name]))) for name in names), marks, tallies)


def to_article(text: str, facts: Mapping[str, Any]) -> Article:
    """A coded article as somebody would submit it."""
    end = facts["title_end"]
    return Article(title=text[:end], text=text[end:].removeprefix("\n\n"), outlet=facts.get("outlet"))


def compare_coders(marks: Mapping[str, Mapping[str, Coded]], tallies: Tallies) -> None:
    """Two coders of one article on each layer; adds to `tallies`, an article a group."""
    for name, by_coder in marks.items():
        for first, second in combinations([row for coder, row in sorted(by_coder.items()) if coder != SETTLED], 2):
            for layer, compare in LAYERS.items():
                compared = compare(first, second)
                tallies.add(f"coders.{layer}_f1", f1, layer, name, compared.counts(), len(compared.ours))
                _count_aspects(f"coders.{layer}", layer, compared, name, tallies)
            _count_whole("coders", first, second, name, tallies)
            portrayals = [(a["portrayal"], b["portrayal"]) for a, b in pair_people(first, second)]
            tallies.draw("coders.portrayal_alpha", ordinal_alpha, "people", name, portrayals)


def compare_tool(
    reports: Iterable[tuple[str, Report]], marks: Mapping[str, Mapping[str, Coded]], tallies: Tallies
) -> None:
    """Parallax's reports (by article's id) against the coders; adds to `tallies`, an article a group."""
    for name, report in reports:
        ours, by_coder = from_report(report), marks[name]
        gold = best(by_coder)
        for layer, compare in LAYERS.items():
            compared = compare(ours, gold)
            for measure, value in (("precision", precision), ("recall", recall), ("f1", f1)):
                tallies.add(f"coded.{layer}_{measure}", value, layer, name, compared.counts(), len(compared.ours))
            _count_aspects(f"coded.{layer}", layer, compared, name, tallies)
            signed = sign(layer, compared)
            tallies.add(f"coded.{layer}_signed", ratio, layer, name, [sum(signed), len(signed)], len(signed))
            if layer == "loaded":
                judged = [(mark["strength"], held) for mark, held in zip(compared.ours, signed, strict=True)]
                tallies.draw("coded.strength_auc", auc, "findings", name, judged)
        _count_kinds(compare_devices(ours, gold), name, tallies)
        _count_sure(ours, gold, name, tallies)
        _count_whole("coded", ours, gold, name, tallies)
        people = list(pair_people(ours, gold))
        portrayals = [(a["portrayal"], b["portrayal"]) for a, b in people]
        tallies.draw("coded.portrayal_alpha", ordinal_alpha, "people", name, portrayals)
        agreed = [np.sign(a["portrayal"]) == np.sign(b["portrayal"]) for a, b in people if a["shown"]]
        tallies.add("coded.portrayal_signed", ratio, "people", name, [sum(agreed), len(agreed)], len(agreed))


def _count_kinds(compared: Compared, name: str, tallies: Tallies) -> None:
    """Each kind of device by itself: what is shown and right, shown alone, and missed."""
    for kind in sorted({mark["kind"] for mark in (*compared.ours, *compared.theirs)}):
        met = sum(mark["kind"] == kind for mark, _ in compared.met())
        shown, marked = (sum(mark["kind"] == kind for mark in marks) for marks in (compared.ours, compared.theirs))
        counts = [float(met), float(shown - met), float(marked - met)]
        tallies.add(f"coded.device_{kind}_precision", precision, "devices", name, counts, shown)
        tallies.add(f"coded.device_{kind}_recall", recall, "devices", name, counts, marked)


def _count_whole(prefix: str, ours: Coded, theirs: Coded, name: str, tallies: Tallies) -> None:
    """What is said of the article as a whole, and of who speaks in it and who does not."""
    tallies.add(f"{prefix}.genre", ratio, "articles", name, [float(ours["genre"] == theirs["genre"]), 1.0])
    levels = [(ours["frames"].get(frame, _ABSENT)["level"], theirs["frames"][frame]["level"]) for frame in FRAMES]
    tallies.draw(f"{prefix}.frames_alpha", ordinal_alpha, "levels", name, levels)
    roles = [a == b for a, b in pair_roles(ours, theirs)]
    if roles:
        tallies.add(f"{prefix}.cast_role", ratio, "sources", name, [sum(roles), len(roles)], len(roles))
    missed = compare_unheard(ours, theirs)
    for measure, value in (("precision", precision), ("recall", recall)):
        tallies.add(f"{prefix}.unheard_{measure}", value, "people", name, missed)


def _count_aspects(prefix: str, layer: str, compared: Compared, name: str, tallies: Tallies) -> None:
    for aspect, agree in ASPECTS[layer].items():
        held = [agree(a, b) for a, b in compared.met()]
        if held:
            tallies.add(f"{prefix}_{aspect}", ratio, layer, name, [sum(held), len(held)], len(held))


def sign(layer: str, compared: Compared) -> list[bool]:
    """Which of our marks would the coder take as they stand: met, and nothing that we say of it another?

    A loaded word's category may be another of its group; a target that we leave open says nothing wrong.
    """
    met = dict(compared.pairs)
    return [at in met and _holds(layer, mark, compared.theirs[met[at]]) for at, mark in enumerate(compared.ours)]


def _holds(layer: str, ours: Mark, theirs: Mark) -> bool:
    if layer == "loaded":
        return bool(ours["voice"] == theirs["voice"]) and (ours["target"] is None or same_target(ours, theirs))
    return all(agree(ours, theirs) for agree in ASPECTS[layer].values())


def _count_sure(ours: Coded, gold: Coded, name: str, tallies: Tallies) -> None:
    for layer in ("loaded", "devices"):
        sure = {layer: [mark for mark in gold[layer] if mark["sure"] == _SURE]}
        compared = LAYERS[layer](ours, sure)
        counts = [float(len(compared.pairs)), float(len(compared.theirs))]
        tallies.add(f"coded.{layer}_sure_recall", ratio, layer, name, counts, len(compared.theirs))


def ordinal_alpha(pairs: Sequence[tuple[int, int]]) -> float:
    """Krippendorff's alpha of two coders' levels."""
    return alpha(pairs, "ordinal")


def auc(judged: Sequence[tuple[float, Any]]) -> float:
    """The chance that one which holds has the higher strength than one which doesn't (Mann and Whitney 1947)."""
    right = np.array([strength for strength, held in judged if held])
    wrong = np.array([strength for strength, held in judged if not held])
    if not len(right) or not len(wrong):
        return float("nan")
    above = (right[:, None] > wrong[None, :]).mean() + (right[:, None] == wrong[None, :]).mean() / 2
    return float(above)
