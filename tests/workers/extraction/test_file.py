"""Files: each kind read into an article, and each that can't be is refused with its reason."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import pytest

from models.article import Article
from models.report import Origin
from tests.papers import (
    PARAGRAPHS,
    change_docx,
    lock_pdf,
    make_docx,
    make_letter,
    make_pdf,
    write_pdf,
    write_stream,
)
from tests.site import ARTICLE, BODY
from workers.extraction import articles
from workers.extraction.refusal import Refused
from workers.extraction.source import File

TEXT = "\n\n".join(PARAGRAPHS)
LINES = [
    "The council of Harrow closed the old bridge on Monday, and the ferry will carry people",
    "over the river instead.",
    "“This is a disgraceful betrayal,” said Ana Moore, who sells bread on the far bank. She",
    "claimed that nobody had asked her, and that the govern-",
    "ment had known for years.",
]


def read(name: str, content: bytes, **facts: str) -> tuple[Article, Origin]:
    """The article in a file, and where it is from."""
    copy = articles.prepare(File(name=name, content=content, **facts))
    assert copy.origin is not None
    return copy.article, copy.origin


def refused(name: str, content: bytes) -> str:
    """The code of the refusal of a file."""
    with pytest.raises(Refused) as found:
        articles.prepare(File(name=name, content=content))
    assert found.value.reason
    return found.value.code


def test_plain_text_in_utf_8() -> None:
    article, origin = read("bridge.txt", TEXT.encode())
    assert (article.text, article.title) == (TEXT, None)
    assert (origin.kind, origin.name, origin.encoding, origin.encoding_guessed) == (
        "file", "bridge.txt", "utf-8", False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("encoding", "said", "guessed"),
    [
        ("utf-8-sig", "utf-8", False),
        ("utf-16", "utf-16-le", False),
        ("cp1252", "windows-1252", True),
        ("mac-roman", "mac-roman", True),
    ],
)
def test_plain_text_in_another_encoding_is_read_as_meant(encoding: str, said: str, guessed: bool) -> None:
    text = "The café’s owner said “it’s a disgrace” – and left.\n\nNaïve visitors had paid £40."
    article, origin = read("bridge.txt", text.encode(encoding))
    assert article.text == text
    assert (origin.encoding, origin.encoding_guessed) == (said, guessed)


def test_line_ends_of_other_systems_are_made_one() -> None:
    assert read("a.TXT", b"One.\r\n\r\nTwo.\rThree.")[0].text == "One.\n\nTwo.\nThree."


def test_markdown_is_read_as_it_is_set() -> None:
    source = (
        "---\nauthor: Ann Lee\ndate: 2026-03-14\n---\n# Council *closes* bridge\n\n"
        "The council **closed** the\n[old bridge](https://harrow.example/b) on Monday.\n\n"
        "> Nobody asked us.\n\n- One ferry\n- Two boats\n"
    )
    article, _ = read("bridge.md", source.encode())
    assert article == Article(
        title="Council closes bridge",
        author="Ann Lee",
        published="2026-03-14",
        text="The council closed the old bridge on Monday.\n\n> Nobody asked us.\n\nOne ferry\n\nTwo boats",
    )


def test_a_saved_page_is_extracted_like_a_link() -> None:
    article, origin = read("bridge.html", ARTICLE.encode())
    assert article == Article(
        title="Council closes bridge",
        outlet="The Harrow Post",
        author="Ann Lee, Bo Ray",
        url="https://harrow.example/bridge",
        published="2026-03-14T09:30:00+00:00",
        text=BODY,
    )
    assert origin.tool.startswith("trafilatura ")


def test_a_word_document() -> None:
    article, _ = read("bridge.docx", make_docx())
    assert article == Article(title="Council closes bridge", author="Ann Lee", text=TEXT)


def test_a_word_document_with_changes_reads_as_if_they_were_accepted() -> None:
    with zipfile.ZipFile(io.BytesIO(make_docx(["It was old."]))) as opened:
        document = opened.read("word/document.xml")
    changed = document.replace(
        b"<w:r><w:t>It was old.</w:t></w:r>",
        b'<w:r><w:t>It was </w:t></w:r><w:del w:id="1"><w:r><w:delText>old</w:delText></w:r></w:del>'
        b'<w:ins w:id="2"><w:r><w:t>new</w:t></w:r></w:ins><w:r><w:t>.</w:t></w:r>',
    )
    assert changed != document
    article, _ = read("bridge.docx", change_docx(make_docx(), {"word/document.xml": changed}))
    assert article.text == "It was new."


def test_a_pdf_has_paragraphs_again() -> None:
    pages = [["The Harrow Post", *LINES, f"Page {n} of 3"] for n in (1, 2, 3)]
    article, origin = read("bridge.pdf", make_pdf(pages, Title="Council closes bridge", Author="Ann Lee"))
    assert (article.title, article.author) == ("Council closes bridge", "Ann Lee")
    once = (
        "The council of Harrow closed the old bridge on Monday, and the ferry will carry people over the river "
        "instead.\n\n“This is a disgraceful betrayal,” said Ana Moore, who sells bread on the far bank. She claimed "
        "that nobody had asked her, and that the government had known for years."
    )
    assert article.text == "\n\n".join([once] * 3)
    assert origin.tool.startswith("pypdf ")


def test_a_newsletter() -> None:
    article, _ = read("post.eml", make_letter(ARTICLE, "The same in plain text."))
    assert (article.title, article.outlet) == ("Council closes bridge", "The Harrow Post")
    assert (article.published, article.text) == ("2026-03-14T09:30:00+00:00", BODY)
    plain, _ = read("post.eml", make_letter(None, TEXT))
    assert plain.text == TEXT


def test_what_the_sender_says_goes_before_what_the_file_says() -> None:
    article, _ = read("bridge.docx", make_docx(), title="A bridge", outlet="The Quay")
    assert (article.title, article.outlet, article.author) == ("A bridge", "The Quay", "Ann Lee")


ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&b;'
    b"</w:t></w:r></w:p></w:body></w:document>"
)
HUGE = (
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    + b"<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 600_000
    + b"</w:body></w:document>"
)


OWN_PARENT = b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"


def make_bomb() -> bytes:
    """A PDF whose page unpacks to a hundred megabytes of spaces."""
    packed = zlib.compress(b" " * 100_000_000, 1)
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /Font << >> >> >>"
    stream = b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(packed), packed)
    return write_pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, stream])


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.xyz", b"x", "file_unknown_type"),
        ("README", b"x", "file_unknown_type"),
        ("a.doc", b"x", "file_other_format"),
        ("a.rtf", b"{\\rtf1 x}", "file_other_format"),
        ("a.txt", b" \n ", "file_empty"),
        ("a.txt", b"x" * 10_000_001, "file_too_large"),
        ("a.txt", b"%PDF-1.4 x", "file_not_what_it_says"),
        ("a.txt", b"\x00\x01\x02\x03" * 9, "file_not_what_it_says"),
        ("a.pdf", b"no pdf at all", "file_not_what_it_says"),
        ("a.docx", b"no zip at all", "file_not_what_it_says"),
        ("a.eml", b"no letter at all", "file_not_what_it_says"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "file_encrypted"),
        ("a.docx", b"PK\x03\x04 cut off", "file_broken"),
        ("a.docx", change_docx(make_docx(), {"word/vbaProject.bin": b"x"}), "file_macros"),
        ("a.docx", change_docx(make_docx(), {"word/document.xml": ENTITIES}), "file_entities"),
        ("a.docx", lambda: change_docx(make_docx(), {"word/media/a.bin": b"\0" * 120_000_000}), "file_bomb"),
        ("a.docx", make_docx([], title=""), "file_no_text"),
        ("a.pdf", b"%PDF-1.4 cut off", "file_broken"),
        ("a.pdf", write_pdf([b"<< /Type /Catalog /Pages 2 0 R >>", OWN_PARENT]), "file_broken"),
        ("a.pdf", make_bomb, "file_broken"),
        ("a.pdf", lock_pdf(make_pdf([LINES]), "secret"), "file_encrypted"),
        ("a.pdf", make_pdf([[]]), "file_no_text_in_pdf"),
        ("a.pdf", lambda: make_pdf([["x"]] * 301), "file_too_many_pages"),
        ("a.txt", b"word " * 60_000, "file_too_long"),
        ("a.html", b"<html><body><script>go()</script></body></html>", "page_no_text"),
        ("a.eml", make_letter(None, " \n"), "file_no_text"),
    ],
    ids=lambda given: given if isinstance(given, str) else "content",
)  # fmt: skip
def test_a_file_that_can_not_be_read_says_why(name: str, content: bytes | Callable[[], bytes], code: str) -> None:
    assert refused(name, content if isinstance(content, bytes) else content()) == code


def test_a_document_larger_in_memory_than_it_looks(choose: Any) -> None:
    choose(PARALLAX_PARSE_MEMORY="50")
    assert refused("a.docx", change_docx(make_docx(), {"word/document.xml": HUGE})) == "file_too_heavy"


def test_an_endless_pdf_ends_in_time(choose: Any) -> None:
    """A page that draws a form twice, which draws another one twice, and so on: two to the power of 30 in the end."""
    choose(PARALLAX_PARSE_SECONDS="1")
    assert refused("a.pdf", draw(forms=30)) == "file_too_slow"


def draw(forms: int) -> bytes:
    """A PDF of one page whose forms each draw the next one twice; the last one is a word."""
    twice, word = write_stream(b"/X Do /X Do"), write_stream(b"BT /F 9 Tf (x) Tj ET")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /XObject << /X 6 0 R >> >> >>",
        b"<< " + twice,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number in range(7, 6 + forms):
        objects.append(
            b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X %d 0 R >> >> " % number
            + twice
        )
    objects.append(b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /Font << /F 5 0 R >> >> " + word)
    return write_pdf(objects)


def test_forms_that_draw_each_other_a_few_times_are_read() -> None:
    assert read("a.pdf", draw(forms=2))[0].text.count("x") == 4
