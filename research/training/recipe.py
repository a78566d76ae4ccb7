"""Every choice of a training run in one table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from research.judgements import DEVICES, FRAMES, OPINIONS, ROLES

# What the reader says of every token. The first seven are given to analyzers; `loaded_*` are what each
# corpus' own annotators mean by it: they share the encoder and are folded into `loaded` by calibration.
TOKEN_HEADS = (
    "source",
    "cue",
    "content",
    "person",
    "organization",
    "place",
    "loaded_babe",
    "loaded_ptc",
    "loaded_basil",
    "loaded_any",
    "coded_loaded",
    "coded_source",
    "coded_cue",
    "coded_content",
    *(f"device_{kind}" for kind in DEVICES),
)
# What it says of a sentence, and of how many classes; of one class: yes or no, of "frame": yes or no for each.
SENTENCE_HEADS: Mapping[str, int] = {
    "opinion": len(OPINIONS),
    "subjective": 1,
    "role": len(ROLES),
    "marked": 1,
    "frame": len(FRAMES),
}


def _table(**values: float) -> Mapping[str, float]:
    return values


@dataclass(frozen=True, slots=True)
class Recipe:
    """One run. Defaults are those of the whole MiniLM; docs/experiments.md has what else was tried."""

    seed: int = 20261123
    threads: int = 1  # of a process
    bfloat16: bool = False  # products of the encoder in half precision: three times as fast on processors with AMX
    processes: int = 2  # each takes its share of every batch with one thread; gradients are added up
    passes: Mapping[str, float] = field(  # how often a corpus is gone through, in whole
        default_factory=lambda: _table(babe=5, ptc=2.5, polnear=5 / 3, newsmtsc=10 / 3, basil=2.5)
    )
    rounds: int = 10  # a round deals every corpus' passes out evenly; checkpoints stand between rounds
    quantized_rounds: int = 3  # the last ones, learned with feigned quantization
    batch_tokens: int = 1200
    batch_passages: int = 32
    window: int = 160  # longest passage in training, in word pieces
    lessons: float = 0.0  # how often the teacher's lessons are gone through
    lesson_articles: int = 7500  # of unlabelled news
    lesson_paragraphs: int = 3  # of each
    joined: float = 0.3  # share of BABE and NewsMTSC sentences that stand in a passage with another
    exchanged: Mapping[str, float] = field(  # share of passages whose names are exchanged at random
        default_factory=lambda: _table(babe=0.5, ptc=0.4, polnear=0.15, newsmtsc=0.4, basil=0.4)
    )
    plain_share: float = 0.5  # share of PTC and BASIL passages without a span that are kept in a round
    encoder_rate: float = 9e-5
    head_rate: float = 1e-3
    weight_decay: float = 0.01
    warm_up: float = 0.06  # share of all steps
    dropout: float = 0.1
    gradient_norm: float = 1.0
    averaging: float = 0.998  # decay of the running average of the weights
    token_weights: Mapping[str, float] = field(  # how much a token's loss counts, by head
        default_factory=lambda: _table(
            source=1.0,
            cue=1.5,
            content=1.0,
            person=0.3,
            organization=0.3,
            place=0.3,
            loaded_babe=6.0,
            loaded_ptc=4.0,
            loaded_basil=2.0,
            loaded_any=3.0,
            coded_loaded=3.0,
            coded_source=0.5,
            coded_cue=0.75,
            coded_content=0.5,
            **{f"device_{kind}": 2.0 for kind in DEVICES},
        )
    )
    answer_weights: Mapping[str, float] = field(
        default_factory=lambda: _table(opinion=1.0, subjective=1.0, role=0.5, marked=0.5, frame=0.5)
    )
    grammar_weight: float = 1.5
    pair_weight: float = 1.0
    feeling_weight: float = 1.0
    bias_weight: float = 2.0
    opinion_weight: float = 0.5
    polarity_weight: float = 1.5


# Three networks, one after the other. MPNet (Song et al. 2020) is eleven times the reader's size: it learns the tasks
# and tells what it makes of unlabelled news. MiniLM, whole, learns them too. The reader begins with a part of it.
TEACHER = Recipe(
    threads=2,
    processes=1,
    bfloat16=True,
    passes=_table(babe=2.25, ptc=2.25, polnear=1.2, newsmtsc=3, basil=1.5),
    rounds=6,
    quantized_rounds=0,
    batch_tokens=2400,
    batch_passages=64,
    encoder_rate=5e-5,
    averaging=0.99,
)
WHOLE = Recipe()
READER = Recipe(
    passes=_table(babe=4, ptc=4, polnear=3, newsmtsc=5, basil=4),
    lessons=2.5,
    quantized_rounds=3,
    encoder_rate=1e-4,
)
# The reader then learns what was never asked of its teacher: grammar, opinion, roles, pairs, feelings, devices.
FURTHER = Recipe(
    bfloat16=True,
    threads=2,
    processes=1,
    passes=_table(
        grammar=4,
        opinion=4,
        subjectivity=4,
        structure=2,
        directed=2,
        seesaw=2,
        persent=1,
        coded=4,
        babe=2.5,
        ptc=1.5,
        polnear=0.6,
        newsmtsc=1.5,
        basil=2,
    ),
    rounds=8,
    quantized_rounds=3,
    lessons=1.0,
    lesson_articles=1200,
    batch_tokens=2400,
    batch_passages=64,
    joined=0.2,
    exchanged=_table(
        babe=0.5, ptc=0.4, polnear=0.15, newsmtsc=0.4, basil=0.4, directed=0.3, seesaw=0.3, persent=0.3, coded=0.3
    ),
    encoder_rate=1e-4,
    head_rate=1.5e-3,
)
# A last time over what is hardest to hold beside the rest, at half the rate.
LAST = replace(
    FURTHER,
    seed=FURTHER.seed + 1,
    passes=_table(
        grammar=1.5,
        opinion=1.5,
        subjectivity=1.5,
        structure=0.6,
        directed=1.5,
        seesaw=2,
        persent=0.3,
        coded=0.7,
        babe=2,
        ptc=0.7,
        polnear=0.3,
        newsmtsc=2,
        basil=1,
    ),
    rounds=3,
    lessons=0.5,
    encoder_rate=5e-5,
    head_rate=8e-4,
    pair_weight=2.5,
    polarity_weight=2.5,
    bias_weight=3.0,
)
LAYERS = (0, 1, 2, 3, 4, 5)  # of MiniLM's six, that the reader keeps
INNER = 512  # and how many of each layer's 1,536 inner units
