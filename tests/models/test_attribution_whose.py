"""Whose words are they? With the reader: text in, the speaker of each statement and its exact words out."""

from __future__ import annotations

import pytest

from models import pipeline
from models.article import Article

Said = tuple[str | None, str | None, str, list[str]]  # source, cue, content and its further parts


def read(text: str) -> list[tuple[Said, str | None, str]]:
    """Every item with the entity that speaks and the kind of source."""
    report = pipeline.analyze(Article(text=text))
    names = {entity.id: entity.name for entity in report.entities}
    return [
        (
            (i.source and i.source.text, i.cue and i.cue.text, i.content.text, [p.text for p in i.content_parts]),
            names.get(i.speaker or ""),
            i.source_type,
        )
        for i in report.attribution.items
    ]


def said(text: str) -> list[Said]:
    return [what for what, _, _ in read(text)]


def test_a_quotation_that_goes_on_is_the_speakers_and_not_the_papers() -> None:
    text = "“The bridge is safe,” Lena Ortiz said on Monday, according to the Harbour Post. “We tested it for a year.”"
    (item,) = pipeline.analyze(Article(text=text)).attribution.items
    assert (item.source and item.source.text, item.content.text, [part.text for part in item.content_parts]) == (
        "Lena Ortiz",
        "“The bridge is safe,”",
        ["“We tested it for a year.”"],
    )


def test_a_quotation_is_his_who_is_named_beside_it() -> None:
    text = (
        "The council waits, as Mayor Lena Ortiz has urged.\n\n"
        "“The loan is cheap and the bridge is safe,” Bank of America wrote in a note to its clients."
    )
    assert ("Bank of America", "“The loan is cheap and the bridge is safe,”") in [
        (who, what[2]) for what, who, _ in read(text)
    ]
    assert "Lena Ortiz" not in [who for what, who, _ in read(text) if what[2].startswith("“The loan")]


@pytest.mark.parametrize(
    ("text", "source", "parts"),
    [
        ("Tomas Reik has been accused by three nurses of theft.", "three nurses", ["of theft"]),
        ("Tomas Reik was accused of theft by two of his aides.", "two of his aides", ["theft"]),
        ("Tomas Reik was accused of theft by the very same people.", "the very same people", ["theft"]),
        ("Tomas Reik is believed to have left the city.", None, ["to have left the city"]),
        ("It is believed that the bridge will fail.", None, ["that the bridge will fail"]),
    ],
)
def test_who_is_accused_says_nothing(text: str, source: str | None, parts: list[str]) -> None:
    assert [(what[0], [what[2], *what[3]]) for what in said(text)] == [(source, parts)]


@pytest.mark.parametrize(
    "text",
    [
        "Tomas Reik was widely blamed for the flood.",
        "Tomas Reik was condemned for arriving three hours late.",
        "Lena Ortiz was hailed for the rescue of nine people.",
        "Lena Ortiz is told that the bridge is safe.",
        "A large victory was expected for Lena Ortiz.",
        "The site was supposed to open in May.",
        "To summarize, the bridge is safe and the road is dry.",
        "In case you are wondering how old the bridge is, look at the plate.",
        "Nobody would call the bridge safe.",
        "The younger workers seem to have done better in May.",
    ],
)
def test_where_nobody_speaks_there_is_no_statement(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "content", "speaker"),
    [
        (
            "Halden Corp. closed a mill in May. It added that nobody would be fired.",
            "that nobody would be fired",
            "Halden Corp.",
        ),
        (
            "Halden Corp. closed the mill, though it said that nobody would be fired.",
            "that nobody would be fired",
            "Halden Corp.",
        ),
        (
            "The Harbour Bank was fined. In a letter, it argued that the fine was unfair.",
            "that the fine was unfair",
            "Harbour Bank",
        ),
        (
            "The Reik Institute left the talks. It insists that the plan is wrong.",
            "that the plan is wrong",
            "Reik Institute",
        ),
        ("Lena Ortiz runs Halden Corp. It said that sales fell.", "that sales fell", "Halden Corp"),
        ("Lena Ortiz saw the bridge. It is believed that it will fail.", "that it will fail", None),
    ],
)
def test_it_is_the_body_named_before(text: str, content: str, speaker: str | None) -> None:
    assert (content, speaker) in [(what[2], who) for what, who, _ in read(text)]


@pytest.mark.parametrize(
    ("text", "source_type"),
    [
        ("The firms said that sales fell.", "unnamed"),
        ("Three Democratic senators said that sales fell.", "unnamed"),
        ("One of her advisers said that sales fell.", "unnamed"),
        ("The inspector general said that sales fell.", "unnamed"),
        ("Critics said that sales fell.", "vague"),
        ("Many said that sales fell.", "vague"),
        ("Some of her critics said that sales fell.", "vague"),
    ],
)
def test_who_is_placed_is_somebody(text: str, source_type: str) -> None:
    assert [kind for _, _, kind in read(text)] == [source_type]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        (
            "According to the Harbour Post, city officials are sure that the bridge will hold.",
            "the Harbour Post",
            "city officials are sure that the bridge will hold",
        ),
        (
            "On May 3, the Harbour Post first reported that the bridge was closed.",
            "the Harbour Post",
            "that the bridge was closed",
        ),
        (
            "In a letter reviewed by the Harbour Post, Ortiz said the bridge was safe.",
            "Ortiz",
            "the bridge was safe",
        ),
        (
            "On the other side of the river, Lena Ortiz, a lawyer, said the bridge was safe.",
            "Lena Ortiz, a lawyer,",
            "the bridge was safe",
        ),
        ("LOMAS — The ministry says the bridge is safe.", "The ministry", "the bridge is safe"),
        ("“The bridge is safe,” said Lena Ortiz yesterday.", "Lena Ortiz", "“The bridge is safe,”"),
        (
            "Lena Ortiz, whose office was closed, said the bridge was safe.",
            "Lena Ortiz, whose office was closed",
            "the bridge was safe",
        ),
    ],
)
def test_a_source_stops_where_its_phrase_stops(text: str, source: str, content: str) -> None:
    assert (source, content) in [(what[0], what[2]) for what in said(text)]


@pytest.mark.parametrize(
    ("text", "speaker", "source_type"),
    [
        ("The spokesman, Tomas Reik, said the bridge was safe.", "Tomas Reik", "named"),
        ("Secretary of State Lena Ortiz said the bridge was safe.", "Lena Ortiz", "named"),
        ("U.S. Ambassador to the United Nations Lena Ortiz said the bridge was safe.", "Lena Ortiz", "named"),
        ("US District Judge Chuck Ortiz said the bridge was safe.", "Chuck Ortiz", "named"),
        ("The French president, Lena Ortiz, said the bridge was safe.", "Lena Ortiz", "named"),
        ("A report by Lena Ortiz, Tomas Reik and Ann Lee says that the bridge was safe.", "Lena Ortiz", "named"),
        ("A spokesman for President Lena Ortiz said the bridge was safe.", None, "unnamed"),
        ("A spokesperson for the paper, Lena Ortiz, said the bridge was safe.", "Lena Ortiz", "named"),
        ("Tomas Reik of the Harbour Institute, who said the bridge was safe, left early.", "Tomas Reik", "named"),
        ("New estimates from the Congressional Budget Office say so.", "Congressional Budget Office", "official"),
        ("A Harbour Ministry spokesman, Lt. Tomas Reik, said the bridge was safe.", "Tomas Reik", "named"),
        ("U.S. House of Representatives Speaker Lena Ortiz said the bridge was safe.", "Lena Ortiz", "named"),
        ("The Labor Department said the bridge was safe.", "Department of Labor", "official"),
        ("A poll conducted for the Harbour Council showed that few were worried.", None, "document"),
        ("A recently released Federal Reserve survey showed that few were worried.", None, "document"),
        ("A report by Lena Ortiz says that the bridge was safe.", "Lena Ortiz", "named"),
        ("Americans say that the bridge was safe.", "Americans", "vague"),
        ("The Times reported that the bridge was safe.", "Times", "media"),
        ("The New York Times was late. The Times reported that the bridge was safe.", "New York Times", "media"),
        ("The House Judiciary Committee said the bridge was safe.", "House Judiciary Committee", "official"),
        ("Iran, the only ally of President Tomas Reik, warned that the war would go on.", "Iran", "official"),
    ],
)
def test_who_speaks_and_what_kind_of_source_it_is(text: str, speaker: str | None, source_type: str) -> None:
    assert [(who, kind) for _, who, kind in read(text)] == [(speaker, source_type)]


def test_he_is_who_spoke_and_not_who_was_spoken_of() -> None:
    text = "Mark Toner said Patrick Kennedy learned of the server later. “He did not know,” he said."
    assert [who for what, who, _ in read(text) if what[0] == "he"] == ["Mark Toner"]


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        (
            "The strategists told them the party would be finished unless it supported the port.",
            ["the party would be finished unless it supported the port"],
        ),
        (
            "Lena Ortiz had denied the charge, the Harbour Post reported.",
            ["Lena Ortiz had denied the charge"],
        ),
        ("The council had estimated that the bridge would cost 38 million.", ["that the bridge would cost 38 million"]),
        ("The port was slow, and employers added 162,000 jobs in May.", []),
    ],
)
def test_a_content_is_whole(text: str, contents: list[str]) -> None:
    assert [what[2] for what in said(text)] == contents


@pytest.mark.parametrize(
    ("text", "source", "speaker"),
    [
        (
            "Tomas Reik, the spokesman of the port, arrived at noon. Lena Ortiz waited for him. "
            "“The cranes are safe,” the spokesman said.",
            "the spokesman",
            "Tomas Reik",
        ),
        (
            "Lena Ortiz met the mayor, Tomas Reik, on Monday. “The cranes are safe,” the mayor said.",
            "the mayor",
            "Tomas Reik",
        ),
        (
            "Lena Ortiz is a lawyer. She met Tomas Reik on Monday. The lawyer said that the bridge would be closed.",
            "The lawyer",
            "Lena Ortiz",
        ),
        (
            "A letter from Lena Ortiz reached the council on Monday. The letter says that the bridge would be closed.",
            "The letter",
            "Lena Ortiz",
        ),
        (
            "A lawyer came to the hearing. Lena Ortiz came, too. The lawyer said that the bridge would be closed.",
            "The lawyer",
            None,
        ),
        (
            "“The cranes are safe,” Tomas Reik said. The official said that nobody had asked him.",
            "The official",
            None,
        ),
        (
            "Critics of the plan came to the hearing. The critics said that the bridge would be closed.",
            "The critics",
            None,
        ),
    ],
)
def test_a_description_is_whom_the_article_calls_so(text: str, source: str, speaker: str | None) -> None:
    assert (source, speaker) in [(what[0], who) for what, who, _ in read(text)]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The council on Monday said that the bridge would be closed.", "The council"),
        (
            "The mayor of Harrow, who was asked about the loan, said that the bridge would be closed in May.",
            "The mayor of Harrow",
        ),
        ("The plan was praised by Lena Ortiz as a triumph for the whole harbour.", "Lena Ortiz"),
    ],
)
def test_a_source_is_a_whole_noun_phrase_and_no_more(text: str, source: str) -> None:
    assert source in [what[0] for what in said(text)]


def test_a_surname_of_two_people_in_the_headline_is_nobodys() -> None:
    text = (
        "Irene Castle runs the harbour, and her brother Paul Castle runs the ferry.\n\n"
        "The ferry is late, Paul Castle said on Monday."
    )
    report = pipeline.analyze(Article(title="Castle says the ferry will stop", text=text))
    (headline, *_) = [item for item in report.attribution.items if item.content.text == "the ferry will stop"]
    assert headline.speaker is None
