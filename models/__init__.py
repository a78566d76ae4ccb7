"""Parallax's analysis: pure functions from an article's text to its framing report.

In the repository this folder is `models`; installed as a library it is `parallax`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from .version import __version__

if TYPE_CHECKING:
    from .comparison_report import Comparison
    from .report import Report

__all__ = ["__version__", "analyze", "compare"]


def analyze(
    text: str,
    *,
    title: str | None = None,
    outlet: str | None = None,
    author: str | None = None,
    url: str | None = None,
    published: str | None = None,
    targets: Iterable[tuple[int, int]] = (),
) -> Report:
    """How does this article frame its story?

    Args:
        text: the body as plain English text, 1 to 200,000 characters, without the headline.
        title: the headline; it stands before the body, a blank line between them, in `report.article.text`.
        outlet, author, url, published: what is known of it; `published` as ISO 8601.
        targets: spans (start, end) whose sentiment is wanted, as offsets into `report.article.text`.

    Returns:
        The report. Every offset in it is a count of code points into `report.article.text`, so that
        `report.article.text[span.start:span.end] == span.text`. Probabilities and shares run from 0 to 1, polarities
        from -1 to 1, rates are per 1,000 words.

    Raises:
        ValueError: an argument that is no article's (pydantic's ValidationError, which names the field and the limit).
    """
    from . import pipeline
    from .article import Article

    facts = {"title": title, "outlet": outlet, "author": author, "url": url, "published": published}
    return pipeline.analyze(Article.model_validate({"text": text, "targets": [*targets], **facts}))


def compare(reports: Sequence[Report]) -> Comparison:
    """What do two to six reports tell differently of one event?

    Args:
        reports: as `analyze` gives them, in the order of the columns.

    Returns:
        The comparison: each row with a column a report, offsets into that report's `article.text`.

    Raises:
        ValueError: fewer than two reports, or more than six.
    """
    from . import comparison

    return comparison.compare(reports)
