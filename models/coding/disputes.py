"""Where do coders disagree, and what stands once that is settled?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..codebook import Codebook
from .entries import Coding, Mark, Ruling, name_portrayal
from .passages import cluster


@dataclass(frozen=True, slots=True)
class Version:
    """One way to see it, and who does: a mark, a value, or neither (`nothing there`)."""

    coders: tuple[str, ...]
    mark: Mark | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Dispute:
    """Something that not all coders see in the same way. `id` is also its ruling's."""

    id: str
    about: str
    """The layer, the level, or whom it is about."""
    versions: tuple[Version, ...]
    start: int = 0
    end: int = 0


def settle(
    codings: Mapping[str, Coding], rulings: Mapping[str, Ruling], codebook: Codebook
) -> tuple[Coding, list[Dispute]]:
    """What all coders agree on together with what was settled, and what still has to be."""
    marks: list[Mark] = []
    levels: dict[str, str] = {}
    people: dict[str, str] = {}
    still_open: list[Dispute] = []
    for found in find(codings, codebook):
        ruling = rulings.get(found.id)
        agreed = found.versions[0] if _is_agreed(found) else None
        if ruling is None and agreed is None:
            still_open.append(found)
            continue
        stands = ruling or agreed
        if stands is not None and stands.mark:
            marks.append(stands.mark)
        if stands is not None and stands.value:
            (levels if found.id.startswith("level-") else people)[found.about] = stands.value
    done = bool(codings) and not still_open
    return Coding(tuple(sorted(marks, key=lambda mark: mark.start)), levels, people, done), still_open


def find(codings: Mapping[str, Coding], codebook: Codebook) -> Iterator[Dispute]:
    """Everything that some coder says, each with all that the others say of it; agreed where it has one version."""
    for layer in codebook.layers:
        yield from _find_marks(codings, layer.id)
    for level in codebook.levels:
        values = {coder: coding.levels.get(level.id) for coder, coding in codings.items()}
        if any(values.values()):
            yield Dispute(f"level-{level.id}", level.id, _by_value(values))
    for person in dict.fromkeys(name for coding in codings.values() for name in coding.people):
        named = {coder: coding.people[person] for coder, coding in codings.items() if person in coding.people}
        if len(named) > 1:  # whom one alone names is no disagreement
            yield Dispute(name_portrayal(person), person, _by_value(named))


def _is_agreed(dispute: Dispute) -> bool:
    return len(dispute.versions) == 1


def _by_value(values: Mapping[str, str | None]) -> tuple[Version, ...]:
    counted = Counter(values.values())
    return tuple(
        Version(tuple(coder for coder, said in values.items() if said == value), value=value)
        for value, _ in counted.most_common()
    )


def _find_marks(codings: Mapping[str, Coding], layer: str) -> Iterator[Dispute]:
    told = [(mark, coder) for coder, coding in codings.items() for mark in coding.marks if mark.layer == layer]
    for together in cluster(told):
        start, end = together[0][0].start, max(mark.end for mark, _ in together)
        yield Dispute(f"{layer}-{start}", layer, _versions(together, list(codings)), start, end)


def _versions(together: list[tuple[Mark, str]], coders: list[str]) -> tuple[Version, ...]:
    """The ways in which the coders mark these words.

    Who chose the same category said the same, whatever the borders: then the most common ones stand, the shortest of
    those.
    """
    silent = tuple(coder for coder in coders if all(name != coder for _, name in together))
    if not silent and len({mark.category for mark, _ in together}) == 1:
        often = Counter((mark.start, mark.end) for mark, _ in together)
        best = min(together, key=lambda one: (-often[one[0].start, one[0].end], one[0].end - one[0].start))[0]
        return (Version(tuple(coders), best),)
    by_mark: dict[tuple[int, int, str], list[tuple[Mark, str]]] = {}
    for mark, coder in together:
        by_mark.setdefault((mark.start, mark.end, mark.category), []).append((mark, coder))
    versions = [
        Version(tuple(dict.fromkeys(coder for _, coder in same)), same[0][0])
        for same in sorted(by_mark.values(), key=len, reverse=True)
    ]
    return (*versions, Version(silent)) if silent else tuple(versions)
