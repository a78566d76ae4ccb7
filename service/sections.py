"""What the sections below a report's text hold, and which places in the text they lead to."""

from __future__ import annotations

from models.report import EntityFinding, MentionFinding, Report, SourceSummary, Span
from service.findings import PEOPLE

_PRONOUNS = frozenset(
    ("he", "him", "his", "himself", "she", "her", "hers", "herself", "i", "we", "you", "it", "they", "who")
)
_DETERMINERS = frozenset(("the", "this", "that"))


def silent(report: Report) -> list[EntityFinding]:
    """Who is spoken about, and neither heard nor asked? People and organizations, most mentioned first."""
    heard = {item.speaker for item in report.attribution.items} | {
        source.speaker for source in report.attribution.sources
    }
    heard |= {one.entity for one in report.attribution.no_reply}  # who was asked is told of apart
    spoken_about = [
        entity
        for entity in report.entities
        if entity.kind in ("person", "organization") and entity.id not in heard and len(entity.mentions) >= PEOPLE
    ]
    return sorted(spoken_about, key=lambda entity: -len(entity.mentions))


def named(entity: EntityFinding) -> list[MentionFinding]:
    """Where is somebody called by a name: no pronoun, no role ("the president")?"""
    return [mention for mention in entity.mentions if is_name(mention.text)]


def is_name(text: str) -> bool:
    """Do these words call somebody by a name, or a name of a group?"""
    words = text.split()
    proper = words[1:] if words[0].casefold() in _DETERMINERS else words
    return text.casefold() not in _PRONOUNS and any(not word.islower() for word in proper)


def heard(report: Report) -> list[SourceSummary]:
    """Who is heard? Sources with the most words first."""
    return sorted(report.attribution.sources, key=lambda source: -source.words)


def places(report: Report) -> list[Span]:
    """Stretches of the text that sentences and tables of the page lead to, besides those that have a note."""
    said, framing = report.attribution, report.framing
    found: list[Span | None] = [one.evidence for one in said.unheard]
    found += [span for one in said.cast for span in (one.accused, one.evidence)]
    found += said.no_reply
    found += [entity.mentions[0] for entity in silent(report)]
    if framing:
        found += [span for frame in framing.frames for span in frame.evidence]
        found += framing.acts
        found += [framing.order.headline.evidence] if framing.order and framing.order.headline else []
    return list({(span.start, span.end): span for span in found if span is not None}.values())


def tells_framing(report: Report) -> bool:
    """Does the section on framing hold anything: a frame, a deed, a verdict on the headline?"""
    framing = report.framing
    if framing is None:
        return False
    headline = framing.order.headline if framing.order else None
    return bool(framing.acts or any(one.level for one in framing.frames) or (headline and headline.verdict))
