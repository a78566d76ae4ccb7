"""The summary of a report as a picture (SVG), for whoever shares it: what the page says at a glance, to its size."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from markupsafe import escape

from models.report import Report
from service import findings, summary
from service.figures import count, day
from service.texts import TEXTS, say

WIDTH, MARGIN, LABELS, LINE = 1200, 56, 205, 33
TITLE, BODY = 52, 82  # characters that a line of the headline, of a sentence, holds
SERIF = "Georgia, 'Times New Roman', serif"
SANS = "system-ui, 'Segoe UI', 'Noto Sans', Arial, sans-serif"


def write(report: Report, where: str) -> str:
    """The picture with its text alternative; `where` is the address of the report's page."""
    found = summary.summarise(report, findings.find(report))
    said = {TEXTS["glance"]["label"][one.about]: one.text for one in found}
    if not said:
        language = TEXTS["language"].get(report.article.language, "another language than English")
        said = {"": say("not_read", language=language)}
    title = report.article.called
    drawn, height = _draw(report, title, said, where)
    told = escape(" ".join([*said.values(), where]))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img" aria-labelledby="t d"><title id="t">{escape(title)}</title><desc id="d">{told}</desc>'
        f'<rect width="{WIDTH}" height="{height}" fill="#fcfaf5"/>{drawn}</svg>'
    )


def _draw(report: Report, title: str, said: dict[str, str], where: str) -> tuple[str, int]:
    lines, at = [], MARGIN + 34
    for line in wrap(title, TITLE)[:3]:
        lines.append(_set(line, MARGIN, at, 40, SERIF, weight=600))
        at += 48
    facts = " · ".join(_list_facts(report))
    lines.append(_set(facts, MARGIN, at, 20, SANS, fill="#4c4842"))
    at += 26
    for label, sentence in said.items():
        lines.append(f'<path d="M{MARGIN} {at}H{WIDTH - MARGIN}" stroke="#cfc8bb"/>')
        at += LINE
        lines.append(_set(label, MARGIN, at, 19, SANS, fill="#4c4842", weight=600))
        for line in wrap(sentence, BODY):
            lines.append(_set(line, MARGIN + LABELS, at, 23, SERIF))
            at += LINE
        at -= 10
    for line in (f"Parallax. {say('forewarning')}", where):
        at += 28
        lines.append(_set(line, MARGIN, at, 17, SANS, fill="#4c4842"))
    return "".join(lines), at + MARGIN


def _list_facts(report: Report) -> Iterator[str]:
    article = report.article
    yield from (fact for fact in (article.outlet, article.author) if fact)
    if article.published:
        yield day(article.published)
    if article.genre:
        yield TEXTS["genre"][article.genre]
    yield count(article.words, "word")


def _set(text: str, x: int, y: int, size: int, face: str, fill: str = "#1d1b18", weight: int = 400) -> str:
    return (
        f'<text x="{x}" y="{y}" font-family="{face}" font-size="{size}" font-weight="{weight}" fill="{fill}">'
        f"{escape(text)}</text>"
    )
