"""A client for Parallax in one file, with nothing but the standard library: copy it beside your own code.

>>> parallax = Parallax("http://127.0.0.1:8000")
>>> report = parallax.analyze(
...     title="Council closes bridge",
...     outlet="The Harrow Post",
...     text="“This is a disgraceful betrayal,” Ana Moore said. Critics say the regime in city hall wants the land.",
... )
>>> [term["text"] for term in report["vocabulary"]["terms"]]
['disgraceful', 'betrayal', 'regime']

Many articles: send all of them first, then fetch; the service reads several at a time.

>>> names = [parallax.submit(text=f"The tyrant stayed for {days} days.") for days in (1, 2, 3)]
>>> [parallax.wait(name)["article"]["words"] for name in names]
[6, 6, 6]

Set reports side by side, take one as a table, list what was read, delete.

>>> other = parallax.analyze(outlet="The Lind Herald", text="The council closed the bridge, Ana Moore said.")
>>> [article["outlet"] for article in parallax.compare(report["id"], other["id"])["articles"]]
['The Harrow Post', 'The Lind Herald']
>>> table = parallax.export(report["id"], "findings.csv")
>>> table.splitlines()[0].split(",")[:5]
['report', 'article', 'outlet', 'kind', 'item']
>>> [summary["title"] for summary in parallax.list(outlet="The Harrow Post")]
['Council closes bridge']
>>> for name in [*names, other["id"]]:
...     parallax.delete(name)

What is refused says why, field by field.

>>> try:
...     parallax.submit(text="", headline="A title")
... except Refused as refused:
...     print(refused.status, refused.code, sorted(error["field"] for error in refused.errors))
422 invalid_article ['headline', 'text']
"""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from typing import Any


class Refused(Exception):
    """The service said no: `status`, `code` and `detail` say why, `errors` which fields (RFC 9457)."""

    def __init__(self, problem: dict[str, Any]) -> None:
        super().__init__(f"{problem.get('status')} {problem.get('code')}: {problem.get('detail')}")
        self.status: int = problem.get("status", 0)
        self.code: str = problem.get("code", "")
        self.detail: str = problem.get("detail", "")
        self.errors: list[dict[str, str]] = problem.get("errors", [])


class Parallax:
    """One Parallax service.

    `key` is needed where the service asks for keys; `patience` is how many seconds to wait for one report, and
    for a service that is full or restarting.
    """

    def __init__(self, url: str = "http://127.0.0.1:8000", key: str | None = None, patience: float = 120) -> None:
        self.url = url.rstrip("/")
        self.patience = patience
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}

    def submit(self, **article: Any) -> str:
        """Send an article (text; title, outlet, author, url, published, id, targets); gives the report's id."""
        return str(self._ask("POST", "/api/v1/articles", article)["id"])

    def wait(self, report: str) -> dict[str, Any]:
        """The report, once it is there; TimeoutError when it takes longer than `patience`."""
        found: dict[str, Any] = self._ask("GET", f"/api/v1/reports/{report}")
        return found

    def analyze(self, **article: Any) -> dict[str, Any]:
        """Send an article and wait for its report."""
        return self.wait(self.submit(**article))

    def compare(self, *reports: str) -> dict[str, Any]:
        """Two to six reports side by side."""
        found: dict[str, Any] = self._ask("POST", "/api/v1/comparisons", {"reports": reports})
        return found

    def export(self, report: str, name: str) -> str:
        """A report for another tool: findings.csv, annotations.jsonld, spacy.json, brat.ann, brat.txt."""
        return str(self._ask("GET", f"/api/v1/reports/{report}/{name}", as_text=True))

    def list(self, outlet: str = "", q: str = "") -> Iterator[dict[str, Any]]:
        """Summaries of all reports, newest first: of one outlet, with words in title or outlet."""
        cursor = ""
        while cursor is not None:
            query = urllib.parse.urlencode({"outlet": outlet, "q": q, "cursor": cursor, "limit": 100})
            page = self._ask("GET", f"/api/v1/reports?{query}")
            yield from page["reports"]
            cursor = page["next"]

    def delete(self, report: str) -> None:
        """Delete a report and the article's text."""
        self._ask("DELETE", f"/api/v1/reports/{report}")

    def _ask(self, method: str, path: str, body: Any = None, as_text: bool = False) -> Any:
        """Ask until the answer is no longer “not yet”, pausing for as long as the service says."""
        headers = dict(self._headers)
        if body is not None:
            headers["Content-Type"] = "application/json"
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, headers, method=method)
        deadline = time.monotonic() + self.patience
        while True:
            try:
                with urllib.request.urlopen(request, timeout=self.patience) as answer:
                    status, told, content = answer.status, answer.headers, answer.read().decode()
            except urllib.error.HTTPError as error:
                with error:
                    status, told, content = error.code, error.headers, error.read().decode()
            not_yet = status in (409, 429, 503) or (status == 202 and method == "GET")
            if not (not_yet and "Retry-After" in told):
                break
            if time.monotonic() > deadline:
                raise TimeoutError(f"{method} {path}: still {status} after {self.patience:g} seconds")
            time.sleep(float(told["Retry-After"]))
        if status >= 400:
            is_problem = told.get_content_type() == "application/problem+json"
            raise Refused(json.loads(content) if is_problem else {"status": status, "detail": content[:500]})
        return content if as_text or not content else json.loads(content)
