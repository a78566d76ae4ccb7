"""Two coders' lines in, a draft out; a third reader's decisions in, the lines that stay out."""

from pathlib import Path

import pytest

from research.corpus.settle import compose, draft, settle_folder

TEXT = "Mayor rams ban through\n\nThe regime in Corley bans cars. “It is a sham,” Ana Moore said."
ONE = [
    "genre | news",
    "loaded | rams | violence | - | o | Mayor | 2",
    "loaded | sham | verdict | - | q | ban | 2",
    "said | Ana Moore | said | “It is a sham,” | Ana Moore | d | n",
    "person | Mayor | -1 | none | rams",
]
OTHER = [
    "genre | opinion",
    "loaded | rams ban | violence | - | o | the mayor | 1",
    "loaded | [regime] in | label | - | o | Corley | 2",
    "said | Ana Moore | said | It is a sham | Moore | d | n",
    "person | The mayor | -2 | villain | rams",
]


def test_a_draft_says_who_has_what() -> None:
    assert draft(ONE, OTHER, TEXT) == [
        "1 1 | genre | news",
        "2 2 | genre | opinion",
        "3 = | loaded | rams | violence | - | o | Mayor | 2",
        "4 2 | loaded | [regime] in | label | - | o | Corley | 2",
        "5 1 | loaded | sham | verdict | - | q | ban | 2",
        "6 = | said | Ana Moore | said | “It is a sham,” | Ana Moore | d | n",
        "7 1 | person | Mayor | -1 | none | rams",
        "8 2 | person | The mayor | -2 | villain | rams",
    ]


def test_what_both_have_stays_and_the_rest_goes_unless_it_is_kept() -> None:
    drafted = draft(ONE, OTHER, TEXT)
    decided = ["# the headline is harsh", "keep 1, 4", "change 8 | person | Mayor | -2 | none | rams", "drop 6"]
    assert compose(drafted, [*decided, "add | unheard | drivers"]) == [
        "genre | news",
        "loaded | rams | violence | - | o | Mayor | 2",
        "loaded | [regime] in | label | - | o | Corley | 2",
        "person | Mayor | -2 | none | rams",
        "unheard | drivers",
    ]


@pytest.mark.parametrize("line", ["leave 3", "keep", "keep three", "change 3", "add loaded"])
def test_a_decision_that_says_nothing_is_told(line: str) -> None:
    with pytest.raises(ValueError, match=line):
        compose(draft(ONE, OTHER, TEXT), [line])


def test_a_folder_is_settled_article_by_article(tmp_path: Path) -> None:
    drafted = "\n".join(draft(ONE, OTHER, TEXT))
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.draft").write_text(drafted, encoding="utf-8")
    (tmp_path / "a.settle").write_text("keep 1\n", encoding="utf-8")
    (tmp_path / "b.settle").write_text("toss 3\n", encoding="utf-8")
    told = settle_folder(tmp_path)
    assert [line.split(":")[0] for line in told] == ["b", "c"]
    assert "still to settle" in told[1]
    assert (tmp_path / "a.marks").read_text(encoding="utf-8").splitlines()[0] == "genre | news"
    assert not (tmp_path / "b.marks").exists()
