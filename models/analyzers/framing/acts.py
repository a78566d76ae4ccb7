"""Acts: who does what to whom, in which grammatical form, for deeds that harm, help or force."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ...document import Document, Sentence, Syntax
from ...document.parts import fold
from ...report import Act, ActForm, Party, Span
from . import deeds, told
from .deeds import Deed
from .parties import Parties
from .roles import Roles, Words
from .sense import Sense

_WHOLE = ("VERB", "AUX")
_NAMED = ("NOUN", "PROPN")
_SUFFERING = ("of", "on", "against")
_MISSING = frozenset((".", ",", "by", "as", "”", '"', "and", ""))
_CAUSING = frozenset(("have", "has", "had", "having", "get", "gets", "got", "see", "saw", "seen", "watch", "watched"))
_LONGEST = 250  # words; what is longer is a list that nobody told
_TURNING = frozenset(("back", "off", "up"))
_PARTICLES = frozenset(("off", "up", "down", "out", "away"))


def find(document: Document) -> list[Act]:
    """Which deeds does the article tell as done, by whom and to whom? In the order of the text."""
    known, grammar = deeds.load(), Grammar(document, Parties.of(document))
    found = []
    for sentence in document.sentences:
        if sentence.part == "boilerplate" or sentence.last - sentence.first > _LONGEST:
            continue
        for at in range(sentence.first, sentence.last):
            word = document.folded[at]
            if word in known.verbs or word in known.nouns or word in known.breaking:
                act = grammar.act(sentence, at)
                if act is not None:
                    found.append(act)
    return sorted(found, key=lambda act: act.verb.start)


@dataclass(frozen=True)
class _Told:
    """A deed with the head words of who does it and to whom, before they are named."""

    deed: Deed
    words: Words  # of the deed itself
    doer: int | None
    undergoer: int | None
    form: ActForm
    by: int | None = None  # with what: the blast, a bomb


@dataclass(frozen=True)
class Grammar:
    """Reads deeds out of a document's trees."""

    document: Document
    parties: Parties

    @cached_property
    def roles(self) -> Roles:
        return Roles(self.document, self.parties)

    @cached_property
    def sense(self) -> Sense:
        return Sense(self.document, self.parties)

    @property
    def syntax(self) -> Syntax:
        return self.document.reading.syntax

    @cached_property
    def words(self) -> deeds.Deeds:
        return deeds.load()

    def act(self, sentence: Sentence, at: int) -> Act | None:
        """The deed that the word at this place tells, if it tells one."""
        upos, word = self.syntax.upos[at], self.document.folded[at]
        found: _Told | None = None
        if word in self.words.breaking and upos == "VERB":
            found = self._outbreak(at)
        if found is None and word in self.words.verbs and upos in _WHOLE:
            found = self._verb(sentence, at)
        elif found is None and word in self.words.nouns and upos in _NAMED:
            found = self._noun(sentence, at)
        return self._build(found) if found else None

    # -- verbs ---------------------------------------------------------------------------------------------------

    def _verb(self, sentence: Sentence, at: int) -> _Told | None:
        if not told.happened(self.document, at):
            return None
        passive = self.roles.is_passive(sentence, at)
        relation, above = self.syntax.relations[at], self.syntax.heads[at]
        caused = relation in ("xcomp", "ccomp") and self.document.folded[above] in _CAUSING
        if (caused and not passive) or self._is_ordered(at):
            return None  # had him killed
        for deed, words in self._deeds(at):
            undergoer = self.roles.suffering(at) if passive or deed.suffered else self.roles.object(at, words)
            if undergoer is not None and self.sense.suffers(deed, undergoer):
                return self._done(sentence, deed, words, undergoer, passive)
        return None

    def _is_ordered(self, at: int) -> bool:
        """Was it done for somebody, as the words before it say: having | him killed?"""
        before = self.document.folded[max(0, at - 2) : at]
        tags = (self.document.tokens[at].tag, self.document.tokens[at - 1].tag)
        return len(before) == 2 and before[0] in _CAUSING and tags[0] == "VBN" and tags[1] in ("PRP", "NNP")

    def _done(self, sentence: Sentence, deed: Deed, words: Words, undergoer: int, passive: bool) -> _Told | None:
        """The deed with its doer; None where it is no deed that somebody did."""
        at = words[0]
        if deed.suffered:
            return _Told(deed, words, None, undergoer, "no_doer") if self.sense.is_violent(sentence) else None
        doer = (
            self.roles.agent(at)
            if passive
            else self.roles.subject(at, participle=self.document.tokens[at].tag == "VBG")
        )
        if deed.family.physical and self.sense.is_natural(at, doer):
            return None
        if deed.family.compels and not self.sense.is_compelled(at):
            return None
        if doer is not None and len(words) > 1 and self.syntax.relations[at] == "advcl":
            return _Told(deed, words, None, undergoer, "no_doer")  # they fled, leaving two dead
        by: int | None = None
        if doer is None:
            form: ActForm = "passive"
            if not passive or (not deed.family.physical and self.roles.has_agent(at)):
                return None
        elif self.document.folded[doer] in self.words.words["instruments"] and self.roles.wielder(doer) is None:
            doer, by, form = None, doer, "passive" if passive else "no_doer"
        elif not self.sense.does(deed, doer):
            return None
        else:
            form = "passive_by" if passive else "active"
        if doer == undergoer or (deed.doubtful and not self.sense.is_forceful(sentence, words, doer, undergoer)):
            return None
        return _Told(deed, words, doer, undergoer, form, by)

    def _deeds(self, at: int) -> Iterator[tuple[Deed, Words]]:
        """Which deeds this verb may tell, with its words; first those whose further word stands beside it."""
        options = self.words.verbs[self.document.folded[at]]
        for deed in options:
            if deed.beside is not None:
                beside = self.roles.beside(at, deed.beside)
                if beside is not None:
                    yield deed, (at, beside)
        behind = [*self.document.folded[at + 1 : at + 3], "", ""]
        following, further = behind[0], behind[1]
        missed = following == "upon" or (following in ("at", "on") and further in _MISSING)  # he was shot at
        if following not in _TURNING and not missed:  # fired back
            yield from ((deed, (at,)) for deed in options if deed.beside is None)

    # -- nouns ---------------------------------------------------------------------------------------------------

    def _noun(self, sentence: Sentence, at: int) -> _Told | None:
        deed = self.words.nouns[self.document.folded[at]]
        if not told.noun_happened(self.document, at):
            return None
        owner = next(self.parties.owners(at), None)
        undergoer = doer = None
        for child in self.syntax.children(at, ("nmod", "obl", "obl:agent")):
            case = self.syntax.child(child, "case")
            word = self.document.folded[case] if case is not None and child > at else ""
            if word == "by" and doer is None and not self.roles.is_time(child):
                doer = child
            elif word in (_SUFFERING[:1] if not deed.owned else _SUFFERING) and undergoer is None:
                undergoer = child
        if owner is not None and (deed.owned or undergoer is not None):
            doer = owner if doer is None else doer
        elif owner is not None:
            undergoer = owner
        if doer is None:
            doer = self.roles.wielder(at, raid=deed.family.id == "raid")
        if undergoer is None or undergoer == doer or not self.sense.suffers(deed, undergoer):
            return None
        if undergoer == owner and self.document.folded[at + 1] == "of":
            return None  # the government's expulsion of hundreds
        if self.sense.is_general(at, undergoer):
            return None
        if doer is not None and self.document.folded[doer] in self.words.words["instruments"]:
            doer = None
        if doer is not None and deed.family.physical and not self.sense.does(deed, doer):
            return None
        if deed.doubtful and not self.sense.is_forceful(sentence, (at,), doer, undergoer):
            return None
        return _Told(deed, (at,), doer, undergoer, "noun")

    def _outbreak(self, at: int) -> _Told | None:
        """Shots rang out: the harm breaks out by itself."""
        subject = self.roles.subject(at)
        deed = self.words.outbreaks.get(self.document.folded[subject]) if subject is not None else None
        if deed is None or subject is None or self.syntax.relations[at] == "acl" or self.roles.object(at) is not None:
            return None
        for beside in self.words.breaking[self.document.folded[at]]:
            place = self.roles.beside(at, beside) if beside else at
            if place is not None and told.happened(self.document, at):
                return _Told(deed, tuple(sorted({subject, at, place})), None, None, "no_doer")
        return None

    # -- building ------------------------------------------------------------------------------------------------

    def _build(self, found: _Told) -> Act | None:
        doer = None if found.doer is None else self.parties.party(found.doer)
        undergoer = None if found.undergoer is None else self.parties.party(found.undergoer)
        if doer and undergoer and _are_one(doer, undergoer):
            return None
        at = found.words[0]
        words = [k for k in found.words if self.syntax.relations[k] != "case" or self._is_particle(at, k)]
        near = [k for k in words if k - at <= 1 or found.undergoer is None]
        verb = self._span(min(near), max(near) + 1)
        helpers = [self.document.tokens[k].start for k in self.syntax.children(at, ("aux", "aux:pass")) if k < at]
        spans = [verb, *(party.span for party in (doer, undergoer) if party)]
        spans += [self._span(*self.parties.phrase(found.by))] if found.by is not None else []
        ends = [*(span.end for span in spans), *(self.document.tokens[k].end for k in words)]
        start, end = min([*(span.start for span in spans), *helpers]), max(ends)
        return Act(
            start=start,
            end=end,
            text=self.document.text[start:end],
            verb=verb,
            lemma=found.deed.lemma,
            family=found.deed.family.id,
            doer=doer,
            undergoer=undergoer,
            form=found.form,
            effect=found.deed.family.effect,
            voice=self.document.voice_at(verb.start),
        )

    def _is_particle(self, verb: int, at: int) -> bool:
        """Laying [off] workers: right behind its verb, whatever the tree makes of it."""
        return at == verb + 1 and self.document.folded[at] in _PARTICLES

    def _span(self, first: int, last: int) -> Span:
        start, end = self.document.tokens[first].start, self.document.tokens[last - 1].end
        return Span(start=start, end=end, text=self.document.text[start:end])


def _are_one(doer: Party, undergoer: Party) -> bool:
    """Would somebody do it to himself? Then the tree is wrong, or it is no deed to another."""
    own = {fold(doer.span.text), fold(undergoer.span.text)}
    return (doer.entity is not None and doer.entity == undergoer.entity) or own in ({"i", "me"}, {"we", "us"})
