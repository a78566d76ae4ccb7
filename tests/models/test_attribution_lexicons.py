"""Every entry of the attribution's lexicons keeps its own promises."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models import lexicography
from models.analyzers.attribution import cues, sources, vague

CUES = cues.load().entries


def test_every_example_of_cues_vague_markers_and_sources_holds() -> None:
    assert lexicography.check_attribution() == []


def test_the_cue_lexicon_is_large_and_uses_every_stance() -> None:
    assert len(CUES) >= 250
    assert {entry.stance for entry in CUES} == {"neutral", "endorsing", "doubting", "emotive"}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (
            {"matches": ("The mayor [waved] that it rained.",)},
            "say: marks nothing in 'The mayor [waved] that it rained.'",
        ),
        ({"matches": ("The mayor said that it rained.",)}, "say: marks said in 'The mayor said that it rained.'"),
        ({"ignores": ("The mayor said that it rained.",)}, "say: marks said in 'The mayor said that it rained.'"),
    ],
)
def test_a_cue_that_breaks_its_word_is_told(
    monkeypatch: pytest.MonkeyPatch, change: dict[str, tuple[str, ...]], fault: str
) -> None:
    say = next(entry for entry in CUES if entry.lemma == "say").model_copy(update=change)
    broken = replace(cues.load(), entries=(say,))
    monkeypatch.setattr(cues, "load", lambda: broken)
    assert [told for told in lexicography.check_attribution() if told.startswith("say:")] == [fault]


def test_a_marker_and_a_source_that_break_their_word_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    no_cues = replace(cues.load(), entries=())
    monkeypatch.setattr(cues, "load", lambda: no_cues)
    marker = vague.MarkerEntry(
        kind="passive", patterns=("reportedly",), matches=("He [reportedly] left.",), ignores=("He left.",)
    )
    markers = replace(vague.load(), entries=(marker,))
    monkeypatch.setattr(vague, "load", lambda: markers)
    official = sources.load().kinds["official"].model_copy(update={"examples": ("the baker",)})
    lists = replace(sources.load(), kinds=sources.load().kinds | {"official": official})
    monkeypatch.setattr(sources, "load", lambda: lists)
    first, second = lexicography.check_attribution()
    assert first == "vague reportedly: is no passive in 'He [reportedly] left.'"
    assert second.startswith("official: 'the baker' is taken as ")
