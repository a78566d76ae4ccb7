"""Would an editor sign a word as it is told? The surer kind and voice, the likelier; the reader alone shows none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.analyzers import vocabulary
from models.article import Article
from models.classifiers import signing
from models.classifiers.signing import Told
from models.document import read
from tests.models.readings import write

_TOLD = Told(strength=0.7, category="verdict", kind=0.7, voice=0.9, is_outlets=True)


@pytest.mark.parametrize("part", ["strength", "kind", "voice"])
def test_the_surer_each_part_is_the_likelier_it_is_signed(part: str) -> None:
    chances = [signing.weigh(signing.describe(replace(_TOLD, **{part: share}))) for share in (0.0, 0.3, 0.6, 0.99, 1.0)]
    assert chances == sorted(chances)
    assert 0 < chances[0] < chances[-1] < 1


def test_a_word_of_which_all_is_sure_is_shown_and_one_of_a_doubtful_kind_is_not() -> None:
    sure = replace(_TOLD, strength=0.9, kind=0.95, voice=0.99)
    assert signing.is_shown(sure)
    assert not signing.is_shown(replace(sure, kind=0.2))
    assert not signing.is_shown(replace(sure, voice=0.8))
    assert signing.is_shown(replace(sure, voice=0.8, is_outlets=False))


def test_a_file_for_other_features_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing, "FEATURES", (*signing.FEATURES, "mood"))
    signing.load.cache_clear()
    with pytest.raises(ValueError, match="trained for other features"):
        signing.load()
    monkeypatch.undo()
    signing.load.cache_clear()


def test_what_the_reader_alone_finds_is_told_and_not_shown() -> None:
    document = write(read(Article(text="They easily botch the plan, the clerk said.")), {"loaded": {"botch": 0.99}})
    (term,) = vocabulary.analyze(document).terms
    assert (term.text, term.rule, term.shown) == ("botch", "reader.loaded", False)
