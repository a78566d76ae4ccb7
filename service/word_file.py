"""A report as a Word file: the article as it was sent, each finding a comment on its words."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from markupsafe import escape

from models.report import Report
from service import findings, marks, page_marks
from service.findings import Note
from service.marks import Mark

KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_WORDS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PART = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, Char
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same report is the same file

_FIXED = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_PART}.document.main+xml"/>'
    f'<Override PartName="/word/comments.xml" ContentType="{_PART}.comments+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
    f'Type="{_RELATION}/officeDocument" Target="word/document.xml"/></Relationships>',
    "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
    f'Type="{_RELATION}/comments" Target="comments.xml"/></Relationships>',
}


def write(report: Report) -> bytes:
    """The file. Findings that are less sure, and people as such, have no comment."""
    notes = [note for note in findings.find(report).shown if note.sure and note.kind != "entity"]
    names = {entity.id: entity.name for entity in report.entities}
    text, told = "".join(_set_text(report, notes)), "".join(_tell(note, names, report) for note in notes)
    parts = _FIXED | {
        "word/document.xml": f"<w:document {_WORDS}><w:body>{text}</w:body></w:document>",
        "word/comments.xml": f"<w:comments {_WORDS}>{told}</w:comments>",
    }
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(ZipInfo(name, _EPOCH), _HEAD + content, ZIP_DEFLATED)
    return file.getvalue()


def _find_words(note: Note) -> Mark:
    """The stretch that a comment stands at: of a statement what is said, else the marked words."""
    stretch = next((mark for mark in note.marks if mark.shape == "bar"), None)
    return (stretch or next(mark for mark in note.marks if mark.numbered))._replace(note=note.number)


def _set_text(report: Report, notes: list[Note]) -> Iterator[str]:
    headline = report.article.title_end
    for block in marks.split(report.article.text, [_find_words(note) for note in notes]):
        yield "<w:p>"
        bold = "<w:rPr><w:b/></w:rPr>" if block.start < headline else ""
        for piece in (piece for run in block.runs for piece in run.segments):
            yield from (f'<w:commentRangeStart w:id="{mark.note}"/>' for mark in piece.opening)
            yield f'<w:r>{bold}<w:t xml:space="preserve">{_spell(piece.text)}</w:t></w:r>'
            for mark in piece.closing:
                yield f'<w:commentRangeEnd w:id="{mark.note}"/><w:r><w:commentReference w:id="{mark.note}"/></w:r>'
        yield "</w:p>"


def _tell(note: Note, names: dict[str, str], report: Report) -> str:
    lines = "".join(f"<w:p><w:r><w:t>{_spell(line)}</w:t></w:r></w:p>" for line in page_marks.tell(note, names))
    made = report.provenance.analyzed_at
    return f'<w:comment w:id="{note.number}" w:author="Parallax" w:initials="P" w:date="{made}">{lines}</w:comment>'


def _spell(text: str) -> str:
    return str(escape(_NO_XML.sub("\ufffd", text)))
