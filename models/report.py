"""The framing report: the contract between the analysis and everybody who reads it.

All offsets are Unicode code points into `article.text`; `text[start:end]` always equals a span's `text`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA_VERSION = "2"

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


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Span(_Record):
    """Exact words of the article."""

    start: int = Field(ge=0, description="First code point in article.text.")
    end: int = Field(ge=0, description="One past the last code point.")
    text: str = Field(description="article.text[start:end].")


class ArticleFacts(_Record):
    """What was read."""

    id: str | int | None = Field(
        default=None,
        description="The caller's own name for the article, given back: text, or a whole number of no bound.",
    )
    title: str | None = Field(default=None, description="The headline as submitted; null without one.")
    outlet: str | None = Field(default=None, description="Who published it, as submitted.")
    author: str | None = Field(default=None, description="Who wrote it, as submitted.")
    url: str | None = Field(default=None, description="Where it stands, as submitted.")
    published: str | None = Field(default=None, description="When it was published, ISO 8601, as submitted.")
    text: str = Field(description="The title, a blank line and the body as submitted, never altered.")
    sha256: str = Field(description="SHA-256 of text in UTF-8, hexadecimal.")
    title_end: int = Field(ge=0, description="Where the headline ends in text; 0 without one.")
    language: str = Field(description="ISO 639-1 code of the language found; 'und' when unclear.")
    words: int = Field(ge=0, description="Words outside boilerplate, the base of every rate.")
    genre: Genre | None = Field(default=None, description="What kind of text it is; null where not judged.")
    genre_probability: Share | None = Field(default=None, description="How sure of the genre: a probability.")


class Finding(_Record):
    """What every finding says of itself."""

    strength: Share | None = Field(
        default=None, description="Probability that a careful reader accepts it as it stands; null where not measured."
    )
    shown: bool = Field(default=True, description="Is it sure enough for the default view? Rates count no other.")


class Origin(_Record):
    """Where the text was extracted from."""

    kind: Literal["link", "html", "file"] = Field(description="What was submitted instead of text.")
    name: str | None = Field(default=None, description="The address as submitted, or the file's name.")
    fetched: str | None = Field(default=None, description="Address of the page that was read, after all redirects.")
    encoding: str | None = Field(default=None, description="The encoding by which its bytes were read.")
    encoding_guessed: bool = Field(default=False, description="True where nothing said which encoding it is.")
    tool: str = Field(description="The library that found the text, with its version.")
    extracted_at: str = Field(description="When, UTC, ISO 8601.")


class Provenance(_Record):
    """What made this report."""

    engine: str = Field(description="Version of Parallax's analysis.")
    lexicons: dict[str, str] = Field(description="Version (content hash) of every lexicon used.")
    models: dict[str, str] = Field(description="Version of every trained model used.")
    analyzed_at: str = Field(description="When, UTC, ISO 8601.")
    milliseconds: float = Field(ge=0, description="How long the analysis took.")
    origin: Origin | None = Field(
        default=None, description="Where the text was extracted from; null when the article came as text."
    )


class QuotationFinding(_Record):
    """Words that are somebody else's, and whose."""

    start: int = Field(ge=0, description="First code point in article.text, marks included.")
    end: int = Field(ge=0, description="One past the last code point.")
    speaker: str | None = Field(description="Id of the entity whose words they are; null where the text names nobody.")
    form: Form = Field(
        description="What says so. marks: quotation marks, or dashes before speech; block: a block quote, or a "
        "statement after a colon; tweet: a post with its handle; turn: an answer of an interview or a transcript, "
        "behind its label; signed: a name under or behind it."
    )


class Because(Span):
    """One word's share of a sentence's bias."""

    weight: float = Field(
        description="Share of the logit behind `bias`; above 0 raises it, no bound. They add up to it."
    )


class SentenceFinding(Finding):
    """One sentence: where it is, and how it reads; `strength` and `shown` are of its being called biased."""

    start: int = Field(ge=0, description="First code point in article.text.")
    end: int = Field(ge=0, description="One past the last code point.")
    part: Part = Field(description="Where in the article it stands; boilerplate counts in no measure.")
    bias: Share | None = Field(description="Calibrated probability that experts call it biased; null where not judged.")
    polarity: Signed = Field(description="TextBlob's polarity.")
    subjectivity: Share = Field(
        description="Probability that readers call it subjective; TextBlob's where the reader does not judge it."
    )
    opinion: Share | None = Field(
        default=None,
        description="Probability that it tells an opinion rather than a fact, a quotation or something else; null "
        "where not judged.",
    )
    role: Role | None = Field(
        default=None, description="What it does around the article's main event; null where not judged."
    )
    because: list[Because] = Field(
        description="What moved `bias` most, both ways, strongest first; never a masked name."
    )


class Term(Span, Finding):
    """One loaded word or phrase."""

    rule: str = Field(description="Id of the lexicon entry or model that found it.")
    category: Category = Field(description="In which way it is loaded.")
    tone: Tone = Field(description="Whether it speaks badly or well of its target.")
    strength: Share = Field(description="Probability that a careful reader accepts it as loaded here.")
    voice: Voice = Field(
        description="Who says it: the outlet; or somebody quoted (`quotations`), or said to call somebody so."
    )
    target: str | None = Field(description="Id of the entity it is about.")
    about: Span | None = Field(
        default=None, description="The words for whom or what it is about, where that is no entity: the bill, voters."
    )
    alternatives: list[str] = Field(description="Plainer words.")
    note: str = Field(description="Why it is loaded.")


class VoiceRate(_Record):
    """How often, in one voice, against a reference of news articles."""

    count: int = Field(ge=0, description="Loaded words found in that voice.")
    per_1000: Rate = Field(description="Terms per 1,000 words of that voice.")
    percentile: Annotated[float, Field(ge=0, le=100)] | None = Field(
        description="Share of the reference's articles with a lower rate, in per cent; null without a reference."
    )


class VocabularyRates(_Record):
    """Rates of loaded words; `by_category` holds own-voice and quoted counts per 1,000 words of the article."""

    outlet: VoiceRate = Field(description="The outlet's own voice.")
    quoted: VoiceRate = Field(description="In quoted words (`quotations`).")
    by_category: dict[Category, dict[Voice, Rate]] = Field(
        description="Terms per 1,000 words of the article, by category and voice, 0 or more."
    )
    reference: str = Field(description="What the percentiles are measured against.")
    reference_articles: int = Field(ge=0, description="How many articles that reference holds.")


class Vocabulary(_Record):
    """Which words are loaded, and how often against a reference?"""

    terms: list[Term] = Field(
        description="Every word that may be loaded, in the order of the text; `shown` says which are sure enough."
    )
    rates: VocabularyRates | None = Field(
        description="Of the shown terms alone. Null when the text is too short or not in English."
    )

    @property
    def shown(self) -> list[Term]:
        """The loaded words that are sure enough for the default view: the only ones that are counted."""
        return [term for term in self.terms if term.shown]


class Cue(Span):
    """The word that says that somebody speaks."""

    lemma: str = Field(description="The verb or noun in its dictionary form.")
    stance: Stance = Field(description="What the verb says of the words it introduces.")


class AttributionItem(Finding):
    """Who said, thought or wrote what: source, cue and content."""

    kind: Literal["direct", "indirect", "mixed"] = Field(description="direct: quoted; indirect: retold; mixed: both.")
    source: Span | None = Field(description="Who says it, as the text names them; null where it names nobody.")
    cue: Cue | None = Field(description="The word that says that somebody speaks; null without one.")
    content: Span = Field(description="What is said.")
    source_parts: list[Span] = Field(default=[], description="Further pieces of a source that stands in several.")
    cue_parts: list[Span] = Field(default=[], description="Further pieces of the cue.")
    content_parts: list[Span] = Field(default=[], description="Further pieces of the content.")
    speaker: str | None = Field(description="Id of the entity who speaks.")
    source_type: SourceType = Field(description="What kind of source it is.")


class VerbUse(_Record):
    """A verb that introduces a source, and how often."""

    lemma: str = Field(description="The verb in its dictionary form.")
    stance: Stance = Field(description="What it says of the words it introduces.")
    count: int = Field(ge=1, description="How often it introduces this source.")


class SourceSummary(_Record):
    """One source over the whole article."""

    name: str = Field(description="The source as most fully named.")
    speaker: str | None = Field(description="Entity id, where the source is one.")
    source_type: SourceType = Field(description="What kind of source it is.")
    items: list[Annotated[int, Field(ge=0)]] = Field(description="Its statements: indices into attribution.items.")
    count: int = Field(ge=1, description="How many statements it makes.")
    words: int = Field(ge=0, description="Words of content given to it.")
    share: Share = Field(description="Those words as a share of the article's.")
    verbs: list[VerbUse] = Field(description="The verbs that introduce it, most frequent first.")
    first: int = Field(ge=0, description="First code point of its earliest content in article.text.")
    has_first_word: bool = Field(description="Its statement is the first of the article.")
    has_last_word: bool = Field(description="Its statement is the last of the article.")


class VagueMarker(Span):
    """Words that leave open who says so."""

    kind: Literal["vague_source", "passive", "adverb"] = Field(
        description="vague_source: nobody in particular speaks; passive: it hides who says so; "
        "adverb: a word in place of a source."
    )


class NoReply(Span):
    """Words by which somebody gave no answer."""

    entity: str | None = Field(description="Id of the entity who did not answer; null where the text names nobody.")


class CastMember(_Record):
    """A source and the part it plays."""

    name: str = Field(description="The source as most fully named.")
    speaker: str | None = Field(default=None, description="Entity id, where the source is one.")
    role: CastRole = Field(description="What it speaks as.")
    side: str | None = Field(
        default=None, description="Party, agency or campaign it stands for, where the text tells it, in its words."
    )
    evidence: Span | None = Field(default=None, description="The words that show the role; null where the name does.")
    words: int = Field(ge=0, description="Words of content given to it.")
    accused: Span | None = Field(default=None, description="Where it is first accused; null where it is not.")
    answer: int | None = Field(
        default=None, ge=0, description="Words from there to its first own words after it; null where none come."
    )


class Unheard(_Record):
    """Somebody whom the story accuses or touches, and who says nothing in it."""

    entity: str = Field(description="Id of the entity.")
    why: Literal["accused", "affected"] = Field(description="Why a fair reader would wait for its word.")
    evidence: Span = Field(description="Where the text accuses or touches it.")


class Attribution(_Record):
    """Who speaks, how much, and who stays vague?"""

    items: list[AttributionItem] = Field(description="Every statement, in the order of the text.")
    sources: list[SourceSummary] = Field(description="Most words first.")
    vague: list[VagueMarker] = Field(description="Every marker of a source left vague, in the order of the text.")
    cast: list[CastMember] = Field(
        default=[], description="Every source once, with its role in the story; most words first."
    )
    unheard: list[Unheard] = Field(
        default=[], description="Who is accused or directly affected and has no word in the text."
    )
    no_reply: list[NoReply] = Field(
        default=[], description="Who refused or failed to answer: “declined to comment”. None of it is a statement."
    )
    attributed_share: Share | None = Field(
        description="Share of the words that stand inside some content; null when too short."
    )


class TonePoint(_Record):
    """Polarity of a stretch of text, with the words it rests on."""

    polarity: Signed = Field(description="TextBlob's polarity: -1 negative, 1 positive.")
    subjectivity: Share = Field(description="TextBlob's subjectivity: 0 factual, 1 personal.")
    words: int = Field(ge=0, description="Words it rests on.")


class ArcPoint(TonePoint):
    """Tone of one paragraph."""

    start: int = Field(ge=0, description="First code point in article.text.")
    end: int = Field(ge=0, description="One past the last code point.")


class TargetSentiment(Span):
    """How the text feels toward a span the caller asked about."""

    polarity: Polarity = Field(description="How the text feels toward it: -1 negative, 0 neutral, 1 positive.")
    probabilities: dict[Literal["negative", "neutral", "positive"], Share] = Field(
        description="How sure of each, 0 to 1; they add up to 1."
    )


class PairSentiment(_Record):
    """Who of two is for or against the other, as their sentence tells it."""

    p: Span = Field(description="The first span of the pair, as it was asked about.")
    q: Span = Field(description="The second.")
    label: Literal["none", "p_for_q", "q_for_p", "p_against_q", "q_against_p"] = Field(description="The likeliest.")
    probability: Share = Field(description="How sure of it: a probability.")


class Sentiment(_Record):
    """How does the text feel, as a whole and toward the spans asked about?"""

    headline: TonePoint | None = Field(description="Tone of the headline; null without one.")
    body: TonePoint | None = Field(description="Tone of lead and body; null without words.")
    outlet_voice: TonePoint | None = Field(description="Tone of the outlet's own words; null without any.")
    quoted_voice: TonePoint | None = Field(description="Tone of the quoted words; null without any.")
    arc: list[ArcPoint] = Field(description="One point a paragraph of lead and body.")
    targets: list[TargetSentiment] = Field(description="The spans the caller asked about.")
    pairs: list[PairSentiment] = Field(default=[], description="The pairs of spans the caller asked about.")


class MentionFinding(Span):
    """One place that names an entity, and how the text feels toward it there."""

    polarity: Polarity = Field(description="How the text feels toward it here: -1 negative, 0 neutral, 1 positive.")
    sure: Share = Field(description="How sure the polarity is: a probability.")
    voice: Voice = Field(description="Who says it: the outlet, or somebody quoted (`quotations`).")


class Label(Span, Finding):
    """What the outlet's own voice calls an entity."""

    tone: LabelTone = Field(description="Whether it speaks badly or well of the entity.")


class Agency(_Record):
    """Shares of an entity's mentions in each role; they add up to at most 1."""

    acts: Share = Field(description="Share of mentions as the one who acts.")
    acted_on: Share = Field(description="Share of mentions as the one acted on.")
    speaks: Share = Field(description="Share of mentions as the one who speaks.")
    feels: Share = Field(default=0.0, description="Share of mentions as the one who feels, thinks or wants.")
    mentions: int = Field(ge=0, description="How many mentions the shares rest on.")


class Interval(_Record):
    """Where a figure may well lie."""

    low: Signed = Field(description="The lower end.")
    high: Signed = Field(description="The upper end.")


class EntityFinding(_Record):
    """Somebody or something named, what it is called and how it is shown."""

    id: str = Field(description="Its name inside this report; terms, statements and sources point to it.")
    name: str = Field(description="The fullest name the text gives it.")
    kind: EntityKind = Field(description="What it is.")
    mentions: list[MentionFinding] = Field(description="Every place that names it, in the order of the text.")
    labels: list[Label] = Field(description="What the outlet's own voice calls it.")
    portrayal: Signed | None = Field(
        description="How the outlet's own telling shows it, from -1, badly, to 1, well; null below the mentions needed."
    )
    portrayal_interval: Interval | None = Field(
        default=None, description="Where four of five coders' judgements lay, for such a figure."
    )
    portrayal_mentions: int = Field(ge=0, description="How many own-voice mentions portrayal rests on.")
    agency: Agency | None = Field(description="What it does in the text; null below the mentions needed.")
    role: PersonRole | None = Field(default=None, description="As what the telling shows it; null where not judged.")


class Frame(_Record):
    """One of the codebook's nine frames, and how far the story is told in it."""

    name: FrameName = Field(description="Which frame.")
    level: Literal[0, 1, 2] = Field(description="0 absent, 1 present, 2 leads the story.")
    probability: Share = Field(description="How sure it is present at all.")
    evidence: list[Span] = Field(description="One to three sentences that show it best; empty where absent.")


class Device(Span, Finding):
    """Framing by a sentence rather than by a word."""

    kind: DeviceKind = Field(description="Which device of the codebook.")
    voice: Voice = Field(description="Who uses it.")
    about: str | None = Field(default=None, description="Id of the entity it is about.")
    rule: str = Field(description="Id of the pattern or the model's head that found it.")
    note: str = Field(description="What to look for, in a sentence.")


class Party(_Record):
    """Somebody in a deed or a relation: a named entity, or the words for whoever it is."""

    entity: str | None = Field(default=None, description="Id of the entity, where it is one.")
    span: Span = Field(description="The words for it here.")


class Act(Span):
    """A deed that harms, helps or forces, and how its doer is told; the span is the whole clause or phrase."""

    verb: Span = Field(description="The words for the deed.")
    lemma: str = Field(description="The deed's verb in its dictionary form; of a noun the verb behind it.")
    family: str = Field(description="Id of the group of verbs that may tell the same deed.")
    doer: Party | None = Field(description="Who does it; null where the text does not say.")
    undergoer: Party | None = Field(description="To whom it is done; null where the text does not say.")
    form: ActForm = Field(
        description="active: police shot two; passive_by: two were shot by police; passive: two were shot; no_doer: "
        "two died, shots rang out; noun: the shooting of two."
    )
    effect: Effect = Field(description="What it does to whom it is done to.")
    voice: Voice = Field(description="Who tells it.")


class StanceFinding(_Record):
    """Who is for or against whom."""

    holder: str = Field(description="Id of the entity that is for or against.")
    target: str = Field(description="Id of the entity that it is for or against.")
    polarity: Literal[-1, 1] = Field(description="-1 against, 1 for.")
    probability: Share = Field(description="How sure of it.")
    evidence: Span = Field(description="The sentence.")
    voice: Voice = Field(description="In whose voice it is told.")


class Appearance(_Record):
    """Where in the text somebody first appears and first speaks, as shares of its words: 0 the first, 1 the last."""

    entity: str = Field(description="Id of the entity.")
    mentioned: Share = Field(description="Its first mention.")
    speaks: Share | None = Field(default=None, description="Its first own words; null where it has none.")
    in_headline: bool = Field(description="Whether the headline names it.")


class Headline(_Record):
    """Does the body carry what the headline says?"""

    verdict: Verdict | None = Field(default=None, description="Null where not judged.")
    evidence: Span | None = Field(default=None, description="The sentence of the body that it rests on.")
    takes_up: list[Span] = Field(default=[], description="Sentences of the body that the headline takes up.")


class Order(_Record):
    """What comes first, and what comes late."""

    people: list[Appearance] = Field(description="Each main person or body, in order of appearance.")
    headline: Headline | None = Field(default=None, description="Null without a headline.")


class Framing(_Record):
    """How is the story framed: by which frames, devices, deeds and relations, in which order?"""

    frames: list[Frame] = Field(default=[], description="The codebook's nine; empty where the text is too short.")
    devices: list[Device] = Field(default=[], description="In the order of the text.")
    acts: list[Act] = Field(default=[], description="In the order of the text.")
    stances: list[StanceFinding] = Field(default=[], description="In the order of the text.")
    order: Order | None = Field(default=None, description="Null where the text is too short.")


class OwnFinding(_Record):
    """A place that a category of somebody's own was found in: the article or a sentence."""

    start: int = Field(ge=0, description="First code point in article.text.")
    end: int = Field(ge=0, description="One past the last code point.")
    category: str = Field(description="Which, in its maker's words.")
    probability: Share = Field(description="How sure.")


class OwnCategory(_Record):
    """What a classifier that somebody learnt from their own codes says (docs/rooms.md)."""

    name: str = Field(description="What its maker calls it.")
    version: str = Field(description="A hash of the classifier.")
    unit: Literal["article", "sentence"] = Field(description="What it judges.")
    findings: list[OwnFinding] = Field(description="In the order of the text.")


class Note(_Record):
    """Something the reader should know before believing the rest."""

    code: str = Field(description="Which note, for programs.")
    message: str = Field(description="What the reader should know, in a sentence.")


class Report(_Record):
    """How one article frames its story."""

    id: str = Field(description="Hash of the article and of the engine's version.")
    schema_version: Literal["1", "2"] = Field(
        default="2", description="Version of this schema; it changes when a field goes or changes its meaning."
    )
    article: ArticleFacts = Field(description="What was read, as submitted.")
    provenance: Provenance = Field(description="Which engine, lexicons and models made it, and when.")
    sentences: list[SentenceFinding] = Field(description="Every sentence, in the order of the text.")
    quotations: list[QuotationFinding] | None = Field(
        default=None,
        description="Whose words stand where, in the order of the text; every `voice` comes from here. None of them "
        "overlap. Null in reports made before December 2026.",
    )
    vocabulary: Vocabulary = Field(description="Loaded words.")
    attribution: Attribution = Field(description="Who speaks.")
    sentiment: Sentiment = Field(description="How the text feels.")
    entities: list[EntityFinding] = Field(description="Who and what is named.")
    framing: Framing | None = Field(
        default=None, description="How the story is framed; null in reports of schema 1, and where nothing was read."
    )
    categories: list[OwnCategory] = Field(default=[], description="Categories of one's own, where some were asked for.")
    notes: list[Note] = Field(description="What to know before believing the rest.")
