"""`make bench-growth`: is the time of an analysis in proportion to its length, whatever the text looks like?

`python -m tests.bench_growth 20000` takes a tenth of the longest text; shapes may be named after the number.
Processor time, the best of two; 10 times the text may take 12 times the time.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from models import pipeline
from models.article import Article
from models.limits import LIMITS

MOST_TIMES = 12.0
Shape = Callable[[int], str]


def repeat(piece: str) -> Shape:
    """The piece over and over, cut to so many characters."""
    return lambda size: (piece * (size // len(piece) + 1))[:size]


HOSTILE: dict[str, Shape] = {
    "no space": repeat("a"),
    "one sentence": repeat("a "),  # 100,000 words
    "marks that open": repeat("“"),
    "straight marks": repeat('"'),
    "nested quotes": lambda size: "“‘" * (size // 4) + "’”" * (size // 4),
    "every mark": repeat("“‘«„`'"),
    "brackets": repeat("("),
    "emoji": repeat("\U0001f468\u200d\U0001f469\u200d\U0001f467"),
    "accents": repeat("e\u0301\u0302\u0303"),
    "turned about": repeat("\u202eabc \u2066"),
    "one-word lines": repeat("a\n\n"),
    "quotations": repeat("“Yes,” she said. "),
    "vague sources": repeat("many believe that "),
    "names": repeat("Ana Moore "),
    "titles": repeat("Mr. "),
    "loaded words": repeat("Kim slammed the tyrant and "),
    "turns": repeat("LEE: I am here.\n\nREIK: So am I.\n\n"),
    "block quotes": repeat("> It is so.\n\n"),
    "signed extracts": repeat("It is so.\n— Ann Lee\n\n"),
    "dash speech": repeat("— I will not, — said Ann Lee.\n\n"),
    "lines that lead in": repeat("She wrote:\n\n“It is so.”\n\n"),
    "wrapped lines": repeat("the council closed the old bridge over the river on monday\nand "),
    "refusals": repeat("Lee refused to say. "),
    "addresses": repeat("http://a.example/?q=a.b.c-d "),
    "underscores": repeat("_"),
    "runs of signs": repeat("_*-+=~^"),
    "captions": repeat("Image caption The bridge was closed.\n\n"),
    "lines": repeat("a\n"),
    "pieces in quotes": repeat("a“b”"),
    "scare quotes": repeat("the “so called” thing "),
    "credits": repeat("(Photo by Ana Moore/Getty Images)\n"),
    "list": repeat("- a\n"),
}


def measure(article: Article) -> float:
    """Processor seconds of one analysis, the better of two."""
    spent = []
    for _ in range(2):
        began = time.process_time()
        pipeline.analyze(article)
        spent.append(time.process_time() - began)
    return min(spent)


def main() -> int:
    """Print how much longer ten times the text takes; 1 where that is too much."""
    longest = int(sys.argv[1]) if len(sys.argv) > 1 else LIMITS.text_characters
    wanted = sys.argv[2:] or list(HOSTILE)
    pipeline.warm()
    worst = 0.0
    print(f"{longest:,} characters against {longest // 10:,}")
    for name in wanted:
        short, long = (measure(Article(text=HOSTILE[name](size))) for size in (longest // 10, longest))
        worst = max(worst, long / short)
        print(f"  {name:16} {long / short:6.1f} times, {long:7.2f} s", flush=True)
    return 0 if worst <= MOST_TIMES else 1


if __name__ == "__main__":
    sys.exit(main())
