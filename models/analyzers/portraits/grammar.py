"""Simple grammar around a mention, by parts of speech: what the entity is called there, and what it does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from ... import lexicon
from ...document import Document, Entity, Mention
from ...document.name_lists import Lists, lists
from ...document.word_classes import CLASSES
from ...report import LabelTone
from .rules import address, settings, speech

_PASSIVE = CLASSES["be"]
_LABEL_WORDS = 8  # a longer one is a clause, not a label
_NOUNS = ("NN", "NNP", "NNS", "NNPS")
_VERBS = ("VB", "VBD", "VBZ", "VBP", "VBG")
Doing = Literal["acts", "acted_on", "speaks"]


@dataclass(frozen=True, slots=True)
class Grammar:
    """Simple grammar by parts of speech around a mention."""

    document: Document
    words: Sequence[str]  # folded
    tags: Sequence[str]
    tones: dict[int, LabelTone]  # token -> tone of the loaded word there
    known: Lists

    @classmethod
    def of(cls, document: Document) -> Grammar:
        tones: dict[int, LabelTone] = {
            at: hit.entry.tone for hit in lexicon.load().match(document) for at in range(hit.first, hit.last)
        }
        words = document.folded
        return cls(document, words, [t.tag for t in document.tokens], tones, lists())

    def bounds(self, mention: Mention) -> tuple[int, int]:
        inside = self.document.tokens_in(mention.start, mention.end)
        return inside.start, inside.stop

    def _sentence(self, at: int) -> tuple[int, int]:
        sentence = self.document.sentences[self.document.tokens[min(at, len(self.words) - 1)].sentence]
        return sentence.first, sentence.last

    def tone(self, start: int, end: int) -> LabelTone:
        """The tone of a label: that of the last loaded word in it."""
        inside = [self.tones[at] for at in self.document.tokens_in(start, end) if at in self.tones]
        return inside[-1] if inside else "neutral"

    # -- labels --------------------------------------------------------------------------------------------------

    def labels(self, entity: Entity, mention: Mention, first: int, last: int) -> Iterator[tuple[int, int]]:
        """What the outlet calls this entity here: before the name, in apposition, as a predicate, instead of it."""
        if first >= last:
            return
        begin, end = self._sentence(first)
        if mention.form == "role":
            if entity.kind == "person" and self.words[first] in ("the", "this", "that") and last - first > 1:
                yield self._span(first + 1, last)
            return
        if mention.form == "name":
            if entity.kind == "person":
                yield from self._before(first, begin)
            yield from self._apposition(entity, last, end)
        before = self._left_edge(first, begin) - 1
        governed = before >= begin and self.words[before] in (*settings()["prepositions"], *settings()["handing_on"])
        if not governed:
            yield from self._predicate(last, end)

    def _span(self, first: int, last: int) -> tuple[int, int]:
        return self.document.tokens[first].start, self.document.tokens[last - 1].end

    def _before(self, first: int, begin: int) -> Iterator[tuple[int, int]]:
        """ "Syrian dictator Bashar al-Assad", "the group's founder, Ann Lee"."""
        at = first
        comma = at - 1 > begin and self.words[at - 1] == ","
        if comma:
            at -= 1
        stop = at
        while stop > begin and self.words[stop - 1] == "." and self._is_title(stop - 2):
            stop -= 1  # "Rear Adm. Lee"
        if comma:
            at = stop = self._before_phrase(stop, begin)
        if stop - 1 < begin or not self._names_somebody(stop - 1):
            return
        start = stop - 1
        while start > begin and at - start < _LABEL_WORDS and self._modifies(start - 1) and self._goes_on(start - 1):
            start -= 1
        while start < stop and self.words[start] in self.known.calendar:
            start += 1
        definite = start > begin and (self.tags[start - 1] in ("DT", "PRP$", "POS"))
        if start < stop and not (comma and not definite) and self.words[stop - 1].rstrip(".") not in address():
            yield self._span(start, at)

    def _before_phrase(self, stop: int, begin: int) -> int:
        """Where the noun ends that a phrase follows: "its envoy | in Lisbon, Ann Lee"."""
        for at in range(stop - 2, max(begin, stop - 5), -1):
            if self.words[at] in ("in", "to", "at", "for", "of") and self._names_somebody(at - 1):
                return at
        return stop

    def _is_title(self, at: int) -> bool:
        return at >= 0 and self.words[at].rstrip(".") in self.known.titles

    def _names_somebody(self, at: int) -> bool:
        word, tag = self.words[at].rstrip("."), self.tags[at]
        if not word[:1].isalpha() or (tag.startswith("VB") and word not in self.known.titles):
            return False
        if word in self.known.titles:
            return tag != "NNS"
        if at in self.tones:
            # "Rebukes" in a headline is tagged as a name; what a single person is called is no plural.
            return tag in ("NN", "NNP") and (not word.endswith("s") or word.endswith("ss"))
        return tag == "NN" and word.endswith(tuple(settings()["person_endings"]))

    def _modifies(self, at: int) -> bool:
        word, tag = self.words[at], self.tags[at]
        if word == "of":
            return f"{self.words[at - 1]} of" in self.known.title_heads
        if word in ("-", "/"):
            return True
        return (
            (tag.startswith("JJ") or tag in ("NN", "NNP", "VBN")) and word[0].isalnum() and word not in ("mr.", "mrs.")
        )

    def _goes_on(self, at: int) -> bool:
        """Does this word belong to the title after it: "former | President", and not "the claim | President"?"""
        word, title = self.document.tokens[at], self.document.tokens[at + 1]
        if word.text == "-":
            return word.end == title.start  # no dateline: "LIMA - President Rojas"
        if not word.text.islower() or not title.text[0].isupper() or self.words[at] in self.known.modifiers:
            return True
        if word.tag.startswith("JJ"):
            return not self.words[at].startswith("re-")
        subject = at > 0 and self.tags[at - 1].startswith(("PRP", "NN", "RB"))
        return (
            at in self.tones and not subject
        )  # "disgraced Senator", unlike "the deal Senator", "she assailed Senator"

    def _apposition(self, entity: Entity, last: int, end: int) -> Iterator[tuple[int, int]]:
        """ "Kim, a young tyrant,": from the article or title after the comma to the head noun."""
        if last + 1 >= end or self.words[last] not in (",", "—", "–"):
            return
        first = last + 1
        article = self.words[first] in (
            ("a", "an", "the") if entity.kind in ("person", "organization") else ("a", "an")
        )
        if article:
            first += 1
        elif entity.kind != "person" or not self._is_title(first) or not self.tags[first].startswith("NN"):
            return
        head = self._head(first, end)
        if head is None or (entity.kind == "person" and not article and not self._names_somebody(head)):
            return
        after = head + 1
        while after < end and after - head < _LABEL_WORDS and self.words[after] not in (",", ".", "—", "–", ";"):
            if self.tags[after].startswith("VB") and self.tags[after] != "VBG":
                return  # "Kim, the ministry said": a clause, no apposition
            after += 1
        if after < end and self.words[head + 1] in (
            ",",
            ".",
            "—",
            "–",
            ";",
            "of",
            "who",
            "at",
            "for",
            "in",
            "from",
            "and",
        ):
            yield self._span(first, head + 1)

    def _head(self, first: int, end: int) -> int | None:
        """The last noun of the noun phrase that begins at `first`."""
        head = None
        for at in range(first, min(end, first + _LABEL_WORDS)):
            tag = self.tags[at]
            if tag in _NOUNS and self.words[at][0].isalpha():
                head = at
            elif not (tag.startswith(("JJ", "VBN", "VBG", "RB", "CD")) or self.words[at] in ("-", "/")):
                break
        return head

    def _predicate(self, last: int, end: int) -> Iterator[tuple[int, int]]:
        """ "Kim is a young tyrant"."""
        at = last
        while at < end and self.words[at] in ("also", "himself", "herself", "still", "now"):
            at += 1
        if at + 2 >= end or self.words[at] not in settings()["copulas"] or self.tags[at] == "POS":
            return
        at += 1
        if self.words[at] in ("also", "still", "now", "itself", "just"):
            at += 1
        if at + 1 >= end or self.words[at] not in ("a", "an", "the"):
            return
        head = self._head(at + 1, end)
        if head is not None:
            yield self._span(at + 1, head + 1)

    # -- agency --------------------------------------------------------------------------------------------------

    def doing(self, first: int, last: int) -> Doing | None:
        """Does the entity act, is it acted on, or does it speak here? By the verb it is next to."""
        if first >= last:
            return None
        begin, end = self._sentence(first)
        possessive = last < end and self.tags[last] == "POS"
        if (
            possessive
            or self.words[first] in ("his", "its")
            or (self.words[first] == "her" and self.tags[first] == "PRP$")
        ):
            return None  # something of theirs acts
        before = self._left_edge(first, begin) - 1
        word = self.words[before] if before >= begin else ""
        earlier = before - 1 if before > begin else None
        if word == "to" and earlier is not None and self.words[earlier] == "according":
            return "speaks"
        if word == "by":
            return "acts" if earlier is not None and self.tags[earlier] in ("VBN", "VBD") else None
        if word in settings()["prepositions"]:
            return None  # "the friends of Kim were tired"
        verb = self._verb_after(last, end)
        if verb is not None:
            return self._as_subject(verb, last)
        return self._after_verb(before, earlier) if before >= begin else None

    def _as_subject(self, verb: int, last: int) -> Doing | None:
        if self.words[verb] in speech():
            return "speaks"
        if self._is_passive(verb, last):
            return "acted_on"
        return "acts" if self.words[verb] not in _PASSIVE else None

    def _after_verb(self, before: int, earlier: int | None) -> Doing | None:
        word, tag = self.words[before], self.tags[before]
        opens = earlier is not None and not self.words[earlier][0].isalnum()
        if opens and word in speech() and tag in ("VBD", "VBZ", "VBN"):
            return "speaks"  # "…," said Kim
        if word in _PASSIVE:
            return None
        active = tag == "VBN" and earlier is not None and self.words[earlier] not in _PASSIVE
        return "acted_on" if tag in _VERBS or active else None

    def _left_edge(self, first: int, begin: int) -> int:
        """Where the noun phrase around a name begins: before its titles, adjectives and determiner."""
        at = first
        while at > begin and first - at < _LABEL_WORDS and (self._modifies(at - 1) or self.words[at - 1] == "."):
            if self.tags[at - 1] == "VBN" and self.tags[max(begin, at - 2)] not in ("DT", "JJ", "PRP$", "POS"):
                break  # "the police arrested Kim"
            at -= 1
        if at > begin and self.tags[at - 1] in ("DT", "PRP$"):
            at -= 1
        return at

    def _verb_after(self, last: int, end: int) -> int | None:
        """The verb whose subject ends at `last`; an apposition in commas is stepped over."""
        at = last
        if at < end and self.words[at] == ",":
            closing = next((k for k in range(at + 1, min(end, at + 15)) if self.words[k] == ","), None)
            if closing is None or self.words[at + 1] not in ("a", "an", "the", "who", "whose", "which"):
                return None
            at = closing + 1
        between = settings()["between"]
        steps = 0
        while at < end and steps < 5 and (self.words[at] in between or self.tags[at] == "RB"):
            at += 1
            steps += 1
        if at < end and (self.tags[at] in ("VBD", "VBZ", "VBP", "VBN") or (steps and self.tags[at] in ("VB", "VBN"))):
            if self.tags[at] == "VBN" and not steps and self.words[at] not in speech():
                return None  # "Kim, flanked by guards"
            return at
        return None

    def _is_passive(self, verb: int, last: int) -> bool:
        at = verb
        while at + 1 < len(self.words) and self.words[at] in _PASSIVE and at - verb < 4:
            at += 1
            while self.tags[at] == "RB" and at + 1 < len(self.words):
                at += 1
        if at > verb:
            return self.tags[at] in ("VBN", "VBD")
        return any(self.words[k] in _PASSIVE for k in range(last, verb)) and self.tags[verb] in ("VBN", "VBD")
