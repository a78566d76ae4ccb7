"""Runs of links that a page's script puts behind a name: “Ann Moor Ann Lee MoorMayor drops plan Bridge shut MORE said”.

The full name again, headlines glued to it, and MORE in capitals: nobody wrote that into the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_LONGEST = 900  # characters of a name and the run behind it; the longest of 2,580 in a news corpus has 541
_END = re.compile(r"MORE(?!\w)(?:(?<=\S MORE)|(?<=[^\W\d_A-Z]MORE))")
_SUFFIX = r"(?:,? (?:[JS]r\.?|I{2,3}|IV))?"
_NAMES = r"(?:(?:\([A-ZÀ-Þ][\w.’' -]{1,20}\)|[A-ZÀ-Þ][\w.’'-]*|d[ea]|l[ae]|v[ao]n|del|der),? ){0,4}"
# Glued to what follows, the surname alone tells; behind a space, both its names must have come before.
_RUN = re.compile(
    rf"(?:\b(?P<first>[A-ZÀ-Þ][\w.’'-]+) )?\b(?P<last>[A-ZÀ-Þ][\w’'-]*[^\W\d_A-Z]){_SUFFIX}"
    rf"(?P<run> ?(?:[A-ZÀ-Þ][\w.’'-]* {_NAMES}(?P=last){_SUFFIX}(?=[A-ZÀ-Þ\d“\"‘'$#(*])"
    rf"|(?P=first) {_NAMES}(?P=last) (?=[A-ZÀ-Þ\d“\"‘'$#(*]))[^\n]*MORE)\Z"
)


def find(text: str) -> Iterator[tuple[int, int]]:
    """Where does such a run stand, from the space before the name's second coming to the end of MORE?"""
    done = 0
    for end in _END.finditer(text):
        match = _RUN.search(text, max(done, end.end() - _LONGEST), end.end())
        if match:
            yield match.span("run")
        done = end.end()
