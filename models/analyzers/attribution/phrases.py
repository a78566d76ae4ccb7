"""Sources that stop where their noun phrase stops: before the verb, the next subject, an unfinished clause."""

from __future__ import annotations

from dataclasses import replace

from . import grammar
from .grammar import Lines, Words
from .rules import Draft

_NOUNS = 4  # words of a noun phrase behind its article: "the first public statement"
_DASHES = ("—", "–", "-", "--")


def end_sources(lines: Lines, draft: Draft) -> Draft:
    """A draft whose source is one noun phrase, and whose content has got what the source had too much."""
    if draft.cue is None or not draft.source:
        return draft
    source, content = draft.source[0], draft.content
    related = any(word in grammar.RELATIVE for word in lines.words[source[0] : draft.cue[0]])
    if source[0] < draft.cue[0] < source[1] and not related:  # historian Ann Lee | states
        source = (source[0], draft.cue[0])
    source = _reach_noun(lines, source, draft.cue)
    source, content = _leave_quotation(lines, source, content)
    source = _begin(lines, source)
    if source[1] <= draft.cue[0]:
        source = _leave_clause(lines, _keep_subject(lines, source, draft.cue[0]))
    elif lines.words[draft.cue[0]] == "according" and draft.cue[1] == source[0]:
        cut = _next_subject(lines, source)
        if cut:
            content = tuple((cut + 1, last) if source[1] == first else (first, last) for first, last in content)
            source = (source[0], cut)
    return replace(draft, source=(source, *draft.source[1:]), content=content)


def _reach_noun(lines: Lines, source: Words, cue: Words) -> Words:
    """The [statement] read: an article that stands alone goes on to its noun."""
    first, last = source
    alone = last - first == 1 and lines.tokens[first].tag == "DT" and last < cue[0] <= last + _NOUNS
    noun = alone and all(lines.tokens[at].tag.startswith(("NN", "JJ")) for at in range(last, cue[0]))
    return (first, cue[0]) if noun else source


def _leave_quotation(lines: Lines, source: Words, content: tuple[Words, ...]) -> tuple[Words, tuple[Words, ...]]:
    """“You may choose,” said Ann Lee, | “pay or go”: what is quoted behind the name is said, not who says it."""
    first, last = source
    for at in range(first + 2, last):
        if lines.quoted[at] >= 0 > lines.quoted[at - 1] and lines.words[at - 1] == ",":
            begin, end = lines.spans[lines.quoted[at]]
            others = tuple(part for part in content if not (begin < part[1] and part[0] < end))
            return (first, at - 1), (*others, (begin, end))
    return source, content


def _keep_subject(lines: Lines, source: Words, cue: int) -> Words:
    """On the other side, | Ann Lee said; reviewed by the Post, | Lee said: what stands before the subject's comma."""
    first, last = source
    commas = [at for at in range(first + 1, last - 1) if lines.words[at] == ","]
    if not commas:
        return source
    opens = first > 0 and lines.words[first - 1] in grammar.OPENING
    if opens and (first < 2 or lines.tokens[first - 2].sentence != lines.tokens[first - 1].sentence):
        return commas[0] + 1, last
    name = range(commas[-1] + 1, last)
    named = all(lines.tokens[at].tag.startswith("NNP") and "-" not in lines.words[at] for at in name)
    return (name.start, last) if named and last == cue and lines.tokens[cue].is_word else source


def _begin(lines: Lines, source: Words) -> Words:
    """Without the date, place or bracket's end before it, or the day behind: "May 3, the ministry", "ROME — Lee"."""
    first, last = source
    if last - first > 1 and lines.words[last - 1] in grammar.TIMES and lines.tokens[last - 2].tag.startswith("NNP"):
        last -= 1
    for at in range(first, min(last - 1, first + 4)):
        word = lines.words[at]
        dateline = all(lines.tokens[k].text.isupper() or not lines.tokens[k].is_word for k in range(first, at))
        if word in _DASHES and dateline:
            return at + 1, last
        if word == ")" and "(" not in lines.words[first:at]:
            return at + 1, last
        if word == "," and at > first and all(_is_date(lines, k) for k in range(first, at)):
            return at + 1, last
    return first, last


def _is_date(lines: Lines, at: int) -> bool:
    word = lines.words[at]
    return word in grammar.TIMES or word in grammar.MONTHS or word[:1].isdigit() or not lines.tokens[at].is_word


def _leave_clause(lines: Lines, source: Words) -> Words:
    """Ann Lee | , whose office was closed: a relative clause that nothing closes is no part of it."""
    first, last = source
    for at in range(first + 1, last - 1):
        if lines.words[at] == "," and lines.words[at + 1] in grammar.RELATIVE and lines.words[last - 1] != ",":
            closed = last < len(lines.words) and lines.words[last] == ","
            return source if closed else (first, at)
    return source


def _next_subject(lines: Lines, source: Words) -> int:
    """According to the Post, | officials are sure: the comma behind which the sentence's own subject begins; else 0."""
    first, last = source
    if last >= len(lines.words) or not lines.tokens[last].tag.startswith(("VB", "MD", "RB")):
        return 0
    commas = [at for at in range(first + 1, last - 1) if lines.words[at] == ","]
    return commas[0] if len(commas) == 1 else 0
