"""One article at two times is named so, and what its outlet changed is told."""

from __future__ import annotations

import pytest

from models.comparison import compare
from models.comparison_report import Comparison
from service import comparison_summary
from tests.models.comparison.conftest import build

EARLY = (
    "A fire in a hostel in Redmoor killed 12 people on Tuesday. It broke out at 3 a.m. on the second floor. "
    "Forty guests were asleep. The hostel had passed an inspection in March. Roads around Mill Street were closed. "
    "Six people were taken to hospital."
)
LATE = (
    "A fire in a hostel in Redmoor killed 15 people on Tuesday. It broke out at 3 a.m. on the second floor. "
    "Forty guests were asleep. The hostel had failed an inspection in March. Roads around Mill Street were closed. "
    "Police arrested a man on Tuesday evening."
)


MORNING, EVENING = "2026-03-03T07:00:00Z", "2026-03-03T21:00:00Z"


def _compare(
    one: str,
    other: str,
    outlets: tuple[str, str] = ("The Post", "The Post"),
    published: tuple[str | None, str | None] = (None, None),
) -> Comparison:
    facts = zip((one, other), outlets, published, strict=True)
    return compare([build(text, outlet=outlet, published=when) for text, outlet, when in facts])


def test_what_changed_is_told() -> None:
    (version,) = _compare(EARLY, LATE, published=(MORNING, EVENING)).event.versions
    assert (version.a, version.b, version.earlier) == (0, 1, 0)
    assert [([w.text for w in c.removed], [w.text for w in c.inserted]) for c in version.altered] == [
        (["12"], ["15"]),
        (["passed"], ["failed"]),
    ]
    assert [span.text for span in version.dropped] == ["Six people were taken to hospital."]
    assert [span.text for span in version.added] == ["Police arrested a man on Tuesday evening."]


def test_the_later_one_may_stand_first() -> None:
    (version,) = _compare(LATE, EARLY, published=(EVENING, MORNING)).event.versions
    assert version.earlier == 1
    assert [span.text for span in version.added] == ["Police arrested a man on Tuesday evening."]
    (version,) = _compare(LATE, EARLY).event.versions
    assert version.earlier is None
    assert [span.text for span in version.dropped] == ["Police arrested a man on Tuesday evening."]


def test_versions_are_no_two_views() -> None:
    comparison = _compare(EARLY, LATE)
    codes = [note.code for note in comparison.notes]
    assert "versions" in codes
    assert "copied" not in codes
    assert comparison.contradictions
    assert all(row.between_versions for row in comparison.contradictions)
    assert [(c.section, c.text) for c in comparison_summary.find(comparison)] == [
        ("versions-1", "Two of them are versions of one article of The Post: what changed between them is told above.")
    ]


@pytest.mark.parametrize(
    ("other", "outlets"),
    [
        (LATE, ("The Post", "The Gull")),  # another outlet with the same text: an agency's
        (EARLY, ("The Post", "The Post")),  # the same report twice
        (
            "Firemen searched the ruins of the hostel on Wednesday. Relatives laid flowers on Mill Street. "
            "The mayor asked for an inquiry. Nobody knows how the fire began.",
            ("The Post", "The Post"),  # a second article of the same outlet
        ),
        (LATE, ("", "")),
    ],
)
def test_what_is_no_version(other: str, outlets: tuple[str, str]) -> None:
    comparison = _compare(EARLY, other, outlets)
    assert comparison.event.versions == []
    assert not any(row.between_versions for row in comparison.contradictions)
