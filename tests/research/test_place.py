"""A coder's lines in, exact spans out; what can't be placed is told by its line."""

import pytest

from research.corpus.place import place

TEXT = (
    "Mayor rams ban through\n\nThe regime in Corley bans cars. “It is a sham,” Ana Moore said. "
    "The regime says the plan had been ready for years\u00a0and would be carried out before June."
)


def put(*lines: str) -> tuple[dict, list[str]]:
    coded, wrong = place(("genre | news", *lines), TEXT)
    return coded, wrong


def words(span: list[int]) -> str:
    return TEXT[span[0] : span[1]]


def test_exact_words() -> None:
    coded, wrong = put("loaded | rams | violence | - | o | Mayor | 2")
    assert not wrong
    assert coded["loaded"] == [
        {
            "start": 6,
            "end": 10,
            "category": "violence",
            "tone": "negative",
            "voice": "outlet",
            "target": "Mayor",
            "sure": 2,
        }
    ]


def test_brackets_choose_among_several() -> None:
    coded, wrong = put("loaded | The [regime] says | label | - | o | - | 1")
    assert not wrong
    start = coded["loaded"][0]["start"]
    assert TEXT[start:].startswith("regime says")
    assert coded["loaded"][0]["target"] is None


def test_first_and_last_words_of_a_long_passage() -> None:
    coded, _ = put("said | The regime | says | the plan had ... before June | Corley council | i | n")
    (content,) = coded["statements"][0]["content"]
    assert words(content) == "the plan had been ready for years\u00a0and would be carried out before June"


def test_straight_marks_find_curly_ones_and_source_and_cue_are_the_nearest() -> None:
    coded, wrong = put('said | Ana Moore | said | "It is a sham," | Ana Moore | d | n')
    assert not wrong
    (said,) = coded["statements"]
    assert [words(said["source"]), words(said["cue"]), words(said["content"][0])] == [
        "Ana Moore",
        "said",
        "“It is a sham,”",
    ]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("loaded | regime | label | - | o | - | 1", "found 2 times"),
        ("loaded | tyrant | label | - | o | - | 1", "found 0 times"),
        ("loaded | rams | anger | - | o | - | 1", "'anger' is none of"),
        ("loaded | rams | violence | - | o | 1", "needs 6 fields, not 5"),
        ("mark | rams", "there is no 'mark'"),
        ("person | Moore | high | none | -", "'high'"),
    ],
)
def test_what_cannot_be_placed_is_told(line: str, says: str) -> None:
    _, wrong = put(line)
    assert len(wrong) == 1
    assert wrong[0].startswith("line 2: ")
    assert says in wrong[0]


def test_an_article_without_genre_is_not_done() -> None:
    assert place((), TEXT)[1] == ["no line says the genre"]
