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
                **refuse(400, 403, 404, 409, 413, 415, 422, 503),
            },
        }
    },
}
