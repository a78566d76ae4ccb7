"""Judgements: what readers think of a report's findings."""

from __future__ import annotations

from service.judgements import Judged, JudgementRequest, Judgements
from service.openapi.parts import REPORT_ID, answer, carry, refuse

_JUDGEMENT = {
    "name": "judgement",
    "in": "path",
    "required": True,
    "description": "Id of the judgement.",
    "schema": {"type": "string"},
}

TAKES = (JudgementRequest,)
GIVES = (Judged, Judgements)
PATHS = {
    "/api/v1/reports/{id}/judgements": {
        "parameters": [REPORT_ID],
        "get": {
            "operationId": "listJudgements",
            "summary": "List what readers think of the findings",
            "description": "Kept with the report and deleted with it; counted in no figure.",
            "responses": {"200": answer("Oldest first.", Judgements), **refuse(404, "store_unavailable")},
        },
        "post": {
            "operationId": "submitJudgement",
            "summary": "Agree or disagree with a finding",
            "requestBody": {
                "required": True,
                "content": carry(
                    JudgementRequest,
                    example={"finding": "term-0", "verdict": "disagree", "reason": "The plain name of the office."},
                ),
            },
            "responses": {
                "201": answer("Kept.", Judged),
                **refuse("bad_json", "bad_encoding", 403, 404, 413, 415, "invalid_request", "store_unavailable"),
            },
        },
    },
    "/api/v1/reports/{id}/judgements.csv": {
        "parameters": [REPORT_ID],
        "get": {
            "operationId": "exportJudgements",
            "summary": "Download the judgements as CSV, a row each",
            "responses": {
                "200": {"description": "The file.", "content": {"text/csv": {"schema": {"type": "string"}}}},
                **refuse(404, "store_unavailable"),
            },
        },
    },
    "/api/v1/reports/{id}/judgements/{judgement}": {
        "parameters": [REPORT_ID, _JUDGEMENT],
        "delete": {
            "operationId": "withdrawJudgement",
            "summary": "Take a judgement back",
            "responses": {"204": answer("It is gone."), **refuse(403, 404, "store_unavailable")},
        },
    },
}
