"""Aims: who or what a loaded word may be about, and how each of them stands to it.

Whom a word is about is read off the sentence's tree (the subject of the predicate, the head of the modifier, the owner,
the object of a verb that belittles); how much each such place says was learned from coders' answers
(`classifiers/targets.py`). Here stands only what is known of each: features by name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from ...document import Document, Entity, Mention
from ...document.syntax import ROOT
from ...report import Category, Tone
from .places import names_others

_STEPS = 4  # relations between a word and what it may be about, beyond which the way says no more
_NEAR = 60  # words either side in which somebody or something is looked for
_DEEP = 8  # words over a word that are looked at
_BEFORE = 3  # sentences back in which somebody named may be meant
_STEM = 6  # letters that tell words of one family, roughly
_DIRECT = frozenset(  # ways that hold in 22 of 23; of the others 9 in 21 did (tune part of our coders)
    ("nsubj", "nsubj:pass", "nmod", "nmod:poss", "compound", "obj", "^amod", "^amod>nsubj", "^advmod>nsubj",
     "xcomp>nsubj", "nsubj>nmod", "nsubj>nmod:poss")
)  # fmt: skip
_OWNED = frozenset(("compound", "nmod:poss"))
_PASSED = frozenset(("conj", "flat", "appos", "parataxis"))  # steps between words that share their place
_NOUNS = frozenset(("NOUN", "PROPN"))
_INNER = frozenset(("compound", "amod", "flat", "nummod"))  # what a noun's name holds before its head
_SOURCE = 0.5  # reader probability from which a word is part of who speaks
_CLASSES = {"NOUN": "noun", "PROPN": "noun", "VERB": "verb", "ADJ": "adjective", "ADV": "adverb"}
_FELT = 0.25  # difference of polarities from which the reader feels something


@dataclass(frozen=True, slots=True)
class Word:
    """A loaded word or phrase before it is weighed: tokens [first, last)."""

    first: int
    last: int
    category: Category
    tone: Tone


@dataclass(frozen=True, slots=True)
class Aim:
    """Who or what it may be about: an entity, or a noun phrase of the sentence (tokens [first, last)), or nobody."""

    entity: str | None
    phrase: tuple[int, int] | None
    features: tuple[str, ...]
    direct: bool = False  # the tree itself says so: its subject, its owner, the noun beside it


class Aims:
    """What each loaded word of a document may be about."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._syntax = document.reading.syntax
        self._inside: dict[int, list[tuple[str, Mention, int]]] = defaultdict(list)  # sentence: entity, mention, head
        self._counts = {entity.id: len(entity.mentions) for entity in document.entities}
        self._kinds = {entity.id: entity.kind for entity in document.entities}
        ranked = sorted(self._counts, key=lambda name: -self._counts[name])
        self._ranks = {name: at for at, name in enumerate(ranked)}
        self._named: set[int] = set()
        self._leans = {entity.id: self._lean(entity) for entity in document.entities}
        for entity in document.entities:
            for mention in entity.mentions:
                covered = document.tokens_in(mention.start, mention.end)
                if covered:
                    head = self._syntax.head_of(covered.start, covered.stop)
                    self._inside[document.tokens[head].sentence].append((entity.id, mention, head))
                    self._named.update(covered)

    def find(self, word: Word) -> list[Aim]:
        """Everybody and everything that the word may be about, each with what is known of it."""
        near = [*self._in_sentence(word)]
        known = {aim.entity for aim in near}
        around = (aim for aim in self._around(word) if aim.entity not in known)
        return [self._nobody(word, len(near)), *near, *around, *self._phrases(word), *self._itself(word)]

    def _nobody(self, word: Word, named: int) -> Aim:
        """That it is about nobody in particular."""
        head = self._syntax.head_of(word.first, word.last)
        stem, part = self._document.folded[head][:_STEM], self._syntax.upos[head]
        features = ("nobody", f"nobody={word.category}", f"nobody={stem}", f"nobody={part}", f"nobody={min(5, named)}")
        return Aim(None, None, features)

    def _itself(self, word: Word) -> Iterator[Aim]:
        """The word's own noun: undocumented immigrants, whom no other word names."""
        head = self._syntax.head_of(word.first, word.last)
        if self._syntax.upos[head] in _NOUNS and head not in self._named:
            plural = self._document.tokens[head].tag in ("NNS", "NNPS")
            stem = self._document.folded[head][: _STEM + 2]
            features = ("type=itself", f"itself={word.category}", f"itself={plural}", f"noun={stem}")
            yield Aim(None, (word.first, head + 1), (*features, f"itself={word.category}|{plural}"), direct=True)

    def _in_sentence(self, word: Word) -> Iterator[Aim]:
        """Every entity of the sentence by its nearest mention."""
        head = self._syntax.head_of(word.first, word.last)
        best: dict[str, tuple[int, int, Mention, int, str]] = {}
        for entity, mention, at in self._inside[self._document.tokens[word.first].sentence]:
            if abs(at - head) > _NEAR:
                continue
            way, steps = self._way(head, at)
            rank = (steps, abs(at - head), mention, at, way)
            if entity not in best or rank[:2] < best[entity][:2]:
                best[entity] = rank
        nearest = sorted(best, key=lambda entity: best[entity][:2])
        for place, entity in enumerate(nearest):
            _, _, mention, at, way = best[entity]
            yield Aim(
                entity,
                None,
                (
                    *self._standing(word, head, at, way, place),
                    *self._of_entity(word, entity, mention),
                    f"type={mention.form}",
                    f"type={mention.form}|{way}",
                ),
                way in _DIRECT and not (way in _OWNED and names_others(self._document.folded[head], word.category)),
            )

    def _around(self, word: Word) -> Iterator[Aim]:
        """Whoever the sentences before, the headline or the whole article name."""
        document = self._document
        own = document.tokens[word.first].sentence
        seen: dict[str, tuple[int, Mention | None]] = {}
        for back in range(1, _BEFORE + 1):
            for entity, named, _ in self._inside.get(own - back, ()):
                seen.setdefault(entity, (back, named))
        for entity in dict.fromkeys([*islice(self._ranks, 1), *seen]):  # the most mentioned one, too
            back, mention = seen.get(entity, (_BEFORE + 1, None))
            paragraph = back <= _BEFORE and (
                document.sentences[own - back].paragraph == document.sentences[own].paragraph
            )
            yield Aim(
                entity,
                None,
                (
                    f"back={back}",
                    f"back={back}|{word.category}",
                    f"back.paragraph={paragraph}",
                    *self._of_entity(word, entity, mention),
                ),
            )

    def _phrases(self, word: Word) -> Iterator[Aim]:
        """Nouns of the sentence that are no entity's name: the bill, Democrats, the media."""
        document, syntax = self._document, self._syntax
        sentence = document.sentences[document.tokens[word.first].sentence]
        head = syntax.head_of(word.first, word.last)
        found = []
        for at in range(max(sentence.first, head - _NEAR), min(sentence.last, head + _NEAR)):
            noun = syntax.upos[at] in _NOUNS and syntax.relations[at] not in ("compound", "flat", "")
            if noun and at not in self._named and not word.first <= at < word.last:
                way, steps = self._way(head, at)
                if steps <= _STEPS:
                    found.append((steps, abs(at - head), at, way))
        for place, (_, _, at, way) in enumerate(sorted(found)):
            first = at
            while first - 1 >= sentence.first and self._belongs(first - 1, at, word):
                first -= 1
            folded = document.folded[at]
            plural = document.tokens[at].tag in ("NNS", "NNPS")
            capital = document.tokens[at].text[0].isupper()
            yield Aim(
                None,
                (first, at + 1),
                (
                    *self._standing(word, head, at, way, place),
                    "type=phrase",
                    f"type=phrase|{way}",
                    f"noun={folded[: _STEM + 2]}",
                    f"plural={plural}|capital={capital}",
                    f"phrase={word.category}",
                ),
                way in _DIRECT,
            )

    def _belongs(self, at: int, head: int, word: Word) -> bool:
        inner = self._syntax.heads[at] == head and self._syntax.relations[at] in _INNER
        return inner and at not in self._named and not word.first <= at < word.last

    def _standing(self, word: Word, head: int, at: int, way: str, place: int) -> Iterator[str]:
        """How a word of the sentence stands to the loaded one."""
        document, syntax = self._document, self._syntax
        kind = _CLASSES.get(syntax.upos[head], "other")
        yield f"way={way}"
        yield f"way={kind}|{way}"
        yield f"way={word.category}|{way}"
        yield f"way={kind}|{word.category}|{way}"
        yield f"stem={document.folded[head][:_STEM]}|{way}"
        if word.last - word.first > 1:
            yield f"way={kind}|long|{way}"
        inside = word.first <= at < word.last
        apart = "in" if inside else "before" if at < word.first else "after"
        yield f"side={apart}"
        yield f"side={apart}|{kind}"
        yield f"side={apart}|{word.category}"
        distance = min(abs(at - head), 20)
        yield f"apart={apart}|{distance.bit_length()}"
        yield f"place={min(place, 3)}"
        voice = document.voice_at(document.tokens[word.first].start)
        same = document.voice_at(document.tokens[at].start) == voice
        source = document.reading.source[at] >= _SOURCE
        yield f"source={source}|{voice}|{same}"
        yield f"source={source}|{word.category}"
        if syntax.relations[at] in ("nsubj", "nsubj:pass"):
            root = syntax.heads[at] != ROOT and syntax.relations[syntax.heads[at]] == "root"
            yield f"subject={root}|{kind}"

    def _of_entity(self, word: Word, entity: str, mention: Mention | None) -> Iterator[str]:
        """What is known of somebody in the article as a whole."""
        rank, count = self._ranks[entity], self._counts[entity]
        kind = self._kinds[entity]
        yield f"kind={kind}"
        yield f"kind={kind}|{word.category}"
        yield f"rank={min(rank, 4)}"
        yield f"count={min(count, 16).bit_length()}"
        sign = 1 if word.tone == "positive" else -1
        voice = self._document.voice_at(self._document.tokens[word.first].start)
        least, most = self._leans[entity]
        yield f"lean={round(2 * sign * least)}|{voice}"
        yield f"most={round(2 * sign * most)}|{voice}"
        felt = self._document.reading.polarities.get((mention.start, mention.end)) if mention else None
        if felt:
            lean = sign * (felt[2] - felt[0])
            yield f"felt={'with' if lean > _FELT else 'against' if lean < -_FELT else 'none'}"

    def _lean(self, entity: Entity) -> tuple[float, float]:
        """Mean of what the reader feels toward somebody's mentions, and what it feels most."""
        felt = self._document.reading.polarities
        leans = [f[2] - f[0] for m in entity.mentions if (f := felt.get((m.start, m.end)))]
        around = self._document.reading.feelings
        wide = [f[2] - f[0] for m in entity.mentions if (f := around.get((m.start, m.end)))]
        return (sum(leans) / len(leans) if leans else 0.0), (sum(wide) / len(wide) if wide else 0.0)

    def _way(self, start: int, goal: int) -> tuple[str, int]:
        """The relations from one word of a sentence to another, up (^) and down, and how many steps they are."""
        up = self._up(start)
        down = self._up(goal)
        places = {at: i for i, at in enumerate(up)}
        meet = next((i for i, at in enumerate(down) if at in places), None)
        if meet is None:
            return "far", _STEPS + 1
        climbed = [f"^{self._relation(at)}" for at in up[: places[down[meet]]]]
        fallen = [self._relation(at) for at in reversed(down[:meet])]
        steps = [step for step in (*climbed, *fallen) if step.lstrip("^") not in _PASSED]
        return (">".join(steps) if len(steps) <= _STEPS else "far"), len(steps)

    def _up(self, at: int) -> list[int]:
        return [at, *islice(self._syntax.ancestors(at), _DEEP)]

    def _relation(self, at: int) -> str:
        relation = self._syntax.relations[at]
        return relation if relation in ("nsubj:pass", "nmod:poss", "obl:agent", "acl:relcl") else relation.split(":")[0]
