"""REFI-QDA, as NVivo, MAXQDA and ATLAS.ti read it: the codebook (.qdc) and the whole project (.qdpx).

QDA-XML 1.0 (www.qdasoftware.org, March 2019). Positions count code points from 0; an end is one past the last.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from ..entries import Coding, Mark
from .project import Document, Project

_PROJECT, _CODEBOOK = "urn:QDA-XML:project:1.0", "urn:QDA-XML:codebook:1.0"
_ORIGIN = "Parallax"
EPOCH = (1980, 1, 1, 0, 0, 0)  # of files in the archive: the same room gives the same bytes


def write_codebook(project: Project) -> bytes:
    """The codebook alone (.qdc)."""
    book = ET.Element("CodeBook", xmlns=_CODEBOOK, origin=_ORIGIN)
    book.append(_codes(project))
    return dump(book)


def write_project(project: Project) -> bytes:
    """The project with texts and every coder's marks (.qdpx, a ZIP archive)."""
    root = ET.Element("Project", xmlns=_PROJECT, name=project.name, origin=_ORIGIN, creationDateTime=project.made)
    coders = [*project.coders, *(["Parallax"] if any(one.tool for one in project.documents) else [])]
    if coders:
        users = ET.SubElement(root, "Users")
        for coder in coders:
            ET.SubElement(users, "User", guid=project.name_part("user", coder), name=coder)
    ET.SubElement(root, "CodeBook").append(_codes(project))
    notes = ET.Element("Notes")
    sources = ET.SubElement(root, "Sources") if project.documents else None
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for document in project.documents:
            guid = project.name_part("document", document.id)
            if sources is not None:
                sources.append(_source(project, document, guid, notes))
            archive.writestr(zipfile.ZipInfo(f"sources/{guid}.txt", EPOCH), plain(document.text).encode("utf-8"))
        if len(notes):
            root.append(notes)
        archive.writestr(zipfile.ZipInfo("project.qde", EPOCH), dump(root))
    return packed.getvalue()


def _codes(project: Project) -> ET.Element:
    codes = ET.Element("Codes")
    book = project.codebook
    for layer in book.layers:
        above = _code(codes, project, layer.id, layer.name, layer.test, codable=False)
        for category in layer.categories:
            _code(above, project, f"{layer.id} {category.id}", category.name, category.test, codable=True)
    for level in book.levels:
        above = _code(codes, project, f"level {level.id}", level.name, level.test, codable=False)
        for value in level.values:
            _code(above, project, f"level {level.id} {value}", str(value), "", codable=True)
    if not len(codes):
        _code(codes, project, "portrayal", book.name, book.note, codable=False)
    return codes


def _code(above: ET.Element, project: Project, key: str, name: str, test: str, *, codable: bool) -> ET.Element:
    guid = project.name_part("code", key)
    code = ET.SubElement(above, "Code", guid=guid, name=plain(name), isCodable=str(codable).lower())
    if test:
        ET.SubElement(code, "Description").text = plain(test)
    return code


def _source(project: Project, document: Document, guid: str, notes: ET.Element) -> ET.Element:
    facts = {"guid": guid, "name": plain(document.title or document.id), "plainTextPath": f"internal://{guid}.txt"}
    source = ET.Element("TextSource", facts)
    for coder, coding in document.voices:
        for at, mark in enumerate(coding.marks):
            source.append(_selection(project, document, coder, at, mark, notes))
    for coder, coding in document.voices:
        for key, _ in _answers(coding):
            made = ET.SubElement(
                source,
                "Coding",
                guid=project.name_part("coding", document.id, coder, key),
                creatingUser=project.name_part("user", coder),
                creationDateTime=project.made,
            )
            ET.SubElement(made, "CodeRef", targetGUID=project.name_part("code", key))
    return source


def _selection(project: Project, document: Document, coder: str, at: int, mark: Mark, notes: ET.Element) -> ET.Element:
    key = (document.id, coder, at, mark.id)
    user = project.name_part("user", coder)
    selection = ET.Element(
        "PlainTextSelection",
        guid=project.name_part("selection", *key),
        name=plain(document.text[mark.start : mark.end])[:60],
        startPosition=str(mark.start),
        endPosition=str(mark.end),
        creatingUser=user,
        creationDateTime=project.made,
    )
    made = ET.SubElement(
        selection,
        "Coding",
        guid=project.name_part("coding", *key),
        creatingUser=user,
        creationDateTime=project.made,
    )
    ET.SubElement(made, "CodeRef", targetGUID=project.name_part("code", f"{mark.layer} {mark.category}"))
    if mark.reason:
        guid = project.name_part("note", *key)
        note = ET.SubElement(notes, "Note", guid=guid, name="Why", creatingUser=user, creationDateTime=project.made)
        ET.SubElement(note, "PlainTextContent").text = plain(mark.reason)
        ET.SubElement(selection, "NoteRef", targetGUID=guid)
    return selection


def _answers(coding: Coding) -> Iterator[tuple[str, str]]:
    for level, value in coding.levels.items():
        yield f"level {level} {value}", value


def plain(text: str) -> str:
    """The text with a sign of the same length for each that XML 1.0 can't hold, so that places stay."""
    return "".join(
        sign
        if sign in "\t\n\r" or " " <= sign <= "\ud7ff" or "\ue000" <= sign <= "\ufffd" or sign > "\uffff"
        else "\ufffd"
        for sign in text
    )


def dump(root: ET.Element) -> bytes:
    """A whole XML file in UTF-8."""
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))
