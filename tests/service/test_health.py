"""Up, ready, and counted."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from workers import store


def test_up_whatever_else_is_down(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def lose() -> None:
        raise store.StoreUnavailable("gone")

    monkeypatch.setattr(store, "ping", lose)
    assert client.get("/healthz").status_code == 200
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json["missing"]) == (503, ["store", "worker"])


def test_ready_only_with_a_worker(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "workers", list)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json["missing"]) == (503, ["worker"])
    monkeypatch.setattr(store, "workers", lambda: ["w1"])
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json) == (200, {"missing": [], "status": "ready"})


def test_metrics_name_routes_and_never_ids(client: FlaskClient) -> None:
    counted = 'parallax_requests_total{method="GET",route="/api/v1/reports/<identifier>",status="404"} '
    _, _, before = client.get("/metrics").text.partition(counted)  # by tests before this one
    client.get("/api/v1/reports/0a0a0a")
    text = client.get("/metrics").text
    assert counted + str(float(before.partition("\n")[0] or 0) + 1) in text
    assert "parallax_store_up 1.0" in text
    assert "parallax_queue_length" in text
    assert "parallax_search_unfiled" in text
    assert "0a0a0a" not in text
