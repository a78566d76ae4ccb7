"""Whose is each quotation? The speaker of the statement that it stands in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from ...document.parts import Document
from ...report import AttributionItem, QuotationFinding


def find(document: Document, items: Sequence[AttributionItem]) -> list[QuotationFinding]:
    """Every quotation with its speaker, in text order; None where no statement tells who it is.

    Of several statements with words in it, the one that holds most of it decides. A quotation over several
    paragraphs is one speaker's.
    """
    spoken = document.spoken()
    starts = [quotation.start for quotation in spoken]
    most: dict[int, tuple[int, str]] = {}
    for item in items:
        if item.speaker is None:
            continue
        said_at = (item.cue or item.source or item.content).start
        for part in (item.content, *item.content_parts):
            at = max(0, bisect_right(starts, part.start) - 1)
            while at < len(spoken) and spoken[at].start < part.end:
                quotation = spoken[at]
                shared = min(part.end, quotation.end) - max(part.start, quotation.start)
                outside = not quotation.start <= said_at < quotation.end or said_at == item.content.start
                if shared > 0 and outside and shared > most.get(at, (0, ""))[0]:
                    most[at] = shared, item.speaker
                at += 1
    by_chain = {spoken[at].chain: speaker for at, (_, speaker) in most.items()}
    return [
        QuotationFinding(
            start=quotation.start,
            end=quotation.end,
            speaker=most[at][1] if at in most else by_chain.get(quotation.chain),
            form=quotation.form,
        )
        for at, quotation in enumerate(spoken)
    ]
