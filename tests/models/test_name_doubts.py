"""Single words that stand once in an article: shown where something tells what they name, and left out elsewhere."""

from __future__ import annotations

import pytest

from models import reader
from models.article import Article
from models.document import names, read

REST = " It rained. The road was long and wet. Nobody else came that night. The lamps were lit. They slept."


def refined(text: str) -> dict[str, str]:
    document = names.settle(reader.read(read(Article(text=text))))
    return {entity.name: entity.kind for entity in document.entities}


@pytest.mark.parametrize(
    ("text", "others"),
    [
        pytest.param("Ann Moor had a Quimby in her bag and went home on Monday.", {}, id="once, and nothing tells"),
        pytest.param("She called it her Zorvane, and Ann Moor laughed.", {}, id="a coined word"),
        pytest.param("We took the road to Folly, and a Hedge for Ann Moor was all.", {}, id="ordinary words"),
        pytest.param(
            "Ann Moor, the editor of Harrowposten, a Danish newspaper, wrote it.",
            {"Harrowposten": "organization"},
            id="an apposition tells",
        ),
        pytest.param(
            "She had worked for the retailer Quimbix, Ann Moor said.", {"Quimbix": "organization"}, id="a noun before"
        ),
        pytest.param("They heard it on WQXA that night, Ann Moor said.", {"WQXA": "organization"}, id="a call sign"),
        pytest.param("They read it on Quimbix.com, Ann Moor said.", {"Quimbix.com": "organization"}, id="a site"),
        pytest.param(
            "The guests came from Brellin, and Ann Moor left. Brellin is small. They like Brellin.",
            {"Brellin": "place"},
            id="named again",
        ),
        pytest.param(
            "The Germans lost, and so did the Frenchmen, Ann Moor said.",
            {"Germans": "other", "Frenchmen": "other"},
            id="peoples",
        ),
        pytest.param(
            "The NYPD said so, Ann Moor wrote.", {"New York Police Department": "organization"}, id="the lists know it"
        ),
    ],
)
def test_single_words_are_doubted(text: str, others: dict[str, str]) -> None:
    assert refined(text + REST) == {"Ann Moor": "person"} | others


def test_a_text_of_few_sentences_names_everything_once() -> None:
    assert "Quimby" in refined("Ann Moor had a Quimby in her bag and went home on Monday.")
