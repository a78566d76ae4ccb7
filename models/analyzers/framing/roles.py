"""Who stands where around a word for a deed: its subject, its object, who does it of a passive, whose it is."""

from __future__ import annotations

from dataclasses import dataclass

from ...document import Document, Sentence, Syntax
from ...document.parts import fold
from . import deeds
from .parties import Parties

Words = tuple[int, ...]  # tokens
_RELATIVE = frozenset(("who", "that", "which", "whom"))
_MEASURING = (["at", "least"], ["more", "than"], ["up", "to"])
_NOMINAL = ("DT", "JJ", "NN", "CD", "PRP", "VBG", "VBN", "POS")
_INSIDE = (*_NOMINAL, "IN", "RB")
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_PHRASE = 10  # words
_NEAR = 2
_APART = frozenset(("of", "from", "with", "for", "to", "by", "at", "in"))
_BE = frozenset(("be", "been", "being", "is", "are", "was", "were", "get", "gets", "got", "getting", "'s", "'re"))


@dataclass(frozen=True, slots=True)
class Roles:
    """The places around the verbs and nouns of a document, each as the head word that fills it."""

    document: Document
    parties: Parties

    @property
    def syntax(self) -> Syntax:
        return self.document.reading.syntax

    def beside(self, at: int, word: str) -> int | None:
        """The word that goes with a verb, which hangs from it or from its object."""
        below = [
            *self.syntax.children(at),
            *(k for c in self.syntax.children(at, ("obj", "xcomp", "obl")) for k in self.syntax.children(c)),
        ]
        return next((k for k in sorted(below) if k > at and self.document.folded[k] == word), None)

    def is_passive(self, sentence: Sentence, at: int) -> bool:
        syntax = self.syntax
        for _ in range(3):
            if syntax.child(at, "aux:pass", "obl:agent") is not None:
                return True
            tag, relation = self.document.tokens[at].tag, syntax.relations[at]
            helpers = {self.document.folded[k] for k in syntax.children(at, ("aux", "aux:pass"))}
            subject = syntax.child(at, "nsubj")
            if helpers & _BE and tag in ("VBN", "VBD"):
                return True
            bare = not helpers and syntax.child(at, "obj") is None
            if bare and tag in ("VBN", "VBD") and relation in ("acl", "advcl") and subject is None:
                return not self._goes_on(at)
            if bare and sentence.part == "headline":
                told_of = syntax.child(at, "nsubj:pass")
                if told_of is not None or (subject is not None and tag in ("VBN", "VBD")):
                    return True
            if relation != "conj" or subject is not None or helpers or tag != "VBN":
                return False
            at = syntax.heads[at]
        return False

    def _goes_on(self, at: int) -> bool:
        """Does an object follow a verb that was read as a participle: killed | 22?"""
        following = self.document.tokens[at + 1 : at + 3]
        words = [fold(token.text) for token in following]
        return bool(following) and (following[0].tag in ("DT", "PRP$", "PRP", "CD") or words in _MEASURING)

    def subject(self, at: int, *, participle: bool = True) -> int | None:
        """Who is the subject of this verb, through relative clauses and joined verbs; a participle has its clause's."""
        syntax = self.syntax
        for _ in range(4):
            own = syntax.children(at, ("nsubj", "nsubj:pass", "csubj"))
            if own:
                found = max((k for k in own if k < at), default=own[0])
                whose = "whose" in self.document.folded[found + 1 : at]  # Lee, whose father was | killed
                sure = not whose and self._is_straight(at, found) and (len(own) == 1 or self._is_beside(found, at))
                return self.parties.meant(found) if sure else None
            relation, above = syntax.relations[at], syntax.heads[at]
            if above < 0 or (relation in ("acl", "advcl") and not participle):
                return None
            if relation == "acl":
                return None if self._is_anybody(above, at) else self.parties.nearest(above, at)
            if relation not in ("advcl", "conj", "xcomp") or self._is_parted(above, at):
                return None
            at = above
        return None

    def _is_straight(self, verb: int, subject: int) -> bool:
        """Does nothing that the verb hangs from stand between the two? Else the tree has taken another's subject."""
        between = range(min(verb, subject) + 1, max(verb, subject))
        return not any(above in between for above in self.syntax.ancestors(verb))

    def _is_parted(self, above: int, verb: int) -> bool:
        """Does another clause stand between two joined verbs, so that its subject may be meant?"""
        syntax = self.syntax
        if syntax.upos[self._before(verb)] in ("NOUN", "PROPN", "PRON"):
            return True  # the state cut jobs and firms | cut more
        if syntax.child(verb, "mark") is not None:
            return False  # he left when it rained, after firing her
        around = {verb, *syntax.ancestors(verb)}
        between = (k for k in range(above + 1, verb) if syntax.relations[k] in ("nsubj", "nsubj:pass"))
        verbs = (syntax.heads[k] for k in between)
        return any(above < k < verb and k not in around for k in verbs)

    def _before(self, at: int) -> int:
        """The word before a verb, without its helpers and adverbs; the verb itself where none is."""
        first, before = self.document.sentences[self.document.tokens[at].sentence].first, at - 1
        marks = '“”"'
        while before >= first and (
            self.syntax.upos[before] in ("ADV", "AUX", "PART") or self.document.tokens[before].text in marks
        ):
            before -= 1
        return before if before >= first else at

    def _is_anybody(self, noun: int, verb: int) -> bool:
        """Are whoever it may be meant: those | arrested for minor crimes?"""
        first = self.parties.phrase(noun)[0]
        bare = self.document.tokens[verb].tag == "VBN" and self.syntax.child(verb, "aux:pass", "nsubj:pass") is None
        return bare and "those" in self.document.folded[first : noun + 1]

    def _is_beside(self, subject: int, verb: int) -> bool:
        """Do only helpers and adverbs stand between them, which settles whose subject it is of two?"""
        last = self.parties.phrase(subject)[1]
        return all(self.syntax.upos[k] in ("AUX", "ADV", "PART") for k in range(last, verb))

    def suffering(self, at: int) -> int | None:
        """The subject of a passive; of a participle the noun before it, or how many: 147 | wounded."""
        syntax, before = self.syntax, at - 1
        bare = not syntax.children(at, ("aux", "aux:pass", "nsubj", "nsubj:pass"))
        if bare and before >= 0 and self.document.tokens[before].sentence == self.document.tokens[at].sentence:
            counted = syntax.upos[before] == "NUM" and syntax.relations[at] == "conj"
            if counted or (syntax.relations[at] == "advcl" and syntax.upos[before] in ("NOUN", "PROPN")):
                return before
        return self.subject(at)

    def object(self, at: int, words: Words = ()) -> int | None:
        """What the verb is done to; one object serves all joined verbs, and the pronoun of a clause means its noun."""
        syntax = self.syntax
        found = syntax.child(at, "obj")
        for beside in words[1:]:  # left four | dead
            found = syntax.child(beside, "nsubj", "nummod", "obj") if found in (None, beside) else found
        if found is not None:
            before = self.parties.phrase(found)[0] - 1
            apart = before > at and self.document.folded[before] in _APART
            return None if apart else self.parties.meant(found)
        for joined in syntax.children(at, ("conj",)):
            shared = syntax.child(joined, "obj")
            if shared is not None and syntax.upos[joined] == "VERB" and syntax.child(joined, "nsubj") is None:
                return shared
        subject = syntax.child(at, "nsubj")
        finite = self.document.tokens[at].tag != "VBN" or syntax.child(at, "aux") is not None
        if (
            syntax.relations[at] == "acl"
            and finite
            and subject is not None
            and self.document.folded[subject] not in _RELATIVE
        ):
            return syntax.heads[at]  # the man police shot
        return None

    def agent(self, at: int) -> int | None:
        """Who does it, of a passive: behind "by", of this verb or of the last that is joined with it."""
        for verb in (at, *self.syntax.children(at, ("conj",))):
            for child in self.syntax.children(verb, ("obl:agent", "obl", "nmod")):
                case = self.syntax.child(child, "case")
                if case is not None and self.document.folded[case] == "by" and case > verb and not self.is_time(child):
                    return child if self._is_one_clause(verb, case) else None
        return self._further_on(at)

    def has_agent(self, at: int) -> bool:
        """Does a passive say by what it is done, though nobody does it: funded by | a tax?"""
        agent = self.syntax.child(at, "obl:agent")
        case = self.syntax.child(agent, "case") if agent is not None else None
        return case is not None and self.document.folded[case] == "by" and case > at

    def _is_one_clause(self, verb: int, last: int) -> bool:
        """Is there no other verb in between: fired the next day, which was dominated | by?"""
        between = self.document.tokens[verb + 1 : last]
        return not any(token.tag in _FINITE for token in between)

    def _further_on(self, at: int) -> int | None:
        """The noun behind a "by" that follows the verb, whatever the tree makes of it: killed in Lima | by a gunman."""
        tokens = self.document.tokens
        end = self.document.sentences[tokens[at].sentence].last
        reach = range(at + 1, min(end, at + _PHRASE))
        by = next((k for k in reach if self.document.folded[k] == "by" or not tokens[k].tag.startswith(_INSIDE)), end)
        if by >= end or self.document.folded[by] != "by":
            return None
        last = by + 1
        while last < min(end, by + _PHRASE) and tokens[last].tag.startswith(_NOMINAL):
            last += 1
        nouns = [k for k in range(by + 1, last) if tokens[k].tag.startswith(("NN", "PRP"))]
        if not nouns:
            return None
        head = nouns[-1]
        above = self.syntax.heads[head]
        head = above if self.syntax.relations[head] == "flat" and by < above < head else head
        armed = self.document.folded[head] in deeds.load().words["armed"]
        known = armed or self.parties.people(head) or self.parties.body(head)
        near = by - at <= _NEAR
        return head if not self.is_time(head) and (near or known) else None

    def is_time(self, at: int) -> bool:
        word, tag = self.document.folded[at], self.document.tokens[at].tag
        return tag in ("CD", "VBG", "$") or word in deeds.load().words["not_doers"]

    def wielder(self, at: int, *, raid: bool = False) -> int | None:
        """Whose weapon or attack it is: a police | raid, Israeli | airstrikes, the army's | bombs, an FBI | raid."""
        for child in self.syntax.children(at, ("compound", "amod", "nmod")):
            token, word = self.document.tokens[child], self.document.folded[child]
            case = self.syntax.child(child, "case")
            if child > at or (case is not None and fold(self.document.tokens[case].text) not in ("'s", "'")):
                continue
            nation = token.text[0].isupper() and (self.syntax.upos[child] == "ADJ" or word.endswith("-led"))
            if word == "led" and (leading := self.syntax.child(child, "compound", "nmod", "obl")) is not None:
                return leading
            striking = word in deeds.load().words["powers"] or (raid and self.parties.body(child) and word != "home")
            if (
                word in deeds.load().words["armed"]
                or nation
                or (striking and token.text[0].isupper())
                or (case is not None and self.parties.entity(child))
            ):
                return child
        return None
