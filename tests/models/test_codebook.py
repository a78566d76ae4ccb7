"""A codebook is read from YAML with the line of what is wrong, and written as it was."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import codebook
from models.codebook import CodebookUnreadable

SMALL = """\
name: Frames of ours
version: 2
layers:
  - id: frames
    name: Frames
    categories:
      - id: blame
        name: Blame
        yes: [no, 2026-01-01, 7, on]
      - {id: hope, name: Hope, group: bright}
levels:
  - {id: side, name: Side, values: [left, right]}
"""


def test_the_one_that_comes_with_parallax() -> None:
    book = codebook.default()
    assert (book.name, book.version) == ("Parallax", 4)
    assert [layer.id for layer in book.layers] == ["loaded", "devices", "statements"]
    assert book.groups("loaded")["praise"] == "judgement"
    assert book.portrayal
    assert len(book.portrayal.values) == 5


def test_words_are_words_and_no_switches_or_dates() -> None:
    layer = codebook.read(SMALL).layers[0]
    assert list(layer.categories[0].yes) == ["no", "2026-01-01", "7", "on"]
    assert codebook.read(SMALL).groups("frames") == {"blame": "blame", "hope": "bright"}
    assert codebook.read(SMALL).groups("none") == {}


@pytest.mark.parametrize("text", [SMALL, codebook.default_text()])
def test_what_is_written_reads_the_same(text: str) -> None:
    book = codebook.read(text)
    assert codebook.read(codebook.write(book)) == book


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("name: [", 1, "no YAML"),
        ("name: A\nversion: 1\n\tlayers: []", 3, "no YAML"),
        ("name: A\nversion: soon\nlayers: []", 2, "version: must be a whole number."),
        (SMALL.replace("id: blame", "id: Blame it"), 7, "layers → 1 → categories → 1 → id: must be a short name"),
        (SMALL.replace("group:", "gruop:"), 10, "gruop: is no field that a codebook has here."),
        (SMALL.replace("values: [left, right]", "values: [left]"), 12, "values: holds 1; at least 2 are needed."),
        (SMALL.replace("id: hope", "id: blame"), 1, "frames: “blame” stands there twice."),
        (SMALL.replace("        name: Blame\n", ""), 7, "name: is missing."),
        ("a: &x [1]\nb: *x", 2, "aliases"),
        ("name: A\nversion: 1", 1, "there is nothing to code"),
        ("- 1\n- 2", 1, "must be fields"),
        ("name: !!python/object:os.system x", 1, "no YAML"),
        ("[" * 3_000, None, ""),
        ("", None, ""),
        ("name: \x00", None, "no YAML"),
        ("name: " + "x" * codebook.LONGEST, None, "at most 100,000"),
    ],
)
def test_what_can_not_be_read_says_where_and_why(text: str, line: int | None, why: str) -> None:
    with pytest.raises(CodebookUnreadable) as refused:
        codebook.read(text)
    assert why in refused.value.why
    if line is not None:
        assert refused.value.line == line
        assert str(refused.value).startswith(f"Line {line}: ")


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200) | st.lists(st.sampled_from([*SMALL.splitlines(), "- *x", "? [", "'"])).map("\n".join))
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(CodebookUnreadable):
        codebook.read(text)
