"""Grammar of a whole document: what each word hangs from and as what, by Universal Dependencies."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field

ROOT = -1  # the head of a sentence's uppermost word, and of each word of what was not read
SUBJECTS = frozenset(("nsubj", "nsubj:pass", "csubj"))
OBJECTS = frozenset(("obj", "iobj"))


@dataclass(frozen=True, slots=True)
class Syntax:
    """Trees over `Document.tokens`, one value a token; indices are those of the document's tokens.

    `upos`: universal part of speech. `heads`: the token that it hangs from, ROOT for none. `relations`: as what
    (nsubj, obj, obl:agent …; "" where a sentence was not read). The further words of a name that the reader did not see
    hang from its first as `flat`.
    """

    upos: Sequence[str]
    heads: Sequence[int]
    relations: Sequence[str]
    _children: Sequence[Sequence[int]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        below: list[list[int]] = [[] for _ in self.heads]
        for at, head in enumerate(self.heads):
            if head != ROOT:
                below[head].append(at)
        object.__setattr__(self, "_children", below)

    def children(self, at: int, relations: Container[str] | None = None) -> list[int]:
        """The tokens that hang from this one, in text order; only those that hang as one of `relations`."""
        return [child for child in self._children[at] if relations is None or self.relations[child] in relations]

    def child(self, at: int, *relations: str) -> int | None:
        """The first token that hangs from this one as one of `relations`."""
        return next((child for child in self._children[at] if self.relations[child] in relations), None)

    def subtree(self, at: int, without: Container[str] = ()) -> list[int]:
        """This token and all below it, in text order; branches that begin with a relation of `without` are left out."""
        found, waiting = [at], [at]
        while waiting:
            below = [child for child in self._children[waiting.pop()] if self.relations[child] not in without]
            found += below
            waiting += below
        return sorted(found)

    def span(self, at: int, without: Container[str] = ()) -> tuple[int, int]:
        """The unbroken run of tokens [first, last) around this one that its subtree covers."""
        inside = set(self.subtree(at, without))
        first = last = at
        while first - 1 in inside:
            first -= 1
        while last + 1 in inside:
            last += 1
        return first, last + 1

    def head_of(self, first: int, last: int) -> int:
        """The word of tokens [first, last) that the others hang from: the first whose head is outside."""
        return next((at for at in range(first, last) if not first <= self.heads[at] < last), first)

    def ancestors(self, at: int) -> Iterator[int]:
        """What this token hangs from, what that hangs from, up to the root."""
        while (at := self.heads[at]) != ROOT:
            yield at

    def subject(self, verb: int) -> int | None:
        """The head word of a predicate's subject, its first conjunct's or governor's where it has none of its own:
        "Lee came and [left]", "Lee wants to [leave]". None where the clause has none."""
        at = verb
        for _ in range(4):
            found = self.child(at, *SUBJECTS)
            if found is not None:
                return found
            if self.relations[at] not in ("conj", "xcomp") or self.heads[at] == ROOT:
                return None
            at = self.heads[at]
        return None

    def is_passive(self, verb: int) -> bool:
        """Is this verb in the passive, by its subject, auxiliary or agent?"""
        return self.child(verb, "nsubj:pass", "aux:pass", "obl:agent") is not None
