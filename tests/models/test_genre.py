"""What kind of text is it? Signs by their own examples, and whole texts through the pipeline."""

from __future__ import annotations

import pytest

from models.article import Article
from models.classifiers import genre
from models.pipeline import analyze

NEWS = """HARROW — A footbridge over the Wend gave way on Monday morning, hurting two people, police said.

The county closed the road at 8 a.m. and sent engineers to the site. "We heard a crack and then the rail was gone,"
said Tom Reik, who runs a shop beside it.

The bridge was built in 1974 and was last inspected in March, according to county records. The council will meet on
Thursday to discuss repairs, a spokeswoman said.

Two people were taken to the hospital with broken bones. Their names were not released. The sheriff's office said
that an inquiry had begun."""

COLUMN = """I have crossed that bridge every day of my life, and I am ashamed of what we let happen to it.

Let us be honest with ourselves. We knew that the bolts were rotten. We read the letters and we put them in a
drawer, because a ribbon is nicer to cut than a rusty rail is to mend. That is not thrift. It is cowardice.

You may say that money was short. Money is always short for what nobody photographs. A town that finds a million for
a stadium can find ten thousand for its own children's way to school.

So let us stop pretending. The council should resign, and the rest of us should ask why we never did."""

INTERVIEW = """Wilma Grant has mended bridges for thirty years. We met her at the river.

Q: When did you first see the bolts?

A: In the spring. I was here with a student and we saw rust that should not have been there.

Q: Whom did you tell?

A: The county, the same day. They thanked me and that was the last I heard of it.

Q: Could it have been prevented?

A: Of course. A bolt costs four dollars. You change it and you go home.

This interview has been edited for length."""

LIVE = """17:40

The council has voted to close the bridge, by nine to two. Two members left the chamber before the vote.

17:12

Ann Lee is speaking. She says that the county was told in March. There is some shouting from the gallery.

16:55

The chamber is full and there are people standing in the hall. The doors have been closed.

16:30

Good afternoon and welcome to our coverage of the vote on the footbridge. The debate begins in half an hour, and the
vote is expected before six."""


@pytest.mark.parametrize(
    ("expected", "title", "text"),
    [
        ("news", "Two hurt as footbridge falls in Harrow", NEWS),
        ("opinion", "The bridge is our own fault", COLUMN),
        ("interview", "Q&A: The engineer who saw it coming", INTERVIEW),
        ("live", "Bridge vote: live updates", LIVE),
    ],
)
def test_a_text_has_a_genre_with_its_probability(expected: str, title: str, text: str) -> None:
    article = analyze(Article(title=title, text=text)).article
    assert article.genre == expected
    assert article.genre_probability is not None
    assert 0.4 < article.genre_probability <= 1


def test_in_opinion_no_share_is_told_and_a_note_says_why() -> None:
    column, news = (analyze(Article(title="The bridge", text=text)) for text in (COLUMN, NEWS))
    assert column.attribution.attributed_share is None
    assert "opinion" in {note.code for note in column.notes}
    assert news.attribution.attributed_share is not None
    assert "opinion" not in {note.code for note in news.notes}


@pytest.mark.parametrize(
    "text",
    ["The bridge fell.", "Le pont est tombé lundi matin à Harrow, et deux personnes ont été blessées. " * 12, "…"],
)
def test_what_is_short_or_foreign_is_not_judged(text: str) -> None:
    article = analyze(Article(text=text)).article
    assert article.genre is None
    assert article.genre_probability is None


@pytest.mark.parametrize(
    ("sign", "words", "fires"),
    [(sign, words, True) for sign in genre.signs() for words in sign.matches]
    + [(sign, words, False) for sign in genre.signs() for words in sign.ignores],
    ids=lambda value: value.id if isinstance(value, genre.Sign) else None,
)
def test_every_sign_keeps_its_own_examples(sign: genre.Sign, words: str, fires: bool) -> None:
    assert sign.found(words) is fires
