"""`python -m models parse`: sentences with their words in, grammar out."""

from __future__ import annotations

from .conftest import Command, answers

SENTENCE = {"id": "s1", "text": "Dogs bark.", "words": [[0, 4], [5, 9], [9, 10]]}


def test_a_tree_a_line_in_order(command: Command) -> None:
    second = {"id": 2, "text": "He left.", "words": [[0, 2], [3, 7], [7, 8]]}
    done = command("parse", lines=[SENTENCE, second])
    assert done.returncode == 0
    assert answers(done) == [
        {
            "id": "s1",
            "upos": ["NOUN", "VERB", "PUNCT"],
            "xpos": ["NNS", "VBP", "."],
            "heads": [1, -1, 1],
            "relations": ["nsubj", "root", "punct"],
        },
        {
            "id": 2,
            "upos": ["PRON", "VERB", "PUNCT"],
            "xpos": ["PRP", "VBD", "."],
            "heads": [1, -1, 1],
            "relations": ["nsubj", "root", "punct"],
        },
    ]


def test_what_is_no_sentence_is_answered_in_its_place_and_the_rest_goes_on(command: Command) -> None:
    outside = {"id": "s2", "text": "Dogs.", "words": [[0, 4], [4, 9]]}
    backward = {"id": "s3", "text": "Dogs bark.", "words": [[4, 0], [5, 9]]}
    done = command("parse", lines=[outside, backward, {"id": "s4", "text": "x"}, "not json", SENTENCE])
    assert done.returncode == 1
    told = answers(done)
    assert [answer["id"] for answer in told] == ["s2", "s3", "s4", None, "s1"]
    assert [answer.get("error", {}).get("field") for answer in told] == ["words", "words", "words", "", None]
    assert "[4, 9]" in told[0]["error"]["message"]
    assert "5 characters" in told[0]["error"]["message"]
    assert "heads" in told[-1]
