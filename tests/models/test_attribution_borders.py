"""Where one item ends and another begins, with the reader: text in, exact spans out."""

from __future__ import annotations

import pytest

from models import pipeline
from models.article import Article
from models.report import Report


def read(text: str) -> Report:
    return pipeline.analyze(Article(text=text))


def speakers(report: Report) -> list[str | None]:
    names = {entity.id: entity.name for entity in report.entities}
    return [names.get(item.speaker or "") for item in report.attribution.items]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Lawyer James Cole told Senator Brann that the vote was legal.", "that the vote was legal"),
        ("Lena Ortiz told reporters that the bridge was safe.", "that the bridge was safe"),
        ("Lena Ortiz vowed to lower fares.", "to lower fares"),
        ("The council said Tuesday Mr. Reik misled the public.", "Mr. Reik misled the public"),
        ("Mayor Ortiz said at the time he did not sign it.", "he did not sign it"),
        ("Ann Lee said Tuesday night games were over.", "Tuesday night games were over"),
        ("Ann Lee said nothing would change before May.", "nothing would change before May"),
    ],
)
def test_whom_it_was_told_to_is_no_content(text: str, content: str) -> None:
    assert [item.content.text for item in read(text).attribution.items] == [content]


@pytest.mark.parametrize(
    ("text", "source", "pieces"),
    [
        ("“You may choose,” said Ann Lee, “pay or go.”", "Ann Lee", ["“You may choose,”", "“pay or go.”"]),
        ("“It is over,” says the bailiff's letter, “pay up.”", "the bailiff's letter", ["“It is over,”", "“pay up.”"]),
        ("“You have one,” says the mayor's clerk, “or none.”", "the mayor's clerk", ["“You have one,”", "“or none.”"]),
        ("“You may go,” said Bo Ray, “or stay here.”", "Bo Ray", ["“You may go,”", "“or stay here.”"]),
        ("The board refused, but days later Lee announced the sudden sale.", "Lee", ["the sudden sale"]),
        ("It was late, according to an aide to the city's mayor.", "an aide to the city's mayor", ["It was late"]),
        ("The statement read: “The order was lawful.”", "The statement", ["“The order was lawful.”"]),
    ],
)
def test_a_source_ends_where_its_words_go_on(text: str, source: str, pieces: list[str]) -> None:
    (item,) = read(text).attribution.items
    assert (item.source and item.source.text, [item.content.text, *(part.text for part in item.content_parts)]) == (
        source,
        pieces,
    )


def test_the_next_speakers_clause_is_no_further_part() -> None:
    report = read("Critics say the plan will fail, but the mayor insists it is sound.")
    assert [(i.source and i.source.text, i.content.text, i.content_parts) for i in report.attribution.items] == [
        ("Critics", "the plan will fail", []),
        ("the mayor", "it is sound", []),
    ]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Senators Kelly Moore and Bob Tanner said the deal was dead.", "Kelly Moore"),
        ("Kelly Moore, an aide to Bob Tanner, said the deal was dead.", "Kelly Moore"),
        ("The writer and editor Kelly Moore and the dancer Bob Tanner said the deal was dead.", "Kelly Moore"),
        ("Arizona and Illinois argued that the deal was dead.", "Arizona"),
    ],
)
def test_of_two_who_speak_together_the_first_is_named(text: str, speaker: str) -> None:
    assert speakers(read(text)) == [speaker]


@pytest.mark.parametrize(("text", "content"), [('said " Lee "', '" Lee "'), ('said"Lee"', "Lee")])
def test_marks_without_a_word_between_them_hold_nothing(text: str, content: str) -> None:
    items = pipeline.analyze(Article(title="A title", text=text)).attribution.items
    assert [(item.source, item.content.text, item.content_parts) for item in items] == [(None, content, [])]


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        (
            "Mr. Hale also called his rival a “toll-loving liar,” vowing to fight for free bridges.",
            ["his rival a “toll-loving liar,”", "to fight for free bridges"],
        ),
        (
            "Tomas Reik told the assembly that the tolls were failing and even predicted that the city would yield.",
            ["that the tolls were failing", "that the city would yield"],
        ),
        (
            "The port said a tank had leaked oil, prompting the council to close the beach.",
            ["a tank had leaked oil"],
        ),
    ],
)
def test_what_the_same_speaker_does_beside_it_is_no_content(text: str, contents: list[str]) -> None:
    assert [item.content.text for item in read(text).attribution.items] == contents


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        (
            "“I do like Ann Lee a lot,” Bo Ray, a baker, said. “I'm a Hale man.”",
            ["“I do like Ann Lee a lot,”", "“I'm a Hale man.”"],
        ),
        (
            "“Your best shield is a strong heart,” the page claimed, and “a growing body of evidence shows that tea "
            "can help keep your heart young.”",
            [
                "“Your best shield is a strong heart,”",
                "“a growing body of evidence shows that tea can help keep your heart young.”",
            ],
        ),
        (
            "“This will make jobs,” Bo Ray said in a letter. “After the storm, I went to the mayor and asked her to "
            "sign it.”",
            ["“This will make jobs,”", "“After the storm, I went to the mayor and asked her to sign it.”"],
        ),
    ],
)
def test_a_quotation_goes_on_behind_its_cue(text: str, pieces: list[str]) -> None:
    item = next(one for one in read(text).attribution.items if one.shown)
    assert [item.content.text, *(part.text for part in item.content_parts)] == pieces


@pytest.mark.parametrize(
    "text", ["Ann Lee said nothing of the plan to close the bridge.", "Tom Hale ordered the fleet to sail at dawn."]
)
def test_silence_and_orders_are_no_statements(text: str) -> None:
    assert read(text).attribution.items == []


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“The board must decide,” Mr. Hale said. The Ohio Republican said the board had failed.", "Hale"),
        ("This week Pope Francis flew to Peru. There the popular pontiff announced that he would stay.", "Francis"),
        ("Ann Lee met her lawyer on Monday. The lawyer said it was late.", None),
    ],
)
def test_an_epithet_tells_of_whoever_was_named_before(text: str, speaker: str | None) -> None:
    assert speakers(read(text))[-1] == speaker


def test_a_participle_is_said_by_whoever_does_what_is_told() -> None:
    report = read("Earlier today, Ann Lee decried what Bo Ray said in the recording, asserting that it was “a lie.”")
    assert [
        one.source and one.source.text for one in report.attribution.items if one.content.text.startswith("that")
    ] == ["Ann Lee"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Mr. Hale was late. His campaign said that he raised two million dollars.", "named"),
        ("Fox News was there. The Oregonian newspaper pointed out that the bridge was safe.", "media"),
    ],
)
def test_whoever_belongs_to_somebody_is_named_and_a_paper_with_a_name_is_no_other(text: str, kind: str) -> None:
    (item,) = read(text).attribution.items
    assert (item.source_type, item.speaker) == (kind, None)
