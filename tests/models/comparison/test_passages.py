"""The same fact told twice, and what only one article has."""

from models.comparison import compare

FIRST = (
    "The harbour council voted nine to four on Monday to close the old fish market. "
    "Critics gathered outside with drums and hand-painted signs. "
    "A budget gap of two million was found last spring."
)
SECOND = (
    "On Monday the harbour council voted nine to four to shut down the beloved fish market. "
    "Karen Holm, who sells crabs there, wept as she packed her knives. "
    "Rain is expected for the weekend."
)


def _told(passages):
    return [[entry.span.text if entry else None for entry in passage.by_article] for passage in passages]


def test_the_same_fact_is_aligned_and_its_words_set_apart(make_report) -> None:
    reports = [
        make_report(FIRST, outlet="One", names={"organization:harbour council": ()}),
        make_report(SECOND, outlet="Two", names={"organization:harbour council": (), "person:Karen Holm": ()}),
    ]
    passages = compare(reports).passages
    shared = [passage for passage in passages if passage.only_in is None]
    assert _told(shared) == [[FIRST.split(". ", maxsplit=1)[0] + ".", SECOND.split(". ", maxsplit=1)[0] + "."]]
    left, right = shared[0].by_article
    assert [span.text for span in left.differing] == ["close", "old"]
    assert [span.text for span in right.differing] == ["shut down", "beloved"]
    assert (shared[0].identical, left.voice) == (False, "outlet")
    alone = [passage for passage in passages if passage.only_in == 1]
    assert [passage.names for passage in alone] == [["Karen Holm"], []]
    assert all(passage.by_article[0] is None and passage.similarity is None for passage in alone)


def test_three_articles_make_one_group(make_report) -> None:
    texts = [FIRST, SECOND, "By nine to four the harbour council voted on Monday to close the city’s fish market."]
    passages = compare([make_report(text, outlet=str(at)) for at, text in enumerate(texts)]).passages
    shared = [passage for passage in passages if passage.only_in is None]
    assert len(shared) == 1
    assert all(shared[0].by_article)
    assert [span.text for span in shared[0].by_article[2].differing] == ["city"]


def test_a_source_that_only_one_hears_comes_first(make_report) -> None:
    text = "Prices rose again in the spring months. " * 1 + (
        "Old boats were sold to a museum in the north. New lamps were put up along the quay wall. "
        "A baker opened his second shop near the church. The ferry will run twice a day from May. "
        "Students painted the long wall by the school. A fisherman said nobody had asked the crews."
    )
    reports = [
        make_report(text, said=(("A fisherman", "said", "neutral", "nobody had asked the crews"),)),
        make_report("The harbour council met and then went home early."),
    ]
    alone = [passage for passage in compare(reports).passages if passage.only_in == 0]
    assert len(alone) == 5
    assert [passage.sources for passage in alone if passage.sources] == [["A fisherman"]]
    assert [passage.by_article[0].span.start for passage in alone] == sorted(
        passage.by_article[0].span.start for passage in alone
    )


def test_boilerplate_and_headlines_are_no_passages(make_report) -> None:
    line = "Follow the harbour reporter on every network for more news."
    reports = [
        make_report(
            f"{FIRST}\n{line}", title="One and the same headline stands here", boilerplate="Follow", outlet=outlet
        )
        for outlet in ("One", "Two")
    ]
    texts = [text for row in _told(compare(reports).passages) for text in row]
    assert line not in texts
    assert "One and the same headline stands here" not in texts


def test_words_of_grammar_are_not_marked_but_not_is(make_report) -> None:
    one = make_report("Mr. Lund told the harbour council on Monday that the market will close.", outlet="One")
    other = make_report("Lund told the harbour council on Monday that the market will not close.", outlet="Two")
    shared = next(passage for passage in compare([one, other]).passages if passage.only_in is None)
    left, right = shared.by_article
    assert left.differing == []
    assert [span.text for span in right.differing] == ["not"]


def test_what_stands_in_several_sentences_elsewhere_is_not_only_here(make_report) -> None:
    fact = "The harbour council wants to sell the quay, tear down the fish market and fire two hundred porters."
    told = (
        "Selling the quay is what the harbour council wants. Porters fear the worst: two hundred of them. "
        "To tear down the old market where fish is sold, they would have to fire everybody."
    )
    passages = compare([make_report(fact, outlet="One"), make_report(told, outlet="Two")]).passages
    assert [passage for passage in passages if passage.only_in == 0] == []
    unrelated = make_report(
        "Rain is expected for the weekend, with a storm from the north on Sunday night.", outlet="Two"
    )
    passages = compare([make_report(fact, outlet="One"), unrelated]).passages
    assert [passage.by_article[0].span.text for passage in passages if passage.only_in == 0] == [fact]
