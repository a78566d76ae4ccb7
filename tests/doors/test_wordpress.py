"""The plugin in a real WordPress: its own PHP, its own database, its own editor in a real Chromium.

It takes long, and WordPress is no package of Python: `make soak` runs it where it is installed (Debian: `apt install
wordpress php-cli php-mysql mariadb-server-core`).
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from doors.__main__ import main as build
from tests.conftest import Service, find_port, wait_until
from workers.parent import die_with_parent

SOURCE = Path("/usr/share/wordpress")
MISSING = [name for name in ("php", "mariadbd", "mariadb-install-db") if not shutil.which(name)]
pytestmark = [
    pytest.mark.soak,
    pytest.mark.timeout(3_600),
    pytest.mark.skipif(
        bool(MISSING) or not SOURCE.exists(),
        reason="no WordPress here; Debian: apt install wordpress php-cli php-mysql mariadb-server-core",
    ),
]
PATIENCE = 300_000  # milliseconds; a small machine may be busy
USER = {"log": "ann", "pwd": "a password of the tests alone"}
SECRET = "plx_a-key-of-the-tests-alone"

INSTALL = """<?php
$_SERVER['HTTP_HOST'] = '%(host)s';
define('WP_INSTALLING', true);
require '%(site)s/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/plugin.php';
wp_install('The Harrow Post', '%(log)s', 'ann@harrow.example', false, '', '%(pwd)s');
$failed = activate_plugin('parallax/parallax.php');
exit(is_wp_error($failed) ? 1 : 0);
"""
CONFIG = """<?php
define('DB_NAME', 'wordpress'); define('DB_USER', 'root'); define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:%(socket)s'); define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
foreach (array('AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE') as $name) {
  define("{$name}_KEY", 'a key of the tests'); define("{$name}_SALT", 'a salt of the tests');
}
define('WP_HTTP_BLOCK_EXTERNAL', true); define('WP_ACCESSIBLE_HOSTS', '127.0.0.1');
define('DISABLE_WP_CRON', true); define('AUTOMATIC_UPDATER_DISABLED', true); define('WP_DEBUG', true);
define('WP_DEBUG_DISPLAY', false); define('WP_DEBUG_LOG', '%(site)s/debug.log');
define('WP_HOME', 'http://%(host)s'); define('WP_SITEURL', 'http://%(host)s');
$table_prefix = 'wp_';
defined('ABSPATH') || define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
"""
PARAGRAPHS = [
    "The regime in city hall shut the old bridge on Monday, critics say.",
    "“This is a disgraceful betrayal,” said Ana Moore, who sells bread.",
]


def start(*command: str | Path, **environment: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command, env=os.environ | environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=die_with_parent,  # noqa: PLW1509 - it calls one function of C
    )  # fmt: skip


def answers(host: str) -> bool:
    """Does somebody listen there?"""
    name, _, port = host.partition(":")
    with socket.socket() as probe:
        return probe.connect_ex((name, int(port))) == 0


@pytest.fixture(scope="module")
def wordpress(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A WordPress with the plugin, and nobody's settings yet: its address."""
    folder = tmp_path_factory.mktemp("wordpress")
    site, data = folder / "site", folder / "data"
    facts = {"socket": folder / "sql", "site": site, "host": f"127.0.0.1:{find_port()}", **USER}
    shutil.copytree(SOURCE, site, ignore_dangling_symlinks=True)
    build([str(folder / "built")])
    shutil.copytree(folder / "built" / "wordpress" / "parallax", site / "wp-content" / "plugins" / "parallax")
    (site / "wp-config.php").write_text(CONFIG % facts)
    (folder / "install.php").write_text(INSTALL % facts)
    (folder / "start.sql").write_text("CREATE DATABASE IF NOT EXISTS wordpress;\n")
    alone = ["--no-defaults", f"--datadir={data}", "--user=root"]
    subprocess.run(
        ["mariadb-install-db", *alone, "--auth-root-authentication-method=normal", "--skip-test-db"],
        check=True, capture_output=True,
    )  # fmt: skip
    database = start(
        "mariadbd", *alone, f"--socket={facts['socket']}", "--skip-networking", f"--init-file={folder}/start.sql"
    )
    wait_until(facts["socket"].exists)  # type: ignore[union-attr]  # a path
    installed = subprocess.run(["php", folder / "install.php"], capture_output=True, text=True, check=False)
    assert installed.returncode == 0, installed.stdout + installed.stderr
    server = start("php", "-S", str(facts["host"]), "-t", site, PHP_CLI_SERVER_WORKERS="4")
    wait_until(lambda: answers(str(facts["host"])))
    yield f"http://{facts['host']}"
    for process in (server, database):
        os.killpg(process.pid, signal.SIGTERM)  # PHP's server has workers of its own
        process.wait(60)
    log = site / "debug.log"
    assert "parallax" not in (log.read_text() if log.exists() else "")  # no notice of PHP about the plugin


@pytest.fixture
def editor(wordpress: str, browser: Browser) -> Iterator[Page]:
    """A tab of somebody who has signed in."""
    page = browser.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{wordpress}/wp-login.php")
    page.get_by_label("Username or Email Address").fill(USER["log"])
    page.get_by_label("Password", exact=True).fill(USER["pwd"])
    page.get_by_role("button", name="Log In").click()
    page.wait_for_url("**/wp-admin/**")
    yield page
    page.close()


def choose(page: Page, wordpress: str, address: str, key: str = "") -> None:
    """Fill in the settings, as an administrator does."""
    page.goto(f"{wordpress}/wp-admin/options-general.php?page=parallax")
    page.get_by_label("Address").fill(address)
    page.get_by_label("Key, if it asks for one").fill(key)
    page.get_by_role("button", name="Save Changes").click()
    expect(page.get_by_text("Settings saved.")).to_be_visible()


def draft(page: Page, wordpress: str) -> None:
    """A new post with a headline and two paragraphs in the editor, and the panel open."""
    page.goto(f"{wordpress}/wp-admin/post-new.php")
    page.wait_for_function("() => window.wp?.data?.select('core/editor')?.getCurrentPostId?.()", timeout=PATIENCE)
    page.evaluate(
        """(paragraphs) => {
          const { select, dispatch } = wp.data;
          const blocks = paragraphs.map((content) => wp.blocks.createBlock("core/paragraph", { content }));
          if (select("core/edit-post").isFeatureActive("welcomeGuide")) {
            dispatch("core/edit-post").toggleFeature("welcomeGuide");
          }
          dispatch("core/editor").editPost({ title: "Tyrant closes bridge" });
          dispatch("core/block-editor").insertBlocks(blocks);
          dispatch("core/edit-post").openGeneralSidebar("parallax/parallax");
        }""",
        PARAGRAPHS,
    )


MARKED = """() => {
  const doc = document.querySelector("iframe[name=editor-canvas]")?.contentDocument ?? document;
  const drawn = [...doc.defaultView.CSS.highlights];
  return drawn.flatMap(([name, marks]) => [...marks].map((range) => [name, range.toString()]));
}"""


def test_a_draft_is_read_marked_and_left_as_it_is(wordpress: str, editor: Page, service: Service) -> None:
    choose(editor, wordpress, service.url)
    draft(editor, wordpress)
    content = editor.evaluate("() => wp.data.select('core/editor').getEditedPostContent()")
    editor.get_by_role("button", name="Read the draft").click()
    expect(editor.get_by_text("Open the report")).to_be_visible()
    findings = editor.locator(".parallax-findings")
    expect(findings).to_contain_text("regime: label, negative")
    expect(findings).to_contain_text("plain: government, administration")
    marked = editor.evaluate(MARKED)
    assert ["parallax-term-negative-outlet", "regime"] in marked
    assert ["parallax-term-negative-outlet", "Tyrant"] in marked  # in the headline
    assert ["parallax-term-negative-quoted", "disgraceful betrayal"] in marked
    assert editor.evaluate("() => wp.data.select('core/editor').getEditedPostContent()") == content
    page = editor.get_by_text("Open the report").get_attribute("href") or ""
    report = read(page.replace("/reports/", "/api/v1/reports/"))
    assert report["article"]["text"] == "\n\n".join(["Tyrant closes bridge", *PARAGRAPHS])
    assert report["article"]["outlet"] == "The Harrow Post"
    assert report["id"] not in [one["id"] for one in read(f"{service.url}/api/v1/reports")["reports"]]  # private


def read(address: str) -> Any:
    with urllib.request.urlopen(address, timeout=60) as answer:
        return json.load(answer)


def test_a_parallax_that_is_away_is_said_and_the_key_stays_on_the_server(wordpress: str, editor: Page) -> None:
    away = f"http://127.0.0.1:{find_port()}"
    choose(editor, wordpress, away, SECRET)
    assert SECRET not in editor.content()
    draft(editor, wordpress)
    assert SECRET not in editor.content()
    editor.get_by_role("button", name="Read the draft").click()
    told = editor.get_by_role("region", name="Editor settings").get_by_text(f"The Parallax at {away} does not answer")
    expect(told).to_be_visible()


def test_strangers_may_ask_nothing(wordpress: str) -> None:
    asked = urllib.request.Request(
        f"{wordpress}/?rest_route=/parallax/v1/read",
        json.dumps({"post": 1, "text": "It rained."}).encode(),
        {"Content-Type": "application/json"},
    )
    for request in (asked, f"{wordpress}/?rest_route=/parallax/v1/marks/{'0' * 32}"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request, timeout=300)
        assert refused.value.code == 401
        refused.value.close()
