"""Is a short stretch in quotation marks somebody's speech, scare quotes, or a name?"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal

from .parts import Token

PATH = Path(__file__).parent.parent / "lexicons" / "quotations.toml"
_SCARE_WORDS = 2
_DISTANCED_WORDS = 3  # after "so-called"
_NAME_WORDS = 8
_NICKNAME = 4
_REACH = 40  # tokens of the same sentence, either way, in which a verb of speech may govern the mark
_BESIDE = 4  # tokens behind a quotation in which a verb of speech makes no name of it
_SIGNS = (",", ".", "!", "?", "…", "...")  # what may end speech before its closing mark
_ENDS = (".", "!", "?")
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_SETS_UP = ("DT", "PRP$", "POS", "JJ", "IN", "TO", "VBG")  # what stands before a word that is set off inside a clause


@cache
def _words() -> dict[str, frozenset[str]]:
    rows = tomllib.loads(PATH.read_text(encoding="utf-8"))
    return {name: frozenset(words) for name, words in rows.items()}


def classify(
    tokens: Sequence[Token], first: int, last: int, *, closed: bool, headline: bool
) -> Literal["speech", "scare", "name"]:
    """What is the quotation whose tokens, marks included, are tokens[first:last]?

    Scare quotes are one or two words that the outlet sets off inside a clause of its own: the “reform”, a “peace” plan.
    No comma or stop before the closing mark, no verb among them, no verb of speech in the sentence. After “so-called”
    it may be three, whatever else stands there.
    """
    inner = [token for token in tokens[first:last] if token.is_word]
    if not inner or not closed:
        return "speech"
    before = _same_sentence(tokens, range(first - 1, max(-1, first - 1 - _REACH), -1), tokens[first].sentence)
    after = _same_sentence(tokens, range(last, min(len(tokens), last + _REACH)), tokens[last - 1].sentence)
    nearest = next((word for word in before if word[0].isalpha()), "")
    words = _words()
    if nearest in words["distance"] and len(inner) <= _DISTANCED_WORDS:
        return "scare"
    spoken = words["speech"].intersection(before) or words["speech"].intersection(after)
    judged = bool(spoken) and inner[0].text[0].islower()  # called the play “a triumph”
    if not headline and (
        nearest in words["named"]
        or (nearest in words["works"] and not judged)
        or (_is_title(inner) and _is_work(tokens, last))
        or (len(inner) <= _NICKNAME and _between_names(tokens, first, last, begins=not (before or spoken)))
    ):
        return "name"
    alone = (
        len(inner) == 1 and not spoken and bool(before) and tokens[first - 1].is_word
    )  # the prize went to “Monsters.”
    signed = tokens[last - 2].text in _SIGNS or tokens[first].end < tokens[first + 1].start
    answered = signed and words["speech"].intersection(after[:_BESIDE])  # “So I did, Beth,” Rowe answered
    whole = not before and not after and tokens[last - 2].text in _ENDS  # “I’m a Bell man.” fills its own sentence
    says = whole and any(token.tag in _FINITE for token in tokens[first:last])
    if _is_title(inner) and (alone or 1 < len(inner) <= _NAME_WORDS) and not (headline or answered or says):
        return "name"
    if len(inner) > _SCARE_WORDS or any(token.tag.startswith("V") or token.tag == "MD" for token in inner):
        return "speech"
    set_up = first > 0 and tokens[first - 1].tag in _SETS_UP and bool(before)
    return "scare" if set_up and not signed and not spoken else "speech"


def _same_sentence(tokens: Sequence[Token], places: range, sentence: int) -> list[str]:
    return [tokens[at].text.lower() for at in places if tokens[at].sentence == sentence]


def _is_title(inner: Sequence[Token]) -> bool:
    """Are all words capitalised, short ones aside: Order of Merit, The Rock? At least two: She is a cat is none."""
    capitals = sum(t.text[0].isupper() or t.text[0].isdigit() for t in inner)
    return (
        inner[0].text[0].isupper()
        and capitals >= min(2, len(inner))
        and all(t.text[0].isupper() or t.text[0].isdigit() or len(t.text) <= 3 for t in inner)
    )


def _is_work(tokens: Sequence[Token], last: int) -> bool:
    """Does what follows say that it is a title: “Traitors,” a play by Soames; “Synonyms” is the name of the play?"""
    behind = tokens[last : last + 2 * _BESIDE]
    words = [token.text.lower() for token in behind]
    at = next((at for at, word in enumerate(words) if word not in (",", "is", "was")), len(behind))
    if at == len(behind) or behind[at].tag not in ("DT", "PRP$"):
        return False
    work = next((n for n in range(at + 1, min(at + _BESIDE, len(behind) - 1)) if words[n] in _words()["works"]), 0)
    described = all(token.tag.startswith(("JJ", "VB", "CD", "NN")) for token in behind[at + 1 : work])
    return work > 0 and described and behind[work + 1].tag in ("IN", ",", ".", "WDT", "VBN")


def _between_names(tokens: Sequence[Token], first: int, last: int, *, begins: bool) -> bool:
    """A nickname stands between first and last name: Dwayne “Rock” Miller; or begins one: “Big” Jim Slade sang."""
    named = first > 0 and tokens[first - 1].tag.startswith("NNP")
    begun = begins and last - first == 1 + 2 and tokens[first + 1].text[0].isupper()  # one word between two marks
    return (named or begun) and last < len(tokens) and tokens[last].tag.startswith("NNP")
