"""An outlet month by month, and who is heard in it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from models import pipeline
from models.article import Article
from models.classifiers import reference
from models.comparison import columns
from models.outlets import counting
from models.outlets.audit import audit
from models.outlets.months import follow
from models.outlets.records import Counts, Voiced, distinct, find_address
from models.report import CastRole, FrameName


def source(name: str = "Ines Calder", words: int = 40, role: CastRole = "official", **more: object) -> Voiced:
    """One source of an article."""
    facts = {"source_type": "named", "person": True, "side": None, "gender": "unknown", "statements": 2, "quoted": 10}
    return Voiced.model_validate({"name": name, "words": words, "role": role, "first": 0.2} | facts | more)


def article(
    text: str, published: str | None = "2026-05-12", frames: tuple[FrameName, ...] = ("conflict",), *heard: Voiced
) -> Counts:
    """One record with a text of its own."""
    return Counts(
        published=published,
        text=text,
        frames=list(frames),
        devices={"vague_source": 2},
        voiced=list(heard or [source()]),
        words={"outlet": 400, "quoted": 100},
        terms={"label": {"outlet": 4, "quoted": 1}},
        verbs={},
        sources={},
        speakers={},
    )


def test_each_month_of_ten_articles_has_figures_and_others_abstain() -> None:
    may = [article(f"may {at}", f"2026-05-{at + 1:02}", ("conflict",) if at < 5 else ()) for at in range(10)]
    june = [article(f"june {at}", f"2026-06-{at + 1:02}") for at in range(9)]
    found = follow([*june, *may])
    assert [(month.month, month.articles, month.figures is None) for month in found.months] == [
        ("2026-05", 10, False),
        ("2026-06", 9, True),
    ]
    figures = found.months[0].figures
    assert figures is not None
    conflict = figures.frames["conflict"]
    assert (conflict.count, conflict.value) == (5, 0.5)
    assert 0.1 < conflict.low < 0.5 < conflict.high < 0.9
    assert (figures.devices["vague_source"].count, figures.devices["vague_source"].value) == (20, 5.0)
    assert (figures.loaded.value, figures.loaded.reference is not None) == (10.0, True)
    assert figures.roles["official"].value == 1.0
    assert figures.roles["official"].low < 1  # all of ten may be chance
    assert follow([*june, *may]) == found


def test_figures_stand_beside_articles_of_the_same_genres() -> None:
    known = reference.load()
    assert known is not None
    mixed = [article(f"text {at}").model_copy(update={"genre": "opinion" if at < 5 else "news"}) for at in range(20)]
    figures = follow(mixed).whole
    assert figures is not None

    def expect(read: Callable[[reference.Group], float]) -> float:
        return round((5 * read(known.genres["opinion"]) + 15 * read(known.genres["news"])) / 20, 4)

    assert figures.loaded.reference == expect(lambda group: group.loaded("outlet"))
    assert figures.frames["conflict"].reference == expect(lambda group: group.frame("conflict"))
    assert figures.devices["vague_source"].reference == expect(lambda group: group.device("vague_source"))
    assert figures.roles["official"].reference == expect(lambda group: group.role("official"))
    apart = figures.loaded.against_reference, figures.roles["official"].against_reference
    assert apart == ("more", "more")  # ten in 1,000 words; officials alone


def test_what_one_month_lacks_and_another_has_stands_in_both() -> None:
    may = [article(f"may {at}", "2026-05-01", ("rights",)) for at in range(10)]
    june = [article(f"june {at}", "2026-06-01", ("game",)) for at in range(10)]
    one, other = follow(may + june).months
    assert one.figures is not None
    assert other.figures is not None
    assert (one.figures.frames["game"].value, other.figures.frames["game"].value) == (0, 1)
    assert one.figures.frames["game"].high == 0.3689  # none of ten: one over articles, not over words


def test_the_same_text_and_the_versions_of_an_address_count_once() -> None:
    first = [article(f"text {at}") for at in range(12)]
    again = [article(f"text {at}") for at in range(3)]
    old, new = (article(text).model_copy(update={"address": "quay.example/a"}) for text in ("before", "after"))
    found = follow([*first, *again, old, new])
    assert (found.articles, found.repeated) == (13, 4)
    assert distinct([old, new]) == [new]
    assert follow([article("a", None), article("b")]).undated == 1


@pytest.mark.parametrize(
    ("url", "filed"),
    [
        ("https://www.Quay.example/News/A?utm_source=x#top", "quay.example/News/A"),
        ("http://quay.example/News/A/", "quay.example/News/A"),
        ("https://quay.example/a?id=2&fbclid=9&b=1", "quay.example/a?b=1&id=2"),
        ("https://quay.example/a?id=3", "quay.example/a?id=3"),
        ("https://quay.example", "quay.example"),
        ("notes on paper", ""),
        (None, ""),
    ],
)
def test_spellings_of_one_address_meet(url: str | None, filed: str) -> None:
    assert find_address(url) == filed


def test_an_audit_adds_up_each_source_with_role_side_and_place() -> None:
    heard = (source(side="Harbour Party", gender="woman"), source("two traders", 20, "affected", person=False))
    articles = [article(f"a {at}", f"2026-05-{at + 1:02}", (), *heard) for at in range(12)]
    found = audit(articles, "2026-05-02", "2026-05-11")
    assert (found.articles, found.statements, found.words, found.quoted) == (10, 40, 600, 200)
    assert {role: (share.count, share.value) for role, share in found.by_role.items()} == {
        "official": (400, 0.6667),
        "affected": (200, 0.3333),
    }
    assert {side: share.value for side, share in found.by_side.items()} == {"Harbour Party": 0.6667}
    assert {told: share.value for told, share in found.by_gender.items()} == {"woman": 1.0}  # of named persons alone
    assert [(one.name, one.articles, one.words, one.gender, one.first) for one in found.sources] == [
        ("Ines Calder", 10, 400, "woman", 0.2),
        ("two traders", 10, 200, "unknown", 0.2),
    ]


def test_an_audit_of_few_articles_names_sources_and_gives_no_share() -> None:
    found = audit([article("a"), article("b", None)], "2026-05-01")
    assert (found.articles, found.undated, found.by_role) == (1, 1, {})
    assert [one.name for one in found.sources] == ["Ines Calder"]
    assert audit([article("a"), article("b", None)]).articles == 2


def test_he_in_one_article_and_she_in_another_is_not_told() -> None:
    told = [article(str(at), "2026-05-01", (), source(gender=gender)) for at, gender in enumerate(("man", "woman"))]
    assert [one.gender for one in audit(told).sources] == ["unknown"]
    told = [article(str(at), "2026-05-01", (), source(gender=gender)) for at, gender in enumerate(("unknown", "woman"))]
    assert [one.gender for one in audit(told).sources] == ["woman"]


PLAIN = (
    "The harbour council met on Monday evening to speak about the tram that is to run along the quay from next year. "
    "{said} The plan has been discussed since the winter, and a vote is expected in the autumn. Traders of the market "
    "street have asked for a map of the closed roads, and the council sent one to each of them last week. The line is "
    "to have nine stops, and the first cars are being built in a hall behind the old customs house."
)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("“The tram will come,” said Mr. Conrad Vail, the mayor.", "man"),
        ("“The tram will come,” said Ms Ilse Marden, the mayor.", "woman"),
        ("“The tram will come,” said Conrad Vail, the mayor.", "unknown"),
        ("“The tram will come,” said Ilse Marden, the mayor.", "unknown"),
        ("Ilse Marden, the mayor, said that the tram will come. She said that she would ride it herself.", "woman"),
        ("Conrad Vail, the mayor, said that the tram will come. He said that he would ride it.", "man"),
    ],
)
def test_gender_is_told_by_the_articles_own_words_alone(said: str, told: str) -> None:
    report = pipeline.analyze(Article(title="Tram plan before the council", text=PLAIN.format(said=said)))
    counts = counting.count(columns.read(0, report))
    assert counts is not None
    (speaker,) = [one for one in counts.voiced or () if one.person]
    assert speaker.gender == told
    assert speaker.words >= speaker.quoted
    assert 0 < speaker.first < 0.5
