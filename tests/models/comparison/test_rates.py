"""Loaded words per 1,000 words, and which differences are more than chance."""

import pytest

from models.comparison import compare, rates

PLAIN = "The council met in the old hall on Monday and agreed to look at the plans again."
HARSH = "The council of liars number {} met in the hall and threw its shameful scheme {} at the town."


def _text(loaded: int, plain: int) -> str:
    return " ".join([HARSH.format(f"a{at}", f"b{at}") for at in range(loaded)] + [PLAIN] * plain)


def _loaded(count: int) -> tuple[tuple[str, str], ...]:
    return tuple((f"liars number a{at}", "label") for at in range(count)) + tuple(
        (f"shameful scheme b{at}", "contempt") for at in range(count)
    )


def test_a_clear_difference_is_told_from_chance(make_report) -> None:
    harsh = make_report(_text(12, 20), outlet="Harsh", loaded=_loaded(12))
    plain = make_report(_text(0, 32), outlet="Plain")
    found = compare([harsh, plain]).vocabulary
    left, right = found.by_article
    total = left.total["outlet"]
    assert total.count == 24
    assert total.per_1000 == pytest.approx(1000 * 24 / left.words["outlet"], abs=0.01)
    assert total.low < total.per_1000 < total.high
    assert set(left.by_category) == set(right.by_category) == {"label", "contempt"}
    assert left.by_category["label"]["outlet"].count == 12
    difference = next(d for d in found.differences if d.category is None and d.voice == "outlet")
    assert (difference.a, difference.b) == (0, 1)
    assert 0 < difference.low < difference.difference < difference.high
    assert difference.distinguishable


def test_one_word_is_no_difference(make_report) -> None:
    one = make_report(_text(1, 31), loaded=_loaded(1))
    none = make_report(_text(0, 32))
    differences = compare([one, none]).vocabulary.differences
    assert differences
    assert not any(difference.distinguishable for difference in differences)
    assert all(difference.low <= 0 <= difference.high for difference in differences)


def test_no_term_found_still_leaves_room_for_some(make_report) -> None:
    """Garwood's exact interval for no event in n words ends at 3.69 / n."""
    found = compare([make_report(_text(0, 32)), make_report(_text(0, 31))]).vocabulary
    rate = found.by_article[0].total["outlet"]
    assert (rate.count, rate.per_1000, rate.low) == (0, 0.0, 0.0)
    assert rate.high == pytest.approx(1000 * 3.69 / found.by_article[0].words["outlet"], rel=0.15)


def test_voices_are_counted_apart(make_report) -> None:
    text = f"{PLAIN} " * 5 + "“They are liars number a0 and worse,” said Berg."
    vocabulary = compare([make_report(text, loaded=(("liars number a0", "label"),)), make_report(PLAIN * 5)]).vocabulary
    own = vocabulary.by_article[0]
    assert own.words["quoted"] == 7
    assert (own.total["quoted"].count, own.total["outlet"].count) == (1, 0)


def test_too_little_text_has_no_interval(make_report) -> None:
    found = compare([make_report(_text(1, 1), loaded=_loaded(1)), make_report(_text(0, 32))]).vocabulary
    rate = found.by_article[0].total["outlet"]
    assert (rate.count, rate.low, rate.high) == (2, None, None)
    assert found.differences == []


def test_an_article_has_its_intervals_beside_any_other(make_report) -> None:
    own = make_report(_text(3, 20), loaded=_loaded(3))
    others = [make_report(_text(2, 15), loaded=_loaded(2)), make_report(_text(0, 40))]
    first, second = (compare([own, other]).vocabulary.by_article[0] for other in others)
    assert first.total == second.total
    assert rates.VOICES == ("outlet", "quoted")


def test_one_wording_said_again_and_again_makes_no_difference(make_report) -> None:
    """What the story is about ("talking points") may be a loaded word; that an article repeats it tells nothing."""
    topic = make_report("The talking points were long. " * 14 + PLAIN, loaded=(("talking points", "contempt"),))
    terms = [
        topic.vocabulary.terms[0].model_copy(update={"start": at, "end": at + len("talking points")})
        for at in range(len(topic.article.text))
        if topic.article.text.startswith("talking points", at)
    ]
    topic = topic.model_copy(update={"vocabulary": topic.vocabulary.model_copy(update={"terms": terms})})
    found = compare([topic, make_report(_text(0, 32))]).vocabulary
    difference = next(d for d in found.differences if d.category is None and d.voice == "outlet")
    assert difference.low > 0
    assert not difference.distinguishable
    assert [(wording.text, wording.count) for wording in found.by_article[0].wordings] == [("talking points", 14)]
