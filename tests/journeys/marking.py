"""What is marked on somebody else's page, and a click on it."""

from __future__ import annotations

from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as TooLate

MARKED = """() => Object.fromEntries([...CSS.highlights].filter(([name]) => name.startsWith("parallax-")).map(
  ([name, highlight]) => [name.slice(9), [...highlight].map((range) => range.toString().replace(/\\s+/g, " "))]))"""
LAYOUT = """() => JSON.stringify([document.body.outerHTML, document.documentElement.scrollHeight,
  [...document.body.querySelectorAll("*")].map((one) => one.getBoundingClientRect())])"""
PLAIN = {"term-negative-outlet": ["regime", "tyrant", "ruthless"], "term-negative-quoted": ["disgraceful betrayal"]}


def marked(page: Page) -> dict[str, list[str]]:
    try:
        page.wait_for_function("() => [...CSS.highlights.keys()].some((name) => name.startsWith('parallax-'))")
    except TooLate as late:
        said = page.get_by_role("region", name="Parallax").all_inner_texts()
        raise AssertionError(f"nothing is marked; the corner says {said}") from late
    found: dict[str, list[str]] = page.evaluate(MARKED)
    return found


def click_word(page: Page, name: str, word: str) -> None:
    """A click in the middle of a mark."""
    x, y = page.evaluate(
        """([name, word]) => {
          const range = [...CSS.highlights.get(`parallax-${name}`)].find((one) => one.toString() === word);
          range.startContainer.parentElement.scrollIntoView({ block: "center" });
          const box = range.getClientRects()[0];
          return [box.x + box.width / 2, box.y + box.height / 2];
        }""",
        [name, word],
    )
    page.mouse.click(x, y)
