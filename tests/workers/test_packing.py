"""A report comes out of the store as it went in, whatever it says, and so does one that was stored before."""

from __future__ import annotations

import json
from typing import Any

import pytest
import redis
from hypothesis import given
from hypothesis import strategies as st

from models import pipeline
from models.article import Article
from models.report import Report
from service import examples
from workers import queue, store
from workers.store.connection import pack
from workers.store.packing import fold, pack_report, unfold, unpack_report

TEXT = "Zoë’s ferry left the quay 🚢 at noon. Nobody waved."
_WORDS = st.text("ab#n v0é", max_size=4)
_KEYS = st.sampled_from(["start", "end", "text", "name", "because", "share"])
_PLACES = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(sorted)


def place(ends: list[int]) -> dict[str, Any]:
    start, end = ends
    return {"start": start, "end": end, "text": TEXT[start:end], "weight": end / 7}


_ROWS = st.lists(_PLACES.map(place), max_size=4)
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | _WORDS | _PLACES.map(place) | _ROWS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(_KEYS.filter(lambda name: name != "text"), inner, max_size=3)
        | st.lists(st.fixed_dictionaries({"start": st.integers(0, 60), "because": inner}), max_size=3)
    ),
    max_leaves=12,
)


@pytest.fixture(scope="module")
def report() -> Report:
    """One of our own articles, read."""
    return pipeline.analyze(examples.ARTICLES[0])


@given(st.dictionaries(st.sampled_from(["sentences", "entities", "notes"]), _VALUES))
def test_whatever_a_report_says_comes_back(said: dict[str, Any]) -> None:
    whole = {"article": {"text": TEXT, "spans": [place([0, 5]), place([6, 9])]}, **said}
    folded = fold(json.loads(json.dumps(whole)))
    assert json.dumps(unfold(json.loads(json.dumps(folded)))) == json.dumps(whole)


def test_a_table_stands_in_columns_and_repeats_no_text() -> None:
    rows = [{"start": 6, "end": 11, "text": "ferry"}, {"start": 21, "end": 25, "text": "quay"}]
    whole = {"article": {"text": TEXT}, "sentences": [{"bias": 0.5, "because": rows}, {"bias": 0.1, "because": []}]}
    assert fold(whole)["sentences"] == {
        "#": 2,
        "bias": [0.5, 0.1],
        "because": {"#n": [2, 0], "#v": {"#": 2, "start": [6, 15], "end": [5, 4], "text": [0, 0]}},
    }
    assert unfold(fold(whole)) == whole


def test_words_that_do_not_stand_at_their_place_are_kept() -> None:
    rows = [{"start": 6, "end": 11, "text": "ferry"}, {"start": 21, "end": 25, "text": "the quay"}]
    whole = {"article": {"text": TEXT}, "sentences": rows, "notes": rows[1]}
    assert unfold(fold(whole)) == whole


def test_a_real_report_is_the_same_and_takes_less(report: Report) -> None:
    packed, plain = pack_report(report), pack(report.model_dump_json())
    found = unpack_report(packed, report.id)
    assert found is not None
    assert found.model_dump_json() == report.model_dump_json()
    assert len(packed) < 0.85 * len(plain)


def test_one_that_was_stored_before_still_opens(client: redis.Redis, report: Report) -> None:
    identifier = queue.submit(Article(text=report.article.text)).id
    store.begin(identifier, "test")
    own = report.model_copy(update={"id": identifier})
    assert store.save(own)
    client.hset(f"parallax:article:{identifier}", "report", pack(own.model_dump_json()))
    assert store.report(identifier) == own
    record = store.find_record(identifier)
    assert record is not None
    assert record.report == own


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"no report",
        pack('{"packed":2,"article":{"text":""}}'),
        pack('{"packed":1,"article":{}}'),
        pack('{"packed":1,"article":{"text":""},"notes":{"#":2,"start":[1],"end":[1,2]}}'),
        pack('{"packed":1,"article":{"text":""},"notes":{"#n":3,"#v":[]}}'),
        pack('{"packed":1'),
    ],
)
def test_what_cannot_be_read_is_taken_as_missing(broken: bytes) -> None:
    assert unpack_report(broken, "0" * 32) is None
    assert unpack_report(None, "0" * 32) is None
