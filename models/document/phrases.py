"""Phrases: many of them, found in a text word by word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Item = TypeVar("Item")


@dataclass(slots=True)
class _Node(Generic[Item]):
    """A word on the way through the phrases, and what is known of the phrase that ends with it."""

    following: dict[str, _Node[Item]] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)


class Phrases(Generic[Item]):
    """Phrases with what is known of each. Looking one up costs a look-up a word, however many there are."""

    def __init__(self) -> None:
        self._root: _Node[Item] = _Node()

    def add(self, words: Iterable[str], item: Item) -> None:
        """Learn a phrase; several items may have the same, and keep their order."""
        node = self._root
        for word in words:
            node = node.following.setdefault(word, _Node())
        node.items.append(item)

    def at(self, words: Sequence[str], first: int, end: int) -> Sequence[tuple[int, list[Item]]]:
        """Which phrases begin with words[first] and go no further than `end`: where each ends, the longest first."""
        node = self._root.following.get(words[first])
        if node is None:
            return ()
        found = []
        last = first + 1
        while node is not None:
            if node.items:
                found.append((last, node.items))
            node = node.following.get(words[last]) if last < end else None
            last += 1
        return found[::-1]
