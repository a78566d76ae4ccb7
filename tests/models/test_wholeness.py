"""Is a statement whole? What the tree says of its ends."""

from __future__ import annotations

import pytest

from models.analyzers import attribution
from models.analyzers.attribution import acceptance, grammar, propose, wholeness
from models.analyzers.attribution.naming import Spoken
from models.article import Article
from models.document import Document, names
from models.document import read as read_document
from models.reader import read


def find(text: str) -> tuple[Document, grammar.Lines, Spoken]:
    """The one statement of a text."""
    document = names.settle(read(read_document(Article(text=text))))
    lines = grammar.lay_out(document)
    (spoken,), _ = attribution.find(document, lines, propose.coded(document.reading))
    return document, lines, spoken


def test_a_whole_statement_leaves_nothing_behind() -> None:
    told = wholeness.describe(*find("Mayor Ann Lee said that the old bridge needs paint."))
    expected = {
        "words left of its content": 0.0,
        "words left of its source": 0.0,
        "subject inside": 1.0,
        "subject outside": 0.0,
        "plain clause": 1.0,
        "a stop follows": 1.0,
        "cue before": 1.0,
        "hangs from the cue": 1.0,
        "pronoun of nobody": 0.0,
    }
    assert {name: told[name] for name in expected} == expected


def test_what_was_cut_off_counts() -> None:
    document, lines, spoken = find("Mayor Ann Lee said that the old bridge needs paint.")
    first, last = spoken.draft.content[0]
    behind = lines.words.index("needs")  # the clause without its subject
    cut = Spoken(grammar.Draft(spoken.draft.cue, spoken.draft.source, ((behind, last),)), spoken.speaker)
    told = wholeness.describe(document, lines, cut)
    assert first < behind
    assert told["subject outside"] == 1.0
    assert told["words left of its content"] > 0
    assert told["from cue to content"] > wholeness.describe(document, lines, spoken)["from cue to content"]


@pytest.mark.parametrize(
    ("text", "nobody"),
    [("They say the old bridge needs paint.", 1.0), ("Experts say the old bridge needs paint.", 0.0)],
)
def test_a_pronoun_that_stands_for_nobody_is_told(text: str, nobody: float) -> None:
    assert wholeness.describe(*find(text))["pronoun of nobody"] == nobody


def test_what_is_cut_is_less_likely_to_stand() -> None:
    document, lines, spoken = find("Mayor Ann Lee said that the old bridge needs paint.")
    last = spoken.draft.content[0][1]
    cut = Spoken(
        grammar.Draft(spoken.draft.cue, spoken.draft.source, ((lines.words.index("bridge"), last),)), spoken.speaker
    )
    reading = propose.coded(document.reading)
    assert acceptance.judge(document, lines, reading, [cut]) < acceptance.judge(document, lines, reading, [spoken])
