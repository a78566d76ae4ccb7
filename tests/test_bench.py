"""`make bench`'s first half runs: a step that a change of the analysis broke would else be found by nobody."""

from __future__ import annotations

import pytest

from service.examples import ARTICLES
from tests.bench_analysis import bench_speed


def test_the_speed_of_the_analysis_is_told_with_its_stages(capsys: pytest.CaptureFixture[str]) -> None:
    bench_speed(ARTICLES[:1])
    told = capsys.readouterr().out
    for name in ("TextBlob's parse", "the whole analysis", "reader", "vocabulary", "attribution", "framing"):
        assert name in told
