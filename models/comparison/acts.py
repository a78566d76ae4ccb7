"""The same deed, told by each: who did it to whom, in which form, by which article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from ..comparison_report.framing import ActInArticle, ActTelling, ComparedAct
from ..report import Act, Party
from ..stems import stem
from . import claims, quantities, vectors
from .claims import Reading
from .columns import Column
from .naming import Figure, Owners, is_pronoun
from .quantities import Quantity
from .settings import SETTINGS

_TIMES = frozenset(("weekday", "date", "month", "year"))


@dataclass(frozen=True, slots=True)
class Role:
    """Who does a deed, or to whom it is done, as it is compared."""

    figure: Figure | None
    words: frozenset[str]  # stems of its telling words
    numbers: tuple[Quantity, ...]  # how many they are
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Deed:
    """One act of one article."""

    act: Act
    column: Column
    reading: Reading
    doer: Role | None
    undergoer: Role | None

    @property
    def times(self) -> list[Quantity]:
        """When it is told to have happened."""
        return [number for number in self.reading.numbers if number.kind in _TIMES]


def compare(columns: Sequence[Column], readings: Sequence[Sequence[Reading]], owners: Owners) -> list[ComparedAct]:
    """Which deeds do two or more of the articles tell, and who does them by each? Those that differ in that first."""
    deeds = [deed for column, own in zip(columns, readings, strict=True) for deed in _read(column, own, owners)]
    groups = [group for group in _join(deeds) if len({deed.column.index for deed in group}) > 1]
    rows = [_show(columns, group) for group in groups]
    return sorted(rows, key=lambda row: ("doer" not in row.differ, -sum(cell is not None for cell in row.by_article)))


def _read(column: Column, readings: Sequence[Reading], owners: Owners) -> Iterator[Deed]:
    framing = column.report.framing
    by_sentence: dict[int | None, Reading] = {reading.sentence: reading for reading in readings}
    for act in framing.acts if framing else ():
        reading = by_sentence.get(column.sentence_at(act.start))
        if reading is not None:
            yield Deed(
                act, column, reading, _role(column, reading, act.doer, owners),
                _role(column, reading, act.undergoer, owners),
            )  # fmt: skip


def _role(column: Column, reading: Reading, party: Party | None, owners: Owners) -> Role | None:
    """Somebody in a deed; None where nobody is named: a pronoun that nobody could resolve tells nothing."""
    if party is None:
        return None
    figure = owners.get((column.index, party.entity or ""))
    if figure is None and is_pronoun(party.span.text):
        return None
    inside = [word for word in reading.words if party.span.start <= word.start < party.span.end]
    numbers = tuple(n for n in reading.numbers if party.span.start <= n.start < party.span.end and n.kind == "count")
    counted = [(number.start, number.end) for number in numbers]
    words = frozenset(
        stem(word.form)
        for word in inside
        if claims.tells(word.form) and not any(start <= word.start < end for start, end in counted)
    )
    return Role(figure, words, numbers, party.span.text)


def _join(deeds: Sequence[Deed]) -> list[list[Deed]]:
    """Deeds that are one, in one article or in several, the surest first; nothing joins what excludes each other."""
    least: float = SETTINGS["acts"]["same"]
    alike = vectors.about([deed.reading.bag for deed in deeds])
    scores = {
        (a, b): score
        for a, b in combinations(range(len(deeds)), 2)
        if (score := _score(deeds[a], deeds[b], float(alike[a, b]))) is not None
    }
    home = {at: [at] for at in range(len(deeds))}
    for (a, b), score in sorted(scores.items(), key=lambda one: (-one[1], one[0])):
        if score < least or home[a] is home[b]:
            continue
        if all((min(one, other), max(one, other)) in scores for one in home[a] for other in home[b]):
            home[a].extend(home[b])
            for at in home[b]:
                home[at] = home[a]
    groups = {id(group): group for group in home.values()}
    return [[deeds[at] for at in sorted(group)] for group in groups.values()]


def _score(one: Deed, other: Deed, alike: float) -> float | None:
    """How surely are two acts one deed? None where they cannot be: another effect, done to somebody else by name."""
    if one.act.effect != other.act.effect:
        return None
    points = SETTINGS["acts"]
    families = {one.act.family, other.act.family}
    akin = any(families <= set(kinship) for kinship in points["kinships"])
    related: float = points["family"] if len(families) == 1 else points["kin"] if akin else 0.0
    suffered = _same_undergoer(one.undergoer, other.undergoer, same_family=len(families) == 1)
    if suffered is None:
        return None
    score: float = related + suffered + points["context"] * alike * (one.reading is not other.reading)
    times = [quantities.agree(a, b) for a in one.times for b in other.times if a.kind == b.kind]
    if times:
        score += points["time"] if any(times) else points["other_time"]
    if one.doer and other.doer:
        score += points["doer"] if _same_doer(one.doer, other.doer) else points["other_doer"]
    return score


def _same_undergoer(one: Role | None, other: Role | None, *, same_family: bool) -> float | None:
    """How much does it speak for one deed, to whom it is done? None where two names exclude each other."""
    points = SETTINGS["acts"]
    if one is None or other is None:
        return 0.0
    if one.figure and other.figure:
        return float(points["undergoer"]) if one.figure is other.figure else None
    counts = [quantities.agree(a, b) for a in one.numbers for b in other.numbers]
    if counts and not any(counts) and not same_family:
        return None  # the dead and the wounded are counted apart
    score = (points["number"] if any(counts) else points["other_number"]) if counts else 0.0
    shared = one.words & other.words
    if any(not quantities.people(frozenset({word})) for word in shared):
        return float(score + points["undergoer"])
    alike = all(not role.words or role.figure or quantities.people(role.words) for role in (one, other))
    if shared or (alike and any(counts)):
        return float(score + points["alike"])
    if not same_family:
        return None  # kin families may tell one deed only of the same people
    return float(min(score, 0.0) + (points["other_words"] if one.words and other.words else 0.0))


def _same_doer(one: Role, other: Role) -> bool:
    if one.figure and other.figure:
        return one.figure is other.figure
    return bool(one.words & other.words)


def _show(columns: Sequence[Column], group: Sequence[Deed]) -> ComparedAct:
    cells = [_tell([deed for deed in group if deed.column is column]) for column in columns]
    return ComparedAct(
        deed=Counter(deed.act.lemma for deed in group).most_common(1)[0][0],
        effect=group[0].act.effect,
        undergoer=_name_undergoer(group),
        differ=list(_differ(columns, group, cells)),
        by_article=cells,
    )


def _tell(own: Sequence[Deed]) -> ActInArticle | None:
    if not own:
        return None
    told = [
        ActTelling(
            span=deed.column.span(deed.act.start, deed.act.end),
            verb=deed.column.span(deed.act.verb.start, deed.act.verb.end),
            form=deed.act.form,
            doer=_name(deed.doer) or (deed.act.doer.span.text if deed.act.doer else None),
            undergoer=_name(deed.undergoer),
            voice=deed.act.voice,
        )
        for deed in sorted(own, key=lambda deed: deed.act.start)
    ]
    named = [_name(deed.doer) for deed in own if deed.doer]
    return ActInArticle(doer=next((doer for doer in (*named, *(one.doer for one in told)) if doer), None), told=told)


def _name(role: Role | None) -> str | None:
    return (role.figure.name if role.figure else role.text) if role else None


def _name_undergoer(group: Sequence[Deed]) -> str | None:
    """By name where any article has one, else in the fullest words."""
    roles = [deed.undergoer for deed in group if deed.undergoer]
    named = next((role.figure.name for role in roles if role.figure), None)
    return named or max((role.text for role in roles), key=len, default=None)


def _differ(
    columns: Sequence[Column], group: Sequence[Deed], cells: Sequence[ActInArticle | None]
) -> Iterator[Literal["doer", "form"]]:
    """One names a doer and another nobody, or somebody else by name; or they first tell it in different forms."""
    told = [cell for cell in cells if cell]
    figures = [
        {id(deed.doer.figure) for deed in group if deed.column is column and deed.doer and deed.doer.figure}
        for column in columns
    ]
    named = [own for own in figures if own]
    if len({cell.doer is None for cell in told}) > 1 or any(not a & b for a, b in combinations(named, 2)):
        yield "doer"
    if len({cell.told[0].form for cell in told}) > 1:
        yield "form"
