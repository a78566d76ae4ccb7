"""Who is for or against whom, as a sentence that names both tells it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import reader
from models.analyzers.framing import relations, stances, standing
from models.article import Article
from models.document import Document, read

AGAIN = " Later Moore left. Then Hale left. Moore slept. Hale slept."  # each is named more than once


def read_text(text: str) -> Document:
    return reader.read(read(Article(text=text)))


def tell(document: Document) -> list[tuple[str, int, str]]:
    names = {entity.id: entity.name for entity in document.entities}
    found = stances.find(document)
    return [(names[stance.holder], stance.polarity, names[stance.target]) for stance in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Senator Moore criticised Hale as a disgrace and a coward.", ("Moore", -1, "Hale")),
        ("Senator Moore endorsed Hale and praised him as a great leader.", ("Moore", 1, "Hale")),
        ("Hale was endorsed by Moore in May.", ("Moore", 1, "Hale")),
        ("Senator Moore accused Hale of lying to the voters.", ("Moore", -1, "Hale")),
        ("Moore slammed Hale and his plan for the bridge.", ("Moore", -1, "Hale")),
    ],
)
def test_who_is_for_or_against_whom(text: str, expected: tuple[str, int, str]) -> None:
    assert expected in tell(read_text(text + AGAIN))


@pytest.mark.parametrize(
    "text",
    [
        "Moore and Hale travelled to the town on Monday.",
        "Moore met Hale at the harbour.",
        "Moore arrived an hour before Hale.",
        "Moore and Hale were asked about the bridge.",
        "Moore sat beside Hale in the council.",
    ],
)
def test_side_by_side_is_no_stance(text: str) -> None:
    assert tell(read_text(text + AGAIN)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Moore criticised Hale.", ("Moore", -1)),
        ("Moore praised Hale's plan.", ("Moore", 1)),
        ("Hale was sued by Moore.", ("Moore", -1)),
        ("Moore, who denounced Hale, left.", ("Moore", -1)),
        ("Moore stood up and thanked Hale.", ("Moore", 1)),
        ("Moore declined to endorse Hale.", None),
        ("Moore should condemn Hale.", None),
        ("Moore condemned the attack in Hale.", None),
        ("Moore did not criticise Hale.", None),
        ("Moore asked Hale to defend freedom.", None),
        ("Moore met Hale.", None),
    ],
)
def test_what_the_grammar_between_two_names_says(text: str, expected: tuple[str, int] | None) -> None:
    document = read_text(text)
    p, q = ((text.index(name), text.index(name) + 4 + (name == "Moore")) for name in ("Moore", "Hale"))
    found = relations.find(document, p, q)
    assert (found and (text[slice(*found[0])], found[1])) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Senator Moore slammed Hale's lawyer as a disgrace and a coward.",
        "Moore's lawyer slammed Hale as a disgrace and a coward.",
        "The Moore campaign slammed Hale as a disgrace and a coward.",
        "Anti-Hale crowds were praised by Moore as brave and wonderful.",
        "Moore initially praised Hale as a great leader, but now he is silent.",
        "Senator Moore said that Governor Lee slammed Hale as a disgrace and a coward.",
        "Moore denied the claim that Hale's office had spied on farmers.",
    ],
)
def test_who_stands_for_somebody_else_holds_nothing(text: str) -> None:
    holders = {(holder, target) for holder, _, target in tell(read_text(text + AGAIN + " Lee left. Lee slept."))}
    assert ("Moore", "Hale") not in holders


def test_who_only_tells_what_another_did_takes_no_side() -> None:
    document = read_text("Moore said that Hale congratulated Lee. Moore said that Hale was brave.")
    moore, hale = document.text.index("Moore"), document.text.index("Hale")
    later = document.text.rindex("Moore"), document.text.rindex("Hale")
    assert standing.has_other_doer(document, (moore, moore + 5), (hale, hale + 4), {})
    assert not standing.has_other_doer(document, (later[0], later[0] + 5), (later[1], later[1] + 4), {})


@pytest.mark.parametrize(
    ("text", "one"),
    [("Lee, a member of the Moore Group, left.", True), ("The head of Moore, the Moore Group, left.", False)],
)
def test_one_of_a_group_is_not_the_group(text: str, one: bool) -> None:
    start = text.index("Moore Group")
    assert standing.is_one_of(read_text(text), (start, start + len("Moore Group"))) is one


def test_a_party_is_meant_as_a_whole() -> None:
    again = " Moore left. Moore slept. Democrats met. Democrats voted."
    whole = tell(read_text("Moore slammed Democrats as a disgrace and as cowards." + again))
    part = tell(read_text("Moore slammed several Democrats as a disgrace and as cowards." + again))
    house = tell(read_text("Moore slammed House Democrats as a disgrace and as cowards." + again))
    assert (whole, part, house) == ([("Moore", -1, "Democratic Party")], [], [])


def test_a_paragraph_that_stands_twice_is_told_once() -> None:
    assert len(tell(read_text("Moore slammed Hale and his plan.\n\nMoore slammed Hale and his plan." + AGAIN))) == 1


def test_the_evidence_is_the_sentence_and_its_voice() -> None:
    document = read_text(
        "It rained. “Moore slammed Hale and his plan,” she said. Moore slammed Hale and his plan." + AGAIN
    )
    found = stances.find(document)
    assert {(stance.voice, document.text[stance.evidence.start : stance.evidence.end]) for stance in found} == {
        ("quoted", "“Moore slammed Hale and his plan,” she said."),
        ("outlet", "Moore slammed Hale and his plan."),
    }


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=120)


@settings(deadline=None, max_examples=20)
@given(TEXT)
def test_evidence_holds_in_any_text(text: str) -> None:
    document = read_text(f"Moore slammed Hale {text}. Moore praised Hale.")
    for stance in stances.find(document):
        assert document.text[stance.evidence.start : stance.evidence.end] == stance.evidence.text
        assert stance.holder != stance.target
