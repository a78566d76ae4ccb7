"""What is no loaded word though it looks like one: literal force, terms of a trade, idioms, names and titles."""

from __future__ import annotations

import pytest

from models.article import Article
from models.pipeline import analyze


def marked(sentence: str) -> list[str]:
    return [term.text for term in analyze(Article(text=sentence)).vocabulary.shown]


def told(sentence: str) -> list[str]:
    """With what is too unsure to be shown."""
    return [term.text for term in analyze(Article(text=sentence)).vocabulary.terms]


@pytest.mark.parametrize(
    "sentence",
    [
        "A man in a bloodied mask walked into the hall.",
        "He showed the court a bloody glove.",
        "The bear savaged two campers in the park.",
        "He slammed the lid and left the kitchen.",
        "She skewered the onions and the peppers.",
        "Rocks crushed the tent in the night.",
        "He gutted the trout and lit the stove.",
        "She ripped the envelope open.",
        "She smeared honey on the bread.",
        "They bulldozed the hut in May.",
        "Two men hijacked a lorry near the port.",
        "The frost killed the roses.",
        "The cook torched the sugar on the cream.",
        "The massacre of 1621 is taught at school.",
        "He was stabbed in the back outside a bar.",
        "The wind ripped the tiles off the church.",
    ],
)
def test_force_that_things_do_or_suffer_is_no_image(sentence: str) -> None:
    assert marked(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("The senator slammed the bill on Monday.", ["slammed"]),
        ("She blasted the governor over the train strike.", ["blasted"]),
        ("Rivals skewered his plan for the bridge.", ["skewered"]),
        ("The Democrats fought a bloody primary.", ["bloody"]),
        ("The press pummeled the mayor over potholes.", ["pummeled"]),
        ("The minister hijacked the debate on trains.", ["hijacked"]),
        ("It was a massacre at the polls for the liberals.", ["massacre"]),
        ("She was stabbed in the back by her deputy.", ["stabbed in the back"]),
    ],
)
def test_force_of_words_and_votes_is_one(sentence: str, words: list[str]) -> None:
    assert told(sentence) == words


@pytest.mark.parametrize(
    "sentence",
    [
        "The surgeon was found grossly negligent by the court.",
        "The board adopted a poison pill to fend off the bid.",
        "She pressed the panic button under the desk.",
        "Black holes in the images come from the scanner.",
        "Most stalls had sold out by noon.",
        "Traders made a killing on the last day of the market.",
        "The council killed two birds with one stone.",
        "A swarm of killer bees closed the road.",
        "The tumour is malignant and aggressive.",
        "The heat was brutal on Sunday.",
        "An angry sea closed the port.",
        "The shares were hammered in early trading.",
        "Rovers thrashed City on Saturday.",
        "The striker scored a killer goal in extra time.",
        "The suit was dismissed as frivolous.",
        "The firm's toxic loans were moved to a bad bank.",
        "The play “Traitors” opens at the Corn Exchange on Friday.",
        "The prize went to “Monsters.”",
        "Her novel “The Tyrant” was published in May.",
        "Music came from the Pariahs, a brass band from Dover.",
        "The match between the Savages and the Outlaws ended at nine.",
        "Gov. Ellen Crook met Marcus Slaughter at the Craven Hotel in Bad Axe.",
    ],
)
def test_terms_idioms_names_and_titles_are_plain(sentence: str) -> None:
    assert marked(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("The stadium is a black hole for public money.", ["black hole"]),
        ("The leader sold out his own members.", ["sold out"]),
        ("They called the ministers thugs and left.", ["thugs"]),
        ("A brutal crackdown followed.", ["brutal"]),
        ("His reckless plan cost the town nine million.", ["reckless"]),
    ],
)
def test_the_same_words_without_their_field_are_not(sentence: str, words: list[str]) -> None:
    assert told(sentence) == words
