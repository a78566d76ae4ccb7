"""The MCP server: four tools that give evidence, and what the marks mean as resources (modelcontextprotocol.io)."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from typing import Annotated, TypeVar

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ResourceNotFoundError, ToolError
from mcp.types import ToolAnnotations
from pydantic import BaseModel, Field

from .. import version
from ..report import Report, VoiceRate
from . import findings
from .comparing import Compared, tell
from .findings import KINDS, TEXTS, Explanation, Finding, Kind, Most
from .framing import Framed
from .framing import tell as tell_framing
from .reports import Listed, Refused, Reports

CODEBOOK = Path(__file__).parents[1] / "codebook.md"

_Made = TypeVar("_Made")
_ONLY_READS = ToolAnnotations(read_only_hint=True, open_world_hint=False)


class Heard(BaseModel):
    """One source of the article."""

    name: str = Field(description="As most fully named.")
    kind: str = Field(description="named, official, state media, media, document, unnamed, vague.")
    words: int = Field(description="Words given to it.")
    share: float = Field(description="Those as a share of the article’s words, 0 to 1.")
    verbs: list[str] = Field(description="The verbs that introduce it, with what each says of its words.")
    role: str | None = Field(description="What it speaks as: an official, an expert, affected …; null: not judged.")
    side: str | None = Field(description="Whom it stands for, in the text’s words; null where it tells none.")


class Reading(BaseModel):
    """What a report holds, in few words."""

    report: str = Field(description="Its id: for explain_finding and compare_articles.")
    title: str | None = Field(description="The headline.")
    outlet: str | None = Field(description="Who published it.")
    words: int = Field(description="Words outside boilerplate.")
    engine: str = Field(description="Which engine found this.")
    offsets: str = Field(default=TEXTS["offsets"], description="What start and end count.")
    findings: list[Finding] = Field(description="The surest of each kind, in the order of the text.")
    found: dict[Kind, int] = Field(description="How many there are of each kind.")
    sure: dict[Kind, str] = Field(description="What a probability is one of, and how such marks held when measured.")
    rates: list[str] = Field(description="Loaded words per 1,000 words, against a reference of news articles.")
    heard: list[Heard] = Field(description="Who is heard, most words first.")
    framing: Framed = Field(description="How the story is told: frames, deeds, relations, who is not heard.")
    notes: list[str] = Field(description="What to know before believing the rest.")


def build(kept: Reports) -> MCPServer:
    """The server over these reports, ready to run on any transport."""
    server: MCPServer = MCPServer(
        "parallax",
        title="Parallax",
        instructions=TEXTS["instructions"],
        version=version.__version__,
        log_level="WARNING",
    )

    @server.tool(annotations=_ONLY_READS)
    def read_article(
        text: Annotated[str | None, Field(description="The body as plain English text, without the headline.")] = None,
        title: Annotated[str | None, Field(description="The headline.")] = None,
        outlet: Annotated[str | None, Field(description="Who published it.")] = None,
        url: Annotated[
            str | None, Field(description="Where it stands; a service reads it there if text is left out.")
        ] = None,
        published: Annotated[str | None, Field(description="When, ISO 8601.")] = None,
        kinds: Annotated[list[Kind], Field(description="Which kinds of findings to give.")] = list(KINDS),  # noqa: B006 - nobody changes it
        most: Annotated[Most, Field(description="How many of each kind at most.")] = 10,
    ) -> Reading:
        """How is this article worded and framed? Loaded words, who speaks, frames, deeds: each with its words."""
        said = {"text": text, "title": title, "outlet": outlet, "url": url, "published": published}
        report = _try(lambda: kept.read({name: value for name, value in said.items() if value is not None}))
        return _read(report, kinds, most)

    @server.tool(annotations=_ONLY_READS)
    def compare_articles(
        reports: Annotated[list[str], Field(description="Ids of two to six reports, as read_article gives them.")],
        most: Annotated[Most, Field(description="How many rows of each kind at most.")] = 8,
    ) -> Compared:
        """What do these articles tell differently of one event? Says first whether they tell one event at all."""
        return tell(_try(lambda: kept.compare(reports)), most)

    @server.tool(annotations=_ONLY_READS)
    def explain_finding(
        report: Annotated[str, Field(description="Id of the report.")],
        finding: Annotated[str, Field(description="Id of the finding, such as term-3.")],
    ) -> Explanation:
        """Why was this found, when do the same words not count, and how often are such marks right?"""
        found = _try(lambda: kept.get(report))
        explained = findings.explain(found, finding)
        if explained is None:
            raise ToolError(f"Report {report} has no finding {finding!r}. Ids are {', '.join(KINDS)} and a number.")
        return explained

    @server.tool(annotations=_ONLY_READS)
    def search_reports(
        words: Annotated[str, Field(description="Words that stand so in title or outlet; empty: any.")] = "",
        outlet: Annotated[str, Field(description="Its whole name.")] = "",
        most: Annotated[Most, Field(description="How many at most.")] = 20,
    ) -> list[Listed]:
        """Which articles have been read? The newest first."""
        return _try(lambda: kept.search(words, outlet, most))

    @server.resource("parallax://codebook", title="The codebook", mime_type="text/markdown")
    def codebook() -> str:
        """What each mark means: what a careful reader marks in a news article, and what not."""
        return CODEBOOK.read_text("utf-8")

    @server.resource("parallax://cards", title="The models’ cards", mime_type="application/json")
    def cards() -> str:
        """Which trained models there are, each with its version; parallax://cards/NAME is its card."""
        return json.dumps({f"parallax://cards/{name}": version.trained()[name] for name in version.cards()})

    @server.resource("parallax://cards/{name}", title="A model’s card", mime_type="application/json")
    def card(name: str) -> str:
        """What a model was made from, how well it does, and what it is not for."""
        if name not in version.cards():
            raise ResourceNotFoundError(f"There is no card {name}. There are {', '.join(version.cards())}.")
        return json.dumps(version.cards()[name], ensure_ascii=False)

    return server


def _try(make: Callable[[], _Made]) -> _Made:
    try:
        return make()
    except Refused as refused:
        raise ToolError(str(refused)) from None


def _read(report: Report, kinds: list[Kind], most: int) -> Reading:
    by_kind = {kind: findings.find(report, kind) for kind in KINDS}
    chosen = {kind: findings.choose(by_kind[kind], most) for kind in kinds}
    cast = {member.name: member for member in report.attribution.cast}
    return Reading(
        report=report.id,
        title=report.article.title,
        outlet=report.article.outlet,
        words=report.article.words,
        engine=report.provenance.engine,
        findings=sorted(chain(*chosen.values()), key=lambda one: (one.start, one.end)),
        found={kind: len(found) for kind, found in by_kind.items()},
        sure={kind: findings.say_sure(kind) for kind, some in chosen.items() if some},
        rates=_say_rates(report),
        heard=[
            Heard(
                name=source.name, kind=source.source_type.replace("_", " "), words=source.words, share=source.share,
                verbs=[f"{verb.lemma} ({verb.stance})" for verb in source.verbs],
                role=cast[source.name].role if source.name in cast else None,
                side=cast[source.name].side if source.name in cast else None,
            )
            for source in report.attribution.sources[:most]
        ],
        framing=tell_framing(report, most),
        notes=[note.message for note in report.notes],
    )  # fmt: skip


def _say_rates(report: Report) -> list[str]:
    rates = report.vocabulary.rates
    if rates is None:
        return ["Too little text for rates, or not English."]

    def say(name: str, rate: VoiceRate) -> str:
        against = f", more than in {rate.percentile:.0f} of 100 articles" if rate.percentile is not None else ""
        return f"{name}: {rate.per_1000:.1f} per 1,000 words ({rate.count} found){against}"

    return [
        say("The outlet’s own voice", rates.outlet),
        say("Quoted voices", rates.quoted),
        f"Reference: {rates.reference}, {rates.reference_articles:,} articles.",
    ]
