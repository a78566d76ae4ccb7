"""`python -m models parse`: sentences with their words in, grammar out."""

from __future__ import annotations

from .test_command_line import run

SENTENCE = {"id": "s1", "text": "Dogs bark.", "words": [[0, 4], [5, 9], [9, 10]]}


def test_a_tree_a_line_in_order() -> None:
    second = {"id": 2, "text": "He left.", "words": [[0, 2], [3, 7], [7, 8]]}
    status, answers, _ = run("parse", lines=[SENTENCE, second])
    assert status == 0
    assert answers == [
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


def test_what_is_no_sentence_is_answered_in_its_place_and_the_rest_goes_on() -> None:
    outside = {"id": "s2", "text": "Dogs.", "words": [[0, 4], [4, 9]]}
    backward = {"id": "s3", "text": "Dogs bark.", "words": [[4, 0], [5, 9]]}
    status, answers, _ = run("parse", lines=[outside, backward, {"id": "s4", "text": "x"}, "not json", SENTENCE])
    assert status == 1
    assert [answer["id"] for answer in answers] == ["s2", "s3", "s4", None, "s1"]
    assert [answer.get("error", {}).get("field") for answer in answers] == ["words", "words", "words", "", None]
    assert "[4, 9]" in answers[0]["error"]["message"]
    assert "5 characters" in answers[0]["error"]["message"]
    assert "heads" in answers[-1]
