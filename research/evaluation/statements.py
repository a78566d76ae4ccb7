"""How statements are scored on PolNeAR: by tokens, as we do, and by whole spans, as Wang et al. 2022 (CofeNet) do.

`found` holds the spans of each role, whoever found them: Parallax or another tool.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from research.corpora import Sample
from research.scoring import Tallies, count_hits, f1, find_tokens, mark_tokens, ratio

ROLES = ("cue", "source", "content")

Spans = list[tuple[int, int]]


def count_statements(sample: Sample, found: Mapping[str, Spans], tallies: Tallies, who: str = "") -> None:
    """Count token F1, exact F1 and overlap of each role; `who` stands before the measures' names.

    exact: a span counts where its tokens are those of an annotated one. overlap: every annotated span's best share of
    tokens in common with one that was found (Jaccard), beside them a zero for each found span that touches none.
    """
    tokens = find_tokens(sample.text)
    for role in ROLES:
        spans = [(start, end) for a in sample.attributions for start, end in a[role]]
        hits = count_hits(mark_tokens(tokens, sample.spans[role]), mark_tokens(tokens, found[role]))
        tallies.add(f"{who}polnear.{role}_f1", f1, "tokens", sample.group, hits, len(tokens))
        true, ours = _place(tokens, spans), _place(tokens, found[role])
        met = len(true & ours)
        cells = [met, len(ours) - met, len(true) - met]
        tallies.add(f"{who}polnear.{role}_exact_f1", f1, "spans", sample.group, cells, len(true))
        best = sum(max((_share(one, other) for other in ours), default=0.0) for one in true)
        strays = sum(all(_share(one, other) == 0 for other in true) for one in ours)
        tallies.add(f"{who}polnear.{role}_overlap", ratio, "spans", sample.group, [best, len(true) + strays], len(true))


def _place(tokens: NDArray[np.int64], spans: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    """Each span as its first token and one past its last."""
    marked = (np.flatnonzero(mark_tokens(tokens, [span])) for span in spans)
    return {(int(at[0]), int(at[-1]) + 1) for at in marked if len(at)}


def _share(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Tokens in both, as a share of those in either."""
    both = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, both) / (max(one[1], other[1]) - min(one[0], other[0]))
