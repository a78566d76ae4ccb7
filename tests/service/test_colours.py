"""Colours: letters 7:1, lines 3:1 against every ground they stand on, and told apart by colour-blind readers."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from service.assets import FOLDER

CSS = (FOLDER / "base.css").read_text("utf-8")
NAMES = ("negative", "positive", "voices", "people", "hedge")

# How a dichromat sees linear RGB (Machado, Oliveira & Fernandes 2009, severity 1).
BLIND = {
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
JUST_NOTICEABLE = 2.3  # CIE76 (Mahy et al. 1994)

Colour = tuple[float, float, float]


def read_themes() -> dict[str, dict[str, Colour]]:
    """The variables of both themes, as linear RGB."""
    blocks = re.findall(r":root \{([^}]*--page[^}]*)\}", CSS)[:2]
    return {
        theme: {name: _linear(value) for name, value in re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block)}
        for theme, block in zip(("light", "dark"), blocks, strict=True)
    }


def _linear(value: str) -> Colour:
    parts = [int(value[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return red, green, blue


def contrast(one: Colour, other: Colour) -> float:
    """WCAG 2: from 1 to 21."""
    low, high = sorted(0.2126 * red + 0.7152 * green + 0.0722 * blue for red, green, blue in (one, other))
    return (high + 0.05) / (low + 0.05)


def see(colour: Colour, kind: str) -> Colour:
    """The colour as somebody without one kind of cones sees it."""
    red, green, blue = (
        min(1.0, max(0.0, sum(weight * part for weight, part in zip(row, colour, strict=True)))) for row in BLIND[kind]
    )
    return red, green, blue


def differ(one: Colour, other: Colour) -> float:
    """CIE76: the distance in CIELAB."""
    return sum((a - b) ** 2 for a, b in zip(_lab(one), _lab(other), strict=True)) ** 0.5


def _lab(colour: Colour) -> Colour:
    red, green, blue = colour
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    fx, fy, fz = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


THEMES = read_themes()


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", ["page", "sheet", "lit"])
def test_letters_and_lines_stand_out(theme: str, ground: str) -> None:
    colours = THEMES[theme]
    for name in ("ink", "quiet", *(f"{name}-ink" for name in NAMES)):
        assert contrast(colours[name], colours[ground]) >= 7, name
    for name in (*NAMES, "edge"):
        assert contrast(colours[name], colours[ground]) >= 3, name


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("kind", BLIND)
def test_colour_blind_readers_tell_the_marks_apart(theme: str, kind: str) -> None:
    seen = {name: see(THEMES[theme][name], kind) for name in NAMES}
    for one, other in combinations(NAMES, 2):
        assert differ(seen[one], seen[other]) > 4 * JUST_NOTICEABLE, (one, other)
