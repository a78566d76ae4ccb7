"""A client for Parallax in one file, with nothing but the standard library: copy it beside your own code.

>>> parallax = Parallax("http://127.0.0.1:8000")
>>> report = parallax.analyze(
...     title="Council closes bridge",
...     outlet="The Marrow Gazette",
...     text="“This is a disgraceful betrayal,” Ana Moore said. Critics say the regime in city hall wants the land.",
... )
>>> [term["text"] for term in report["vocabulary"]["terms"]]
['disgraceful betrayal', 'regime']

Many articles: send all of them first, then fetch; the service reads several at a time.

>>> names = [parallax.submit(text=f"The tyrant stayed for {days} days.") for days in (1, 2, 3)]
>>> [parallax.wait(name)["article"]["words"] for name in names]
[6, 6, 6]

Set reports side by side, take one as a table, list what was read, delete.

>>> other = parallax.analyze(outlet="The Lind Herald", text="The council closed the bridge, Ana Moore said.")
>>> [article["outlet"] for article in parallax.compare(report["id"], other["id"])["articles"]]
['The Marrow Gazette', 'The Lind Herald']
>>> table = parallax.export(report["id"], "findings.csv")
>>> table.splitlines()[0].split(",")[:5]
['report', 'article', 'outlet', 'kind', 'item']
>>> [summary["title"] for summary in parallax.list(outlet="The Marrow Gazette")]
['Council closes bridge']
>>> for name in [*names, other["id"]]:
...     parallax.delete(name)

A whole file (CSV, JSON Lines or a zip of texts) goes as a batch.

>>> from pathlib import Path
>>> _ = Path("news.csv").write_text("headline,body\\nFerry,The ferry left.\\nMarket,The market opened.\\n")
>>> batch = parallax.submit_file("news.csv")
>>> [(line["line"], line["report"]["article"]["title"]) for line in parallax.results(batch)]
[(2, 'Ferry'), (3, 'Market')]

What is refused says why, field by field.

>>> try:
...     parallax.submit(text="", headline="A title")
... except Refused as refused:
...     print(refused.status, refused.code, sorted(error["field"] for error in refused.errors))
422 invalid_article ['headline', 'text']

Where you gave a `callback_url`, check that what arrives there was sent by your service, and lately.

>>> is_genuine("our secret", "t=1,v1=00", b"{}")
False
"""

from __future__ import annotations

import hashlib
import hmac
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any


class Refused(Exception):
    """The service said no: `status`, `code` and `detail` say why, `errors` which fields (RFC 9457)."""

    def __init__(self, problem: dict[str, Any]) -> None:
        super().__init__(f"{problem.get('status')} {problem.get('code')}: {problem.get('detail')}")
        self.status: int = problem.get("status", 0)
        self.code: str = problem.get("code", "")
        self.detail: str = problem.get("detail", "")
        self.errors: list[dict[str, str]] = problem.get("errors", [])


def is_genuine(secret: str, signature: str, body: bytes, seconds: float = 300) -> bool:
    """Did the service that knows `secret` send this body, within the last seconds? `signature`: Parallax-Signature."""
    parts = dict(part.partition("=")[::2] for part in signature.split(","))
    moment = parts.get("t", "")
    proof = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    is_new = moment.isdecimal() and abs(time.time() - int(moment)) <= seconds
    return is_new and hmac.compare_digest(proof.encode(), parts.get("v1", "").encode())


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

    def submit_file(self, path: str | Path) -> str:
        """Send many articles as a file, .csv, .jsonl or .zip; gives the batch's id. Sent twice, it is read once."""
        path = Path(path)
        kinds = {".csv": "text/csv", ".jsonl": "application/jsonl", ".zip": "application/zip"}
        return str(self._ask("POST", "/api/v1/batches", path.read_bytes(), kinds[path.suffix.lower()])["id"])

    def follow(self, batch: str, every: float = 1) -> Iterator[dict[str, Any]]:
        """Where the batch stands, now and then until it has ended: `status`, `counts`, `seconds_left`, `errors`."""
        while True:
            state = self._ask("GET", f"/api/v1/batches/{batch}")
            yield state
            if state["status"] not in ("received", "reading"):
                return
            time.sleep(every)

    def results(self, batch: str) -> Iterator[dict[str, Any]]:
        """What became of every line, once all have ended: `line`, `status`, `errors`, `report`."""
        for _ in self.follow(batch):
            pass
        with self._open("GET", f"/api/v1/batches/{batch}/results.jsonl") as lines:
            for line in lines:
                yield json.loads(line)

    def compare(self, *reports: str) -> dict[str, Any]:
        """Two to six reports side by side."""
        found: dict[str, Any] = self._ask("POST", "/api/v1/comparisons", {"reports": reports})
        return found if "articles" in found else self._ask("GET", f"/api/v1/comparisons/{found['id']}")

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

    def _ask(
        self, method: str, path: str, body: Any = None, kind: str = "application/json", as_text: bool = False
    ) -> Any:
        """The answer once it is no longer “not yet”."""
        deadline = time.monotonic() + self.patience
        while True:
            try:
                with self._open(method, path, body, kind) as answer:
                    content = answer.read().decode()
                    if answer.status != 202 or method != "GET":
                        return content if as_text or not content else json.loads(content)
                    pause = answer.headers.get("Retry-After", "1")
            except urllib.error.HTTPError as error:
                with error:
                    pause = error.headers.get("Retry-After")
                    if error.code not in (409, 429, 503) or not pause:
                        raise Refused(_read_problem(error)) from None
            if time.monotonic() > deadline:
                raise TimeoutError(f"{method} {path}: no answer after {self.patience:g} seconds")
            time.sleep(float(pause))

    def _open(self, method: str, path: str, body: Any = None, kind: str = "application/json") -> Any:
        headers = self._headers | ({} if body is None else {"Content-Type": kind})
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, headers, method=method)
        return urllib.request.urlopen(request, timeout=self.patience)


def _read_problem(error: urllib.error.HTTPError) -> dict[str, Any]:
    content = error.read().decode(errors="replace")
    if error.headers.get_content_type() == "application/problem+json":
        problem: dict[str, Any] = json.loads(content)
        return problem
    return {"status": error.code, "detail": content[:500]}
