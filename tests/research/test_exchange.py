"""Training labels stay on their words when names trade places, passages are cut and sentences are joined."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random

import pytest

from research.corpora import Judged, Sample, Target, cut, find_part, find_sentences, join
from research.training.batches import balance
from research.training.exchange import exchange
from research.training.masking import mask

SAMPLE = Sample(
    "babe",
    "g",
    "Texas and the brutal Democrats met in Russia; Texas left early.",
    spans={"loaded_any": ((14, 20),)},
    judged=(Judged(0, 63, True),),
    targets=(Target(0, 5, -1), Target(46, 51, 0)),
)


@pytest.mark.parametrize("seed", range(8))
def test_exchange_moves_every_offset_along(seed: int) -> None:
    other = exchange(SAMPLE, Random(seed))
    (start, end), *_ = other.spans["loaded_any"]
    assert other.text[start:end] == "brutal"
    names = {other.text[t.start : t.end] for t in other.targets}
    assert len(names) == 1  # one name, one stand-in throughout
    assert (other.judged[0].start, other.judged[0].end) == (0, len(other.text))


def test_exchange_lets_names_trade_places() -> None:
    assert len({exchange(SAMPLE, Random(seed)).text for seed in range(8)}) > 1


@pytest.mark.parametrize("seed", range(8))
def test_mask_moves_every_offset_along(seed: int) -> None:
    masked = mask(SAMPLE, Random(seed))
    (start, end), *_ = masked.spans["loaded_any"]
    assert masked.text[start:end] == "brutal"
    assert "Russia" not in masked.text
    assert [masked.text[t.start : t.end] for t in masked.targets] == ["Texas"] * 2
    assert (masked.judged[0].start, masked.judged[0].end) == (0, len(masked.text))


def test_cut_and_join_keep_labels_on_their_words() -> None:
    half = cut(SAMPLE, 4, 45)
    assert [half.text[s:e] for s, e in half.spans["loaded_any"]] == ["brutal"]
    both = join([SAMPLE, SAMPLE])
    assert [both.text[s:e] for s, e in both.spans["loaded_any"]] == ["brutal", "brutal"]
    assert [both.text[t.start : t.end] for t in both.targets] == ["Texas"] * 4
    assert [both.text[j.start : j.end] for j in both.judged] == [SAMPLE.text] * 2


def test_sentences_cover_the_text() -> None:
    text = "One came. “Two left.” Nobody knew.\nA new line"
    assert [text[s:e] for s, e in find_sentences(text)] == ["One came.", "“Two left.”", "Nobody knew.", "A new line"]


def test_a_group_is_never_split() -> None:
    parts = {find_part(Sample("ptc", "article7", text)) for text in ("a", "b", "c")}
    assert len(parts) == 1
    assert {find_part(Sample("ptc", f"article{n}", "")) for n in range(100)} == {"train", "tune", "measure"}


def test_leaning_of_an_outlet_says_nothing_of_bias_in_what_is_learned() -> None:
    def some(leaning: str, bias: bool, n: int) -> list[Sample]:
        about = {"leaning": leaning}
        return [
            replace(SAMPLE, judged=(Judged(0, 63, bias),), text=f"{SAMPLE.text} {k}", about=about) for k in range(n)
        ]

    samples = [*some("left", True, 6), *some("left", False, 4), *some("right", True, 2), *some("center", False, 20)]
    samples += some("center", True, 2)
    dealt = balance(samples)
    cells = Counter((s.about["leaning"], bool(s.judged[0].bias)) for s in dealt)
    assert cells["left", True] == cells["left", False] == 6
    assert cells["center", True] == 6  # none more than thrice
    assert cells["right", True] == 2
    assert {s.text for s in dealt} == {s.text for s in samples}
