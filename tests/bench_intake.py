"""What it costs to find the text in a page and in each kind of file, in a process of its own.

`python -m tests.bench_intake` prints the memory of a worker, then for each kind: bytes, words, median and worst of 20
times in milliseconds, the fork of the worker among them.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from pathlib import Path

from models import pipeline
from service.examples import ARTICLES
from tests.papers import make_docx, make_letter, make_pdf
from workers.extraction import articles
from workers.extraction.source import File

TIMES = 20
WORDS_A_LINE = 14


def make_files(paragraphs: list[str]) -> dict[str, bytes]:
    """The same text as a file of every kind, the page with some menus and scripts around it."""
    text = "\n\n".join(paragraphs)
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    menus = "<nav>" + "<a href='/x'>Somewhere else</a> " * 300 + "</nav>" + f"<script>{'let x = 1;' * 5_000}</script>"
    html = f"<html><head><title>Bench</title></head><body>{menus}<article>{body}</article></body></html>"
    words = text.split()
    lines = [" ".join(words[at : at + WORDS_A_LINE]) for at in range(0, len(words), WORDS_A_LINE)]
    return {
        "a.txt": text.encode(),
        "a.md": text.encode(),
        "a.html": html.encode(),
        "a.docx": make_docx(paragraphs),
        "a.pdf": make_pdf([lines[at : at + 50] for at in range(0, len(lines), 50)]),
        "a.eml": make_letter(html, text),
    }


def main() -> None:
    """Print a line for each kind; with a number, the text is repeated so often (1: about 200 words)."""
    pipeline.warm()  # as large as an analysing process is
    repeated = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    paragraphs = ARTICLES[0].text.split("\n\n") * repeated
    print(f"worker: {int(Path('/proc/self/statm').read_text().split()[1]) * os.sysconf('SC_PAGE_SIZE') / 1e6:.0f} MB")
    for name, content in make_files(paragraphs).items():
        spent = []
        for _ in range(TIMES):
            began = time.perf_counter()
            article = articles.prepare(File(name=name, content=content)).article
            spent.append(1000 * (time.perf_counter() - began))
        words = len(article.text.split())
        print(
            f"{name:7} {len(content):9,} bytes {words:6,} words  "
            f"median {statistics.median(spent):7.1f} ms  worst {max(spent):7.1f} ms"
        )


if __name__ == "__main__":
    main()
