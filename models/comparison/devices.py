"""Devices per 1,000 words, article by article, and which differences are more than chance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from ..comparison_report.framing import ComparedDevices, DeviceDifference, DevicesOfArticle, DeviceUse
from ..report import Device, DeviceKind
from . import intervals
from .columns import Column
from .intervals import VOICES, Counted, Group, Measure
from .naming import Figure, Owners


def compare(columns: Sequence[Column], owners: Owners) -> ComparedDevices | None:
    """Which devices does each article use, how often, in whose voice? None where fewer than two were read for them."""
    found = [_shown(column) for column in columns]
    read = [own for own in found if own is not None]
    if len(read) < 2:
        return None
    kinds = sorted({device.kind for own in read for device, _ in own})
    groups = intervals.groups(kinds)
    measures = [
        None
        if own is None
        else intervals.measure(
            column, (Counted(one.kind, one.voice, one.text.casefold(), at) for one, at in own), groups
        )
        for column, own in zip(columns, found, strict=True)
    ]
    return ComparedDevices(
        by_article=[
            None if own is None or measured is None else _show(column, own, measured, kinds, owners)
            for column, own, measured in zip(columns, found, measures, strict=True)
        ],
        differences=[
            DeviceDifference(kind=cast("DeviceKind | None", one.kind), **one.apart)
            for one in intervals.differences(measures, groups)
        ],
    )


def _shown(column: Column) -> list[tuple[Device, int]] | None:
    """The devices that are shown, outside boilerplate, each with its sentence."""
    framing = column.report.framing
    if framing is None:
        return None
    placed = ((device, column.sentence_at(device.start)) for device in framing.devices if device.shown)
    return [(device, at) for device, at in placed if at is not None]


def _show(
    column: Column,
    found: Sequence[tuple[Device, int]],
    measures: dict[Group, Measure],
    kinds: Sequence[DeviceKind],
    owners: Owners,
) -> DevicesOfArticle:
    words = intervals.words_by_voice(column)
    return DevicesOfArticle(
        words={voice: int(words[voice].sum()) for voice in VOICES},
        total={voice: measures[None, voice].show() for voice in VOICES},
        by_kind={kind: {voice: measures[kind, voice].show() for voice in VOICES} for kind in kinds},
        uses=list(_uses(column, found, owners)),
    )


def _uses(column: Column, found: Sequence[tuple[Device, int]], owners: Owners) -> Iterator[DeviceUse]:
    for device, _ in found:
        about: Figure | None = owners.get((column.index, device.about or ""))
        span = column.span(device.start, device.end)
        yield DeviceUse(
            **span.model_dump(),
            kind=device.kind,
            voice=device.voice,
            about=about.name if about else None,
            note=device.note,
        )
