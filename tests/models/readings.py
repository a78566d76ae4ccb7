"""Readings written out, for tests in which one rule is the point and not what the reader thinks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from models.document import Document, Reading


def write(document: Document, heads: Mapping[str, Mapping[str, float]] | None = None, **more: Any) -> Document:
    """The document as a reader would leave it that gives these words these probabilities, by head, and others 0.001.

    `more` are fields of the `Reading` as they are; every sentence has a bias of 0.5, every mention feels neutral.
    """
    written: dict[str, Any] = {
        head: np.array([words.get(token.text, 0.001) for token in document.tokens], np.float32)
        for head, words in (heads or {}).items()
    }
    mentions = [(mention.start, mention.end) for entity in document.entities for mention in entity.mentions]
    written["bias"] = np.full(len(document.sentences), 0.5, np.float32)
    written["polarities"] = dict.fromkeys([*mentions, *document.targets], (0.0, 1.0, 0.0))
    return document.with_reading(replace(Reading.blank(document), **written | more))
