"""What pages say of our own figures is what was measured."""

from __future__ import annotations

import re

from models import version
from service.texts import TEXTS
from workers.settings import HOUSE

LAYERS = {layer["id"]: layer for layer in TEXTS["layer"]}
READER = version.cards()["reader"]


def test_the_legend_says_what_the_cards_say() -> None:
    card = version.cards()["sentences"]
    precision, recall = (round(100 * card[f"tune.{name}_shown"]) for name in ("precision", "recall"))
    assert LAYERS["sentences"]["trust"] == f"coders agree on {precision} of 100"
    assert f"In {precision} of 100" in LAYERS["sentences"]["measured"]
    assert f"coders do, {recall} are shown" in LAYERS["sentences"]["measured"]
    [tone] = [measure for measure in READER["measures"]["int8"] if measure["name"] == "newsmtsc.macro_f1"]
    assert LAYERS["people"]["trust"] == f"tone: F1 {tone['value']:.2f} of 1"
    assert f"{tone['n']} names" in LAYERS["people"]["measured"]


def _beside_coders(row: str) -> list[int]:
    """The last column of the last row of this name in docs/experiments.md, in parts of 100."""
    rows = re.findall(
        rf"^\| (?:– )?{re.escape(row)} \|(.+)\|$", (HOUSE / "docs/experiments.md").read_text("utf-8"), re.MULTILINE
    )
    return [round(100 * float(part)) for part in re.findall(r"0?\.\d+", rows[-1].split("|")[-1])]


def test_the_legend_says_what_was_measured_beside_coders_last() -> None:
    precision, _ = _beside_coders("loaded words: precision / recall")
    signed, sure = _beside_coders("signed; sure marks found")
    loaded = LAYERS["loaded"]
    assert loaded["trust"] == f"coders would sign {signed} of 100"
    assert f"mark {precision} too, and would sign {signed} " in loaded["measured"]
    assert f"sure of, {sure} are shown" in loaded["measured"]
    listed, alone = _beside_coders("loaded words that a list holds / that the reader alone finds")
    assert f"in a list {listed} are a coder’s too, of 100 that the reader alone finds {alone}." in loaded["measured"]
    met, found = _beside_coders("statements: precision / recall")
    [held] = _beside_coders("signed")
    voices = LAYERS["voices"]
    assert voices["trust"] == f"{met} of 100 meet a statement"
    assert f"{met} are a coder’s too, and {held} would be signed" in voices["measured"]
    assert f"100, {found} are shown" in voices["measured"]
