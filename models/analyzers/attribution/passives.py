"""The passive turns speech round: who is accused says nothing, and who accuses stands behind "by" or nowhere."""

from __future__ import annotations

from . import cues, grammar
from .grammar import Lines, Words
from .rules import Draft

_WHO = ("NN", "PRP", "CD")  # what an agent's phrase holds


def turn(lines: Lines, draft: Draft) -> Draft:
    """A draft whose source is not whom the words are about: "Reik was accused of theft by two aides"."""
    if draft.cue is None:
        return draft
    verb = next((at for at in range(draft.cue[1] - 1, draft.cue[0] - 1, -1) if lines.words[at] in grammar.DONE_TO), -1)
    if verb < 0 or not _is_passive(lines, verb):
        return draft
    if draft.source and draft.source[0][0] >= draft.cue[1] and "for" in lines.words[verb : draft.source[0][0]]:
        return Draft(draft.cue, (), draft.content)  # expected for Lee: by whom is not told
    if draft.source and draft.source[0][1] > draft.cue[0]:
        return Draft(draft.cue, draft.source, _with_charge(lines, draft.content, verb, draft.source[0]))
    about = () if _is_told(lines, verb) else draft.source
    subject = (p for p in about if p[1] <= draft.content[0][0] and lines.words[p[0]] not in grammar.EMPTY)
    parts = tuple(sorted({*subject, *draft.content}))
    agent = _agent(lines, draft, verb)
    if agent is None:
        return Draft(draft.cue, (), parts)
    by, source = agent
    pieces = (piece for first, last in parts for piece in ((first, min(by, last)), (max(first, source[1]), last)))
    kept = tuple(sorted({piece for piece in pieces if piece[0] < piece[1]}))
    return Draft(draft.cue, (source,), _with_charge(lines, kept, verb, source)) if kept else draft


def _with_charge(lines: Lines, content: tuple[Words, ...], verb: int, source: Words) -> tuple[Words, ...]:
    """The content with what they accuse of behind them: accused by | three nurses | of theft."""
    at, sentence = source[1], lines.tokens[verb].sentence
    if source[0] < verb or at >= len(lines.words) or lines.words[at] != _charge(lines, verb):
        return content
    limit = next((k for k in range(at, len(lines.words)) if lines.tokens[k].sentence != sentence), len(lines.words))
    what = grammar.phrase_after(lines, at + 1, limit)
    if what is None or any(last > at for _, last in content):
        return content
    return (*content, (at, what[1]))


def _charge(lines: Lines, verb: int) -> str:
    entry = cues.load().within(lines.words, verb, verb + 1)
    return {"accuse": "of", "blame": "for"}.get(entry.lemma if entry else "", "")


def _is_passive(lines: Lines, verb: int) -> bool:
    """ "was accused", "has been widely blamed", "Reik, accused of", "criticised by"."""
    tokens, words = lines.tokens, lines.words
    if tokens[verb].tag not in ("VBN", "VBD"):
        return False
    at = verb - 1
    while at >= 0 and (tokens[at].tag.startswith("RB") or words[at] in ("not", "n't")) and verb - at < 5:
        at -= 1
    if at >= 0 and words[at] in grammar.BE:
        return True
    if at >= 0 and words[at] in grammar.HAVE:
        return False
    following = words[verb + 1] if verb + 1 < len(words) else ""
    return following == "by" or f"{words[verb]} {following}" in grammar.REDUCED


def _is_told(lines: Lines, verb: int) -> bool:
    lemma, _ = cues.judge(lines.words, verb, verb + 1)
    return lemma in grammar.TELLING or lemma == "ask"


def _agent(lines: Lines, draft: Draft, verb: int) -> tuple[int, Words] | None:
    """Where "by" stands behind the verb, with no other verb before it, and the noun phrase that follows."""
    sentence, quoted = lines.tokens[verb].sentence, lines.quoted[verb]
    end = max(verb + 1, *(last for _, last in draft.content)) + 1  # "by" may stand right behind the content
    limit = verb
    while limit < len(lines.words) and lines.tokens[limit].sentence == sentence and limit < verb + grammar.REACH:
        limit += 1
    for at in range(verb + 1, min(end, limit)):
        if lines.tokens[at].tag.startswith(("VB", "MD", "TO")) and lines.tokens[at].tag != "VBG":
            return None  # asked to leave by bus
        if lines.words[at] == "by" and lines.quoted[at] == quoted:
            phrase = grammar.phrase_after(lines, at + 1, limit)
            if phrase is None or not any(lines.tokens[k].tag.startswith(_WHO) for k in range(*phrase)):
                return None
            charge = _charge(lines, verb)
            cut = (k for k in range(phrase[0] + 2, phrase[1]) if lines.words[k] == charge)
            return at, (phrase[0], next(cut, phrase[1]))  # by three nurses | of theft
    return None
