"""JSON Lines: an article a line in, a report a line out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from multiprocessing import get_context
from typing import Any

from pydantic import ValidationError

from models import pipeline
from models.article import Article, problems

_BATCH = 16  # articles handed to a process at a time


def analyze(lines: Iterable[str], jobs: int = 1) -> Iterator[tuple[str, bool]]:
    """A report, or an error, for every line of JSON, in order; beside it whether it is an error.

    More than one job reads in processes of their own.
    """
    rows = (line for line in lines if line.strip())
    if jobs == 1:
        yield from map(_analyze_line, rows)
        return
    with get_context("spawn").Pool(jobs) as pool:
        yield from pool.imap(_analyze_line, rows, chunksize=_BATCH)


def _analyze_line(line: str) -> tuple[str, bool]:
    """One line of JSON to one line of JSON, and whether it is an error."""
    name: Any = None
    try:
        row = json.loads(line.encode("utf-8", "surrogateescape").decode("utf-8"))
        name = row.get("id") if isinstance(row, dict) else None
        article = Article.model_validate(row)
    except UnicodeDecodeError as error:
        return _error(name, "invalid_utf8", f"byte {error.start} of the line is not UTF-8", None)
    except json.JSONDecodeError as error:
        return _error(name, "invalid_json", f"not JSON: {error.msg} at character {error.pos}", None)
    except RecursionError:
        return _error(name, "invalid_json", "nested too deeply", None)
    except ValidationError as error:
        first = problems(error)[0]
        return _error(name, first.code, first.message, first.field)
    return pipeline.analyze(article).model_dump_json(), False


def _error(name: Any, code: str, message: str, field: str | None) -> tuple[str, bool]:
    return json.dumps({"id": name, "error": {"code": code, "message": message, "field": field}}), True
