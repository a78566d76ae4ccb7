"""Articles: what is sent to be read."""

from __future__ import annotations

from models.article import Article
from service.examples import ARTICLES
from service.openapi.parts import LOCATION, answer, carry, refuse
from service.schemas import Accepted

TAKES = (Article,)
GIVES = (Accepted,)
PATHS = {
    "/api/v1/articles": {
        "post": {
            "operationId": "submitArticle",
            "summary": "Submit an article",
            "description": "The same article sent twice joins the same job.",
            "requestBody": {
                "required": True,
                "content": carry(Article, example=ARTICLES[0].model_dump(exclude_defaults=True)),
            },
            "responses": {
                "202": answer("Taken in; the report will be at `report`.", Accepted, LOCATION),
                "200": answer("That report is there already.", Accepted, LOCATION),
                **refuse("bad_json", "bad_encoding", 403, 413, 415, "invalid_article", 503),
            },
        }
    },
}
