"""Whom a loaded word is about: the name that stands in the right place, and nobody where none does."""

from __future__ import annotations

import re

import pytest

from models import lexicon
from models.analyzers import vocabulary
from models.analyzers.vocabulary.aims import Word
from models.analyzers.vocabulary.targets import Targets
from models.article import Article
from models.document import read
from models.pipeline import analyze
from tests.models.readings import write


@pytest.mark.parametrize(
    ("text", "word", "target"),
    [
        ("Syrian dictator Bashar al-Assad flew to Moscow.", "dictator", "Bashar al-Assad"),
        ("On Monday the tyrant Kim Jong-un spoke.", "tyrant", "Kim Jong-un"),
        ("Angela Merkel spoke first. Then came Viktor Orban, a tyrant, with his aides.", "tyrant", "Viktor Orban"),
        ("Robert Mugabe is a tyrant.", "tyrant", "Robert Mugabe"),
        ("Robert Mugabe was called a tyrant by the crowd.", "tyrant", "Robert Mugabe"),
        ("The crowd called Robert Mugabe a tyrant.", "tyrant", "Robert Mugabe"),
        ("They met in May. Vladimir Putin's cronies own the banks.", "cronies", "Vladimir Putin"),
        ("He left on Friday. The wise leadership of Fidel Castro was praised.", "wise", "Fidel Castro"),
        ("The reckless Nigel Farage spoke.", "reckless", "Nigel Farage"),
        ("Nigel Farage is reckless.", "reckless", "Nigel Farage"),
        ("On Friday Elizabeth Warren ranted at the bank.", "ranted", "Elizabeth Warren"),
        ("On Friday Elizabeth Warren has also ranted at the bank.", "ranted", "Elizabeth Warren"),
        # Who is called so is not whose he is.
        ("They met in May. Vladimir Putin's thugs own the banks.", "thugs", None),
        ("The Elizabeth Warren zealots met in May.", "zealots", None),
        ("The crowd called Robert Mugabe “a tyrant” on Friday.", "tyrant", "Robert Mugabe"),
        ("Robert Mugabe is once again a tyrant.", "tyrant", "Robert Mugabe"),
        ("They spoke of a tyrant like Robert Mugabe.", "tyrant", "Robert Mugabe"),
        ("They met in May. The tyrant, Robert Mugabe, left early.", "tyrant", "Robert Mugabe"),
        ("The friend of the leftists, Bernie Sanders is one of them.", "leftists", None),
        ("They met a reckless Sanders supporter. Bernie Sanders left early.", "reckless", None),
        ("Then came Robert Mugabe, a vindictive man.", "vindictive", "Robert Mugabe"),
        ("They met in May. Robert Mugabe’s dark, vindictive speech was long.", "vindictive", "Robert Mugabe"),
        ("The crowd called the trip to Guatemala a farce.", "farce", None),
        ("The ads painted Robert Mugabe as a tyrant.", "tyrant", "Robert Mugabe"),
        ("Robert Mugabe was often portrayed as a brutal tyrant.", "tyrant", "Robert Mugabe"),
        ("Robert Mugabe was pinpointed as the tyrant.", "tyrant", "Robert Mugabe"),
        ("He succeeded Robert Mugabe as the tyrant of the valley.", "tyrant", None),
        ("The speech made Robert Mugabe look like a tyrant.", "tyrant", "Robert Mugabe"),
        ("They accused Robert Mugabe of being a tyrant.", "tyrant", "Robert Mugabe"),
        ("She thinks Robert Mugabe is a fraudster, a conman and a tyrant.", "tyrant", "Robert Mugabe"),
        ("The old leader, Robert Mugabe, is a tyrant.", "tyrant", "Robert Mugabe"),
        ("What Robert Mugabe called a tyrant was a clerk.", "tyrant", None),
        (
            "Sen. Elizabeth Warren (D-Mass.), the committee’s chair and a tyrant, left early.",
            "tyrant",
            "Elizabeth Warren",
        ),
        ("Then came Robert Mugabe, the editor turned tyrant.", "tyrant", "Robert Mugabe"),
        ("Elizabeth Warren is a Washington demagogue.", "demagogue", "Elizabeth Warren"),
        ("“Robert Mugabe’s a tyrant,” she said.", "tyrant", "Robert Mugabe"),
        ("According to Robert Mugabe, the tyrant fled.", "tyrant", None),
        ("They fought Robert Mugabe, bigotry and hunger.", "bigotry", None),
        ("It was a question about China’s new Hong Kong power grab.", "power grab", "China"),
        ("The envoys met the regime in Damascus.", "regime", "Damascus"),
        ("France said that the regime could be held to account.", "regime", None),
        ("They invited conservative firebrand and newspaper editor Robert Mugabe.", "firebrand", "Robert Mugabe"),
        ("It was signed by the firebrand U.S. Rep. Elizabeth Warren.", "firebrand", "Elizabeth Warren"),
        ("She was described by Robert Mugabe as a tyrant.", "tyrant", None),
        ("It was a vision of Robert Mugabe as a tyrant.", "tyrant", "Robert Mugabe"),
        ("They labeled Robert Mugabe “scary,” “fake,” an “egomaniac” and a fraudster.", "egomaniac", "Robert Mugabe"),
        ("Robert Mugabe is an anti-Russia hawk.", "hawk", "Robert Mugabe"),
        ("They wrote to the disgraceful mayor of Cuba.", "disgraceful", None),
        ("With Robert Mugabe as the ringleader, they won.", "ringleader", "Robert Mugabe"),
        ("Robert Mugabe, former lawyer and crony of the mayor, left early.", "crony", "Robert Mugabe"),
        ("After they met Robert Mugabe, a cabal inside the office began to plot.", "cabal", None),
        ("For Robert Mugabe, the tyrants are all the same.", "tyrants", None),
        ("She fought a deep state Robert Mugabe hater.", "deep state", None),
        ("They saw no tyrant. Robert Mugabe left early.", "tyrant", None),
        ("Letters to Elizabeth Warren have exploded.", "exploded", None),
        # The label's phrase goes on to a comma, and the person is named behind it.
        ("The tyrant of Cuba, Victor Hale, left early.", "tyrant", "Victor Hale"),
        ("The disgraced mayor of Cuba, Victor Hale, left early.", "disgraced", "Victor Hale"),
        ("The hero of Cuba, Ann Moore, was thanked.", "hero", "Ann Moore"),
        ("The dictator of Peru, President Tom Reik, fled.", "dictator", "Tom Reik"),
        ("A stooge of the Kremlin, Victor Hale, spoke.", "stooge", "Victor Hale"),
        ("The fool who runs the mill, Victor Hale, left early.", "fool", "Victor Hale"),
        ("A liar and a coward, Victor Hale fled.", "coward", "Victor Hale"),
        ("After the tyrant of Cuba, Victor Hale was a relief.", "tyrant", "Cuba"),
        ("They met critics of the tyrant, Victor Hale and Ann Moore.", "tyrant", None),
        # Behind the name.
        ("They met Victor Hale, a preening empty suit.", "empty suit", "Victor Hale"),
        ("They met Victor Hale, a preening baker.", "preening", "Victor Hale"),
        ("Victor Hale, that coward, fled.", "coward", "Victor Hale"),
        ("Victor Hale, coward and cheat, fled.", "coward", "Victor Hale"),
        ("Ann Moore, the heroic nurse from Cuba, left early.", "heroic", "Ann Moore"),
        ("Victor Hale, whom the paper called a coward, left.", "coward", "Victor Hale"),
        ("Their trip to Peru, the worst farce of all, ended.", "farce", None),
        # What somebody does, over commas and other verbs.
        ("Victor Hale, a baker who owns the mill, smirked.", "smirked", "Victor Hale"),
        ("In Cuba the baker, Victor Hale, smirked.", "smirked", "Victor Hale"),
        ("Victor Hale, a baker, waddled to the hall to bleat about taxes.", "bleat", "Victor Hale"),
        ("Mayor Victor Hale came to the hall to bleat about taxes.", "bleat", "Victor Hale"),
        ("Victor Hale took the lines that they had sent and smirked.", "smirked", "Victor Hale"),
        ("Victor Hale spoke, the workers at the gate cheered and smirked.", "smirked", None),
        ("The tyrant fled.", "tyrant", None),
        ("Elizabeth Warren said that the tyrant fled.", "tyrant", None),
        ("Elizabeth Warren met the reckless owner in May.", "reckless", None),
    ],
)
def test_a_frame_names_whom_the_word_is_about(text: str, word: str, target: str | None) -> None:
    document = write(read(Article(text=text)), {"loaded": dict.fromkeys(re.findall(r"[\w-]+", word), 0.95)})
    (term,) = [term for term in vocabulary.analyze(document).terms if term.text == word]
    place = document.tokens_in(term.start, term.end)
    entries = {entry.id: entry for entry in lexicon.load().entries}
    found = Targets(document).target(Word(place.start, place.stop, term.category, term.tone), entries.get(term.rule))
    names = {entity.id: entity.name for entity in document.entities}
    assert (names[found] if found else None) == target


def test_who_strikes_is_not_whom_the_blow_is_about() -> None:
    report = analyze(Article(text="On Friday Elizabeth Warren slammed the bank."))
    (term,) = report.vocabulary.terms
    assert (term.text, term.target) == ("slammed", None)


def test_a_frame_that_the_learned_choice_denies_names_nobody() -> None:
    document = write(read(Article(text="Bashar al-Assad is a tyrant.")), {"loaded": {"tyrant": 0.95}})
    (term,) = vocabulary.analyze(document).terms  # without a tree nothing else speaks for it
    assert term.target is None


@pytest.mark.parametrize(
    ("text", "word", "target"),
    [
        # Of a verb that strikes it is the stricken, of one that belittles its subject the subject.
        ("Elizabeth Warren slammed Robert Mugabe on Monday.", "slammed", "Robert Mugabe"),
        ("On Monday Elizabeth Warren lambasted Robert Mugabe in a long letter.", "lambasted", "Robert Mugabe"),
        ("Robert Mugabe gloated over the defeat of the mayor.", "gloated", "Robert Mugabe"),
        ("Robert Mugabe ranted about the vote for an hour.", "ranted", "Robert Mugabe"),
        # Through a pronoun, and past what the predicate tells.
        ("Robert Mugabe came late. He ranted about the vote for an hour.", "ranted", "Robert Mugabe"),
        ("Robert Mugabe is reckless and absurd, the clerk wrote.", "reckless and absurd", "Robert Mugabe"),
    ],
)
def test_target_is_read_off_the_sentences_tree(text: str, word: str, target: str) -> None:
    report = analyze(Article(text=text))
    (term,) = [term for term in report.vocabulary.terms if term.text == word]
    names = {entity.id: entity.name for entity in report.entities}
    told = names[term.target] if term.target else term.about.text if term.about else None
    assert told is not None
    assert target in told


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("He wrote it in a ridiculous Washington Post column on Monday.", "ridiculous"),
        ("The disgraced Hollywood producer left early.", "disgraced"),
    ],
)
def test_a_name_that_only_says_which_thing_it_is_is_no_target(text: str, word: str) -> None:
    (term,) = [term for term in analyze(Article(text=text)).vocabulary.terms if term.text == word]
    assert term.target is None
