"""What was read, from where, by what, and what to know before believing the rest."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .kinds import Genre, Share
from .spans import Record

FIRST_WORDS = 6  # by which a text without a headline is called


class ArticleFacts(Record):
    """What was read."""

    id: str | int | None = Field(
        default=None,
        description="The caller's own name for the article, given back: text, or a whole number of no bound.",
    )
    title: str | None = Field(default=None, description="The headline as submitted; null without one.")
    outlet: str | None = Field(default=None, description="Who published it, as submitted.")
    author: str | None = Field(default=None, description="Who wrote it, as submitted.")
    url: str | None = Field(default=None, description="Where it stands, as submitted.")
    published: str | None = Field(default=None, description="When it was published, ISO 8601, as submitted.")
    text: str = Field(description="The title, a blank line and the body as submitted, never altered.")
    sha256: str = Field(description="SHA-256 of text in UTF-8, hexadecimal.")
    title_end: int = Field(ge=0, description="Where the headline ends in text; 0 without one.")
    language: str = Field(description="ISO 639-1 code of the language found; 'und' when unclear.")
    words: int = Field(ge=0, description="Words outside boilerplate, the base of every rate.")
    genre: Genre | None = Field(default=None, description="What kind of text it is; null where not judged.")
    genre_probability: Share | None = Field(default=None, description="How sure of the genre: a probability.")

    @property
    def called(self) -> str:
        """What is the article called: its headline, else its first words?"""
        words = self.text.split()
        return self.title or " ".join(words[:FIRST_WORDS]) + (" …" if len(words) > FIRST_WORDS else "") or "Untitled"


class Origin(Record):
    """Where the text was extracted from."""

    kind: Literal["link", "html", "file"] = Field(description="What was submitted instead of text.")
    name: str | None = Field(default=None, description="The address as submitted, or the file's name.")
    fetched: str | None = Field(default=None, description="Address of the page that was read, after all redirects.")
    encoding: str | None = Field(default=None, description="The encoding by which its bytes were read.")
    encoding_guessed: bool = Field(default=False, description="True where nothing said which encoding it is.")
    tool: str = Field(description="The library that found the text, with its version.")
    extracted_at: str = Field(description="When, UTC, ISO 8601.")


class Provenance(Record):
    """What made this report."""

    engine: str = Field(description="Version of Parallax's analysis.")
    lexicons: dict[str, str] = Field(description="Version (content hash) of every lexicon used.")
    models: dict[str, str] = Field(description="Version of every trained model used.")
    analyzed_at: str = Field(description="When, UTC, ISO 8601.")
    milliseconds: float = Field(ge=0, description="How long the analysis took.")
    origin: Origin | None = Field(
        default=None, description="Where the text was extracted from; null when the article came as text."
    )


class Note(Record):
    """Something the reader should know before believing the rest."""

    code: str = Field(description="Which note, for programs.")
    message: str = Field(description="What the reader should know, in a sentence.")
