"""What pages say of our own figures is what was measured."""

from __future__ import annotations

from models import version
from service.texts import TEXTS

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
