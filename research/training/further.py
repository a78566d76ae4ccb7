"""The reader's second schooling: it goes on from its exported weights with what its teacher was never asked."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from random import Random

from torch import Tensor

from models.reader.card import WEIGHTS
from research.corpora import Sample, find_part, read_corpora
from research.judgements import read_judgements
from research.training.batches import Passage
from research.training.distillation import cut_lessons, read_news, teach
from research.training.learning import learn, load_tokenizer
from research.training.masking import mask
from research.training.network import Network
from research.training.recipe import FURTHER, LAST, TOKEN_HEADS
from research.training.restore import load_exported
from research.treebank import fold_names, join_some, read_grammar

_MASKED = 0.5  # share of the treebank's passages: a text is parsed with masks on, a sentence by itself without
_TAUGHT = ("source", "cue", "content", "person", "organization", "place", "loaded_any")  # what lessons go on telling


def prepare(data: Path, folder: Path) -> list[Sample]:
    """The train part of every corpus with masks on, kept in `folder`: putting them on takes minutes."""
    kept = folder / "samples.pickle"
    if not kept.exists():
        samples = [s for s in (*read_corpora(data), *read_judgements(data)) if find_part(s) == "train"]
        grammar = [s for s in read_grammar(data) if find_part(s) == "train"]
        chance = Random(FURTHER.seed)
        parsed = join_some(grammar, chance)
        bare = [s for s in parsed if chance.random() >= _MASKED]
        hidden = set(map(id, bare))
        masked = [*samples, *(s for s in parsed if id(s) not in hidden)]
        with get_context("fork").Pool(2) as pool:
            done = pool.map(_put_on, enumerate(masked), chunksize=64)
        folder.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(pickle.dumps([*done, *bare]))
    prepared: list[Sample] = pickle.loads(kept.read_bytes())  # noqa: S301  # written by this code, in its own folder
    return prepared


def _put_on(numbered: tuple[int, Sample]) -> Sample:
    number, sample = numbered
    masked = mask(sample, Random(FURTHER.seed + number))
    return fold_names(masked) if sample.words else masked


def learn_further(data: Path, folder: Path, start: Path = WEIGHTS) -> Network:
    """The reader after its second schooling; `start` holds the exported reader that it begins with."""
    samples = prepare(data, folder)
    begin = partial(load_exported, start, FURTHER.dropout)
    tokenizer = start / "tokenizer.json"
    lessons = _read_lessons(data, folder, begin(), tokenizer)
    network = learn(samples, begin, tokenizer, folder / "further", FURTHER, lessons)
    again = partial(_go_on, begin, network.state_dict())
    last = learn(samples, again, tokenizer, folder / "last", LAST, lessons)
    return _mix(network, last)


def _mix(one: Network, other: Network) -> Network:
    """The mean of two networks' weights (Wortsman et al. 2022), in the place of the first."""
    theirs = other.state_dict()
    one.load_state_dict({name: (value + theirs[name]) / 2 for name, value in one.state_dict().items()})
    return one


def _go_on(begin: Callable[[], Network], state: Mapping[str, Tensor]) -> Network:
    network = begin()
    network.load_state_dict(dict(state))
    return network


def _read_lessons(data: Path, folder: Path, teacher: Network, tokenizer: Path) -> list[Passage]:
    kept = folder / "lessons.pickle"
    if not kept.exists():
        own = load_tokenizer(tokenizer)
        paragraphs: Iterable[Sample] = cut_lessons(read_news(data, FURTHER), FURTHER)
        known = [float(head in _TAUGHT) for head in TOKEN_HEADS]
        kept.write_bytes(pickle.dumps(teach(list(paragraphs), own, teacher, own, FURTHER, known)))
    lessons: list[Passage] = pickle.loads(kept.read_bytes())  # noqa: S301  # as above
    return lessons
