"""Three articles of our own about one invented event, told by three invented outlets."""

from __future__ import annotations

from pathlib import Path

from models.article import Article

ARTICLES = tuple(
    Article.model_validate_json(path.read_text("utf-8")) for path in sorted(Path(__file__).parent.glob("*.json"))
)
