"""The list of refusals in the docs is whole, and each row names a test that proves it."""

from __future__ import annotations

import re

import pytest

from workers.extraction.refusal import REFUSALS, refuse
from workers.settings import HOUSE

DOCS = (HOUSE / "docs/intake.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| `((?:link|page|file|feed)_\w+)` \|.*\| `(tests/[^`]+)` \|$", DOCS, re.MULTILINE))
CODES = [(kind, name) for kind, names in REFUSALS.items() for name in names]


def test_the_docs_list_every_refusal_and_no_other() -> None:
    assert list(ROWS) == [f"{kind}_{name}" for kind, name in CODES]


@pytest.mark.parametrize(("kind", "name"), CODES)
def test_every_refusal_has_the_test_that_the_docs_name(kind: str, name: str) -> None:
    path, _, test = ROWS[f"{kind}_{name}"].partition("::")
    content = (HOUSE / path).read_text(encoding="utf-8")
    assert f"def {test}(" in content
    # Where both kinds are refused alike, a test puts the code together of kind and name.
    assert f"{kind}_{name}" in content or f"_{name}" in content or f'"{name}"' in content


@pytest.mark.parametrize(("kind", "name"), CODES)
def test_every_reason_is_a_sentence_that_can_be_filled_in(kind: str, name: str) -> None:
    facts = dict.fromkeys(re.findall(r"{(\w+)", REFUSALS[kind][name]), 7)
    reason = refuse(kind, name, **facts).reason
    assert reason.endswith(".")
    assert "{" not in reason
