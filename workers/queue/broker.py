"""The broker: Celery's way through Redis, which takes out of a queue only what Parallax put there.

Celery's own transport ends its worker over a queue's entry that is no message. Here such an entry is put aside, with a
line in the log, and stops nobody.
"""

from __future__ import annotations

import base64
import json
from functools import partial
from typing import Any

from celery.app.amqp import AMQP
from kombu.connection import Connection
from kombu.transport import redis as transport
from pydantic import BaseModel, ConfigDict, ValidationError

from workers import logbook, store
from workers.store import StoreUnavailable

_log = logbook.logger(__name__)


class _Headers(BaseModel):
    model_config = ConfigDict(strict=True)

    task: str
    id: str
    subject: str


class _DeliveryInfo(BaseModel):
    model_config = ConfigDict(strict=True)

    exchange: str
    routing_key: str


class _Properties(BaseModel):
    model_config = ConfigDict(strict=True)

    body_encoding: str
    delivery_tag: str
    delivery_info: _DeliveryInfo


class _Envelope(BaseModel):
    """What stands around a task in the queue; fields that are not ours to read are let through."""

    model_config = ConfigDict(populate_by_name=True)

    body: str
    headers: _Headers
    properties: _Properties


def read_subject(message: Any) -> str | None:
    """Which article, comparison or chore is this message about? None when it is none of ours."""
    from workers.queue.celery import app

    try:
        envelope = _Envelope.model_validate(message)
        args, kwargs, _ = json.loads(base64.b64decode(envelope.body, validate=True))
        if envelope.headers.task in app.tasks and args[:1] in ([], [envelope.headers.subject]) and kwargs == {}:
            return envelope.headers.subject
    except (ValidationError, ValueError, TypeError, LookupError):
        pass
    return None


def put_aside(queue: str, entry: bytes) -> None:
    """Keep a queue's entry that is no message of ours, for a person to look at."""
    try:
        kept = store.put_aside(entry)
    except StoreUnavailable:
        kept = False
    # Its content is in no log line: nobody knows what it is.
    _log.warning("foreign message", queue=queue, bytes=len(entry), kept=kept)


class _Client(transport.PrefixedStrictRedis):
    def parse_response(self, connection: Any, command_name: str, **options: Any) -> Any:
        answer = super().parse_response(connection, command_name, **options)  # type: ignore[no-untyped-call] # kombu has no types
        if command_name == "BRPOP" and answer:
            queue, entry = answer
            try:
                message = json.loads(entry)
            except ValueError:
                message = None
            if read_subject(message) is None:
                put_aside(queue.decode(errors="replace"), entry)
                return None  # as if the queue had been empty
        return answer


class _QoS(transport.QoS):
    """The tasks that this worker holds.

    One that it can't give back, or not say the end of, because the store is away, is in its hands no longer all the
    same: else they would stay full for ever. The recovery finds it among the store's own.
    """

    def ack(self, delivery_tag: str) -> None:
        try:
            super().ack(delivery_tag)  # type: ignore[no-untyped-call] # kombu has no types
        finally:
            self._quick_ack(delivery_tag)

    def reject(self, delivery_tag: str, requeue: bool = False) -> None:
        try:
            super().reject(delivery_tag, requeue)  # type: ignore[no-untyped-call] # kombu has no types
        finally:
            self._quick_ack(delivery_tag)


class _Channel(transport.Channel):
    QoS = _QoS

    def _get_client(self) -> Any:
        super()._get_client()  # type: ignore[no-untyped-call] # kombu has no types
        return partial(_Client, global_keyprefix=self.global_keyprefix)


class Transport(transport.Transport):
    """Celery's Redis transport with our reading of messages."""

    Channel = _Channel


class _Connection(Connection):
    """The way to the broker, tried again soon when it broke: Celery's pauses grow to half a minute."""

    def ensure_connection(self, *args: Any, **options: Any) -> Any:
        pauses = {"interval_start": 0.5, "interval_step": 0.5, "interval_max": 2}
        return super().ensure_connection(*args, **pauses | options)  # type: ignore[no-untyped-call] # kombu has no types


class Broker(AMQP):  # type: ignore[misc] # Celery has no types
    """Celery's side of the broker, with our patience."""

    Connection = _Connection
