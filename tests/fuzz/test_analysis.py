"""The analysis, over texts made up at random: every span exact, nothing raised. `make fuzz` looks at 10,000."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.article import Article
from models.pipeline import analyze
from models.report import Report
from tests.bench_growth import HOSTILE
from tests.models.test_pipeline import ALMOST_NEWS, ANY_TEXT, assert_exact

EXAMPLES = int(os.environ.get("FUZZ", "40"))
# Pieces of hostile texts, each over and over, one after another.
PATCHWORK = st.lists(
    st.builds(lambda shape, size: shape(size), st.sampled_from(list(HOSTILE.values())), st.integers(1, 400)),
    min_size=1,
    max_size=6,
).map("".join)
LINE = st.one_of(st.none(), st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=80))


@given(
    text=st.one_of(ANY_TEXT, ALMOST_NEWS, PATCHWORK, st.tuples(ALMOST_NEWS, PATCHWORK, ANY_TEXT).map("\n\n".join)),
    title=LINE,
    outlet=LINE,
)
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize="FUZZ" not in os.environ,
)
def test_every_span_is_exact_and_nothing_raises(text: str, title: str | None, outlet: str | None) -> None:
    if not text.strip():
        return
    article = Article(text=text, title=title, outlet=outlet)
    report = analyze(article)
    assert report.article.text == article.full_text
    assert_exact(report)
    ends = [(sentence.start, sentence.end) for sentence in report.sentences]
    assert ends == sorted(ends)
    assert Report.model_validate_json(report.model_dump_json()) == report
