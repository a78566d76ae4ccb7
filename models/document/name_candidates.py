"""A stretch that may be a name, before anybody knows whose it is, and the words that it is made of."""

from __future__ import annotations

from dataclasses import dataclass

from .name_facts import Gender, Known
from .name_lists import fold

_INITIALS = 2  # letters of a middle name, at most


@dataclass(slots=True)
class Unit:
    """One word of a run: a token, a token with its full stop, or the capitalised half of a compound."""

    start: int
    end: int
    text: str
    key: str  # folded
    token: int
    small: bool = False  # a particle or a connector between capitalised words, or what is no word of the name itself
    nick: bool = False  # in quotation marks: Dwayne “Big Mack” Moor


@dataclass(slots=True)
class NameCandidate:
    """A stretch that may be a name, with what stands around it."""

    words: list[Unit]
    sentence: int
    title: str = ""
    gender: Gender = "unknown"
    known: Known | None = None
    demonym: str | None = None  # the country of an adjective: no name by itself
    doubtful: bool = False  # capitalised only because of where it stands

    @property
    def start(self) -> int:
        """First code point in the document's text."""
        return self.words[0].start

    @property
    def end(self) -> int:
        """One past the last code point."""
        return self.words[-1].end

    @property
    def first(self) -> int:
        """Index of the first token."""
        return self.words[0].token

    @property
    def last(self) -> int:
        """One past the last token; a full stop that belongs to the name is left out."""
        return self.words[-1].token + 1

    @property
    def keys(self) -> list[str]:
        """The folded words without particles and connectors."""
        return [unit.key for unit in self.words if not unit.small]

    @property
    def initials(self) -> str:
        """The letters between a first and a last name: "hw" for George H. W. Moore."""
        inner = [unit.text.replace(".", "") for unit in self.words[1:-1] if not unit.small]
        return "".join(text for text in inner if text.isupper() and len(text) <= _INITIALS).casefold()

    @property
    def plain(self) -> tuple[str, ...]:
        """The words without initials and particles, compounds apart: "kim jong un", "bashar assad"."""
        words: list[str] = []
        for n, key in enumerate(self.keys):
            pieces = fold(key).split("-")
            if n and len(pieces) > 1 and pieces[0] in ("al", "el", "as", "ash", "an", "at", "ul"):
                pieces = pieces[1:]
            words += [p for p in pieces if p]
        long = [w for w in words if len(w) > 1]
        return tuple(long if len(long) > 1 or len(words) == 1 else words) or tuple(self.keys)

    def ends_with(self, key: tuple[str, ...]) -> bool:
        """Is it longer than these words, and ends with them? But the Register is not the Office of the Register."""
        size, words = len(key), self.plain
        joint = len(self.words) > size and self.words[-size - 1].small
        return len(words) > size and words[-size:] == key and not joint
