"""What the text around names tells of who bears them: a son of the same name, a gender, an office no longer held."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from .name_candidates import NameCandidate
from .name_facts import Gender
from .name_lists import PRONOUNS, fold, lists
from .parts import Sentence, Token

_BEFORE = 6  # tokens before a name in which its title stands


def find_juniors(candidates: Sequence[NameCandidate], sentences: Sequence[Sentence]) -> Iterator[tuple[str, ...]]:
    """Who is told from somebody named before: "President Orvan said … His son, Bert Orvan Jr., …"?

    A name that first comes with its suffix, as Martin Luther King Jr., is the same without it, unless an office's
    holder is called so.
    """
    elders: dict[str, list[tuple[int, str]]] = {}
    for candidate in candidates:
        *given, last = candidate.plain
        office = candidate.title and candidate.title not in lists().honorifics
        headline = sentences[candidate.sentence].part == "headline"
        if (given or office) and last not in lists().suffixes and not headline:
            elders.setdefault(last, []).append((candidate.start, given[0] if given else ""))
    for candidate in candidates:
        key = candidate.plain
        *given, last = [word for word in key if word not in lists().suffixes] or key
        if key[-1] in lists().suffixes and given and is_holder((given[0], last)):
            yield key
        for start, elder in elders.get(last, ()) if key[-1] in lists().suffixes else ():
            if start < candidate.start and (not elder or not given or elder == given[0]):
                yield key


def find_holders(
    candidates: Sequence[NameCandidate],
    named: Mapping[str, Sequence[tuple[str, int]]],
    sentences: Sequence[Sentence],
) -> Iterator[tuple[int, str]]:
    """Which last names alone mean the holder of an office, where only others of that name are named in full?

    `named`: by last name, the first names of those named in full, and where each is first. "President Obama" means
    him wherever it stands, a bare "Obama" where it comes before Michelle Obama is named. Gives places among the
    candidates, and the holder's first name.
    """
    known = lists()
    for k, candidate in enumerate(candidates):
        last = candidate.words[-1].key
        if len(candidate.words) > 1 or last not in named:
            continue
        given = {name for name, _ in named[last]}
        given |= {long for name in given for long in known.nicknames.get(name, ())}
        first = min(at for _, at in named[last])
        bare = not candidate.title and last in known.singular and sentences[candidate.sentence].part != "headline"
        for office, holders in known.held.items():
            held = candidate.title == office or candidate.title.endswith(f" {office}")
            for one, family in holders:
                own = given.intersection((one, *known.nicknames.get(one, ())))
                if family == last and not own and (held or (bare and candidate.start < first)):
                    yield k, one
                    break


def find_homonyms(candidates: Sequence[NameCandidate]) -> Iterator[tuple[str, str]]:
    """Which first and last names are borne by two, told apart by their initials: George H.W. and George W. Moore?"""
    initials: dict[tuple[str, str], set[str]] = {}
    for candidate in candidates:
        if len(candidate.words) > 2 and candidate.initials:
            initials.setdefault((candidate.plain[0], candidate.plain[-1]), set()).add(candidate.initials)
    for name, written in initials.items():
        longest = max(written, key=len)
        if not all(longest.startswith(one) for one in written):
            yield name


def find_gender(last: str) -> Gender:
    """The gender of the office's holder whom a last name alone means; unknown where it means nobody before others."""
    known = lists()
    if last not in known.singular:
        return "unknown"
    genders = {
        known.first.get(one, "unknown") for held in known.held.values() for one, family in held if family == last
    }
    return genders.pop() if len(genders) == 1 else "unknown"


def is_holder(name: Sequence[str]) -> bool:
    """Does a full name's bearer hold an office of the lists, or did he?"""
    return any((name[0], name[-1]) in holders for holders in lists().held.values())


def hear(
    candidates: Sequence[NameCandidate], tokens: Sequence[Token], sentences: Sequence[Sentence]
) -> dict[str, Gender]:
    """The gender of whoever bears a last name, where the pronouns behind it in its sentences are all of one."""
    heard: dict[str, Counter[Gender]] = {}
    wanted = {c.keys[-1] for c in candidates if c.gender != "unknown" and len(c.keys) == 1}
    for candidate in candidates:
        if candidate.gender == "unknown" and candidate.keys[-1] in wanted:
            behind = tokens[candidate.last : sentences[candidate.sentence].last]
            spoken = [PRONOUNS[token.text] for token in behind if token.text in PRONOUNS]
            heard.setdefault(candidate.keys[-1], Counter()).update(spoken)
    return {last: next(iter(said)) for last, said in heard.items() if len(said) == 1 and said.total() > 1}


def find_shared(candidates: Sequence[NameCandidate], tokens: Sequence[Token]) -> dict[int, str]:
    """Where a first name stands, the last name that it shares with whoever follows: [Tom] and Ann Hale."""
    known, found = lists(), {}
    for first, second in pairwise(candidates):
        word = first.keys[0]
        named = word in known.first and word not in known.known
        alone = len(first.words) == 1 and named and not first.title and not second.title
        joined = second.first - first.last == 1 and tokens[first.last].text in ("and", "&")
        if alone and joined and len(second.words) == 2 and second.keys[0] in known.first and not second.known:
            found[first.start] = second.words[1].text
    return found


def is_former(candidate: NameCandidate, tokens: Sequence[Token]) -> bool:
    """Does what stands before the name say that the title was his: the former Ohio Gov. Ann Lee?"""
    at = candidate.first
    while at and candidate.first - at < _BEFORE and tokens[at - 1].sentence == candidate.sentence:
        at -= 1
        word = fold(tokens[at].text)
        if word in lists().aside:
            return True
        title = word in candidate.title.split() or word in lists().titles
        if tokens[at].text.islower() and not title:
            return False
    return False
