"""Training what tells an article's frames, on our coders' levels and sentences and on Narrative Frames.

Ridge regressions in their dual form (as many numbers as articles) over four kinds of likeness: words, the themes that
words share in unlabelled news (latent semantic analysis; Deerwester et al. 1990), the reader's vectors, and scores of
sentences. All four are linear, so what is written are weights of words and columns; no text is kept.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import KFold

from models import reader
from models.article import Article
from models.classifiers import frames
from models.classifiers.frames import FRAMES, GENERIC, Told
from models.document import read
from models.document.normalization import normalize
from models.reader import masks
from research.corpora import Sample, find_part, read_lines
from research.corpus.records import read_articles
from research.training.coded import Coded, collect, collect_outlines
from research.training.frame_scores import (
    LIKENESS,
    SHRUNK,
    THEMES,
    Columns,
    Doubles,
    Linear,
    Scorer,
    Seen,
    Space,
    list_words,
)

NARRATIVE = {"conflict": "co", "economic": "ec", "human_interest": "hi", "morality": "mo", "responsibility": "re"}
_UNLABELLED = 6000  # articles of news that say which words go together
_CHARACTERS = (1000, 9000)
_LEAN = 0.5  # how much of Narrative Frames' score goes into how sure a generic frame is
_FOLDS = 5
_LEADS = 1.6  # a leading frame beside a present one, 1: the step to it is the smaller one
_ROUNDS, _STEPS = 2, 25  # in the search of cuts


def train_frames(data: Path) -> None:
    """Learn and write frames.npz and frames.json; nothing where the corpora are not in `data`."""
    if not (data / "news").exists() or not (data / "narrative").exists():
        return
    coded, outlined = collect(data, tell), collect_outlines(data, tell)
    numbers, about = train(coded, outlined, read_narrative(data), read_unlabelled(data))
    with frames.NUMBERS.open("wb") as file:
        np.savez_compressed(file, **numbers)  # type: ignore[arg-type]  # its stub takes every keyword for a setting
    about["card"]["sha256"] = hashlib.sha256(frames.NUMBERS.read_bytes()).hexdigest()
    frames.FILE.write_text(json.dumps(about, ensure_ascii=False) + "\n", encoding="utf-8")


def tell(document: Any) -> Seen:
    """An article's sentences as the model sees them."""
    told = frames.describe(document)
    return Seen(told, [(document.sentences[at].start, document.sentences[at].end) for at in told.sentences])


def read_narrative(data: Path, jobs: int = 2) -> list[tuple[str, Told, dict[str, Any]]]:
    """Narrative Frames: part, article and row."""
    rows = list(read_lines(data / "narrative" / "train.jsonl"))
    with get_context("spawn").Pool(jobs) as pool:
        told = pool.map(_tell_text, [row["text"] for row in rows], chunksize=16)
    parts = [find_part(Sample("narrative", row["id"], "")) for row in rows]
    return [(part, one, row) for part, one, row in zip(parts, told, rows, strict=True) if one.sentences]


def _tell_text(text: str) -> Told:
    return frames.describe(reader.read(read(normalize(Article(text=text)).article)))


def read_unlabelled(data: Path, jobs: int = 2) -> list[list[str]]:
    """Words, but for names, of news articles that nobody coded."""
    coded = read_articles()
    rows = (row for row in read_lines(data / "news" / "articles.jsonl.gz") if row["id"] not in coded)
    chosen = [row for row in rows if _CHARACTERS[0] < len(row["text"]) < _CHARACTERS[1]][:_UNLABELLED]
    with get_context("spawn").Pool(jobs) as pool:
        return pool.map(_list_words, [(row["title"], row["text"]) for row in chosen], chunksize=64)


def _list_words(article: tuple[str, str]) -> list[str]:
    document = read(normalize(Article(title=article[0][:290] or None, text=article[1])).article)
    masked = frozenset(at for name in masks.find_names(document) for at in document.tokens_in(name.start, name.end))
    told = [at for at, sentence in enumerate(document.sentences) if sentence.part != "boilerplate"]
    return [word for at in told for word in frames.words_of(document, at, masked)]


def train(
    coded: Sequence[Coded[Seen]],
    outlined: Sequence[Coded[Seen]],
    narrative: Sequence[tuple[str, Told, dict[str, Any]]],
    unlabelled: Sequence[list[str]],
) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    """The numbers and the card: learned from the train parts and the outlines, cuts by folds, told on the tune part.

    Who told an article in outline calls fewer frames present: cuts, probabilities and folds are those of our coders.
    """
    coded, outlined = ([one for one in several if one.told.told.sentences] for several in (coded, outlined))
    ours = [one for one in coded if one.part == "train"]
    asked = len(ours)
    ours += outlined
    theirs = [(told, row) for part, told, row in narrative if part == "train"]
    tuned = [one for one in coded if one.part == "tune"]
    space = Space([list_words(one.told.told) for one in ours] + [list_words(one) for one, _ in theirs], unlabelled)
    folds = list(KFold(_FOLDS, shuffle=True, random_state=0).split(ours))

    scorer = Scorer.fit(space, ours)
    gathered = np.zeros((len(ours), 4 * len(FRAMES)))
    for inside, outside in folds:
        part = Scorer.fit(space, [ours[at] for at in inside])
        for at in outside:
            gathered[at] = part.gather(space, ours[at].told.told)
    rows = space.describe([one.told.told for one in ours], gathered)
    their_rows = space.describe([one for one, _ in theirs], _gather(space, scorer, [one for one, _ in theirs]))
    levels = np.array([[one.marks["frames"][name]["level"] for name in FRAMES] for one in ours], float)
    aims = np.where(levels == 2, _LEADS, levels)
    answers = np.array([[_share(row, name) for name in GENERIC] for _, row in theirs])

    columns = Columns.of(rows)
    found = np.zeros_like(levels)
    for inside, outside in folds:
        found[outside] = Linear.fit(space, rows.take(inside), aims[inside], "coded", columns).score(rows.take(outside))
    main = Linear.fit(space, rows, aims, "coded", columns)
    other = Linear.fit(space, their_rows, answers, "narrative", columns)
    told = other.score(rows)[:asked]
    found, levels = found[:asked], levels[:asked]
    cuts, sure = _cut(found, levels), _calibrate(found, told, levels)

    tune_rows = space.describe(
        [one.told.told for one in tuned], _gather(space, scorer, [one.told.told for one in tuned])
    )
    tune_levels = np.array([[one.marks["frames"][name]["level"] for name in FRAMES] for one in tuned], float)
    numbers = {
        "rarity": space.rarity,
        "sentence_words": scorer.words,
        "sentence_vectors": scorer.vectors,
        "sentence_intercept": scorer.intercept,
        "words": np.hstack([main.words, other.words]),
        "pooled": np.hstack([main.pooled, other.pooled]),
        "gathered": np.hstack([main.gathered, other.gathered]),
        "intercept": np.concatenate([main.intercept, other.intercept]),
    }
    kept: dict[str, NDArray[Any]] = {name: values.astype(np.float16) for name, values in numbers.items()}
    kept |= {"intercept": numbers["intercept"].astype(np.float32), "cuts": cuts, "sure": sure}
    card = {
        "question": "In which of the codebook's nine frames is a story told, and how far?",
        "data": "our own corpus' train part and the articles told in outline; Narrative Frames (Frermann et al. 2023, "
        "MIT); words of unlabelled news (Article-Bias-Prediction)",
        "articles": {
            "train": asked,
            "outlined": len(outlined),
            "tune": len(tuned),
            "narrative": len(theirs),
            "unlabelled": len(unlabelled),
        },
        "folds.alpha": _alpha(found, cuts, levels),
        "tune.alpha": _alpha(main.score(tune_rows), cuts, tune_levels),
        "folds.present_auc": {
            name: round(float(roc_auc_score(levels[:, at] > 0, found[:, at])), 3) for at, name in enumerate(FRAMES)
        },
        "settings": {"shrunk": SHRUNK, "likeness": LIKENESS, "lean": _LEAN, "themes": THEMES},
    }
    return kept, {"vocabulary": space.words, "card": card}


def _share(row: dict[str, Any], frame: str) -> float:
    """How often the coders said yes to the questions behind a frame: finer than whether it is present."""
    said = [vote == "yes" for name, votes in row["questions"].items() if name[:2] == NARRATIVE[frame] for vote in votes]
    return float(np.mean(said))


def _gather(space: Space, scorer: Scorer, articles: Sequence[Told]) -> Doubles:
    return np.array([scorer.gather(space, one) for one in articles])


def _cut(found: Doubles, levels: Doubles) -> Doubles:
    """Frames × 2: from which score each is present, and from which it leads.

    Where levels agree best with the coders' over all frames: one frame after another, the others as they are.
    """
    cuts = np.quantile(found, (0.7, 0.9), axis=0).T
    for _ in range(_ROUNDS):
        for at in range(len(FRAMES)):
            steps = np.quantile(found[:, at], np.linspace(0.25, 0.99, _STEPS))
            pairs = [(low, high) for start, low in enumerate(steps) for high in steps[start:]]
            tried = [np.vstack([cuts[:at], [pair], cuts[at + 1 :]]) for pair in pairs]
            cuts = max(tried, key=lambda one: _alpha(found, one, levels))
    return cuts


def _alpha(found: Doubles, cuts: Doubles, levels: Doubles) -> float:
    """Krippendorff's ordinal alpha, over all frames, of the levels that these cuts give."""
    given = ((found >= cuts[:, 0]).astype(int) + (found >= cuts[:, 1])).ravel()
    met = np.zeros((3, 3))
    np.add.at(met, (given, levels.astype(int).ravel()), 1)
    met += met.T
    counts = met.sum(axis=1)
    below = np.cumsum(counts) - counts / 2  # a level's middle rank
    apart = (below[:, None] - below[None, :]) ** 2
    return round(float(1 - (counts.sum() - 1) * (met * apart).sum() / (np.outer(counts, counts) * apart).sum()), 4)


def _calibrate(found: Doubles, other: Doubles, levels: Doubles) -> Doubles:
    """Frames × 3: weight of our score, of Narrative Frames' score, and intercept of the logit that it is present."""
    lines = []
    for at, name in enumerate(FRAMES):
        ours = 1 / found[:, at].std()
        theirs = _LEAN / other[:, GENERIC.index(name)].std() if name in GENERIC else 0.0
        mixed = ours * found[:, at] + (theirs * other[:, GENERIC.index(name)] if theirs else 0.0)
        model = LogisticRegression().fit(mixed[:, None], levels[:, at] > 0)
        weight = float(model.coef_[0, 0])
        lines.append((weight * ours, weight * theirs, float(model.intercept_[0])))
    return np.array(lines)
