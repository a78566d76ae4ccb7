"""Label Studio: tasks with everybody's annotations and Parallax's as predictions, the labelling interface, and back.

Its editor counts places in UTF-16 code units (labelstud.io/guide/task_format, `Text` with `Labels`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree import ElementTree as ET

from ...codebook import Codebook
from ...version import engine
from ..entries import Coding, Done, Entry, Level, Mark
from .project import Document, Project, Units

_TEXT = "text"


class TasksRefused(ValueError):
    """A file holds no tasks that fit the codebook; the message says which, and why."""


def write_tasks(project: Project) -> str:
    """The tasks as its import takes them (JSON)."""
    return json.dumps([_task(project, at, one) for at, one in enumerate(project.documents, 1)], ensure_ascii=False)


def write_interface(book: Codebook) -> str:
    """The labelling interface for this codebook (XML): a set of labels a layer, choices a question."""
    view = ET.Element("View")
    for layer in book.layers:
        ET.SubElement(view, "Header", value=layer.name)
        labels = ET.SubElement(view, "Labels", name=layer.id, toName=_TEXT)
        for category in layer.categories:
            ET.SubElement(labels, "Label", value=category.id, hint=category.test or category.name)
    ET.SubElement(view, "Text", name=_TEXT, value=f"${_TEXT}")
    for level in book.levels:
        ET.SubElement(view, "Header", value=level.name)
        choices = ET.SubElement(view, "Choices", name=level.id, toName=_TEXT, choice="single")
        for value in level.values:
            ET.SubElement(choices, "Choice", value=value)
    ET.indent(view)
    return ET.tostring(view, encoding="unicode") + "\n"


def read_tasks(content: str, book: Codebook, texts: Mapping[str, str]) -> dict[str, dict[str, list[Entry]]]:
    """What its export (JSON) says of our articles: entries by article and coder. Raises TasksRefused.

    `texts`: the text of each article; tasks are known by `data.parallax`, which `write_tasks` puts there.
    """
    try:
        tasks = json.loads(content)
    except ValueError:
        raise TasksRefused("this is no JSON: export the project from Label Studio as “JSON”") from None
    if not isinstance(tasks, list):
        raise TasksRefused("this is no list of tasks: export the project from Label Studio as “JSON”")
    found: dict[str, dict[str, list[Entry]]] = {}
    for number, task in enumerate(tasks, 1):
        name = str(task.get("data", {}).get("parallax", "")) if isinstance(task, dict) else ""
        if name not in texts:
            raise TasksRefused(f"task {number} is none of this room's articles (data.parallax: “{name}”)")
        if task["data"].get(_TEXT) != texts[name]:
            raise TasksRefused(f"task {number}: its text is another one than that of {name}; marks would not fit")
        for annotation in task.get("annotations", ()):
            if annotation.get("was_cancelled"):
                continue
            coder = _coder(annotation.get("completed_by"))
            entries = list(_read(annotation.get("result", ()), book, texts[name], number))
            found.setdefault(name, {})[coder] = [*entries, Done(id="done")]
    return found


def _task(project: Project, number: int, document: Document) -> dict[str, Any]:
    units = Units(document.text)
    data = {_TEXT: document.text, "title": document.title, "parallax": document.id}
    annotations = [
        {
            "id": int(project.name_part(document.id, coder)[:7], 16),
            "completed_by": {"email": f"{_slug(coder)}@room.invalid", "first_name": coder},
            "result": list(_results(coding, document.text, units)),
        }
        for coder, coding in document.codings.items()
    ]
    predictions = []
    if document.tool:
        result = list(_results(document.tool, document.text, units))
        predictions.append({"model_version": f"parallax {engine()}", "result": result})
    return {"id": number, "data": data, "annotations": annotations, "predictions": predictions}


def _results(coding: Coding, text: str, units: Units) -> Iterator[dict[str, Any]]:
    for mark in coding.marks:
        value: dict[str, Any] = {
            "start": units.to(mark.start),
            "end": units.to(mark.end),
            "text": text[mark.start : mark.end],
            "labels": [mark.category],
        }
        yield {"id": mark.id, "from_name": mark.layer, "to_name": _TEXT, "type": "labels", "value": value}
    for level, answer in coding.levels.items():
        yield {
            "id": f"level-{level}",
            "from_name": level,
            "to_name": _TEXT,
            "type": "choices",
            "value": {"choices": [answer]},
        }


def _read(results: Any, book: Codebook, text: str, number: int) -> Iterator[Entry]:
    units = Units(text)
    for at, result in enumerate(results, 1):
        layer, value = str(result.get("from_name", "")), result.get("value", {})
        if result.get("type") == "labels" and (known := book.layer(layer)):
            start, end = units.back(int(value["start"])), units.back(int(value["end"]))
            for label in value.get("labels", ()):
                if known.category(label) is None or not 0 <= start < end <= len(text):
                    raise TasksRefused(
                        f"task {number}, result {at}: “{label}” at {start} is none of the codebook's marks"
                    )
                name = hashlib.sha256(f"{layer} {label} {start} {end}".encode()).hexdigest()[:16]
                yield Mark(id=f"ls{name}", start=start, end=end, layer=layer, category=label)
        elif result.get("type") == "choices" and (level := book.level(layer)):
            answer = (value.get("choices") or [""])[0]
            if answer not in level.values:
                raise TasksRefused(f"task {number}, result {at}: “{answer}” is no answer to {layer}")
            yield Level(id=f"level-{layer}", level=layer, value=answer)


def _coder(completed_by: Any) -> str:
    if isinstance(completed_by, dict):
        return str(
            completed_by.get("first_name") or completed_by.get("email") or completed_by.get("id") or "Label Studio"
        )
    return f"Label Studio {completed_by}" if completed_by is not None else "Label Studio"


def _slug(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:12]
