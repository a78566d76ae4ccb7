"""The words that a report may say: kinds of findings, and bounded numbers."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

Part = Literal["headline", "lead", "body", "boilerplate"]
Voice = Literal["outlet", "quoted"]
Tone = Literal["negative", "positive"]
LabelTone = Literal["negative", "neutral", "positive"]
Stance = Literal["neutral", "endorsing", "doubting", "emotive", "unclassified"]
SourceType = Literal["named", "official", "state_media", "media", "document", "unnamed", "vague"]
EntityKind = Literal["person", "organization", "place", "other"]
Polarity = Literal[-1, 0, 1]
Category = Literal[
    "label", "verdict", "contempt", "praise", "fear", "violence", "exaggeration",
    "euphemism", "contested", "presupposition", "doubt", "scare_quotes", "other",
]  # fmt: skip
Role = Literal["main", "consequence", "cause", "context", "history", "anecdote", "evaluation", "expectation", "none"]
Genre = Literal[
    "news", "explainer", "analysis", "opinion", "interview", "review", "live", "roundup", "satire",
]  # fmt: skip
FrameName = Literal[
    "conflict", "game", "human_interest", "economic", "morality", "responsibility", "security", "rights", "health",
]  # fmt: skip
DeviceKind = Literal[
    "motive", "opinion_as_fact", "hidden_agent", "blame", "credit", "presupposition", "speculation", "vague_source",
    "association", "us_them", "rhetorical_question", "snippet_quote", "comparison", "bare_number", "caricature",
    "metaphor",
]  # fmt: skip
CastRole = Literal[
    "official", "politician", "expert", "witness", "affected", "activist", "business", "media", "document",
    "anonymous", "vague", "other",
]  # fmt: skip
ActForm = Literal["active", "passive_by", "passive", "no_doer", "noun"]
Effect = Literal["harm", "help", "force"]
PersonRole = Literal["hero", "villain", "victim", "none"]
Verdict = Literal["carried", "overstated", "contradicted"]
Form = Literal["marks", "block", "tweet", "turn", "signed"]  # what says that words are somebody else's
Share = Annotated[float, Field(ge=0, le=1)]
Signed = Annotated[float, Field(ge=-1, le=1)]
Rate = Annotated[float, Field(ge=0)]
