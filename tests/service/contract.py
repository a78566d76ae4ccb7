"""A client that holds every answer of the API against the API's own description."""

from __future__ import annotations

import re
from typing import Any

import jsonschema
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from service.openapi import describe


class CheckedClient(FlaskClient):
    """Fails when an answer's status, content type, body or code of a problem is not in the description."""

    def open(self, *args: Any, **more: Any) -> TestResponse:
        response = super().open(*args, **more)
        operation = find_operation(self, response.request.path, response.request.method)
        if operation is not None:
            check(response, operation)
        return response


def find_operation(client: FlaskClient, path: str, method: str) -> dict[str, Any] | None:
    """The description of what answers there; None outside the API and where nothing answers."""
    if not path.startswith("/api/"):
        return None
    try:
        rule, _ = client.application.url_map.bind("").match(path, method, return_rule=True)
    except HTTPException:
        return None
    for described, item in describe()["paths"].items():
        if bare(described) == bare(rule.rule):
            found: dict[str, Any] | None = item.get(method.lower())
            return found
    return None


def bare(path: str) -> str:
    """A path without the names of its parameters: Flask writes <name>, OpenAPI {name}."""
    return re.sub(r"<[^>]*>|{[^}]*}", "{}", path)


def check(response: TestResponse, operation: dict[str, Any]) -> None:
    """Is the answer one of those described?"""
    where = f"{response.request.method} {response.request.path}"
    described = operation["responses"].get(str(response.status_code))
    assert described, f"{where} answered {response.status_code}, which its description lacks: {response.text[:300]}"
    for name, header in described.get("headers", {}).items():
        assert name in response.headers or not header.get("required"), f"{where} answered without {name}"
    if not described.get("content"):
        assert response.data == b"", f"{where} answered with a body, which its description lacks"
        return
    content = described["content"].get(response.mimetype)
    assert content, f"{where} answered {response.mimetype}; described are {', '.join(described['content'])}"
    if not response.is_streamed and response.mimetype.endswith("json") and content["schema"]:
        schema = content["schema"] | {"components": describe()["components"]}
        jsonschema.validate(response.json, schema, jsonschema.Draft202012Validator)
    if response.mimetype == "application/problem+json":
        code = response.json["code"]
        assert f"`{code}`" in described["description"], f"{where} refused with {code}, which its description lacks"
