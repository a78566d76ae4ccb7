"""Who speaks at every character: text in, exact stretches out."""

from __future__ import annotations

import pytest

from models.article import Article
from models.document import Document, read


def document(text: str) -> Document:
    return read(Article(text=text))


def quoted(text: str, kind: str | None = None) -> list[str]:
    found = document(text)
    return [found.text[q.start : q.end] for q in found.quotations if kind in (None, q.kind)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We are ready,” Moore said.", ["“We are ready,”"]),
        ('"We are ready," Moore said. "All of us."', ['"We are ready,"', '"All of us."']),
        ("‘We don’t know,’ said Moore.", ["‘We don’t know,’"]),
        ("'We can't go on,' said Moore. 'Never.'", ["'We can't go on,'", "'Never.'"]),
        ("«Nous partons», said Moore.", ["«Nous partons»"]),
        ("„Wir gehen“, said Moore.", ["„Wir gehen“"]),
        ("« We will stay, » said Moore. « All of us. »", ["« We will stay, »", "« All of us. »"]),
        ("“ We will stay , ” said Moore .", ["“ We will stay , ”"]),
        ("«\u202fWe will stay,\u202f» said Moore.", ["«\u202fWe will stay,\u202f»"]),
        ('" We will stay , " said Moore . " All of us . "', ['" We will stay , "', '" All of us . "']),
        ("„ We will stay, “ said Moore.", ["„ We will stay, “"]),
        ("‹ We will stay, › said Moore.", ["‹ We will stay, ›"]),
        ("Moore said: « They ‹ really › came. »", ["« They ‹ really › came. »", "‹ really ›"]),
        ("“They ‘really’ came,” Moore said.", ["“They ‘really’ came,”", "‘really’"]),
        ("It’s the workers’ hall, not the states' rights.", []),
        ("A 6'2\" guard from the '90s left.", []),
        ("Rock 'n' roll isn't dead.", []),
        ('A board of 2 " and a pipe.', []),
    ],
)
def test_marks_of_every_kind(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_a_quotation_over_paragraphs_is_one_chain() -> None:
    found = document("“We began in May.\n\n“We ended in June,” Moore said.")
    assert [(q.chain, q.closed) for q in found.quotations] == [(1, True), (1, True)]
    assert not found.unbalanced


def test_a_mark_that_never_closes_ends_with_its_sentence() -> None:
    found = document("“We are ready, Moore said. The regime fell.\n\nNothing else happened.")
    assert [found.text[q.start : q.end] for q in found.quotations] == ["“We are ready, Moore said."]
    assert found.unbalanced == (0,)
    assert found.voice_at(found.text.index("regime")) == "outlet"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The “reform” cost four thousand jobs.", "scare"),
        ("The so-called “people's tribunal” met again.", "scare"),
        ("Their “peace” plan has no date.", "scare"),
        ("Moore called the plan “shameful” on Monday.", "speech"),
        ("The plan is “shameful,” Moore said.", "speech"),
        ("Dwayne “Boomer” Miller won the vote.", "name"),
        ("Alfonso “the Fox” Miller won the vote.", "name"),
        ("Curtis “50 Cent” Miller won the vote.", "name"),
        ("She starred in the film “Night Train” last year.", "name"),
        ("The prize went to “Monsters.”", "name"),
        ("They saw “Traitors” on Friday.", "name"),
        ("He shouted “Liar!” at the guard.", "speech"),
        ("“Traitors,” a play by Ann Moore, opened on Friday.", "name"),
        ("“Synonyms” is the name of the play.", "name"),
        ("“Cruel Sea” was her first novel about the war.", "name"),
        ("“Monsters” is a new opera in two acts.", "name"),
        ("The critic called the play “a triumph.”", "speech"),
        ("Moore described the film as a mess and the song “unbearable.”", "speech"),
        ("“Wonderful,” the play's author said.", "speech"),
        ("“Nonsense,” a film critic said.", "speech"),
        ("“It is a film about fear,” Moore said.", "speech"),
        ("“Big” Jim Slade sang.", "name"),
        ("“Rubbish,” Jim Slade said.", "speech"),
        ("“Rubbish!” Jim Slade shouted.", "speech"),
        ("“I am a Hale man.”", "speech"),
        ("He was given the “Order of the White Rose” in May.", "name"),
        ("“The city will not pay for a stadium that nobody wants,” Moore said.", "speech"),
    ],
)
def test_speech_scare_quotes_and_names_are_told_apart(text: str, kind: str) -> None:
    found = document(text)
    assert [q.kind for q in found.quotations] == [kind]


def test_voice_is_quoted_inside_the_marks_only() -> None:
    found = document("The tyrant smiled. “The tyrant lies,” Moore said.")
    first, second = found.text.index("tyrant"), found.text.rindex("tyrant")
    assert (found.voice_at(first), found.voice_at(second)) == ("outlet", "quoted")
