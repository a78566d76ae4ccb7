"""Outlets: what the reports of each say together about its wording, as pages and JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, render_template, request
from pydantic import BaseModel, Field

from models.outlets.figures import tell_apart
from models.outlets.months import OverTime
from models.outlets.records import FEWEST_ARTICLES, Apart, Compared, Interval, OutletFigures, name_key
from models.report import Category, Voice
from service import access, over_time
from service.openapi import operation
from service.problems import Refusal
from workers import store
from workers.store import Outlet

outlets = Blueprint("outlets", __name__)


class Outlets(BaseModel):
    """Every outlet that reports were given of."""

    outlets: list[Outlet] = Field(description="Those with most reports, 300 at most, by the alphabet.")


@dataclass(frozen=True, slots=True)
class RateRow:
    """One rate of an outlet in both voices; `category` None for all loaded words."""

    category: Category | None
    by_voice: dict[Voice, Compared]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another outlet's rate in its own voice, and whether the outlet has more or less beyond chance."""

    name: str
    articles: int
    rate: Compared
    apart: Apart


@outlets.get("/outlets")
@access.needs("read")
def show_outlets() -> str:
    """Every outlet with what its reports come to together."""
    found = store.outlets()
    rates = [one.figures.total["outlet"] for one in found if one.figures]
    return render_template("outlets.html", outlets=found, top=find_top(rates), most=store.MOST_OUTLETS)


@outlets.get("/outlets/<path:name>")
@access.needs("read")
def show_outlet(name: str) -> str:
    """One outlet: its rates, its neighbours, its months and its reports, `?cursor=` leads on."""
    found = _find(name)
    page = store.outlet_reports(name, cursor=request.args.get("cursor"))
    rows = list(list_rates(found.figures)) if found.figures else []
    neighbours = list(list_neighbours(found, store.outlets())) if found.figures else []
    total = [found.figures.total["outlet"]] if found.figures else []
    return render_template(
        "outlet.html",
        outlet=found,
        rows=rows,
        rank=rank_shares,
        top=find_top([rate for row in rows if row.category for rate in row.by_voice.values()]),
        top_total=find_top([rate for row in rows if not row.category for rate in row.by_voice.values()]),
        months=over_time.draw(store.outlet_months(name)) if found.articles else None,
        neighbours=neighbours,
        top_neighbours=find_top(total + [one.rate for one in neighbours]),
        reports=page.items,
        kin=store.find_kin([summary.id for summary in page.items]),
        next=page.next,
    )


_NAME = {"name": "The outlet's name, whatever its case and white space."}
_GONE = {"not_found": "no report of this outlet is here"}
_ABOUT = (
    "Rates of loaded words by category and voice against a reference of news articles, verbs and sources, with 95 % "
    f"intervals over its articles. No figure below {FEWEST_ARTICLES} articles, no score, no place between left and "
    "right."
)


@operation(
    outlets, "GET", "/api/v1/outlets", "read", "List the outlets with what their reports come to together",
    {200: ("Those with most reports.", Outlets)}, more=_ABOUT,
)  # fmt: skip
def list_outlets() -> Outlets:
    return Outlets(outlets=store.outlets())


@operation(
    outlets, "GET", "/api/v1/outlets/<path:name>", "read", "Get what an outlet's reports come to together",
    {200: ("The outlet.", Outlet)}, more=_ABOUT,
    names=_NAME,
    when=_GONE,
)  # fmt: skip
def get_outlet(name: str) -> Outlet:
    return _find(name)


@operation(
    outlets, "GET", "/api/v1/outlets/<path:name>/months", "read", "Get an outlet month by month",
    {200: ("The months, the earliest first.", OverTime)}, names=_NAME, when=_GONE,
    more="Loaded words, frames, devices, roles and sides of who is heard, with 95 % intervals over the articles of the "
    f"month. A month of fewer than {FEWEST_ARTICLES} articles has no figure; the same text counts once.",
)  # fmt: skip
def get_outlet_months(name: str) -> OverTime:
    _find(name)
    return store.outlet_months(name)


@operation(
    outlets, "GET", "/api/v1/outlets/<path:name>/months.csv", "read", "Get an outlet month by month, as a table",
    {200: ("A row for each figure of each month.", ["text/csv"])}, names=_NAME, when=_GONE,
)  # fmt: skip
def get_outlet_months_table(name: str) -> Response:
    _find(name)
    return over_time.answer_csv("months.csv", over_time.MONTH_COLUMNS, over_time.list_rows(store.outlet_months(name)))


def list_rates(figures: OutletFigures) -> Iterator[RateRow]:
    """All loaded words, then each category, the most frequent in the outlet's own voice first."""
    yield RateRow(None, figures.total)
    ranked = sorted(figures.by_category.items(), key=lambda item: (-item[1]["outlet"].value, item[0]))
    for category, by_voice in ranked:
        yield RateRow(category, by_voice)


def list_neighbours(outlet: Outlet, others: Sequence[Outlet]) -> Iterator[Neighbour]:
    """The other outlets with enough articles, by the alphabet, each set against this one."""
    for other in others:
        if outlet.figures and other.figures and name_key(other.name) != name_key(outlet.name):
            mine, theirs = outlet.figures.total["outlet"], other.figures.total["outlet"]
            yield Neighbour(other.name, other.articles, theirs, tell_apart(mine, theirs))


def rank_shares(shares: Mapping[str, Interval]) -> list[tuple[str, Interval]]:
    """Those that were found at all, the largest first."""
    found = [(name, share) for name, share in shares.items() if share.count]
    return sorted(found, key=lambda item: (-item[1].value, item[0]))


def find_top(rates: Sequence[Interval]) -> float:
    """The highest end of these intervals and their reference, so that their drawings share one scale."""
    return max([1.0, *(rate.high for rate in rates), *(getattr(rate, "reference", None) or 0.0 for rate in rates)])


def _find(name: str) -> Outlet:
    found = store.outlet(name)
    if found is None:
        raise Refusal(404, "not_found", "No report of this outlet is here. Parallax knows only what it was given.")
    return found
