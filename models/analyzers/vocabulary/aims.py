"""Whom is a loaded word about? The name that stands in the right place beside it."""

from __future__ import annotations

from dataclasses import dataclass

from models import lexicon
from models.document import Document
from models.lexicon import Hit, LexiconEntry

_COPULAS = frozenset(["is", "was", "are", "were", "be", "been", "being", "'s", "'re", "became", "become", "becomes",
                      "remains", "remained", "remain", "as", "like"])  # fmt: skip
_NAMING = frozenset(["call", "called", "calls", "calling", "brand", "branded", "brands", "branding", "label", "labeled",
                     "labelled", "dub", "dubbed", "deem", "deemed", "consider", "considered", "considers",
                     "declare", "declared", "declares", "named", "makes", "made"])  # fmt: skip
# Who follows, serves or fights a name is somebody else: a fervent [Sanders supporter].
_OTHERS = frozenset(["supporter", "supporters", "backer", "backers", "fan", "fans", "follower", "followers", "loyalist",
                     "loyalists", "ally", "allies", "aide", "aides", "adviser", "advisers", "advisor", "advisors",
                     "critic", "critics", "opponent", "opponents", "detractor", "detractors", "rival", "rivals", "foe",
                     "foes", "voter", "voters", "donor", "donors", "lawyer", "lawyers", "appointee", "appointees",
                     "man", "men", "woman", "women", "protester", "protesters"])  # fmt: skip
# Words tagged as prepositions after which a clause with a subject of its own begins.
_OPENING = frozenset(
    ["that", "because", "while", "if", "though", "although", "whether", "since", "as", "until", "than"]
)
_SUCH = frozenset(["like", "named", "called"])
_QUOTES = frozenset(['"', "“", "‘", "``", "'"])
_POS = {"NN": "noun", "JJ": "adjective", "VB": "verb"}
_AUXILIARIES = frozenset(["has", "have", "had", "will", "would", "did", "does", "do", "is", "was", "are", "were", "be",
                          "been", "being", "who", "also", "then", "n't", "not", "'s", "to"])  # fmt: skip


@dataclass(init=False, slots=True)
class Aims:
    """Where the document's names begin and end, by token, so that a loaded word finds the one it is about."""

    document: Document
    words: list[str]
    begins: dict[int, str]
    stops: dict[int, int]  # where a name begins: one past its last token
    ends: dict[int, str]
    starts: dict[int, int]  # where a name ends: its first token
    inside: dict[int, tuple[str, bool]]  # token index: entity, and whether it is named there
    latest: dict[str, str]  # lexicon entry: whom it was last about

    def __init__(self, document: Document) -> None:
        self.document = document
        self.words = [lexicon.fold(token.text) for token in document.tokens]
        self.begins, self.stops, self.ends, self.starts = {}, {}, {}, {}
        self.inside, self.latest = {}, {}
        for entity in document.entities:
            for mention in entity.mentions:
                covered = document.tokens_in(mention.start, mention.end)
                self.begins[covered.start] = self.ends[covered.stop] = entity.id
                self.stops[covered.start], self.starts[covered.stop] = covered.stop, covered.start
                for at in covered:
                    self.inside[at] = (entity.id, mention.form == "name")

    def names(self, hit: Hit) -> bool:
        """Is the hit a capitalised part of somebody's name? A label before a name is none."""
        return hit.entry.category != "label" and self.is_named(hit.first)

    def is_named(self, at: int) -> bool:
        """Is this token a capitalised part of a name?"""
        _, named = self.inside.get(at, ("", False))
        return named and self.document.tokens[at].text[0].isupper()

    def target(self, first: int, last: int, entry: LexiconEntry | None) -> str | None:
        """Whom are tokens [first, last) about? Entity id, or None where no name stands in the right place."""
        pos = entry.pos if entry else _POS.get(self._tag(last - 1)[:2])
        if first in self.inside and not self.inside[first][1]:
            found: str | None = self.inside[first][0]
        elif pos == "noun":
            found = (
                self._follows(last, steps=0)
                or self._owner(first)
                or self.ends.get(first)
                or self._described(first)
                or self._apposed(first, last)
                or self._of(last)
                or self._like(last)
                or (self.latest.get(entry.id) if entry and first and self.words[first - 1] in ("the", "this") else None)
            )
        elif pos == "adjective":
            found = (
                self._follows(last, steps=3)
                or self._owner(first)
                or self._described(first)
                or self._of(last)
                or self._trails(first)
            )
        elif pos == "verb":
            found = self._subject(first)
        else:
            found = None
        if found is not None and entry is not None:
            self.latest[entry.id] = found
        return found

    def _tag(self, at: int) -> str:
        return self.document.tokens[at].tag

    def _back(self, at: int, tags: tuple[str, ...], steps: int = 4) -> int:
        """Walk left over words with these tags and quotation marks, never out of the sentence or into a name."""
        first = self.document.sentences[self.document.tokens[at].sentence].first if at < len(self.words) else at
        while at > first and steps and at not in self.ends:
            if self.words[at - 1] not in _QUOTES and not self._tag(at - 1).startswith(tags):
                break
            at, steps = at - 1, steps - 1
        return at

    def _follows(self, at: int, steps: int) -> str | None:
        """dictator [Bashar al-Assad]; a brutal leader like none, a fervent Assad supporter: nothing."""
        end = self._end(at - 1)
        while steps and at not in self.begins and at < end and self._tag(at).startswith(("JJ", "NN")):
            at, steps = at + 1, steps - 1
        after = self.stops.get(at, end)
        return self.begins.get(at) if at < end and (after >= end or self.words[after] not in _OTHERS) else None

    def _end(self, at: int) -> int:
        """One past the last token of the sentence around this one."""
        return self.document.sentences[self.document.tokens[at].sentence].last

    def _like(self, last: int) -> str | None:
        """a tyrant like [Kim]"""
        if last + 1 < self._end(last - 1) and self.words[last] in _SUCH:
            return self.begins.get(last + 1)
        return None

    def _trails(self, first: int) -> str | None:
        """[Kim], a rotten tyrant"""
        at = self._back(first, ("JJ", "RB", "VBN"))
        named = at > 1 and self.words[at - 1] in ("a", "an") and self.words[at - 2] == ","
        return self.ends.get(at - 2) if named else None

    def _owner(self, first: int) -> str | None:
        """[Assad]'s brutal regime; [his] dark, brutal regime; the [North Korean] regime."""
        if first > 1 and self.words[first - 1] == "," and self._tag(first - 2) == "JJ" and first - 1 not in self.ends:
            first -= 1
        at = self._back(first, ("JJ", "RB", "VBN", "VBG", "NN"), 3)
        if at and self.words[at - 1] == "'s":
            return self.ends.get(at - 1)
        owner = self.ends.get(at)
        return owner if owner and self._tag(at - 1) in ("PRP$", "JJ") else None

    def _described(self, first: int) -> str | None:
        """[Kim] is a young tyrant; they called [Kim] a tyrant; [Kim] was branded a tyrant."""
        at = self._back(first, ("JJ", "RB", "VBN", "NN"))
        at = self._back(at, ("DT", "PDT"), 2)
        if at and at in self.ends and self._named_before(at) and not self._is_governed(at):
            return self.ends[at]
        passive = at and self.words[at - 1] in _NAMING
        if at and (passive or self.words[at - 1] in _COPULAS):
            return self._subject(at - 1)
        at = self._back(at, ("RB",))  # is once again a tyrant
        if at and self.words[at - 1] in _COPULAS:
            return self._subject(at - 1)
        return None

    def _named_before(self, at: int) -> bool:
        first = max(0, at - 8)
        return not _NAMING.isdisjoint(self.words[first:at])

    def _apposed(self, first: int, last: int) -> str | None:
        """[Kim], a young tyrant, …; the tyrant, [Kim], …"""
        at = self._back(self._back(first, ("JJ", "RB", "VBN", "NN")), ("DT",), 2)
        if at and self.words[at - 1] == "," and at - 1 in self.ends:
            return self.ends[at - 1]
        defined = at < first and self.words[at] == "the"
        if defined and last + 1 < self._end(last - 1) and self.words[last] == ",":
            after = self.stops.get(last + 1, last)
            return self.begins.get(last + 1) if after < len(self.words) and self.words[after] in (",", ".") else None
        return None

    def _of(self, last: int) -> str | None:
        """the wise leadership of [Kim Jong Un]; the tyrant of [Damascus]."""
        at, steps, end = last, 6, self._end(last - 1)
        while steps and at < end and self._tag(at).startswith(("JJ", "NN", "CC")):
            at, steps = at + 1, steps - 1
        if at < end and self.words[at] == "of":
            for begin in range(at + 1, min(at + 4, end)):
                if begin in self.begins:
                    return self.begins[begin]
                token = self.document.tokens[begin]
                if not (token.tag == "DT" or token.text[0].isupper()):
                    return None
        return None

    def _subject(self, verb: int) -> str | None:
        """[The senator] has never slammed the bill; complaints to the senator have exploded: nobody."""
        at, steps = verb, 4
        while at and steps and at not in self.ends:
            if self.words[at - 1] not in _AUXILIARIES and not self._tag(at - 1).startswith(("RB", "MD")):
                return None
            at, steps = at - 1, steps - 1
        return None if self._is_governed(at) else self.ends.get(at)

    def _is_governed(self, end: int) -> bool:
        """Does the name that ends here hang on a preposition: the letters to [Kim], the streets of [the old Rome]?"""
        start = self.starts.get(end, 0)
        while start and self._tag(start - 1) in ("DT", "JJ"):
            start -= 1
        return start > 0 and self._tag(start - 1) in ("IN", "TO") and self.words[start - 1] not in _OPENING
