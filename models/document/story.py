"""An article read from first to last sentence: who has been mentioned where, inside and outside quotations."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from .name_lists import lists
from .name_records import Record
from .parts import Quotation, Sentence, Token

CLOSERS = frozenset("”\"’'»")
WINDOW = 12  # mentions looked back on; in a longer list nobody stands out
REACH = 3  # sentences back
_BEFORE_INVERTED = CLOSERS | {",", "?", "!"}


class Story:
    """Sentences go by their numbers; `mentioned` holds start, end and record of the mentions of each."""

    def __init__(
        self,
        records: list[Record],
        tokens: Sequence[Token],
        sentences: Sequence[Sentence],
        quotations: Sequence[Quotation],
    ) -> None:
        self.records = records
        self.tokens = tokens
        self.sentences = sentences
        self.lists = lists()
        spoken = [q for q in quotations if q.depth == 0 and q.kind == "speech"]
        self.opened, self.closed = [q.start for q in spoken], [q.end for q in spoken]
        self.starts = [s.start for s in sentences]
        self.mentioned: list[list[tuple[int, int, Record]]] = [[] for _ in sentences]
        for record in records:
            for mention in record.mentions:
                number = max(0, bisect_right(self.starts, mention.start) - 1)
                self.mentioned[number].append((mention.start, mention.end, record))
        for inside in self.mentioned:
            inside.sort(key=lambda m: m[0])
        self.last_speaker: tuple[int, Record] | None = None

    def note(self, number: int, start: int, end: int, record: Record, after: int) -> None:
        """Somebody is mentioned here; `after`: the token behind. Who speaks is remembered."""
        self.mentioned[number].append((start, end, record))
        if record.kind != "person" or after >= len(self.tokens) or self.quotation(start):
            return
        if self.tokens[after].text in self.lists.speech or self._is_inverted(start):
            self.last_speaker = (number, record)

    def quotation(self, offset: int) -> int:
        """Number of the quotation around this offset, counted from 1; 0 outside."""
        k = bisect_right(self.opened, offset) - 1
        return k + 1 if k >= 0 and offset < self.closed[k] else 0

    def recent(self, number: int) -> Iterator[tuple[int, int, Record]]:
        """The mentions of this sentence so far and of the one before, a headline aside."""
        yield from self.mentioned[number][-WINDOW:]
        if number and self.sentences[number - 1].part != "headline":
            yield from self.mentioned[number - 1][-WINDOW:]

    def _is_inverted(self, start: int) -> bool:
        """“…,” said Moore; but not: the clerk said Moore left."""
        i = bisect_right(self.tokens, start - 1, key=lambda t: t.start) - 1
        return i > 0 and self.tokens[i].text in self.lists.speech and self.tokens[i - 1].text in _BEFORE_INVERTED
