"""What may be submitted: every refusal names its field and says what to do."""

from __future__ import annotations

from typing import Any

import pytest

from models.article import Article
from models.limits import LIMITS
from models.refusals import Invalid, validate


def refusal(**fields: Any) -> tuple[str | None, str, str]:
    with pytest.raises(Invalid) as caught:
        validate(Article, fields)
    first = caught.value.errors[0]
    return first.field, first.kind, first.message


@pytest.mark.parametrize(
    ("fields", "field", "code", "says"),
    [
        ({}, "text", "missing", "Send the article’s text"),
        ({"text": ""}, "text", "empty", "Paste"),
        ({"text": " \n\t\u00a0"}, "text", "blank", "white space"),
        ({"text": "x" * (LIMITS.text_characters + 1)}, "text", "too_long", f"{LIMITS.text_characters:,}"),
        ({"text": "a\x00b"}, "text", "control_character", "U+0000 at character 1"),
        ({"text": "ab\ud83d"}, "text", "lone_surrogate", "(U+D83D) at character 2"),
        ({"text": 5}, "text", "wrong_type", "a text in quotation marks, not a number"),
        ({"text": "a", "headline": "b"}, "headline", "unknown_field", "title"),
        ({"text": "a", "title": "t\x07"}, "title", "control_character", "U+0007"),
        ({"text": "a", "url": "javascript:alert(1)"}, "url", "url", "https://"),
        ({"text": "a", "url": "example.org/x"}, "url", "url", "https://"),
        ({"text": "a", "published": "last Monday"}, "published", "published", "2026-03-14"),
        ({"text": "abc", "targets": [[0, 4]]}, "targets", "target_outside", "[0, 4]"),
        ({"text": "abc", "targets": [[2, 2]]}, "targets", "target_outside", "[2, 2]"),
    ],
)
def test_refusals(fields: dict[str, Any], field: str | None, code: str, says: str) -> None:
    found = refusal(**fields)
    assert found[:2] == (field, code)
    assert says in found[2]


@pytest.mark.parametrize("published", ["2026-03-14", "2026-03-14T09:30:00Z", "2026-03-14T09:30:00+02:00"])
def test_dates_that_pass(published: str) -> None:
    assert Article(text="a", published=published).published == published


@pytest.mark.parametrize(
    "text", ["e\u0301te\u0301 \U0001f600\u200d", "\u202eright to left", "\u5317\u4eac", "a\r\nb\tc", "\ufeffx"]
)
def test_unicode_is_kept_as_it_is(text: str) -> None:
    assert Article(text=text).full_text == text


def test_the_longest_text_passes() -> None:
    assert len(Article(text="x" * LIMITS.text_characters).text) == LIMITS.text_characters


def test_offsets_point_into_title_blank_line_body() -> None:
    article = Article(title="Bridge closed", text="It closed on Monday.", targets=[(15, 17)])
    assert article.full_text == "Bridge closed\n\nIt closed on Monday."
    assert article.full_text[: article.title_end] == "Bridge closed"
    assert article.full_text[15:17] == "It"


def test_empty_form_fields_are_absent() -> None:
    assert Article(text="a", title="  ", url="").model_dump(exclude_defaults=True) == {"text": "a"}


def test_the_name_of_an_article_changes_with_every_field_and_engine() -> None:
    names = {
        Article(text="a").digest("1"),
        Article(text="a").digest("2"),
        Article(text="b").digest("1"),
        Article(text="a", outlet="o").digest("1"),
        Article(text="a", title="o").digest("1"),
    }
    assert len(names) == 5
    assert Article(text="a", title="").digest("1") == Article(text="a").digest("1")
