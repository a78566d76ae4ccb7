"""Who may, with keys: those who have one, each for what it is good for; and the sessions of browsers."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from functools import cache

import pytest
import redis
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer

from models.report import Report
from service import access, create_app
from workers import keys, settings, store
from workers.keys import SCOPES, Key, Scope
from workers.store.server import Server

SECRETS: dict[str, str] = {}
KEYS: dict[str, Key] = {}
for _scope in SCOPES:
    SECRETS[_scope], KEYS[_scope] = keys.make(f"{_scope}er", [_scope])
OWN = {"Sec-Fetch-Site": "same-origin"}


make_guarded = cache(create_app)  # once, while the keys are set


@pytest.fixture
def guarded(server: Server) -> Iterator[Flask]:
    """The web with a key for each scope."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARALLAX_API_KEYS", " ".join(map(str, KEYS.values())))
        settings.current.cache_clear()
        yield make_guarded()
    settings.current.cache_clear()


@pytest.fixture
def stranger(guarded: Flask) -> FlaskClient:
    """Somebody without a key."""
    return guarded.test_client()


def bearing(scope: str) -> dict[str, str]:
    """The header of a program with the key of this scope."""
    return {"Authorization": f"Bearer {SECRETS[scope]}"}


def sign_in(client: FlaskClient, scope: Scope) -> None:
    """Give the key of this scope on the sign-in page."""
    answer = client.post("/sign-in", data={"key": SECRETS[scope], "next": "/compare"}, headers=OWN)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/compare")


def routes(app: Flask) -> Iterator[tuple[str, str, str]]:
    """Every route: its endpoint, an address, a method."""
    for rule in app.url_map.iter_rules():
        address = re.sub(r"<[^>]*>", "none", re.sub(r"<any\(['\"]?(\w+)[^>]*>", r"\1", rule.rule))
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule.endpoint, address, method


def test_every_route_says_what_it_needs(guarded: Flask) -> None:
    silent = {
        endpoint
        for endpoint, _, _ in routes(guarded)
        if endpoint != "static" and not hasattr(guarded.view_functions[endpoint], "_parallax_need")
    }
    assert silent == set(), "put @access.needs(…) under the route of each"


def test_only_these_need_no_key(guarded: Flask) -> None:
    assert {endpoint for endpoint, _, _ in routes(guarded) if access.need(guarded, endpoint) == "nothing"} == {
        "static", "healthz", "readyz", "sessions.show_sign_in", "sessions.sign_in", "sessions.sign_out",
        "room_doors.show_door", "room_doors.enter", "room_doors.leave",
    }  # fmt: skip


def test_a_route_that_says_nothing_is_for_admins(guarded: Flask) -> None:
    app = create_app()  # with the same keys
    app.add_url_rule("/forgotten", "forgotten", lambda: "seen")
    client = app.test_client()
    assert client.get("/forgotten").status_code == 401
    assert client.get("/forgotten", headers=bearing("read")).status_code == 403
    assert client.get("/forgotten", headers=bearing("admin")).text == "seen"


def test_a_stranger_reaches_nothing(stranger: FlaskClient) -> None:
    for endpoint, address, method in routes(stranger.application):
        if access.need(stranger.application, endpoint) == "nothing":
            continue
        answer = stranger.open(address, method=method, headers=OWN)
        assert answer.status_code == 401, (method, address)
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        kind = "application/problem+json" if address.startswith("/api/") else "text/html"
        assert answer.mimetype == kind, address
    assert stranger.get("/nowhere").status_code == 401
    assert stranger.get("/healthz").status_code == 200


def test_a_key_reaches_what_it_is_good_for_and_nothing_else(stranger: FlaskClient) -> None:
    for endpoint, address, method in routes(stranger.application):
        need = access.need(stranger.application, endpoint)
        for scope in SCOPES if need not in ("nothing", "room") else ():
            answer = stranger.open(address, method=method, headers=bearing(scope))
            refused = answer.status_code == 403
            assert refused == (scope not in (need, "admin")), (scope, method, address, answer.status_code)
            if refused:
                assert answer.json["code"] == "scope_missing"
                assert f"“{need}”" in answer.json["detail"]
                assert f'scope="{need}"' in answer.headers["WWW-Authenticate"]


@pytest.mark.parametrize("given", ["Bearer plx_wrong", "Bearer ", "Bearer \u00e9", "bearer  x y z"])
def test_a_wrong_key_is_refused(stranger: FlaskClient, given: str) -> None:
    answer = stranger.get("/api/v1/reports", headers={"Authorization": given})
    assert (answer.status_code, answer.json["code"]) == (401, "key_unknown")
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]


def test_other_ways_to_say_who_one_is_count_for_nothing(stranger: FlaskClient) -> None:
    assert stranger.get("/api/v1/reports", headers={"Authorization": f"Basic {SECRETS['read']}"}).status_code == 401
    assert stranger.get(f"/api/v1/reports?key={SECRETS['read']}").status_code == 401


def test_a_person_signs_in_reads_and_signs_out(stranger: FlaskClient, stored: Report) -> None:
    asked = stranger.get(f"/reports/{stored.id}?at=1-2")
    assert asked.status_code == 401
    assert f'name="next" value="/reports/{stored.id}?at=1-2"' in asked.text
    sign_in(stranger, "read")
    page = stranger.get(f"/reports/{stored.id}")
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    assert "Sign out reader" in page.text
    assert "Delete this report" not in page.text
    assert stranger.get("/api/v1/reports").status_code == 200
    assert stranger.post("/sign-out", headers=OWN).headers["Location"] == "/sign-in"
    assert stranger.get("/").status_code == 401


def test_a_copied_cookie_ends_with_the_session_it_was_copied_from(guarded: Flask) -> None:
    owner, thief, other = (guarded.test_client() for _ in range(3))
    sign_in(owner, "read")
    sign_in(other, "read")
    cookie = owner.get_cookie("parallax-session")
    assert cookie is not None
    thief.set_cookie("parallax-session", cookie.value)
    assert thief.get("/").status_code == 200
    owner.post("/sign-out", headers=OWN)
    assert thief.get("/").status_code == 401
    assert other.get("/").status_code == 200  # whoever signed in elsewhere with the same key goes on
    names = [name.decode() for name in redis.Redis.from_url(store.url()).scan_iter("parallax:session:*")]
    assert not any(cookie.value in name for name in names)
    assert thief.post("/sign-out", headers=OWN).status_code == 303  # of a session that is over


@pytest.mark.parametrize("name", ["", "x", "\udce9", "../session", "a" * 4_000, "a key's digest"])
def test_a_made_up_session_is_none(stranger: FlaskClient, name: str) -> None:
    name = KEYS["read"].digest if name == "a key's digest" else name  # keys are made anew in every process
    headers = {"Cookie": f"parallax-session={name.encode('utf-8', 'surrogateescape').decode('latin-1')}"}
    assert stranger.get("/", headers=headers).status_code == 401
    assert stranger.post("/sign-out", headers=headers | OWN).status_code == 303


def test_a_key_takes_back_its_own_judgements_alone(guarded: Flask, stored: Report) -> None:
    """The read key of these tests may not judge; two more that may, and an admin's, do."""
    made = {name: keys.make(name, ["read", "submit"]) for name in ("ann", "bo")}
    guarded.config["KEYS"] = (*KEYS.values(), *(key for _, key in made.values()))
    ann, bo = ({"Authorization": f"Bearer {made[name][0]}"} for name in ("ann", "bo"))
    where = f"/api/v1/reports/{stored.id}/judgements"
    client = guarded.test_client()
    one, two = (
        client.post(where, json={"finding": "term-3", "verdict": "agree", "reason": reason}, headers=ann).json["id"]
        for reason in ("mine", '{"by":"bo"} mine too')
    )
    refused = client.delete(f"{where}/{one}", headers=bo)
    assert (refused.status_code, refused.json["code"]) == (403, "scope_missing")
    assert "given with another key" in refused.json["detail"]
    form = {"judgement": one, "note": "1"}
    assert client.post(f"/reports/{stored.id}/judge/withdraw", data=form, headers=bo).status_code == 403
    assert [j["by"] for j in client.get(where, headers=bo).json["judgements"]] == ["ann", "ann"]
    assert "Take back" in client.get(f"/reports/{stored.id}", headers=ann).text
    assert "Take back" not in client.get(f"/reports/{stored.id}", headers=bo).text
    assert client.delete(f"{where}/none", headers=bo).status_code == 404
    kept = client.get(where, headers=ann).json["judgements"]
    client.post(f"/reports/{stored.id}/judge/withdraw", data=form, headers=ann)
    back = f"/reports/{stored.id}/judge/restore"
    assert "undo" not in client.get(f"/reports/{stored.id}?taken_back={one}&note=1", headers=bo).text
    assert client.post(back, data=form, headers=bo).status_code == 403
    assert client.post(back, data=form, headers=ann).status_code == 303
    again = client.get(where, headers=ann).json["judgements"]
    assert sorted(again, key=lambda j: j["id"]) == sorted(kept, key=lambda j: j["id"])
    assert client.delete(f"{where}/{one}", headers=ann).status_code == 204
    assert client.delete(f"{where}/{two}", headers=bearing("admin")).status_code == 204
    assert client.get(where, headers=ann).json["judgements"] == []


def test_a_page_that_a_key_is_not_good_for_says_so(stranger: FlaskClient, stored: Report) -> None:
    sign_in(stranger, "read")
    answer = stranger.post(f"/reports/{stored.id}/delete", data={"sure": "yes"}, headers=OWN)
    assert (answer.status_code, answer.mimetype) == (403, "text/html")
    assert "“delete”" in answer.text
    assert store.report(stored.id)


def test_the_cookie_is_kept_from_scripts_other_sites_and_plain_http(stranger: FlaskClient) -> None:
    plain = stranger.post("/sign-in", data={"key": SECRETS["read"]}, headers=OWN).headers["Set-Cookie"]
    assert plain.startswith("parallax-session=")
    assert "HttpOnly" in plain
    assert "SameSite=Lax" in plain
    assert f"Max-Age={12 * 3600}" in plain
    sent = stranger.post("/sign-in", data={"key": SECRETS["read"]}, headers=OWN, base_url="https://localhost")
    secure = sent.headers["Set-Cookie"]
    assert secure.startswith("__Host-parallax-session=")
    assert "Secure" in secure
    assert "max-age" in sent.headers["Strict-Transport-Security"]
    assert not any(secret in plain + secure for secret in SECRETS.values())


def test_nobody_gets_a_cookie_who_does_not_sign_in(stranger: FlaskClient) -> None:
    for address in ("/", "/sign-in", "/healthz", "/api/v1/reports"):
        assert "Set-Cookie" not in stranger.get(address).headers
    assert "Set-Cookie" not in stranger.get("/api/v1/reports", headers=bearing("read")).headers


def test_a_wrong_key_on_the_sign_in_page_says_so(stranger: FlaskClient) -> None:
    answer = stranger.post("/sign-in", data={"key": "plx_<b>", "next": "/compare"}, headers=OWN)
    assert answer.status_code == 401
    assert 'aria-invalid="true"' in answer.text
    assert "plx_&lt;b" not in answer.text.replace("plx_</code>", "")
    assert 'value="/compare"' in answer.text
    assert "Set-Cookie" not in answer.headers


def test_a_session_that_is_forged_old_or_of_a_key_taken_back_is_none(stranger: FlaskClient) -> None:
    stranger.set_cookie("parallax-session", URLSafeTimedSerializer("guess", salt="x").dumps(KEYS["admin"].digest))
    assert stranger.get("/").status_code == 401
    sign_in(stranger, "read")
    assert stranger.get("/").status_code == 200
    later = time.time() + 13 * 3600
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(time, "time", lambda: later)
        assert stranger.get("/").status_code == 401
    with pytest.MonkeyPatch.context() as patch:
        left = tuple(key for key in KEYS.values() if key.name != "reader")
        patch.setitem(stranger.application.config, "KEYS", left)
        assert stranger.get("/").status_code == 401


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_a_form_of_another_site_can_not_use_a_session(
    stranger: FlaskClient, stored: Report, headers: dict[str, str]
) -> None:
    sign_in(stranger, "admin")
    for address in (f"/reports/{stored.id}/delete", "/", "/examples", "/sign-out", "/api/v1/comparisons"):
        answer = stranger.post(address, data={"sure": "yes"}, headers=headers)
        assert answer.status_code == 403, address
    assert stranger.delete(f"/api/v1/reports/{stored.id}", headers=headers).status_code == 403
    assert store.report(stored.id)


@pytest.mark.parametrize(
    "wanted",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)",
     "/\t/evil.example", "\t//evil.example", "evil", "", "///evil.example"],
)  # fmt: skip
def test_signing_in_leads_to_no_other_site(stranger: FlaskClient, wanted: str) -> None:
    answer = stranger.post("/sign-in", data={"key": SECRETS["read"], "next": wanted}, headers=OWN)
    assert answer.headers["Location"] == "/"
