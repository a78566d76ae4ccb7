"""When is a capital a sign of a name? Not at the start of a sentence, not in a headline: there the article decides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from .name_facts import Lists
from .name_lists import fold, is_common
from .parts import Sentence, Token

OPENERS = frozenset("“‘\"'(‹«[:;—–-•*…·|/!?.") | {"--", "..."}  # after these, a sentence may begin


_QUOTES = {"“": "”", '"': '"', "‘": "’", "'": "'"}
_ORDINARY = 2  # words of a title that are no names, at least
_TITLE = 24  # words of the longest title of a work
_CLOSERS = frozenset((")", "]", "”", "’", '"'))
_STOPS = frozenset((".", "?", "!"))
_PHRASE = 5  # words of the longest name of the lists that is looked for where capitals are no sign


class Evidence:
    """How the article itself writes its words: capitalised inside sentences, or in lower case?"""

    def __init__(self, tokens: Sequence[Token], sentences: Sequence[Sentence], known: Lists) -> None:
        self.tokens = tokens
        self.lists = known
        self.inside: Counter[str] = Counter()  # capitalised where nothing asks for a capital
        self.lower: Counter[str] = Counter()
        self.owned: Counter[str] = Counter()  # of those inside, with 's behind
        self.families: set[tuple[str, str]] = set()  # particle and family name behind a first name: bin Harrow
        self.titled: set[int] = set()  # tokens in the title of a work: “Lamps and Roads of Harrow”
        self.shouting: list[bool] = []  # sentence by sentence: headlines and the like, where capitals are no sign
        for sentence in sentences:
            shouting = sentence.part == "boilerplate" or self._is_shouting(sentence)
            self.shouting.append(shouting)
            if not shouting:
                self.titled.update(self._find_titles(sentence))
                self._count(sentence)

    def _count(self, sentence: Sentence) -> None:
        opening = True
        for i in range(sentence.first, sentence.last):
            word = self.tokens[i].text
            if not word[0].isalpha():
                opening = opening or word in OPENERS
                continue  # what closes behind a stop leaves it open
            if word.islower():
                self.lower[word] += 1
                if word in self.lists.particles and sentence.first < i < sentence.last - 1:
                    before, after = self.tokens[i - 1].text, self.tokens[i + 1].text
                    if fold(before) in self.lists.first and after[0].isupper():
                        self.families.add((word, after))
            elif not opening and i not in self.titled:
                self.inside[word] += 1
                self.owned[word] += i + 1 < sentence.last and self.tokens[i + 1].text in ("'s", "’s")
            opening = False

    def _find_titles(self, sentence: Sentence) -> Iterator[int]:
        """The tokens between quotation marks that hold the title of a work: there capitals are no sign."""
        i = sentence.first
        while i < sentence.last:
            closes = _QUOTES.get(self.tokens[i].text)
            ends = range(i + 1, min(i + 2 + _TITLE, sentence.last))
            end = next((k for k in ends if self.tokens[k].text == closes), i) if closes else i
            if self._is_title([token.text for token in self.tokens[i + 1 : end]]):
                yield from range(i + 1, end)
            i = max(end, i) + 1

    def _is_title(self, words: list[str]) -> bool:
        """Several ordinary words in capitals, joined by small ones, and no body's name?"""
        words = [word for word in words if word[0].isalpha()]
        small = self.lists.links | self.lists.connectors
        joined = any(word.casefold() in small for word in words)
        ordinary = [word for word in words if word.istitle() and is_common(fold(word), self.lists)]
        plain = sum(word.casefold() not in small for word in ordinary)
        written = all(word[0].isupper() or word in small for word in words)
        if not joined or plain < _ORDINARY or not written:
            return False
        body = fold(words[0]) in self.lists.of_heads or fold(words[-1]) in self.lists.org_heads
        return not body and words[0][0].isupper() and words[-1][0].isupper()

    def _is_shouting(self, sentence: Sentence) -> bool:
        """Are most words capitalised, ordinary ones among them?"""
        headline = sentence.part == "headline"
        words = [t for t in self.tokens[sentence.first : sentence.last] if t.text[0].isalpha()][1:]
        if len(words) < 3:
            return headline or self._is_heading(sentence)
        if not headline and self.tokens[sentence.last - 1].text[-1].isdigit():
            return False  # a line of a list: Harrow Medical Center (2014–2017): $1,100
        capital = [t.text.casefold() for t in words if not t.text[0].islower()]
        # Title case leaves articles, prepositions and conjunctions small, and nothing else.
        plain = sum(1 for t in words if t.text[0].islower() and not t.tag.startswith(("IN", "DT", "CC", "TO", "POS")))
        if len(capital) * 2 < len(words) or plain * 8 > (len(words) if headline else 0):
            return False
        ordinary = sum(1 for word in capital if word in self.lists.common and word not in self.lists.titles)
        return headline or ordinary >= 2 or len(capital) == len(words) > 6

    def _is_heading(self, sentence: Sentence) -> bool:
        """A short line without an end, in capitals: "Foreign Power"?"""
        line = self.tokens[sentence.first : sentence.last]
        words = [token.text for token in line]
        plain = all(word.istitle() and is_common(word.casefold(), self.lists) for word in words)
        return len(words) > 1 and plain and not any(fold(word) in self.lists.known for word in words)

    def speaks_for(self, word: str) -> bool:
        """Is this capitalised word likely a name wherever it stands?"""
        key, folded = word.casefold(), fold(word)
        inside = self.inside[word] or (self.inside[word.title()] if word.isupper() else 0)
        small = self.lower[key]
        if inside > small:
            return True
        if small or folded in self.lists.small:
            return False
        if folded in self.lists.notable or (word.isupper() and folded in self.lists.known):
            return True
        return not is_common(key, self.lists)

    def is_capital(self, i: int, sentence: Sentence, *, shouting: bool) -> bool:
        """Is token i capitalised in a way that may mean a name?"""
        text = self.tokens[i].text
        if text.islower() or not text[0].isalpha():
            return False
        if text.isupper() and self._is_shouted(i, sentence):
            return False
        return not (shouting or i in self.titled) or self._stands_out(i, sentence)

    def is_initial(self, i: int, sentence: Sentence) -> bool:
        """Does token i begin a sentence, or what may be one: after a colon, a dash, an opening quotation mark?"""
        if i <= sentence.first or self.tokens[i - 1].text in OPENERS:
            return True
        before = i - 1
        while before > sentence.first and self.tokens[before].text in _CLOSERS:
            before -= 1
        return before < i - 1 and self.tokens[before].text in _STOPS  # (It sank.) In Harrow, …

    def _is_shouted(self, i: int, sentence: Sentence) -> bool:
        """An ordinary word in capitals beside another one: a piece of a headline run into the text."""

        def shouted(word: str) -> bool:
            return word.isupper() and is_common(word.casefold(), self.lists)

        if not shouted(self.tokens[i].text):
            return False
        beside = [self.tokens[k].text for k in (i - 1, i + 1) if sentence.first <= k < sentence.last]
        return any(len(word) > 1 and shouted(word) for word in beside)

    def _stands_out(self, i: int, sentence: Sentence) -> bool:
        text = self.tokens[i].text
        if self.speaks_for(text) or fold(text) in self.lists.titles:
            return True
        following = self.tokens[i + 1].text if i + 1 < sentence.last else ""
        if self._is_pair(text, following) or self._is_listed(i, sentence):
            return True
        before = self.tokens[i - 1].text if i > sentence.first else ""
        return self._is_pair(before, text) or (len(text) == 1 and following == "." and fold(before) in self.lists.first)

    def _is_listed(self, i: int, sentence: Sentence) -> bool:
        """Is it a word of a name in the lists: Republican [National] Convention?"""
        for first in range(max(sentence.first, i - _PHRASE), i + 1):
            words = [fold(token.text) for token in self.tokens[first : min(first + _PHRASE, sentence.last)]]
            longest = min(self.lists.openings.get(words[0], 0), len(words))
            if any(" ".join(words[:size]) in self.lists.known for size in range(max(2, i - first + 1), longest + 1)):
                return True
        return False

    def _is_pair(self, first: str, last: str) -> bool:
        """A first and a last name side by side, each of which may be an ordinary word: "Mark Green"?"""
        given, family = fold(first), fold(last)
        if last.isupper() and len(last) == 2 and family not in self.lists.last:
            return False  # Girls Sue CT
        if (
            given not in self.lists.first
            or given in self.lists.small
            or not (first[0].isupper() and last[:1].isupper())
        ):
            return False
        return self.speaks_for(last) or (family in self.lists.last and family not in self.lists.small)
