"""What the reader adds to the lists of loaded words, what it drops, and where a phrase of its own ends."""

from __future__ import annotations

import re

import pytest

from models.analyzers import vocabulary
from models.article import Article
from models.document import Document, read
from models.pipeline import analyze
from tests.models.readings import write


def reading_of(document: Document, **loaded: float) -> Document:
    return write(document, {"loaded": loaded})


def test_reader_finds_whole_phrases_that_no_list_has() -> None:
    document = read(Article(text="There is no depth to which Jane Roe of Dover will not sink, the clerk said."))
    found = vocabulary.analyze(reading_of(document, no=0.9, depth=0.95, to=0.6, which=0.6, Jane=0.9, Roe=0.9, sink=0.9))
    assert [(term.text, term.rule, term.category) for term in found.terms] == [
        ("no depth", "reader.loaded", "verdict"),
        ("sink", "reader.loaded", "contempt"),
    ]


@pytest.mark.parametrize(
    ("text", "word", "kind"),
    [
        ("The vote scandalizes the old clerk of the town.", "scandalizes", ("verdict", "negative")),
        ("His buffoonery surprised the old clerk of the town.", "buffoonery", ("contempt", "negative")),
        ("They easily botch the plan, the clerk said.", "botch", ("contempt", "negative")),
        ("They easily hoist the plan, the clerk said.", "hoist", ("contempt", "negative")),
    ],
)
def test_word_that_no_list_has_takes_after_its_family(text: str, word: str, kind: tuple[str, str]) -> None:
    (term,) = vocabulary.analyze(reading_of(read(Article(text=text)), **{word: 0.95})).terms
    assert (term.text, term.rule, (term.category, term.tone)) == (word, "reader.loaded", kind)


def test_what_the_story_is_about_is_no_finding_of_the_reader() -> None:
    story = "The frisking law was read on Monday. A frisking rule came in May. The town voted on frisking twice."
    told = read(Article(text=f"{story} A frisking vote is due, the clerk said."))
    once = read(Article(text="A frisking vote is due, the clerk said."))
    assert [term.text for term in vocabulary.analyze(reading_of(told, frisking=0.9)).terms] == []
    assert [term.text for term in vocabulary.analyze(reading_of(once, frisking=0.9)).terms] == ["frisking"]


def test_word_beside_which_its_entry_asks_for_another_sense_is_plain() -> None:
    document = read(Article(text="Tyrannosaurus means tyrant lizard in Greek."))
    assert vocabulary.analyze(reading_of(document)).terms == []


def test_word_that_its_entry_takes_for_plain_here_needs_a_sure_reader() -> None:
    document = read(Article(text="A devastating earthquake hit the coast near the old town."))
    found = [vocabulary.analyze(reading_of(document, devastating=p)).terms for p in (0.45, 0.9)]
    assert [[term.text for term in terms] for terms in found] == [[], ["devastating"]]


@pytest.mark.parametrize(
    ("text", "word", "voice"),
    [
        ("Others depicted the old mayor as a moron.", "moron", "quoted"),
        ("Critics called the mayor of the town a liar.", "liar", "quoted"),
        ("The mayor was branded a coward by the press.", "coward", "quoted"),
        ("He was hailed as a hero in the town.", "hero", "quoted"),
        ("They accused the mayor of being a bigot.", "bigot", "quoted"),
        ("Her rivals accused the mayor of a shameful betrayal.", "shameful", "quoted"),
        ("The senator hammered the mayor as foolish.", "foolish", "quoted"),
        ("They called the vote disgraceful.", "disgraceful", "quoted"),
        ("The word regime was used nine times.", "regime", "quoted"),
        ("Others depicted the old mayor as a moron, idiot and clown in cartoons.", "idiot", "quoted"),
        ("Others depicted the old mayor as a moron, idiot and clown in cartoons.", "clown", "quoted"),
        ("They see the mayor as brilliant, brave and honest.", "brave", "quoted"),
        ("The words thug or bully were used nine times.", "bully", "quoted"),
        ("He was described as a bully and a coward by the press.", "coward", "quoted"),
        ("He was described as a bully, and the coward left early.", "coward", "outlet"),
        ("The mayor was called a liar in May, and a thug hit him.", "thug", "outlet"),
        ("I call the mayor a coward.", "coward", "outlet"),
        ("The mayor is a moron.", "moron", "outlet"),
        ("The moron called the mayor on Monday.", "moron", "outlet"),
        ("They called on the tyrant to leave.", "tyrant", "outlet"),
        ("He praised the heroic nurses of the town.", "heroic", "outlet"),
        ("They accused the heroic nurses of theft.", "heroic", "outlet"),
        ("The disgraceful vote was called on Monday.", "disgraceful", "outlet"),
    ],
)
def test_a_word_that_is_handed_on_is_his_who_used_it(text: str, word: str, voice: str) -> None:
    found = analyze(Article(text=text)).vocabulary.terms
    assert [term.voice for term in found if word in re.findall(r"\w+", term.text)] == [voice]


def test_phrase_ends_before_a_dash_and_begins_after_its_subject() -> None:
    document = read(Article(text="Mothers slurped soup -- gleeful, the clerk of the town said."))
    sure = dict.fromkeys(("Mothers", "slurped", "soup", "--", "gleeful"), 0.9)
    assert [term.text for term in vocabulary.analyze(reading_of(document, **sure)).terms] == ["slurped soup", "gleeful"]


def test_phrase_never_runs_across_a_quotation_mark() -> None:
    document = read(Article(text="She runs the town, a “gullible” gulper of soup, the clerk said."))
    found = vocabulary.analyze(reading_of(document, **dict.fromkeys(("gullible", "”", "gulper"), 0.9))).terms
    assert [(term.text, term.voice) for term in found] == [("gullible", "quoted"), ("gulper", "outlet")]


def test_handle_is_no_finding_of_the_reader() -> None:
    document = read(Article(text="The clerk of the town told @snackfiend about the soup."))
    assert vocabulary.analyze(reading_of(document, snackfiend=0.9)).terms == []


def test_pale_words_stand_at_no_edge_of_a_phrase() -> None:
    document = read(Article(text="The mayor is so gnarly, the clerk of the town said."))
    assert [
        term.text for term in vocabulary.analyze(reading_of(document, **{"is": 0.9, "so": 0.9, "gnarly": 0.9})).terms
    ] == ["gnarly"]


def test_reader_that_is_sure_of_a_plain_sense_overrules_a_weak_entry_but_no_strong_one() -> None:
    document = read(Article(text="The senator said that the maverick council met the tyrant in the old hall."))
    assert [term.text for term in vocabulary.analyze(reading_of(document)).terms] == ["tyrant"]
    assert [t.text for t in vocabulary.analyze(reading_of(document, maverick=0.9)).terms] == ["maverick", "tyrant"]


def test_strength_grows_with_what_the_reader_thinks() -> None:
    document = read(Article(text="The senator said that the council met the tyrant in the old hall."))
    unsure, sure = (vocabulary.analyze(reading_of(document, tyrant=p)).terms[0].strength for p in (0.1, 0.9))
    assert 0 < unsure < sure < 1
