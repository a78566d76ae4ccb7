"""Grouping: a finished report joins the story of its event and the figures of its outlet, and search finds it.

It becomes findable first and looks then, so that of two that come at once one sees the other. Doing it twice changes
nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models import search
from models.comparison import columns, versions
from models.comparison.columns import Column
from models.outlets import counting
from models.report import Report
from models.stories import linkage, pairs, profiles
from models.stories.profiles import Profile
from workers import store
from workers.store import Rewording, StoryCandidate

_MEMBERS = 8  # newest reports of a story that a new one is held against
_WORTH_A_LOOK = 0.1  # a candidate less likely than this brings its story nowhere near


@dataclass(frozen=True, slots=True)
class Grouped:
    """Where a report went, and what it cost to find out."""

    story: str | None
    entries: int
    """Entries of the index that were read."""
    records: int
    """Profiles of other reports that were read."""


@dataclass(frozen=True, slots=True)
class _Near:
    """A story that a report may belong to; one whose only report is being placed right now has no name yet."""

    name: str | None
    members: dict[str, Profile]  # by the id of the report


def group(report: Report) -> None:
    """Put a saved report into its story, file and count it, unless that is done. Raises StoreUnavailable.

    The same text sent again counts once, and so do the versions of an address: the newest report takes the place of
    those before.
    """
    repeated = store.find_repeated(report.id, report.article.text, report.article.outlet)
    for name in repeated or ():
        store.unlist(name)
    if repeated is None or report.id in repeated:
        return
    column = columns.read(0, report)
    if store.find_story(report.id) is None:
        join_story(report.id, profiles.draw(column))
    if not _note_version(report, column):
        return
    file(column)
    store.count(report.id, report.article.outlet, counting.count(column))


def file(column: Column) -> None:
    """Have search find the report by what this version files it under."""
    store.file(column.report.id, search.file_under(column.report, (word.form for word in column.words)))


def _note_version(report: Report, column: Column) -> bool:
    """Set a page that was fetched again beside what it takes the place of. False where a later one takes its own."""
    origin, address = report.provenance.origin, counting.address_of(report)
    if origin is None or not address:
        return True
    wording = counting.sign(column, headline=True)
    before, later = store.add_version(report.id, address, wording, origin.extracted_at)
    if before and (earlier := store.report(before)):
        beside = columns.read(0, earlier)
        if counting.sign(beside, headline=True) != wording:
            store.keep_rewording(report.id, Rewording(before=before, **versions.differ(beside, column)._asdict()))
        store.unlist(before)
    if later:
        store.unlist(report.id)
    return not later


def join_story(identifier: str, profile: Profile) -> Grouped:
    """Find the report's story among those of the reports most like it, or begin one."""
    terms = profiles.find_keys(profile)
    if not store.enlist(identifier, store.pack(profile.model_dump_json()), terms, profile.day):
        return Grouped(None, 0, 0)
    search = store.find_candidates(identifier, terms, profile.day)
    near = list(_look_closer(profile, search.candidates))
    chosen = linkage.choose(profile, {str(at): list(one.members.values()) for at, one in enumerate(near)})
    joined = near[int(chosen)] if chosen is not None else _Near(None, {})
    placed = store.place(identifier, next(iter(joined.members), None))
    if placed is not None:
        _pull(placed, [profile, *joined.members.values()], [one for one in near if one is not joined])
    return Grouped(placed, search.entries, search.records + sum(len(one.members) for one in near))


def _look_closer(profile: Profile, candidates: Sequence[StoryCandidate]) -> Iterator[_Near]:
    """The stories of the candidates that may tell the same event, with their newest reports."""
    seen: set[str] = set()
    for candidate in candidates:
        read = _unpack(candidate)
        if read is None or candidate.story in seen or pairs.judge(profile, read) < _WORTH_A_LOOK:
            continue
        if candidate.story is None:
            yield _Near(None, {candidate.id: read})
            continue
        seen.add(candidate.story)
        found = {member.id: _unpack(member) for member in store.find_members(candidate.story, _MEMBERS)}
        yield _Near(candidate.story, {name: member for name, member in found.items() if member})


def _pull(story: str, members: Sequence[Profile], others: Sequence[_Near]) -> None:
    """Have reports that were alone, and belong to the story now that it has grown, join it."""
    alone = {
        name: (one.name, member)
        for one in others
        for name, member in one.members.items()
        if len(one.members) == 1 and one.name is not None and one.name != story
    }
    for name in linkage.pull(members, {name: member for name, (_, member) in alone.items()}):
        store.move(name, str(alone[name][0]), story)


def _unpack(candidate: StoryCandidate) -> Profile | None:
    return store.unpack(Profile, candidate.profile, candidate.id)
