"""Loaded words in exact places, in the right voice, about the right people; and nothing where words are plain."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from models import reader
from models.analyzers import vocabulary
from models.article import Article
from models.classifiers import terms as terms_model
from models.classifiers.reference import Group
from models.document import read
from models.lexicography import read_marks
from models.pipeline import analyze
from models.report import Term


def terms(text: str, title: str | None = None) -> list[Term]:
    return vocabulary.analyze(reader.read(read(Article(text=text, title=title)))).terms


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("The [tyrant] waved.", [("label", "negative", "outlet")]),
        ("“The [tyrant] waved,” she said.", [("label", "negative", "quoted")]),
        ("The [tyrant] waved, “and the other [tyrant] left the room at last,” he said.",
         [("label", "negative", "outlet"), ("label", "negative", "quoted")]),
        ("He called her vote “[disgraceful].”", [("verdict", "negative", "quoted")]),
        ("The senator [slammed] the [disgraceful] bill.",
         [("violence", "negative", "outlet"), ("verdict", "negative", "outlet")]),
        ("His [so-called] reform failed.", [("doubt", "negative", "outlet")]),
        ("The [death tax] is back.", [("contested", "negative", "outlet")]),
        ("Nine people were [collateral damage].", [("euphemism", "positive", "outlet")]),
        ("The senator [caved] on the tax.", [("contempt", "negative", "outlet")]),
        ("The border is a [cesspool].", [("contempt", "negative", "outlet")]),
        ("[Hordes] of tourists came.", [("label", "negative", "outlet")]),
    ],
)  # fmt: skip
def test_terms_stand_in_their_place_and_voice(sentence: str, found: list[tuple[str, str, str]]) -> None:
    text, spans = read_marks(sentence)
    got = terms(text)
    assert [(term.start, term.end) for term in got] == spans
    assert [(term.category, term.tone, term.voice) for term in got] == found
    assert all(term.text == text[term.start : term.end] for term in got)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Dave Brat won in May. On Tuesday Brat thanked the voters.", []),
        ("Kevin Darling won in May. On Tuesday Darling thanked the voters.", []),
        ("Conman Mugabe thanked the voters.", ["Conman"]),
        ("On Tuesday they called him a Crook.", ["Crook"]),
    ],
)
def test_surname_is_no_label_and_a_label_before_a_name_is_one(text: str, found: list[str]) -> None:
    assert [term.text for term in terms(text) if term.category == "label"] == found


@pytest.mark.parametrize(
    "text",
    [
        "She watched The Great Dictator with her son.",
        "His column in the Daily Blast appears on Mondays.",
        "The Atrocious Tyrant Company sells shoes.",
        "The blast killed five people near the gate.",
        "He wrote a book on regime change theory.",
        "Sacred Heart won the match.",
        "The entrance is free of charge.",
        "The bank published a bullish report.",
    ],
)
def test_names_titles_and_other_senses_are_plain(text: str) -> None:
    assert terms(text) == []


def test_capitals_of_a_headline_hide_nothing() -> None:
    text, title = "The council met on Monday and voted on the plan.", "Senator Slams Disgraceful Plan Of Council"
    assert [term.text for term in terms(text, title)] == ["Slams", "Disgraceful"]


def test_boilerplate_counts_in_nothing() -> None:
    text = "The council met on Monday and voted on the plan.\n\nFollow the shameless Jane Roe on Twitter @janeroe."
    assert terms(text) == []


def test_words_set_apart_or_taken_for_granted_are_devices_and_no_loaded_words() -> None:
    assert terms("The “experts” of the council met in the old town hall and of course said nothing.") == []


@pytest.mark.parametrize("word", ["disgraceful", "reckless", "regime", "tyrant", "outstanding"])
def test_word_moved_into_a_quotation_never_counts_for_the_outlet(word: str) -> None:
    outlet = terms(f"It was a {word} to all of the people who came, the mayor of the town.")
    quoted = terms(f"“It was a {word} to all of the people who came,” said the mayor of the town.")
    assert [term.voice for term in outlet] == ["outlet"]
    assert [term.voice for term in quoted] == ["quoted"]


def test_short_words_in_a_quotation_are_speech_and_no_title() -> None:
    found = [(term.text, term.voice) for term in terms("“She is a bad, fat liar,” the clerk of the town said.")]
    assert found == [("bad, fat", "quoted"), ("liar", "quoted")]
    (term,) = terms("“He is a liar,” the clerk of the town said on Monday.")
    assert term.voice == "quoted"


def test_rates_are_per_thousand_words_of_their_voice() -> None:
    text = "The tyrant left the hall on Monday. “The other tyrant stayed in town,” the old clerk said."
    rates = vocabulary.analyze(reader.read(read(Article(text=text)))).rates
    assert rates is not None
    assert (rates.outlet.count, rates.quoted.count) == (1, 1)
    assert rates.outlet.per_1000 == pytest.approx(1000 / 11, abs=0.01)
    assert rates.quoted.per_1000 == pytest.approx(1000 / 6, abs=0.01)
    assert rates.by_category["label"]["outlet"] == pytest.approx(1000 / 17, abs=0.01)


_WORDS = st.sampled_from(
    ["tyrant", "regime", "slammed", "“", "”", '"', "'", "’s", "Kim", "The", "so-called", "🙂", "é", "\u202e", "\n\n",
     ".", "disgraceful", "Mr.", "witch", "hunt", "İ", "ß", "ﬁ", "\u0301"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.lists(_WORDS, max_size=40).map(" ".join), st.text(max_size=200)))
def test_spans_are_exact_for_any_text(text: str) -> None:
    try:
        article = Article(text=text)
    except ValidationError:
        return
    ends = 0
    for term in vocabulary.analyze(reader.read(read(article))).terms:
        assert term.text == article.full_text[term.start : term.end] != ""
        assert term.start >= ends
        ends = term.end


def test_model_for_other_features_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    model = json.loads(terms_model.FILE.read_text(encoding="utf-8"))
    file = tmp_path / "terms.json"
    file.write_text(json.dumps(model | {"features": [*model["features"], "colour"]}), encoding="utf-8")
    monkeypatch.setattr(terms_model, "FILE", file)
    terms_model.load.cache_clear()
    try:
        with pytest.raises(ValueError, match="train it again"):
            terms_model.load()
    finally:
        terms_model.load.cache_clear()


def test_percentile_is_the_share_of_articles_with_a_lower_rate() -> None:
    counts = {"0.0": 5, "2.5": 3, "10.0": 2}
    made = Group(
        articles=10, words={"outlet": 1, "quoted": 1}, terms={}, rates={"outlet": counts, "quoted": counts},
        framed=0, frames={}, devices={}, given=0, roles={},
    )  # fmt: skip
    assert [made.percentile("outlet", rate) for rate in (0.0, 1.0, 2.5, 2.6, 10.0, 99.0)] == [0, 50, 50, 80, 80, 100]


@pytest.mark.parametrize(
    "text", ["Nobody asked us how a fishmonger gets his ice.", "The plan costs 38 million crowns over three years."]
)
def test_plain_words_that_only_look_like_loaded_ones_stay_unread_marks(text: str) -> None:
    assert analyze(Article(text=text)).vocabulary.terms == []


@pytest.mark.parametrize(
    ("sentence", "categories"),
    [
        ("The [nutty demagogues] of the old town left early.", ["label"]),
        ("She laughed at his [hysteria and bluster] in the hall.", ["contempt"]),
        ("The [bizarre, inane] plan was read on Monday.", ["verdict"]),
        ("His [ludicrous nonsense] was read out on Monday.", ["verdict"]),
        ("The mayor's plan is [reckless and absurd], and her reply [disgraceful].", ["verdict", "verdict"]),
        # Items of a list, and two words with more between them, stay two.
        ("He gave us [gibberish], [nonsense], and a cake on Monday.", ["contempt", "contempt"]),
        ("The [reckless] mayor of the town wrote a [disgraceful] letter.", ["verdict", "verdict"]),
        ("He [slammed] the [absurd] plan.", ["violence", "verdict"]),
    ],
)
def test_loaded_words_that_hang_together_are_one_phrase(sentence: str, categories: list[str]) -> None:
    text, spans = read_marks(sentence)
    found = [term for term in analyze(Article(text=text)).vocabulary.terms if term.shown]
    assert [(term.start, term.end) for term in found] == spans
    assert [term.category for term in found] == categories


def test_a_sides_own_name_counts_once_in_each_voice() -> None:
    text = (
        "The illegal immigrants came in May, the clerk of the town wrote. The illegal immigrants left in June, and she "
        "wrote of them again. “The illegal immigrants are back,” the mayor said on Monday."
    )
    found = [(term.text, term.voice) for term in analyze(Article(text=text)).vocabulary.shown]
    assert found == [("illegal immigrants", "outlet"), ("illegal immigrants", "quoted")]


def test_what_is_less_sure_stays_in_the_report_and_counts_in_no_rate() -> None:
    text = "The tyrant left the hall on Monday, and the murky rules of the town went home at nine."
    words = vocabulary.analyze(reader.read(read(Article(text=text))))
    assert [(term.text, term.shown) for term in words.terms] == [("tyrant", True), ("murky", False)]
    assert [term.text for term in words.shown] == ["tyrant"]
    assert words.rates is not None
    assert words.rates.outlet.count == 1
