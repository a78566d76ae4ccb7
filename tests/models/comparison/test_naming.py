"""Who is who across articles."""

import pytest

from models.comparison import compare, naming
from models.comparison.naming import key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kim Jong-un", "Kim Jong Un"),
        ("N.A.A.C.P.", "NAACP"),
        ("the U.S.", "United States"),
        ("President José Ortíz", "Jose Ortiz"),
        ("Prime Minister Anna Berg", "Anna Berg’s"),
        ("Harold J. Finch Jr.", "Harold Finch"),
        ("Orbit Corp.", "Orbit"),
    ],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert key(one) == key(other)


JOINED = [
    ("person:Kim Jong-un", "person:Kim"),
    ("person:James Porter", "person:Jim Porter"),
    ("person:Anna Berg", "person:Berg"),
    ("person:Valentina Berg", "person:Valentinna Berg"),
    ("organization:Supreme Court", "organization:U.S. Supreme Court"),
    ("organization:Department of Justice", "organization:Justice Department"),
    ("organization:National Harbour Authority", "organization:N.H.A."),
    ("organization:Wal-Mart", "organization:Walmart"),
]
APART = [
    ("person:Hillary Porter", "person:Bill Porter"),
    ("person:Erika Berg", "person:Erik Berg"),
    ("organization:White House", "organization:White House Council"),
    ("person:Jordan", "place:Jordan"),
    ("place:North Vale", "place:South Vale"),
    ("organization:House", "organization:White House"),
]


@pytest.mark.parametrize(("one", "other", "together"), [(*p, True) for p in JOINED] + [(*p, False) for p in APART])
def test_join(make_report, one: str, other: str, together: bool) -> None:
    reports = [make_report(f"Then came {name.partition(':')[2]} to town.", names={name: ()}) for name in (one, other)]
    assert (len(naming.join(reports)) == 1) is together


def test_an_ambiguous_surname_stays_alone(make_report) -> None:
    both = make_report("Hillary Porter met Bill Porter.", names={"person:Hillary Porter": (), "person:Bill Porter": ()})
    one = make_report("Porter came late.", names={"person:Porter": ()})
    assert len(naming.join([both, one])) == 3


def test_a_role_that_both_use_joins(make_report) -> None:
    named = make_report(
        "Ri Sung-ho waved. The North Vale leader left.", names={"person:Ri Sung-ho": ("The North Vale leader",)}
    )
    unnamed = make_report("The North Vale leader waved.", names={"person:The North Vale leader": ()})
    assert len(naming.join([named, unnamed])) == 1


def test_labels_by_outlet(make_report) -> None:
    harsh = make_report(
        "The tyrant Kim Jong-un spoke. Kim, the tyrant, left. The Tyrant Kim slept.",
        names={"person:Kim Jong-un": ("Kim",)},
        labels=(("Kim Jong-un", "tyrant", "negative"), ("Kim Jong-un", "Tyrant", "negative")),
        polarity=-1,
    )
    plain = make_report(
        "North Korean leader Kim spoke. “Kim is great,” he said.",
        names={"person:Kim": ()},
        labels=(("Kim", "North Korean leader", "neutral"),),
    )
    (row,) = compare([harsh, plain]).entities
    left, right = row.by_article
    assert (row.name, row.kind, row.articles) == ("Kim Jong-un", "person", 2)
    assert [(label.text, label.tone, label.count) for label in left.labels] == [("tyrant", "negative", 3)]
    assert [span.text for span in left.labels[0].spans] == ["tyrant", "tyrant", "Tyrant"]
    assert [(label.text, label.tone, label.count) for label in right.labels] == [("North Korean leader", "neutral", 1)]
    assert (left.mentions, left.portrayal, left.outlet.polarity, left.outlet.mentions) == (3, -0.5, -1.0, 3)
    assert (right.mentions, right.outlet.polarity, right.outlet.mentions, right.quoted.mentions) == (2, None, 1, 1)


def test_two_spellings_in_one_article_are_one(make_report) -> None:
    one = make_report(
        "Wal-Mart Stores grew. Walmart paid.", names={"organization:Wal-Mart Stores": (), "organization:Walmart": ()}
    )
    other = make_report("Wal-Mart paid late.", names={"organization:Wal-Mart": ()})
    assert [len(figure.members[0]) for figure in naming.join([one, other])] == [2]


def test_tones_apart_and_tones_that_may_be_chance(make_report) -> None:
    names = {"person:Anna Berg": ("Berg",)}
    harsh = make_report("Berg lied. " * 5, names=names, polarity=-1)
    kind = make_report("Berg smiled. " * 4, names=names, polarity=1)
    few = make_report("Berg came. Berg left.", names=names)
    (row,) = compare([harsh, kind, few]).entities
    (difference,) = row.tone_differences
    assert (difference.a, difference.b, difference.voice) == (0, 1, "outlet")
    assert (difference.difference, difference.low, difference.high, difference.distinguishable) == (-2, -2, -2, True)
    assert [(cell.outlet.low, cell.outlet.high) for cell in row.by_article] == [(-1, -1), (1, 1), (None, None)]
    (again,) = compare([harsh, harsh]).entities
    assert not again.tone_differences[0].distinguishable
