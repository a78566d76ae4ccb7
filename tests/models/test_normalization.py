"""Normalization: words are found through signs that nobody sees, and stand in the report as they are stored."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.article import Article
from models.document.normalization import normalize
from models.pipeline import analyze
from models.report import Report

PLAIN = (
    "The regime in Halden put off the vote on Monday for a disgraceful reason, said José Pérez, the mayor.\n\n"
    "“It is a betrayal of every voter,” José Pérez said later. The office in Halden was shut."
)
# Soft hyphen, zero-width space, joiners, byte order mark, marks of direction, word joiner, selector of a variant.
UNSEEN = "\u00ad\u200b\u200c\u200d\ufeff\u200e\u200f\u2060\ufe0f\u034f"


def spans(report: Report) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []

    def walk(value: object) -> None:
        if isinstance(value, dict):
            if {"start", "end", "text"} <= value.keys():
                found.append((value["start"], value["end"], value["text"]))
            for one in value.values():
                walk(one)
        elif isinstance(value, list):
            for one in value:
                walk(one)

    walk(report.model_dump())
    return found


def visible(text: str) -> str:
    """As it looks on paper."""
    return unicodedata.normalize("NFC", "".join(sign for sign in text if sign not in UNSEEN))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The dis\u00adgrace\u00adful deal was signed by the mayor on Monday.", "dis\u00adgrace\u00adful"),
        ("The re\u200bgime of the island shut the port on Monday.", "re\u200bgime"),
        ("The shame\u200dful deal was signed by the mayor on Monday.", "shame\u200dful"),
        ("The des\u2060pica\u2060ble deal was signed by the mayor on Monday.", "des\u2060pica\u2060ble"),
        ("The \ufeffdespicable\ufeff deal was signed by the mayor on Monday.", "despicable"),
        ("It was a dis\u00ad\ngraceful deal that the mayor signed on Monday.", "dis\u00ad\ngraceful"),
        ("The ﬁgure was a disgraceful one, and the mayor signed it.", "disgraceful"),
    ],
)
def test_a_word_is_found_through_what_nobody_sees(text: str, words: str) -> None:
    terms = analyze(Article(text=text)).vocabulary.terms
    assert [(term.text, term.tone) for term in terms] == [(words, "negative")]
    assert [text[term.start : term.end] for term in terms] == [words]


@pytest.mark.parametrize(
    "text",
    [
        "The dis grace ful deal.",
        "The hyphen-ated regime-change deal.",
        "Nothing to see here: naïve, café, 😀.",
    ],
)
def test_what_is_seen_stays(text: str) -> None:
    seen = normalize(Article(text=text))
    assert seen.article.text == text
    assert seen.place(4, 7) == (4, 7)


def test_accents_apart_and_together_name_one_person() -> None:
    apart = unicodedata.normalize("NFD", "José Pérez")
    text = f"The mayor, José Pérez, opened the hall on Monday. {apart} spoke for an hour. “It is done,” {apart} said."
    report = analyze(Article(text=text))
    (mayor,) = [entity for entity in report.entities if entity.kind == "person" and "P" in entity.name]
    assert mayor.name == "José Pérez"
    assert [mention.text for mention in mayor.mentions] == ["José Pérez", apart, apart]
    (item,) = report.attribution.items
    assert item.speaker == mayor.id


def test_the_stored_text_is_never_altered_and_targets_are_given_back_as_asked() -> None:
    title, text = "Vo\u00adte in Halden", "\u200bThe vote was put off by Jo\u00adsé.\u200b It rains."
    at = len(title) + 2
    report = analyze(Article(title=title, text=text, targets=[(at, at + 1), (at + 24, at + 30)]))
    assert report.article.text == f"{title}\n\n{text}"
    assert report.article.title_end == len(title)
    assert [target.text for target in report.sentiment.targets] == ["\u200b", text[24:30]]
    assert report.sentiment.targets[0].probabilities["neutral"] == pytest.approx(1 / 3, abs=1e-3)


RUN = " Ann Lee MoorHalden drops its bridge plan Five towns to watch | Ferry shut Hale: 'We will not pay' MORE"


@pytest.mark.parametrize(
    "run",
    [
        RUN,
        RUN.removeprefix(" "),
        " Ann MoorMORE",
        " Annabel (Ann) Lee Moor Jr.2027 ferries to watch MORE",
        " Ann Lee Moor Moor drops its bridge plan MORE",
    ],
)
def test_a_run_of_links_behind_a_name_is_not_read(run: str) -> None:
    text = f"Mayor Ann Moor{run}’s aide left. “It is a disgraceful deal,” said Ann Moor{run} on Monday."
    seen = normalize(Article(text=text))
    assert seen.article.text == "Mayor Ann Moor’s aide left. “It is a disgraceful deal,” said Ann Moor on Monday."
    report = analyze(Article(text=text))
    assert report.article.text == text
    assert all(text[start:end] == words for start, end, words in spans(report))
    assert [(item.source.text, item.cue.text) for item in report.attribution.items if item.source and item.cue] == [
        ("Ann Moor", "said")
    ]
    assert [term.text for term in report.vocabulary.terms] == ["disgraceful"]
    assert {mention.text for entity in report.entities if entity.kind == "person" for mention in entity.mentions} == {
        "Ann Moor"
    }
    (note,) = [note.message for note in report.notes if note.code == "link_runs"]
    assert "2 runs, the first at character 14." in note


@pytest.mark.parametrize(
    "text",
    [
        "Mayor Ann Moor said that she wants MORE. Ann Lee Moor is her aunt.",
        "Ann Moor and Ann Lee Moore want one thing: MORE ferries.",
        "Ann Moor leads. Ann MoorHalden is a firm. It wants\nMORE ferries.",
        "NO, NON-MEMBERS OF THE CLUB WANT MORE FERRIES.",
    ],
)
def test_names_and_capitals_that_no_script_put_there_stay(text: str) -> None:
    assert normalize(Article(text=text)).article.text == text


@given(st.lists(st.tuples(st.integers(0, len(PLAIN)), st.sampled_from(UNSEEN)), max_size=12), st.booleans())
@settings(deadline=None, max_examples=12)
def test_what_nobody_sees_changes_no_finding(put: list[tuple[int, str]], apart: bool) -> None:
    text = PLAIN
    for at, sign in sorted(put, reverse=True):
        text = text[:at] + sign + text[at:]
    text = unicodedata.normalize("NFD", text) if apart else text
    plain, report = analyze(Article(text=PLAIN)), analyze(Article(text=text))
    assert report.article.text == text
    assert all(text[start:end] == words for start, end, words in spans(report))
    assert [visible(words) for _, _, words in spans(report)] == [words for _, _, words in spans(plain)]


@given(st.text(alphabet=st.sampled_from("aé e\u0301\u0302\u00ad\u200b\u200dﬁ\n.“”\U000e0041"), min_size=1, max_size=60))
@settings(deadline=None, max_examples=200)
def test_every_character_knows_where_it_stands(text: str) -> None:
    if not text.strip():
        return
    seen = normalize(Article(text=text))
    places = [seen.place(at, at + 1) for at in range(len(seen.article.text))]
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert all(one[0] <= other[0] and one[1] <= other[1] for one, other in pairwise(places))
