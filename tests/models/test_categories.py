"""Categories of one's own: codes in, a classifier with honest figures out, and what it finds in an article."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path

import pytest

from models import pipeline
from models.article import Article
from models.categories import codes, learning
from models.categories.model import WrongModel, load
from models.categories.units import Codes

from .conftest import Command

PLACES = ("Harrow", "Lind", "Marden", "Kessing", "Aldmoor", "Wend")
COST = (
    "The new ferry will cost {0} two million crowns a year, the treasurer wrote.",
    "Taxes in {0} must rise by a tenth to pay for the harbour wall.",
    "Traders in {0} lost a third of their income when the market closed.",
    "The loan for the school roof in {0} is dearer than planned.",
    "Wages at the mill in {0} fell while prices went up.",
)
DANGER = (
    "Fire broke out in the old mill of {0} and two men were hurt.",
    "Police in {0} warn of ice on the bridge after a cyclist was injured.",
    "A wall near the school in {0} is about to fall, an engineer found.",
    "Doctors in {0} treated nine children who drank from the well.",
    "The storm tore the roof off the hospital in {0}.",
)
CODED = [
    *((text.format(place), "cost") for text, place in product(COST, PLACES)),
    *((text.format(place), "danger") for text, place in product(DANGER, PLACES)),
]


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("codes") / "towns.csv"
    rows = [f'"{text}",{category}' for text, category in CODED]
    path.write_text("\n".join(["Example,Category", *rows]), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def learned(table: Path) -> learning.Learned:
    coded, kind = codes.read(table)
    return learning.learn([unit for one in coded for unit in learning.look(one, kind)], "towns", kind)


def test_it_is_told_by_articles_that_it_had_not_seen(learned: learning.Learned) -> None:
    figures = learned.model.figures
    assert figures.counts == {"cost": 30, "danger": 30}
    assert figures.units == figures.articles == 60
    assert 0.9 < figures.macro_f1 <= 1
    assert figures.low <= figures.macro_f1 <= figures.high
    assert figures.guess == 0.3333  # whoever always says one of two
    assert [point.codes for point in figures.curve] == [10, 19, 29, 38, 48]
    assert figures.expected >= figures.macro_f1


def test_the_same_codes_give_the_same_file(learned: learning.Learned, table: Path) -> None:
    coded, kind = codes.read(table)
    again = learning.learn([unit for one in coded for unit in learning.look(one, kind)], "towns", kind)
    assert again.model == learned.model


def test_a_new_article_is_judged(learned: learning.Learned) -> None:
    text = "Rents in Tarn have doubled, and the bakery can no longer pay its bills."
    found = pipeline.analyze(Article(text=text), own=[learned.model]).categories
    (own,) = found
    assert (own.name, own.unit, own.version) == ("towns", "article", learned.model.version)
    ((place),) = own.findings
    assert (place.start, place.end, place.category) == (0, len(text), "cost")
    assert place.probability > 0.5


def test_sentences_are_judged_one_by_one() -> None:
    units = []
    for at, (text, category) in enumerate(CODED):
        whole = f"The council met on Monday. {text}"
        marks = [(27, len(whole), category)] if category == "danger" else []
        units += learning.look(codes.CodedText(str(at), Article(text=whole), Codes(marks=marks)), "sentence")
    model = learning.learn(units, "danger", "sentence").model
    assert model.categories == ["danger"]
    assert model.figures.counts == {"danger": 30}
    text = "The choir sang on Sunday. Three people were hurt when the scaffold fell."
    (own,) = pipeline.analyze(Article(text=text), own=[model]).categories
    assert [text[one.start : one.end] for one in own.findings] == ["Three people were hurt when the scaffold fell."]


def test_what_to_code_next_is_what_it_is_least_sure_of(learned: learning.Learned) -> None:
    texts = [CODED[0][0], "The choir of Tarn will sing.", CODED[0][0], CODED[-1][0]]
    units = [
        unit
        for at, text in enumerate(texts)
        for unit in learning.look(codes.CodedText(str(at), Article(text=text), Codes()), "article")
    ]
    assert learning.suggest(learned.model, units, 2)[0] == 1
    assert sorted(learning.suggest(learned.model, units, 9)) == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("few.csv", "text,label\nIt rained.,wet\n", "1 are coded; 50 are needed"),
        ("none.csv", "headline,outlet\nIt rained.,Post\n", "one with the category"),
        ("half.jsonl", '{"text": "It rained."}', "line 1: the line: Value error, needs `category`"),
        ("broken.jsonl", '{"text": "It rained.", "category": "wet"}\n{"text"', "line 2: the line"),
        ("mixed.jsonl", '{"text": "A.", "category": "a"}\n{"text": "B.", "marks": []}', "some lines have `category`"),
    ],
)
def test_codes_that_teach_nothing_are_refused(
    command: Command, name: str, content: str, said: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    done = command("category", str(tmp_path / name), "--output", str(tmp_path / "out.json"))
    assert done.returncode == 1
    assert said in done.stderr
    assert not (tmp_path / "out.json").exists()


def test_from_a_table_to_a_report_on_the_command_line(command: Command, table: Path, tmp_path: Path) -> None:
    made = command("category", str(table), "--output", str(tmp_path / "towns.json"))
    assert made.returncode == 0, made.stderr
    assert "towns: 60 articles of 60 articles" in made.stdout
    assert "with 200 codes more you may expect" in made.stdout
    line = {"text": "Rents in Tarn have doubled.", "id": 7}
    read = command("analyze", "--with", str(tmp_path / "towns.json"), lines=[line])
    assert read.returncode == 0, read.stderr
    (own,) = json.loads(read.stdout)["categories"]
    assert own["findings"][0]["category"] == "cost"
    (tmp_path / "cut.json").write_text((tmp_path / "towns.json").read_text()[:-400])
    wrong = command("analyze", "--with", str(tmp_path / "cut.json"), lines=[line])
    assert wrong.returncode == 1
    assert "holds no category" in wrong.stderr


def test_numbers_that_were_changed_are_refused(learned: learning.Learned, tmp_path: Path) -> None:
    held = learned.model.model_dump(mode="json")
    for change, said in (
        ({"reader": "0" * 64}, "another version of the reader"),
        ({"words": held["words"][:-1]}, "cut or was changed"),
        ({"categories": ["cost"]}, "cut or was changed"),
    ):
        path = tmp_path / "changed.json"
        path.write_text(json.dumps(held | change), encoding="utf-8")
        with pytest.raises(WrongModel, match=said):
            load(path)


def test_a_rooms_file_teaches_by_layer() -> None:
    room = {
        "format": codes.ROOM,
        "codebook": {"layers": [{"id": "blame"}], "levels": [{"id": "side"}]},
        "articles": [
            {
                "id": "a1",
                "article": {"title": "Bridge", "title_end": 6, "text": "Bridge\n\nThe mayor let it rot."},
                "said": {
                    "p1": [
                        {"id": "m1", "kind": "mark", "layer": "blame", "category": "blame", "start": 8, "end": 29},
                        {"id": "level-side", "kind": "level", "level": "side", "value": "theirs"},
                        {"id": "done", "kind": "done"},
                    ],
                    "p2": [{"id": "level-side", "kind": "level", "level": "side", "value": "ours"}],
                },
            },
            {"id": "a2", "article": None, "said": {"p1": [{"id": "done", "kind": "done"}]}},
        ],
    }
    coded, kind = codes.read_room(room, "blame")
    assert (kind, coded[0].codes.marks) == ("sentence", [(8, 29, "blame")])
    coded, kind = codes.read_room(room, "side")
    assert (kind, [one.codes.category for one in coded]) == ("article", ["theirs"])
    with pytest.raises(codes.CodesRefused, match="blame, side"):
        codes.read_room(room, "tone")
