"""Which story does a report join? The one whose reports, on average, it most likely shares an event with.

Average linkage (Sokal & Michener 1958), one report at a time: a chain of neighbours does not become one story.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from . import pairs
from .profiles import Profile


def choose(profile: Profile, stories: Mapping[str, Sequence[Profile]]) -> str | None:
    """Which of these stories does the report join? None when it tells an event of its own."""
    sure = {name: judge(profile, members) for name, members in stories.items() if members}
    best = max(sure, key=lambda name: (sure[name], name), default=None)
    return best if best is not None and sure[best] >= pairs.load().joins else None


def pull(story: Sequence[Profile], alone: Mapping[str, Profile]) -> list[str]:
    """Which reports that are alone in their stories join this one, now that it has grown? The likeliest first."""
    members, left, pulled = list(story), dict(alone), []
    while (name := choose_next(members, left)) is not None:
        members.append(left.pop(name))
        pulled.append(name)
    return pulled


def choose_next(members: Sequence[Profile], left: Mapping[str, Profile]) -> str | None:
    """Which one of these reports belongs to the story most, if any does?"""
    sure = {name: judge(profile, members) for name, profile in left.items()}
    best = max(sure, key=lambda name: (sure[name], name), default=None)
    return best if best is not None and sure[best] >= pairs.load().joins else None


def judge(profile: Profile, members: Sequence[Profile]) -> float:
    """How likely, on average, does the report share an event with each of these (0..1)?"""
    return sum(pairs.judge(profile, member) for member in members) / len(members)
