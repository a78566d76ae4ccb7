"""A batch's file, opened line by line: what each line becomes, and what is said of one that becomes nothing."""

from __future__ import annotations

import io
import json
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import settings as rules
from hypothesis import strategies as st

from models.article import Article
from models.importers.spreadsheets import map_columns
from models.limits import LIMITS
from workers.extraction.source import File, Link, Page
from workers.importers import BodyRefused, Line, open_file
from workers.store import Form

FERRY = "The ferry left on time. “Nobody was late,” the captain said."
MARKET = "The market opened at dawn."


def read(content: bytes, form: Form, after: int = 0) -> tuple[list[Line], dict[str, str], list[str]]:
    """The lines, the columns understood, and those not."""
    columns: dict[str, str] = {}
    unknown: list[str] = []

    def note(understood: dict[str, str], rest: list[str]) -> None:
        columns.update(understood)
        unknown.extend(rest)

    pieces = [content[at : at + 50] for at in range(0, len(content), 50)]
    with open_file(pieces, form, note, after) as lines:
        return list(lines), columns, unknown


def told(lines: list[Line]) -> list[tuple[int, str, str]]:
    """Line, field and code of every error."""
    return [(error.line, error.field, error.code) for line in lines for error in line.errors]


def texts(lines: list[Line]) -> list[tuple[int, str]]:
    return [(line.number, line.article.text) for line in lines if isinstance(line.article, Article)]


def test_json_lines_are_numbered_as_an_editor_does() -> None:
    rows = [json.dumps({"text": FERRY, "id": 7}), "", '{"text": ', '{"txt": "…"}', json.dumps({"text": MARKET})]
    lines, _, _ = read("\n".join(rows).encode(), "jsonl")
    assert texts(lines) == [(1, FERRY), (5, MARKET)]
    assert told(lines) == [(3, "", "invalid_json"), (4, "text", "missing"), (4, "txt", "unknown_field")]


def test_json_line_that_is_no_utf8_or_endless_is_refused_and_the_next_is_read() -> None:
    endless = b'{"text": "' + b"a" * (13 * LIMITS.text_characters + 500_000) + b'"}'
    body = b"\n".join([b'{"text": "caf\xe9"}', endless, json.dumps({"text": MARKET}).encode()])
    lines, _, _ = read(body, "jsonl")
    assert told(lines) == [(1, "", "invalid_utf8"), (2, "", "too_long")]
    assert texts(lines) == [(3, MARKET)]


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_reading_goes_on_where_it_stopped(form: Form) -> None:
    rows = {
        "jsonl": [json.dumps({"text": f"Day {n}."}) for n in range(1, 6)],
        "csv": [f"Day {n}." for n in range(1, 6)],
    }
    body = "\n".join((["text"] if form == "csv" else []) + rows[form])
    every, _, _ = read(body.encode(), form)
    rest, _, _ = read(body.encode(), form, after=every[2].number)
    assert rest == every[3:]


def test_csv_columns_are_found_by_what_others_call_them() -> None:
    body = f'Headline,Body,Source,Pub-Date,Shares\nOn time,"{FERRY}",The Quay,2026-03-14,12\n'
    lines, columns, unknown = read(body.encode("utf-8-sig"), "csv")
    [article] = [line.article for line in lines if isinstance(line.article, Article)]
    assert (article.title, article.text, article.outlet, article.published) == (
        "On time",
        FERRY,
        "The Quay",
        "2026-03-14",
    )
    assert columns == {"Headline": "title", "Body": "text", "Source": "outlet", "Pub-Date": "published"}
    assert unknown == ["Shares"]


@pytest.mark.parametrize(
    ("names", "fields"),
    [
        (["text", "title"], ["text", "title"]),
        (["Title", "Headline", "Article Text"], ["title", None, "text"]),
        (["content", "text"], [None, "text"]),  # the field's own name wins
        (["full.text", "BYLINE", "href", "doc_id"], ["text", "author", "url", "id"]),
        (["targets"], [None]),
    ],
)
def test_columns(names: list[str], fields: list[str | None]) -> None:
    found = map_columns(names)
    assert [found.get(at) for at in range(len(names))] == fields


@pytest.mark.parametrize(("delimiter", "encoding"), [(";", "utf-8"), ("\t", "utf-16"), ("|", "utf-8-sig")])
def test_csv_of_other_spreadsheets(delimiter: str, encoding: str) -> None:
    body = delimiter.join(["title", "text"]) + "\r\n" + delimiter.join(["Dawn, again", MARKET]) + "\r\n"
    lines, _, _ = read(body.encode(encoding), "csv")
    [article] = [line.article for line in lines if isinstance(line.article, Article)]
    assert (article.title, article.text) == ("Dawn, again", MARKET)


def test_csv_says_yes_and_no_as_spreadsheets_do() -> None:
    lines, _, _ = read(b"text,private,retain\nA.,TRUE,no\nB.,,1\nC.,perhaps,\n", "csv")
    assert [(line.article.private, line.article.retain) for line in lines if line.article] == [
        (True, False),
        (False, True),
    ]
    assert told(lines) == [(4, "private", "wrong_type")]


def test_csv_errors_name_the_line_and_the_files_own_column() -> None:
    rows = [
        "Date,Body",
        f'2026-03-14,"{MARKET}\nIt closed at noon."',
        f"soon,{MARKET}",
        "2026-03-15,",
        "a,b,c",
        ",",
        "",
    ]
    lines, _, _ = read("\n".join(rows).encode(), "csv")
    assert texts(lines) == [(2, f"{MARKET}\nIt closed at noon.")]
    assert told(lines) == [(4, "Date", "published"), (5, "Body", "empty"), (6, "", "too_many_cells")]


def test_csv_with_a_quotation_mark_missing_says_where() -> None:
    body = "text\n" + MARKET + '\n"It began well\n' + (MARKET + "\n") * (3 * LIMITS.text_characters // len(MARKET))
    lines, _, _ = read(body.encode(), "csv")
    assert texts(lines) == [(2, MARKET)]
    assert told(lines) == [(3, "", "broken_csv")]


def test_csv_in_another_encoding_is_refused_cell_by_cell() -> None:
    lines, _, _ = read("text\ncafé\nbar\n".encode("latin-1"), "csv")
    assert told(lines) == [(2, "", "invalid_utf8")]
    assert texts(lines) == [(3, "bar")]


def test_csv_without_a_column_for_the_text_is_refused() -> None:
    with pytest.raises(BodyRefused, match=r"title, shares"):
        read(b"title,shares\nA,1\n", "csv")


def pack(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bag:
        for name, content in files.items():
            bag.writestr(name, content)
    return out.getvalue()


def test_zip_gives_an_article_a_file() -> None:
    body = pack({
        "news/": b"", "news/the_ferry.txt": FERRY.encode(), "__MACOSX/._x.txt": b"x", "photo.jpg": b"\xff\xd8",
        "fake.pdf": b"no", "market.html": f"<p>{MARKET}</p>".encode(),
    })  # fmt: skip
    lines, _, _ = read(body, "zip")
    files = [(line.number, line.article) for line in lines if isinstance(line.article, File)]
    assert [(number, file.name, file.id) for number, file in files] == [
        (1, "the_ferry.txt", "news/the_ferry.txt"),
        (4, "market.html", "market.html"),
    ]
    assert files[0][1].content == FERRY.encode()
    assert [(e.line, e.file, e.code) for line in lines for e in line.errors] == [
        (2, "photo.jpg", "file_unknown_type"),
        (3, "fake.pdf", "file_not_what_it_says"),
    ]


LIST = b"PK\x01\x02"  # before each entry in a zip's list of files, as APPNOTE has it


def change(body: bytes, at: int, new: bytes) -> bytes:
    """A zip with some bytes of the list's second entry replaced, `at` so many bytes after the entry begins."""
    place = body.index(LIST, body.index(LIST) + 1) + at
    return body[:place] + new + body[place + len(new) :]


def named(name: str | bytes, flags: int = 0) -> bytes:
    """Three files, the second of them under this name, whatever a name may be."""
    raw = name.encode() if isinstance(name, str) else name
    body = pack({"one.txt": FERRY.encode(), "#" * len(raw): MARKET.encode(), "three.txt": FERRY.encode()})
    body = body.replace(b"#" * len(raw), raw)
    return change(body, 8, flags.to_bytes(2, "little")) if flags else body


def lzma_packed(dictionary: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as bag:
        for name in ("one.txt", "two.txt", "three.txt"):
            bag.writestr(name, FERRY)
    body = out.getvalue()
    at = body.index(b"two.txt") + len("two.txt") + 5  # version, length of the properties, and the first of them
    return body[:at] + dictionary.to_bytes(4, "little") + body[at + 4 :]


ODD = {
    "a control character in its name": (named("t\x07o.txt"), "bad_name"),
    "DEL in its name": (named("two\x7f.txt"), "bad_name"),
    "a line end in its name": (named("two\x1b[2J.txt"), "bad_name"),
    "a PDF's beginning as its name": (named("%PDF-1.txt"), "bad_name"),
    "a PDF's beginning as its whole name": (named("%PDF-"), "file_unknown_type"),
    "a name that says it is UTF-8 and is not": (named(b"caf\xe9.txt", flags=0x800), "bad_name"),
    "a name cut in the middle of a sign": (named(b"two.txt\xe2\x80", flags=0x800), "bad_name"),
    "no name": (named(b"\0.txt"), "file_unknown_type"),
    "a program of the future": (change(named("two.txt"), 6, b"\xff"), "bad_name"),
    "a size that is none": (change(named("two.txt"), 24, b"\xff\xff\xff\xfe"), "file_too_large"),
    "a way of packing that is none": (change(named("two.txt"), 10, b"\x63\0"), "broken_file"),
    "a place that is none": (change(named("two.txt"), 42, b"\xff\xff\xff\x7f"), "broken_file"),
    "a password": (change(named("two.txt"), 8, b"\x01\0"), "encrypted"),
    "a checksum that is wrong": (change(named("two.txt"), 16, b"\0\0\0\0"), "broken_file"),
    "a huge dictionary": (lzma_packed(0xFFFF_FFFF), "too_heavy"),
    "a dictionary that is large and not huge": (lzma_packed(1 << 27), "too_heavy"),
}


@pytest.mark.parametrize(("body", "code"), ODD.values(), ids=ODD)
def test_an_odd_entry_fails_alone(body: bytes, code: str) -> None:
    lines, _, _ = read(body, "zip")
    assert [line.number for line in lines if line.article] == [1, 3]
    [error] = lines[1].errors
    assert (error.line, error.code) == (2, code)
    assert error.message.endswith(".")
    assert "Error" not in error.message


def test_an_odd_extra_field_fails_alone() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as bag:
        for name in ("one.txt", "two.txt", "three.txt"):
            entry = zipfile.ZipInfo(name)
            entry.extra = b"\x99\x99\x04\x00abcd"
            bag.writestr(entry, FERRY)
    body = out.getvalue()
    body = change(body, 46 + len("two.txt"), b"\x99\x99\xff\xff")
    lines, _, _ = read(body, "zip")
    assert told(lines) == [(2, "", "bad_name")]
    assert [line.number for line in lines if line.article] == [1, 3]


@given(
    changes=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=6),
    packing=st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]),
)
@rules(max_examples=300, deadline=None)
def test_whatever_is_changed_in_a_zip_it_is_read_or_refused(changes: list[tuple[float, int]], packing: int) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as bag:
        for name in ("one.txt", "zwei.txt", "drei.txt"):
            bag.writestr(name, FERRY)
    body = bytearray(out.getvalue())
    for place, value in changes:
        body[int(place * len(body))] = value
    with suppress(BodyRefused):
        lines, _, _ = read(bytes(body), "zip")
        assert all(line.article or line.errors for line in lines)


def test_a_line_with_endless_fields_costs_no_more_than_others() -> None:
    wide = json.dumps({"text": FERRY} | {f"field {n}": n for n in range(100_000)})
    long, lone = f'{{"{"é" * 1_000_000}": 1, "text": "{MARKET}"}}', json.dumps({"\ud800": 1, "text": FERRY})
    lines, _, _ = read("\n".join([wide, long, lone, json.dumps({"text": MARKET})]).encode(), "jsonl")
    assert texts(lines) == [(4, MARKET)]
    assert [len(line.errors) for line in lines] == [20, 1, 1, 0]
    assert [len(line.errors[0].field) for line in lines[:2]] == [len("field 0"), 100]
    kept = "".join(error.model_dump_json() for line in lines for error in line.errors)
    assert len(kept) < 10_000


def test_a_column_with_an_endless_name_costs_no_more_than_others() -> None:
    header = f"published{' ' * 60_000}at,text\n"
    lines, columns, _ = read((header + f"soon,{MARKET}\n" * 50).encode(), "csv")
    assert set(columns.values()) == {"published", "text"}
    assert len("".join(error.model_dump_json() for line in lines for error in line.errors)) < 20_000


def test_json_lines_may_be_links_and_pages() -> None:
    rows = [
        {"url": "https://press.example/a", "outlet": "The Quay"}, {"html": "<p>A bell rang.</p>"},
        {"url": "http://127.0.0.1/a"}, {"url": "press"}, {"text": FERRY, "callback_url": "https://press.example/hook"},
    ]  # fmt: skip
    lines, _, _ = read("\n".join(map(json.dumps, rows)).encode(), "jsonl")
    assert [type(line.article) for line in lines if line.article] == [Link, Page]
    assert told(lines) == [(3, "url", "link_private_address"), (4, "url", "url"), (5, "callback_url", "not_here")]


def test_zip_that_swells_is_refused_unopened() -> None:
    bomb = pack({f"{n}.txt": bytes(9_000_000) for n in range(60)})
    assert len(bomb) < 1_000_000
    with pytest.raises(BodyRefused, match="540,000,000 bytes when unpacked"):
        read(bomb, "zip")


@pytest.mark.parametrize("body", [b"", b"PK\x03\x04 nothing more", b"{}"])
def test_broken_zip_is_refused(body: bytes) -> None:
    with pytest.raises(BodyRefused, match="not a zip"):
        read(body, "zip")
