"""The method page: docs/methodology.md set in HTML, and what each mark is and is not, from codebook and lexicons.

Nothing of it is written a second time: the page is the file, and every example is one that the tests hold the
analysis to.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

import models
from models import codebook
from models.codebook import Category

FILE = Path(__file__).parents[1] / "docs" / "methodology.md"
LEXICONS = Path(models.__file__).parent / "lexicons"
ENTRIES = 2  # of a category's lexicon, with their examples
_WORDS = re.compile(r"\[([^\]]+)\]")  # what an example marks stands in brackets
_PIECE = re.compile(r"\{([a-z ]+)\|([^}]+)\}")  # a figure of texts.toml: {style|words}


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter of the file."""

    name: str
    """What links lead to, such as `loaded-words`."""
    title: str
    body: Markup


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of mark: its name, its test, examples of it, and what looks like it and is none."""

    name: str
    test: str
    is_one: list[Markup]
    is_none: list[Markup]


@cache
def read() -> tuple[Section, ...]:
    """The chapters of docs/methodology.md; the first one is what stands before the first heading."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = list(_link_within(reader.parse(FILE.read_text(encoding="utf-8"))))
    starts = [at for at, token in enumerate(tokens) if token.type == "heading_open" and token.tag in ("h1", "h2")]
    sections = []
    for start, end in zip(starts, [*starts[1:], len(tokens)], strict=True):
        title = tokens[start + 1].content
        body = reader.renderer.render(tokens[start + 3 : end], reader.options, {})
        sections.append(Section(name_heading(title), title, _let_scroll(body, title)))
    return tuple(sections)


def name_heading(title: str) -> str:
    """The name that links to a heading use, as code hosts make it."""
    return re.sub(r"[^\w-]", "", title.lower().replace(" ", "-"))


def _link_within(tokens: Sequence[Token]) -> Iterator[Token]:
    """Give headings their names; links to other files, which are not served, become plain words."""
    for at, token in enumerate(tokens):
        if token.type == "heading_open":
            token.attrSet("id", name_heading(tokens[at + 1].content))
        kept: list[Token] = []
        led = True
        for child in token.children or []:
            if child.type == "link_open":
                led = str(child.attrs["href"]).startswith(("#", "https://"))
            if led or child.type not in ("link_open", "link_close"):
                kept.append(child)
        token.children = kept
        yield token


def _let_scroll(body: str, title: str) -> Markup:
    opened = f'<div class="scroll" tabindex="0" role="group" aria-label="Table, {escape(title)}"><table>'
    return Markup(body.replace("<table>", opened).replace("</table>", "</table></div>"))  # noqa: S704 - our own file


@cache
def show_kinds(layer: str) -> tuple[Kind, ...]:
    """What each mark of a layer of the codebook is and is not; none for a layer that it does not have."""
    found = codebook.read(codebook.default_text()).layer(layer)
    return tuple(_show(layer, category) for category in found.categories) if found else ()


def _show(layer: str, category: Category) -> Kind:
    style = "device" if layer == "devices" else "term"
    is_one, is_none = ([_list(words, style)] if words else [] for words in (category.yes, category.no))
    place = {"loaded": f"{category.id}.toml", "devices": f"devices/{category.id}.toml"}.get(layer)
    for entry in _pick(LEXICONS / place) if place else ():
        style = f"term {entry['tone']}" if "tone" in entry else "device"
        is_one += [_mark(sentence, style) for sentence in entry["matches"][:1]]
        is_none += [_mark(sentence, style) for sentence in entry["ignores"][:1]]
    return Kind(category.name, category.test, is_one, is_none)


def _list(examples: Sequence[str], style: str) -> Markup:
    return Markup(" · ").join(_mark(words, style) for words in examples)


def _pick(path: Path) -> Iterator[Mapping[str, Any]]:
    """The first entries that have a near miss; of names that two camps have, one of each."""
    if not path.exists():
        return
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    shared = tables.pop("defaults", {})
    entries = [shared | table for table in tables.values()]
    shown = [one for one in entries if one.get("matches") and one.get("ignores") and one.get("style") != "slur"]
    camps = {one.get("camp"): one for one in reversed(shown) if one.get("pair") == shown[0].get("pair")}
    yield from camps.values() if len(camps) > 1 else shown[:ENTRIES]


def _mark(sentence: str, style: str) -> Markup:
    """An example with its marked words drawn; without brackets it stands as it is."""
    mark = Markup('<u class="{}">{}</u>').format
    pieces = enumerate(_WORDS.split(sentence))
    return Markup("").join(mark(style, piece) if at % 2 else piece for at, piece in pieces)


def draw_figure(text: str) -> Markup:
    """A sentence of texts.toml with its marks drawn as a report draws them."""
    pieces = _PIECE.split(text)
    drawn = [escape(pieces[0])]
    for style, words, after in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        tag = "span" if style.split()[0] in ("tone", "edge") else "u"
        drawn.append(Markup('<{0} class="{1}">{2}</{0}>').format(tag, style, words) + after)
    return Markup("").join(drawn)
