"""Whose words stand where? Text in; exact stretches, their form and their speaker out."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import pipeline
from models.article import Article
from models.comparison import columns
from models.document import read
from models.report import Report

Quoted = tuple[str, str | None, str]  # form, speaker, words

PIECES = [
    "Q: ", "A: ", "ORTIZ: ", "Lena Ortiz: ", "> ", "— ", "- ", "— Lena Ortiz", "— Lena Ortiz (@lortiz)", "@lortiz: ",
    "“", "”", "«", "»", '"', "I said no. ", "Who are you? ", "The ferry is old, ", "said Lena Ortiz", "Note: ",
    "wrote in a letter: ", "She spoke to us. ", "\n", "\n\n", "   ", "(", ")", "\u200b",
]  # fmt: skip


def analyze(text: str, title: str | None = None, outlet: str | None = None) -> Report:
    return pipeline.analyze(Article(text=text, title=title, outlet=outlet))


def quoted(report: Report) -> list[Quoted]:
    names = {entity.id: entity.name for entity in report.entities}
    return [(q.form, names.get(q.speaker or ""), report.article.text[q.start : q.end]) for q in report.quotations or []]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "The ferry is for sale. The Harbour Post's Lena Ortiz:\n\nThe sale was made by a council with no use for "
            "ships. It will end in court.\n\nIn all honesty, I never liked the ferry much.",
            [
                (
                    "block",
                    "Lena Ortiz",
                    "The sale was made by a council with no use for ships. It will end in court.",
                )
            ],
            id="an extract below a name and a colon; the outlet's own I below it",
        ),
        pytest.param(
            "The ferry is for sale.\n\nThe director, Lena Ortiz, explained it all:\n\nAs drafted, the sale would end "
            "the line to the isle. The council has ignored its duty.\n\nThe sale is open until May.",
            [
                (
                    "block",
                    "Lena Ortiz",
                    "As drafted, the sale would end the line to the isle. The council has ignored its duty.",
                )
            ],
            id="a statement pasted in",
        ),
        pytest.param(
            "The ferry is old, people on the island say: Questions remain about the price that the council paid.",
            [],
            id="what people say, summed up by the outlet",
        ),
        pytest.param(
            "It was Lena Ortiz who brought it up:\n\nLena Ortiz: Let the ferry go this year. The island can wait.\n\n"
            "The council met at noon.",
            [("turn", "Lena Ortiz", "Let the ferry go this year. The island can wait.")],
            id="one turn below a line that leads it in",
        ),
        pytest.param(
            "Lena Ortiz runs the ferry. She spoke to us on Sunday.\n\nQ: When did you hear of it?\n\n"
            "A: On the radio. It was a disgrace.\n\nNobody had called me.\n\nQ: And then?\n\nA: I wrote a letter.\n\n"
            "The council plans to sell the ferry.",
            [
                ("turn", "Lena Ortiz", "On the radio. It was a disgrace."),
                ("turn", "Lena Ortiz", "Nobody had called me."),
                ("turn", "Lena Ortiz", "I wrote a letter."),
            ],
            id="Q: and A:, an answer over two paragraphs, the outlet's own words below",
        ),
        pytest.param(
            "We talked to Lena Ortiz, who runs the ferry.\n\nQ. When did you hear of it?\nA. On the radio.\n"
            "Q. What do you want?\nA. I want my ferry.",
            [("turn", "Lena Ortiz", "On the radio."), ("turn", "Lena Ortiz", "I want my ferry.")],
            id="Q. and A. without blank lines",
        ),
        pytest.param(
            "Lena Ortiz runs the ferry.\n\nGAZETTE: When did you hear of it?\n\nORTIZ: On the radio.\n\n"
            "GAZETTE: What do you want?\n\nORTIZ: The minister should come.",
            [("turn", "Lena Ortiz", "On the radio."), ("turn", "Lena Ortiz", "The minister should come.")],
            id="the outlet's name asks",
        ),
        pytest.param(
            "Lena Ortiz, who runs the ferry, sat down with us.\n\nWhen did you hear of it?\n\n"
            "On the radio. I was furious.\n\nDid anybody call you?\n\nNo. They never called me.\n\n"
            "What do you want?\n\nI want my ferry. It is all we have.\n\nThe council plans to sell the ferry.",
            [
                ("turn", "Lena Ortiz", "On the radio. I was furious."),
                ("turn", "Lena Ortiz", "No. They never called me."),
                ("turn", "Lena Ortiz", "I want my ferry. It is all we have."),
            ],
            id="questions that stand alone",
        ),
        pytest.param(
            "The council met. Irene Castle is the mayor, Hugh Barlow the treasurer.\n\n"
            "MAYOR CASTLE: We will close it.\n\n"
            "BARLOW: That is shameful.\n\nREPORTER: Why now?\n\nMAYOR CASTLE: Because it leaks.",
            [
                ("turn", "Irene Castle", "We will close it."),
                ("turn", "Hugh Barlow", "That is shameful."),
                ("turn", None, "Why now?"),
                ("turn", "Irene Castle", "Because it leaks."),
            ],
            id="a transcript with names in capitals",
        ),
        pytest.param(
            "Two neighbours talk.\n\nAnn Lee: I learned to swim there.\n\nTom Reik: So did I.\n\n"
            "Ann Lee: We should write.",
            [
                ("turn", "Ann Lee", "I learned to swim there."),
                ("turn", "Tom Reik", "So did I."),
                ("turn", "Ann Lee", "We should write."),
            ],
            id="a dialogue",
        ),
        pytest.param(
            "The Marsh Post: The plan is a disgrace.\n\nThe Quay Gazette: Nobody needs a ferry.\n\n"
            "The Hill Herald: It is an outrage.",
            [
                ("turn", "Marsh Post", "The plan is a disgrace."),
                ("turn", "Quay Gazette", "Nobody needs a ferry."),
                ("turn", "Hill Herald", "It is an outrage."),
            ],
            id="what the papers say, a label each",
        ),
        pytest.param(
            "News of the plan was everywhere.\n\nThe plan is a disgrace. It will ruin us.\n— The Marsh Post\n\n"
            "Nobody needs a ferry.\n— Quay Gazette\n\nWork begins in May.",
            [
                ("signed", "Marsh Post", "The plan is a disgrace. It will ruin us."),
                ("signed", "Quay Gazette", "Nobody needs a ferry."),
            ],
            id="what the papers say, each signed",
        ),
        pytest.param(
            "“This is a betrayal of the town.”\nTomas Reik, baker\n\n“We will not pay for it.”\n"
            "— Ann Lee, teacher, Marsh\n\n"
            "“Lena knows the ferry better than anybody here.” -Commissioner Geoffrey Stroud\n\nThe ferry is old.",
            [
                ("signed", "Tomas Reik", "“This is a betrayal of the town.”"),
                ("signed", "Ann Lee", "“We will not pay for it.”"),
                ("signed", "Geoffrey Stroud", "“Lena knows the ferry better than anybody here.”"),
            ],
            id="a name under or behind a quotation",
        ),
        pytest.param(
            "“I voted for the ferry. It is a lifeline.” Ann Lee, teacher\n\n"
            "“I did not. It is all a sham.” (Tomas Reik, baker)",
            [
                ("signed", "Ann Lee", "“I voted for the ferry. It is a lifeline.”"),
                ("signed", "Tomas Reik", "“I did not. It is all a sham.”"),
            ],
            id="a name beside a quotation",
        ),
        pytest.param(
            "Ann Lee, teacher: I voted for the ferry. It is a lifeline.\n\nTomas Reik (baker): I did not vote.\n\n"
            "Ruth Adler, Marsh: We were never asked.",
            [
                ("turn", "Ann Lee", "I voted for the ferry. It is a lifeline."),
                ("turn", "Tomas Reik", "I did not vote."),
                ("turn", "Ruth Adler", "We were never asked."),
            ],
            id="what readers say, each once",
        ),
        pytest.param(
            "We asked Ann Lee and Tomas Reik.\n\nWill you keep the ferry?\n\nLee: Yes. I use it.\n\n"
            "Reik: No. It is a waste.\n\n"
            "Who should pay?\n\nLee: All of us.\n\nReik: Those who use it.",
            [
                ("turn", "Ann Lee", "Yes. I use it."),
                ("turn", "Tomas Reik", "No. It is a waste."),
                ("turn", "Ann Lee", "All of us."),
                ("turn", "Tomas Reik", "Those who use it."),
            ],
            id="questions to several people",
        ),
        pytest.param(
            "The trial of Tomas Reik opened on Monday.\n\nPROSECUTOR: Did you take it?\n\n"
            "REIK: No. That is a filthy lie.\n\n"
            "PROSECUTOR: Who did?\n\nREIK: Ask the mayor.\n\nThe trial goes on.",
            [
                ("turn", None, "Did you take it?"),
                ("turn", "Tomas Reik", "No. That is a filthy lie."),
                ("turn", None, "Who did?"),
                ("turn", "Tomas Reik", "Ask the mayor."),
            ],
            id="in court nobody asks for the outlet",
        ),
        pytest.param(
            "In an email to staff, Ann Lee said:\n\nDear colleagues,\n\n"
            "you have been lied to by thugs. We will win.\n\nAnn\n\n"
            "The staff got it on Monday.",
            [
                ("block", "Ann Lee", "Dear colleagues,"),
                ("block", "Ann Lee", "you have been lied to by thugs. We will win."),
            ],
            id="a letter below a colon",
        ),
        pytest.param(
            "The baker answered online.\n\n"
            "This corrupt regime has betrayed us. Shame! — Tomas Reik (@treik) March 14, 2026\n\n"
            "Ann Lee @annlee · Mar 14\nHe is a clown, and he knows it.\n\n@treik: You sold the ferry.\n\n"
            "The mayor was away.",
            [
                ("tweet", "Tomas Reik", "This corrupt regime has betrayed us. Shame!"),
                ("tweet", "Ann Lee", "He is a clown, and he knows it."),
                ("tweet", "Tomas Reik", "You sold the ferry."),
            ],
            id="posts with their handles",
        ),
        pytest.param(
            "Tomas Reik answered on Twitter:\n\nThis corrupt regime has betrayed us. Shame!\n"
            "— Tomas Reik (@treik) 14 March 2026 via Twitter\n\nThe mayor was away.",
            [("tweet", "Tomas Reik", "This corrupt regime has betrayed us. Shame!")],
            id="a post signed in a line of its own",
        ),
        pytest.param(
            "In her letter to the board, Rosa Werner wrote:\n\n> It is a shameful plan. We will not have it.\n>\n"
            "> Nor will the town.\n\nThe board did not answer.",
            [
                ("block", "Rosa Werner", "It is a shameful plan. We will not have it."),
                ("block", "Rosa Werner", "Nor will the town."),
            ],
            id="a block quote that a line leads in",
        ),
        pytest.param(
            "The letter was read in the hall.\n\n> It is a shameful plan. — Rosa Werner, chairwoman\n\nNobody spoke.",
            [("block", "Rosa Werner", "It is a shameful plan.")],
            id="a block quote that is signed",
        ),
        pytest.param(
            "Rosa Werner posted on Facebook on Monday:\n\nThis plan is a sham. We will fight it.\n\n"
            "The board is led by Ann Lee.",
            [("block", "Rosa Werner", "This plan is a sham. We will fight it.")],
            id="a statement below a colon, in no marks",
        ),
        pytest.param(
            "In a statement, Rosa Werner said: We were told nothing of this sham. Our board has eleven members. "
            "She has led it since May.",
            [("block", "Rosa Werner", "We were told nothing of this sham. Our board has eleven members.")],
            id="a statement behind a colon, as far as the first person goes",
        ),
        pytest.param(
            "And from Chairwoman Rosa Werner:\n\n“Lena brings a talent for plain speech.”\n\n"
            "Reporters asked whether the plan "
            "was dead. Castle's answer:\n\n“It is a zombie of a plan.”\n\nIrene Castle is the mayor.",
            [
                ("marks", "Rosa Werner", "“Lena brings a talent for plain speech.”"),
                ("marks", "Irene Castle", "“It is a zombie of a plan.”"),
            ],
            id="quotations that a line without a verb leads in",
        ),
        pytest.param(
            "They met on the quay.\n\n— I will not pay, — said Tomas Reik. — It is a shameful ferry.\n\n"
            "— You will, — answered Ann Lee.\n\nThen they went home.",
            [
                ("marks", "Tomas Reik", "I will not pay,"),
                ("marks", "Tomas Reik", "It is a shameful ferry."),
                ("marks", "Ann Lee", "You will,"),
            ],
            id="speech after dashes",
        ),
        pytest.param(
            "They met on the quay.\n\n– We will not move, said the farmer, Bo Brink.\n\n"
            "– Then we shall move you, answered Tomas Reik.\n\nThe farm stood empty.",
            [("marks", "Bo Brink", "We will not move,"), ("marks", "Tomas Reik", "Then we shall move you,")],
            id="speech after short dashes, in the first person",
        ),
    ],
)
def test_whose_words_are_they(text: str, expected: list[Quoted]) -> None:
    assert quoted(analyze(text)) == expected


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=6), min_size=1, max_size=40).map("".join))
def test_quotations_are_exact_apart_and_the_one_source_of_every_voice(text: str) -> None:
    try:
        article = Article(text=text, title="A title", outlet="The Marsh Post")
    except ValueError:
        return
    document = read(article)
    report = pipeline.analyze(article)
    found = report.quotations or []
    assert all(0 <= q.start < q.end <= len(document.text) for q in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert {q.speaker for q in found} <= {None, *(entity.id for entity in report.entities)}
    voices = {word.start: word.quoted for word in columns.read(0, report).words}
    assert voices == {start: document.voice_at(start) == "quoted" for start in voices}
    for term in report.vocabulary.terms:
        assert term.voice == document.voice_at(term.start)


def test_quoted_titles_are_nobodys_words_in_a_comparison_too() -> None:
    report = analyze("She starred in the film “Night Train” last year. “We won,” Moore said.")
    words = {word.form: word.quoted for word in columns.read(0, report).words}
    assert (words["train"], words["won"]) == (False, True)


def test_a_report_made_before_reports_had_quotations_can_still_be_compared() -> None:
    report = analyze("The ferry is old. “We won,” Moore said.").model_copy(update={"quotations": None})
    assert [word.form for word in columns.read(0, report).words if word.quoted] == ["we", "won"]
