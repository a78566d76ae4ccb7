"""Stories and outlets on a real server: reports come, are grouped, counted and forgotten."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import pytest
import redis

from models import pipeline
from models.article import Article
from models.comparison import columns
from models.report import Report
from models.stories import profiles
from models.stories.profiles import Profile
from service import examples
from workers import queue, store
from workers.tasks import grouping

FROST = Article(
    title="Orchard growers of Pell Valley fear a late frost",
    outlet="The Quay",
    published="2026-05-12",
    text="The growers of Pell Valley lit small fires between their trees on Tuesday night. A frost in May would cost "
    "them half of the cherries, said Greta Lindqvist, who speaks for two hundred orchards. The weather office expects "
    "three cold nights. Buses brought pickers home early, and the council lent its pumps. Lindqvist claimed that "
    "nobody had warned them, and that the brutal night of last year could come again. The pumps run until morning. "
    "In the village hall volunteers boiled soup, and children slept between crates of last year’s jam.",
)


@cache
def _analyze(content: str) -> Report:
    return pipeline.analyze(Article.model_validate_json(content))


def read(article: Article) -> Report:
    """The report of an article, made once."""
    return _analyze(article.model_dump_json())


def keep(article: Article) -> str:
    """Submit an article, save its report and group it, as a worker would."""
    identifier = queue.submit(article).id
    assert store.begin(identifier, "test") == "begun"
    report = read(article).model_copy(update={"id": identifier})
    assert store.save(report)
    grouping.group(report)
    return identifier


def put(number: int) -> str:
    """An article that is read but not grouped."""
    identifier = queue.submit(Article(text=f"Number {number}.")).id
    store.begin(identifier, "test")
    store.save(read(FROST).model_copy(update={"id": identifier}))
    return identifier


def test_three_tell_one_event_and_one_another(client: redis.Redis) -> None:
    frost = keep(FROST)
    three = [keep(article) for article in examples.ARTICLES]
    (told,) = store.recent_stories().items
    assert [summary.id for summary in told.reports] == three[::-1]
    assert told.outlets == sorted(article.outlet or "" for article in examples.ARTICLES)
    assert (told.count, told.first_published) == (3, min(article.published or "" for article in examples.ARTICLES))
    assert {store.find_story(name) for name in three} == {told.id}
    alone = store.story(store.find_story(frost) or "")
    assert alone is not None
    assert [summary.id for summary in alone.reports] == [frost]
    assert store.story("nowhere") is None


def test_grouping_twice_changes_nothing(client: redis.Redis) -> None:
    names = [keep(article) for article in examples.ARTICLES[:2]]
    before = store.recent_stories().items
    for name in names:
        report = store.report(name)
        assert report is not None
        grouping.group(report)
        assert grouping.join_story(name, profiles.draw(columns.read(0, report))).story == before[0].id
    assert store.recent_stories().items == before
    assert [found.reports for found in store.outlets()] == [1, 1]


def test_deletion_takes_a_report_out_of_story_outlet_and_index(client: redis.Redis) -> None:
    names = [keep(article) for article in examples.ARTICLES]
    assert store.delete(names[2])
    (told,) = store.recent_stories().items
    assert [summary.id for summary in told.reports] == [names[1], names[0]]
    assert store.outlet(examples.ARTICLES[2].outlet or "") is None
    assert store.delete(names[0])
    assert store.recent_stories().items == []  # one report tells no story of several
    assert store.story(told.id) is not None
    assert store.delete(names[1])
    assert store.story(told.id) is None
    left = {key.decode() for key in client.scan_iter()}
    assert not [key for key in left if key.split(":")[1] not in {"sequence", "counts", "erase", "stages", "marks"}]


def again(article: Article, **changes: str | None) -> Article:
    return article.model_copy(update=changes)


def test_the_same_text_sent_again_counts_once(client: redis.Redis) -> None:
    courier, ledger, _ = examples.ARTICLES
    first, other = keep(courier), keep(ledger)
    newest = keep(again(courier, author="Somebody else", text=courier.text.replace(" ", "  ", 1)))
    (told,) = store.recent_stories().items
    assert ([summary.id for summary in told.reports], told.count) == ([newest, other], 2)
    assert [(found.name, found.reports) for found in store.outlets()] == [(courier.outlet, 1), (ledger.outlet, 1)]
    assert [summary.id for summary in store.recent().items] == [newest, other]
    assert store.report(first) is not None, "whoever has its address reads it"
    grouping.group(read(courier).model_copy(update={"id": first}))
    assert [summary.id for summary in store.recent().items] == [newest, other]


def test_two_outlets_with_one_text_are_two(client: redis.Redis) -> None:
    ours, theirs = keep(FROST), keep(again(FROST, outlet="The Other Quay"))
    assert [found.reports for found in store.outlets()] == [1, 1]
    assert {summary.id for summary in store.recent().items} == {ours, theirs}
    keep(again(FROST, outlet=None))  # nobody's in particular, where two are known
    assert {summary.id for summary in store.recent().items} == {ours, theirs}


def test_the_outlet_comes_later_and_takes_its_place(client: redis.Redis) -> None:
    bare = keep(again(FROST, outlet=None))
    assert [summary.id for summary in store.recent().items] == [bare]
    named = keep(FROST)
    assert [summary.id for summary in store.recent().items] == [named]
    assert store.find_story(bare) is None


def test_a_text_of_ones_own_takes_no_place_and_leaves_no_trace(client: redis.Redis) -> None:
    listed = keep(FROST)
    private = keep(again(FROST).model_copy(update={"private": True}))
    assert [summary.id for summary in store.recent().items] == [listed]
    assert store.find_story(private) is None
    assert store.delete(listed)
    assert not [name for name in client.scan_iter() if b":text:" in name]


def test_what_is_in_no_list_is_in_no_story_and_no_figure(client: redis.Redis) -> None:
    identifier = queue.submit(FROST).id
    store.begin(identifier, "test")
    store.save(read(FROST).model_copy(update={"id": identifier}))
    client.hset(f"parallax:article:{identifier}", "listed", "0")
    report = store.report(identifier)
    assert report is not None
    grouping.group(report)
    assert store.find_story(identifier) is None
    assert store.outlets() == []
    assert not list(client.scan_iter("parallax:term:*"))


def test_what_was_deleted_meanwhile_is_not_grouped(client: redis.Redis) -> None:
    identifier = put(1)
    report = store.report(identifier)
    assert report is not None
    assert store.delete(identifier)
    grouping.group(report)
    assert grouping.join_story(identifier, profiles.draw(columns.read(0, report))).story is None
    assert not list(client.scan_iter("parallax:term:*")) + list(client.scan_iter("parallax:outlet*"))


def test_what_has_expired_is_found_no_more_and_swept_out(client: redis.Redis) -> None:
    names = [keep(article) for article in examples.ARTICLES[:2]]
    client.delete(f"parallax:article:{names[0]}")
    third = keep(examples.ARTICLES[2])
    (told,) = store.recent_stories().items
    assert {summary.id for summary in told.reports} == {names[1], third}
    assert store.outlet(examples.ARTICLES[0].outlet or "") is None
    assert [found.name for found in store.outlets()] == sorted(a.outlet or "" for a in examples.ARTICLES[1:])
    terms = profiles.find_keys(profiles.draw(columns.read(0, read(examples.ARTICLES[2]))))
    assert all(client.zscore(f"parallax:term:{term}", names[0]) is None for term in terms)


@pytest.mark.parametrize("attempt", range(5))
def test_two_workers_at_once_make_one_story(client: redis.Redis, attempt: int) -> None:
    names = [put(number) for number in range(2)]
    profile = profiles.draw(columns.read(0, read(FROST)))
    with ThreadPoolExecutor(2) as workers:
        stories = list(workers.map(lambda name: grouping.join_story(name, profile).story, names))
    assert stories[0] == stories[1] is not None
    (told,) = store.recent_stories().items
    assert {summary.id for summary in told.reports} == set(names)


def test_each_takes_the_other_at_once(client: redis.Redis) -> None:
    one, other = put(1), put(2)
    story = store.place(one, beside=other)
    assert store.place(other, beside=one) == story
    assert store.place(other, beside=None) == story
    assert client.zcard(f"parallax:story:{story}") == 2


def test_the_cost_of_a_new_report_is_bounded_whatever_is_stored(client: redis.Redis) -> None:
    profile = profiles.draw(columns.read(0, read(FROST)))
    costs = []
    for number in range(160):
        # All on one day and with the same terms: nothing is harder to tell apart.
        grouped = grouping.join_story(put(number), profile)
        costs.append((grouped.entries, grouped.records))
    terms = len(profiles.find_keys(profile))
    assert costs[0] == (0, 0)
    assert all(entries in (terms * 29, terms * 30) for entries, _ in costs[40:])
    assert {records for _, records in costs[40:]} == {24 + 8}


def test_a_report_without_a_day_meets_those_with_one(client: redis.Redis) -> None:
    dated = [keep(article) for article in examples.ARTICLES[:2]]
    undated = keep(examples.ARTICLES[2].model_copy(update={"published": None}))
    assert len({store.find_story(name) for name in [*dated, undated]}) == 1
    store.delete(dated[0])
    again = keep(examples.ARTICLES[0])
    assert store.find_story(again) == store.find_story(undated)


def profile_of(*terms: str) -> Profile:
    bag = dict.fromkeys(terms, round(len(terms) ** -0.5, 4))
    return Profile(day=700_000, title=bag, lead=bag, body=bag, names={})


def test_stories_are_listed_in_pages_the_newest_first(client: redis.Redis) -> None:
    made = []
    for number in range(5):
        word = "abcde"[number] * 6
        for twin in range(2):
            made.append(grouping.join_story(put(10 * number + twin), profile_of(f"{word}x", f"{word}y")).story)
    first = store.recent_stories(limit=2)
    second = store.recent_stories(limit=2, cursor=first.next)
    third = store.recent_stories(limit=2, cursor=second.next)
    listed = [story.id for page in (first, second, third) for story in page.items]
    assert listed == list(dict.fromkeys(made))[::-1]
    assert third.next is None
    with pytest.raises(store.BadCursor):
        store.recent_stories(cursor="zebra")


def test_spellings_of_an_outlet_are_one_and_figures_wait_for_ten(client: redis.Redis) -> None:
    spellings = ("The Quay", " the quay", "THE  QUAY")
    text = f"{FROST.text} The corrupt regime in the valley slammed its critics."

    def tell(number: int, outlet: str = "The Quay") -> Article:
        """An article of its own: the same text under another headline would count once."""
        return again(FROST, title=f"Frost {number}", text=f"{text} The pumps are {number}.", outlet=outlet)

    names = [keep(tell(number, spellings[number % 3])) for number in range(9)]
    (quay,) = store.outlets()
    assert (quay.name, quay.reports, quay.articles, quay.figures) == ("THE QUAY", 9, 9, None)
    names.append(keep(tell(10)))
    twin = keep(again(tell(10), title="Frost, told again"))
    short = keep(Article(title="Frost!", text="It froze.", outlet="the Quay"))
    found = store.outlet("tHe quaY")
    assert found is not None
    assert (found.name, found.reports, found.articles) == ("the Quay", 12, 10)
    assert found.figures is not None
    shown = read(tell(10)).vocabulary.shown
    assert found.figures.total["outlet"].count == 10 * sum(term.voice == "outlet" for term in shown) > 0
    first = store.outlet_reports("The Quay", limit=4)
    assert [summary.id for summary in first.items] == [short, twin, *names[:-3:-1]]
    rest = store.outlet_reports("The Quay", cursor=first.next, limit=20)
    assert [summary.id for summary in rest.items] == names[7::-1]
    assert rest.next is None
    store.delete(names[0])
    assert (store.outlet("The Quay") or found).figures is None


def test_the_list_of_outlets_holds_those_with_most_reports(
    client: redis.Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, outlet in enumerate(("Beacon", "Anchor", "Beacon")):
        keep(FROST.model_copy(update={"outlet": outlet, "title": f"Frost {number}"}))
    assert [found.name for found in store.outlets()] == ["Anchor", "Beacon"]
    monkeypatch.setattr(sys.modules["workers.store.outlets"], "MOST_OUTLETS", 1)  # `store.outlets` is a function
    assert [found.name for found in store.outlets()] == ["Beacon"]
    assert store.outlet("anchor") is not None
