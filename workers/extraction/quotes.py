"""What a page's markup says of quotations, kept in the text: `> ` before every line of a block quote or a post.

The analysis reads that sign as mail and Markdown do (`models/document/voices/`).
"""

from __future__ import annotations

from lxml.html import HtmlElement

OPEN, CLOSE = "\x02", "\x03"  # around a quote while its text is written; no page can hold them
_DASHES = ("—", "–", "-", "―")
_MOST = 0.5  # share of a text from which on its block quotes are a way to set it, and quote nobody


def keep_names(tree: HtmlElement) -> None:
    """Have the names under block quotes stay, as paragraphs that begin with a dash; extraction would drop them."""
    for figure in list(tree.iter("figure")):
        if figure.find(".//blockquote") is not None:
            figure.tag = "div"
            figure.attrib.clear()
            for caption in list(figure.iter("figcaption")):
                _sign(caption)
                (quote,) = list(figure.iter("blockquote"))[:1]
                quote.append(caption)
    for quote in tree.iter("blockquote"):
        for name in list(quote.iter("footer", "cite")):
            if name.tag == "footer" or not (name.tail or "").strip():
                _sign(name)


def _sign(name: HtmlElement) -> None:
    said = " ".join(name.text_content().split())
    tail = name.tail
    for child in list(name):
        name.remove(child)
    name.tag = "p"
    name.attrib.clear()
    name.text = said if not said or said.startswith(_DASHES) else f"— {said}"
    name.tail = tail


def set_apart(lines: list[str]) -> list[str]:
    """The lines without the signs around quotes, those in quotes with `> ` before them."""
    depth, inside, told = 0, 0, []
    for line in lines:
        depth += line.count(OPEN)
        plain = line.replace(OPEN, "").replace(CLOSE, "")
        told.append((plain, depth > 0))
        inside += len(plain) if depth else 0
        depth -= line.count(CLOSE)
    quoted = inside <= _MOST * sum(len(plain) for plain, _ in told)
    return [f"> {plain}" if within and quoted and plain.strip() else plain for plain, within in told]
