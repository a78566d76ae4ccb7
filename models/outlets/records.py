"""What is kept of a report for its outlet, and what an outlet's reports come to together."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from ..report import CastRole, Category, DeviceKind, FrameName, Genre, Share, SourceType, Stance, Voice

FEWEST_ARTICLES = 10
"""Below, no figure is given (as in the reference, research.training.reference)."""

Apart = Literal["more", "less", "no_difference"]
Gender = Literal["woman", "man", "unknown"]


class Record(BaseModel):
    """What is kept, or told, of articles."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Heard(Record):
    """One kind of source, or one source, in one article or in many."""

    articles: int = Field(ge=0, description="Articles in which it is heard.")
    statements: int = Field(ge=0, description="Statements of it.")
    words: int = Field(ge=0, description="Words of content given to it.")


class Voiced(Record):
    """One source as one article hears it."""

    name: str = Field(description="As the article names it most fully.")
    source_type: SourceType = Field(description="What kind of source it is.")
    person: bool = Field(description="Whether it is a person with a name.")
    role: CastRole | None = Field(description="What it speaks as; null where not judged.")
    side: str | None = Field(description="Whom it stands for, in the article's words; null where it does not say.")
    gender: Gender = Field(description="By he, she, Mr or Ms in the article's own words for that person.")
    statements: int = Field(ge=1, description="Statements of it.")
    words: int = Field(ge=0, description="Words of content given to it.")
    quoted: int = Field(ge=0, description="Those of them in quotation marks.")
    first: Share = Field(description="Where its first words stand in the text: 0 at its beginning, 1 at its end.")


class Counts(Record):
    """What one report adds to its outlet's figures."""

    published: str | None = Field(default=None, description="Day of publication, ISO 8601; null when not given.")
    text: str = Field(default="", description="A hash of its words without the headline: the same text counts once.")
    address: str = Field(default="", description="Where it stands, as `find_address` files it: versions count once.")
    genre: Genre | None = Field(default=None, description="What kind of text it is; null where not judged.")
    frames: list[FrameName] | None = Field(default=None, description="Those present; null where none was looked for.")
    devices: dict[DeviceKind, int] | None = Field(default=None, description="In its own voice; null likewise.")
    voiced: list[Voiced] | None = Field(default=None, description="Who is heard; null in older records.")
    words: dict[Voice, int]
    terms: dict[Category, dict[Voice, int]]
    verbs: dict[Stance, dict[str, int]] = Field(description="Lemmas and how often, by stance.")
    sources: dict[SourceType, Heard]
    speakers: dict[str, int] = Field(description="Named sources and the words given to each.")


class Interval(Record):
    """A figure over several articles, with what resampling the articles makes of it."""

    count: int = Field(ge=0, description="How many were counted.")
    value: float = Field(ge=0, description="The rate or share.")
    low: float = Field(ge=0, description="Lower end of the 95 % interval.")
    high: float = Field(ge=0, description="Upper end of the 95 % interval.")


class Compared(Interval):
    """A figure beside the reference's articles of the same genres, in the same mixture."""

    reference: float | None = Field(ge=0, description="The same in the reference; null without one.")
    against_reference: Apart | None = Field(description="Whether the interval lies above, below or around it.")


class Verb(Record):
    """A verb that introduces statements."""

    lemma: str = Field(description="The verb's base form.")
    stance: Stance = Field(description="How the verb treats what is said.")
    count: int = Field(ge=1, description="Statements that it introduces.")


class Speaker(Record):
    """A named source."""

    name: str = Field(description="As the articles name it.")
    articles: int = Field(ge=1, description="Articles in which it is heard.")
    words: int = Field(ge=0, description="Words of content given to it.")


class OutletFigures(Record):
    """What an outlet's articles come to together; given from 10 articles on."""

    words: dict[Voice, Annotated[int, Field(ge=0)]] = Field(
        description="Words of its articles by voice, boilerplate left out."
    )
    total: dict[Voice, Compared] = Field(description="All loaded words, per 1,000 words of that voice.")
    by_category: dict[Category, dict[Voice, Compared]] = Field(description="The same by category.")
    stances: dict[Stance, Interval] = Field(description="Shares (0 to 1) of the verbs that introduce statements.")
    verbs: list[Verb] = Field(description="The most frequent verbs, at most 20.")
    sources: dict[SourceType, Interval] = Field(description="Shares (0 to 1) of the words given to sources, by kind.")
    speakers: list[Speaker] = Field(description="Named sources heard in most articles, at most 20.")


def name_key(outlet: str) -> str:
    """The one spelling under which an outlet is filed: case, accents' encoding and white space make no difference."""
    return " ".join(unicodedata.normalize("NFKC", outlet).casefold().split())


def find_address(url: str | None) -> str:
    """The one spelling of an article's address: scheme, "www.", fragment and what only tracks make no difference.

    Empty for what is no address.
    """
    found = _ADDRESS.fullmatch((url or "").strip())
    if not found:
        return ""
    host, path, query = found[1].casefold(), found[2].rstrip("/"), found[3] or ""
    kept = "&".join(sorted(part for part in query.split("&") if part and not _TRACKS.match(part)))
    return f"{host}{path}{'?' * bool(kept)}{kept}"


_ADDRESS = re.compile(r"https?://(?:www\.)?([^/?#]+)([^?#]*)(?:\?([^#]*))?(?:#.*)?", re.I | re.S)
_TRACKS = re.compile(r"(?:utm_\w+|fbclid|gclid|mc_[ce]id|cmpid|smid)=", re.I)


def distinct(articles: Sequence[Counts]) -> list[Counts]:
    """Those that count: of one text, and of the versions at one address, the last alone; in their order."""
    seen: set[str] = set()
    kept: list[Counts] = []
    for one in reversed(articles):
        marks = {f"{kind} {mark}" for kind, mark in (("text", one.text), ("address", one.address)) if mark}
        if not marks & seen:
            kept.append(one)
        seen |= marks
    return kept[::-1]
