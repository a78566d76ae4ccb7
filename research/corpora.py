"""The corpora of shared/data, read into one shape: text, labelled spans, judged sentences, targets."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

Span = tuple[int, int]
Part = Literal["train", "tune", "measure"]

# Never trained on at all: an outlet and a topic of BABE, to see how far the reader carries.
HELD_OUT_OUTLET = "HuffPost"
HELD_OUT_TOPIC = "student-debt"

_SHARES: Mapping[str, tuple[float, float]] = {  # of groups: (tune, measure); the rest trains
    "babe": (0.07, 0.08),
    "ptc": (0.10, 0.12),
    "newsmtsc": (0.05, 0.08),
    "basil": (0.12, 0.48),
    "polnear/dev": (0.5, 0.5),
    "grammar": (0.01, 0.04),
    "opinion": (0.1, 0.15),
    "subjectivity": (0.1, 0.15),
    "structure": (0.08, 0.15),
    "directed": (0.05, 0.1),
    "seesaw": (0.1, 0.2),
    "persent": (0.1, 0.15),
    "narrative": (0.1, 0.2),
}
_LOADED_TECHNIQUES = {"Loaded_Language", "Name_Calling,Labeling"}
_OPINIONS = {
    "Entirely factual": 0,
    "Somewhat factual but also opinionated": 1,
    "Expresses writer’s opinion": 2,
    "Expresses writer's opinion": 2,
}
_NAME_KINDS = {"PERSON": "person", "ORGANIZATION": "organization", "LOCATION": "place"}
_SENTENCE_END = re.compile(r"[.!?][”\"’')\]]*\s+(?=[“\"‘'(\[]?[A-Z0-9])")


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence and what experts said of it. `opinion`: 0 factual, 1 mixed, 2 opinion."""

    start: int
    end: int
    bias: bool | None = None
    opinion: int | None = None


@dataclass(frozen=True, slots=True)
class Target:
    start: int
    end: int
    polarity: int  # -1, 0, 1


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a treebank: `head` is its place among the sample's words, -1 for the root of `sentence`."""

    start: int
    end: int
    upos: str
    xpos: str
    head: int
    relation: str
    sentence: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What people said of a sentence: how likely each class of `head` is, NaN where nobody was asked."""

    start: int
    end: int
    head: str
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names of the sentence [start, end): 0 nothing, 1 p for q, 2 q for p, 3 p against q, 4 q against p."""

    p: Span
    q: Span
    start: int
    end: int
    label: int


@dataclass(frozen=True, slots=True)
class Sample:
    """A text with its labels. A label in `spans` means: annotated here; outside its spans it is absent."""

    corpus: str
    group: str  # never split between parts
    text: str
    spans: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    judged: tuple[Judged, ...] = ()
    targets: tuple[Target, ...] = ()
    feelings: tuple[Target, ...] = ()  # of the author, toward a main person, in the passage around the mention
    words: tuple[Word, ...] = ()
    answers: tuple[Answer, ...] = ()
    pairs: tuple[Pair, ...] = ()
    about: Mapping[str, str] = field(default_factory=dict)  # outlet, leaning, topic: for tables, never for training
    attributions: tuple[Mapping[str, Sequence[Span]], ...] = ()  # whole ones, for evaluation
    quoted: tuple[bool, ...] = ()  # for each loaded_basil span, for evaluation


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a JSON Lines file, gzipped or not."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def find_part(sample: Sample) -> Part:
    """Which part a sample belongs to: by a hash of its group, the same in training and evaluation."""
    held_out = sample.about.get("outlet") == HELD_OUT_OUTLET or sample.about.get("topic") == HELD_OUT_TOPIC
    if sample.corpus == "babe" and held_out:
        return "measure"
    if sample.corpus == "polnear":
        return "train"
    if sample.corpus == "coded":
        return sample.about["part"]  # type: ignore[return-value]
    tune, measure = _SHARES[sample.corpus]
    digest = hashlib.blake2b(f"{sample.corpus}\n{sample.group}".encode(), digest_size=8).digest()
    at = int.from_bytes(digest) / 2**64
    return "tune" if at < tune else "measure" if at < tune + measure else "train"


def is_for_lessons(name: str) -> bool:
    """Half of the articles: the other half stays unread by every model, for eyes and reference."""
    return hashlib.blake2b(name.encode(), digest_size=1).digest()[0] < 128


def read_corpora(data: Path) -> list[Sample]:
    """Every labelled sample found in the data folder; a corpus that is not there is left out."""
    readers = {
        "babe/train.jsonl": read_babe,
        "ptc/train.jsonl": read_ptc,
        "polnear/train.jsonl": read_polnear,
        "newsmtsc/train.jsonl": read_newsmtsc,
        "basil/dev.jsonl": read_basil,
    }
    return [sample for name, read in readers.items() if (data / name).exists() for sample in read(data)]


def _normalise(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()


def _find_words(text: str, words: Sequence[str]) -> tuple[Span, ...]:
    found = []
    for word in words:
        pattern = re.escape(word.strip())
        if pattern:
            hits = list(re.finditer(rf"(?<!\w){pattern}(?!\w)", text)) or list(
                re.finditer(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE)
            )
            found += [hit.span() for hit in hits]
    return tuple(sorted(set(found)))


def read_babe(data: Path) -> Iterator[Sample]:
    """BABE (Spinde et al. 2021): sentences judged by experts, with the words that made them biased."""
    for row in read_lines(data / "babe" / "train.jsonl"):
        text = row["text"]
        spans = _find_words(text, row["biased_words"] if row["biased"] else ())
        yield Sample(
            corpus="babe",
            group=_normalise(text)[:60],
            text=text,
            spans={"loaded_babe": spans, "loaded_any": spans},
            judged=(Judged(0, len(text), row["biased"], _OPINIONS.get(row["opinion"])),),
            about={key: row[key] for key in ("outlet", "leaning", "topic")},
        )


def read_ptc(data: Path) -> Iterator[Sample]:
    """PTC (Da San Martino et al. 2019): whole articles; Loaded_Language and Name_Calling are loaded."""
    seen: dict[str, str] = {}
    for row in read_lines(data / "ptc" / "train.jsonl"):
        group = seen.setdefault(_normalise(row["text"])[:200], row["id"])
        if group != row["id"]:
            continue
        spans = tuple(sorted((s["start"], s["end"]) for s in row["spans"] if s["technique"] in _LOADED_TECHNIQUES))
        yield Sample("ptc", group, row["text"], {"loaded_ptc": spans, "loaded_any": spans})


def read_polnear(data: Path) -> Iterator[Sample]:
    """PolNeAR (Newell et al. 2018): attributions in whole articles, with CoreNLP's names as silver labels."""
    silver = {}
    if (path := data / "polnear" / "silver.jsonl.gz").exists():
        silver = {row["id"]: row["entities"] for row in read_lines(path)}
    for name in ("train", "dev"):
        corpus = "polnear" if name == "train" else "polnear/dev"
        for row in read_lines(data / "polnear" / f"{name}.jsonl"):
            spans: dict[str, tuple[Span, ...]] = {
                part: tuple((s, e) for item in row["attributions"] for s, e in item[part])
                for part in ("source", "cue", "content")
            }
            if row["id"] in silver:
                for tag, kind in _NAME_KINDS.items():
                    spans[kind] = tuple((s, e) for s, e, found in silver[row["id"]] if found == tag)
            about, whole = {"outlet": row["publisher"]}, tuple(row["attributions"])
            yield Sample(corpus, row["id"], row["text"], spans, about=about, attributions=whole)


def read_newsmtsc(data: Path) -> Iterator[Sample]:
    """NewsMTSC (Hamborg & Donnay 2021): sentiment of a sentence toward one named target."""
    rows: dict[str, list[Target]] = {}
    for row in read_lines(data / "newsmtsc" / "train.jsonl"):
        rows.setdefault(row["text"], []).append(Target(row["start"], row["end"], row["polarity"]))
    for text, targets in rows.items():
        yield Sample("newsmtsc", _normalise(text)[:60], text, targets=tuple(targets), judged=(Judged(0, len(text)),))


def read_basil(data: Path) -> Iterator[Sample]:
    """BASIL (Fan et al. 2019): spans of lexical bias in three outlets' articles on one event."""
    for row in read_lines(data / "basil" / "dev.jsonl"):
        found = sorted((s["start"], s["end"], bool(s["in_quote"])) for s in row["spans"] if s["kind"] == "lexical")
        spans, quoted = tuple((start, end) for start, end, _ in found), tuple(inside for *_, inside in found)
        about = {"outlet": row["outlet"]}
        yield Sample("basil", row["event"], row["text"], {"loaded_basil": spans}, about=about, quoted=quoted)


def find_paragraphs(text: str) -> list[Span]:
    """Runs between line breaks, without the white space around them."""
    return [hit.span() for hit in re.finditer(r"\S(?:[^\n]*\S)?", text)]


def find_sentences(text: str) -> list[Span]:
    """Sentences by punctuation, roughly: good enough to vary the length of passages in training."""
    found = []
    for start, end in find_paragraphs(text):
        at = start
        for hit in _SENTENCE_END.finditer(text, start, end):
            found.append((at, len(text[: hit.end()].rstrip())))
            at = hit.end()
        found.append((at, end))
    return [span for span in found if span[0] < span[1]]


def cut(sample: Sample, start: int, end: int) -> Sample:
    """The passage [start, end) of a sample with what lies in it."""

    def clip(spans: Sequence[Span]) -> tuple[Span, ...]:
        return tuple((max(s, start) - start, min(e, end) - start) for s, e in spans if s < end and start < e)

    return replace(
        sample,
        text=sample.text[start:end],
        spans={label: clip(spans) for label, spans in sample.spans.items()},
        judged=tuple(
            replace(j, start=j.start - start, end=j.end - start)
            for j in sample.judged
            if start <= j.start < j.end <= end
        ),
        targets=tuple(
            replace(t, start=t.start - start, end=t.end - start)
            for t in sample.targets
            if start <= t.start < t.end <= end
        ),
        answers=tuple(
            replace(a, start=a.start - start, end=a.end - start)
            for a in sample.answers
            if start <= a.start < a.end <= end
        ),
    )


def join(samples: Sequence[Sample], between: str = " ") -> Sample:
    """Several samples in one passage, each with its labels; a label must be annotated in all or is dropped."""
    text, at = "", []
    for sample in samples:
        text += between if text else ""
        at.append(len(text))
        text += sample.text
    labels = set.intersection(*(set(s.spans) for s in samples))
    pairs = list(zip(samples, at, strict=True))
    return Sample(
        corpus=samples[0].corpus,
        group=samples[0].group,
        text=text,
        spans={lb: tuple((s + o, e + o) for x, o in pairs for s, e in x.spans[lb]) for lb in sorted(labels)},
        judged=tuple(replace(j, start=j.start + o, end=j.end + o) for x, o in pairs for j in x.judged),
        targets=tuple(replace(t, start=t.start + o, end=t.end + o) for x, o in pairs for t in x.targets),
        answers=tuple(replace(a, start=a.start + o, end=a.end + o) for x, o in pairs for a in x.answers),
    )
