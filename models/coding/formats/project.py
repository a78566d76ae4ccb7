"""What goes out of a room: its codebook, its articles, and what each coder said of each."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...codebook import Codebook
from ..entries import Coding

_SPACE = uuid.UUID("6d1f0f6e-3a49-5a55-9e0a-3c1a2f6f9d57")  # of names below which are ours


@dataclass(frozen=True, slots=True)
class Document:
    """One article and its codings by coder; `tool`: what Parallax says of it; `sentences`: [start, end) of each."""

    id: str
    title: str
    text: str
    codings: Mapping[str, Coding]
    tool: Coding | None = None
    sentences: Sequence[tuple[int, int]] = ()

    @property
    def voices(self) -> list[tuple[str, Coding]]:
        """Each coder and what they say, Parallax last."""
        return [*self.codings.items(), *([("Parallax", self.tool)] if self.tool else [])]


@dataclass(frozen=True, slots=True)
class Project:
    """All that a format needs. `made`: when, ISO 8601 with its zone."""

    id: str
    name: str
    made: str
    codebook: Codebook
    documents: Sequence[Document]

    def name_part(self, *parts: object) -> str:
        """A name (UUID) for a part of it, the same every time it is written."""
        return str(uuid.uuid5(_SPACE, "\n".join([self.id, *map(str, parts)])))

    @property
    def coders(self) -> list[str]:
        """Everybody who said anything, in order of appearance."""
        return list(dict.fromkeys(coder for document in self.documents for coder in document.codings))


class Units:
    """Places in a text as UTF-16 code units, as JavaScript and Java count: a sign beyond U+FFFF is two."""

    def __init__(self, text: str) -> None:
        self._wide = [at for at, sign in enumerate(text) if sign > "\uffff"]

    def to(self, place: int) -> int:
        """UTF-16 units before a code point."""
        return place + sum(at < place for at in self._wide)

    def back(self, place: int) -> int:
        """The code point at so many UTF-16 units; inside a pair, the one that it belongs to."""
        for at in self._wide:
            if at + 1 >= place:
                return min(place, at)
            place -= 1
        return place
