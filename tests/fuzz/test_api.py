"""The API, asked at random after its own description (schemathesis): no answer that the description lacks.

`make fuzz` (FUZZ=10000) looks long; CI looks for some seconds.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from service import create_app
from service.openapi import describe
from workers import store
from workers.store.server import Server

METHODS = ("get", "post", "put", "patch", "delete")
EXAMPLES = max(1, int(os.environ.get("FUZZ", "200")) // 100)
OPERATIONS = [(path, method) for path, item in describe()["paths"].items() for method in METHODS if method in item]


@pytest.fixture(scope="module")
def schema(server: Server) -> Iterator[Any]:
    """The description that the real application gives, with the application behind it."""
    import schemathesis  # a second, in the one process that needs it

    yield schemathesis.openapi.from_wsgi("/api/openapi.json", create_app())
    for watched in store.feeds():  # strangers' feeds, which nobody after this is to look at
        store.remove_feed(watched.feed.id)


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_every_answer_is_described(schema: Any, path: str, method: str) -> None:
    from schemathesis import checks

    promised: list[Any] = [
        checks.content_type_conformance,
        checks.not_a_server_error,
        checks.response_headers_conformance,
        checks.response_schema_conformance,
        checks.status_code_conformance,
    ]

    @given(case=schema[path][method].as_strategy())
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
        derandomize="FUZZ" not in os.environ,
    )
    def ask(case: Any) -> None:
        case.call_and_validate(checks=promised)

    ask()
