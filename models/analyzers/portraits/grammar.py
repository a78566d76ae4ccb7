"""Grammar around a mention, by the sentence's tree: what the outlet calls somebody there, and what he does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

from ... import lexicon
from ...document import Document, Entity, Mention, Syntax
from ...document.name_facts import Lists
from ...document.name_lists import fold, lists
from ...document.syntax import ROOT
from ...document.word_classes import CLASSES
from ...report import LabelTone
from .rules import address, feeling, settings, speech

_LABEL_WORDS = 8  # a longer one is a clause, not a label
_STEPS = 4  # from a name up to the noun phrase that it belongs to
_INSIDE = ("amod", "compound", "flat", "nmod", "nummod", "advmod", "obl")  # what stands before a noun in its label
_SHORT = 4  # letters of what a full stop behind may shorten: Jos. A. Moor
_OPEN = ("of", "for")
_OF = 8  # words behind a noun that say what it is of
_FAR = 10  # tokens from a subject to what it is called
_SUBJECT = ("nsubj", "nsubj:outer")
_PASSIVE = ("aux:pass", "nsubj:pass", "obl:agent")
_BUTTON = 4  # letters of the shortest word in capitals that is one: MORE
_WHO = frozenset(("who", "that", "which", "whom"))
Doing = Literal["acts", "acted_on", "speaks", "feels"]


@dataclass(frozen=True, slots=True)
class Grammar:
    """A document's trees, for one question about a mention each."""

    document: Document
    syntax: Syntax
    words: Sequence[str]  # folded
    tones: Mapping[int, LabelTone]  # token -> tone of the loaded word there
    names: Mapping[int, int]  # token of a name -> its first one
    known: Lists

    @classmethod
    def of(cls, document: Document) -> Grammar:
        """The trees of a document that the reader has read, with the tones of its loaded words."""
        tones: dict[int, LabelTone] = {
            at: hit.entry.tone for hit in lexicon.load().match(document) for at in range(hit.first, hit.last)
        }
        named = (m for entity in document.entities for m in entity.mentions if m.form == "name")
        spans = (document.tokens_in(mention.start, mention.end) for mention in named)
        names = {at: span.start for span in spans for at in span}
        return cls(document, document.reading.syntax, document.folded, tones, names, lists())

    def bounds(self, mention: Mention) -> tuple[int, int]:
        """The tokens [first, last) of a mention."""
        inside = self.document.tokens_in(mention.start, mention.end)
        return inside.start, inside.stop

    def tone(self, start: int, end: int) -> LabelTone:
        """The tone of a label: that of the last loaded word before "of" and "for"; a victim of terror is no terror."""
        said = takewhile(lambda at: self.words[at] not in _OPEN, self.document.tokens_in(start, end))
        inside = [self.tones[at] for at in said if at in self.tones]
        return inside[-1] if inside else "neutral"

    # -- labels ------------------------------------------------------------------------------------------------------

    def labels(self, entity: Entity, mention: Mention, first: int, last: int) -> Iterator[tuple[int, int]]:
        """What the outlet calls this entity here: before the name, in apposition, as a predicate, instead of it."""
        if first >= last or not self.syntax.relations[first]:
            return
        if mention.form == "role":
            if entity.kind == "person" and self.words[first] in ("the", "this", "that") and last - first > 1:
                yield self._span(first + 1, last)
            return
        head = self.syntax.head_of(first, last)
        if mention.form == "name":
            if entity.kind == "person":
                yield from self._before(first, last)
            yield from self._apposed(entity, head, first, last)
        yield from self._predicate(entity, self._phrase(head))

    def _span(self, first: int, last: int) -> tuple[int, int]:
        return self.document.tokens[first].start, self.document.tokens[last - 1].end

    def _before(self, first: int, behind: int) -> Iterator[tuple[int, int]]:
        """Syrian [dictator] Bashar al-Assad; [disgraced Senator] Ann Lee."""
        begin = self.document.sentences[self.document.tokens[first].sentence].first
        last = first
        while last - 1 > begin and self.words[last - 1] == "." and self._is_title(last - 2):
            last -= 1
        if last - 1 < begin or not self._names_somebody(last - 1):
            return
        start = self._left(last - 1, begin, behind - 1)
        if self.words[last - 1].rstrip(".") not in address():
            yield self._span(start, first)

    def _left(self, head: int, begin: int, reach: int) -> int:
        """Where the label that ends with this noun begins: before its adjectives and nouns, behind its article."""
        at = head
        for size in range(2, _STEPS + 1):  # Attorney [General]
            if head - size + 1 >= begin and " ".join(self.words[head - size + 1 : head + 1]) in self.known.titles:
                at = head - size + 1
        while at > begin and head - at < _LABEL_WORDS and (self._is_part(at - 1, reach) or self._is_former(at - 1)):
            at -= 1
        at = max(begin, self.names.get(at, at))
        while at < head and not self._opens(at):
            at += 1
        return at

    def _is_former(self, at: int) -> bool:
        return self.words[at] in self.known.aside and self.words[at] not in ("late", "then")

    def _opens(self, at: int) -> bool:
        """May a label begin with this word? Not with a day, a sign, a verb, or an adverb of the sentence: even."""
        verb = self.syntax.upos[at] == "VERB" and self.syntax.relations[at] != "amod"
        verb = verb or self.words[at] in settings()["outside"]
        word = self.words[at]
        text = self.document.tokens[at].text
        button = text.isupper() and len(text) >= _BUTTON and text in self.known.never
        named = word[0].isalnum() and word not in self.known.calendar and word not in speech()
        return named and not verb and not button

    def _is_part(self, at: int, reach: int) -> bool:
        """Does this word hang, as a part of a label does, from one behind it, up to `reach`?"""
        if self.words[at] in ("-", "/"):
            return self.document.tokens[at].end == self.document.tokens[at + 1].start
        if self.words[at] == "." and at and self.document.tokens[at - 1].end == self.document.tokens[at].start:
            return self._is_title(at - 1)
        if self.words[at] in self.known.demonyms and self.document.tokens[at].text[0].isupper():
            return True
        upos = self.syntax.upos[at]
        if upos not in ("ADJ", "NOUN", "PROPN", "VERB", "ADV", "NUM") or not self.words[at][0].isalnum():
            return False
        return self.syntax.relations[at] in _INSIDE and at < self.syntax.heads[at] <= reach

    def _is_title(self, at: int) -> bool:
        return at >= 0 and self.words[at].rstrip(".") in self.known.titles

    def _names_somebody(self, at: int, *, article: bool = False) -> bool:
        word, upos = self.words[at].rstrip("."), self.syntax.upos[at]
        if not word[:1].isalpha() or (at in self.names and not article):
            return False
        if word in self.known.titles:
            return upos in ("NOUN", "PROPN") and not (word.endswith("s") and self.document.tokens[at].tag == "NNS")
        if at in self.tones:  # what a single person is called is no plural
            return upos in ("NOUN", "PROPN") and (not word.endswith("s") or word.endswith("ss"))
        return upos == "NOUN" and word.endswith(tuple(settings()["person_endings"]))

    def _apposed(self, entity: Entity, head: int, first: int, last: int) -> Iterator[tuple[int, int]]:
        """Kim, a [young tyrant], slept; the group's [founder], Ann Lee, slept."""
        syntax = self.syntax
        for at in syntax.children(head, ("appos", "conj", "list", "parataxis")):
            theirs = any(self.words[k] == "whose" for k in range(last, at))  # Ann Lee, whose son, Capt. Tom Lee, left
            if at >= last and not theirs and self._is_apposition(at, sure=syntax.relations[at] == "appos"):
                yield from self._noun(entity, at)
        if entity.kind != "person":
            return
        for place in syntax.children(head, ("nmod",)):  # Ann Lee of Ohio, a Democrat
            for at in syntax.children(place, ("appos",)):
                if at > last and self._is_apposition(at, sure=True) and self._names_somebody(at, article=True):
                    yield from self._noun(entity, at)
        if (
            syntax.relations[head] == "appos"
            and syntax.heads[head] < first
            and self.words[first - 1] in (",", "—", "–")
        ):
            above = syntax.heads[head]
            at = max([above, *(one for one in syntax.children(above, ("conj",)) if one < first)])
            if self._names_somebody(at):
                yield from self._noun(entity, at)

    def _is_apposition(self, at: int, *, sure: bool) -> bool:
        """Does it stand behind a sign, with an article where the tree alone says so little, and closed by another?"""
        first, last = self.syntax.span(at)
        behind = first > 0 and self.words[first - 1] in (",", "—", "–")
        opened = self.words[first] in (",", "—", "–")
        if sure or not (behind or opened):
            return behind or opened
        article = self.words[min(first + opened, len(self.words) - 1)] in ("a", "an")
        joined = self.syntax.child(at, "cc") is not None
        return article and not joined and (last >= len(self.words) or not self.words[last][0].isalnum())

    def _noun(self, entity: Entity, at: int) -> Iterator[tuple[int, int]]:
        """The label around this noun, if it is one and says what somebody is."""
        if not self._is_noun(at) or not self.words[at][0].isalpha():
            return
        before = {self.words[child] for child in self.syntax.children(at, ("det", "nmod:poss"))}
        if self.words[self.syntax.span(at)[0]] == "whose" or (at in self.names and not before & {"a", "an"}):
            return
        if entity.kind != "person" and (at in self.names or self._names_somebody(at)):
            return
        if entity.kind == "person" and not before and not self._names_somebody(at):
            return
        body = self.words[at] in CLASSES["bodies"] or self.words[at] in settings()["bodies"]
        personal = entity.kind == "person" and fold(entity.name.split()[0]) in self.known.first
        if self.words[at] in settings()["empty"] or (personal and body):
            return  # the kind of stage; a member of the Order, an organization
        begin = self.document.sentences[self.document.tokens[at].sentence].first
        start = self._left(at, begin, at)
        end = self._right(at)
        if end - start == 1 and self.words[at] in settings()["bare"]:
            return
        if self.words[start] in settings()["ranks"] and self.syntax.child(at, "acl", "acl:relcl") is not None:
            return  # the first woman to lead it
        yield self._span(start, end)

    def _right(self, head: int) -> int:
        """Where the label of this noun ends: behind what it is head, member or spokesman of or for."""
        end = head + 1
        for at in self.syntax.children(head, ("nmod",)):
            first, last = self.syntax.span(at)
            if first == end and last - first <= _OF and self.words[first] in _OPEN:
                while last > end and not self.words[last - 1][0].isalnum():
                    last -= 1
                while last < len(self.words) and last in self.names:
                    last += 1  # the head of the group | Harrow Now
                signs = [self.words[k] for k in range(end, last) if not self.words[k][0].isalnum()]
                cut = last < len(self.words) and self.words[last] == "." and len(self.words[last - 1]) < _SHORT
                end = last if not cut and all(sign in ("'s", "’s", "&", "-") for sign in signs) else end
        return end

    def _is_noun(self, at: int) -> bool:
        return self.syntax.upos[at] in ("NOUN", "PROPN") or self.document.tokens[at].tag.startswith("NN")

    def _predicate(self, entity: Entity, at: int) -> Iterator[tuple[int, int]]:
        """Kim is a [young tyrant]; Kim remains a [tyrant]: said by the outlet, and neither denied nor supposed."""
        syntax = self.syntax
        noun = syntax.heads[at]
        if noun == ROOT or syntax.relations[at] not in _SUBJECT or not at < noun <= at + _FAR:
            return
        link = syntax.child(noun, "cop")
        if link is None and syntax.upos[noun] == "VERB" and self.words[noun] in settings()["copulas"]:
            link, found = noun, syntax.child(noun, "xcomp", "obj")
            noun = noun if found is None else found
        if link is None or noun == link or self.words[link] not in settings()["copulas"]:
            return
        top = link if syntax.relations[noun] in ("xcomp", "obj") else noun
        handed_on = syntax.relations[top] in ("ccomp", "advcl", "acl", "csubj")
        handed_on = handed_on or syntax.child(top, "mark", "aux") is not None or syntax.child(noun, "case") is not None
        denied = any(self.words[child] in ("no", "not", "n't", "never", "hardly") for child in syntax.children(noun))
        article = any(self.words[child] in ("a", "an", "the") for child in syntax.children(noun, ("det",)))
        if article and not handed_on and not denied and self._is_noun(noun):
            yield from self._noun(entity, noun)

    # -- agency ------------------------------------------------------------------------------------------------------

    def _phrase(self, head: int) -> int:
        """The word by which a name hangs from its clause: its title, what it stands beside, the first of several."""
        at = head
        for _ in range(_STEPS):
            relation, above = self.syntax.relations[at], self.syntax.heads[at]
            if above == ROOT:
                return at
            nominal = self.syntax.upos[above] in ("NOUN", "PROPN", "PRON")
            titled = relation == "compound" and self._is_title(above)
            if not nominal or not (relation in ("flat", "appos", "conj") or titled):
                return at
            at = above
        return at

    def doing(self, first: int, last: int) -> Doing | None:
        """Does the entity act, is it acted on, does it speak or feel here? None where it only stands by."""
        if first >= last or not self.syntax.relations[first]:
            return None
        at = self._phrase(self.syntax.head_of(first, last))
        done = self._in_clause(at)
        return done or self._in_relative(at)

    def _in_clause(self, at: int) -> Doing | None:
        relation, verb = self.syntax.relations[at], self.syntax.heads[at]
        if any(self.words[child] == "according" for child in self.syntax.children(at, ("case",))):
            return "speaks"
        if verb == ROOT or self.syntax.upos[verb] not in ("VERB", "AUX"):
            return None
        if relation in _SUBJECT:
            return self._as_subject(verb)
        if relation in ("nsubj:pass", "obj", "iobj"):
            return "acted_on"
        return "acts" if relation == "obl:agent" else None

    def _as_subject(self, verb: int) -> Doing:
        if self.syntax.child(verb, *_PASSIVE) is not None:
            return "acted_on"
        if self.words[verb] in speech():
            return "speaks"
        return "feels" if self.words[verb] in feeling() else "acts"

    def _in_relative(self, at: int) -> Doing | None:
        """Kim, who was arrested; Kim, accused of theft; Kim, whom they accused."""
        for verb in self.syntax.children(at, ("acl:relcl", "acl")):
            if self.syntax.upos[verb] != "VERB":
                continue
            if self.syntax.relations[verb] == "acl":
                return "acted_on" if self.document.tokens[verb].tag == "VBN" else None
            inside = self.syntax.children(verb, (*_SUBJECT, "nsubj:pass", "obj"))
            pronoun = next((child for child in inside if self.words[child] in _WHO), None)
            if pronoun is not None:
                return "acted_on" if self.syntax.relations[pronoun] in ("nsubj:pass", "obj") else self._as_subject(verb)
        return None
