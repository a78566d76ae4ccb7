"""The reader gives every token, sentence, mention and target its figures, and always the same ones."""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from models import reader
from models.article import Article
from models.document import Document, Reading
from models.document import read as read_document
from models.reader.encoder import OVERLAP, WINDOW, cut_windows

HEADS = ("loaded", "source", "cue", "content", "person", "organization", "place")

STORY = Article(
    title="Council approves harbour plan after bitter debate",
    text=(
        "The shameless mayor and his cronies rammed the reckless harbour plan through on Tuesday night. "
        "Councillor Ada Brandt called it a disgrace. “We were not even allowed to ask,” she said.\n\n"
        "The plan costs 40 million crowns and will be finished in 2031, according to the port authority.\n\n"
        "Follow our newsroom on Twitter for more."
    ),
)
OTHER = Article(text="A bakery in Lund opened on Monday. It sells bread, said its owner, Nils Holm, and nothing else.")


def read(article: Article) -> tuple[Document, Reading]:
    document = reader.read(read_document(article))
    assert document.reading is not None
    return document, document.reading


def digits(reading: Reading) -> tuple[object, ...]:
    arrays = [getattr(reading, name).tobytes() for name in (*HEADS, "bias")]
    return (*arrays, str(reading.shares), reading.intercept, str(reading.polarities))


def test_arrays_have_one_value_a_token_and_a_sentence() -> None:
    document, reading = read(STORY)
    for head in HEADS:
        values = getattr(reading, head)
        assert values.shape == (len(document.tokens),)
        assert values.dtype == np.float32
        assert ((values >= 0) & (values <= 1)).all()
    assert reading.bias.shape == (len(document.sentences),)
    assert len(reading.shares) == len(document.sentences)


@pytest.mark.parametrize(
    ("head", "word"), [("loaded", "shameless"), ("cue", "said"), ("source", "authority"), ("content", "finished")]
)
def test_a_clear_word_is_above_its_threshold(head: str, word: str) -> None:
    document, reading = read(STORY)
    at = next(i for i, token in enumerate(document.tokens) if token.text == word)
    assert getattr(reading, head)[at] >= reader.THRESHOLDS[head]


def test_plain_words_are_not_loaded() -> None:
    _, reading = read(OTHER)
    assert reading.loaded.max() < reader.THRESHOLDS["loaded"]
    assert np.nanmax(reading.bias) < 0.5


def test_shares_and_intercept_add_up_to_the_logit_of_bias() -> None:
    document, reading = read(STORY)
    judged = [i for i, bias in enumerate(reading.bias) if not math.isnan(bias)]
    assert judged
    for i in judged:
        logit = reading.intercept + sum(share for _, share in reading.shares[i])
        assert 1 / (1 + math.exp(-logit)) == pytest.approx(float(reading.bias[i]), abs=1e-4)
        sentence = document.sentences[i]
        assert all(sentence.first <= token < sentence.last for token, _ in reading.shares[i])


def test_bias_tells_a_slanted_sentence_from_a_plain_one() -> None:
    document, reading = read(STORY)
    slanted = document.sentence_at(document.text.index("shameless"))
    plain = document.sentence_at(document.text.index("40 million"))
    assert reading.bias[slanted] > 0.5 > reading.bias[plain]


def test_boilerplate_is_not_read() -> None:
    document, reading = read(STORY)
    last = document.sentences[-1]
    assert last.part == "boilerplate"
    assert math.isnan(reading.bias[-1])
    assert not reading.shares[-1]
    assert all(not getattr(reading, head)[last.first : last.last].any() for head in HEADS)


def test_every_name_and_every_target_has_a_polarity() -> None:
    at = STORY.full_text.index("harbour plan through")
    document, reading = read(STORY.model_copy(update={"targets": [(at, at + len("harbour plan"))]}))
    spans = {(m.start, m.end) for e in document.entities for m in e.mentions if m.form == "name"}
    assert spans
    for span in spans | set(document.targets):
        assert sum(reading.polarities[span]) == pytest.approx(1, abs=1e-3)


def test_a_target_is_judged_where_nothing_else_is_read() -> None:
    at = STORY.full_text.index("newsroom on Twitter")
    _, reading = read(STORY.model_copy(update={"targets": [(at, at + len("newsroom"))]}))
    assert sum(reading.polarities[at, at + len("newsroom")]) == pytest.approx(1, abs=1e-3)


def test_company_and_threads_change_no_digit() -> None:
    alone = digits(read(STORY)[1])
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda article: digits(read(article)[1]), [STORY, OTHER] * 4))
    assert together[::2] == [alone] * 4


def test_a_paragraph_reads_the_same_in_any_article() -> None:
    _, alone = read(OTHER)
    document, both = read(Article(text=f"{STORY.text}\n\n{OTHER.text}"))
    first = document.token_at(document.text.index("A bakery"))
    assert both.cue[first:].tolist() == alone.cue.tolist()


@pytest.mark.parametrize(
    "text", ["😀 🎉 😀", "…", "—", "\u200b", "\u0301", "a", " \n\n x \n\n ", "ｆｕｌｌ ｗｉｄｔｈ"]
)
def test_odd_texts_are_read_without_words(text: str) -> None:
    document, reading = read(Article(text=text))
    assert reading.loaded.shape == (len(document.tokens),)
    assert np.isfinite(reading.loaded).all()


@pytest.mark.parametrize("length", [0, 1, WINDOW - 1, WINDOW, WINDOW + 1, 2 * WINDOW, 1000, 100_000])
def test_windows_keep_every_piece_once(length: int) -> None:
    windows = cut_windows(length)
    kept = [piece for _, _, first, last in windows for piece in range(first, last)]
    assert kept == list(range(length))
    for first, last, keep_first, keep_last in windows:
        assert 0 < last - first <= WINDOW
        assert first <= keep_first < keep_last <= last
        assert keep_first == 0 or keep_first - first >= OVERLAP // 2


def test_a_long_sentence_is_read_to_its_end() -> None:
    text = "the quiet harbour town voted again and " * 1000 + "the disgraceful traitors lied."
    reading = reader.read(read_document(Article(text=text))).reading
    assert reading is not None
    assert reading.loaded[-4:].max() > reader.THRESHOLDS["loaded"]
