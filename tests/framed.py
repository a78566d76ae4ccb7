"""The Harbour Ledger's article with every part of schema 2 by hand: what pages must be able to show of framing."""

from __future__ import annotations

from typing import Any

from models.report import (
    Act,
    Appearance,
    CastMember,
    Device,
    Frame,
    Framing,
    Headline,
    NoReply,
    Order,
    Party,
    Report,
    Span,
    Unheard,
)


def frame(report: Report) -> Report:
    """The report of service/examples/2-ledger.json with genre, cast, silence, frames, devices, deeds and order."""
    text = report.article.text

    def at(words: str) -> dict[str, Any]:
        start = text.index(words)
        return {"start": start, "end": start + len(words), "text": words}

    def entity(name: str) -> str | None:
        return next((one.id for one in report.entities if name in one.name), None)

    def device(words: str, kind: str, strength: float, about: str | None = None) -> Device:
        return Device.model_validate(
            at(words) | {"kind": kind, "voice": "outlet", "about": about, "rule": f"{kind}.example",
                         "note": "Ask who told the outlet so.", "strength": strength, "shown": strength >= 0.7}
        )  # fmt: skip

    def party(words: str, name: str = "") -> Party:
        return Party(entity=entity(name) if name else None, span=Span(**at(words)))

    marden, reik = entity("Marden"), entity("Reik")
    devices = [
        device("Marden has refused to say what happens when the costs explode", "presupposition", 0.81, marden),
        device("as many fear they will", "vague_source", 0.92),
        device("Critics say", "vague_source", 0.95),
        device("For them the so-called “transition” means chaos", "opinion_as_fact", 0.76),
        device("several family businesses will not survive the winter", "speculation", 0.72),
        device("Some 9,000 people a day depend on the road", "bare_number", 0.4),
    ]
    acts = [
        Act(**at("rammed her pet project through the council"), verb=Span(**at("rammed")), lemma="ram", family="force",
            doer=party("Mayor Ilse Marden", "Marden"), undergoer=party("the council"), form="active", effect="force",
            voice="outlet"),
        Act(**at("hard-working families will be banished from the coast road"), verb=Span(**at("banished")),
            lemma="banish", family="expel", doer=None, undergoer=party("hard-working families"), form="passive",
            effect="harm", voice="outlet"),
    ]  # fmt: skip
    frames = [
        Frame(name="conflict", level=2, probability=0.93,
              evidence=[Span(**at("His association will take the reckless decision to court."))]),
        Frame(name="economic", level=1, probability=0.88, evidence=[Span(**at("The bloated scheme will swallow"))]),
        *(Frame(name=name, level=0, probability=0.1, evidence=[]) for name in ("game", "morality", "health")),
    ]  # fmt: skip
    order = Order(
        people=[Appearance(entity=marden or "e1", mentioned=0.0, speaks=0.7, in_headline=True)],
        headline=Headline(verdict="overstated", evidence=Span(**at("had crippled trade there in its first year"))),
    )  # fmt: skip
    cast = [
        CastMember(name="Tomas Reik", speaker=reik, role="business", side="harbour traders", words=30),
        CastMember(name="Ilse Marden", speaker=marden, role="politician", words=8,
                   accused=Span(**at("refused to say what happens")), answer=77),
    ]  # fmt: skip
    said = report.attribution.model_copy(
        update={
            "cast": cast,
            "unheard": [Unheard(entity=marden or "e1", why="accused", evidence=Span(**at("declared war on drivers")))],
            "no_reply": [NoReply(**at("refused to say what happens"), entity=marden)],
        }
    )
    return report.model_copy(
        update={
            "article": report.article.model_copy(update={"genre": "news", "genre_probability": 0.94}),
            "attribution": said,
            "framing": Framing(frames=frames, devices=devices, acts=acts, order=order),
        }
    )
