"""From what somebody sent to an Article: one validation and one set of messages for form and JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, NoReturn, TypeVar, get_args
from urllib.parse import parse_qsl

from flask import Request
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from pydantic_core.core_schema import ErrorType

from models.article import LONGEST_NAME, MOST_TOLD, Article, Facts
from models.limits import LIMITS
from models.report import Report
from service.problems import FieldError, Refusal
from service.texts import TEXTS, say
from workers.extraction import ssrf
from workers.extraction.refusal import Refused
from workers.extraction.source import Link, Page
from workers.queue import callbacks
from workers.store import State, Submitted

FORM_FIELDS = ("title", "outlet", "author", "url", "published", "text")
# A box that was ticked sends the value; what it says of the article.
BOXES: dict[str, tuple[str, bool]] = {"private": ("yes", True), "retain": ("no", False)}
FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")
MOST_FIELDS = 50

M = TypeVar("M", bound=BaseModel)

# A quotation mark, and all up to the next that is not written \"; a repeat that gives nothing back can't explode.
_STRING = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?+', re.DOTALL)
_BRACKET = re.compile(r"[\[\]{}]")
_PYDANTICS = frozenset(get_args(ErrorType))
_SHORTER = {"string_too_long": "too_long", "string_too_short": "too_short"}
MOST_LISTED = 100
_KINDS = {dict: "an object", list: "a list", str: "a text", bool: "true or false", int: "a number", float: "a number"}


def read_json(request: Request, model: type[M]) -> M:
    """The request's JSON body as `model`, or a refusal that says what to do."""
    return validate(_read_body(request), model)


def read_submission(request: Request) -> Submitted:
    """The JSON body as what it is: an article with its `text`, the source of a page (`html`), or a link (`url`)."""
    body = _read_body(request)
    if not isinstance(body, dict) or "text" in body:
        return validate(body, Article)
    if "html" in body:
        return validate(body, Page)
    if not is_address(body.get("url")):
        return validate(body, Article)
    link = validate(body, Link)
    try:
        ssrf.examine(link.url)
    except Refused as refused:
        error = FieldError(field="url", code=refused.code, message=refused.reason)
        raise Refusal(422, "invalid_article", refused.reason, [error]) from None
    return link


def is_address(value: object) -> bool:
    """Is this an address that a page may stand at?"""
    try:
        return Facts.model_validate({"url": value}).url is not None
    except ValidationError:
        return False


def _read_body(request: Request) -> Any:
    if request.mimetype != "application/json":
        sent = f"“{request.mimetype}”" if request.mimetype else "no content type"
        raise Refusal(
            415,
            "unsupported_media_type",
            f"The body came with {sent}. Send JSON with the header Content-Type: application/json, "
            'such as {"text": "…"}; PDFs, Word documents and other files go to /api/v1/files.',
            headers={"Accept": "application/json"},
        )
    return _parse(_decode(request.get_data(cache=False)))


def validate(body: Any, model: type[M]) -> M:
    """The parsed body as `model`, or a refusal that names each bad field."""
    try:
        found = model.model_validate(body)
    except ValidationError as invalid:
        errors = explain(invalid, model)
        code = "invalid_article" if issubclass(model, Facts) else "invalid_request"
        raise Refusal(422, code, _summary(errors), errors) from None
    if isinstance(found, Facts) and found.callback_url:
        examine_callback(found.callback_url, "invalid_article")
    return found


def examine_callback(url: str, code: str = "invalid_request") -> None:
    """Refuse an address that can't be called back."""
    try:
        Facts(callback_url=url)
        callbacks.examine(url)
    except callbacks.NoSecret:
        why, text = "callbacks_off", say("refused.callbacks_off")
    except Refused as refused:
        why, text = refused.code, refused.reason
    except ValidationError:
        why, text = "url", "must be a full http:// or https:// address"
    else:
        return
    raise Refusal(422, code, f"callback_url: {text}", [FieldError(field="callback_url", code=why, message=text)])


def read_form(request: Request) -> dict[str, str]:
    """The form's fields as typed, line ends as \\n (a browser sends \\r\\n)."""
    if request.mimetype not in FORM_TYPES:
        raise Refusal(
            415,
            "unsupported_media_type",
            "Send the form as a browser does; programs send JSON to /api/v1/articles.",
        )
    if request.mimetype == "multipart/form-data":
        typed: Mapping[str, str] = request.form
    else:
        try:
            typed = dict(
                parse_qsl(
                    _decode(request.get_data(cache=False)),
                    keep_blank_values=True,
                    errors="strict",
                    max_num_fields=MOST_FIELDS,
                )
            )
        except UnicodeDecodeError as broken:
            _refuse_encoding(broken)
        except ValueError:
            raise Refusal(400, "bad_request", "The form holds too many fields.") from None
    return {field: typed.get(field, "").replace("\r\n", "\n") for field in (*FORM_FIELDS, *BOXES)}


def validate_form(typed: Mapping[str, str], markup: bool = False) -> tuple[Submitted | None, list[FieldError]]:
    """What was typed, or what is wrong with each field: an article; a link, where there is an address and no text; or,
    where its sender says so (`markup`), the source of a page in the field for the text."""
    filled: dict[str, Any] = {
        field: value for field, value in typed.items() if field not in BOXES and (value.strip() or field == "text")
    }
    filled |= {field: said for field, (ticked, said) in BOXES.items() if typed.get(field) == ticked}
    model: type[Article | Link | Page] = Article
    if markup:
        model, filled["html"] = Page, filled.pop("text")
    elif not typed["text"].strip() and is_address(typed["url"]):
        model = Link
        del filled["text"]
    try:
        found = model.model_validate(filled)
        if isinstance(found, Link):
            ssrf.examine(found.url)
    except ValidationError as invalid:
        return None, [
            error.model_copy(update={"field": "text"}) if error.field == "html" else error
            for error in explain(invalid, model)
        ]
    except Refused as refused:
        message = say("refused.link", reason=refused.reason)
        return None, [FieldError(field="url", code=refused.code, message=message)]
    return found, []


def type_again(report: Report, state: State) -> dict[str, str]:
    """The form's fields as they would have to be typed, and its boxes ticked, to get this report's article."""
    article = report.article
    body = article.text[article.title_end :].removeprefix("\n\n") if article.title_end else article.text
    facts = {field: getattr(article, field) or "" for field in FORM_FIELDS if field != "text"}
    # What is gone once read is in no list either, so that the other box would say nothing of it.
    ticked = {"retain": "no"} if not state.retained else {} if state.listed else {"private": "yes"}
    return facts | ticked | {"text": body}


def explain(invalid: ValidationError, model: type[BaseModel]) -> list[FieldError]:
    """One message a field: what is wrong, what is allowed, what to do."""
    found: dict[str, FieldError] = {}
    for error in invalid.errors(include_url=False):
        place = error["loc"]
        field = str(place[0])[:LONGEST_NAME] if place else ("targets" if error["type"] == "target_outside" else "")
        if len(found) == MOST_TOLD:
            break
        kind = _SHORTER.get(error["type"], error["type"])
        found.setdefault(field, FieldError(field=field, code=kind, message=_message(field, kind, error, model)))
    return list(found.values())


def _message(field: str, kind: str, error: ErrorDetails, model: type[BaseModel]) -> str:
    context = error.get("ctx", {})
    if kind == "extra_forbidden" and field == "html":
        return say("refused.text_and_html")
    if kind == "extra_forbidden" and not issubclass(model, Facts):
        return say("refused.extra_comparison", field=field)
    if not isinstance(error["input"], str):
        kind = {"too_long": "too_many", "too_short": "too_few"}.get(kind, kind)
    template = TEXTS["refused"].get(kind)
    if template is None:
        # Messages of our own (models.article) are whole; pydantic's need a frame.
        frame = "refused.other" if error["type"] in _PYDANTICS else "refused.ours"
        return say(frame, message=error["msg"])
    return str(template).format(
        field=field,
        known=", ".join(model.model_fields),
        got=_KINDS.get(type(error["input"]), "null"),
        limit=f"{context.get('max_length', context.get('min_length', 0)):,}",
        actual=f"{len(error['input']) if isinstance(error['input'], (str, list)) else 0:,}",
    )


def _summary(errors: list[FieldError]) -> str:
    return " ".join(f"{error.field}: {error.message}" if error.field else error.message for error in errors[:3])


def _decode(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as broken:
        if body.startswith(b"%PDF-"):
            raise Refusal(400, "bad_encoding", "This is a PDF file. Copy the article’s text out of it.") from None
        _refuse_encoding(broken)


def _refuse_encoding(broken: UnicodeDecodeError) -> NoReturn:
    raise Refusal(
        400,
        "bad_encoding",
        f"The body is not valid UTF-8 at byte {broken.start}. Send plain text in UTF-8, not a file such as a PDF.",
    ) from None


def _parse(body: str) -> Any:
    def refuse_constant(name: str) -> NoReturn:
        raise Refusal(400, "bad_json", f"{name} is not JSON. Leave the field out or send null.")

    _refuse_depth(body)
    try:
        return json.loads(body, parse_constant=refuse_constant)
    except json.JSONDecodeError as broken:
        raise Refusal(
            400,
            "bad_json",
            f"The body is not valid JSON: {broken.msg} at line {broken.lineno}, column {broken.colno}. "
            'Send an object such as {"text": "…"}.',
        ) from None
    except (RecursionError, ValueError):
        raise Refusal(400, "bad_json", "The body is nested too deeply or holds an endless number.") from None


def _refuse_depth(body: str) -> None:
    """Refuse what is nested too deeply before anything is made of it."""
    depth = 0
    for bracket in _BRACKET.findall(_STRING.sub("", body)):
        depth += 1 if bracket in "[{" else -1
        if depth > LIMITS.json_depth:
            raise Refusal(400, "bad_json", f"The body is nested too deeply; {LIMITS.json_depth} levels are accepted.")


def read_limit(request: Request) -> int:
    """How many a list shall give: the parameter `limit`, 20 without one."""
    limit = request.args.get("limit", str(20))
    if not limit.isdecimal() or not 1 <= int(limit[:9]) <= MOST_LISTED:
        raise Refusal(400, "bad_request", f"limit must be a whole number from 1 to {MOST_LISTED}.")
    return int(limit)


def bad_cursor() -> Refusal:
    """The parameter `cursor` is none of ours."""
    return Refusal(400, "bad_request", "cursor must be the “next” of an earlier answer, unchanged.")
