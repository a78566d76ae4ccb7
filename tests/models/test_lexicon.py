"""The lexicon keeps its word: every entry's own examples, and the rules of matching."""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from pydantic import ValidationError

from models import lexicography, lexicon
from models.article import Article
from models.classifiers import reference
from models.document import boilerplate, read
from models.lexicography import read_marks
from models.lexicon import LexiconEntry, PlainEntry

from .conftest import Command

ENTRIES = lexicon.load().entries


def found(text: str, entry: str | None = None) -> list[tuple[int, int]]:
    hits = lexicon.load().match(read(Article(text=text)))
    return [(hit.start, hit.end) for hit in hits if entry in (None, hit.entry.id)]


def test_every_entry_keeps_its_own_examples(command: Command) -> None:
    """A fault is a line, with the entry and the sentence."""
    assert command("lexicon", "check").stdout.splitlines() == ["Every example holds."]


def test_an_example_that_does_not_hold_is_named() -> None:
    entry = LexiconEntry.model_validate(plain_entry())
    broken = entry.model_copy(update={"matches": ("A [test] and a [trial].",), "ignores": ("The test.",)})
    assert lexicography.check((broken,)) == [
        "label.test: marks test in 'A [test] and a [trial].'",
        "label.test: marks test in 'The test.'",
    ]


def test_lexicon_is_large_and_covers_every_category_with_words() -> None:
    counts = Counter(entry.category for entry in ENTRIES)
    assert len(ENTRIES) >= 1500
    assert set(counts) >= {
        "label", "verdict", "contempt", "praise", "fear", "violence", "exaggeration",
        "euphemism", "contested", "doubt",
    }  # fmt: skip


def test_no_form_belongs_to_two_entries_without_a_condition() -> None:
    owners = defaultdict(list)
    for entry in ENTRIES:
        for form in lexicon.forms(entry):
            owners[form].append(entry)
    for form, entries in owners.items():
        free = [e.id for e in entries if not (e.only_as or e.only_before or e.only_after or e.only_near or e.cased)]
        assert len(free) <= 1, (form, free)


@pytest.mark.parametrize("pair", [
    "abortion", "abortion-law", "immigration-status", "guns", "gender", "climate", "taxes", "marriage", "unions",
    "health-law", "race-teaching", "voting", "2020-election", "january-6", "border", "family-immigration",
    "local-enforcement", "legal-status", "israel", "territory", "religion", "islam", "vaccines",
])  # fmt: skip
def test_contested_matter_gives_both_camps_their_words(pair: str) -> None:
    camps = {entry.camp for entry in ENTRIES if entry.pair == pair}
    assert len(camps) >= 2, f"{pair}: only {camps}"


def test_praise_is_not_forgotten_beside_blame() -> None:
    tones = Counter(entry.tone for entry in ENTRIES)
    assert tones["positive"] >= tones["negative"] / 6


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("A dictatorship ended.", []),
        ("Two DICTATORS met.", ["DICTATORS"]),
        ("The witch hunt goes on, a Witch Hunt.", ["witch hunt", "Witch Hunt"]),
        ("They found the witch. Hunt her!", []),
        ("Kim’s regime fell; the regime’s end came.", ["regime", "regime"]),
        ("His story doesn’t add up.", ["doesn’t add up"]),
        ("🙂 The tyrant é fled 🙂 again.", ["tyrant"]),
    ],
)
def test_match_takes_whole_words_and_the_longest(text: str, spans: list[str]) -> None:
    assert [text[start:end] for start, end in found(text)] == spans


@pytest.mark.parametrize(
    ("base", "pos", "expected"),
    [
        ("crony", "noun", {"crony", "cronies"}),
        ("witch hunt", "noun", {"witch hunt", "witch hunts"}),
        ("flood of", "noun", {"flood of", "floods of"}),
        ("slam", "verb", {"slam", "slams", "slammed", "slamming"}),
        ("lash out", "verb", {"lash out", "lashes out", "lashed out", "lashing out"}),
        ("destroy", "verb", {"destroy", "destroys", "destroyed", "destroying"}),
        ("vilify", "verb", {"vilify", "vilifies", "vilified", "vilifying"}),
        ("savage", "verb", {"savage", "savages", "savaged", "savaging"}),
        ("ugly", "adjective", {"ugly", "uglier", "ugliest"}),
        ("vile", "adjective", {"vile", "viler", "vilest"}),
        ("outrageous", "adjective", {"outrageous"}),
        ("utterly", "adverb", {"utterly"}),
    ],
)
def test_terms_are_inflected_by_part_of_speech(base: str, pos: str, expected: set[str]) -> None:
    entry = LexiconEntry.model_validate(plain_entry() | {"terms": [base], "pos": pos})
    assert {" ".join(form) for form in lexicon.forms(entry)} == expected


def plain_entry() -> dict[str, object]:
    return {
        "id": "label.test", "category": "label", "terms": ["test"], "pos": "noun", "tone": "negative",
        "strength": 0.5, "note": "Made for this test.", "matches": ["A [test]."], "ignores": ["None."],
    }  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        {"colour": "red"},
        {"strength": 1.5},
        {"category": "insult"},
        {"matches": ["No mark."]},
        {"matches": []},
        {"ignores": ["A [mark]."]},
        {"note": ""},
        {"pair": "abortion"},
    ],
)
def test_faulty_entry_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        LexiconEntry.model_validate(plain_entry() | wrong)


def test_same_name_twice_is_refused() -> None:
    entry = LexiconEntry.model_validate(plain_entry())
    with pytest.raises(ValueError, match="two entries"):
        lexicon.compile_entries([entry, entry], {})


def test_file_gives_its_category_name_and_defaults(tmp_path: Path) -> None:
    file = tmp_path / "label.toml"
    file.write_text(
        '[defaults]\npos = "noun"\ntone = "negative"\n\n[despot]\nstrength = 0.8\nnote = "Calls a ruler cruel."\n'
        'matches = ["The [despot] fled."]\nignores = ["The depot closed."]\n'
    )
    (entry,) = lexicon.read_file(file)
    assert (entry.id, entry.category, entry.terms) == ("label.despot", "label", ("despot",))


def test_ten_times_more_entries_find_the_same() -> None:
    document = read(Article(text="The mayor said on Monday that the tyrant would open the bridge in May. " * 300))
    words = [f"zz{a}{b}{c}" for a in "abcdefghijklmnop" for b in "abcdefghijklmnop" for c in "abcdefghijklmnop"]
    grown = lexicon.compile_entries(
        [
            *ENTRIES,
            *(
                LexiconEntry.model_validate(plain_entry() | {"id": f"label.{word}", "terms": [word]})
                for word in words[: 9 * len(ENTRIES)]
            ),
        ],
        {},
    )

    assert [hit.entry.id for hit in grown.match(document)] == [hit.entry.id for hit in lexicon.load().match(document)]


def test_every_plain_entry_keeps_its_own_examples() -> None:
    def spans(entry: PlainEntry, text: str) -> list[tuple[int, int]]:
        document = read(Article(text=text))
        found = [
            (document.tokens[first].start, document.tokens[last - 1].end)
            for first, last, one in lexicon.load().match_plain(document)
            if one.id == entry.id
        ]
        return [(start, end) for start, end in found if end > start]

    for entry in lexicon.read_plain(lexicon.FOLDER / "plain.toml"):
        for sentence in (*entry.matches, *entry.ignores):
            text, marked = read_marks(sentence)
            assert spans(entry, text) == marked, (entry.id, sentence)


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        # The longest phrase decides, the plain one before a loaded one.
        ("A black hole bends light. The stadium is a black hole for money.", ["black hole"]),
        ("Halden fought a hostile takeover. It was a hostile takeover of the party.", ["hostile takeover"]),
        ("The stalls had sold out. The leader sold out his members.", ["sold out"]),
        ("The heat was brutal. The brutal guards left.", ["brutal"]),
    ],
)
def test_terms_and_idioms_are_plain_where_they_are_used_so(text: str, spans: list[str]) -> None:
    hits = found(text)
    assert [text[start:end] for start, end in hits] == spans
    assert all(start > text.index(". ") for start, _ in hits)


def test_check_foresees_what_the_reader_makes_of_an_entrys_sentences() -> None:
    (regime,) = (entry for entry in ENTRIES if entry.id == "label.regime")
    sentences = ("The [regime] slammed the vote on Monday.", "He wrote two papers on [regime] change theory.")
    told = dict(lexicography.foresee(regime.model_copy(update={"matches": sentences})))
    assert list(told) == list(sentences)
    strength, dropped = told.values()
    assert strength is not None
    assert 0 < strength <= 1
    assert dropped is None


def test_boilerplate_that_breaks_its_word_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert lexicography.check_boilerplate() == []
    (entry, pattern), *_ = boilerplate.entries()
    broken = entry.model_copy(update={"matches": ["The bridge is closed."], "ignores": [entry.matches[0]]})
    monkeypatch.setattr(boilerplate, "entries", lambda: ((broken, pattern),))
    assert lexicography.check_boilerplate() == [
        f"{entry.id}: nothing takes 'The bridge is closed.'",
        f"{entry.id}: {entry.id} takes {entry.matches[0]!r}",
    ]


def test_a_reference_counted_with_another_lexicon_is_stale(monkeypatch: pytest.MonkeyPatch) -> None:
    known = reference.load()
    assert known is not None
    for basis, stale in ((lexicography.reference_basis(), False), ("another", True), ("", True)):
        counted = known.model_copy(update={"basis": basis})
        monkeypatch.setattr(reference, "load", lambda counted=counted: counted)
        assert lexicography.is_reference_stale() is stale


def test_the_entry_that_contributing_shows_has_every_field_and_keeps_its_word(tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "CONTRIBUTING.md").read_text("utf-8")
    (shown,) = re.findall(r"^```toml\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    file = tmp_path / "label.toml"
    file.write_text(shown, encoding="utf-8")
    (entry,) = lexicon.read_file(file)
    assert set(tomllib.loads(shown)["firebrand"]) == set(LexiconEntry.model_fields) - {"id", "category"}
    assert lexicography.check((entry,)) == ["pair speakers: has only the camp opponents"]  # as its comment says
