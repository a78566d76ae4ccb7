"""The API's description: valid, and whole down to the last field, range and refusal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from flask.testing import FlaskClient
from openapi_spec_validator import validate

from models.limits import LIMITS
from service.openapi import OPERATIONS as DECLARED
from service.openapi import describe
from service.texts import TEXTS
from tests.service.contract import bare

DESCRIPTION = describe()
METHODS = ("get", "put", "post", "delete", "patch")
OPERATIONS = {
    item[method]["operationId"]: (path, method, item[method] | {"path_parameters": item.get("parameters", [])})
    for path, item in DESCRIPTION["paths"].items()
    for method in METHODS
    if method in item
}
SCHEMAS: dict[str, Any] = DESCRIPTION["components"]["schemas"]


def test_it_is_valid_openapi() -> None:
    assert DESCRIPTION["openapi"].startswith("3.1")
    validate(DESCRIPTION)


def test_every_route_of_the_api_is_described(client: FlaskClient) -> None:
    described = {(bare(path), method.upper()) for path, method, _ in OPERATIONS.values()}
    routed = {
        (bare(rule.rule), method)
        for rule in client.application.url_map.iter_rules()
        if rule.rule.startswith("/api/")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert described == routed


def test_every_operation_has_a_name_of_its_own() -> None:
    assert len({one.name for one in DECLARED}) == len(OPERATIONS) == len(DECLARED)


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_operation_says_what_it_takes_and_gives(name: str) -> None:
    path, method, operation = OPERATIONS[name]
    assert re.fullmatch(r"[a-z]+([A-Z][a-z]+)*", name)
    assert operation["summary"]
    parameters = operation["path_parameters"] + operation.get("parameters", [])
    assert {parameter["name"] for parameter in parameters if parameter["in"] == "path"} == set(
        re.findall(r"{(.*?)}", path)
    )
    for parameter in parameters:
        assert parameter["description"].endswith("."), f"{parameter['name']} has no description"
        assert parameter["schema"].get("type"), f"{parameter['name']} has no type"
        if parameter["schema"]["type"] in ("integer", "number"):
            assert {"minimum", "maximum"} <= parameter["schema"].keys(), f"{parameter['name']} has no range"
    statuses = operation["responses"].keys()
    assert any(status.startswith("2") for status in statuses)
    assert "500" in statuses
    for status, answer in operation["responses"].items():
        assert answer["description"].endswith(".")
        if status >= "400":
            assert list(answer["content"]) == ["application/problem+json"]
            codes = re.findall(r"`([a-z_]+)`:", answer["description"])
            examples = answer["content"]["application/problem+json"]["examples"]
            assert codes == list(examples), f"{status} names no code"
            for example in examples.values():
                fit(example["value"], {"$ref": "#/components/schemas/Problem"})
        for header in answer.get("headers", {}).values():
            assert header["description"].endswith(".")
            assert header["schema"]
    if method in ("post", "put", "patch", "delete"):
        assert "403" in statuses, "a page of another site may send it"
    if "requestBody" in operation:
        assert {"413", "415"} <= statuses
        kind, body = next(iter(operation["requestBody"]["content"].items()))
        assert "example" in body, "a body needs an example"
        if kind in ("application/json", "multipart/form-data"):
            fit(body["example"], body["schema"])


def fit(example: Any, schema: dict[str, Any]) -> None:
    """Does it fit the schema?"""
    jsonschema.validate(example, schema | {"components": DESCRIPTION["components"]}, jsonschema.Draft202012Validator)


def name_faults(facts: dict[str, Any]) -> Iterator[str]:
    """What does the description of a field lack?"""
    words = facts.get("description", "")
    if not words.endswith("."):
        yield "no description: Field(description=…), whole sentences that name unit and range"
    for option in options(facts):
        number = option.get("type") in ("integer", "number") and "or more" not in words and "no bound" not in words
        if number and not {"minimum", "exclusiveMinimum", "enum", "const"} & option.keys():
            yield "no range: Field(ge=…), or say it"


def options(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The schema and all it may hold, those it refers to left out."""
    yield schema
    for inner in (*schema.get("anyOf", ()), *schema.get("prefixItems", ()), schema.get("items")):
        if isinstance(inner, dict):
            yield from options(inner)
    if isinstance(more := schema.get("additionalProperties"), dict):
        yield from options(more)


def test_every_field_has_a_description_and_every_number_its_range() -> None:
    fields = [(f"{name}.{field}", facts) for name, schema in SCHEMAS.items()
              for field, facts in schema.get("properties", {}).items()]  # fmt: skip
    assert len(fields) > 500
    assert [f"{name}: {fault}" for name, facts in fields for fault in name_faults(facts)] == []


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"description": "Words."}, []),
        ({}, ["no description"]),
        ({"description": "words"}, ["no description"]),
        ({"description": "Words.", "type": "integer"}, ["no range"]),
        ({"description": "Words, 0 or more.", "type": "integer"}, []),
        ({"description": "Words.", "anyOf": [{"type": "number", "minimum": 0}, {"type": "null"}]}, []),
        ({"description": "Words.", "type": "array", "items": {"type": "number"}}, ["no range"]),
    ],
)
def test_a_field_that_lacks_something_is_told(facts: dict[str, Any], said: list[str]) -> None:
    assert [fault.partition(":")[0] for fault in name_faults(facts)] == said


def test_every_schema_says_what_it_is() -> None:
    assert [f"{name} needs a docstring" for name, schema in SCHEMAS.items() if not schema.get("description")] == []
    for schema in SCHEMAS.values():
        for example in schema.get("examples", ()):
            fit(example, schema)


def test_limits_stand_in_the_description() -> None:
    assert SCHEMAS["Article"]["properties"]["text"]["maxLength"] == LIMITS.text_characters
    assert SCHEMAS["Article"]["additionalProperties"] is False


def test_answers_may_grow() -> None:
    assert "additionalProperties" not in SCHEMAS["Report"]
    assert "additionalProperties" not in SCHEMAS["Term"]


def test_every_code_of_a_refusal_is_described_and_explained(client: FlaskClient) -> None:
    answers = [answer for _, _, operation in OPERATIONS.values() for answer in operation["responses"].values()]
    told = {code for answer in answers for code in re.findall(r"`([a-z_]+)`:", answer["description"])}
    # A method that an address does not know belongs to no operation, and a codebook is exchanged on a page alone.
    assert told | {"method_not_allowed", "codebook_in_use"} == TEXTS["problem"].keys()
    page = client.get("/api/docs").text
    for code in TEXTS["problem"]:
        assert f'id="problem-{code}"' in page
