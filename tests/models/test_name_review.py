"""Names once the reader has seen them: what it adds, what it takes back, and whom a role means."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import reader
from models.article import Article
from models.document import names, read


def refined(text: str, title: str | None = None) -> dict[str, list[str]]:
    document = names.settle(reader.read(read(Article(title=title, text=text))))
    assert all((m.start, m.end) in document.reading.polarities for e in document.entities for m in e.mentions)
    return {e.name: [document.text[m.start : m.end] for m in e.mentions] for e in document.entities}


@pytest.mark.parametrize(
    ("text", "title", "expected"),
    [
        pytest.param(
            "They met on Monday. It denuked nothing.",
            "All May Vote If It Denukes",
            {},
            id="what only a title's capitals made a name",
        ),
        pytest.param(
            "Deadline after deadline passed. Members of it slept. Ann Moor wept.",
            None,
            {"Ann Moor": ["Ann Moor"]},
            id="common words that open sentences",
        ),
        pytest.param(
            "Ann Moor spoke at the National Ferry Captains Council on Monday.",
            None,
            {"Ann Moor": ["Ann Moor"], "National Ferry Captains Council": ["National Ferry Captains Council"]},
            id="nothing cut from the left",
        ),
        pytest.param(
            "They met at the House Energy and Commerce Committee, then at the Growth and Opportunity Project.",
            None,
            {
                "House Energy and Commerce Committee": ["House Energy and Commerce Committee"],
                "Growth and Opportunity Project": ["Growth and Opportunity Project"],
            },
            id="a body of two fields",
        ),
        pytest.param(
            "They had ruled so in Buckman v. Vallejo. In Harrow v. Lund it had not.",
            None,
            {"Buckman v. Vallejo": ["Buckman v. Vallejo"], "Harrow v. Lund": ["Harrow v. Lund"]},
            id="cases at law",
        ),
        pytest.param(
            "Ann Moor (@annmoor) posted it at https://t.co/LQlHVrBfB7 on Monday. “Go,” wrote @BobHale.",
            None,
            {"Ann Moor": ["Ann Moor"]},
            id="handles and links name nobody",
        ),
        pytest.param(
            "The UN met on Monday. Kim Jong-un stayed at home. The UN was angry at Kim.",
            None,
            {"United Nations": ["UN", "UN"], "Kim Jong-un": ["Kim Jong-un", "Kim"]},
            id="an acronym is nobody's last name",
        ),
    ],
)
def test_names_once_the_reader_has_seen_them(text: str, title: str | None, expected: dict[str, list[str]]) -> None:
    assert refined(text, title) == expected


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        pytest.param(
            "Trump spoke on Monday. Later the president left.", "Trump", ["Trump", "the president"], id="who held it"
        ),
        pytest.param(
            "President Ann Moor spoke. Former President Bob Hale slept. Later the president left.",
            "Ann Moor",
            ["Ann Moor", "the president"],
            id="not the former one",
        ),
        pytest.param(
            "Trump and Obama met at dawn. At noon, after lunch with both of them, the president left.",
            "Trump",
            ["Trump"],
            id="two who may be meant are nobody",
        ),
        pytest.param(
            "The Senate met. Reporters asked Harrow Motors. The agency slept.", "Senate", ["Senate"], id="no agency"
        ),
    ],
)
def test_roles_mean_somebody_only_where_it_is_clear(text: str, name: str, expected: list[str]) -> None:
    document = read(Article(text=text))
    (meant,) = (entity for entity in document.entities if entity.name == name)
    assert [document.text[m.start : m.end] for m in meant.mentions] == expected


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet=st.sampled_from("ABab .,-'@/&“”\n") | st.characters(exclude_categories=["C"]), max_size=200))
def test_whatever_the_reader_sees_names_stay_exact(text: str) -> None:
    document = names.settle(reader.read(read(Article(text=f"a {text}"))))
    for one in document.entities:
        spans = [(m.start, m.end) for m in one.mentions]
        assert spans == sorted(spans)
        assert all(0 <= start < end <= len(document.text) for start, end in spans)
        assert all(place in document.reading.polarities for place in spans)
