"""News items as agencies send them: each kind is read into an article, or refused with its reason."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.article import Article
from workers.extraction import agencies, articles
from workers.extraction.extract import Extract
from workers.extraction.refusal import Refused
from workers.extraction.source import File

FIRST = "The council of Harrow closed the old bridge on Monday, Mayor Hale said."
SECOND = "“This is a disgraceful betrayal,” said Ana Moore, who sells bread."
TEXT = f"{FIRST}\n\n{SECOND}"
HTML = f"<p>{FIRST}</p>\n<p>“This is a <em>disgraceful</em> betrayal,” said Ana Moore, who sells bread.</p>"
NITF = f"""<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body><body.head><hedline><hl1>Council closes
  bridge</hl1></hedline><byline>By Ann Lee</byline></body.head>
  <body.content><media><media-caption>The bridge.</media-caption></media><p>{FIRST}</p>
  <p>“This is a disgraceful betrayal,”
     said Ana Moore, who sells bread.</p></body.content></body></nitf>"""

ONE = {
    "uri": "http://agency.example/items/1",
    "type": "text",
    "versioncreated": "2026-03-14T09:30:00Z",
    "byline": "By Ann Lee",
    "headline": "Council closes bridge",
    "copyrightholder": "The Harrow Agency",
    "body_text": TEXT,
}
TWO = {
    "uri": "urn:agency:1",
    "type": "text",
    "versioncreated": "2026-03-14T09:30:00Z",
    "by": "Ann Lee",
    "copyrightholder": "The Harrow Agency",
    "headlines": [{"role": "short", "value": "Bridge"}, {"role": "main", "value": "Council closes bridge"}],
    "bodies": [
        {"role": "main", "contenttype": "text/plain", "value": f"{FIRST} {SECOND}"},
        {"role": "richtext", "contenttype": "application/xhtml+xml", "value": HTML},
    ],
}
THREE = {
    "uri": "urn:agency:1",
    "versionCreated": "2026-03-14T09:30:00Z",
    "by": "Ann Lee",
    "copyrightHolder": "The Harrow Agency",
    "headlines": [{"value": "Council closes bridge"}],
    "bodies": [{"contentType": "text/html", "value": HTML}],
}


def newsml(content: str, status: str = "usable", by: str = "<by>By Ann Lee</by>") -> str:
    return f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:agency:1" version="1"
      standard="NewsML-G2" standardversion="2.30" xml:lang="en"><itemMeta><itemClass qcode="ninat:text"/>
      <provider qcode="nprov:harrow"><name>The Harrow Agency</name></provider>
      <versionCreated>2026-03-14T09:30:00Z</versionCreated><pubStatus qcode="stat:{status}"/></itemMeta>
      <contentMeta>{by}<creator><name>Ann Lee</name></creator><headline>Council closes bridge</headline></contentMeta>
      <contentSet>{content}</contentSet></newsItem>"""


def inline(kind: str, content: str) -> str:
    return f'<inlineXML contenttype="{kind}">{content}</inlineXML>'


XHTML = f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>{HTML}</body></html>'
ESCAPED = HTML.replace("&", "&amp;").replace("<", "&lt;")
PHOTO = newsml('<remoteContent href="http://agency.example/1.jpg"/>')


def message(*items: str) -> str:
    head = '<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header><sent>2026-03-14</sent></header>'
    return f"{head}<itemSet>{''.join(items)}</itemSet></newsMessage>"


def read(name: str, content: Any) -> Article:
    """The article in it, through the file's whole way: its process, its checks."""
    text = content if isinstance(content, str) else json.dumps(content)
    return articles.prepare(File(name=name, content=text.encode())).article


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("one.json", ONE),
        ("one.json", ONE | {"body_xhtml": HTML, "body_text": "Another text."}),
        ("two.json", TWO),
        ("three.json", THREE),
        ("listed.json", [THREE]),
        ("nitf.json", ONE | {"body_text": None, "body_nitf": NITF.partition("</body.head>")[2][:-14]}),
        ("nitf.xml", newsml(inline("application/nitf+xml", NITF))),
        ("creator.xml", newsml(inline("application/nitf+xml", NITF.replace("By Ann Lee", "")), by="")),
        ("xhtml.xml", newsml(inline("application/xhtml+xml", XHTML))),
        ("plain.xml", newsml(f'<inlineData contenttype="text/plain">{TEXT}</inlineData>')),
        ("escaped.xml", newsml(f'<inlineData contenttype="text/html">{ESCAPED}</inlineData>')),
        ("message.xml", message(PHOTO, newsml(inline("application/nitf+xml", NITF)))),
    ],
)
def test_a_news_item_of_every_kind(name: str, content: Any) -> None:
    article = read(name, content)
    assert article.text == TEXT
    assert (article.title, article.author, article.outlet, article.published) == (
        "Council closes bridge", "Ann Lee", "The Harrow Agency", "2026-03-14T09:30:00Z",
    )  # fmt: skip


def test_nitf_alone_in_another_encoding() -> None:
    source = f'<?xml version="1.0" encoding="ISO-8859-1"?>\n<!DOCTYPE nitf SYSTEM "nitf-3-6.dtd">\n{NITF}'
    found = agencies.read_newsml(
        source.replace("“", '"').replace("”", '"').replace("Ann Lee", "Ann Léa").encode("latin-1")
    )
    assert (found.title, found.author, found.encoding) == ("Council closes bridge", "Ann Léa", "iso-8859-1")


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("One.<br/>Two.", "One.\n\nTwo."),
        ("<ul><li>One.</li><li>Two.</li></ul>", "One.\n\nTwo."),
        ("<div><h2>One</h2>Two.<p>Three.</p>Four.</div>", "One\n\nTwo.\n\nThree.\n\nFour."),
        ("One <b>two</b>\n three.<!-- no -->", "One two three."),
        ("<p>One.</p><script>go()</script><style>p {}</style><figure><img/>A dog.</figure><p>Two.</p>", "One.\n\nTwo."),
        (f"<p>{FIRST}</p><blockquote><p>Never again.</p></blockquote>", f"{FIRST}\n\n> Never again."),
    ],
)
def test_paragraphs_of_a_body_with_markup(markup: str, expected: str) -> None:
    assert read("a.json", ONE | {"body_xhtml": markup}).text == expected


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.json", "{", "file_not_ninjs"),
        ("a.json", "[" * 100_000, "file_not_ninjs"),
        ("a.json", {"text": TEXT}, "file_not_ninjs"),
        ("a.json", [ONE, TWO], "file_not_ninjs"),
        ("a.json", {"uri": "urn:1", "type": "picture", "renditions": {}}, "file_no_text"),
        ("a.json", ONE | {"body_text": " "}, "file_no_text"),
        ("a.json", TWO | {"bodies": [{"contenttype": "text/html", "value": 7}, "x"]}, "file_no_text"),
        ("a.json", ONE | {"pubstatus": "canceled"}, "file_withdrawn"),
        ("a.json", THREE | {"pubStatus": "withheld"}, "file_withdrawn"),
        ("a.xml", "<p>", "file_not_newsml"),
        ("a.xml", "<rss version='2.0'></rss>", "file_not_newsml"),
        ("a.xml", "no markup at all", "file_not_newsml"),
        ("a.xml", PHOTO, "file_no_text"),
        ("a.xml", newsml(inline("application/nitf+xml", NITF), status="canceled"), "file_withdrawn"),
        ("a.xml", message(*[newsml(inline("application/nitf+xml", NITF))] * 2), "file_several"),
        ("a.xml", f'<!DOCTYPE nitf [<!ENTITY a "b">]>{NITF}', "file_entities"),
    ],
)
def test_what_is_no_news_item_says_so(name: str, content: Any, code: str) -> None:
    with pytest.raises(Refused) as found:
        read(name, content)
    assert found.value.code == code


def test_nothing_outside_the_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "nitf.dtd").write_text('<!ENTITY outside "A secret.">')
    source = f'<!DOCTYPE nitf SYSTEM "{tmp_path}/nitf.dtd">{NITF.replace("Council", "&outside; Council")}'
    assert "secret" not in agencies.read_newsml(source.encode()).model_dump_json()


VALUES = st.recursive(
    st.sampled_from([None, 7, "", " ", "One.", "<p>One.</p>", "</p>", "\x00", "<!--", "text/html"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["value", "role", "contenttype", "name"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from([*ONE, *TWO, *THREE, "pubstatus", "body_xhtml"]), VALUES))
def test_whatever_stands_in_its_fields_it_is_read_or_refused(fields: dict[str, Any]) -> None:
    try:
        found = agencies.read_ninjs(json.dumps({"uri": "urn:1"} | fields).encode())
    except Refused:
        return
    assert isinstance(found, Extract)
    assert found.text.strip()
