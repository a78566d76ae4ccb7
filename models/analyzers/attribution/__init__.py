"""Attribution: who says, thinks or writes what in this article, by which verb, and who is only hinted at."""

from ...document import Document
from ...report import Attribution
from . import borders, features, grammar, items, layouts, mending, pairs, quotes, rules, silence, spans, vague


def analyze(document: Document) -> Attribution:
    """Who is given what to say? Direct, indirect and mixed speech, thought and writing, and vague hints.

    Rules alone where no reader has read the document; with its reading, spans from its probabilities, joined.
    """
    lines = grammar.lay_out(document)
    ruled = list(rules.propose(document, lines))
    if document.reading is None:
        drafts = ruled + rules.follow(document, lines, ruled)
    else:
        marked = spans.mark(document, lines, document.reading)
        decided = pairs.decide(features.set_scene(lines, document.reading, marked, ruled), pairs.load())
        drawn = borders.draw(lines, mending.mend(lines, decided, ruled, document.reading.content.tolist()))
        drafts = [draft for draft in drawn if not silence.is_silent(lines, draft)]
    drafts = layouts.join(drafts, list(layouts.propose(document, lines)))
    spoken = items.name_speakers(
        document, lines, items.order(quotes.follow(lines, quotes.settle(lines, items.separate(lines, drafts))))
    )
    written = [items.write(document, lines, one) for one in spoken]
    sources, share = items.summarize(document, lines, spoken, written)
    return Attribution(items=written, sources=sources, vague=list(vague.find(document, lines)), attributed_share=share)
