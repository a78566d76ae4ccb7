"""How numbers are shown: with their sign, their unit and their drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Flask

from models.report import ArcPoint

ARC_HEIGHT = 40.0  # half the drawing: polarity 1


@dataclass(frozen=True, slots=True)
class Bar:
    """One paragraph in the drawing of tone, in per cent of its width and height."""

    x: float
    width: float
    y: float
    height: float
    sign: str
    point: ArcPoint


def percent(share: float) -> str:
    """0.412 → 41 %."""
    return f"{share * 100:.0f} %" if share >= 0.01 or share == 0 else "under 1 %"


def signed(value: float) -> str:
    """0.3 → +0.30; −0.3 → −0.30."""
    return "0.00" if abs(value) < 0.005 else f"{value:+.2f}".replace("-", "−")


def rate(value: float) -> str:
    """15.812 → 15.8."""
    return f"{value:.1f}"


def day(published: str) -> str:
    """2018-06-04T10:00:00Z → 4 June 2018."""
    try:
        when = datetime.fromisoformat(published)
    except ValueError:
        return published
    return f"{when.day} {when:%B %Y}"


def draw_arc(points: Sequence[ArcPoint]) -> list[Bar]:
    """Tone by paragraph: each as wide as it has words, up for kind words, down for unkind ones."""
    total, x, bars = sum(point.words for point in points) or 1, 0.0, []
    for point in points:
        width, height = 100 * point.words / total, ARC_HEIGHT * abs(point.polarity)
        up = point.polarity >= 0
        sign = "level" if height < 0.5 else "up" if up else "down"
        bars.append(Bar(x, width, 50 - height if up else 50, height, sign, point))
        x += width
    return bars


def register(app: Flask) -> None:
    """Make these available in templates."""
    app.jinja_env.filters.update(percent=percent, signed=signed, rate=rate, day=day, arc=draw_arc)
