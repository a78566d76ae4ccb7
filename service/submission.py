"""From what somebody sent to an Article: one validation and one set of messages for form and JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, NoReturn, TypeVar
from urllib.parse import parse_qsl

from flask import Request, request
from pydantic import BaseModel, ValidationError
from werkzeug.wrappers import Response as WerkzeugResponse

from models import refusals
from models.article import Facts
from models.limits import LIMITS
from models.refusals import FieldError, Invalid
from models.report import Report
from service.problems import Refusal
from service.texts import say
from workers import settings
from workers.extraction.refusal import Refused
from workers.extraction.source import recognise
from workers.queue import callbacks
from workers.store import State, Submitted

FORM_FIELDS = ("title", "outlet", "author", "url", "published", "text")
# A box that was ticked sends the value; what it says of the article.
BOXES: dict[str, tuple[str, bool]] = {"private": ("yes", True), "retain": ("no", False)}
FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")
MOST_FIELDS = 50
CHOICE = "parallax-private"  # the cookie that remembers whether texts are sent privately
_YEAR = 365 * 86_400  # seconds
_BARE_ADDRESS = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?::\d{1,5})?(?:[/?#]\S*)?", re.IGNORECASE)

M = TypeVar("M", bound=BaseModel)

# A quotation mark, and all up to the next that is not written \"; a repeat that gives nothing back can't explode.
_STRING = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?+', re.DOTALL)
_BRACKET = re.compile(r"[\[\]{}]")
MOST_LISTED = 100


def read_json(request: Request, model: type[M]) -> M:
    """The request's JSON body as `model`, or a refusal that says what to do."""
    return validate(_read_body(request), model)


def read_submission(request: Request) -> Submitted:
    """The JSON body as what it is: an article with its `text`, the source of a page (`html`), or a link (`url`)."""
    return _accept(recognise, _read_body(request), "invalid_article")


def validate(body: Any, model: type[M]) -> M:
    """The parsed body as `model`, or a refusal that names each bad field."""
    code = "invalid_article" if issubclass(model, Facts) else "invalid_request"
    return _accept(partial(refusals.validate, model), body, code)


def _accept(read: Callable[[Any], M], body: Any, code: str) -> M:
    try:
        found = read(body)
    except Invalid as invalid:
        raise Refusal(422, code, str(invalid), list(invalid.errors)) from None
    if isinstance(found, Facts) and found.callback_url:
        examine_callback(found.callback_url, code)
    return found


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
    """The form's fields as typed, line ends as \\n (a browser sends \\r\\n). Refused (415) where it is no form."""
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


def remember_choice(response: WerkzeugResponse, chosen: str) -> WerkzeugResponse:
    """Have the browser remember whether its reader sends texts privately or into the lists, where that was chosen."""
    if chosen not in ("yes", "no"):
        return response
    response.set_cookie(
        CHOICE, chosen, max_age=_YEAR, secure=request.is_secure, httponly=True,
        samesite="Lax",
    )  # fmt: skip
    return response


def proposes_private(typed: Mapping[str, str]) -> bool:
    """Which of the two stands in a form: what was typed, else what was chosen last, else what the operator proposes."""
    chosen = typed.get("private") or request.cookies.get(CHOICE)
    return chosen == "yes" if chosen else settings.current().private


def complete_address(address: str) -> str:
    """An address as people type it, with its scheme: www.example.org/news → https://www.example.org/news."""
    return f"https://{address.strip()}" if _BARE_ADDRESS.fullmatch(address.strip()) else address


def validate_form(typed: Mapping[str, str], markup: bool = False) -> tuple[Submitted | None, Sequence[FieldError]]:
    """What was typed, or what is wrong with each field: an article; a link, where there is an address and no text; or,
    where its sender says so (`markup`), the source of a page in the field for the text."""
    filled: dict[str, Any] = {field: value for field, value in typed.items() if field not in BOXES and value.strip()}
    if "url" in filled:
        filled["url"] = complete_address(filled["url"])
    if "url" not in filled or markup:
        filled.setdefault("text", typed["text"])
    filled |= {field: said for field, (ticked, said) in BOXES.items() if typed.get(field) == ticked}
    if markup:
        filled["html"] = filled.pop("text")
    try:
        return recognise(filled), ()
    except Invalid as invalid:
        return None, [_say_of_form(error) for error in invalid.errors]


def _say_of_form(error: FieldError) -> FieldError:
    """The same of the field that a person sees: a page's source stands in that of the text, an address may be short."""
    if error.field == "html":
        return error.model_copy(update={"field": "text"})
    return error.model_copy(update={"message": say("form.address")}) if error.kind == "url" else error


def type_again(report: Report, state: State) -> dict[str, str]:
    """The form's fields as they would have to be typed, and its boxes ticked, to get this report's article."""
    article = report.article
    body = article.text[article.title_end :].removeprefix("\n\n") if article.title_end else article.text
    facts = {field: getattr(article, field) or "" for field in FORM_FIELDS if field != "text"}
    # What is gone once read is in no list either, so that the other box would say nothing of it.
    ticked = {"retain": "no"} if not state.retained else {} if state.listed else {"private": "yes"}
    return facts | ticked | {"text": body}


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
    """How many a list shall give: the parameter `limit`, 20 without one. Refused (400) where it is no such number."""
    limit = request.args.get("limit", str(20))
    if not limit.isdecimal() or not 1 <= int(limit[:9]) <= MOST_LISTED:
        raise Refusal(400, "bad_request", f"limit must be a whole number from 1 to {MOST_LISTED}.")
    return int(limit)


def read_span(request: Request) -> tuple[str | None, str | None]:
    """The days asked for, each optional. Raises Refusal, which names what is no day and says how one is written."""
    days: dict[str, str | None] = {}
    errors = []
    for field in ("since", "until"):
        typed = request.args.get(field, "").strip()
        try:
            days[field] = date.fromisoformat(typed).isoformat() if typed else None
        except ValueError:
            errors.append(FieldError(field=field, code="not_a_day", message=say("audit.not_a_day", field=field)))
    if not errors and days["since"] and days["until"] and days["since"] > days["until"]:
        errors.append(FieldError(field="until", code="before_since", message=say("audit.before_since")))
    if errors:
        raise Refusal(400, "bad_request", " ".join(error.message for error in errors), errors)
    return days["since"], days["until"]
