"""Masks: who is named stays out of the reader's sight, and what it says lies on the words of the article."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import reader
from models.article import Article
from models.document import read
from models.pipeline import analyze
from models.reader.masks import Masked, find_names, groups, put_on
from research.evaluation.fairness import read_swaps


def mask(text: str) -> Masked:
    return put_on(text, find_names(read(Article(text=text))))


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Democrats and Republicans met.", "Republicans and Democrats met."),
        ("The Democrats lost, said a Democrat.", "The Republicans lost, said a Republican."),
        ("Left-wing blogs mock liberals.", "Left-wing blogs mock conservatives."),
        ("A left-wing blog mocks Tories.", "A right-wing blog mocks Republicans."),
        ("Iran and Israel and Iran again", "Norway and Sweden and Norway again"),
        ("The Iranian envoy left.", "The Norwegian envoy left."),
        ("Sikhs and Muslims marched.", "Christians and Jews marched."),
        ("The hacks at the Daily Mail wrote it.", "The hacks at Reuters wrote it."),
        ("It is a matter for the nation.", "It is a matter for the nation."),
        ("Ann Moore sued. Moore won.", "Alex Smith sued. Smith won."),
        ("Ann Moore met Tom Reed of Chad.", "Alex Smith met Alex Jones of Norway."),
        ("Christian Holm met Michael Jordan in Jordan.", "Alex Smith met Alex Jones in Norway."),
        ("The Democratic Republic of Congo", "The Norway"),
        ("Nobody is named here.", "Nobody is named here."),
    ],
)
def test_what_the_reader_sees(text: str, seen: str) -> None:
    assert mask(text).text == seen


def test_every_piece_of_a_mask_covers_the_whole_name() -> None:
    text = "Then Saudi Arabia answered."
    masked = mask(text)
    assert masked.text == "Then Norway answered."
    starts, ends = np.array([0, 5, 8, 12]), np.array([4, 8, 11, 20])
    assert [text[s:e] for s, e in zip(*masked.find_back(starts, ends), strict=True)] == [
        "Then", "Saudi Arabia", "Saudi Arabia", "answered",
    ]  # fmt: skip


def test_masks_are_names_of_their_own_group() -> None:
    """Else a text that has a mask's own word would read unlike one that has it as a mask."""
    for name, group in groups().items():
        if name not in ("person", "nationals"):
            for word in group.masks:
                assert [found.group for found in find_names(read(Article(text=f"It is {word} again.")))] == [name]


_WORDS = st.sampled_from(["Iran", "the", "Ann Lee", "Democrats", "“", "liar", "Fox News", "\n\n", ".", "é", "🙂", "Xi"])


@given(st.lists(_WORDS, min_size=1, max_size=30).map(" ".join).filter(str.strip))
def test_whatever_is_no_name_stays_and_is_found_back(text: str) -> None:
    masked = mask(text)
    was = 0
    for start, end, name_start, name_end in masked.places:
        assert was <= name_start < name_end <= len(text)
        assert text[was:name_start] == masked.text[start - (name_start - was) : start]
        assert masked.text[start:end]
        was = name_end
    each = np.arange(len(masked.text))
    starts, ends = masked.find_back(each, each + 1)
    assert (np.diff(starts) >= 0).all()
    assert (np.diff(ends) >= 0).all()
    for at, (start, end) in enumerate(zip(starts.tolist(), ends.tolist(), strict=True)):
        covered = next((place for place in masked.places if place[0] <= at < place[1]), None)
        assert (start, end) == covered[2:] if covered else text[start:end] == masked.text[at]


def test_sentences_that_differ_only_in_a_masked_name_read_alike() -> None:
    covered = ("parties", "politicians", "nations", "religions", "outlets")
    swaps = [texts for name, *texts in read_swaps() if name.startswith(covered)]
    assert len(swaps) >= 400
    for one, other in swaps[::9]:
        first, second = (reader.read(read(article)).reading for article in (one, other))
        assert first is not None
        assert second is not None
        assert first.bias.tolist() == second.bias.tolist()


def test_no_name_is_given_as_a_reason_for_bias() -> None:
    text = "Once again the shameless Democrats and their crony Ann Lee are lying through their teeth about Iran."
    (sentence,) = analyze(Article(text=text)).sentences
    reasons = {reason.text for reason in sentence.because}
    assert "shameless" in reasons
    assert not reasons & {"Democrats", "Ann", "Lee", "Iran"}
