"""Articles: what is sent to be read."""

from __future__ import annotations

from models.article import Article
from service.examples import ARTICLES
from service.openapi.parts import LOCATION, answer, refer, refuse
from service.schemas import Accepted
from workers.extraction.source import Link, Page

TAKES = (Article, Link, Page)
GIVES = (Accepted,)
PATHS = {
    "/api/v1/articles": {
        "post": {
            "operationId": "submitArticle",
            "summary": "Submit an article",
            "description": "With `text` it is read as it is. With `html` instead, the article is found in the page's "
            "source; with `url` alone, a worker fetches the page first. What you say of it yourself (`title`, "
            "`outlet` …) goes before what is found. The same article sent twice joins the same job, and so does the "
            "same link or page, unless it is private or not to be retained.",
            "requestBody": {
                "required": True,
                "content": {
                    "application/json": {
                        "schema": {"anyOf": [refer(Article), refer(Link), refer(Page)]},
                        "example": ARTICLES[0].model_dump(exclude_defaults=True),
                    }
                },
            },
            "responses": {
                "202": answer("Taken in; the report will be at `report`.", Accepted, LOCATION),
                "200": answer("That report is there already.", Accepted, LOCATION),
                **refuse("bad_json", "bad_encoding", 403, 413, 415, "invalid_article", 503),
            },
        }
    },
}
