"""How often news uses each word: the background that tells a comparison which words are telling.

`python -m research.training.background NEWS.jsonl.gz` rewrites models/classifiers/background.txt: word, occurrences,
articles it stands in. Source: Article-Bias-Prediction, Baly et al. 2020 (counts only).
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter
from pathlib import Path

from models.classifiers.background import PATH
from models.document import tokens

_LEAST_ARTICLES = 25


def count(source: Path) -> tuple[int, Counter[str], Counter[str]]:
    """How many articles are there, and how often and in how many of them does each word stand?"""
    articles, occurrences, documents = 0, Counter[str](), Counter[str]()
    with gzip.open(source, "rt", encoding="utf-8") as lines:
        for line in lines:
            text = json.loads(line)["text"]
            words = Counter(
                text[start:end].casefold().replace("’", "'")
                for start, end in tokens.split(text, 0, len(text))
                if text[start].isalnum()
            )
            articles += 1
            occurrences.update(words)
            documents.update(words.keys())
    return articles, occurrences, documents


def write(source: Path) -> None:
    """Rewrite the committed counts."""
    articles, occurrences, documents = count(source)
    kept = sorted(word for word, number in documents.items() if number >= _LEAST_ARTICLES)
    rows = [f"\t{occurrences.total()}\t{articles}"]
    rows += [f"{word}\t{occurrences[word]}\t{documents[word]}" for word in kept]
    PATH.write_text("\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
