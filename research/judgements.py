"""What people said of sentences, pairs of names and main persons: further corpora of shared/data as samples."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations
from pathlib import Path
from typing import Any

from research.corpora import Answer, Pair, Sample, Target, find_sentences, read_lines
from research.corpus import records

OPINIONS = ("fact", "opinion", "quote", "other")
ROLES = (
    "Main",
    "Main_Consequence",
    "Cause_Specific",
    "Cause_General",
    "Distant_Historical",
    "Distant_Anecdotal",
    "Distant_Evaluation",
    "Distant_Expectations_Consequences",
    "NA",
)
FRAMES = (
    "conflict",
    "game",
    "human_interest",
    "economic",
    "morality",
    "responsibility",
    "security",
    "rights",
    "health",
)
DEVICES = (
    "motive",
    "opinion_as_fact",
    "hidden_agent",
    "blame",
    "presupposition",
    "speculation",
    "vague_source",
    "rhetorical_question",
    "snippet_quote",
    "metaphor",
)
SEESAW_VOTES = {
    "Very Negative": -1.0,
    "Negative": -0.66,
    "Slightly Negative": -0.33,
    "Neutral": 0.0,
    "Slightly Positive": 0.33,
    "Positive": 0.66,
    "Very Positive": 1.0,
}
MERGED = {"credit": "blame"}  # told apart by tone, not by shape
_BRACKETED = re.compile(r"\[([^\[\]]+)\]")
_NAN = math.nan


def read_judgements(data: Path) -> list[Sample]:
    """Every sample of these corpora that is found in the data folder."""
    readers = {
        "opinion": read_opinion,
        "subjectivity": read_subjectivity,
        "structure": read_structure,
        "directed": read_directed,
        "seesaw": read_seesaw,
        "persent": read_persent,
        "news": read_coded,
    }
    return [sample for name, read in readers.items() if (data / name).exists() for sample in read(data)]


def _shares(votes: Sequence[str], classes: Sequence[str]) -> tuple[float, ...] | None:
    counts = Counter(vote for vote in votes if vote in classes)
    total = counts.total()
    return tuple(counts[name] / total for name in classes) if total else None


def read_opinion(data: Path) -> Iterator[Sample]:
    """Media Bias Detector: sentences of 2024's news, three coders each; borderline votes are split."""
    for row in read_lines(data / "opinion" / "train.jsonl"):
        votes = [v for kind in row["kind"] for v in (("fact", "opinion") if kind == "borderline" else (kind, kind))]
        values = _shares(votes, OPINIONS)
        if values and row["text"].strip():
            yield Sample(
                "opinion", row["article"], row["text"], answers=(Answer(0, len(row["text"]), "opinion", values),)
            )


def read_subjectivity(data: Path) -> Iterator[Sample]:
    """CheckThat! 2025 task 1: is a sentence of news subjective?"""
    for row in read_lines(data / "subjectivity" / "train.jsonl"):
        text = row["text"]
        yield Sample(
            "subjectivity", text[:60], text, answers=(Answer(0, len(text), "subjective", (float(row["subjective"]),)),)
        )


def read_structure(data: Path) -> Iterator[Sample]:
    """NewsDiscourse (Choubey et al. 2020): each sentence's role around the main event, whole articles."""
    for row in read_lines(data / "structure" / "train.jsonl"):
        text, answers, before = "", [], None
        for sentence in row["sentences"]:
            words = sentence["text"].strip()
            if not words:
                continue
            text += "" if before is None else " " if before == sentence["paragraph"] else "\n"
            before = sentence["paragraph"]
            values = tuple(float(sentence["role"] == role) for role in ROLES)
            answers.append(Answer(len(text), len(text) + len(words), "role", values))
            text += words
        yield Sample("structure", row["id"], text, answers=tuple(answers), about={"title": row["title"]})


def read_directed(data: Path) -> Iterator[Sample]:
    """Park et al. 2021: two names in brackets, and who of them is for or against the other."""
    for row in read_lines(data / "directed" / "train.jsonl"):
        hits = list(_BRACKETED.finditer(row["text"]))
        if len(hits) != 2:
            continue
        text = row["text"].replace("[", "").replace("]", "")
        p, q = ((hit.start() - 2 * at, hit.end() - 2 * at - 2) for at, hit in enumerate(hits))
        yield Sample("directed", text[:60], text, pairs=(Pair(p, q, 0, len(text), row["label"]),))


def read_seesaw(data: Path) -> Iterator[Sample]:
    """SEESAW (Zhang et al. 2022): who is for or against whom, by sentence, where both are named in it."""
    for row in read_lines(data / "seesaw" / "train.jsonl"):
        signs: dict[tuple[int, str, str], int] = {}
        for stance in row["stances"]:
            signs[stance["sentence"], stance["subject"], stance["object"]] = stance["polarity"]
        for at, text in enumerate(row["sentences"]):
            names = sorted({n for s, a, b in signs if s == at for n in (a, b)})
            found = {name: place for name in names if (place := find_name(text, name))}
            pairs = []
            for (p, place), (q, other) in permutations(found.items(), 2):
                sign = signs.get((at, p, q))
                if sign and place != other:
                    first = place < other  # else p and q trade places, and with them who holds the stance
                    label = (1 if first else 2) if sign > 0 else (3 if first else 4)
                    one, two = sorted((place, other))
                    pairs.append(Pair(one, two, 0, len(text), label))
            if pairs:
                yield Sample("seesaw", row["event"], text, pairs=tuple(pairs))


def find_name(text: str, name: str) -> tuple[int, int] | None:
    """Where a person is first named, in whole or by the last word of the name."""
    for words in (name, name.rsplit(maxsplit=1)[-1]):
        hit = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text)
        if hit and len(words) > 2:
            return hit.span()
    return None


def read_persent(data: Path) -> Iterator[Sample]:
    """PerSenT (Bastan et al. 2020): the author's feeling toward one person, a paragraph a sample."""
    for row in read_lines(data / "persent" / "train.jsonl"):
        paragraphs = [p.strip() for p in row["text"].split("\n")]
        for text, feeling in zip(paragraphs, row["paragraphs"], strict=False):
            place = find_name(text, row["target"])
            if place and feeling is not None:
                yield Sample("persent", row["id"], text, feelings=(Target(*place, feeling),))


def read_coded(data: Path) -> Iterator[Sample]:
    """Our own corpus: loaded words, statements and devices as spans; frames and sure marks by sentence."""
    facts, marks = records.read_articles(), records.read_marks()
    texts = records.find_texts(read_lines(data / "news" / "articles.jsonl.gz"))
    for name, text in texts.items():
        if name in marks:
            coded = records.best(marks[name])
            yield Sample(
                "coded",
                name,
                text,
                spans=_coded_spans(coded),
                answers=tuple(_coded_answers(coded, text)),
                about={"part": facts[name]["part"]},
            )


def _coded_spans(coded: Mapping[str, Any]) -> dict[str, tuple[tuple[int, int], ...]]:
    spans: dict[str, list[tuple[int, int]]] = {f"device_{kind}": [] for kind in DEVICES}
    spans["coded_loaded"] = [(mark["start"], mark["end"]) for mark in coded["loaded"]]
    for mark in coded["devices"]:
        kind = MERGED.get(mark["kind"], mark["kind"])
        if kind in DEVICES:
            spans[f"device_{kind}"].append((mark["start"], mark["end"]))
    spans["coded_source"] = [tuple(s["source"]) for s in coded["statements"] if s["source"]]
    spans["coded_cue"] = [tuple(s["cue"]) for s in coded["statements"] if s["cue"]]
    spans["coded_content"] = [(a, b) for s in coded["statements"] for a, b in s["content"]]
    return {label: tuple(sorted(found)) for label, found in spans.items()}


def _coded_answers(coded: Mapping[str, Any], text: str) -> Iterator[Answer]:
    sure = [m for m in (*coded["loaded"], *coded["devices"]) if m["sure"] == 2 and m["voice"] == "outlet"]
    less = [m for m in (*coded["loaded"], *coded["devices"]) if m["voice"] == "outlet"]
    for start, end in find_sentences(text):
        inside = any(m["start"] < end and start < m["end"] for m in sure)
        maybe = not inside and any(m["start"] < end and start < m["end"] for m in less)
        yield Answer(start, end, "marked", (0.5 if maybe else float(inside),))
        values = []
        for frame in FRAMES:
            told = coded["frames"][frame]
            shows = told["evidence"] and told["evidence"][0] < end and start < told["evidence"][1]
            values.append(1.0 if shows else 0.0 if told["level"] == 0 else _NAN)
        yield Answer(start, end, "frame", tuple(values))
