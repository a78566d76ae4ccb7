"""One reading of an article: sentences, parts, tokens and tags, every one at its exact place."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.article import Article
from models.document import Document, boilerplate, read
from models.document.language import identify

ANY_TEXT = st.text(
    st.one_of(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), st.sampled_from("\n\t \"'“”‘’.,!?—")),
    min_size=1,
    max_size=400,
).filter(lambda text: bool(text.strip()))


def texts(document: Document) -> list[str]:
    return [document.text[s.start : s.end] for s in document.sentences]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr. Moore of the U.S. Senate left. He was 61.", ["Mr. Moore of the U.S. Senate left.", "He was 61."]),
        (
            "“We won. We won again,” Moore said. They left.",
            ["“We won.", "We won again,” Moore said.", "They left."],
        ),
        ("It closed at 5 p.m. Monday. Nobody came.", ["It closed at 5 p.m. Monday.", "Nobody came."]),
        (
            "Sen. Ann Lee, R-S.C., met Ms. Moore. Mrs. Day left.",
            ["Sen. Ann Lee, R-S.C., met Ms. Moore.", "Mrs. Day left."],
        ),
        ("One line\nAnother line.", ["One line", "Another line."]),
        (
            "It was late. « We will stay, » said Moore. “ We lost . ” They left.",
            ["It was late.", "« We will stay, » said Moore.", "“ We lost . ”", "They left."],
        ),
        ("Was it true? Yes! No doubt…", ["Was it true?", "Yes!", "No doubt…"]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert texts(read(Article(text=text))) == expected


def test_parts_of_an_article() -> None:
    document = read(
        Article(
            title="Council votes on bridge",
            text="By Dana Reed\n\nThe council voted on Monday.\n\nThe bridge is old.\n\n"
            "Follow Dana Reed on Twitter @reed.",
        )
    )
    assert [s.part for s in document.sentences] == ["headline", "boilerplate", "lead", "body", "boilerplate"]
    assert document.words == 4 + 5 + 4


def test_a_first_line_without_a_stop_is_the_headline() -> None:
    document = read(Article(text="Council votes on bridge\n\nThe council voted on Monday. It was close."))
    assert [s.part for s in document.sentences] == ["headline", "lead", "lead"]


def test_a_text_of_nothing_but_boilerplate_is_read() -> None:
    (sentence,) = read(Article(text="WATCH: Renner says the bridge will hold.")).sentences
    assert sentence.part == "lead"


@pytest.mark.parametrize("row", boilerplate.entries(), ids=lambda row: row[0].id)
def test_boilerplate_entries_hold_their_own_examples(row: boilerplate.Row) -> None:
    entry, _ = row
    assert entry.matches
    assert entry.ignores
    for example in entry.matches:
        assert boilerplate.fits(row, example), example
    for example in entry.ignores:
        assert not boilerplate.fits(row, example), example
        assert boilerplate.recognise(example, is_last=True) is None, example


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "The ferry sank on Monday. Nobody was hurt.\n\nIt was old.\n\nDana Reed is a reporter for the Post. "
            "She lives in Lima.",
            ["Dana Reed is a reporter for the Post.", "She lives in Lima."],
            id="a writer's life, over two sentences",
        ),
        pytest.param(
            "The ferry sank on Monday.\n\nDana Reed, who saw it, wept.\n\nDana Reed is an editor of books.",
            [],
            id="somebody of the story is no stranger",
        ),
        pytest.param(
            "Lee Park\n\nThe ferry sank on Monday.\n\nIt was old.\n\nFerries need an owner who cares: Lee Park\n\n"
            "Lee Park, head of the Quay Fund, is a member of our board of contributors.",
            [
                "Lee Park",
                "Ferries need an owner who cares: Lee Park",
                "Lee Park, head of the Quay Fund, is a member of our board of contributors.",
            ],
            id="who wrote it, above and below, and a link to another column",
        ),
        pytest.param(
            "The ferry sank on Monday.\n\nFILE - In this May 3, 2026, file photo, the ferry leaves. It was to be sold. "
            "(Example Photo/Dana Reed)\n\nIt was old.",
            [
                "FILE - In this May 3, 2026, file photo, the ferry leaves.",
                "It was to be sold.",
                "(Example Photo/Dana Reed)",
            ],
            id="a caption of two sentences with its credit",
        ),
        pytest.param(
            "The ferry leaves at dawn. (Dana Reed/Reuters)\n\nThe ferry sank on Monday. It was old (52 years).",
            ["The ferry leaves at dawn.", "(Dana Reed/Reuters)"],
            id="a caption that only its credit shows",
        ),
        pytest.param(
            "The ferry sank on Monday.\n\nRead more from Example News:\n\nWho Owned the Ferry\n\n"
            "Ferries of the North: A Map\n\nThe owner wept. He had no other ferry.",
            ["Read more from Example News:", "Who Owned the Ferry", "Ferries of the North: A Map"],
            id="a list of links ends where prose begins",
        ),
        pytest.param(
            "The ferry sank on Monday.\n\nIt was old.\n\nReed reported from Lima.\n\nSign up for Daily Newsletters\n\n"
            "Copyright © 2026 Example Times.",
            ["Reed reported from Lima.", "Sign up for Daily Newsletters", "Copyright © 2026 Example Times."],
            id="the last paragraph, whatever other boilerplate follows",
        ),
        pytest.param(
            "Dana Reed and Lee Park\n\nHalden Gazette\n\nThe ferry sank on Monday.\n\nLee Moor, its captain, wept.",
            ["Dana Reed and Lee Park", "Halden Gazette"],
            id="who wrote it, above the article",
        ),
        pytest.param(
            "Dana Reed\n\nThe ferry sank on Monday. Dana Reed, its captain, wept for an hour.",
            [],
            id="a name above the article that the story knows",
        ),
        pytest.param(
            "The captain waits for help, a witness said. Ferry goes down\n\n"
            "The ferry sank on Monday.\n\nIt was old.\n\nIt had no boats.",
            ["The captain waits for help, a witness said.", "Ferry goes down"],
            id="a caption and the page's own headline",
        ),
        pytest.param(
            "The ferry sank on Monday.\n\n"
            + "The owner waited on the quay all day and all night long. " * 8
            + "REUTERS/Dana "
            "Reed\n\nIt was old.",
            ["REUTERS/Dana Reed"],
            id="a credit behind a long paragraph is no caption",
        ),
        pytest.param(
            "The ferry sank on Monday.\n\nIt was old.\n\nHALDEN MAYOR SAYS FERRIES WERE NEVER SAFE\n\n"
            "Ferry fire:What we know\n\nIt had no boats.\n\nFive ferries that went down",
            ["HALDEN MAYOR SAYS FERRIES WERE NEVER SAFE", "Ferry fire:What we know", "Five ferries that went down"],
            id="links between paragraphs and behind them all",
        ),
        pytest.param(
            "The ferry sank on Monday.\n\nURGENT:\n\nVote on ferries now\n\nThe search\n\nDivers came at noon.",
            ["URGENT:", "Vote on ferries now"],
            id="one link behind its label, and the heading below it stays",
        ),
        pytest.param(
            "The ferry sank on Monday.\n\nWATCH: The ferry goes down. — Halden Post (@haldenpost) May 3, 2026\n\n"
            "It was old.",
            [],
            id="a post is somebody's words",
        ),
        pytest.param(
            "The ferry sank on Monday.\n\nIt was old.\n\n"
            "Dana Reed is a writer for the Post. She wrote a book with Lee Park.\n\n"
            "Lee Park is an editor at the Post. He wrote a book with Dana Reed.",
            [
                "Dana Reed is a writer for the Post.",
                "She wrote a book with Lee Park.",
                "Lee Park is an editor at the Post.",
                "He wrote a book with Dana Reed.",
            ],
            id="the lives of two writers who name each other",
        ),
        pytest.param(
            "Opinion Why the ferry sinks\n\nDana Reed is a writer for the Post.\n\nThe ferry sank on Monday.\n\n"
            "It was old.\n\nThis article tagged under: Opinion\n\nFerries\n\nHalden",
            [
                "Opinion Why the ferry sinks",
                "Dana Reed is a writer for the Post.",
                "This article tagged under: Opinion",
                "Ferries",
                "Halden",
            ],
            id="the headline once more, who wrote it, and tags",
        ),
        pytest.param(
            "The ferry sank on Monday.\n\n“Nobody had looked at its boats for a year.”\n\nIt was old. "
            "Nobody had looked at its boats for a year.\n\nIt was old.",
            ["“Nobody had looked at its boats for a year.”"],
            id="a pull quote, and a short line that stands twice",
        ),
        pytest.param(
            "The ferry sank at noon on Monday, police said.\n\nThe captain was seen on the quay at two.\n\n"
            "Divers went down to it before the night fell.\n\nIt was old.\n\n"
            "The ferry sank at noon on Monday, police said.\n\nThe captain was seen on the quay at two.\n\n"
            "Divers went down to it before the night fell.\n\nIt had no boats.",
            [],
            id="updates that say again what stood above are no pull quotes",
        ),
        pytest.param(
            "The ferry sank on Monday.\n\nThe guards reported from the quay.\n\nRead more books, she said. Reporting "
            "by the Post’s Ann Moor shows why.\n\nThe owner is a writer for hire.",
            [],
            id="sentences of the story that look alike",
        ),
    ],
)
def test_boilerplate_by_its_place(text: str, expected: list[str]) -> None:
    document = read(Article(title="The ferry sinks", text=text))
    assert [document.text[s.start : s.end] for s in document.sentences if s.part == "boilerplate"] == expected


def test_tokens_split_clitics_and_keep_abbreviations() -> None:
    document = read(Article(text="Kim’s aide didn't see the U.S. envoy; it's late."))
    assert [t.text for t in document.tokens] == (
        ["Kim", "’s", "aide", "did", "n't", "see", "the", "U.S.", "envoy", ";", "it", "'s", "late", "."]
    )
    tags = {t.text: t.tag for t in document.tokens}
    assert (tags["’s"], tags["'s"], tags["envoy"], tags["see"][:1]) == ("POS", "VBZ", "NN", "V")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The council voted on Monday to close the bridge.", "en"),
        ("Mayor slams bridge plan", "en"),
        ("Le conseil a voté hier la fermeture du pont, selon le maire.", "fr"),
        ("Der Rat hat gestern beschlossen, die alte Brücke endgültig zu schließen.", "de"),
        ("El consejo votó ayer el cierre del puente más antiguo de la ciudad.", "es"),
        ("😀 1234", "und"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert identify(text) == language


@given(ANY_TEXT)
@settings(max_examples=150, deadline=None)
def test_every_part_stands_where_it_says(text: str) -> None:
    document = read(Article(text=text))
    assert document.text == text
    for token in document.tokens:
        assert document.text[token.start : token.end] == token.text
        sentence = document.sentences[token.sentence]
        assert sentence.start <= token.start < token.end <= sentence.end
    places = [(token.start, token.end) for token in document.tokens]
    assert all(one[1] <= other[0] for one, other in pairwise(places))
    covered = {at for start, end in places for at in range(start, end)}
    assert all(at in covered for at, sign in enumerate(text) if not sign.isspace())
    assert all(0 <= q.start < q.end <= len(text) for q in document.quotations)


@given(ANY_TEXT)
@settings(max_examples=50, deadline=None)
def test_reading_twice_gives_the_same_document(text: str) -> None:
    assert read(Article(text=text)) == read(Article(text=text))
