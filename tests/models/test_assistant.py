"""`parallax mcp`, asked by the SDK's own client, over each transport, with reports of its own and with a service's."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import tomllib
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import wraps
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pytest

import models
from models.__main__ import main
from models.assistant import findings
from models.commands import mcp
from service.findings import find
from tests.conftest import Service, find_port, wait_until
from workers.parent import die_with_parent
from workers.settings import HOUSE

if TYPE_CHECKING:  # a second to load, in every process that collects tests
    from mcp import Client

ARTICLE = {
    "title": "Council closes bridge",
    "outlet": "The Harrow Post",
    "text": "The regime in city hall shut the old bridge on Monday. “This is a disgraceful sham,” said Ana Moore, "
    "who sells bread on the far bank. Critics say that Mayor Hale is a thug. Twelve people were killed when the bridge "
    "fell last year. The tyrant smiled.",
}
OTHER = {
    "title": "Bridge to stay shut until autumn",
    "outlet": "The Lind Herald",
    "text": "The council of Harrow closed the old bridge on Monday. Fifteen people were killed when the bridge fell "
    "last year. The ferry carries people over the river instead, said Mayor Hale.",
}
FULL = f"{ARTICLE['title']}\n\n{ARTICLE['text']}"

Ask = Callable[..., Awaitable[Any]]


def in_a_loop(test: Callable[..., Awaitable[None]]) -> Callable[..., None]:
    """The test in an event loop of its own, on a thread of its own: a browser of another test may hold this one's."""

    @wraps(test)
    def run(*given: Any, **named: Any) -> None:
        with ThreadPoolExecutor(1) as thread:
            thread.submit(asyncio.run, test(*given, **named)).result()  # type: ignore[arg-type]  # tests are coroutines

    return run


@asynccontextmanager
async def connect(address: str | None = None, *own: str) -> AsyncIterator[Ask]:
    """An assistant at this address, or at a server of its own with these arguments, over standard input and output."""
    from mcp import Client, StdioServerParameters

    started = StdioServerParameters(
        command=sys.executable, args=["-m", "models", "mcp", *own], cwd=HOUSE, env=dict(os.environ)
    )
    async with Client(address or started, read_timeout_seconds=120) as client:

        async def ask(tool: str, **arguments: Any) -> Any:
            answer = await client.call_tool(tool, arguments)
            if answer.is_error:
                return answer.content[0].text  # type: ignore[union-attr]  # tools of ours give text
            told = answer.structured_content or {}
            return told.get("result", told)

        ask.client = client  # type: ignore[attr-defined]
        yield ask


@pytest.fixture(scope="module")
def http() -> Iterator[str]:
    """The server on streamable HTTP."""
    port = find_port()
    started = subprocess.Popen(
        [sys.executable, "-m", "models", "mcp", "--http", str(port)],
        cwd=HOUSE,
        preexec_fn=die_with_parent,  # noqa: PLW1509 - it calls one function of C
    )
    address = f"http://127.0.0.1:{port}/mcp"
    wait_until(lambda: _answers(address))
    yield address
    started.send_signal(signal.SIGTERM)
    started.wait()


def _answers(address: str, **headers: str) -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers)) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code
    except OSError:
        return 0


def words(told: dict[str, Any], kind: str) -> list[str]:
    return [one["text"] for one in told["findings"] if one["id"].startswith(f"{kind}-")]


async def _walk(ask: Ask) -> None:
    """What an assistant does: read two, ask why, set them side by side, find one again."""
    read = await ask("read_article", **ARTICLE)
    for one in [*read["findings"], *(part for found in read["findings"] for part in found["parts"])]:
        assert FULL[one["start"] : one["end"]] == one["text"]
    assert words(read, "term") == ["regime", "disgraceful sham", "thug", "tyrant"]
    assert words(read, "vague") == ["Critics say"]
    quoted = {one["text"]: one["voice"] for one in read["findings"] if one["id"].startswith("term-")}
    assert (quoted["disgraceful sham"], quoted["thug"], quoted["regime"]) == ("quoted", "quoted", "outlet")
    assert all(0 < one["probability"] <= 1 for one in read["findings"] if one["id"].startswith("term-"))
    assert "a careful reader who follows our codebook accepts" in read["sure"]["term"]
    assert "Ana Moore" in [source["name"] for source in read["heard"]]

    framing = read["framing"]
    for one in [told for kind in ("frames", "deeds", "relations", "unheard") for told in framing[kind]]:
        assert all(FULL[place["start"] : place["end"]] == place["text"] for place in one["words"])
    deeds = {one["words"][0]["text"]: one["what"] for one in framing["deeds"]}
    assert deeds["Twelve people were killed"].startswith("harm: nobody named → Twelve people (kill; passive")

    term = next(one for one in read["findings"] if one["text"] == "regime")
    why = await ask("explain_finding", report=read["report"], finding=term["id"])
    assert why["finding"] == term
    assert why["sentence"]["text"] == "The regime in city hall shut the old bridge on Monday."
    assert why["rule"] == "label.regime"
    assert "government" in why["plainer"]
    assert any("[regime]" in sentence for sentence in why["counts"])
    assert any("tax regime" in sentence for sentence in why["does_not_count"])

    other = await ask("read_article", **OTHER)
    compared = await ask("compare_articles", reports=[read["report"], other["report"]])
    assert [column.partition(":")[0] for column in compared["articles"]] == ["The Harrow Post", "The Lind Herald"]
    assert "likely one event" in compared["event"]
    texts = [FULL, f"{OTHER['title']}\n\n{OTHER['text']}"]
    for row in [row for kind in ("contradictions", "called", "frames", "deeds", "relations") for row in compared[kind]]:
        for told in row["words"]:
            assert texts[told["article"]][told["start"] : told["end"]] == told["text"]
    assert [(row["what"], len(row["words"])) for row in compared["contradictions"]] == [("number: Twelve / Fifteen", 2)]

    found = await ask("search_reports", words="council closes")
    assert read["report"] in [one["report"] for one in found]
    assert other["report"] not in [one["report"] for one in found]
    assert await ask("search_reports", words="closes council") == []
    assert [one["report"] for one in await ask("search_reports", outlet="the lind herald")] == [other["report"]]


@in_a_loop
async def test_over_standard_input_and_output() -> None:
    async with connect() as ask:
        await _walk(ask)


@in_a_loop
async def test_over_http(http: str) -> None:
    async with connect(http) as ask:
        await _walk(ask)


@in_a_loop
async def test_with_a_services_reports(service: Service) -> None:
    async with connect(None, "--service", service.url) as ask:
        await _walk(ask)
        assert "It was never made" in await ask("explain_finding", report="0" * 32, finding="term-0")


@in_a_loop
async def test_what_is_asked_wrongly_is_said(http: str) -> None:
    async with connect(http) as ask:
        report = (await ask("read_article", **ARTICLE))["report"]
        for said, tool, arguments in (
            ("text is missing", "read_article", {"title": "A title alone"}),
            ("text is empty", "read_article", {"text": ""}),
            ("published must be a date such as", "read_article", {"text": "It rained.", "published": "yesterday"}),
            ("has no finding 'term-99'", "explain_finding", {"report": report, "finding": "term-99"}),
            ("has no finding 'headline'", "explain_finding", {"report": report, "finding": "headline"}),
            ("There is no report 12", "explain_finding", {"report": "12", "finding": "term-0"}),
            ("takes 2 to 6 reports, not 1", "compare_articles", {"reports": [report]}),
            ("100", "search_reports", {"most": 101}),
        ):
            assert said in await ask(tool, **arguments)


@in_a_loop
async def test_an_answer_is_as_short_as_was_asked(http: str) -> None:
    async with connect(http) as ask:
        read = await ask("read_article", **ARTICLE, kinds=["term"], most=2)
        assert words(read, "term") == [one["text"] for one in read["findings"]]
        assert len(read["findings"]) == 2
        assert read["found"]["term"] == 4
        every = [one["probability"] for one in (await ask("read_article", **ARTICLE, kinds=["term"]))["findings"]]
        assert sorted(one["probability"] for one in read["findings"]) == sorted(every)[-2:]
        long = await ask("read_article", text=f"“{'We will go on, and on, ' * 40}” the mayor said on Monday.")
        said = next(one for one in long["findings"] if one["id"] == "attribution-0")
        assert len(said["text"]) < 300 < said["end"] - said["start"]


@in_a_loop
async def test_the_codebook_and_the_cards_are_there(http: str) -> None:
    async with connect(http) as ask:
        client: Client = ask.client  # type: ignore[attr-defined]

        async def read(uri: str) -> str:
            (content,) = (await client.read_resource(uri)).contents
            return str(getattr(content, "text", ""))

        assert {str(one.uri) for one in (await client.list_resources()).resources} == {
            "parallax://codebook",
            "parallax://cards",
        }
        assert (await read("parallax://codebook")).startswith("# The codebook")
        assert "parallax://cards/terms" in await read("parallax://cards")
        assert '"question"' in await read("parallax://cards/terms")
        with pytest.raises(Exception, match="There is no card nothing"):
            await read("parallax://cards/nothing")


def test_a_page_of_another_site_cannot_reach_it(http: str) -> None:
    assert _answers(http, Host="evil.example", Accept="text/event-stream") in (403, 421)
    assert _answers(http, Origin="https://evil.example", Accept="text/event-stream") in (403, 421)


def test_findings_are_those_that_the_page_draws_by_default_under_its_names() -> None:
    report = models.analyze(**ARTICLE)
    drawn = {note.name for note in find(report).notes if note.sure}
    told = {one.id for kind in findings.KINDS for one in findings.find(report, kind)}
    assert told <= drawn
    assert {name for name in drawn if not name.startswith("entity-")} <= told


def test_what_is_said_of_each_kind_is_what_the_page_says() -> None:
    layers = {one["id"]: one for one in tomllib.loads((HOUSE / "service" / "texts.toml").read_text("utf-8"))["layer"]}
    for kind, layer in (
        ("term", "loaded"),
        ("device", "devices"),
        ("attribution", "voices"),
        ("entity", "people"),
        ("sentence", "sentences"),
    ):
        assert findings.TEXTS["kind"][kind]["measured"] == layers[layer]["measured"]


def test_without_the_sdk_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(mcp, "find_spec", lambda name: None if name == "mcp" else find_spec(name))
    assert main(["mcp"]) == 1
    assert "pip install 'parallax[mcp]'" in capsys.readouterr().err
