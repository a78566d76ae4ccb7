"""Files: articles in documents of their own."""

from __future__ import annotations

from typing import Any

from models.article import Facts
from service.intake import FilesAccepted
from service.openapi.parts import answer, refuse
from workers.extraction.filetypes import KINDS

_FIELDS = {
    name: {"type": facts.get("type", "string"), "description": facts["description"]}
    for name, facts in Facts.model_json_schema()["properties"].items()
}
_FILES = {
    "type": "array",
    "minItems": 1,
    "items": {"type": "string", "contentMediaType": "application/octet-stream"},
    "description": f"The files: {', '.join(KINDS)}.",
}

TAKES = ()
GIVES = (FilesAccepted,)
PATHS: dict[str, Any] = {
    "/api/v1/files": {
        "post": {
            "operationId": "submitFiles",
            "summary": "Submit files, an article each",
            "description": f"Parts named `file`, one or more, of these kinds: {', '.join(KINDS)}; other parts are "
            "fields of an article and count for each file. A worker finds the text; encodings are guessed where "
            "nothing says them, and the report says so. A file that can't be read is refused beside its name, and the "
            "others go on.",
            "requestBody": {
                "required": True,
                "content": {
                    "multipart/form-data": {
                        "schema": {
                            "type": "object",
                            "required": ["file"],
                            "properties": _FIELDS | {"file": _FILES},
                            "additionalProperties": False,
                        },
                        "example": {"outlet": "The Harrow Post", "file": ["The council closed the bridge."]},
                    }
                },
            },
            "responses": {
                "202": answer("Taken in, at least one of them; each entry says which.", FilesAccepted),
                "200": answer("All of these were read already.", FilesAccepted),
                **refuse(
                    "bad_request",
                    403,
                    413,
                    415,
                    503,
                    invalid_request="no file came with it, or too many",
                    invalid_article="a field is not acceptable, or none of the files can be read",
                ),
            },
        }
    },
}
