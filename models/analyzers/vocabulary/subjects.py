"""Subjects: who does what a verb says, through commas, appositions and verbs in a row."""

from __future__ import annotations

from .places import CLASSES, Places

_AUXILIARIES = CLASSES["auxiliaries"]
_FINITE = ("VBD", "VBZ", "VBP")
_POINTING = ("that", "this")
_RELATIVE = ("that", "who", "which", "whom", "whose", "what")
_CLAUSE = 25  # tokens between a verb and the one before it that has the same subject


class Subjects(Places):
    """Whose verb is it? Each method gives the id of the name in [brackets] of its examples, or None."""

    __slots__ = ()

    def subject(self, verb: int) -> str | None:
        """[The senator] has never slammed the bill; complaints to the senator have exploded: nobody.

        [Hale], a baker, smirked; [he] came to bleat about it and smirked.
        """
        at = self._before_verb(verb)
        if at in self.ends:
            return None if self.is_governed(at) else self.ends[at]
        if at and self.words[at - 1] == ",":
            return self._before_apposition(at - 1)
        joined = at and (self.tag(at - 1) == "CC" or self.words[verb - 1] == "to")
        return self._shared_subject(at) if joined else None

    def _before_verb(self, verb: int) -> int:
        at, steps = verb, 4
        while at and steps and at not in self.ends:
            if self.words[at - 1] not in _AUXILIARIES and not self.tag(at - 1).startswith(("RB", "MD")):
                break
            at, steps = at - 1, steps - 1
        return at

    def _before_apposition(self, comma: int) -> str | None:
        """[Hale], a baker who knew it, | smirked; the tyrant of Corley, [Hale], | smirked"""
        begin = self.document.sentences[self.document.tokens[comma].sentence].first
        if comma in self.ends and self.kinds[self.ends[comma]] == "person":
            start = self.starts[comma]
            opened = start > begin and self.words[start - 1] == ","
            return self.ends[comma] if opened else None
        for at in range(comma - 1, max(begin, comma - _CLAUSE), -1):
            if self.words[at] == ",":
                opens = self.words[at + 1] in ("a", "an", "the", "who", "whose", "whom", *_POINTING)
                return self.ends.get(at) if opens and not self.is_governed(at) else None
        return None

    def _may_end(self, at: int) -> bool:
        """Does a subject end here: a name, or an apposition's comma? The tagger takes many a past for a participle."""
        return at in self.ends or (at > 0 and self.words[at - 1] == "," and self._before_apposition(at - 1) is not None)

    def _shared_subject(self, joint: int) -> str | None:
        """[He] parroted lines that they had fed him and | smirked: the subject of the verb before."""
        begin = self.document.sentences[self.document.tokens[joint].sentence].first
        for at in range(joint - 2, max(begin, joint - _CLAUSE), -1):
            before = self._before_verb(at)
            if not self.tag(at).startswith(_FINITE) and not (self.tag(at) == "VBN" and self._may_end(before)):
                continue
            if before in self.ends:
                return None if self.is_governed(before) else self.ends[before]
            if before and self.words[before - 1] == ",":
                return self._before_apposition(before - 1)
            if not any(self.words[k] in _RELATIVE for k in range(max(begin, before - 4), before)):
                return None
        return None

    def is_modifier(self, first: int, last: int) -> bool:
        """Is the verb a participle before its noun: a preening empty suit?"""
        noun = last < self.end(last - 1) and self.tag(last).startswith(("NN", "JJ"))
        return (
            noun
            and first > 0
            and self.tag(first - 1) in ("DT", "JJ", "PRP$")
            and self.words[first].endswith(("ing", "ed"))
        )
