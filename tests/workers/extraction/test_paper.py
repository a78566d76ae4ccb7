"""Papers and letters: columns, hyphens, struck-out paragraph marks, headlines nobody wrote, signatures."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest

from models.document import read as document_of
from tests.papers import PARAGRAPHS, change_docx, draw_pdf, escape, make_docx, make_letter, place_pdf
from tests.workers.extraction.test_file import TEXT, read
from workers.extraction import articles
from workers.extraction.source import File

LEFT = [
    "The council of Harrow closed the old",
    "bridge over the Tarn on Monday, after",
    "engineers had found cracks in two of",
    "its piers. Traffic is being sent over",
    "the ring road.",
]
RIGHT = [
    "Ana Moore, who sells bread on the far",
    "bank, said that half of her customers",
    "had stayed away. The repair will take",
    "until autumn if the weather holds.",
    "A ferry starts on Friday.",
]
THIRD = [
    "The bridge was built in 1931 and now",
    "carries nine thousand cars on a usual",
    "working day, most of them before nine",
    "in the morning, when the town begins",
    "its work again.",
]
IN_ORDER = f"{' '.join(LEFT)}\n\n{' '.join(RIGHT)}"
ALONE = [(50, 770 - 14 * at, line) for at, line in enumerate(LEFT + RIGHT)]
ACROSS = [
    (x, 770 - 14 * at, line)
    for at, lines in enumerate(zip(LEFT, RIGHT, strict=True))
    for x, line in zip((50, 310), lines, strict=True)
]


def notes(content: bytes) -> tuple[str, tuple[str, ...]]:
    copy = articles.prepare(File(name="a.pdf", content=content))
    return copy.article.text, copy.notes


@pytest.mark.parametrize(
    ("drawn", "noted"),
    [
        (ACROSS, ("columns",)),
        ([(x, y - (5 if x > 50 else 0), line) for x, y, line in ACROSS], ("columns",)),  # their lines are not level
        (sorted(ACROSS), ()),  # the left one first, though from below
        (sorted(ACROSS, key=lambda one: (one[0], -one[1])), ()),
        (ALONE, ()),
    ],
)
def test_columns_are_read_one_after_the_other(drawn: list[tuple[int, int, str]], noted: tuple[str, ...]) -> None:
    text, found = notes(place_pdf(drawn))
    assert found == noted
    assert text == IN_ORDER or drawn == sorted(ACROSS)


PAIRS = [(escape(left), escape(right)) for left, right in zip(LEFT, RIGHT, strict=True)]
WAYS = {
    "moving on from the left one": b"BT /F1 11 Tf 50 770 Td %s ET"
    % b" ".join(b"(%s) Tj 260 0 Td (%s) Tj -260 -14 Td" % pair for pair in PAIRS),
    "with a wide gap between letters": b"BT /F1 11 Tf 50 770 Td 14 TL %s ET"
    % b" ".join(b"[(%s) -6000 (%s)] TJ T*" % pair for pair in PAIRS),
    "with spaces": b"BT /F1 11 Tf 50 770 Td 14 TL %s ET"
    % b" ".join(b"(%s            %s) Tj T*" % pair for pair in PAIRS),
    "on a page that is scaled": b"q 0.5 0 0 0.5 0 0 cm %s Q"
    % b" ".join(b"BT /F1 22 Tf 1 0 0 1 %d %d Tm (%s) Tj ET" % (2 * x, 2 * y, escape(text)) for x, y, text in ACROSS),
    "with letters that are scaled": b" ".join(
        b"BT /F1 1 Tf 11 0 0 11 %d %d Tm (%s) Tj ET" % (x, y, escape(text)) for x, y, text in ACROSS
    ),
}


@pytest.mark.parametrize("drawn", WAYS.values(), ids=WAYS)
def test_columns_are_told_however_a_line_is_drawn_across_them(drawn: bytes) -> None:
    assert notes(draw_pdf(drawn)) == (IN_ORDER, ("columns",))


def test_three_columns_below_a_headline_across_all_of_them() -> None:
    rows = enumerate(zip(LEFT, RIGHT, THIRD, strict=True))
    drawn = [(x, 740 - 14 * at, line) for at, lines in rows for x, line in zip((40, 240, 440), lines, strict=True)]
    headline = (40, 790, "Council closes bridge over the Tarn, and nobody says for how long it will be closed")
    text, found = notes(place_pdf([headline, *drawn]))
    assert found == ("columns",)
    assert text.index(headline[2]) == 0
    assert IN_ORDER.split("\n\n", maxsplit=1)[0] in text
    assert text.endswith("most of them before nine in the morning, when the town begins its work again.")


def test_words_drawn_one_by_one_and_tables_are_no_columns() -> None:
    words = [
        (50 + 6 * line.index(word), 770 - 14 * at, f"{word} ")
        for at, line in enumerate(LEFT * 3)
        for word in line.split()
    ]
    text, found = notes(place_pdf(words))
    assert found == ()
    assert text.startswith("The council of Harrow closed the old bridge over the Tarn on Monday")
    table = [(x, 700 - 14 * row, f"{row}{x}") for row in range(12) for x in (50, 200, 350)]
    assert notes(place_pdf(table))[1] == ()


def test_hyphens_and_ligatures_of_a_pdf() -> None:
    text = read("a.pdf", (Path(__file__).parent / "cases/e13-ligatures.pdf").read_bytes())[0].text
    assert text.startswith("The council's affairs came to a halt on Monday, as officials stifled a vote")
    assert "said Ana Moffatt, a brave firefighter from Corley" in text
    assert "this inflammatory plan fear a long-term closure and speak of a disgraceful affair" in text


@pytest.mark.parametrize(
    ("struck", "expected"),
    [
        (b"del", "It was old and it was wet.\n\nThe end."),
        (b"moveFrom", "It was old and it was wet.\n\nThe end."),
        (b"ins", "It was old and\n\nit was wet.\n\nThe end."),
        (b"moveTo", "It was old and\n\nit was wet.\n\nThe end."),
    ],
)
def test_a_struck_out_paragraph_mark_joins_two_paragraphs(struck: bytes, expected: str) -> None:
    content = make_docx(["It was old and ", "it was wet.", "The end."])
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        document = opened.read("word/document.xml")
    first = b'<w:r><w:t xml:space="preserve">It was old'
    mark = b'<w:pPr><w:rPr><w:%s w:id="9" w:author="x"/></w:rPr></w:pPr>' % struck
    changed = document.replace(first, mark + first)
    assert changed != document
    assert read("a.docx", change_docx(content, {"word/document.xml": changed}))[0].text == expected


@pytest.mark.parametrize("title", ["Word Document", "Document1", "Microsoft Word - bridge.docx", "untitled", ""])
def test_a_headline_that_a_program_invented_is_none(title: str) -> None:
    opened = docx.Document()
    opened.core_properties.title = title
    opened.add_paragraph(PARAGRAPHS[0])
    out = io.BytesIO()
    opened.save(out)
    assert read("a.docx", out.getvalue())[0].title is None


def test_a_word_document_without_properties_has_no_headline_and_no_author() -> None:
    bare = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(make_docx(PARAGRAPHS, title=""))) as old, zipfile.ZipFile(bare, "w") as new:
        for name in old.namelist():
            if name == "docProps/core.xml":
                continue
            content = old.read(name)
            if name == "_rels/.rels":
                content = re.sub(rb"<Relationship [^>]*core-properties[^>]*/>", b"", content)
            if name == "[Content_Types].xml":
                content = re.sub(rb"<Override [^>]*core.xml[^>]*/>", b"", content)
            new.writestr(name, content)
    article, _ = read("a.docx", bare.getvalue())
    assert (article.title, article.author, article.text) == (None, None, TEXT)


SIGNED = "The ferry left on time.\n\nNobody was late, the captain said."


@pytest.mark.parametrize(
    "ending",
    [
        "\n-- \nThe Harrow Post, Mill Street 4, Harrow\nUnsubscribe: https://harrow.example/u\n",
        "\n-- \nYou are reading the Post because you asked for it on our page.\n",
        "\n--\nAnn Lee\nEditor, The Harrow Post\n",
        "\n____________________\nThe Harrow Post\n",
        "\n—\nSent from a train\n",
        "\n",
    ],
)
def test_a_letter_s_signature_is_left_out(ending: str) -> None:
    assert read("post.eml", make_letter(None, f"{SIGNED}\n{ending}"))[0].text == SIGNED


def test_what_follows_a_line_of_signs_stays_where_it_is_prose() -> None:
    text = "The ferry left on time.\n\n____\nNobody was late, the captain said on Monday, and all were glad of it."
    assert read("post.eml", make_letter(None, text))[0].text == text


def test_lines_of_a_flowed_letter_are_joined() -> None:
    head = b"From: Ann <a@b.example>\r\nSubject: Ferry\r\nContent-Type: text/plain; format=flowed%s\r\n\r\n"
    body = b"The ferry left \r\non time.\r\n\r\n From here on \r\n> he said so \r\n> twice.\r\n"
    text = "The ferry left on time.\n\nFrom here on \n> he said so twice."
    assert read("a.eml", head % b"" + body)[0].text == text
    assert read("a.eml", head % b"; DelSp=yes" + b"The fer \r\nry left.\r\n")[0].text == "The ferry left."
    assert read("a.eml", (head % b"").replace(b"; format=flowed", b"") + body)[0].text.startswith("The ferry left \non")


def test_no_word_about_the_letter_counts() -> None:
    lines = [
        SIGNED, "View this email in your browser", "You are receiving this email because you signed up at our page.",
        "Unsubscribe: https://harrow.example/u",
    ]  # fmt: skip
    article, _ = read("post.eml", make_letter(None, "\n\n".join(lines)))
    document = document_of(article)
    counted = [document.text[s.start : s.end] for s in document.sentences if s.part not in ("boilerplate", "headline")]
    assert counted == ["The ferry left on time.", "Nobody was late, the captain said."]
