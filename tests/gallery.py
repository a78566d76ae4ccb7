"""`make gallery`: every page in every state, from our own articles, without a worker; for whoever changes how it looks.

Templates, scripts and style sheets are read anew at each look. Listens on PORT (8000) until Ctrl-C.
"""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

from flask import Flask

from models import comparison, pipeline
from models.article import Article
from models.categories.figures import Performance
from models.report import Origin, OwnFinding
from service import assets, create_app, examples, findings
from tests.conftest import serve_alone
from tests.rooms import ARTICLES, OWN, RoomOfTests, open_room, read_articles
from workers import store
from workers.queue import batches, comparisons, feeds, submit
from workers.tasks import grouping

Pages = dict[str, tuple[str, int]]
"""What is shown → its address, and the status that it answers with."""


def read(article: Article) -> str:
    """Submit an article and keep its report, as a worker would; gives its id."""
    identifier = submit(article).id
    if store.begin(identifier, "gallery") == "begun":
        report = pipeline.analyze(article).model_copy(update={"id": identifier})
        store.save(report)
        grouping.group(report)
    return identifier


def compare(reports: list[str]) -> str:
    """Ask for a comparison and keep it, as a worker would; gives its id."""
    identifier = comparisons.ask(reports)
    found = [report for report in map(store.report, reports) if report]
    store.save_comparison(comparison.compare(found).model_copy(update={"id": identifier}))
    return identifier


def fill_room() -> Pages:
    """A room in which two have coded; the owner's link leads in, a browser that followed it sees the rest."""
    room = open_room(create_app())
    room.send(*ARTICLES)
    for name, words in (("Ann", "rammed"), ("Bo", "disgrace")):
        browser = room.join(name)
        for said in ({"act": "mark", "words": words, "what": "loaded:violence"}, {"act": "done"}):
            browser.post(f"/rooms/{room.id}/articles/a1", data=said, headers=OWN)
    edited = {"title": str(ARTICLES[0].title), "text": ARTICLES[0].text.replace("The reckless mayor", "The mayor")}
    room.owner.post(f"/rooms/{room.id}/desk/a1", data=edited, headers=OWN)
    read_articles(room.id)
    few = "2 are coded; 50 are needed"
    store.keep_room_category(room.id, "loaded", store.RoomCategory(status="failed", asked=0, why=few))
    here = f"/rooms/{room.id}"
    layers = fill_layers(room)
    return {
        "rooms": ("/rooms", 200),
        "room, closed": (here, 401),
        "room, its door": (room.path(room.member_link), 200),
        "room, come in as its owner": (room.path(room.owner_link), 303),
        "room": (here, 200),
        "article of a room": (f"{here}/articles/a1", 200),
        "where coders differ": (f"{here}/articles/a1/settle", 200),
        "what all marked": (f"{here}/articles/a1/reveal", 200),
        "worksheet": (f"{here}/articles/a1/worksheet", 200),
        "answer sheet": (f"{here}/articles/a1/answers", 200),
        "agreement": (f"{here}/agreement", 200),
        "codebook": (f"{here}/codebook", 200),
        "codebook, YAML": (f"{here}/codebook.yaml", 200),
        "room, exported": (f"{here}/export.json", 200),
        "marks of a room": (f"{here}/marks.csv", 200),
        "desk": (f"{here}/desk", 200),
        "draft": (f"{here}/desk/a1", 200),
        "draft, one version": (f"{here}/desk/a2/beside", 200),
        "draft, two versions side by side": (f"{here}/desk/a4/beside", 200),
        "house list": (f"{here}/desk/.parallax.toml", 200),
        "own categories": (f"{here}/categories", 200),
        "own category, too few codes": (f"{here}/categories/loaded", 200),
        "own category, its file": (f"{here}/categories/loaded.json", 404),
        "own category, what it finds": (f"{here}/categories/loaded.csv", 200),
        "own category": (f"{here}/categories/genre", 200),
        "layer": (f"{here}/layers/{layers[0]}", 200),
        "layer, article": (f"{here}/layers/{layers[0]}/articles/{layers[2]}", 200),
        "layer, being applied": (f"{here}/layers/{layers[1]}", 200),
        "layer, JSON": (f"{here}/layers/{layers[0]}.json", 200),
        "layer, table": (f"{here}/layers/{layers[0]}.csv", 200),
        "room in other tools": (f"{here}/exchange", 200),
        "room for INCEpTION": (f"{here}/exchange/cas.zip", 200),
    }


def fill_layers(room: RoomOfTests) -> tuple[str, str, str]:
    """A category that was learnt, and two layers made with it: one done, one that goes on; a report of the first."""
    told = {"units": 60, "articles": 6, "macro_f1": 0.71, "low": 0.6, "high": 0.81, "guess": 0.42, "expected": 0.78}
    names = ["blame", "hope"]
    each = {"by_category": {"blame": 0.74, "hope": 0.68}, "counts": {"blame": 31, "hope": 29}}
    curve = [{"codes": codes, "macro_f1": 0.4 + codes / 150} for codes in (10, 20, 40)]
    figures = Performance.model_validate(told | each | {"curve": curve})
    known = store.RoomCategory(
        status="done", asked=1, unit="sentence", categories=names, figures=figures, coded=["a1"], next=["a2", "a3"]
    )
    store.keep_room_category(room.id, "genre", known, "a classifier")
    found = store.room(room.id)
    reports = [entry.report for entry in found.articles.values()] if found else []
    layer = store.OwnLayer(
        name="Blame and hope", category="genre", unit="sentence", categories=names, source="batch", place="0" * 32,
        called="harbour.jsonl", asked=time.time(), total=3,
    )  # fmt: skip
    done, going = (store.add_layer(room.id, layer, reports, "a classifier") for _ in range(2))
    places = [OwnFinding(start=30, end=110, category="blame", probability=0.83)]
    seen = [store.FoundArticle(report=reports[0], findings=places), store.FoundArticle(report=reports[1])]
    part = {"turn": 1, "done": 2, "having": {"blame": 1}}
    store.move_layer(room.id, going, layer.model_copy(update=part), seen)
    part = {"turn": 1, "done": 3, "having": {"blame": 1}, "left_out": 1, "status": "done"}
    gone = store.FoundArticle(report=reports[2], left_out="gone")
    store.move_layer(room.id, done, layer.model_copy(update=part), [*seen, gone])
    return done, going, reports[0]


def fetch_twice(article: Article) -> str:
    """An article as if its page was fetched, and fetched again with another last sentence; gives the last report."""
    address, made = "https://news.example/versions", ""
    for day, end in (("14", ""), ("15", " The paper has since taken a word back.")):
        fetched = article.model_copy(update={"outlet": "The Fetched", "text": article.text + end})
        made = submit(fetched).id
        store.begin(made, "gallery")
        origin = Origin(
            kind="link", name=address, fetched=address, tool="gallery", extracted_at=f"2026-05-{day}T08:00:00Z"
        )
        report = pipeline.analyze(fetched)
        provenance = report.provenance.model_copy(update={"origin": origin})
        report = report.model_copy(update={"id": made, "provenance": provenance})
        store.save(report)
        grouping.group(report)
    return made


def fill() -> Pages:
    """Put something of every kind into the store; what there is to see, and where."""
    told = [read(article) for article in examples.ARTICLES]
    short = read(Article(text="The regime slammed the plan.", outlet="The Short Note"))
    foreign = read(Article(title="Ein anderes Land", text="Der Rat hat am Montag über die Brücke gesprochen. " * 8))
    failed = submit(Article(title="The page that failed", text="It could not be read. " * 9)).id
    store.begin(failed, "gallery")
    store.fail(failed, "The analysis took longer than the time it may take, twice.")
    for number in range(9):  # with the one above, enough articles for an outlet's figures
        outlet = examples.ARTICLES[0].outlet
        text, day = f"{number}. {examples.ARTICLES[0].text}", (examples.ARTICLES[0].published or "")[:8] + f"1{number}"
        read(Article(title=f"Number {number}", outlet=outlet, text=text, published=day))
    version = fetch_twice(examples.ARTICLES[1])
    upload = store.Upload()
    upload.add(b'{"text": "A bell rang over the harbour."}\n{')
    batch = batches.accept(upload, "jsonl", "two-lines.jsonl")
    feed, _ = feeds.watch("https://news.example/feed", outlet="The Example")
    waiting = [submit(Article(title=f"Waiting {number}", text="It waits for a worker. " * 9)).id for number in (1, 2)]
    story = store.recent_stories().items[0].id
    shown = store.report(told[0])
    finding = findings.find(shown).notes[0].name if shown else ""
    return {
        "start": ("/", 200),
        "report": (f"/reports/{told[1]}", 200),
        "report, plainly worded": (f"/reports/{told[0]}", 200),
        "report, short": (f"/reports/{short}", 200),
        "report, not English": (f"/reports/{foreign}", 200),
        "report, failed": (f"/reports/{failed}", 422),
        "report, waiting": (f"/reports/{waiting[1]}", 202),
        "report, unknown": (f"/reports/{'0' * 32}", 404),
        "an edit, being read": (f"/reports/{told[0]}/draft/{waiting[0]}", 202),
        "cite a report": (f"/reports/{told[0]}/cite", 200),
        "judge a finding": (f"/reports/{told[0]}/judge?finding={finding}", 200),
        "bookmark": ("/bookmarklet", 200),
        "chooser": ("/compare", 200),
        "comparison": (f"/comparisons/{compare(told)}", 200),
        "comparison, being made": (f"/comparisons/{comparisons.ask([told[0], short])}", 202),
        "stories": ("/stories", 200),
        "story": (f"/stories/{story}", 200),
        "outlets": ("/outlets", 200),
        "outlet": (f"/outlets/{examples.ARTICLES[0].outlet}", 200),
        "outlet, too few articles": (f"/outlets/{examples.ARTICLES[1].outlet}", 200),
        "outlet, who is heard": (f"/outlets/{examples.ARTICLES[0].outlet}/sources", 200),
        "search": ("/search", 200),
        "search, found": ("/search?q=tram&outlet=" + quote(examples.ARTICLES[0].outlet or ""), 200),
        "report, another version": (f"/reports/{version}", 200),
        "batches": ("/batches", 200),
        "batch, unpacked soon": (f"/batches/{batch}", 202),
        "feeds": ("/feeds", 200),
        "feed": (f"/feeds/{feed.id}", 200),
        "feed, who is heard": (f"/feeds/{feed.id}/sources", 200),
        **fill_room(),
        "method": ("/method", 200),
        "the API's description": ("/api/docs", 200),
    }


def add_index(app: Flask, pages: Pages) -> None:
    """A page `/gallery` that leads to all of them."""
    app.config["TEMPLATES_AUTO_RELOAD"] = True

    @app.before_request
    def _read_anew() -> None:
        assets.forget()

    items = "".join(f'<li><a href="{address}">{name}</a> ({status})' for name, (address, status) in pages.items())
    index = f"<!doctype html><html lang=en><title>Gallery</title><h1>Gallery</h1><ul>{items}</ul>"
    app.add_url_rule("/gallery", "gallery", lambda: index)


def main() -> None:
    """Fill a store of its own and serve it."""
    port = int(os.environ.get("PORT") or 8000)
    with tempfile.TemporaryDirectory() as folder, serve_alone(Path(folder)):
        pages = fill()
        app = create_app()
        add_index(app, pages)
        print(f"Every page: http://127.0.0.1:{port}/gallery", flush=True)
        app.run("127.0.0.1", port, threaded=True)


if __name__ == "__main__":
    main()
