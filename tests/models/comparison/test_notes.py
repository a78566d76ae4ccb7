"""What a reader must know before reading a difference as bias."""

import pytest

from models.comparison import compare

HARBOUR = (
    "The harbour council voted on Monday to close the old fish market in Nordvik after a long quarrel. "
    "Mayor Berg called the vote a hard choice that the port could not put off any longer. "
    "Traders at the fish market said that they would fight the council in court this autumn."
)
CHESS = (
    "A teenage chess champion from a mountain village beat the reigning grandmaster in eleven moves. "
    "Her coach wept as the gallery rose to cheer the youngest finalist in the history of the cup. "
    "The final round of the tournament begins in two weeks under new rules for the clock."
)


def _codes(*reports):
    return [note.code for note in compare(reports).notes]


def test_one_event_needs_no_warning(make_report) -> None:
    told = HARBOUR.replace(
        "a hard choice that the port could not put off", "unavoidable, and said the port could not wait"
    )
    comparison = compare([make_report(HARBOUR), make_report(told)])
    assert comparison.pairs[0].same_event
    assert "different_events" not in [note.code for note in comparison.notes]


def test_different_events_are_said(make_report) -> None:
    comparison = compare([make_report(HARBOUR, outlet="One"), make_report(CHESS, outlet="Two")])
    assert comparison.similarity < 0.14
    assert not comparison.pairs[0].same_event
    (note,) = comparison.notes
    assert note.code == "different_events"
    assert note.message.startswith("One and Two look like different events")


def test_same_text_same_report_and_copy(make_report) -> None:
    own = make_report(HARBOUR, outlet="One")
    assert _codes(own, own) == ["same_report"]
    assert _codes(own, make_report(HARBOUR, outlet="Two")) == ["same_text"]
    copied = make_report(f"{HARBOUR} The Gazette adds a line of its own about the smell of herring.", outlet="Two")
    comparison = compare([own, copied])
    assert [note.code for note in comparison.notes] == ["copied"]
    assert comparison.pairs[0].copied > 0.9
    assert all(passage.identical for passage in comparison.passages if passage.only_in is None)


def test_the_same_quotation_is_no_copy(make_report) -> None:
    speech = "“We shall mend every net and every boat in this harbour before the first snow falls on Nordvik.”"
    one = make_report(f"The mayor stood up late. {speech} Then the crowd left the square.")
    other = make_report(f"{speech} These words drew laughter from traders yesterday.")
    assert compare([one, other]).pairs[0].copied == 0


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        ({}, {"published": "2026-01-01"}, None),
        ({"published": "2026-01-01"}, {"published": "2026-01-03T10:00:00Z"}, None),
        ({"published": "2026-01-01"}, {"published": "2026-02-01"}, "different_dates"),
        ({"title": "Opinion: close it"}, {}, "opinion"),
        ({"url": "https://example.org/opinion/close-it"}, {}, "opinion"),
        ({"title": "Opinion: close it"}, {"title": "Keep it open | Opinion"}, None),
        ({"title": "Opinion polls shift"}, {}, None),
        ({"notes": ("short_text",)}, {}, "short_text"),
        ({"notes": ("not_english",)}, {}, "not_english"),
        ({"engine": "2"}, {}, "different_engines"),
    ],
)
def test_what_sets_articles_apart(make_report, one, other, code) -> None:
    text = HARBOUR.replace("quarrel", "dispute").replace("hard choice", "painful step").replace("fight", "face")
    found = _codes(make_report(HARBOUR, **one), make_report(text, outlet="Two", **other))
    assert [name for name in found if name != "copied"] == ([code] if code else [])


def test_lengths(make_report) -> None:
    short = make_report(HARBOUR, outlet="Short")
    long = make_report(" ".join([HARBOUR] * 3), outlet="Long")
    note = next(note for note in compare([short, long]).notes if note.code == "different_lengths")
    assert note.message.startswith("Long is 3.0 times as long as Short")


def test_commentary_is_known_by_its_voice(make_report) -> None:
    opinion = " I believe we must ask what our council did to us. Let me say it: I will not let my town forget."
    said = (
        " “I believe we must ask what our council did to us. Let me say it: I will not let my town forget,” she said."
    )
    plain, quoted = make_report(HARBOUR + " The US agreed."), make_report(HARBOUR + said, outlet="Two")
    assert "first_person" not in _codes(plain, quoted)
    note = next(n for n in compare([plain, make_report(HARBOUR + opinion, outlet="Two")]).notes if n.code != "copied")
    assert note.code == "first_person"
    assert note.message.startswith("Two says “I”, “we”, “our” and the like 7 times")


def test_a_genre_that_takes_sides_is_told_beside_others(make_report) -> None:
    def judged(outlet: str, genre: str, probability: float):
        report = make_report(HARBOUR + f" The {outlet} adds this.", outlet=outlet)
        facts = {"genre": genre, "genre_probability": probability}
        return report.model_copy(update={"article": report.article.model_copy(update=facts)})

    news, column, unsure = judged("One", "news", 0.9), judged("Two", "opinion", 0.81), judged("Two", "opinion", 0.6)
    (note,) = [note for note in compare([news, column]).notes if note.code == "genre"]
    assert note.message.startswith("Two reads as opinion (likely: 81 of 100)")
    assert "genre" not in _codes(news, unsure)
    assert "genre" not in _codes(column, judged("One", "opinion", 0.9))


def test_very_long_texts_are_compared_in_part_and_it_is_said(make_report) -> None:
    long = make_report(" ".join(f"The boat with number {at} came into the old harbour today." for at in range(1000)))
    comparison = compare([long, make_report(HARBOUR, outlet="Two")])
    note = next(note for note in comparison.notes if note.code == "long_text")
    assert note.message == "The Gazette is very long: passages are looked for in its first 900 sentences only."
    last = long.sentences[900].start
    assert all(p.by_article[0].span.start < last for p in comparison.passages if p.by_article[0])
