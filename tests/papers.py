"""Files made by hand for tests: Word documents, PDFs, letters, and some that no honest program writes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from email.message import EmailMessage

import docx
from pypdf import PdfReader, PdfWriter

PARAGRAPHS = (
    "The council of Harrow closed the old bridge on Monday, and the ferry will carry people over the river instead.",
    "“This is a disgraceful betrayal,” said Ana Moore, who sells bread on the far bank. She claimed that nobody had "
    "asked her.",
    "The regime in city hall wants the land, critics say. A vote is planned for the autumn.",
)


def make_docx(
    paragraphs: Sequence[str] = PARAGRAPHS, title: str = "Council closes bridge", author: str = "Ann Lee"
) -> bytes:
    """A Word document with a heading."""
    opened = docx.Document()
    opened.core_properties.author = author
    opened.add_heading(title, 1)
    for paragraph in paragraphs:
        opened.add_paragraph(paragraph)
    out = io.BytesIO()
    opened.save(out)
    return out.getvalue()


def change_docx(content: bytes, parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The same document with some of its parts replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", method) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, part in parts.items():
            new.writestr(name, part)
    return out.getvalue()


def make_pdf(pages: Sequence[Sequence[str]], **info: str) -> bytes:
    """A PDF, written object by object, with these lines on each page."""
    objects: list[bytes] = [
        b"",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    kids = []
    for lines in pages:
        shown = b" T* ".join(b"(" + escape(line) + b") Tj" for line in lines)
        stream = b"BT /F1 11 Tf 14 TL 50 780 Td " + shown + b" ET"
        objects.append(b"<< " + write_stream(stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    objects.append(b"<< " + b" ".join(b"/%s (%s)" % (k.encode(), escape(v)) for k, v in info.items()) + b" >>")
    return write_pdf(objects, info=len(objects))


def place_pdf(pieces: Sequence[tuple[float, float, str]]) -> bytes:
    """A PDF of one page with these words at these places, drawn in this order."""
    return draw_pdf(b" ".join(b"BT /F1 11 Tf 1 0 0 1 %d %d Tm (%s) Tj ET" % (x, y, escape(t)) for x, y, t in pieces))


def draw_pdf(drawn: bytes) -> bytes:
    """A PDF of one page on which this is drawn."""
    fonts = b"<< /Font << /F1 3 0 R >> >>"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 640 842] /Contents 5 0 R /Resources %s >>" % fonts
    return write_pdf([
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        page,
        b"<< " + write_stream(drawn),
    ])  # fmt: skip


def write_stream(content: bytes) -> bytes:
    """The end of a stream's object, what its dictionary says beside its length left to the caller."""
    return b"/Length %d >>\nstream\n%s\nendstream" % (len(content), content)


def write_pdf(objects: Sequence[bytes], info: int | None = None) -> bytes:
    """A PDF of these objects, the first of them its catalogue."""
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    told = b" /Info %d 0 R" % info if info else b""
    out += b"trailer << /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, told, table)
    return bytes(out)


def escape(line: str) -> bytes:
    """A line as a string of a PDF."""
    raw = line.encode("cp1252")
    return raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def lock_pdf(content: bytes, password: str) -> bytes:
    """The same PDF behind a password."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def make_letter(html: str | None, plain: str | None, subject: str = "Council closes bridge") -> bytes:
    """A newsletter as a mail program saves it."""
    letter = EmailMessage()
    letter["From"] = "The Harrow Post <news@harrow.example>"
    letter["To"] = "reader@example.org"
    letter["Subject"] = subject
    letter["Date"] = "Sat, 14 Mar 2026 09:30:00 +0000"
    if plain is not None:
        letter.set_content(plain)
    if html is not None:
        if plain is None:
            letter.set_content(html, subtype="html")
        else:
            letter.add_alternative(html, subtype="html")
    return letter.as_bytes()
