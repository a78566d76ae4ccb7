"""Where an assistant's reports are: made in this very process, or kept by a Parallax service."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import OrderedDict
from threading import Lock
from typing import Any, Protocol

from pydantic import BaseModel, Field

from ..article import Article
from ..comparison_report import Comparison
from ..outlets.records import name_key
from ..refusals import Invalid, validate
from ..report import Report

KEPT = 100  # reports of this process; the oldest goes first
_PATIENCE = 120  # seconds for one report of a service


class Refused(Exception):
    """It can't be done; the message says why and what to do."""


class Listed(BaseModel):
    """One report in a list."""

    report: str = Field(description="Id of the report.")
    title: str | None = Field(description="The headline.")
    outlet: str | None = Field(description="Who published it.")
    published: str | None = Field(description="When it was published.")
    words: int = Field(description="Words of the article.")


class Reports(Protocol):
    """Reads articles and finds reports again."""

    def read(self, article: dict[str, Any]) -> Report:
        """The report on this article. Raises Refused."""

    def get(self, name: str) -> Report:
        """The report of this id. Raises Refused."""

    def compare(self, names: list[str]) -> Comparison:
        """Two to six reports side by side. Raises Refused."""

    def search(self, words: str, outlet: str, most: int) -> list[Listed]:
        """Reports with these words, as they stand, in title or outlet, newest first."""


class Here:
    """Reports made in this process, of which the last ones are remembered until it ends."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Report] = OrderedDict()
        self._one = Lock()  # an analysis uses all that it may; two at a time gain nothing

    def read(self, article: dict[str, Any]) -> Report:
        """The report on this article. Raises Refused, which says what is wrong with it."""
        from .. import pipeline

        if "text" not in article:
            raise Refused(
                "text is missing. Send the article’s text; links are read where the command was given --service."
            )
        try:
            checked = validate(Article, article)
        except Invalid as invalid:
            raise Refused("; ".join(f"{one.field} {one.message}" for one in invalid.errors)) from None
        with self._one:
            report = pipeline.analyze(checked)
            self._kept[report.id] = report
            self._kept.move_to_end(report.id)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return report

    def get(self, name: str) -> Report:
        """The report of this id. Raises Refused where it is not remembered."""
        if name not in self._kept:
            raise Refused(f"There is no report {name}: read the article again (the last {KEPT} are remembered).")
        return self._kept[name]

    def compare(self, names: list[str]) -> Comparison:
        """Two to six reports side by side. Raises Refused for fewer or more, or one that is not remembered."""
        from .. import comparison

        reports = [self.get(name) for name in names]
        try:
            with self._one:
                return comparison.compare(reports)
        except ValueError as error:
            raise Refused(str(error)) from None

    def search(self, words: str, outlet: str, most: int) -> list[Listed]:
        """Reports with these words, as they stand, in title or outlet, newest first."""
        found = [
            report
            for report in reversed(self._kept.values())
            if words.casefold() in f"{report.article.title or ''}\n{report.article.outlet or ''}".casefold()
            and name_key(outlet) in ("", name_key(report.article.outlet or ""))
        ]
        return [Listed(report=one.id, **_list(one.article.model_dump())) for one in found[:most]]


class There:
    """Reports of a Parallax service, reached over its API."""

    def __init__(self, address: str, key: str | None = None) -> None:
        self._address = address.rstrip("/")
        self._headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {key}"} if key else {})

    def read(self, article: dict[str, Any]) -> Report:
        """The report on this article, or on the page at its address."""
        return self.get(self._ask("POST", "/api/v1/articles", article)["id"])

    def get(self, name: str) -> Report:
        """The report of this id."""
        return Report.model_validate(self._ask("GET", f"/api/v1/reports/{urllib.parse.quote(name, safe='')}"))

    def compare(self, names: list[str]) -> Comparison:
        """Two to six reports side by side."""
        answer = self._ask("POST", "/api/v1/comparisons", {"reports": names})
        found = answer if "articles" in answer else self._ask("GET", f"/api/v1/comparisons/{answer['id']}")
        return Comparison.model_validate(found)

    def search(self, words: str, outlet: str, most: int) -> list[Listed]:
        """Reports with these words, as they stand, in title or outlet, newest first."""
        asked = {name: value for name, value in (("q", words), ("outlet", outlet), ("limit", str(most))) if value}
        found = self._ask("GET", f"/api/v1/reports?{urllib.parse.urlencode(asked)}")["reports"]
        return [Listed(report=one["id"], **_list(one)) for one in found]

    def _ask(self, method: str, path: str, body: Any = None) -> Any:
        """The answer, once it is no longer “not yet”."""
        content = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._address + path, content, self._headers, method=method)  # noqa: S310 - the address is the user's own
        deadline = time.monotonic() + _PATIENCE
        while True:
            try:
                with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:  # noqa: S310 - as above
                    if answer.status != 202 or method == "POST":
                        return json.load(answer)
                    pause = answer.headers.get("Retry-After", "1")
            except urllib.error.HTTPError as error:
                with error:
                    pause = error.headers.get("Retry-After")
                    if error.code not in (409, 429, 503) or not pause:
                        raise Refused(_read_problem(error)) from None
            except OSError as error:
                raise Refused(f"The Parallax at {self._address} does not answer ({error}). Is it running?") from None
            if time.monotonic() + float(pause) > deadline:
                raise Refused(f"The Parallax at {self._address} had no answer within {_PATIENCE} seconds. Ask again.")
            time.sleep(float(pause))


def _read_problem(error: urllib.error.HTTPError) -> str:
    """What the service says is wrong (problem+json), field by field."""
    try:
        problem = json.load(error)
        fields = [f"{one['field']} {one['message']}" for one in problem.get("errors", [])]
        return " ".join([str(problem["detail"]), "; ".join(fields)]).strip()
    except (ValueError, KeyError, TypeError, AttributeError):
        return f"The service answered {error.code}."


def _list(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: facts[name] for name in ("title", "outlet", "published", "words")}
