"""Training: from the corpora of a data folder to the committed files of every model.

`train(data)` needs what stands in requirements-train.txt; docs/training.md says where each corpus is had.
"""

from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path

# In this order: the later ones learn from what the reader says.
_STEPS = (
    ("reader", "train_reader"),
    ("opinions", "train_opinions"),
    ("roles", "train_roles"),
    ("decisions", "measure_decisions"),
    ("targets", "train_targets"),
    ("word_voices", "train_voices"),
    ("vocabulary", "train_terms"),
    ("portrayals", "train_portrayals"),
    ("reference", "measure"),
    ("antecedents", "train_antecedents"),
    ("statements", "train_statements"),
    ("devices", "train_devices"),
    ("genre", "train_genre"),
    ("frames", "train_frames"),
    ("cast", "train_cast"),
    ("sentences", "train_sentences"),
)


def train(data: Path) -> None:
    """Train every model from scratch, or go on where a stopped run left off, and rewrite files and cards."""
    import_module("torch")  # where requirements-train.txt is not installed, say so before any work is done
    for module, step in _STEPS:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:  # each sees the files just written
            process.submit(_run, module, step, data).result()


def _run(module: str, step: str, data: Path) -> None:
    getattr(import_module(f"research.training.{module}"), step)(data)
