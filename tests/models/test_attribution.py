"""Who said what: text in, exact spans out, as the reader reads it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import reader
from models.analyzers import attribution
from models.article import Article
from models.document import read
from models.report import Attribution, AttributionItem
from tests.models.readings import write

Row = tuple[str | None, str | None, str, str]  # source, cue, content, kind


def analyze(text: str, title: str | None = None) -> Attribution:
    return attribution.analyze(reader.read(read(Article(text=text, title=title))))


def read_as(text: str, **parts: str) -> Attribution:
    """What a reader's marks on these words (by head: source, cue, content) make of a text."""
    heads = {head: dict.fromkeys(words.split(), 0.95) for head, words in parts.items()}
    return attribution.analyze(write(read(Article(text=text)), heads))


def row(item: AttributionItem) -> Row:
    return (item.source and item.source.text, item.cue and item.cue.text, item.content.text, item.kind)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "“The bridge will open in May,” Mayor Lena Ortiz said.",
            [("Mayor Lena Ortiz", "said", "“The bridge will open in May,”", "direct")],
        ),
        (
            '"The bridge will open in May," said Lena Ortiz, the mayor of Lomas.',
            [("Lena Ortiz, the mayor of Lomas", "said", '"The bridge will open in May,"', "direct")],
        ),
        (
            "The port will ruin the town, warned Tomas Reik, who leads the fishing council.",
            [
                (
                    "Tomas Reik, who leads the fishing council",
                    "warned",
                    "The port will ruin the town",
                    "indirect",
                )
            ],
        ),
        (
            "Ortiz said that the bridge would open in May.",
            [("Ortiz", "said", "that the bridge would open in May", "indirect")],
        ),
        (
            "The mayor said the bridge was “a gift to the valley” and would open soon.",
            [("The mayor", "said", "the bridge was “a gift to the valley” and would open soon", "mixed")],
        ),
        (
            "According to the harbour police, two boats sank.",
            [("the harbour police", "According to", "two boats sank", "indirect")],
        ),
        (
            "Two boats sank on Sunday, according to the harbour police.",
            [("the harbour police", "according to", "Two boats sank on Sunday", "indirect")],
        ),
        (
            "Ortiz has vowed to finish the work, while the council waits for money.",
            [("Ortiz", "has vowed", "to finish the work", "indirect")],
        ),
        (
            "The nurse told reporters that the ward was full.",
            [("The nurse", "told", "that the ward was full", "indirect")],
        ),
        (
            "The union praised the nurses for their calm.",
            [("The union", "praised", "the nurses for their calm", "indirect")],
        ),
        (
            "The works, the engineer said, will take a year.",
            [("the engineer", "said", "The works", "indirect")],
        ),
        (
            "He spoke for an hour. The rain went on.",
            [],
        ),
    ],
)
def test_an_item_has_exact_words(text: str, rows: list[Row]) -> None:
    assert [row(item) for item in analyze(text).items] == rows


def test_every_span_is_exact_and_names_its_verb() -> None:
    text = "“It is over,” Ortiz claimed. She pointed out that the money was gone."
    items = analyze(text).items
    assert [(i.cue.lemma, i.cue.stance) for i in items if i.cue] == [("claim", "doubting"), ("point out", "endorsing")]
    for item in items:
        for span in (item.source, item.cue, item.content):
            assert span is not None
            assert text[span.start : span.end] == span.text


def test_a_quotation_that_goes_on_in_its_paragraph_is_a_further_part_of_the_statement() -> None:
    report = analyze(
        "“We are ready,” Lena Ortiz said. “The bridge opens in May.”\n\n“It took us ten years,” she added."
    )
    assert [(*row(item)[:3], [part.text for part in item.content_parts]) for item in report.items] == [
        ("Lena Ortiz", "said", "“We are ready,”", ["“The bridge opens in May.”"]),
        ("she", "added", "“It took us ten years,”", []),
    ]
    assert len({item.speaker for item in report.items}) == 1
    assert report.items[0].speaker is not None


def test_a_nested_attribution_gives_two_items() -> None:
    report = read_as(
        "The clerk said that the mayor had claimed that the bridge was safe.",
        source="The clerk the mayor",
        cue="said had claimed",
        content="that the mayor had claimed bridge was safe",
    )
    assert [row(item)[:3] for item in report.items] == [
        ("The clerk", "said", "that the mayor had claimed that the bridge was safe"),
        ("the mayor", "had claimed", "that the bridge was safe"),
    ]


def test_i_in_a_quotation_is_who_speaks_it() -> None:
    report = read_as(
        "“I think that we will win the race,” Lena Ortiz said on Monday.",
        source="I Lena Ortiz",
        cue="think said",
        content="that we will win the race",
    )
    assert {item.source.text for item in report.items if item.source} == {"I", "Lena Ortiz"}
    assert len({item.speaker for item in report.items}) == 1


def test_my_brother_in_a_quotation_is_not_who_speaks_it() -> None:
    report = read_as(
        "“My brother claimed that we will win the race,” Lena Ortiz said on Monday.",
        source="My brother Lena Ortiz",
        cue="claimed said",
        content="that we will win the race",
    )
    assert [(i.source and i.source.text, i.speaker is None) for i in report.items] == [
        ("My brother", True),
        ("Lena Ortiz", False),
    ]


def test_who_stands_for_the_person_named_just_before() -> None:
    document = reader.read(read(Article(text="Senator Lena Ortiz, who said that the bridge was safe, left early.")))
    (item,) = attribution.analyze(document).items
    (name,) = {entity.name for entity in document.entities if entity.id == item.speaker}
    assert (item.source and item.source.text, name, item.source_type) == ("Senator Lena Ortiz", "Lena Ortiz", "named")


@pytest.mark.parametrize(
    ("text", "source_type"),
    [
        ("Lena Ortiz said that the bridge was safe.", "named"),
        ("The Transport Ministry said that the bridge was safe.", "official"),
        ("Xinhua reported that the bridge was safe.", "state_media"),
        ("State television reported that the bridge was safe.", "state_media"),
        ("The Associated Press reported that the bridge was safe.", "media"),
        # Initials are the same name with stops and without.
        ("The BBC reported that the bridge was safe.", "media"),
        ("The B.B.C. reported that the bridge was safe.", "media"),
        ("The A.F.P. reported that the bridge was safe.", "media"),
        ("The U.N. said that the bridge was safe.", "official"),
        ("The F.B.I. said that the bridge was safe.", "official"),
        ("The N.A.T.O. said that the bridge was safe.", "official"),
        ("The T.U.C. said that the bridge was safe.", "named"),  # in no list, with stops or without
        ("The lawsuit alleges that the bridge was unsafe.", "document"),
        ("A senior ministry official said that the bridge was safe.", "unnamed"),
        ("Two people familiar with the matter said that the bridge was safe.", "unnamed"),
        ("Critics say that the bridge is unsafe.", "vague"),
        ("Many believe that the bridge is unsafe.", "vague"),
        ("The bridge is said to be unsafe.", "vague"),
        ("Both bakers, Jo Nader and Ada Schiff, said that the oven was cold.", "named"),
        ("Other bakers, including Mayor Paul Reik, said that the oven was cold.", "named"),
        ("A man identified as Nico Cifun said that the oven was cold.", "named"),
    ],
)
def test_a_source_has_its_type(text: str, source_type: str) -> None:
    assert [item.source_type for item in analyze(text).items] == [source_type]


def test_vague_markers_stand_beside_the_items() -> None:
    report = analyze("The firm reportedly paid. Critics say that it was late. It is thought that the king knew.")
    assert [(m.text, m.kind) for m in report.vague] == [
        ("reportedly", "adverb"),
        ("Critics say", "vague_source"),
        ("It is thought", "passive"),
    ]


def test_sources_are_summed_up_over_the_article() -> None:
    report = analyze(
        "“We are ready,” Lena Ortiz said. The weather was fine and the road was dry.\n\n"
        "Ortiz claimed that nobody had been hurt. Critics say that two men fell."
    )
    first = report.sources[0]
    assert (first.name, first.count, first.words) == ("Lena Ortiz", 2, 8)
    assert [(v.lemma, v.stance, v.count) for v in first.verbs] == [("say", "neutral", 1), ("claim", "doubting", 1)]
    assert first.has_first_word
    assert not first.has_last_word
    assert report.sources[1].has_last_word
    assert report.attributed_share == pytest.approx(12 / 28)


def test_boilerplate_says_nothing() -> None:
    report = analyze("The road is dry.\n\nRead more: Critics say that the bridge is unsafe.")
    assert (report.items, report.vague) == ([], [])


PIECES = st.sampled_from(
    [
        "“", "”", '"', "'", "‘", "’", " ", "\n\n", ", ", ". ", "said", " says that ", "According to", " she added",
        "Ortiz ",
        "many believe ", ":", "who ", " told ", "he ", "(", ")", "—", "reportedly ", "\u202e", "😀",
        "e\u0301", "don’t ",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | st.text(max_size=8), max_size=60).map("".join))
def test_any_text_gives_exact_spans(text: str) -> None:
    try:
        article = Article(text=text)
    except ValueError:
        return
    document = reader.read(read(article))
    report = attribution.analyze(document)
    for item in report.items:
        for span in (item.source, item.cue, item.content, *item.source_parts, *item.cue_parts, *item.content_parts):
            if span is not None:
                assert document.text[span.start : span.end] == span.text != ""
    for marker in report.vague:
        assert document.text[marker.start : marker.end] == marker.text


def test_a_quotation_signed_after_a_dash() -> None:
    report = analyze(
        "“The harbour belongs to all of us.” — Lena Ortiz\n\n“Nobody asked the fishermen first.” ― Tom Reik."
    )
    signed = [(i.source and i.source.text, i.cue, i.content.text) for i in report.items if i.cue is None]
    assert signed == [
        ("Lena Ortiz", None, "“The harbour belongs to all of us.”"),
        ("Tom Reik", None, "“Nobody asked the fishermen first.”"),
    ]


def test_a_transcript_gives_each_turn_to_its_speaker() -> None:
    report = analyze(
        "They met in the town hall on Monday.\n\n"
        "ORTIZ: When will the bridge open?\n\nREIK: In May, I hope.\n\nIt took us ten years.\n\n"
        "ORTIZ: Why so long?\n\nREIK: Money ran out twice."
    )
    turns = [(i.source and i.source.text, i.content.text, [p.text for p in i.content_parts]) for i in report.items]
    assert turns == [
        ("ORTIZ", "When will the bridge open", []),
        ("REIK", "In May, I hope", []),
        ("REIK", "It took us ten years", []),
        ("ORTIZ", "Why so long", []),
        ("REIK", "Money ran out twice", []),
    ]


def test_in_a_transcript_of_names_in_capitals_each_may_speak_once() -> None:
    report = analyze(
        "Lena Ortiz, Tomas Reik, Ann Lee and Mark Cole met on Monday.\n\nORTIZ: When will the bridge open?\n\n"
        "REIK: In May, I hope.\n\nLEE: Why so long?\n\nCOLE: Money ran out twice."
    )
    turns = [(i.source and i.source.text, i.content.text) for i in report.items if i.cue and i.cue.text == ":"]
    assert turns == [
        ("ORTIZ", "When will the bridge open"),
        ("REIK", "In May, I hope"),
        ("LEE", "Why so long"),
        ("COLE", "Money ran out twice"),
    ]


def test_an_announcement_in_capitals_is_no_transcript() -> None:
    report = analyze("The fair.\n\nWHAT: Bread and cheese.\n\nWHEN: In May.\n\nWHERE: The old mill.\n\nWHO: All.")
    assert report.items == []


def test_a_list_with_colons_is_no_transcript() -> None:
    report = analyze("The plan in short.\n\nCost: 38 million.\n\nStart: May.\n\nLength: two miles.\n\nLanes: four.")
    assert report.items == []


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Lena Ortiz noted that she had voted for the bridge.", "neutral"),
        ("Lena Ortiz noted that the bridge was old.", "endorsing"),
    ],
)
def test_who_notes_a_deed_of_his_own_is_told_neutrally(text: str, stance: str) -> None:
    (item,) = analyze(text).items
    assert item.cue is not None
    assert item.cue.stance == stance


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("USA Today said that the bridge was safe.", "USA Today"),
        ("Russia Today reported that the bridge was safe.", "Russia Today"),
        ("Lena Ortiz today said that the bridge was safe.", "Lena Ortiz"),
    ],
)
def test_a_time_that_ends_a_listed_name_is_part_of_it(text: str, source: str) -> None:
    (item,) = analyze(text).items
    assert item.source is not None
    assert item.source.text == source
