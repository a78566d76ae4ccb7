"""Grammar: trees from scores, and the trees that the reader gives our own sentences."""

from __future__ import annotations

import re
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from models.reader.grammar import ROOT, Tree, find_tree
from models.reader.parsing import find_first_pieces, parse

_WORD = re.compile(r"n't|'s|\w+(?=n't)|\w+|[^\w\s]")


def _parse(text: str) -> tuple[list[str], Tree]:
    spans = [hit.span() for hit in _WORD.finditer(text)]
    return [text[a:b] for a, b in spans], parse(text, spans)


def _is_tree(heads: list[int]) -> bool:
    """One root, and every word below it; heads count from 1, 0 is the root."""
    if heads.count(0) != 1:
        return False
    for word in range(1, len(heads) + 1):
        seen, at = set(), word
        while at:
            if at in seen:
                return False
            seen.add(at)
            at = heads[at - 1]
    return True


@given(st.integers(1, 12).flatmap(lambda n: arrays(np.float32, (n, n + 1), elements=st.floats(-50, 50, width=32))))
@settings(max_examples=300, deadline=None)
def test_whatever_the_scores_the_heads_are_a_tree(scores: np.ndarray) -> None:
    assert _is_tree(find_tree(scores).tolist())


@pytest.mark.parametrize("seed", range(30))
def test_below_the_root_that_the_scores_prefer_no_tree_is_better(seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(4, 5))
    heads = find_tree(scores).tolist()
    root = heads.index(0)
    trees = [t for t in product(range(5), repeat=4) if _is_tree(list(t)) and t[root] == 0]
    best = max(sum(scores[at, head] for at, head in enumerate(tree)) for tree in trees)
    assert sum(scores[at, head] for at, head in enumerate(heads)) == pytest.approx(best)


@pytest.mark.parametrize(
    ("text", "word", "head", "relation"),
    [
        ("Police shot the man in the street.", "Police", "shot", "nsubj"),
        ("Police shot the man in the street.", "man", "shot", "obj"),
        ("The man was shot by police.", "man", "shot", "nsubj:pass"),
        ("The man was shot by police.", "police", "shot", "obl:agent"),
        ("The man was shot by police.", "was", "shot", "aux:pass"),
        ("Hale, a stubborn mayor, refused to resign.", "mayor", "Hale", "appos"),
        ("Hale, a stubborn mayor, refused to resign.", "resign", "refused", "xcomp"),
        ("She said that the bridge would close in May.", "close", "said", "ccomp"),
        ("The mayor of Harrow didn't answer.", "n't", "answer", "advmod"),
        ("Moore and Lee praised the plan.", "Lee", "Moore", "conj"),
    ],
)
def test_words_hang_where_a_grammarian_hangs_them(text: str, word: str, head: str, relation: str) -> None:
    words, tree = _parse(text)
    at = words.index(word)
    assert (words[tree.heads[at]], tree.relations[at]) == (head, relation)


def test_tags_say_what_the_words_are() -> None:
    words, tree = _parse("The tired mayor quickly signed two new laws.")
    assert dict(zip(words, tree.upos, strict=True)) == {
        "The": "DET", "tired": "ADJ", "mayor": "NOUN", "quickly": "ADV", "signed": "VERB", "two": "NUM", "new": "ADJ",
        "laws": "NOUN", ".": "PUNCT",
    }  # fmt: skip
    assert tree.xpos[words.index("signed")] == "VBD"
    assert tree.xpos[words.index("laws")] == "NNS"


@given(st.text(min_size=1, max_size=80), st.data())
@settings(max_examples=60, deadline=None)
def test_any_words_of_any_text_get_one_tree(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=12)))
    spans = list(pairwise(cuts))
    tree = parse(text, spans)
    assert len(tree.upos) == len(tree.xpos) == len(tree.relations) == len(spans)
    assert _is_tree([head + 1 for head in tree.heads])
    assert [relation == "root" for relation in tree.relations] == [head == ROOT for head in tree.heads]


def test_no_words_have_no_tree() -> None:
    assert parse("Silence.", []) == Tree((), (), (), ())


def test_a_word_is_its_first_piece() -> None:
    #         don ' t | go | ing
    starts, ends = np.array([0, 3, 4, 6, 8]), np.array([3, 4, 5, 8, 11])
    assert find_first_pieces([(0, 2), (2, 5), (6, 11), (12, 13)], starts, ends).tolist() == [0, 1, 3, -1]
