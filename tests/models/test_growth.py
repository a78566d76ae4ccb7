"""Work in proportion to length, whatever the text looks like: counted in calls, so that no machine is too slow for it.

`make bench-growth` measures the time, on texts of up to 200,000 characters.
"""

from __future__ import annotations

import re
import sys

import pytest

from models import pipeline
from models.article import Article
from models.document import tone
from tests.bench_growth import HOSTILE

TIMES = 4
SHORT = 700
ROOM = 1.5  # times what is in proportion


def count_calls(text: str) -> int:
    """How many functions does an analysis call, those of C among them? Each turn of a generator counts too."""
    calls = 0

    def note(_frame: object, event: str, _about: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        pipeline.analyze(Article(text=text))
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("shape", HOSTILE)
def test_an_analysis_calls_in_proportion_to_the_length_of_a_text(shape: str) -> None:
    pipeline.analyze(Article(text=HOSTILE[shape](SHORT // 10)))  # what is loaded once is loaded
    short, long = (count_calls(HOSTILE[shape](size)) for size in (SHORT, TIMES * SHORT))
    assert long < ROOM * TIMES * short


@pytest.mark.parametrize("sign", ["_", "_*-+=~^", "!", "-", "…", "“", "_!", "*_*"])
def test_what_is_handed_to_textblob_has_no_long_run_of_signs(sign: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes signs off a word one by one, and copies the rest each time."""
    handed: list[str] = []
    read = tone.sentiment
    monkeypatch.setattr(tone, "sentiment", lambda text: handed.append(text) or read(text))
    pipeline.analyze(Article(text=f"A brilliant day. {(sign * 1_500)[:1_500]} It was awful."))
    assert handed
    assert max(len(run) for text in handed for run in re.findall(r"(?:[^\w\s]|_)+", text)) <= 40
