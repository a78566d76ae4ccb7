"""In which frames is a story told? Levels, how sure, and the exact sentences that show them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.article import Article
from models.classifiers import frames
from models.pipeline import analyze
from models.report import Frame

ELECTION = """With nine days to go, the race for mayor of Harrow has become a dead heat, a new poll shows.

Ann Lee leads Tom Hale by one point among likely voters, within the poll's margin of error. In May she was ahead
by twelve. "We have the momentum now," said Hale's campaign manager, who has bought television time in the
suburbs.

Lee's strategists want to win back older voters, and they plan two rallies in the last week. Analysts say that
turnout in the river wards will decide the election. Four years ago Hale's party lost them by 900 votes.

Both candidates will meet in a final debate on Thursday. Lee's lead among women has narrowed, the poll found,
while Hale has gained among independents."""

BUDGET = """The county's budget gap will grow to $41 million next year, its treasurer said on Tuesday, and taxes may
have to rise to close it.

Revenue from sales fell by 8 percent as two factories closed. Unemployment stands at 9 percent, the highest since
2011, and wages have not kept up with prices. "We are spending more than we earn," the treasurer told the board.

A rise of the property tax by half a point would cost the average household $210 a year. Cutting the bus lines
would save $6 million. Economists at Harrow University said that the deficit would cost jobs either way.

Bond markets took the news calmly. The board will vote on the spending plan in June."""

ILLNESS = """Doctors in Harrow are treating 64 patients for a virus that was found in the town's water last week, the
hospital said.

Most of those infected have fever and pain; eleven are in intensive care. Health officials told residents to boil
water and to see a doctor if symptoms last longer than two days.

The virus spreads through drinking water and can be deadly for infants, the county's epidemiologist said. Nurses
from two other counties have been sent to help, and vaccines will arrive on Friday.

Laboratory tests showed that the infection began near the old well. New cases have slowed since the well was
closed, but the disease may return in the summer, doctors said."""


def find(text: str, title: str | None = None) -> dict[str, Frame]:
    framing = analyze(Article(title=title, text=text)).framing
    assert framing is not None
    return {frame.name: frame for frame in framing.frames}


@pytest.mark.parametrize(
    ("name", "title", "text", "shown"),
    [
        ("game", "Lee and Hale tied in race for mayor", ELECTION, "poll"),
        ("economic", "County faces $41 million gap", BUDGET, "tax"),
        ("health", "Virus in Harrow's water sickens 64", ILLNESS, "virus"),
    ],
)
def test_the_frame_that_leads_is_found_with_sentences_that_show_it(
    name: str, title: str, text: str, shown: str
) -> None:
    found = find(text, title)
    assert set(found) == set(frames.FRAMES)
    assert found[name].level == 2
    assert found[name].probability > 0.5
    assert 1 <= len(found[name].evidence) <= 3
    assert any(shown in sentence.text.casefold() for sentence in found[name].evidence)


@pytest.mark.parametrize(
    ("name", "text"),
    [("health", ELECTION), ("security", BUDGET), ("game", ILLNESS), ("morality", BUDGET), ("game", BUDGET)],
)
def test_a_frame_that_the_story_has_not_is_absent_and_shows_nothing(name: str, text: str) -> None:
    frame = find(text)[name]
    assert frame.level == 0
    assert frame.evidence == []


@pytest.mark.parametrize(
    "text", ["The virus spreads.", "Two doctors came. They left again.", "The virus is in the water, she said."]
)
def test_a_short_text_has_no_frame(text: str) -> None:
    assert find(text) == {}


def test_who_is_named_changes_nothing() -> None:
    swapped = ELECTION.replace("Ann Lee", "Maria Ortiz").replace("Lee", "Ortiz").replace("Hale", "Reik")
    swapped = swapped.replace("Tom", "Karl")
    levels = [{name: frame.level for name, frame in find(text).items()} for text in (ELECTION, swapped)]
    assert levels[0] == levels[1]


@settings(max_examples=20, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=400))
def test_any_text_has_frames_with_exact_sentences(noise: str) -> None:
    report = analyze(Article(text=f"{ILLNESS} {noise}"))
    assert report.framing is not None
    for frame in report.framing.frames:
        for span in frame.evidence:
            assert report.article.text[span.start : span.end] == span.text
