"""Attribution: who says, thinks or writes what in this article, by which verb, and who is only hinted at."""

from ...document import Document, Reading
from ...report import Attribution
from . import (
    acceptance,
    borders,
    features,
    finish,
    grammar,
    items,
    layouts,
    mending,
    no_reply,
    pairs,
    quotes,
    rules,
    spans,
    unsaid,
    vague,
)
from .grammar import Lines
from .items import Spoken
from .voices import find as whose

__all__ = ["analyze", "whose"]


def analyze(document: Document) -> Attribution:
    """Who is given what to say? Direct, indirect and mixed speech, thought and writing, and vague hints.

    Propose, decide, finish: what the rules, the reader and the layout propose is joined into statements, each gets the
    probability that a careful reader has it, and what is not shown counts nowhere.
    """
    lines = grammar.lay_out(document)
    reading = spans.coded(document.reading)
    spoken, refused = find(document, lines, reading)
    strengths = acceptance.judge(document, lines, reading, spoken)
    written = [
        items.write(document, lines, one, strength, acceptance.load().shown)
        for one, strength in zip(spoken, strengths, strict=True)
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
    ruled = list(rules.propose(document, lines))
    marked = spans.mark(document, lines, reading)
    decided = pairs.decide(features.set_scene(lines, reading, marked, ruled), pairs.load())
    drawn = borders.draw(lines, mending.mend(lines, decided, ruled, reading.content.tolist()))
    drafts = [draft for draft in drawn if not unsaid.is_silent(lines, draft)]
    laid_out = layouts.propose(document, lines)
    drafts = layouts.join(document, drafts, laid_out)
    drafts = items.separate(lines, drafts + rules.follow(document, lines, drafts))
    drafts = items.gather(document, lines, quotes.follow(lines, quotes.settle(lines, drafts)))
    drafts = [finish.finish(document, lines, draft) for draft in drafts]
    silent = list(no_reply.find(document, lines))
    drafts = items.order(lines, unsaid.sort_out(document, lines, drafts, silent))
    named = items.name_speakers(document, lines, [*drafts, *silent], layouts.speakers(document, laid_out))
    return named[: len(drafts)], named[len(drafts) :]
