"""Comparisons: two to six reports side by side."""

from __future__ import annotations

from models.comparison_report import Comparison
from service.openapi.parts import answer, carry, refuse
from service.schemas import ComparisonRequest

TAKES = (ComparisonRequest,)
GIVES = (Comparison,)
PATHS = {
    "/api/v1/comparisons": {
        "post": {
            "operationId": "compareReports",
            "summary": "Set two to six reports side by side",
            "requestBody": {"required": True, "content": carry(ComparisonRequest, example={"reports": ["", ""]})},
            "responses": {
                "200": answer("The comparison.", Comparison),
                **refuse("bad_json", "bad_encoding", 403, 404, 409, 413, 415),
                **refuse("invalid_request", "comparison_failed", "store_unavailable"),
            },
        }
    },
}
