"""Whom "he", "she", "it" and a description mean by grammar, and where nobody is better than somebody wrong."""

from __future__ import annotations

import pytest

from models import reader
from models.analyzers import attribution
from models.article import Article
from models.document import names, read
from models.document.antecedents import Weights, choose, weigh


def test_the_likeliest_candidate_is_meant_where_it_is_likely_enough() -> None:
    model = Weights({"subject before": 2.0, "told last": 1.0}, 0.6)

    assert choose([(0, {"subject before": 1.0}), (1, {"told last": 1.0})], model) == 0
    assert choose([(0, {"told last": 1.0}), (1, {"told last": 1.0})], model) is None
    assert choose([(0, {"told last": 1.0}), (-1, {"subject before": 1.0})], model) is None  # an aide, never named
    assert choose([], model) is None
    assert sum(weigh([{"told last": 1.0}, {}], model.weights)) == pytest.approx(1.0)


def speaker(text: str, source: str) -> str | None:
    """Who speaks the last statement with this source?"""
    document = names.settle(reader.read(read(Article(text=text))))
    called = {entity.id: entity.name for entity in document.entities}
    found = [item for item in attribution.analyze(document).items if item.source and item.source.text == source]
    return called.get(found[-1].speaker or "")


@pytest.mark.parametrize(
    ("text", "source", "expected"),
    [
        # Who is the subject goes on speaking, not who stands last …
        (
            "Anna Reed of the harbour board met Laura Cask on Monday and praised Jane Hale. “It will cost us the "
            "mill,” she said.",
            "she",
            "Anna Reed",
        ),
        # … in apposition, too …
        (
            "Tom Reed backs the plan. A former ally, Paul Cask of Ohio, has opposed it for years. “It will cost us "
            "the mill,” he said.",
            "he",
            "Paul Cask",
        ),
        # … and behind a long quotation.
        (
            "Tom Reed told Paul Cask that the bridge would close.\n\n“It will hurt. Nobody asked us. The mill "
            "has forty workers. They have families. They will go. We all will,” he said.",
            "he",
            "Tom Reed",
        ),
        # Somebody whom the article does not name has it.
        (
            "Tom Reed left the hall. An executive told the board that the plan was dead. “Nobody wanted it,” he said.",
            "he",
            None,
        ),
    ],
)
def test_a_pronoun_has_whom_grammar_puts_first(text: str, source: str, expected: str | None) -> None:
    assert speaker(text, source) == expected


@pytest.mark.parametrize(
    ("text", "source", "expected"),
    [
        # Whoever spoke last is a mayor only where the article says so.
        (
            "“The bridge will close,” Tom Reed said. The ferry is full. “It will hurt,” the mayor said.",
            "the mayor",
            None,
        ),
        (
            "Mayor of Berkeley Tom Reed met Paul Cask. Cask said that the bridge would close. “It will hurt,” the "
            "mayor said.",
            "the mayor",
            "Tom Reed",
        ),
        # The executive is the one of the large company, and not the one who is named.
        (
            "Tom Reed, an executive, left. The chief executive of one of the largest companies in Ohio said that the "
            "mill would close. “It will hurt,” the executive said.",
            "the executive",
            None,
        ),
        # No party is a network.
        (
            "CNN has shown the debate to lawmakers of the Republican Party. “We stand by Tom Reed,” the network said.",
            "the network",
            "CNN",
        ),
        # A paper is one of the few that may be called so, wherever it stood.
        (
            "The bridge will close, a letter to the New York Times said. Tom Reed met Paul Cask. It rained "
            "all day. The mill is shut, the paper said.",
            "the paper",
            "New York Times",
        ),
        # Whoever a body is named after in an apposition is not its subject.
        (
            "Tom Reed, former envoy to Spain under the Paul Cask administration, said the mayor should go. “It will "
            "hurt,” he said.",
            "he",
            "Tom Reed",
        ),
        # Several are no one person.
        (
            "Former ambassadors to Spain warn Tom Reed of the plan. Reed said that the bridge would close. The former "
            "ambassadors said that it would hurt the mills.",
            "The former ambassadors",
            None,
        ),
        # Of two bodies that speak together the first is named, too.
        (
            "“It will hurt,” said the CBO and the FDA in a statement.",
            "the CBO and the FDA",
            "Congressional Budget Office",
        ),
        # A title of his own parts a name from the body's.
        (
            "“It will hurt,” said Chairman of the Joint Chiefs of Staff Gen. Paul Cask.",
            "Chairman of the Joint Chiefs of Staff Gen. Paul Cask",
            "Paul Cask",
        ),
        # Of two who speak together the first is named.
        (
            "Orange County Sheriff Tom Reed and Paul Cask, chair of the board, said that the bridge would close.",
            "Orange County Sheriff Tom Reed and Paul Cask, chair of the board",
            "Tom Reed",
        ),
    ],
)
def test_a_description_has_whom_the_article_calls_so(text: str, source: str, expected: str | None) -> None:
    assert speaker(text, source) == expected
