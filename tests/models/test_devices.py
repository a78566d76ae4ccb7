"""Devices: every pattern on its own examples, spans that hold, and what the decision must not show."""

import re
from collections.abc import Iterator
from pathlib import Path

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
    assert motive.note == "No source is given for what moves Victor Hale."
    assert (motive.rule, motive.shown) == ("motive.eager-name", False)


def test_what_an_entry_finds_that_holds_by_itself_is_shown() -> None:
    vague = next(
        one
        for one in _told("The new bridge is widely seen as a mistake. " + _FILLER)
        if one.rule == "vague_source.seen-as"
    )
    assert vague.shown
    assert vague.strength is not None
    assert vague.strength >= devices.load_signed()[vague.rule]


def test_what_other_entries_find_is_as_sure_as_its_context() -> None:
    motive = next(one for one in _told("Senator Victor Hale seems proud of the vote. " + _FILLER))
    assert motive.rule == "motive.seems"
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


def test_what_holds_by_itself_is_found_by_an_entry_of_a_list() -> None:
    assert set(devices.load_signed()) <= {entry.id for entry in ENTRIES}
    assert all(share >= 0.8 for share in devices.load_signed().values())


def test_too_few_places_show_nothing_by_themselves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = tmp_path / "rules.toml"
    monkeypatch.setattr(devices, "RULES", rules)
    for signed, read_in_all in ((9, 9), (7, 10)):
        rules.write_text(f'"vague_source.crowd" = [{signed}, {read_in_all}]\n', encoding="utf-8")
        with pytest.raises(ValueError, match=f"{signed} of {read_in_all} are too few"):
            devices.load_signed.__wrapped__()


def test_an_entry_that_holds_by_itself_is_shown_whatever_its_kind_decides() -> None:
    rule, share = next(iter(devices.load_signed().items()))
    assert devices.affirm(rule, 0.1, 1.01) == devices.Decision(share, shown=True)
    assert devices.affirm(rule, 0.99, 1.01) == devices.Decision(0.99, shown=True)
    assert devices.affirm("vague_source.crowd", 0.9, 1.01) == devices.Decision(0.9, shown=False)


SAID = "Critics say that the plan favours the rich. "
ANSWERED = {
    "nobody has a name": (SAID + _FILLER, ["Critics say"]),
    "one of them follows": (SAID + "“It is a gift to the rich,” said Ann Moore, who led the protest. " + _FILLER, []),
    "some way behind": (SAID + "It was drawn up in May. Ann Moore said that it was a gift. " + _FILLER, []),
    "in quotation marks": (f"“{SAID.strip()}” " + _FILLER, []),
    "critics who were told of": ("The critics say that the plan favours the rich. " + _FILLER, []),
    "beside somebody": ("Ann Moore and critics say that the plan favours the rich. " + _FILLER, []),
}


@pytest.mark.parametrize(("text", "found"), ANSWERED.values(), ids=ANSWERED)
def test_a_crowd_is_vague_where_nobody_of_it_gets_a_name(text: str, found: list[str]) -> None:
    assert _proposed(text, "vague_source.outsiders-say") == found


def test_critics_of_nowhere_are_told_and_not_shown() -> None:
    (device,) = [one for one in _told(SAID + _FILLER) if one.kind == "vague_source"]
    assert (device.text, device.shown) == ("Critics say", False)
