"""Hidden agents: harm told so that nobody does it, while nobody near is said to have done it."""

from __future__ import annotations

from collections.abc import Sequence

from ...document import Document, Paragraph
from ...report import Act, Device
from . import deeds
from .parties import Parties

_FORMS = ("passive", "no_doer")  # a noun ("the killing of two") is the name of what happened as often
_COURTS = frozenset(("sue", "punish", "ban", "block", "fund", "raid", "seize"))
_FOUND = 0.02  # the reader's probability; below, coders hardly mark any
_STRENGTH = 0.5  # coders marked 8 of 16 on articles to learn and tune on


def hidden_agents(document: Document, acts: Sequence[Act]) -> list[Device]:
    """Where does the outlet tell of harm to people as if nobody did it?

    A deed without a doer, in a paragraph that names no doer of any deed, nobody armed, and no accident or illness.
    None is sure enough to be shown: coders mark about half of them.
    """
    found: list[Device] = []
    reading, grammar = document.reading, Parties.of(document)
    likely = reading.devices.get("hidden_agent")
    done = [act.verb.start for act in acts if act.doer]
    for act in acts:
        if act.form not in _FORMS or act.voice != "outlet" or act.effect == "help" or act.family in _COURTS:
            continue
        paragraph = document.paragraphs[document.sentences[document.sentence_at(act.verb.start)].paragraph]
        inside = document.tokens_in(act.start, act.end)
        if act.undergoer is None or likely is None or likely[inside.start : inside.stop].max(initial=0) < _FOUND:
            continue
        whom = document.tokens_in(act.undergoer.span.start, act.undergoer.span.end)
        head = reading.syntax.head_of(whom.start, whom.stop)
        if not grammar.people(head) or any(paragraph.start <= at < paragraph.end for at in done):
            continue
        if _is_explained(document, paragraph) or (found and act.start < found[-1].end):
            continue
        found.append(
            Device(
                start=act.start,
                end=act.end,
                text=act.text,
                kind="hidden_agent",
                voice="outlet",
                about=act.undergoer.entity,
                rule=f"acts.{act.form}.{act.family}",
                note=f"Look for who did it: around “{act.text}” nobody is named.",
                strength=_STRENGTH,
                shown=False,
            )
        )
    return found


def _is_explained(document: Document, paragraph: Paragraph) -> bool:
    """Does the paragraph name who may have done it, or that nobody did?"""
    words = deeds.load().words
    inside = document.tokens_in(paragraph.start, paragraph.end)
    said = set(document.folded[inside.start : inside.stop])
    return bool(said & (words["armed"] | words["natural"]))
