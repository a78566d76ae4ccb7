"""Models: the cards of those behind the reports."""

from __future__ import annotations

from service.openapi.parts import answer
from service.schemas import Models

TAKES = ()
GIVES = (Models,)
PATHS = {
    "/api/v1/models": {
        "get": {
            "operationId": "listModels",
            "summary": "Cards of the trained models: data, licence, measures, thresholds, limits",
            "responses": {"200": answer("The cards.", Models)},
        }
    },
}
