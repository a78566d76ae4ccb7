"""Is it up, is it ready, and what is it doing?"""

from __future__ import annotations

import math
import os
import time
from collections.abc import Iterator

from flask import Flask, Response, g, jsonify, request
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, multiprocess, values
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
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
            figures, stages, unfiled = store.figures(), store.stages(), store.count_unfiled()
        except store.StoreUnavailable:
            yield GaugeMetricFamily("parallax_store_up", "Whether the store answers.", value=0)
            return
        gauges = {
            "parallax_store_up": ("Whether the store answers.", 1),
            "parallax_queue_length": ("Articles that wait.", figures.queued),
            "parallax_queue_bulk_length": ("Articles that wait in the bulk lane.", figures.bulk),
            "parallax_queue_oldest_seconds": ("How long the one that came first has waited.", figures.oldest_seconds),
            "parallax_running": ("Articles being analysed.", figures.running),
            "parallax_reports": ("Reports in the store.", figures.reports),
            "parallax_search_unfiled": ("Reports that are still to be filed for this version's search.", unfiled),
            "parallax_aside": ("Articles put aside, without a report.", figures.aside),
            "parallax_foreign_messages": ("Messages put aside that were none of ours.", figures.foreign),
            "parallax_outbound_length": ("Links, feeds and callbacks that wait for a host outside.", figures.outbound),
            "parallax_workers": ("Workers that answer.", len(figures.workers)),
            "parallax_store_bytes": ("Memory the store uses.", figures.bytes),
        }
        for name, (help_, value) in gauges.items():
            yield GaugeMetricFamily(name, help_, value=value)
        ended = CounterMetricFamily("parallax_analyses", "Articles ended, by outcome.", labels=["outcome"])
        ended.add_metric(["done"], figures.done)
        ended.add_metric(["failed"], figures.failed)
        yield ended
        spent = HistogramMetricFamily("parallax_stage_seconds", "Time of each stage of an article.", labels=["stage"])
        for stage in stages:
            buckets = [("+Inf" if math.isinf(bound) else str(bound), float(count)) for bound, count in stage.within]
            spent.add_metric([stage.name], buckets, stage.seconds)
        yield spent


def register(app: Flask) -> None:
    """Add /healthz, /readyz and /metrics, and count this process's requests."""
    registry = CollectorRegistry()
    registry.register(_StoreCollector())
    counting = registry
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        # Several web processes: each counts in files of its own, and whichever is asked adds them up.
        multiprocess.MultiProcessCollector(registry)
        values.ValueClass = values.get_value_class()  # which it had chosen when it was imported, before the folder was
        counting = CollectorRegistry()
    seconds = Histogram("parallax_request_seconds", "Time to answer.", ["method", "route"], registry=counting)
    answers = Counter("parallax_requests", "Answers, by status.", ["method", "route", "status"], registry=counting)

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
