"""Quotations that the words beside them give to somebody: text in; who is shown to say what, and by which verb."""

from __future__ import annotations

import pytest

from models import pipeline
from models.analyzers.attribution import framed
from models.article import Article

Shown = tuple[str | None, str | None, list[str]]  # source, cue, the parts of the content


def shown(text: str) -> list[Shown]:
    return [
        (i.source and i.source.text, i.cue and i.cue.text, [i.content.text, *(part.text for part in i.content_parts)])
        for i in pipeline.analyze(Article(text=text)).attribution.items
        if i.shown
    ]


@pytest.mark.parametrize(
    ("text", "source", "cue", "parts"),
    [
        pytest.param(
            "The ferry sank at night.\n\n“A splendid boat, as everybody knows!” Reik deadpanned to the crowd.",
            "Reik", "deadpanned", ["“A splendid boat, as everybody knows!”"],
            id="behind, whatever ends it",
        ),
        pytest.param(
            "“It takes a calm sea to dock that boat.” Ortiz said. The crew agreed.",
            "Ortiz", "said", ["“It takes a calm sea to dock that boat.”"],
            id="behind, with a stop for a comma",
        ),
        pytest.param(
            "“Nobody told the crew about the leak,” one “well-informed” sailor told Harbour Radio.",
            "one “well-informed” sailor", "told", ["“Nobody told the crew about the leak,”"],
            id="behind, with a quotation in its source",
        ),
        pytest.param(
            "As the Harbour Post put it in December, “The yard is a ruin and its cranes are rust.”",
            "the Harbour Post", "put it", ["“The yard is a ruin and its cranes are rust.”"],
            id="before, with words between",
        ),
        pytest.param(
            "The letter moved Lena Ortiz to write back her thanks, and a plea:\n\n“We need ten more boats by June.”",
            "Lena Ortiz", "to write", ["“We need ten more boats by June.”"],
            id="before, on the line above",
        ),
        pytest.param(
            "“The boat was never safe,” Ortiz said when we asked her about the leak. “You should have seen the hull.”",
            "Ortiz", "said", ["“The boat was never safe,”", "“You should have seen the hull.”"],
            id="on, after a clause with a verb of its own",
        ),
        pytest.param(
            "Amal Reik, 50, said the sailors had left in peace.\n\n“We are here to see the hull. They are hiding it.”",
            "Amal Reik, 50", "said", ["“We are here to see the hull. They are hiding it.”"],
            id="below a line that tells who speaks",
        ),
        pytest.param(
            "The yard has closed.\n\nMad about boats. The new hull is a bathtub — Lena Ortiz (@lortiz) May 4, 2026",
            "Lena Ortiz", None, ["Mad about boats. The new hull is a bathtub"],
            id="a post",
        ),
    ],
)  # fmt: skip
def test_a_frame_tells_whose_a_quotation_is(text: str, source: str, cue: str | None, parts: list[str]) -> None:
    assert (source, cue, parts) in shown(text)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        pytest.param(
            "A yell from the dock moved the captain to end by saying “And that is no joke at all, my friends.”",
            "A yell from the dock",
            id="by saying: whoever is moved may speak",
        ),
        pytest.param(
            "“The lantern was lit when they came aboard!” he deadpanned.",
            "he",
            id="behind, from a pronoun that stands for nobody",
        ),
        pytest.param(
            "“The boat is old.” Ortiz said so to Reik, who wept.\n\n“The sea was rough, and nobody came.”",
            "Reik",
            id="below a line in which somebody else is named",
        ),
    ],
)
def test_no_frame_gives_a_quotation_to_somebody_by_chance(text: str, wrong: str) -> None:
    assert wrong not in [source for source, _, _ in shown(text)]


def test_a_frame_is_shown_for_what_was_read_of_it() -> None:
    assert all(share >= 0.8 for share in framed.load().values())


def test_speech_behind_a_dash_is_no_frame_that_was_read() -> None:
    text = "The council met.\n\n— If so we shall see what the old bridge can bear, acknowledged the farmer, Bo Brink."
    told = pipeline.analyze(Article(text=text)).attribution.items
    assert [(i.source and i.source.text, i.shown) for i in told] == [("the farmer, Bo Brink", False)]
