"""Who is heard, and the same quotation introduced by different verbs."""

import pytest

from models.analyzers.attribution.items import NOBODY
from models.comparison import compare

QUOTE = "“We will rebuild the harbour before winter comes,”"


def test_a_source_heard_here_and_left_out_there(make_report) -> None:
    names = {"person:Anna Berg": ("Berg",), "person:Otto Lund": ("Lund",)}
    one = make_report(
        f"{QUOTE} said Anna Berg. Lund claimed the cost was hidden.",
        names=names,
        said=(
            ("Anna Berg", "said", "neutral", QUOTE),
            ("Lund", "claimed", "doubting", "the cost was hidden"),
        ),
    )
    other = make_report(
        f"{QUOTE} Berg boasted. Otto Lund was in the room.",
        names=names,
        said=(("Berg", "boasted", "emotive", QUOTE),),
    )
    rows = {row.name: row for row in compare([one, other]).sources}
    assert list(rows) == ["Anna Berg", "Otto Lund"]
    berg, lund = rows["Anna Berg"], rows["Otto Lund"]
    assert [entry.words for entry in berg.by_article] == [8, 8]
    assert [[(cue.lemma, cue.stance) for cue in entry.cues] for entry in berg.by_article] == [
        [("said", "neutral")],
        [("boasted", "emotive")],
    ]
    assert (lund.heard_in, lund.source_type) == (1, "named")
    assert [span.text for span in lund.by_article[0].spans] == ["the cost was hidden"]
    assert lund.by_article[1].spans == []
    assert lund.by_article[1].mentions == 1


def test_one_quotation_two_verbs(make_report) -> None:
    one = make_report(f"{QUOTE} said Berg.", said=(("Berg", "said", "neutral", QUOTE),))
    silent = make_report("Nobody spoke of the harbour.")
    other = make_report(
        "Mr. Berg insisted: “And we will rebuild the harbour before winter comes, I swear.”",
        said=(("Mr. Berg", "insisted", "emotive", "“And we will rebuild the harbour before winter comes, I swear.”"),),
    )
    (shared,) = compare([one, silent, other]).quotations
    first, none, last = shared.by_article
    assert none is None
    assert (first.lemma, first.stance, first.cue.text, first.source.text) == ("said", "neutral", "said", "Berg")
    assert (last.lemma, last.span.text[:7]) == ("insisted", "“And we")
    assert shared.text == "We will rebuild the harbour before winter comes"
    assert shared.stances_differ


@pytest.mark.parametrize(
    ("source", "content"),
    [
        ("Lund", QUOTE),  # somebody else's words: two verbs for two people
        ("Berg", f"a wider plan for the coast, the town and everybody who lives there, with {QUOTE}"),  # a verb for all
    ],
)
def test_verbs_are_compared_only_where_they_lead_the_same_words_of_one_person(make_report, source, content) -> None:
    reports = [
        make_report(f"{QUOTE} said Berg.", outlet="One", said=(("Berg", "said", "neutral", QUOTE),)),
        make_report(f"{source} endorsed {content}", said=((source, "endorsed", "endorsing", content),)),
    ]
    reports[1] = reports[1].model_copy(
        update={
            "attribution": reports[1].attribution.model_copy(
                update={"items": [item.model_copy(update={"kind": "mixed"}) for item in reports[1].attribution.items]}
            )
        }
    )
    (shared,) = compare(reports).quotations
    assert not shared.stances_differ


def test_other_quotations_are_not_shared(make_report) -> None:
    one = make_report(
        "“The harbour is ours,” said Berg.", said=(("Berg", "said", "neutral", "“The harbour is ours,”"),)
    )
    other = make_report(
        "“The harbour is full of boats,” said Berg.",
        said=(("Berg", "said", "neutral", "“The harbour is full of boats,”"),),
    )
    assert compare([one, other]).quotations == []


def test_the_same_stance_does_not_differ(make_report) -> None:
    reports = [
        make_report(f"{QUOTE} {cue} Berg.", outlet=cue, said=(("Berg", cue, "neutral", QUOTE),))
        for cue in ("said", "told")
    ]
    (shared,) = compare(reports).quotations
    assert not shared.stances_differ


def test_an_unresolved_pronoun_is_no_source(make_report) -> None:
    reports = [
        make_report(
            "They said the boats were gone.", outlet=outlet, said=(("They", "said", "neutral", "the boats were gone"),)
        )
        for outlet in ("One", "Two")
    ]
    assert compare(reports).sources == []


def test_what_nobody_in_particular_said_comes_last(make_report) -> None:
    reports = [
        make_report(
            f"Ten long words of no source fill the line of {outlet}. Berg said no.",
            outlet=outlet,
            said=(("Ten", "fill", "neutral", "long words of no source"), ("Berg", "said", "neutral", "no")),
        )
        for outlet in ("One", "Two")
    ]
    nameless = [
        report.model_copy(
            update={
                "attribution": report.attribution.model_copy(
                    update={
                        "sources": [
                            source.model_copy(update={"name": NOBODY}) if source.name == "Ten" else source
                            for source in report.attribution.sources
                        ]
                    }
                )
            }
        )
        for report in reports
    ]
    assert [row.name for row in compare(reports).sources] == ["Ten", "Berg"]
    assert [row.name for row in compare(nameless).sources] == ["Berg", NOBODY]


def test_only_what_is_surely_speech_makes_a_source(make_report) -> None:
    one = make_report(
        "The plan would impose a toll on boats. The mayor’s aide, Otto Lund, said the toll was fair.",
        title="Lund defends harbour toll",
        names={"person:Otto Lund": ("Lund",)},
        said=(
            ("The plan", "would impose", "unclassified", "a toll on boats"),  # no verb of speech
            ("Lund", "defends", "endorsing", "harbour toll"),  # the headline
        ),
    )
    other = make_report("Otto Lund kept silent.", names={"person:Otto Lund": ("Lund",)})
    assert compare([one, other]).sources == []


@pytest.mark.parametrize(
    ("source", "speaker"),
    [
        ("The mayor’s new aide, Otto Lund,", "Otto Lund"),
        ("different rules and Judge Otto Lund", "Otto Lund"),
        ("an old friend of Otto Lund", "an old friend of Otto Lund"),
        ("Otto Lund’s aide", "Otto Lund’s aide"),
        ("NORDVIK — Otto Lund, the head of the union,", "Otto Lund"),
    ],
)
def test_who_speaks_where_the_article_left_it_open(make_report, source: str, speaker: str) -> None:
    names = {"place:NORDVIK": (), "person:Otto Lund": ("Lund",)}
    report = make_report(
        f"{source} said the toll was fair.", names=names, said=((source, "said", "neutral", "the toll was fair"),)
    )
    place = report.entities[0].id if source.startswith("NORDVIK") else None
    items = [item.model_copy(update={"speaker": place}) for item in report.attribution.items]
    heard = [summary.model_copy(update={"speaker": place}) for summary in report.attribution.sources]
    open_ = report.model_copy(
        update={"attribution": report.attribution.model_copy(update={"items": items, "sources": heard})}
    )
    assert [row.name for row in compare([open_, make_report("Nobody spoke.")]).sources] == [speaker]


def test_the_same_words_tell_who_the_nominee_is(make_report) -> None:
    one = make_report(
        f"{QUOTE} said Anna Berg.", names={"person:Anna Berg": ()}, said=(("Anna Berg", "said", "neutral", QUOTE),)
    )
    other = make_report(
        f"Anna Berg came. {QUOTE} the nominee said.",
        names={"person:Anna Berg": ()},
        said=(("the nominee", "said", "neutral", QUOTE),),
    )
    (row,) = compare([one, other]).sources
    assert (row.name, row.kind, row.heard_in) == ("Anna Berg", "person", 2)
    assert [entry.quoted for entry in row.by_article] == [8, 8]
