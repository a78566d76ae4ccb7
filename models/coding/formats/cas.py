"""UIMA CAS, as INCEpTION imports it: a ZIP archive with a type system and an XMI a coder and article.

Places count UTF-16 code units, as Java does. A layer is the type `webanno.custom.<Layer>` with the feature `category`,
a question the feature `value` of `webanno.custom.Answer` over the whole text.
"""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree import ElementTree as ET

from ...codebook import Codebook
from ..entries import Coding
from .project import Document, Project, Units
from .refi import EPOCH, dump, plain

_XMI, _CAS, _CUSTOM = "http://www.omg.org/XMI", "http:///uima/cas.ecore", "http:///webanno/custom.ecore"
_TYPES = "http://uima.apache.org/resourceSpecifier"
ET.register_namespace("xmi", _XMI)
ET.register_namespace("cas", _CAS)
ET.register_namespace("custom", _CUSTOM)


def write(project: Project) -> bytes:
    """The archive: TypeSystem.xml, and ARTICLE/CODER.xmi for each."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("TypeSystem.xml", EPOCH), write_types(project.codebook))
        for document in project.documents:
            for coder, coding in document.voices:
                name = re.sub(r"[^\w.-]+", "_", coder) or "coder"
                file = zipfile.ZipInfo(f"{document.id}/{name}.xmi", EPOCH)
                archive.writestr(file, write_cas(document, coding))
    return packed.getvalue()


def write_types(book: Codebook) -> bytes:
    """The type system for this codebook."""
    root = ET.Element("typeSystemDescription", xmlns=_TYPES)
    types = ET.SubElement(root, "types")
    for layer in book.layers:
        _type(types, _name(layer.id), layer.test, {"category": "which category", "reason": "why"})
    if book.levels:
        _type(types, "Answer", "An answer to the whole article", {"question": "which question", "value": "the answer"})
    return dump(root)


def write_cas(document: Document, coding: Coding) -> bytes:
    """One coder's marks of one article (XMI)."""
    units = Units(document.text)
    root = ET.Element(f"{{{_XMI}}}XMI", {f"{{{_XMI}}}version": "2.0"})
    ET.SubElement(root, f"{{{_CAS}}}NULL", {f"{{{_XMI}}}id": "0"})
    end = str(units.to(len(document.text)))
    members: list[str] = []

    def annotate(kind: str, facts: dict[str, str]) -> None:
        members.append(str(len(members) + 10))
        ET.SubElement(root, f"{{{_CUSTOM}}}{kind}", {f"{{{_XMI}}}id": members[-1], "sofa": "1", **facts})

    for mark in coding.marks:
        place = {"begin": str(units.to(mark.start)), "end": str(units.to(mark.end))}
        annotate(_name(mark.layer), place | {"category": mark.category, "reason": plain(mark.reason)})
    for level, value in coding.levels.items():
        annotate("Answer", {"begin": "0", "end": end, "question": level, "value": plain(value)})
    sofa = {"sofaNum": "1", "sofaID": "_InitialView", "mimeType": "text", "sofaString": plain(document.text)}
    ET.SubElement(root, f"{{{_CAS}}}Sofa", {f"{{{_XMI}}}id": "1", **sofa})
    ET.SubElement(root, f"{{{_CAS}}}View", {"sofa": "1", "members": " ".join(members)})
    return dump(root)


def _name(identifier: str) -> str:
    """A layer's id as the name of a type: frames, FramesOfMine."""
    return "".join(part.capitalize() for part in identifier.split("_"))


def _type(types: ET.Element, name: str, told: str, features: dict[str, str]) -> None:
    described = ET.SubElement(types, "typeDescription")
    ET.SubElement(described, "name").text = f"webanno.custom.{name}"
    ET.SubElement(described, "description").text = told
    ET.SubElement(described, "supertypeName").text = "uima.tcas.Annotation"
    held = ET.SubElement(described, "features")
    for feature, meaning in features.items():
        one = ET.SubElement(held, "featureDescription")
        ET.SubElement(one, "name").text = feature
        ET.SubElement(one, "description").text = meaning
        ET.SubElement(one, "rangeTypeName").text = "uima.cas.String"
