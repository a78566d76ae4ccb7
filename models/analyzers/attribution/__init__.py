"""Attribution: who says, thinks or writes what in this article, by which verb, and who is only hinted at.

Propose, decide, finish: the reader and the layout propose cues, sources and contents; what belongs together is
decided, and what nobody said is left out; the tree makes whole what is left. Then each gets its speaker, and the
probability that a careful reader has it; of a quotation whose frame tells whose it is, the frame decides. What is not
shown counts nowhere.
"""

from ...document import Document, Reading
from ...report import Attribution
from . import acceptance, decide, finish, framed, grammar, items, layouts, naming, no_reply, propose, unsaid, vague
from .grammar import Lines
from .naming import Spoken
from .voices import find as whose

__all__ = ["analyze", "whose"]


def analyze(document: Document) -> Attribution:
    """Who is given what to say? Direct, indirect and mixed speech, thought and writing, and vague hints."""
    lines = grammar.lay_out(document)
    reading = propose.coded(document.reading)
    spoken, refused = find(document, lines, reading)
    shown = acceptance.load().shown
    strengths = acceptance.judge(document, lines, reading, spoken)
    spoken, strengths = framed.complete(document, lines, spoken, strengths, shown)
    written = [
        items.write(document, lines, one, strength, shown) for one, strength in zip(spoken, strengths, strict=True)
    ]
    sources, share = items.summarize(document, lines, spoken, written)
    return Attribution(
        items=written,
        sources=sources,
        vague=list(vague.find(document, lines)),
        no_reply=items.refuse(document, lines, refused),
        attributed_share=share,
    )


def find(document: Document, lines: Lines, reading: Reading) -> tuple[list[Spoken], list[Spoken]]:
    """Every statement that may be one, and every refusal to answer, with their speakers."""
    laid_out = layouts.propose(document, lines)
    drafts = decide.decide(lines, reading, propose.mark(document, lines, reading))
    drafts = finish.finish(document, lines, reading, layouts.join(document, drafts, laid_out))
    silent = list(no_reply.find(document, lines))
    drafts = unsaid.sort_out(document, lines, drafts, silent)
    named = naming.name(document, lines, [*drafts, *silent], layouts.speakers(document, laid_out))
    return named[: len(drafts)], named[len(drafts) :]
