"""Is it up, is it ready, and what is it doing?"""

from __future__ import annotations

import time
from collections.abc import Iterator

from flask import Flask, Response, g, jsonify, request
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

from service import access
from workers import store


class _StoreCollector(Collector):
    """Figures of the store, asked for when somebody asks for them."""

    def describe(self) -> Iterator[Metric]:
        yield from ()

    def collect(self) -> Iterator[Metric]:
        try:
            figures = store.figures()
        except store.StoreUnavailable:
            yield GaugeMetricFamily("parallax_store_up", "Whether the store answers.", value=0)
            return
        yield GaugeMetricFamily("parallax_store_up", "Whether the store answers.", value=1)
        yield GaugeMetricFamily("parallax_queue_length", "Articles that wait.", value=figures.queued)
        yield GaugeMetricFamily(
            "parallax_queue_oldest_seconds", "How long the first has waited.", value=figures.oldest_seconds
        )
        yield GaugeMetricFamily("parallax_running", "Articles being analysed.", value=figures.running)
        yield GaugeMetricFamily("parallax_reports", "Reports in the store.", value=figures.reports)
        yield GaugeMetricFamily("parallax_workers", "Workers that answer.", value=len(figures.workers))
        yield GaugeMetricFamily("parallax_store_bytes", "Memory the store uses.", value=figures.bytes)
        ended = CounterMetricFamily("parallax_analyses", "Articles ended, by outcome.", labels=["outcome"])
        ended.add_metric(["done"], figures.done)
        ended.add_metric(["failed"], figures.failed)
        yield ended


def register(app: Flask) -> None:
    """Add /healthz, /readyz and /metrics, and count this process's requests."""
    registry = CollectorRegistry()
    registry.register(_StoreCollector())
    seconds = Histogram(
        "parallax_request_seconds", "Time to answer, in this process.", ["method", "route"], registry=registry
    )
    answers = Counter(
        "parallax_requests", "Answers of this process, by status.", ["method", "route", "status"], registry=registry
    )

    @app.before_request
    def _start() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def _count(response: Response) -> Response:
        # The route's pattern, never the address itself: addresses hold ids, and there are endlessly many.
        route = request.url_rule.rule if request.url_rule else "none"
        method = request.method if request.method in ("GET", "HEAD", "POST", "DELETE", "OPTIONS") else "other"
        seconds.labels(method, route).observe(time.perf_counter() - g.get("began", time.perf_counter()))
        answers.labels(method, route, response.status_code).inc()
        return response

    @app.get("/healthz")
    @access.needs("nothing")
    def healthz() -> Response:
        return jsonify(status="ok")

    @app.get("/readyz")
    @access.needs("nothing")
    def readyz() -> tuple[Response, int]:
        missing = _find_missing()
        if missing:
            return jsonify(status="not ready", missing=missing), 503
        return jsonify(status="ready", missing=[]), 200

    @app.get("/metrics")
    @access.needs("admin")
    def metrics() -> Response:
        return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _find_missing() -> list[str]:
    """Which part does not answer?"""
    try:
        store.ping()
        return [] if store.workers() else ["worker"]
    except store.StoreUnavailable:
        return ["store", "worker"]
