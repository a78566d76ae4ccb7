"""The method page is docs/methodology.md, with a figure for each layer and what each mark is and is not."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from models import codebook
from service import methodology
from service.texts import TEXTS
from tests.service.html import look, read


@pytest.fixture
def page(client: FlaskClient) -> str:
    return client.get("/method").text


def test_it_is_the_file_from_first_to_last(page: str) -> None:
    file = methodology.FILE.read_text("utf-8")
    titles = re.findall(r"^##? (.+)$", file, re.MULTILINE)
    assert [" ".join(one.split()) for one in look(page, "//article//*[self::h1 or self::h2]/text()")] == titles
    rows = re.findall(r"^\| (?!\*)([^|`*]+?) \|", file, re.MULTILINE)
    cells = [" ".join(one.split()) for one in look(page, "//td[1]/text() | //th/text()")]
    assert set(rows) - {"---"} <= set(cells)
    assert "](" not in read(page, "//article")


def test_links_lead_somewhere(client: FlaskClient, page: str) -> None:
    ids = look(page, "//@id")
    assert len(ids) == len(set(ids))
    inside = [one[1:] for one in look(page, "//article//a/@href") if one.startswith("#")]
    assert set(inside) <= set(ids)
    served = [one for one in look(page, "//article//a/@href") if not one.startswith(("#", "https://"))]
    assert [client.get(one).status_code for one in served] == [200] * len(served)


def test_each_layer_has_its_figure_in_its_chapter(page: str) -> None:
    for layer in TEXTS["layer"]:
        figure = f"//section[@aria-labelledby='{layer['method']}']//figure[contains(figcaption, '{layer['name']}')]"
        assert layer["measured"] in read(page, f"{figure}/figcaption")
        assert look(page, f"{figure}/p//*[@class]"), layer["name"]


@pytest.mark.parametrize("layer", ["loaded", "devices", "statements"])
def test_the_gallery_shows_every_kind_with_its_near_misses(page: str, layer: str) -> None:
    kinds = codebook.read(codebook.default_text()).layer(layer)
    assert kinds
    for kind in kinds.categories:
        row = f"//tr[th[starts-with(normalize-space(text()), '{kind.name}')]]"
        assert kind.test in read(page, f"{row}/th")
        assert all(words.replace("[", "").replace("]", "") in read(page, f"{row}/td[1]") for words in kind.yes)
        assert all(words in read(page, f"{row}/td[2]") for words in kind.no)


def test_examples_are_the_lexicons_own(page: str) -> None:
    slammed = "//tr[th[starts-with(normalize-space(text()), 'Violence')]]"
    assert look(page, f"{slammed}/td[1]//u[@class='term negative']/text()")[0] == "slammed"
    assert "The car slammed into a wall." in look(page, f"{slammed}/td[2]//li/text()")
    names = "//tr[th[starts-with(normalize-space(text()), 'Contested name')]]"
    assert len(look(page, f"{names}/td[1]//u")) == 2, "one of each camp"
    assert look(page, "//tr[th[starts-with(normalize-space(text()), 'Presupposition')]]//u[@class='device']/text()")


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("Plain.", "Plain."),
        ("She {term negative|slammed} it.", 'She <u class="term negative">slammed</u> it.'),
        ("{tone down|▾} & <b>", '<span class="tone down">▾</span> &amp; &lt;b&gt;'),
        ("{source|A & B} {cue|said}", '<u class="source">A &amp; B</u> <u class="cue">said</u>'),
    ],
)
def test_a_figure_is_drawn_and_escaped(text: str, drawn: str) -> None:
    assert methodology.draw_figure(text) == drawn
