"""A batch's file: taken in piece by piece, unpacked slice by slice, dropped when every line of it is kept."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, cast

import zstandard

from workers.store.articles import Submitted
from workers.store.batches import PARTS, Form, LineError
from workers.store.connection import key, pack, reach, run
from workers.store.secret import secret

_UPLOAD_SECONDS = 3_600


class Upload:
    """A file on its way into the store, piece by piece: in the web process nothing of it is looked into."""

    def __init__(self) -> None:
        self._key = key("upload", secrets.token_hex(16))
        self._hash = hashlib.sha256()
        self._compress = zstandard.ZstdCompressor(level=1)
        self.bytes = 0
        self.head = b""

    def add(self, piece: bytes) -> None:
        """Keep the next piece."""
        self._hash.update(piece)
        self.bytes += len(piece)
        self.head = self.head or piece[:64]
        with reach() as client:
            client.rpush(self._key, self._compress.compress(piece))
            client.expire(self._key, _UPLOAD_SECONDS)

    def drop(self) -> None:
        """Leave nothing of it."""
        with reach() as client:
            client.delete(self._key)

    def claim(self, form: Form, engine: str, name: str | None) -> str:
        """Make it a batch, once: the same file for the same engine joins the batch that is there. Gives its id.

        Nobody can work the id out who does not know the store's secret: private articles may be in the file.
        """
        content = "\n".join((form, self._hash.hexdigest(), engine))
        identifier = hmac.new(secret(), content.encode(), hashlib.sha256).hexdigest()[:32]
        facts: dict[str, str | float] = {"form": form, "bytes": self.bytes, "submitted": time.time()}
        facts |= {"name": name} if name else {}
        names = [key("batch", identifier), self._key, key("batches"), *(key(part, identifier) for part in PARTS)]
        pairs = [part for pair in facts.items() for part in pair]
        with reach() as client:
            run(client, "claim_batch", names, identifier, time.time(), *pairs)
        return identifier


def read_body(identifier: str) -> Iterator[bytes]:
    """The file, piece by piece."""
    expand = zstandard.ZstdDecompressor()
    at = 0
    while True:
        with reach() as client:
            piece = cast(bytes | None, client.lindex(key("batch-body", identifier), at))
        if piece is None:
            return
        yield expand.decompress(piece)
        at += 1


def add_lines(
    identifier: str, articles: Iterable[tuple[int, Submitted]], errors: Iterable[LineError], last: int
) -> None:
    """Keep lines that were read, up to the number `last`; done twice it changes nothing."""
    kept = {str(number): pack(article.model_dump_json()) for number, article in articles}
    told = {error.model_dump_json(): error.line for error in errors}
    names = [key(part, identifier) for part in ("batch", "batch-lines", "batch-errors")]
    with reach() as client:
        values = [len(kept), *(part for pair in kept.items() for part in pair)]
        values += [part for text, line in told.items() for part in (line, text)]
        run(client, "add_lines", names, last, len({error.line for error in errors}), *values)


def begin_slice(identifier: str) -> int:
    """How often the unpacking was begun since lines were last kept, this time among them."""
    with reach() as client:
        return int(client.hincrby(key("batch", identifier), "tries", 1))


def last_line(identifier: str) -> int:
    """Up to which number the lines are kept already."""
    with reach() as client:
        return int(cast(bytes | None, client.hget(key("batch", identifier), "read")) or 0)


def note_columns(identifier: str, columns: dict[str, str], unknown: Sequence[str]) -> None:
    """Keep how the file's columns were understood."""
    _note(identifier, columns=json.dumps(columns), unknown=json.dumps(list(unknown)))


def end_unpacking(identifier: str) -> None:
    """Every line was read: the file itself is dropped, the lines wait for room."""
    with reach() as client:
        run(client, "unpacked", [key("batch", identifier), key("batch-body", identifier)])


def _note(identifier: str, **facts: str) -> None:
    with reach() as client:
        if client.exists(key("batch", identifier)):
            client.hset(key("batch", identifier), mapping=cast(Any, facts))
