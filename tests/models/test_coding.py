"""Coding: what may be said of an article, who codes what, where coders differ, and how far they agree."""

from __future__ import annotations

import math
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from models import codebook
from models.article import Article
from models.coding import disputes, entries, lots, passages, results, tool
from models.coding.entries import Coding, Done, EntryRefused, Level, Mark, Portrayal, Ruling
from models.coding.results import Coded
from models.pipeline import analyze

BOOK = codebook.default()
TEXT = "The reckless mayor rammed the bloated plan through the council."


def mark(words: str, category: str, layer: str = "loaded", name: str = "") -> Mark:
    at = TEXT.index(words)
    return Mark(id=name or f"{layer}-{at}", start=at, end=at + len(words), layer=layer, category=category)


def code(*marks: Mark, levels: dict[str, str] | None = None, people: dict[str, str] | None = None) -> Coding:
    return (
        entries.collect([*marks, Done(id="done")])
        if not levels and not people
        else Coding(tuple(sorted(marks, key=lambda one: one.start)), levels or {}, people or {}, done=True)
    )


def test_entries_make_a_coding() -> None:
    later, first = mark("bloated", "verdict"), mark("reckless", "contempt")
    said = [
        later, first, Level(id="level-genre", level="genre", value="news"),
        Portrayal(id=entries.name_portrayal("The Mayor"), person="the mayor", value="negative"),
    ]  # fmt: skip
    lines = [one.model_dump_json() for one in said]
    assert all(line.startswith(f'{{"id":"{one.id}",') for line, one in zip(lines, said, strict=True))
    coding = entries.collect(entries.read([*lines, "{}", "no JSON", '{"id": "x", "kind": "dance"}']))
    assert coding == Coding((first, later), {"genre": "news"}, {"the mayor": "negative"}, done=False)


@pytest.mark.parametrize(
    ("kind", "facts"),
    [(Level, {"id": "x", "level": "genre", "value": "news"}), (Done, {"id": "finished"}),
     (Portrayal, {"id": "portrayal-1", "person": "A", "value": "neither"}), (Mark, {"id": "a b"})],
)  # fmt: skip
def test_what_is_said_once_has_one_name(kind: type, facts: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        kind(**facts)


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        (mark("reckless", "label", layer="words"), "layer"),
        (mark("reckless", "motive"), "category"),
        (mark("council.", "label").model_copy(update={"end": len(TEXT) + 1}), "end"),
        (mark("reckless", "label").model_copy(update={"end": 4}), "end"),
        (Level(id="level-mood", level="mood", value="low"), "level"),
        (Level(id="level-genre", level="genre", value="poem"), "value"),
        (Portrayal(id=entries.name_portrayal("A"), person="A", value="bad"), "value"),
    ],
)
def test_the_codebook_and_the_text_are_the_border(entry: entries.Entry, field: str) -> None:
    with pytest.raises(EntryRefused) as refused:
        entries.fit(entry, BOOK, len(TEXT))
    assert refused.value.field == field
    assert refused.value.message


def test_what_fits_is_taken() -> None:
    entries.fit(mark("council.", "label"), BOOK, len(TEXT))
    entries.fit(Level(id="level-game", level="game", value="leads the story"), BOOK, 0)
    entries.fit(Done(id="done"), BOOK, 0)


NAMES = st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=8, unique=True)


@settings(max_examples=100, deadline=None)
@given(NAMES, NAMES, st.integers(1, 8), st.integers(0, 99))
def test_each_article_goes_to_so_many_people_and_all_have_as_much_to_do(
    articles: list[str], people: list[str], each: int, seed: int
) -> None:
    given_ = lots.assign(articles, people, each, seed, {})
    assert list(given_) == articles
    assert all(len(set(some)) == len(some) == min(each, len(people)) for some in given_.values())
    load = Counter(person for some in given_.values() for person in some)
    counts = [load[person] for person in people]
    assert max(counts) - min(counts) <= 1
    assert lots.assign(articles, people, each, seed, {}) == given_


def test_whoever_has_an_article_keeps_it() -> None:
    kept = {"one": ["ann"], "two": ["bo", "cy"]}
    given_ = lots.assign(["one", "two", "three"], ["ann", "bo"], 2, 1, kept)
    assert given_["one"] == ["ann", "bo"]
    assert given_["two"] == ["bo", "cy"]
    assert sorted(given_["three"]) == ["ann", "bo"]


def test_a_draw_takes_as_many_of_each_stratum_as_it_can() -> None:
    items = ["a1", "a2", "a3", "a4", "b1", "c1", "c2", "c3"]
    drawn = lots.draw(items, 6, lambda item: item[0], seed=5)
    assert Counter(item[0] for item in drawn) in (Counter(a=3, b=1, c=2), Counter(a=2, b=1, c=3))
    assert drawn == lots.draw(items, 6, lambda item: item[0], seed=5)
    assert len({tuple(lots.draw(items, 6, lambda item: item[0], seed)) for seed in range(20)}) > 1
    assert sorted(lots.draw(items, 99, lambda item: "", seed=1)) == items


def test_disputes_are_what_not_all_see_alike() -> None:
    ann = code(mark("reckless", "contempt"), mark("rammed", "violence"), mark("bloated", "verdict"))
    bo = code(mark("reckless mayor", "contempt"), mark("rammed", "fear"))
    agreed, still_open = disputes.settle({"ann": ann, "bo": bo}, {}, BOOK)
    assert [TEXT[one.start : one.end] for one in agreed.marks] == ["reckless"]  # the shorter of two that agree
    assert [(found.id, [version.coders for version in found.versions]) for found in still_open] == [
        (f"loaded-{TEXT.index('rammed')}", [("ann",), ("bo",)]),
        (f"loaded-{TEXT.index('bloated')}", [("ann",), ("bo",)]),
    ]
    assert still_open[1].versions[1].mark is None
    assert not agreed.done


def test_a_ruling_says_what_stands_or_that_nothing_does() -> None:
    codings = {"ann": code(mark("rammed", "violence")), "bo": code(mark("bloated", "verdict"))}
    first, second = f"loaded-{TEXT.index('rammed')}", f"loaded-{TEXT.index('bloated')}"
    rulings = {first: Ruling(id=first, mark=mark("rammed", "violence")), second: Ruling(id=second)}
    agreed, still_open = disputes.settle(codings, rulings, BOOK)
    assert still_open == []
    assert agreed == Coding((mark("rammed", "violence"),), {}, {}, done=True)


def test_answers_and_people_are_settled_too() -> None:
    codings = {
        "ann": code(levels={"genre": "news", "game": "present"}, people={"Ilse": "negative", "Jon": "neither"}),
        "bo": code(levels={"genre": "news", "game": "absent"}, people={"Ilse": "positive"}),
    }
    agreed, still_open = disputes.settle(codings, {}, BOOK)
    assert agreed.levels == {"genre": "news"}
    assert [found.id for found in still_open] == ["level-game", entries.name_portrayal("Ilse")]
    ilse = entries.name_portrayal("Ilse")
    agreed, still_open = disputes.settle(codings, {ilse: Ruling(id=ilse, value="negative")}, BOOK)
    assert agreed.people == {"Ilse": "negative"}
    assert [found.id for found in still_open] == ["level-game"]


def test_agreement_of_a_sample() -> None:
    ann, bo = code(mark("reckless", "contempt"), mark("rammed", "violence")), code(mark("reckless", "praise"))
    found = results.measure([Coded(len(TEXT), {"ann": ann, "bo": bo})] * 2, BOOK, set())
    loaded = found.layers[0]
    assert (found.articles, loaded.layer, loaded.marks, loaded.tool) == (2, "loaded", 6, None)
    assert loaded.f1
    assert loaded.f1.value == pytest.approx(2 / 3)  # contempt and praise are of one group
    assert loaded.f1.low == loaded.f1.high == pytest.approx(2 / 3)
    assert loaded.kappa == 0  # of the categories: never the same
    assert loaded.alpha_u
    assert 0 < loaded.alpha_u < 1
    assert found.layers[1].f1 is None
    assert found.layers[1].alpha_u is None


def test_two_who_say_the_same_agree_wholly() -> None:
    one = code(mark("reckless", "contempt"), levels={"genre": "news"}, people={"Ilse": "negative"})
    other = code(mark("rammed", "violence"), levels={"genre": "opinion"}, people={"ilse ": "neither"})
    found = results.measure([Coded(len(TEXT), {"a": it, "b": it}) for it in (one, other)], BOOK, set())
    assert found.layers[0].f1
    assert found.layers[0].f1.value == found.layers[0].alpha_u == found.layers[0].alpha_characters == 1
    genre = next(row for row in found.levels if row.level == "genre")
    assert (genre.units, genre.same, genre.alpha, genre.kappa, genre.ordered) == (2, 1, 1, 1, False)
    portrayal = found.levels[-1]
    assert (portrayal.level, portrayal.units, portrayal.alpha, portrayal.ordered) == ("portrayal", 2, 1, True)


def test_one_coder_alone_is_no_agreement_but_stands_beside_parallax() -> None:
    ann = code(mark("reckless", "contempt"), mark("rammed", "violence"))
    ours = code(mark("reckless", "verdict"), mark("council", "label"))
    found = results.measure([Coded(len(TEXT), {"ann": ann}, tool=ours)], BOOK, {"loaded"})
    assert found.articles == 0
    tool_ = found.layers[0].tool
    assert tool_
    assert tool_.precision
    assert tool_.recall
    assert (tool_.marks, tool_.precision.value, tool_.recall.value) == (2, 0.5, 0.5)
    assert tool_.alpha_u is not None
    assert found.layers[1].tool is None


def test_parallax_is_held_against_what_was_settled() -> None:
    ann, bo = code(mark("reckless", "contempt")), code(mark("rammed", "violence"))
    ours = code(mark("rammed", "violence"))
    coded = Coded(len(TEXT), {"ann": ann, "bo": bo}, settled=bo, tool=ours)
    tool_ = results.measure([coded], BOOK, {"loaded"}).layers[0].tool
    assert tool_
    assert tool_.f1
    assert tool_.f1.value == 1


def test_parallax_stands_beside_coders_with_what_a_report_shows_alone() -> None:
    report = analyze(Article(text="The mayor said on Monday that the bridge would close."))
    (item,) = report.attribution.items
    told = item.model_copy(update={"shown": True})
    unsure = item.model_copy(update={"shown": False})
    for items, layers in (((told,), {"statements"}), ((unsure,), set[str]())):
        attribution = report.attribution.model_copy(update={"items": list(items)})
        marks = tool.code(report.model_copy(update={"attribution": attribution}), BOOK).marks
        assert {one.layer for one in marks} == layers


def test_parallax_answers_the_questions_that_its_report_does() -> None:
    report = analyze(
        Article(text=("Police shot two men on Monday, the mayor said. The council will meet. " * 12).strip())
    )
    assert report.framing
    answers = tool.code(report, BOOK).levels
    levels = {frame.name: ("absent", "present", "leads the story")[frame.level] for frame in report.framing.frames}
    assert answers == {"genre": report.article.genre} | levels
    ours = code(levels={"genre": "news"})
    coded = [Coded(len(TEXT), {"ann": code(levels={"genre": said})}, tool=ours) for said in ("news", "opinion")]
    found = results.measure(coded, BOOK, set())
    genre = next(row for row in found.levels if row.level == "genre")
    assert (genre.units, genre.alpha) == (0, None)  # one coder alone
    assert genre.tool_alpha == pytest.approx(0.0)  # as often right as by chance
    assert next(row for row in found.levels if row.level == "headline").tool_alpha is None


def test_nothing_coded_says_nothing() -> None:
    found = results.measure([], BOOK, {"loaded"})
    assert all(row.f1 is None and row.alpha_u is None and row.kappa is None for row in found.layers)
    assert all(row.alpha is None for row in found.levels)


SPANS = st.tuples(st.integers(0, 50), st.integers(1, 12), st.sampled_from(["label", "verdict", "fear", "doubt"]))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(SPANS, max_size=6), min_size=1, max_size=4), st.integers(1, 3))
def test_figures_stay_in_their_range(told: list[list[tuple[int, int, str]]], articles: int) -> None:
    codings = {
        str(coder): code(
            *(
                Mark(id=f"m{at}", start=start, end=min(62, start + length), layer="loaded", category=category)
                for at, (start, length, category) in enumerate(marks)
            )
        )
        for coder, marks in enumerate(told)
    }
    agreed, still_open = disputes.settle(codings, {}, BOOK)
    found = results.measure([Coded(62, codings, agreed, codings["0"])] * articles, BOOK, {"loaded"})
    row = found.layers[0]
    assert row.tool
    shares = [row.f1, row.tool.f1, row.tool.precision, row.tool.recall]
    figures = [one.value for one in shares if one] + [row.alpha_u or 0, row.alpha_characters or 0, row.kappa or 0]
    assert all(-1 <= figure <= 1 and not math.isnan(figure) for figure in figures)
    assert len({one.id for one in still_open}) == len(still_open)


def test_parallax_speaks_the_codebooks_language() -> None:
    text = "The regime slammed the “reform”. Critics say that Ilse Marden claimed it would fail."
    ours = tool.code(analyze(Article(text=text)), BOOK)
    said = {(text[one.start : one.end], one.layer, one.category) for one in ours.marks}
    assert ("regime", "loaded", "label") in said
    assert any(layer == "statements" and category == "cue" for _, layer, category in said)
    assert ours.done
    for one in ours.marks:
        entries.fit(one, BOOK, len(text))
    assert tool.covers(BOOK) == {"loaded", "devices", "statements"}
    own = codebook.read("name: A\nversion: 1\nlayers: [{id: loaded, name: L, categories: [{id: label, name: Label}]}]")
    assert {one.category for one in tool.code(analyze(Article(text=text)), own).marks} == {"label"}


def test_a_class_and_parallax_meet_in_passages() -> None:
    said = {
        "ann": code(
            mark("reckless", "contempt").model_copy(update={"reason": "it judges"}), mark("rammed", "violence")
        ),
        "bo": code(mark("reckless mayor", "label")),
        "cy": Coding(done=True),
    }
    ours = code(mark("rammed", "violence"), mark("bloated", "verdict"))
    found = passages.find(said, ours, BOOK)
    assert [(TEXT[one.start : one.end], one.side, one.coders, one.categories, one.tool) for one in found] == [
        ("reckless mayor", "class", ("ann", "bo"), (("contempt", 1), ("label", 1)), None),
        ("rammed", "both", ("ann",), (("violence", 1),), "violence"),
        ("bloated", "tool", (), (), "verdict"),
    ]
    assert found[0].reasons == (("ann", "it judges"),)
    assert passages.agree(said, BOOK) == pytest.approx(2 / 6)  # three pairs; one of them shares one mark
    assert passages.agree({"ann": said["ann"]}, BOOK) is None
    assert passages.agree({"cy": said["cy"], "dee": said["cy"]}, BOOK) is None
    assert passages.find({}, Coding(), BOOK) == []


def test_the_codebook_for_a_class_speaks_of_the_same_words() -> None:
    small = codebook.read(codebook.class_text())
    assert small.groups("loaded") == BOOK.groups("loaded")
    assert (small.levels, small.portrayal, tool.covers(small)) == ((), None, {"loaded"})
