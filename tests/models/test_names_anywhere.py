"""Names in any text: mentions are exact and never overlap, and no row of words raises."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.article import Article
from models.document import read
from models.document.name_lists import lists

_WORDS = st.sampled_from(
    [
        "Kim",
        "Jong-un",
        "Mr.",
        "the",
        "president",
        "he",
        "Her",
        "of",
        "and",
        "de",
        "al-Assad",
        "U.S.",
        ",",
        ".",
        "“",
        "”",
        "(",
        ")",
        "-",
        "WHO",
        "Department",
        "May",
        "I’m",
        "van",
        "said",
        "Ünal",
        "North",
        "Korean",
        "King",
        "A.",
        "3",
        "\n\n",
        "Trump-Russia",
        "R-Texas",
        "中国",
        "É",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.lists(_WORDS, min_size=1, max_size=60).map(" ".join), st.text(min_size=1, max_size=200)))
def test_any_text_has_mentions_inside_it_that_never_overlap(text: str) -> None:
    try:
        article = Article(text=text)
    except ValueError:
        return
    document = read(article)
    mentions = sorted((m.start, m.end) for e in document.entities for m in e.mentions)
    assert all(0 <= start < end <= len(document.text) for start, end in mentions)
    assert all(one[1] <= two[0] for one, two in pairwise(mentions))
    assert all(document.text[start:end].strip() == document.text[start:end] for start, end in mentions)
    assert all(e.mentions and e.name for e in document.entities)


def _listed() -> list[str]:
    """A word or phrase of every kind that the lists know, as it is written in capitals and not."""
    known = lists()
    phrases = [
        *sorted(known.particles), *sorted(known.connectors), *sorted(known.suffixes), *sorted(known.honorifics),
        *sorted(known.titles)[::7], *sorted(known.known)[::60], *sorted(known.demonyms)[::20], *sorted(known.of_heads),
        *sorted(known.peoples)[::20], *sorted(known.calendar), *sorted(known.elided), *sorted(known.abbreviations),
        "“", "”", "‘", "’", '"', ",", ".", "&", "-", "/", "(", ")", "@", "’s", "St. la", "no one",
    ]  # fmt: skip
    return sorted(
        {form for phrase in phrases for form in (phrase, phrase.title(), phrase.upper(), f"{phrase.title()}.")}
    )


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(_listed()), min_size=1, max_size=12).map(" ".join))
def test_no_row_of_names_titles_and_signs_raises(text: str) -> None:
    document = read(Article(text=f"He saw {text}."))
    mentions = sorted((m.start, m.end) for e in document.entities for m in e.mentions)
    assert all(one[1] <= two[0] for one, two in pairwise(mentions))
    assert all(e.mentions and e.name for e in document.entities)


@pytest.mark.parametrize("text", ["He lives in St. la St.", "A de la. La de St.", "St. al St. el Mr. la Mr."])
def test_small_words_alone_are_nobody(text: str) -> None:
    assert all(any(word[0].isupper() for word in e.name.split()) for e in read(Article(text=text)).entities)


@pytest.mark.parametrize(
    "text", ["Zorblat " * 3_000, "Ann Lee met he and " * 1_000, "Department of " * 2_000, "A. " * 5_000]
)
def test_hostile_texts_are_read(text: str) -> None:
    assert isinstance(read(Article(text=text)).entities, tuple)
