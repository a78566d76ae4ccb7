"""Turns: interviews and transcripts, in which a label says who speaks next, and the outlet asks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from .layout import NAME, Layout, Place, any_of, ends_sentence, fold, speaks_of_itself, words

_QUESTION_OR_ANSWER = re.compile(
    r"[*_\s\"“]{0,3}(?P<label>(?P<name>Q|A|Question|Answer)(?:\s?\d{1,2})?)[*_]{0,2}\s?[.:)—–-][*_]{0,2}\s+(?=\S)"
)
_ROLE = r"(?:,\s[\w.’' -]{2,50}|\s\([^()\n]{1,40}\))?"
_LABEL = re.compile(rf"[*_\s\"“]{{0,3}}(?P<label>(?P<name>{NAME}){_ROLE})[*_]{{0,2}}\s?:[*_]{{0,2}}\s+(?=\S)")
_MARK = re.compile(r"[\"“«„].*[\"”»“]$", re.DOTALL)
_YOU = re.compile(r"\b(?:you|your|yours)\b", re.IGNORECASE)
_TRANSCRIPT = 3  # labels of speakers who come back, from which on a text is a transcript
_ONCE = 3  # labels of people who speak once each
_LISTED = 4  # labels in capitals, whoever they name
_SPEAKERS = 40  # of one text; more are a list
_TURN = 12  # paragraphs that one turn may run over
_ASKED = 3  # paragraphs that are a question and nothing else, in an interview without labels
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says at a time."""

    label: Place  # the label with its colon, or the question
    name: Place | None  # the words in it that name the speaker; None where "A" does not
    parts: tuple[Place, ...]  # what is said, by paragraph
    own: bool  # the outlet's own: it asks, or explains to itself


@dataclass(frozen=True, slots=True)
class _Label:
    at: int  # number of its paragraph
    speaker: str  # as it is compared
    label: Place
    name: Place
    begin: int  # where the words begin


def find(layout: Layout) -> list[Turn]:
    """Who takes turns in this text? What only looks like a label (“Note:”) is the outlet's own, and holds no turn."""
    labels = list(_labels(layout))
    notes = [Turn(label.label, None, (), own=True) for label in labels if label.speaker in words("never")]
    return [*notes, *_find(layout, [label for label in labels if label.speaker not in words("never")])]


def _find(layout: Layout, labels: list[_Label]) -> list[Turn]:
    by_speaker: dict[str, list[_Label]] = defaultdict(list)
    for label in labels:
        by_speaker[label.speaker].append(label)
    asked, answered = (any(name in words(kind) for name in by_speaker) for kind in ("asks", "answers"))
    if asked and answered:
        own = {name for name in by_speaker if name in words("asks")}
        if not _is_interview(layout, labels):  # the outlet asks and answers itself
            own |= {name for name in by_speaker if name in words("answers")}
        return list(_turns(layout, labels, own, _TURN))
    labels = [label for label in labels if label.speaker not in words("answers")]
    by_speaker.pop("a", None)
    if labels and _take_turns(layout, labels, by_speaker):
        once = len(labels) == len(by_speaker) and not asked
        return list(_turns(layout, labels, _asking(layout, by_speaker), 1 if once else _TURN))
    led = [label for label in labels if _is_led(layout, label)]
    return list(_turns(layout, led, set(), 1) if led else _unlabelled(layout))


def _is_led(layout: Layout, label: _Label) -> bool:
    """Does a line with a colon lead this one speaker in? So says Ann Lee: ¶ LEE: We are ready."""
    above = label.at - 1
    while above > layout.first and not any(map(str.isalnum, layout[above])):
        above -= 1
    name = layout.text[slice(*label.name)]
    known = (" " in name or name.isupper()) and layout.names_somebody(name)
    return known and above >= layout.first and layout[above].endswith(":")


def _labels(layout: Layout) -> Iterator[_Label]:
    for at in layout.numbers():
        start, _ = layout.paragraphs[at]
        paragraph = layout[at]
        match = _QUESTION_OR_ANSWER.match(paragraph) or _LABEL.match(paragraph)
        if match is None or layout.is_boilerplate(at):
            continue
        speaker, said = fold(match["name"]), paragraph[match.end() :]
        if speaker not in words("never") and (said[0] in '"“«„' and not _MARK.fullmatch(said)):
            continue
        place, name = match.span("label"), match.span("name")
        yield _Label(
            at,
            speaker,
            (start + place[0], start + match.end()),
            (start + name[0], start + name[1]),
            start + match.end(),
        )


def _take_turns(layout: Layout, labels: Sequence[_Label], by_speaker: Mapping[str, Sequence[_Label]]) -> bool:
    """Are these labels of people who speak, and not of a list?"""
    if not 2 <= len(by_speaker) <= _SPEAKERS:
        return False
    said = [layout.text[label.begin : layout.paragraphs[label.at][1]] for label in labels]
    if sum(map(ends_sentence, said)) < _HALF * len(said):
        return False
    people = {name for name in by_speaker if _is_speaker(layout, name, by_speaker[name][0])}
    asks = {name for name in by_speaker if _asks(layout, by_speaker[name])}
    known = len(people | asks) >= _HALF * len(by_speaker)
    shouted = all(layout.text[slice(*label.name)].isupper() for label in labels)
    if len(labels) > len(by_speaker):  # somebody comes back
        return known and (len(labels) >= _TRANSCRIPT or bool(asks))
    if asks and people and len(by_speaker) == 2:
        return ends_sentence(said[-1])
    if shouted and len(labels) >= _LISTED:
        return len(people) > _HALF * len(by_speaker)
    papers = sum(name.rsplit(maxsplit=1)[-1] in words("papers") for name in by_speaker)
    first_person = sum(speaks_of_itself(one) for one in said)
    each = len(people) == len(by_speaker) and all(" " in name for name in by_speaker)
    return len(labels) >= _ONCE and (papers == len(labels) or (each and first_person >= _HALF * len(labels)))


def _is_speaker(layout: Layout, name: str, label: _Label) -> bool:
    role = name in words("roles") or name in words("asks") or name.rsplit(maxsplit=1)[-1] in words("papers")
    return role or layout.is_own(name) or layout.names_somebody(layout.text[slice(*label.name)])


def _asks(layout: Layout, labels: Sequence[_Label]) -> bool:
    """Do most turns under this label ask?"""
    asked = sum("?" in layout.text[label.begin : layout.paragraphs[label.at][1]][-3:] for label in labels)
    return labels[0].speaker in words("asks") or asked > _HALF * len(labels)


def _asking(layout: Layout, by_speaker: Mapping[str, Sequence[_Label]]) -> set[str]:
    """Who asks for the outlet? Its own name, its author, “Q”; of two who talk, who only asks and is nobody named."""
    own = {name for name in by_speaker if name in words("asks") or layout.is_own(name)}
    if own or len(by_speaker) != 2:
        return own
    asking = [name for name, labels in by_speaker.items() if _asks(layout, labels)]
    press = {"reporter", "journalist", "correspondent", "host", "presenter", "moderator"}
    if len(asking) != 1 or (asking[0] in words("roles") and asking[0] not in press):
        return set()
    return set() if layout.names_somebody(layout.text[slice(*by_speaker[asking[0]][0].name)]) else {asking[0]}


def _is_interview(layout: Layout, labels: Sequence[_Label]) -> bool:
    """Is somebody else asked? “You” is asked and “I” answers; where the outlet explains, nobody does."""
    said = {kind: [layout.text[label.begin : layout.paragraphs[label.at][1]] for label in labels
                   if label.speaker in words(kind)] for kind in ("asks", "answers")}  # fmt: skip
    introduced = any_of("interview").search(layout.text, 0, labels[0].label[0]) is not None
    if any(speaks_of_itself(one, we=False) for one in said["answers"]):
        return True
    return introduced and (
        any(_YOU.search(one) for one in said["asks"]) or any(speaks_of_itself(one) for one in said["answers"])
    )


def _turns(layout: Layout, labels: Sequence[_Label], own: set[str], longest: int) -> Iterator[Turn]:
    # Questions to several people stand before their labels in no turn of their own.
    above = labels[0].at - 1
    asked = above >= layout.first and layout[above].endswith("?")
    for number, label in enumerate(labels):
        last = number == len(labels) - 1
        following = len(layout.paragraphs) if last else labels[number + 1].at
        parts = [(label.begin, layout.paragraphs[label.at][1])]
        for at in range(label.at + 1, min(following, label.at + longest)):
            if layout.is_heading(at) or layout.is_boilerplate(at) or (last and not speaks_of_itself(layout[at])):
                break
            if asked and layout[at].endswith("?") and at + 1 == following:
                break
            parts.append(layout.paragraphs[at])
        name = None if label.speaker in words("answers") else label.name
        yield Turn(label.label, name, tuple(parts), label.speaker in own)


def _unlabelled(layout: Layout) -> Iterator[Turn]:
    """An interview whose questions stand alone, as in bold print, and whose answers follow."""
    asked = [at for at in layout.numbers() if layout[at].rstrip("*_").endswith("?") and not layout.is_boilerplate(at)]
    answered = [at for at in asked if at + 1 < len(layout.paragraphs) and at + 1 not in asked]
    if len(answered) < _ASKED or not any_of("interview").search(layout.text, 0, layout.paragraphs[asked[0]][0]):
        return
    direct = sum(bool(_YOU.search(layout[at])) for at in asked)
    personal = sum(speaks_of_itself(layout[at + 1]) for at in answered)
    if direct < _HALF * len(asked) or personal < _HALF * len(answered):
        return
    for number, at in enumerate(asked):
        last = number == len(asked) - 1
        following = len(layout.paragraphs) if last else asked[number + 1]
        parts = []
        for answer in range(at + 1, min(following, at + 1 + _TURN)):
            unlike = last and answer > at + 1 and not speaks_of_itself(layout[answer])
            if layout.is_heading(answer) or layout.is_boilerplate(answer) or unlike:
                break
            parts.append(layout.paragraphs[answer])
        yield Turn((layout.paragraphs[at][0],) * 2, None, tuple(parts), own=False)
