"""`parallax lint`: drafts in, file:line:column out; the house list and comments decide what passes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import lint
from models.commands.lint import FORMATS as CHOICES
from models.lint import formats, house
from models.lint.drafts import Draft
from models.lint.house import House, HouseUnreadable

from .conftest import Command

LIST = """\
max = 1
least_strength = 0.1
[[word]]
terms = ["spin doctor", "spin-doctor"]
note = "House style: say whom the person works for."
alternatives = ["spokesperson"]
[[allow]]
word = "label.regime"
reason = "The desk’s term."
"""
MARKDOWN = """\
---
title: a tyrant in the front matter
---
# Mayor slams plan

The *regime* gave no [details](https://tyrant.example/tyrant). Critics say the Spin  Doctor left.

> <!-- parallax: allow tyrant because the court used the word -->
She met the tyrant, and then the tyrant left.
```
The tyrant of the code.
```
"""


@pytest.fixture
def list_(tmp_path: Path) -> House:
    (tmp_path / house.NAME).write_text(LIST, "utf-8")
    return house.read(tmp_path / house.NAME)


def read(text: str, list_: House | None = None, markdown: bool = False) -> list[tuple[int, int, str, str]]:
    """Line, column, words and rule of every finding."""
    found = lint.lint(Draft(text, markdown), list_ or House())
    return [(one.line, one.column, one.text, one.rule) for one in found]


def test_plain_text() -> None:
    assert read("A quiet day.\nThe regime slammed the plan.") == [
        (2, 5, "regime", "label.regime"),
        (2, 12, "slammed", "violence.slam"),
    ]


def test_markdown_is_read_without_its_markup_and_told_where_it_stands(list_: House) -> None:
    assert read(MARKDOWN, list_, markdown=True) == [
        (4, 9, "slams", "violence.slam"),
        (6, 64, "Critics say", "vague_source"),
        (6, 80, "Spin  Doctor", "house.spin-doctor"),
    ]


def test_without_the_comment_and_the_list_they_are_found() -> None:
    told = MARKDOWN.replace("parallax: allow", "a note on")
    assert [words for _, _, words, _ in read(told, markdown=True)] == [
        "slams", "regime", "Critics say", "tyrant", "tyrant",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("comment", "left"),
    [
        ("<!-- parallax: allow tyrant because he was convicted -->", []),
        ("<!-- parallax: allow label.tyrant, slammed because a reason -->", []),
        ("<!-- Parallax: ALLOW label because a reason -->", []),
        ("<!-- parallax: allow tyrant -->", ["house.unreasoned"]),
        ("<!-- parallax: allow thug because a reason -->", ["label.tyrant", "house.unused"]),
        ("<!-- parallax: allowed tyrant because a reason -->", ["label.tyrant"]),
        ("<!-- allow tyrant because a reason -->", ["label.tyrant"]),
    ],
)
def test_a_comment_lets_its_line_pass_and_says_why(comment: str, left: list[str]) -> None:
    assert [rule for *_, rule in read(f"He is a tyrant. {comment}")] == left
    assert sorted(rule for *_, rule in read(f"{comment}\n\nHe is a tyrant.")) == sorted(left)


def test_a_comment_covers_one_line_alone() -> None:
    text = "<!-- parallax: allow tyrant because so -->\nHe is a tyrant.\nShe is a tyrant.\n"
    assert read(text) == [(3, 10, "tyrant", "label.tyrant")]


def test_quotations_count_where_the_house_says_so() -> None:
    text = "“The tyrant must go,” Ana Moore said."
    assert read(text) == []
    assert read(text, House(quoted=True)) == [(1, 6, "tyrant", "label.tyrant")]
    assert read(text, House(quoted=True, least_strength=1.0)) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [("spin doctors, spin doctor", ["spin doctor"]), ("a spin\ndoctor", ["spin\ndoctor"]),
     ("SPIN-DOCTOR", ["SPIN-DOCTOR"]),
     ("unspin doctor", []), ("spin doctoring", [])],
)  # fmt: skip
def test_words_of_the_house_are_whole_words(list_: House, text: str, words: list[str]) -> None:
    (word,) = list_.words
    assert [found[0] for found in word.pattern.finditer(text)] == words


@pytest.mark.parametrize("text", ["", " \n ", "<!-- nothing -->", "```\ncode\n```", "# \n", "---\na: b\n---"])
def test_what_holds_no_word_holds_no_finding(text: str) -> None:
    assert read(text, markdown=True) == []


PIECES = st.sampled_from(
    ["# ", "The tyrant ", "\n", "\n\n", "<!-- ", " -->", "*", "`", "```\n", "[a](b)", "---\n", "é😀 ", "> "]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=14).map("".join), st.booleans())
def test_every_word_stands_where_it_stood(text: str, markdown: bool) -> None:
    draft = Draft(text, markdown)
    assert len(draft.plain) == len(text)
    assert all(a in (b, " ") for a, b in zip(draft.plain, text, strict=True))
    article = draft.article()
    if article is not None:
        whole = article.full_text
        for place, letter in enumerate(whole):
            if not letter.isspace():
                assert text[draft.locate(place)] == letter
    for place in range(len(text)):
        line, column = draft.position(place)
        assert text.split("\n")[line - 1][column - 1 : column] in (text[place], "")


@pytest.mark.parametrize(
    ("content", "says"),
    [("max = x", "Invalid value"), ("max = -1", "max: Input should be greater"),
     ("[[word]]\nterms = []", "word → 1 → terms"),
     ('[[allow]]\nword = "a"', "allow → 1 → reason"), ("maximum = 3", "maximum"), (None, "No such file")],
)  # fmt: skip
def test_a_house_list_that_can_not_be_read_says_where(tmp_path: Path, content: str | None, says: str) -> None:
    path = tmp_path / "list.toml"
    if content is not None:
        path.write_text(content, "utf-8")
    with pytest.raises(HouseUnreadable, match=says):
        house.read(path)


def test_the_nearest_house_list_is_taken(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "a" / house.NAME).write_text("max = 2", "utf-8")
    assert house.find(inner) == tmp_path / "a" / house.NAME


def test_each_draft_has_the_house_list_beside_it(
    command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    for folder, most in (("city", 0), ("sport", 2)):
        (tmp_path / folder).mkdir()
        allowed = f'max = {most}\n[[allow]]\nword = "tyrant"\nreason = "The term of the {folder} desk."\n'
        (tmp_path / folder / house.NAME).write_text(allowed, "utf-8")
        (tmp_path / folder / "a.md").write_text("# A day\n\nThe tyrant left.\n", "utf-8")
    assert command("lint", "city/a.md").returncode == 0
    (tmp_path / "city" / "a.md").write_text("# A day\n\nThe tyrant left. It was a sham.\n", "utf-8")
    done = command("lint", "city/a.md", "sport/a.md")
    assert (done.returncode, len(done.stdout.splitlines())) == (1, 1)  # what sport may have is not the city’s
    assert command("lint", "city/a.md", "sport/a.md", "--max", "1").returncode == 0
    done = command("lint", "-", said=b"The tyrant left.")
    assert done.stdout.startswith("-:1:5: label.tyrant: ")


def test_formats() -> None:
    found = [("drafts/a b,c.md", one) for one in lint.lint(Draft("A\ntyrant: 5 %."), House())]
    assert tuple(formats.FORMATS) == CHOICES
    assert formats.as_text(found).startswith("drafts/a b,c.md:2:1: label.tyrant: “tyrant”: ")
    (row,) = json.loads(formats.as_json(found))
    assert (row["file"], row["start"], row["end"], row["end_column"]) == ("drafts/a b,c.md", 2, 8, 7)
    assert (row["text"], row["rule"], row["category"]) == ("tyrant", "label.tyrant", "label")
    assert formats.as_github(found).startswith(
        "::warning file=drafts/a b%2Cc.md,line=2,col=1,endLine=2,endColumn=7,title=label.tyrant::“tyrant”: "
    )
    sarif = json.loads(formats.as_sarif(found))
    assert sarif["version"] == "2.1.0"
    (run,) = sarif["runs"]
    assert (run["columnKind"], run["tool"]["driver"]["rules"]) == ("unicodeCodePoints", [{"id": "label.tyrant"}])
    (result,) = run["results"]
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "drafts/a%20b%2Cc.md"},
        "region": {"startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 7},
    }
    assert 0 <= result["rank"] <= 100
    assert (formats.as_text([]), formats.as_github([]), json.loads(formats.as_json([]))) == ("", "", [])


def test_the_command_says_by_its_status_whether_it_passes(
    command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / house.NAME).write_text(LIST, "utf-8")
    (tmp_path / "one.md").write_text(MARKDOWN, "utf-8")
    (tmp_path / "bad.txt").write_bytes(b"caf\xe9")
    done = command("lint", "one.md")
    assert (done.returncode, len(done.stdout.splitlines())) == (1, 3)
    assert done.stdout.splitlines()[0].startswith("one.md:4:9: violence.slam: ")
    assert "3 findings; 1 allowed." in done.stderr
    assert command("lint", "one.md", "--max", "3").returncode == 0
    done = command("lint", "bad.txt", "none.txt", "-", said=b"A quiet day.\r\nA sham.")
    assert done.returncode == 2
    assert done.stdout.startswith("-:2:3: ")
    assert "bad.txt: byte 3 is not UTF-8." in done.stderr
    assert "none.txt: No such file or directory." in done.stderr
    (tmp_path / house.NAME).write_text("max = x", "utf-8")
    assert command("lint", "one.md").returncode == 2
