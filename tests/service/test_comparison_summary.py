"""What stands out in a comparison, in plain sentences."""

from __future__ import annotations

from models.comparison import compare
from models.report import Report
from service import comparison_summary, tables
from tests.models.comparison.conftest import build
from tests.models.comparison.test_acts import BY, PASSIVE, SHOT

QUOTE = "“We will rebuild the harbour before winter comes,”"


def _say(*reports: Report) -> list[tuple[str, str]]:
    found = comparison_summary.find(compare(reports))
    for contrast in found:
        for column, span in contrast.links:
            assert reports[column].article.text[span.start : span.end] == span.text
    assert all(contrast.links for contrast in found)
    return [(contrast.section, contrast.text) for contrast in found]


def test_labels_verbs_and_voices() -> None:
    names = {"person:Anna Berg": ("Berg",), "person:Otto Lund": ("Lund",)}
    claim = "“the cost of the new quay was hidden from everybody in town for more than three long years”"
    one = build(
        f"{QUOTE} said Anna Berg. Lund claimed {claim}.",
        outlet="The Post",
        names=names,
        said=(("Anna Berg", "said", "neutral", QUOTE), ("Lund", "claimed", "doubting", claim)),
    )
    other = build(
        f"The ruthless boss Anna Berg spoke. {QUOTE} Berg boasted. Otto Lund was in the room.",
        outlet="The Gull",
        names=names,
        labels=(("Anna Berg", "ruthless boss", "negative"),),
        loaded=(("ruthless", "label"),),
        said=(("Berg", "boasted", "emotive", QUOTE),),
    )
    assert _say(one, other) == [
        ("naming", "The Gull calls Anna Berg “ruthless boss” in its own voice."),
        (
            "quotations",
            "The same words of a source, “We will rebuild the harbour before winter comes”, are introduced by verbs "
            "that judge differently: The Post “said”, The Gull “boasted”.",
        ),
        (
            "heard",
            "The Post lets Otto Lund speak, “the cost of the new quay was hidden from everybody in town …” (18 words); "
            "The Gull names Otto Lund, but gives no word of theirs.",
        ),
    ]


def _tell_harshly(labels: tuple[tuple[str, str, str], ...]) -> list[tuple[str, str]]:
    names = {"person:Anna Berg": ("Berg",)}
    line = "Berg met the council of liars number {} in the hall and threw her shameful scheme {} at the town."
    harsh = build(
        " ".join(line.format(f"a{at}", f"b{at}") for at in range(12)),
        outlet="The Gull",
        names=names,
        polarity=-1,
        loaded=tuple((f"liars number a{at}", "label") for at in range(12)),
        labels=labels,
    )
    plain = build("Berg met the council in the old hall on Monday. " * 14, outlet="The Post", names=names)
    return [row for row in _say(harsh, plain) if row[0] in ("loaded", "tone")]


def test_rates_beyond_chance_and_never_the_tone_around_a_name() -> None:
    """What happens around a name is not what the outlet feels, even where a label bears it out."""
    assert _tell_harshly((("Anna Berg", "shameful scheme", "negative"),)) == [
        (
            "loaded",
            "The Gull uses more loaded words of its own than The Post: 49.6 against 0.0 per 1,000 words, such as "
            "“liars number a0”, “liars number a1”, “liars number a2”.",
        ),
    ]


def test_a_table_tells_no_rate_on_a_few_words_of_a_voice() -> None:
    plain = "Berg met the council in the old hall on Monday. "
    one = build(f"{plain * 14} {QUOTE} Berg said.", outlet="The Post")
    other = build(f"{plain * 14} Berg spoke.", outlet="The Gull")
    cells = {row.voice: row.cells for row in tables.rates(compare([one, other]))}
    assert [cell and cell.count for cell in cells["outlet"]] == [0, 0]
    assert cells["quoted"] == (None, None)  # eight words, and none


def test_contradictions_come_first() -> None:
    rest = "Roads around the market were closed until noon. The mayor will speak in the town hall."
    one = build(f"The fire killed 12 people in Redmoor. {rest}", outlet="The Post")
    other = build(f"The fire killed fifteen people in Redmoor. {rest}", outlet="The Gull")
    assert _say(one, other)[0] == (
        "contradictions",
        "They contradict each other: The Post “12”, The Gull “fifteen”.",
    )


def test_one_text_twice_has_no_contrast() -> None:
    text = "The council met on Monday. It closed the market."
    assert _say(build(text, outlet="One"), build(text, outlet="Two")) == []


def test_copied_passages_are_counted() -> None:
    line = "The harbour council voted nine to four on Monday to close the old market."
    more = "About two hundred people work on the quay, according to the records of the town."
    one, two = build(f"{line} {more}", outlet="One"), build(f"{line} {more} Rain fell.", outlet="Two")
    assert (
        "same",
        "One and Two have 2 passages word for word in common, such as “The harbour council voted nine to four on "
        "Monday to close …”.",
    ) in _say(one, two)


def test_a_deed_whose_doer_one_leaves_out() -> None:
    assert _say(SHOT, PASSIVE)[0] == (
        "acts",
        "The same deed: The Post “Police shot two protesters”; nobody does it in The Gull “Two protesters were shot”.",
    )
    assert "acts" not in dict(_say(SHOT, BY))


def test_at_most_five_and_the_first_of_every_kind_before_any_second() -> None:
    names = {"person:Anna Berg": ("Berg",)}
    line = "The fire killed {} people in {}. Berg is a {} in the town."
    towns = ("Redmoor", "Corley", "Harrow", "Telk", "Orne", "Bad Axe")
    called = ("thug", "crook", "bully", "tyrant", "liar", "monster")
    texts = [
        " ".join(
            line.format(dead + more, town, word)
            for dead, (town, word) in enumerate(zip(towns, called, strict=True), 11)
        )
        for more in (0, 30)
    ]
    labels = tuple(("Anna Berg", word, "negative") for word in called)
    one, other = (
        build(text, outlet=outlet, names=names, labels=own, loaded=tuple((word, "label") for _, word, _ in own))
        for text, outlet, own in zip(texts, ("The Post", "The Gull"), (labels, ()), strict=True)
    )
    sections = [section for section, _ in _say(one, other)]
    assert len(sections) == 5
    assert sections[:2] == ["contradictions", "naming"]
