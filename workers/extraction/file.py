"""An article's text out of plain text, Markdown, HTML, a letter, a Word document, a PDF or a news item."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Callable
from email.message import EmailMessage
from email.utils import parseaddr
from importlib import metadata
from typing import cast

from markdown_it import MarkdownIt

from workers.extraction import agencies, docx_pdf, page, quotes
from workers.extraction.encoding import Decoded, decode
from workers.extraction.extract import Extract
from workers.extraction.filetypes import Kind, recognise
from workers.extraction.letter import leave_signature_out, unflow
from workers.extraction.refusal import Refused, refuse

_FRONT = re.compile(r"\A---[ \t]*\n(.{0,4000}?)\n---[ \t]*\n", re.DOTALL)
_FRONT_LINE = re.compile(r"^(title|author|outlet|date|url)[ \t]*:[ \t]*[\"']?(.*?)[\"']?[ \t]*$", re.I | re.M)


def extract(name: str, content: bytes) -> Extract:
    """The article in this file. Raises Refused when there is none, or the file can't be read."""
    return _PARSERS[recognise(name, content)](content)


def _read_text(content: bytes) -> Extract:
    decoded = decode(content)
    if "\0" in decoded.text:
        raise refuse("file", "not_what_it_says", ending=".txt")
    return _told(decoded, decoded.text.replace("\r\n", "\n").replace("\r", "\n"), "plain text")


def _read_markdown(content: bytes) -> Extract:
    """Markdown as it reads when it is set (CommonMark): no signs, and the first heading for a headline."""
    decoded = decode(content)
    source = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT.match(source)
    said = {key.lower(): value for key, value in _FRONT_LINE.findall(front[1])} if front else {}
    blocks: list[str] = []
    title = None
    tokens = MarkdownIt("commonmark", {"html": False}).parse(source[front.end() :] if front else source)
    quoted = 0
    for at, token in enumerate(tokens):
        quoted += (token.type == "blockquote_open") - (token.type == "blockquote_close")
        if token.type in ("fence", "code_block"):
            blocks.append(token.content.strip())
        if token.type != "inline":
            continue
        line = "".join(
            "\n" if child.type == "hardbreak" else " " if child.type == "softbreak" else child.content
            for child in token.children or []
            if child.type != "image"
        )
        if title is None and not blocks and tokens[at - 1].type == "heading_open":
            title = line.strip()
        else:
            blocks.append(f"{quotes.OPEN}{line}{quotes.CLOSE}" if quoted and line.strip() else line)
    lines = quotes.set_apart("\n\n".join(block for block in blocks if block.strip()).split("\n"))
    found = _told(decoded, "\n".join(lines), "markdown-it-py")
    facts = {key: said.get(key) or None for key in ("author", "outlet", "url")}
    return found.model_copy(update={**facts, "title": said.get("title") or title, "published": said.get("date")})


def _read_html(content: bytes) -> Extract:
    return page.extract(decode(content, markup=True))


def _read_letter(content: bytes) -> Extract:
    """A newsletter: its subject for a headline, who sent it for an outlet."""
    letter = email.message_from_bytes(content, policy=email.policy.default)
    if not isinstance(letter, EmailMessage) or not (letter["from"] or letter["subject"]):
        raise refuse("file", "not_what_it_says", ending=".eml")
    sender, _ = parseaddr(str(letter["from"] or ""))
    date = letter["date"]
    sent = date.datetime.isoformat() if date is not None and date.datetime else None
    found = _read_body(letter)
    return found.model_copy(
        update={
            "title": " ".join(str(letter["subject"] or "").split()) or found.title,
            "outlet": sender or found.outlet,
            "published": sent or found.published,
        }
    )


def _read_body(letter: EmailMessage) -> Extract:
    for wanted in ("html", "plain"):
        body = letter.get_body(preferencelist=(wanted,))
        if body is None:
            continue
        content = cast(bytes, body.get_payload(decode=True) or b"")  # a part with text in it holds no other parts
        decoded = decode(content, body.get_content_charset(), markup=wanted == "html")
        if wanted == "plain":
            text = decoded.text.replace("\r\n", "\n")
            if str(body.get_param("format", "")).lower() == "flowed":
                text = unflow(text, delete_space=str(body.get_param("delsp", "")).lower() == "yes")
            return _told(decoded, leave_signature_out(text), "email (Python)")
        try:
            return page.extract(decoded)
        except Refused:
            continue
    raise refuse("file", "no_text")


def _told(decoded: Decoded, text: str, tool: str) -> Extract:
    if not text.strip():
        raise refuse("file", "no_text")
    if tool == "markdown-it-py":
        tool = f"{tool} {metadata.version(tool)}"
    return Extract(text=text, tool=tool, encoding=decoded.encoding, guessed=decoded.how == "guessed")


_PARSERS: dict[Kind, Callable[[bytes], Extract]] = {
    "text": _read_text,
    "markdown": _read_markdown,
    "html": _read_html,
    "docx": docx_pdf.read_docx,
    "pdf": docx_pdf.read_pdf,
    "eml": _read_letter,
    "ninjs": agencies.read_ninjs,
    "newsml": agencies.read_newsml,
}
