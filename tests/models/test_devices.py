"""Devices: every pattern on its own examples, spans that hold, and what the decision must not show."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import reader
from models.analyzers import attribution
from models.analyzers.framing.devices import entries, propose
from models.analyzers.framing.devices.scene import lay_out
from models.article import Article
from models.classifiers import devices
from models.document import Document, read
from models.pipeline import analyze
from models.report import Device

ENTRIES = entries.load().entries
_FILLER = "The council met on Monday. It took no vote. Rain fell all day. The hall was cold. Nobody else spoke. "


def _read(text: str) -> Document:
    return reader.read(read(Article(text=text)))


def _proposed(text: str, rule: str) -> list[str]:
    document = _read(text)
    scene = lay_out(document, attribution.analyze(document))
    tokens = document.tokens
    return [
        document.text[tokens[one.cue].start : tokens[one.end - 1].end] for one in propose(scene) if one.rule == rule
    ]


def _cases(field: str) -> Iterator[tuple[str, str]]:
    for entry in ENTRIES:
        for example in getattr(entry, field):
            yield entry.id, example


@pytest.mark.parametrize(("rule", "example"), [*_cases("matches")])
def test_an_entry_finds_the_words_of_its_examples(rule: str, example: str) -> None:
    hits = re.findall(r"\[(.+?)\]", example)
    assert hits
    assert _proposed(re.sub(r"[\[\]]", "", example), rule) == hits


@pytest.mark.parametrize(("rule", "example"), [*_cases("ignores")])
def test_an_entry_finds_nothing_where_it_must_not(rule: str, example: str) -> None:
    assert _proposed(example, rule) == []


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("The “reform” of the council began in the old town hall on Monday.", ["reform"]),
        ("Their so-called “peace plan” was printed, and “nobody came to read it,” he said.", ["peace plan"]),
        ("It was an accusation of “surrender” that made the council vote.", []),
        ("He spoke of a “fence” on Monday. “That fence will stand for years,” he said.\n\nThe “fence” was built.", []),
        ("They opened the “general” heading of the form in the old town hall.", []),
        ("The “experts” of the council met in the old town hall on Monday.", ["experts"]),
    ],
)
def test_snippets_are_told_from_pieces_of_speech(text: str, marked: list[str]) -> None:
    assert _proposed(text, "snippet_quote.marks") == marked


def test_a_question_is_whole_around_a_word_in_quotation_marks() -> None:
    text = "What if the miners vote for Reed? Are they “hopeless” to the mayor and her friends?"
    assert _proposed(text, "rhetorical_question.mark") == [
        "What if the miners vote for Reed",
        "Are they “hopeless” to the mayor and her friends",
    ]


# Kinds and words of all that is proposed and told, whatever its strength: what a reader who knows the codebook marks.
TOLD = {
    "a question that asserts": (
        "The mayor has spent the fund twice. Has she learned nothing? Why should anybody trust her again? " + _FILLER,
        ("rhetorical_question", "Has she learned nothing"),
    ),
    "a feeling that nobody told": (
        "Senator Victor Hale left the talks early on Monday, hoping to please his angry donors. " + _FILLER,
        ("motive", "hoping to please his angry donors"),
    ),
    "a purpose that nobody told": (
        "Senator Hale dropped the bill in an apparent attempt to appease the party's donors. " + _FILLER,
        ("motive", "in an apparent attempt to appease the party's donors"),
    ),
    "experts of nowhere": (
        "Some experts say the bridge is unsafe and should have been closed years ago. " + _FILLER,
        ("vague_source", "Some experts say"),
    ),
    "critics": ("Critics have said that the plan favours the rich. " + _FILLER, ("vague_source", "Critics have said")),
}


def _told(text: str) -> list[Device]:
    framing = analyze(Article(text=text)).framing
    assert framing is not None
    return framing.devices


@pytest.mark.parametrize(("text", "device"), TOLD.values(), ids=TOLD)
def test_a_device_is_told_with_its_words(text: str, device: tuple[str, str]) -> None:
    told = [(one.kind, one.text) for one in _told(text)]
    assert device in told


PLAIN = {
    "named and told": "The mayor wants a new pool, her lawyer Ann Moore said on Monday. " + _FILLER,
    "a plain question answered": "When does the pool open? It opens at nine. " + _FILLER,
    "a placed source": "Two officials at the ministry said that the bridge is unsafe. " + _FILLER,
    "a title": "She read “The Long Winter” to the class and signed “Home” for the library. " + _FILLER,
    "a sober forecast": "Prices could rise by 2 percent next year, the bank said. " + _FILLER,
}


@pytest.mark.parametrize("text", PLAIN.values(), ids=PLAIN)
def test_plain_news_shows_no_device(text: str) -> None:
    assert [one for one in _told(text) if one.shown] == []


def test_every_device_says_what_to_look_for() -> None:
    entity = "Senator Victor Hale"
    told = _told(
        f"{entity} spoke on Monday. Hale dropped the bill in an apparent attempt to appease donors. " + _FILLER
    )
    motive = next(one for one in told if one.kind == "motive")
    assert motive.note == "No source is given for this purpose of Victor Hale."
    assert motive.rule == "motive.attempt"
    assert motive.strength is not None
    assert motive.shown == (motive.strength >= devices.load().kinds["motive"].shown_from)


_PIECES = st.sampled_from(
    (
        *("Hale", "wants to", "critics say", "even", "?", "“reform”", "seems angry", "because of", "the swamp", "."),
        *(",", "in an effort to", "\n\n", "win", "they", "not"),
    )
)


@settings(max_examples=40, deadline=None)
@given(st.lists(_PIECES, min_size=1, max_size=40).map(" ".join))
def test_devices_are_exact_and_in_order(text: str) -> None:
    text = f"{_FILLER}{text}"
    told = _told(text)
    assert all(text[one.start : one.end] == one.text and 0 <= (one.strength or 0) <= 1 for one in told)
    assert [(one.start, one.end) for one in told] == sorted((one.start, one.end) for one in told)
