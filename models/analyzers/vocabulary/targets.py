"""Whom is a loaded word about? The name that stands in the right frame with it, else whom readers would take it for."""

from __future__ import annotations

from ...classifiers import targets
from ...document import Document, name_lists
from ...document.syntax import ROOT
from ...lexicon import Hit, LexiconEntry
from .aims import Aims, Word
from .places import CLASSES, names_others
from .target_patterns import Frames

_ANYBODY = frozenset(("every", "any", "each"))
_POS = {"NN": "noun", "JJ": "adjective", "VB": "verb"}


class Targets:
    """Finds the names of a document that loaded words are about, in text order."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.frames = Frames(document)
        self.aims = Aims(document)
        self.named = {entity.id: entity.name for entity in document.entities}
        self.latest: dict[str, str] = {}  # lexicon entry: whom it was last about

    def names(self, hit: Hit) -> bool:
        """Is the hit a capitalised part of somebody's name? A label before a name is none, Mr Brat's surname is one."""
        named = self.is_named(hit.first)
        return named and (hit.entry.category != "label" or self._is_surname(hit) or self._is_performers(hit))

    def _is_performers(self, hit: Hit) -> bool:
        """The Pariahs, a brass band: a plural in capitals inside a sentence, near a word of bands and teams."""
        frames = self.frames
        sentence = self.document.sentences[self.document.tokens[hit.first].sentence]
        inside = hit.first > sentence.first and sentence.part != "headline" and hit.entry.terms[0].islower()
        several = frames.words[hit.first - 1] == "the" or frames.kinds.get(frames.begins.get(hit.first, "")) != "person"
        whole = several and frames.stops.get(hit.first) == hit.last
        plural = frames.words[hit.last - 1].endswith("s")
        return (
            inside
            and whole
            and plural
            and not CLASSES["performers"].isdisjoint(frames.words[sentence.first : sentence.last])
        )

    def _is_surname(self, hit: Hit) -> bool:
        frames, known = self.frames, name_lists.lists()
        bearer = frames.ends.get(hit.last, "")
        counted = hit.first > 0 and frames.words[hit.first - 1] in ("a", "an", "the")  # they called him a Crook
        if frames.kinds.get(bearer) != "person" or counted:
            return False
        first, _, others = self.named[bearer].partition(" ")
        return frames.words[hit.last - 1] in known.last or (others != "" and name_lists.fold(first) in known.first)

    def is_named(self, at: int) -> bool:
        """Is this token a capitalised part of a name?"""
        _, named = self.frames.inside.get(at, ("", False))
        return named and self.document.tokens[at].text[0].isupper()

    def aim(self, word: Word, entry: LexiconEntry | None) -> tuple[str | None, tuple[int, int] | None]:
        """Whom or what is a word about? An entity's id, or tokens [first, last) that name it; neither where unsure.

        A frame counts where what was learned says the same: then 91 of 101 are a coder's too, else 7 of 21.
        """
        strikes = word.category == "violence" and self.document.reading.syntax.upos[word.first] == "VERB"
        if not strikes and word.category == "violence" and entry and entry.pos == "verb":
            return None, None  # Lee slams council: in a headline the tree takes the blow for a noun
        # Of "slammed" it is the slammed, whom no frame tells.
        found = None if strikes else self.target(word, entry)
        offered = self.aims.find(word)
        chances = targets.weigh([aim.features for aim in offered])
        best = max(range(len(offered)), key=chances.__getitem__)
        if found is not None:
            return (found if found == offered[best].entity and not self._means_others(word, found) else None), None
        if chances[best] < targets.load().given_from or not offered[best].direct:
            return None, None
        if (entity := offered[best].entity) is not None and self._means_others(word, entity):
            return None, None
        return offered[best].entity, offered[best].phrase

    def _means_others(self, word: Word, entity: str) -> bool:
        """Does the word's noun mean others than the name beside it: a strident critic of Lee, the hardliners in Iran,
        Lee and every [fair-minded] voter?"""
        syntax, words, inside = self.document.reading.syntax, self.frames.words, self.frames.inside
        noun = syntax.head_of(word.first, word.last)
        if syntax.relations[noun] == "amod" and syntax.heads[noun] != ROOT:
            noun = syntax.heads[noun]
        named = inside.get(noun, ("", False))[0] == entity
        if not named and any(words[at] in _ANYBODY for at in syntax.children(noun, ("det",))):
            return True
        beside = [at for at in syntax.children(noun, ("nmod",)) if inside.get(at, ("", False))[0] == entity]
        cases = {words[case] for at in beside for case in syntax.children(at, ("case",))}
        return ("in" in cases and word.category == "label") or (bool(cases) and words[noun] in CLASSES["others"])

    def target(self, word: Word, entry: LexiconEntry | None) -> str | None:
        """Whom is the word about? Entity id, or None where no name stands in the right place."""
        frames, first, last = self.frames, word.first, word.last
        pos = entry.pos if entry else _POS.get(frames.tag(last - 1)[:2])
        if pos == "verb" and last in frames.begins and first and frames.words[first - 1] in ("a", "an", "the"):
            pos = "adjective"  # a conniving [Lee]
        if pos == "verb" and frames.is_modifier(first, last):
            pos = "adjective"  # [Lee], a preening fool
        if first in frames.inside and not frames.inside[first][1]:
            found: str | None = frames.inside[first][0]
        elif first in frames.begins and frames.stops[first] > last:
            found = frames.begins[first]  # [Conman Lee]
        elif pos == "noun":
            found = (
                frames.follows(last, steps=0)
                or frames.introduces(first, last)
                or frames.shared(first, last)
                or self._owner(word)
                or frames.predicated(first, last)
                or self._before(word)
                or frames.of(last)
                or frames.like(last)
                or self._known(first, entry)
            )
        elif pos == "adjective":
            found = (
                frames.follows(last, steps=3)
                or frames.introduces(first, last)
                or frames.owner(first)
                or frames.described(first)
                or frames.pictured(first)
                or frames.joined(first)
                or frames.of(last)
                or frames.trails(first)
            )
        elif pos == "verb":
            found = frames.subject(first)
        else:
            found = None
        if found is not None and entry is not None:
            self.latest[entry.id] = found
        return found

    def _owner(self, word: Word) -> str | None:
        """[Lee]'s botched plan, [Assad]'s regime; Lee's haters are somebody else than Lee."""
        return None if self._is_of_others(word) else self.frames.owner(word.first)

    def _before(self, word: Word) -> str | None:
        """the [Assad] regime, the [Washington] swamp; a Lee hater is somebody else than Lee, and the Kremlin
        propaganda channel is what the channel is."""
        found = self.frames.before(word.first)
        somewhere = self.frames.kinds.get(found or "") == "place"
        others = self._is_of_others(word) and not somewhere
        thing = self.frames.names_a_thing(word.first, word.last)
        ruled = self.frames.words[word.last - 1] in CLASSES["governments"]
        return None if others or (thing and not ruled) else found

    def _is_of_others(self, word: Word) -> bool:
        return names_others(self.frames.words[word.last - 1], word.category)

    def _known(self, first: int, entry: LexiconEntry | None) -> str | None:
        """[Assad] must go. The tyrant …: who was called so before; of groups there are many ("the radical left")."""
        if entry is None or not first or self.frames.words[first - 1] not in ("the", "this"):
            return None
        called = self.latest.get(entry.id, "")
        return called if self.frames.kinds.get(called, "organization") != "organization" else None
