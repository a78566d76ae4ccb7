"""Plainer words in the form of the word that they may replace; none where that can't be done."""

from __future__ import annotations

import pytest

from models import lexicon, reader
from models.analyzers.vocabulary import alternatives
from models.article import Article
from models.document import read


def propose(text: str) -> dict[str, list[str]]:
    """By the words of each hit, what is proposed in their place."""
    document = reader.read(read(Article(text=text)))
    return {
        text[hit.start : hit.end]: list(alternatives.propose(document, hit))
        for hit in lexicon.load().match(document)
        if hit.entry.alternatives
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The firebrand left the hall on Monday.", {"firebrand": ["outspoken politician"]}),
        ("The firebrands left the hall on Monday.", {"firebrands": ["outspoken politicians"]}),
        ("He toyed with the plan for a week.", {"toyed with": ["considered", "changed", "discussed"]}),
        ("The council is toying with the plan.", {"toying with": ["considering", "changing", "discussing"]}),
        ("She had toyed with the plan before.", {"toyed with": ["considered", "changed", "discussed"]}),
        ("The plan would encroach on the park.", {"encroach on": ["limit", "reduce", "affect"]}),
        ("The new road encroaches on the park.", {"encroaches on": ["limits", "reduces", "affects"]}),
        ("He dodged the question on Monday.", {"dodged": []}),  # what has no verb at its head can't be bent
        # An adjective stands as it is.
        ("They paid an astonishing sum for it.", {"astonishing": ["unusual", "large"]}),
        # "New" has no plural, and who rejects would have to become who reject.
        ("The upstarts took three seats.", {"upstarts": ["newcomers"]}),
        ("The climate deniers met in the hall.", {"climate deniers": []}),
    ],
)
def test_what_is_proposed_is_bent_as_the_word_is(text: str, expected: dict[str, list[str]]) -> None:
    assert propose(text) == expected
