"""The Celery application: every choice by its explicit key."""

from __future__ import annotations

from typing import Any

from celery import Celery
from celery.signals import setup_logging, task_prerun
from kombu.entity import Queue
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from workers import logbook, settings, store

QUEUES = ("comparisons", "chores", "articles", "bulk")
"""In the order of their turn: a worker takes from one only while those before it are empty."""


def configure() -> dict[str, Any]:
    """Give the configuration, at first use: the web process starts without a store and needs one only to send."""
    chosen = settings.current()
    return {
        "broker_url": store.url().replace("unix://", "socket://", 1),
        "broker_transport": "workers.queue.broker:Transport",
        # As the store's own client: the certificate is checked; `?ssl_ca_certs=…` says against what.
        "broker_use_ssl": {"ssl_cert_reqs": "required"} if store.url().startswith("rediss://") else False,
        "broker_connection_retry_on_startup": True,
        "broker_connection_max_retries": None,
        "broker_transport_options": {
            "queue_order_strategy": "priority",
            "global_keyprefix": f"{store.PREFIX}celery:",
            # A dead worker's tasks are handed out again within seconds (supervision/recovery.py); this is a net.
            "visibility_timeout": chosen.visibility_timeout,
            "unacked_mutex_expire": 30,
            "unacked_restore_interval": 10,
            "unacked_restore_throttle": 1,
            "socket_connect_timeout": 2,
            "socket_timeout": 10,
            "socket_keepalive": True,
            "health_check_interval": 10,
        },
        "result_backend": None,
        "accept_content": ["json"],
        "task_serializer": "json",
        "result_serializer": "json",
        "event_serializer": "json",
        "enable_utc": True,
        "timezone": "UTC",
        "task_ignore_result": True,
        "task_acks_late": True,
        "task_acks_on_failure": True,
        "task_acks_on_timeout": False,
        "task_reject_on_worker_lost": True,
        "task_soft_time_limit": chosen.time_limit,
        "task_time_limit": chosen.hard_time_limit,
        "task_create_missing_queues": False,
        "task_default_queue": "articles",
        "task_queues": [Queue(name) for name in QUEUES],
        "task_routes": {
            "compare_reports": {"queue": "comparisons"},
            "*_batch": {"queue": "chores"},
            "learn_category": {"queue": "articles"},  # somebody waits for it, and batches do not
            "apply_category": {"queue": "bulk"},
        },
        "worker_concurrency": chosen.worker_concurrency,
        "worker_prefetch_multiplier": 1,
        "worker_max_memory_per_child": chosen.worker_memory * 1024,
        "worker_proc_alive_timeout": 120,
        "worker_cancel_long_running_tasks_on_connection_loss": False,
        "worker_enable_remote_control": False,
        "worker_send_task_events": False,
        "worker_redirect_stdouts": False,
    }


TASKS = (
    "workers.tasks.analysis",
    "workers.tasks.batches",
    "workers.tasks.feeds",
    "workers.tasks.callbacks",
    "workers.tasks.rooms",
    "workers.tasks.layers",
    "workers.tasks.refiling",
)

app = Celery("parallax", amqp="workers.queue.broker:Broker", include=TASKS, set_as_current=False)
app.add_defaults(configure)


@setup_logging.connect
def configure_lines(**_: Any) -> None:
    """Have Celery's lines look as all others do."""
    logbook.configure()


@task_prerun.connect
def follow_request(task: Any, **_: Any) -> None:
    """Put the id of the request that sent this task on every line about it."""
    logbook.follow(request=task.request.get("request"), id=task.request.get("subject"))


def send(task: str, subject: str, *values: object, queue: str | None = None) -> None:
    """Put a task about a subject (an article's or a comparison's id) into its queue, or into another one.

    Raises StoreUnavailable.
    """
    headers = {"subject": subject, "request": logbook.request()}
    _send(task, args=[subject, *values], headers=headers, queue=queue)


def call(task: str, expires: float) -> None:
    """Have one of the clock's tasks done, unless nobody begins it within so many seconds. Raises StoreUnavailable."""
    _send(task, headers={"subject": task}, queue="chores", expires=expires)


def _send(task: str, **options: Any) -> None:
    try:
        app.send_task(task, retry=False, **options)
    except (OperationalError, RedisError, OSError) as error:
        raise store.StoreUnavailable(f"The queue does not answer ({type(error).__name__}).") from error
