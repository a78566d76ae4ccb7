"""The logbook: what a log line looks like, for a person or (PARALLAX_LOG_FORMAT=json) for a machine.

A line holds what happened, to which id, in which request, and never a word of an article: of an error it tells the
type and the places in the code, not its message, which may quote the text.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Mapping, MutableMapping
from traceback import extract_tb, format_list
from typing import Any

import structlog

from workers import settings

_OTHERS = ("celery", "celery.task", "celery.redirected")
Line = MutableMapping[str, Any]


def logger(name: str) -> Any:
    """Give the logger of a module: `_log.info("what happened", id=…)`."""
    return structlog.get_logger(name)


def configure() -> None:
    """Have every line of this process, whoever writes it, look as the settings say; on standard error."""
    chosen = settings.current()
    if chosen.log_format == "json":
        renderer: structlog.typing.Processor = structlog.processors.JSONRenderer(ensure_ascii=False)
    else:
        renderer = structlog.dev.ConsoleRenderer(colors=False, pad_event_to=0)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=_STEPS,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    logging.root.handlers = [handler]
    logging.root.setLevel(chosen.log_level)
    for name in _OTHERS:
        other = logging.getLogger(name)
        other.handlers.clear()
        other.propagate = True
        other.setLevel(logging.NOTSET)


def follow(**facts: str | None) -> None:
    """Put these facts (the request's id, the article's) on every line from now on, instead of those before."""
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(**{name: value for name, value in facts.items() if value})


def request() -> str | None:
    """Give the id of the request that is being answered or worked for."""
    found: Mapping[str, Any] = structlog.contextvars.get_contextvars()
    return found.get("request")


def _tell_task(_logger: Any, _method: str, line: Line) -> Line:
    """Celery's lines about a task quote its error and its arguments; here they name task and id."""
    record = line.get("_record")
    data = getattr(record, "data", None)
    if isinstance(data, dict) and "name" in data:
        line["event"] = f"task {data['name']} {data.get('description', '')}".strip()
        line["task"] = data.get("id")
    return line


def _tell_clock(_logger: Any, _method: str, line: Line) -> Line:
    """Celery's clock prints its whole stack each second that the store is away; what it could not do is enough."""
    record = line.get("_record")
    if record is not None and record.name == "celery.beat" and record.levelno >= logging.ERROR:
        line["event"] = str(line["event"]).partition("\n")[0].removeprefix("Message Error: ")
        line.pop("exc_info", None)
    return line


def _tell_error(_logger: Any, _method: str, line: Line) -> Line:
    """Of an error tell the type and the places."""
    found = line.pop("exc_info", None)
    error = found[1] if isinstance(found, tuple) else found if isinstance(found, BaseException) else None
    if found is True:
        error = sys.exc_info()[1]
    if error is not None:
        line["error"] = type(error).__name__
        line["places"] = "".join(format_list(extract_tb(error.__traceback__)))
    return line


_STEPS: tuple[structlog.typing.Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    _tell_task,
    _tell_clock,
    _tell_error,
)
# Ours go through the standard library's loggers, where those of Celery go as well.
structlog.configure(
    processors=[structlog.stdlib.filter_by_level, *_STEPS, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
    cache_logger_on_first_use=True,
)
