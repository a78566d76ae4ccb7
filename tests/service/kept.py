"""Articles in the store as a worker leaves them: read, saved and grouped."""

from __future__ import annotations

from functools import cache

from models import pipeline
from models.article import Article
from models.report import Report
from workers import queue, store
from workers.tasks import grouping


@cache
def _analyze(content: str) -> Report:
    return pipeline.analyze(Article.model_validate_json(content))


def keep(article: Article) -> str:
    """Submit an article, save its report and group it; gives its id."""
    identifier = queue.submit(article).id
    report = _analyze(article.model_dump_json()).model_copy(update={"id": identifier})
    store.save(report)
    grouping.group(report)
    return identifier
