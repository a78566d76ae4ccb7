"""Block quotes, posts and signed extracts: words that the page sets apart, and the names under or above them."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass

from ...report import Form
from .layout import NAME, Layout, Place, any_of, ends_sentence, fold, words

_BLOCK = re.compile(r">[>\s]*")
_DASH = r"(?:[—–―]|--|-)\s?"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_WHEN = rf"(?:{_MONTH}\s\d{{1,2}}(?:,\s\d{{4}})?|\d{{1,2}}\s{_MONTH}(?:\s\d{{4}})?|\d{{4}}-\d\d-\d\d|\d{{1,2}}[hms])"
_HANDLE = r"(?:\(@\w{1,30}\)|@\w{1,30})"
_MEDIUM = r"(?:(?:on|via|in|at)\s(?:X|Twitter|Facebook|Instagram|[A-Z][\w.’' &-]{0,40}))"
_TAIL = rf"(?:[\s,·•|:–—-]*(?:{_WHEN}|\d{{1,2}}:\d\d(?:\s?[AaPp]\.?[Mm]\.?)?|{_MEDIUM}|https?://\S+))*\s*"
# — Victor Hale (@vhale) March 14, 2026
_POSTED = re.compile(rf"(?:{_DASH})?(?P<name>{NAME})?,?\s?{_HANDLE}{_TAIL}$")
# Victor Hale @vhale · Mar 14, with the words below it; or @vhale: the words
_HEADED = re.compile(rf"(?P<name>{NAME})?\s?{_HANDLE}{_TAIL}:?$")
_BEFORE = re.compile(rf"(?:RT\s)?(?P<name>(?:{NAME}\s)?{_HANDLE})(?:\s(?:on|via)\s[A-Z]\w+)?:\s+(?=\S)")
# — Ann Lee, teacher, Corley
_SIGNED = re.compile(rf"{_DASH}(?P<name>{NAME})(?:[,(]\s?[\w\s,.’'&-]{{1,80}}\)?)?{_TAIL}\.?$")
_UNDER = re.compile(rf"(?P<name>{NAME})(?:,\s[\w\s,.’'&-]{{1,60}})?$")
# “It is a lifeline.” Ann Lee, teacher; “It is a sham.” (Tom Reik, baker)
_BESIDE = re.compile(rf"\s*\(?(?P<name>{NAME})(?:,\s[\w\s,.’'&-]{{1,60}})?\)?$")
_TRAILING = 200  # characters at the end of a paragraph in which a signature may stand
_SIGNED_WORDS = 4  # fewer words after which nobody signs
_LONGEST = 6  # paragraphs of one extract


@dataclass(frozen=True, slots=True)
class Extract:
    """Words set apart, by paragraph, with the words that name whose they are."""

    parts: tuple[Place, ...]
    form: Form
    signer: Place | None
    numbers: tuple[int, ...]  # of its paragraphs, signature included


def find(layout: Layout, taken: Container[int]) -> Iterator[Extract]:
    """Which paragraphs are block quotes, posts or signed extracts? `taken` ones are somebody's already."""
    done = -1
    for at in layout.numbers():
        if at <= done or at in taken:
            continue
        extract = _block(layout, at) or _headed(layout, at, taken)
        if extract is not None:
            done = extract.numbers[-1]
            yield extract
    yield from _posted(layout, taken)
    yield from _signed(layout, taken)


def _block(layout: Layout, at: int) -> Extract | None:
    """Paragraphs that begin with >, up to the one that is signed."""
    numbers: list[int] = []
    parts: list[Place] = []
    form: Form = "block"
    signer = None
    while at < len(layout.paragraphs) and layout[at].startswith(">"):
        numbers.append(at)
        start, end = _behind(layout, at)
        cut = _cut_signature(layout.text, start, end)
        end = cut[0] if cut else end
        marked = layout.text[start:end][:1] in '"“«„' and layout.ending.get(end) != start
        if start < end and not layout.is_boilerplate(at) and not marked:  # “We lost,” said Lee: there the marks decide
            parts.append((start, end))
        at += 1
        if cut:
            signer, form = cut[1], cut[2]
            break
    else:
        if (
            numbers
            and at < len(layout.paragraphs)
            and (match := _SIGNED.fullmatch(layout[at]) or _posted_by(layout[at]))
        ):
            signer = _place(layout.paragraphs[at][0], match)
            numbers.append(at)
    return Extract(tuple(parts), form, signer, tuple(numbers)) if numbers else None


def _behind(layout: Layout, at: int) -> Place:
    start, end = layout.paragraphs[at]
    match = _BLOCK.match(layout.text, start, end)
    return match.end() if match else start, end


def _cut_signature(text: str, start: int, end: int) -> tuple[int, Place | None, Form] | None:
    """Where the words end that are signed in [start, end), the name, and in which form; None without a signature."""
    paragraph = text[start:end]
    for match in re.finditer(_DASH, paragraph[-_TRAILING:]):
        begin = max(0, len(paragraph) - _TRAILING) + match.start()
        before, signature = paragraph[:begin].rstrip(), paragraph[begin:]
        posted = _posted_by(signature)
        found = posted or _SIGNED.fullmatch(signature)
        parted = begin == 0 or paragraph[begin - 1].isspace() or match.group()[0] in "—―" or before[-1:] in '"”»'
        if found and parted and (posted or not before or ends_sentence(before)):
            return start + len(before), _place(start + begin, found), "tweet" if posted else "block"
    return None


def _posted_by(signature: str) -> re.Match[str] | None:
    return _POSTED.fullmatch(signature)


def _place(start: int, match: re.Match[str]) -> Place | None:
    first = match.start("name")
    if first >= 0:
        return start + first, start + first + len(match["name"].rstrip("."))
    handle = match.group().find("@")
    if handle < 0:
        return None
    end = re.compile(r"@\w+").match(match.group(), handle)
    return start + handle, start + (end.end() if end else handle + 1)


def _headed(layout: Layout, at: int, taken: Container[int]) -> Extract | None:
    """A name with its handle, and behind or below it the words."""
    start, end = layout.paragraphs[at]
    if match := _BEFORE.match(layout[at]):
        return Extract(((start + match.end(), end),), "tweet", _place(start, match), (at,))
    match = _HEADED.fullmatch(layout[at])
    below = at + 1 < len(layout.paragraphs) and at + 1 not in taken and not _POSTED.fullmatch(layout[at + 1])
    if match is None or not below or layout.is_boilerplate(at) or (at and _is_signature_of(layout, at)):
        return None
    return Extract((layout.paragraphs[at + 1],), "tweet", _place(start, match), (at, at + 1))


def _is_signature_of(layout: Layout, at: int) -> bool:
    """Does this line sign what stands above, rather than head what stands below?"""
    return layout[at][0] in "—–―-" and at > layout.first


def _posted(layout: Layout, taken: Container[int]) -> Iterator[Extract]:
    """Posts that carry their signature: This regime is corrupt. — Victor Hale (@vhale) March 14, 2026."""
    for at in layout.numbers():
        start, end = layout.paragraphs[at]
        if at in taken or "@" not in layout[at][-_TRAILING:] or layout[at].startswith(">"):
            continue
        cut = _cut_signature(layout.text, start, end)
        if cut is None or cut[2] != "tweet":
            continue
        if cut[0] > start:
            begin = _behind_lead(layout, at)
            yield Extract(((begin, cut[0]),), "tweet", cut[1], (at,))
        elif numbers := _above(layout, at, taken, several=False):
            yield Extract(tuple(layout.paragraphs[number] for number in numbers), "tweet", cut[1], (*numbers, at))


def _behind_lead(layout: Layout, at: int) -> int:
    """Hale wrote on Twitter: | This regime is corrupt. — Victor Hale (@vhale)."""
    start, _ = layout.paragraphs[at]
    head, colon, _ = layout[at][:_TRAILING].partition(": ")
    return start + len(head) + 2 if colon and any_of("leads", "written").search(head) else start


def _above(layout: Layout, at: int, taken: Container[int], *, several: bool) -> list[int]:
    """The paragraphs that a signature in a line of its own signs: back to what leads them in, or just one."""
    numbers: list[int] = []
    for number in range(at - 1, max(layout.first - 1, at - 1 - _LONGEST), -1):
        if layout[number].endswith(":"):
            return numbers
        if number in taken or layout[number].startswith(">") or layout.is_heading(number):
            break
        numbers.insert(0, number)
    return numbers if several else numbers[-1:]


def _signed(layout: Layout, taken: Container[int]) -> Iterator[Extract]:
    """Quotations with a name under or behind them, and the extracts of a roundup, each signed."""
    cuts = {at: cut for at in layout.numbers() if at not in taken and (cut := _signature(layout, at))}
    behind = {at for at, cut in cuts.items() if cut[0] > layout.paragraphs[at][0]}
    several = len({layout.text[slice(*signer)] for _, signer in cuts.values()}) > 1
    done = layout.first - 1
    for at, (end, signer) in cuts.items():
        start = layout.paragraphs[at][0]
        if at in behind:
            quoted = layout.ending.get(end)
            led = at > layout.first and layout[at - 1].endswith(":")
            unmarked = (several or led) and not layout[at].endswith(".")  # They saw one man. – Ann Lee.
            if len(layout.text[start:end].split()) >= _SIGNED_WORDS and (quoted is not None or unmarked):
                yield Extract(((start if quoted is None else quoted, end),), "signed", signer, (at,))
                done = at
            continue
        numbers = _quotation_above(layout, at)
        if not numbers:
            numbers = [number for number in _above(layout, at, taken, several=True) if number > done]
            led = bool(numbers) and numbers[0] > layout.first and layout[numbers[0] - 1].endswith(":")
            if not led and not (several and done >= layout.first and numbers[:1] == [done + 1]):
                numbers = numbers[-1:] if several else []
        if numbers:
            yield Extract(tuple(layout.paragraphs[number] for number in numbers), "signed", signer, (*numbers, at))
        done = at


def _signature(layout: Layout, at: int) -> tuple[int, Place] | None:
    """Where the words of a paragraph end that are signed, and the name; a name alone may stand under a quotation."""
    start, end = layout.paragraphs[at]
    if layout[at].startswith(">"):
        return None
    cut = _cut_signature(layout.text, start, end)
    if cut is not None and cut[1] is not None and cut[2] != "tweet":
        name = layout.text[slice(*cut[1])]
        credit = fold(name) in words("agencies") or layout.is_own(name)
        return None if credit else (cut[0], cut[1])
    behind = layout.beginning.get(start)  # where a quotation ends that this paragraph begins with
    beside = _BESIDE.fullmatch(layout.text, behind, end) if behind is not None and behind < end else None
    closed = behind is not None and ends_sentence(layout.text[start:behind])  # “It is over,” Senator Ann Lee, 61, said
    if behind is not None and closed and beside and _is_full_name(layout, beside["name"]):
        return behind, beside.span("name")
    match = _UNDER.fullmatch(layout[at])
    if match is not None and _is_full_name(layout, match["name"]) and _quotation_above(layout, at):
        return start, (start + match.start("name"), start + match.end("name"))
    return None


def _is_full_name(layout: Layout, name: str) -> bool:
    return name.startswith("Editorial") or (len(name.split()) > 1 and layout.names_somebody(name))


def _quotation_above(layout: Layout, at: int) -> list[int]:
    """The paragraphs right above that are one quotation and nothing else."""
    numbers: list[int] = []
    chain = layout.whole.get(at - 1)
    while chain is not None and layout.whole.get(at - 1 - len(numbers)) == chain:
        numbers.insert(0, at - 1 - len(numbers))
    return numbers
