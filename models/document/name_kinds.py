"""What kind of thing a name names, from the name itself and from what stands around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile

from ..report import EntityKind
from .name_candidates import NameCandidate
from .name_facts import Known, Lists
from .name_lists import fold, is_common
from .parts import Sentence, Token

Votes = dict[EntityKind, float]
_MODEL = re.compile(r"[A-Z]{1,3}-?\d+[A-Z]?\d?s?")  # of a vehicle: M1A1, S-76B
_SORTS = frozenset(("air", "oil", "naval", "army", "military", "gas", "power"))  # of sites
_REALMS = ("state", "commonwealth", "city", "kingdom", "republic")
_APPOSED = 6  # words of an apposition up to its noun
_ENDS = frozenset(("of", "for", "that", "which", "who", "in", "with", "at", "on", "based", "called", "to", "from"))
_WHERE = frozenset(("in", "at", "near", "from", "to", "of", "outside", "nearby"))
_TOWNS = frozenset(("town", "city", "village", "suburb", "hamlet", "island", "district", "region", "province", "state"))
_JOINTS = ("for", "the", "to")
_BESIDE = frozenset(("on", "at", "along", "off", "near", "in", "across", "down", "up", "from", "to", "On", "At"))


def votes(candidate: NameCandidate, tokens: Sequence[Token], sentence: Sentence, known: Lists) -> Votes:
    """How much speaks for each kind? Weights are hand-set: 5 settles it, 1 is a hint."""
    result: Votes = {"person": 0.0, "organization": 0.0, "place": 0.0, "other": 0.0}
    keys = candidate.keys
    found = candidate.known or look_up(candidate, known)
    first, final = keys[0], keys[-1]
    before = tokens[candidate.first - 1].text if candidate.first > sentence.first else ""
    after = tokens[candidate.last] if candidate.last < sentence.last else None
    if found:
        result[found.kind] += 3 if len(keys) == 1 and found.kind == "place" else 5
    if candidate.title:
        result["person"] += 5
    if len(keys) > 1:
        result["person"] += _person_name(candidate, known)
        if final in known.crowds and not any(unit.small for unit in candidate.words):
            result["other"] += 9  # Texas Republicans
        if final in known.org_heads or "&" in (u.text for u in candidate.words):
            result["organization"] += 4
        elif head := _head(candidate):
            placed = head in known.place_heads
            result["organization" if _is_body(head, known) else "place" if placed else "other"] += 3
        if final in known.other_heads and not _is_body(_head(candidate), known):
            result["other"] += 4
        if first in known.bands:
            result["organization"] += 12  # Ansar al-Harrow
        if final not in known.org_heads and any(is_model(u.text) for u in candidate.words):
            result["other"] += 9  # the M1A1 Harrow
        if final.isdigit():
            result["organization" if keys[-2] == "local" else "other"] += 4  # Flight 41
        if any(u.small and u.text.rstrip(".") in ("v", "vs") for u in candidate.words):
            result["other"] += 9  # a case at law
        if final in known.place_heads:
            doubtful = len(keys) == 2 and first in known.first and final in known.last  # Eli Lake; but: on Grant Street
            result["place"] += 1.5 if doubtful and not (final in known.road_heads and before in _BESIDE) else 4
        elif first in known.storms:
            result["other"] += 9  # Hurricane Ann
        elif first in known.leads:
            result["place"] += 3
    else:
        result["person"] += (
            3 if first in known.notable else 2 if first in known.last else 1.5 if first in known.first else 0
        )
        text = candidate.words[0].text
        if text.isupper() and "-" in text and text[-1].isdigit():
            result["other"] += 3  # form LM-20
        elif text.isupper() and 2 <= len(text.replace(".", "")) <= 6:
            result["organization"] += 2
    if before.casefold() == "the":
        result["organization"] += 1.5
        result["other"] += 0.5
        result["person"] -= 1.5
    elif any(is_common(key, known) for key in keys):
        pass
    elif before in ("in", "near", "across", "throughout", "outside", "inside", "In"):
        result["place"] += 1.5
    elif before in ("from", "to", "into"):
        result["place"] += 0.5
    if before == "of" and candidate.first - 2 >= sentence.first and tokens[candidate.first - 2].text in _TOWNS:
        result["place"] += 3  # the town of Harrow
    if not candidate.title and (before in known.trades or _is_told(candidate, tokens, sentence, known)):
        result["organization"] += 2.5  # the security firm Darkpeak; Darkpeak, a security firm
    if after is not None:
        word = after.text
        behind = tokens[candidate.last + 1].text if candidate.last + 1 < sentence.last else ""
        sited = word in known.sites or (word in _SORTS and behind in known.sites)  # the Harrow oil refinery
        if sited and not candidate.title:
            result["place"] += 3
        if word in known.outlets and not candidate.title:
            result["organization"] += 2.5  # the Harrow newspaper
        if word in known.speech:
            result["person"] += 1
            result["organization"] += 0.3
        elif word in ("who", "whose") and not (found and found.kind == "place"):
            result["person"] += 2
        elif word == "," and candidate.last + 2 < sentence.last:
            following = tokens[candidate.last + 1]
            place = known.known.get(fold(following.text))
            if place and place.kind == "place" and following.text[0].isupper():
                dateline = candidate.first == sentence.first and candidate.words[0].text.isupper()
                result["place"] += 6 if dateline else 5 if before in _WHERE and following.text[0].isupper() else 2
            aged = following.text.isdigit() and tokens[candidate.last + 2].text == ","
            if following.text == "who" or aged:
                result["person"] += 3
        elif word == "(":
            inside = tokens[candidate.last + 1].text if candidate.last + 1 < sentence.last else ""
            if inside.isupper() and len(keys) > 2 and inside == "".join(u.text[0] for u in candidate.words):
                result["organization"] += 3  # Rose Harrow Action (RHA)
                result["person"] -= 5
            if inside in ("R", "D", "I") or inside[:2] in ("R-", "D-", "I-"):
                result["person"] += 5
    return result


def is_model(word: str) -> bool:
    """Is it letters and a number that tell a make from others: M1A1, S-76B?"""
    return _MODEL.fullmatch(word) is not None


def _is_told(candidate: NameCandidate, tokens: Sequence[Token], sentence: Sentence, known: Lists) -> bool:
    """Does an apposition behind the name call it a company, a group or the like?"""
    at = candidate.last
    if at + 2 >= sentence.last or tokens[at].text != "," or tokens[at + 1].text not in ("a", "an"):
        return False
    nouns = [token.text for token in tokens[at + 2 : min(at + 2 + _APPOSED, sentence.last)]]
    phrase = list(takewhile(lambda word: word[0].isalnum() and word not in _ENDS, nouns))
    return bool(phrase) and phrase[-1] in known.trades


def _head(candidate: NameCandidate) -> str:
    """The word that heads a name before "of", "for", "on" or "against": [Office] of Civil Rights, [Veterans] for Peace.

    Empty where there is none.
    """
    words = candidate.words
    return next(
        (a.key for a, b in pairwise(words) if b.key == "against" or (b.small and b.key in ("of", "for", "on"))), ""
    )


def _is_body(head: str, known: Lists) -> bool:
    """Is a name that begins with this word before "of" or "for" a body's: an office, or a club of those it is for?"""
    return head in known.org_heads or (head.endswith(("s", "men")) and head.removesuffix("s") in known.folk)


def decide(scores: Votes) -> EntityKind:
    """The kind with most votes; "other" when nothing speaks for any."""
    kind = max(scores, key=lambda k: scores[k])
    return kind if scores[kind] > 0 else "other"


def look_up(candidate: NameCandidate, known: Lists) -> Known | None:
    """The lists' name that this is, written as it must be."""
    words = candidate.words
    if len(words) > 2 and words[0].key in _REALMS and words[1].key == "of":
        realm = known.known.get(" ".join(u.key for u in words[2:]))
        if realm and realm.kind == "place":
            return realm  # the State of Israel
    found = known.known.get(" ".join(u.key for u in words))
    if found is None and len(words) > 1 and words[-1].key in known.corporate:
        words = words[:-1]  # Apple Inc.
        found = known.known.get(" ".join(u.key for u in words))
        found = found if found and found.kind == "organization" else None
    return found.written(u.text for u in words) if found else None


def _is_place(key: str, known: Lists) -> bool:
    """Is this word a place's name and nobody's first one?"""
    return known.known[key].kind == "place" and key not in known.first and key not in known.last


def _person_name(candidate: NameCandidate, known: Lists) -> float:
    """How much a name of several words looks like a person's."""
    keys = candidate.keys
    score = 0.0
    if any(u.text == "&" for u in candidate.words):
        return score  # Hale & Reik; two people are two names
    named = keys[0] in known.first and keys[-1] in known.last and len(keys) == 2  # "Eli Lake"
    if keys[-1] in known.org_heads or keys[-1] in known.other_heads or (keys[-1] in known.place_heads and not named):
        return score
    if any(key in known.links for key in keys[1:]) or any(u.small and u.key in _JOINTS for u in candidate.words):
        return score  # War Against Trump, Behind the Curtain
    if _head(candidate) in known.org_heads:
        return score  # Ann Hale College of Law
    family = keys[-1] in known.last or keys[-1].rpartition("-")[2] in known.last
    if keys[0] in known.known and (not family or _is_place(keys[0], known)):
        return score  # America Tonight, Toronto Pride
    if keys[0] in known.first:
        score += 2.5
    elif len(keys[0]) == 1:
        score += 2
    if keys[-1] in known.notable:
        score += 2
    if keys[-1] in known.last and (keys[0] in known.first or not is_common(keys[0], known)):
        score += 1
    if keys[0] in known.family_first and len(keys) in (2, 3):
        score += 2
    if any(u.small and u.text in known.particles for u in candidate.words):
        score += 1.5
    if keys[-1] in known.suffixes:
        score += 2
    if 2 <= len(keys) <= 3 and not any(k in known.common or k in known.known for k in keys):
        score += 1.5
    return score if len(keys) <= 5 else 0.0
