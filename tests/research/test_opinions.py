"""The head of opinion, taught again: what it is fitted to."""

import numpy as np

from research.training import opinions
from research.training.coded import Coded


def _outline(name: str, vectors: list[list[float]], kinds: list[str]) -> Coded[opinions.Told]:
    places = [(10 * at, 10 * at + 9) for at in range(len(vectors))]
    told = np.array(vectors), np.full(len(vectors), 0.5), places
    return Coded(
        name, "train", told, {"sentences": [[*place, kind] for place, kind in zip(places, kinds, strict=True)]}
    )


def test_each_sentence_has_the_kind_that_its_coder_gave_whatever_its_star() -> None:
    rows, kinds, before, articles = opinions._stack([_outline("a", [[1.0], [2.0], [3.0]], ["f*", "o", "x"])])
    assert rows.tolist() == [[1.0], [2.0], [3.0]]
    assert [opinions.OPINIONS[at] for at in kinds] == ["fact", "opinion", "other"]
    assert before.tolist() == [0.5] * 3
    assert articles == ["a"] * 3


def test_what_was_learned_elsewhere_tells_kinds_apart() -> None:
    chance = np.random.default_rng(1)
    kinds = np.arange(80) % len(opinions.OPINIONS)
    rows = np.eye(len(opinions.OPINIONS))[kinds] * 4 + chance.normal(size=(80, len(opinions.OPINIONS)))
    found = opinions._weigh_apart(rows, kinds, np.arange(80) // 4 % 5)
    assert np.allclose(np.exp(found).sum(axis=1), 1)
    assert (found.argmax(axis=1) == kinds).mean() > 0.9
    weights, intercept = opinions._fit(rows, kinds)
    assert ((rows @ weights + intercept).argmax(axis=1) == kinds).mean() > 0.9
