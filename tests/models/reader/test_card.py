"""Files that are not the card's are refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from models import reader
from models.reader.card import WEIGHTS, find_weights
from models.reader.encoder import load


def test_the_committed_files_are_the_cards() -> None:
    card = reader.read_card()
    for name in card["files"]:
        assert find_weights(name, card)
    assert sum((WEIGHTS / name).stat().st_size for name in card["files"]) < 35e6


@pytest.mark.parametrize("name", ["reader.onnx", "tokenizer.json", "heads.npz"])
def test_one_changed_byte_is_refused(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "weights"
    shutil.copytree(WEIGHTS, folder)
    content = bytearray((folder / name).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / name).write_bytes(content)
    with pytest.raises(reader.WrongWeights, match=name):
        load(folder)


def test_the_card_says_what_a_person_should_know() -> None:
    card = reader.read_card()
    for field in ("question", "model", "data", "licence", "not_for", "split", "recipes", "thresholds", "libraries"):
        assert card[field], field
    measured = {kind: {m["name"]: m for m in found} for kind, found in card["measures"].items()}
    for name, measure in measured["int8"].items():
        assert measure["low"] <= measure["value"] <= measure["high"]
        assert name in measured["float"]
    linear = measured["baselines"]["babe.macro_f1, TF-IDF with logistic regression"]
    assert measured["int8"]["babe.macro_f1"]["value"] > linear["value"]
