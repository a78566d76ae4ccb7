"""Finds a Chromium for the journeys: one that is there, else Playwright's own download, else the system's package."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
# Chromium's address bar draws its list by a page of its own, which costs more than most pages of ours: a second of work
# for every tab. The list of features counts as a whole, so that Playwright's is said again.
FEATURES_OFF = (
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup",
    "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled",
    "PreconnectToSearch",
)  # fmt: skip
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(FEATURES_OFF)}",
]
HOW = (
    "The journeys need a Chromium and none could be had. Install one so that it is on the PATH (Debian, Ubuntu: "
    "apt install chromium; macOS: brew install --cask chromium), or where downloads are allowed: "
    ".venv/bin/playwright install --with-deps chromium"
)


class NoBrowser(Exception):
    """There is no browser, and none can be installed here."""


def find_browser(playwright: Playwright) -> Path:
    """Give the path of a Chromium, installing one if it must. Raises NoBrowser that says how to get one."""
    return _find_on_path() or _find_playwrights(playwright) or _install_system_package() or _give_up()


def _find_on_path() -> Path | None:
    return next((Path(found) for name in NAMES if (found := shutil.which(name))), None)


def _find_playwrights(playwright: Playwright) -> Path | None:
    own = Path(playwright.chromium.executable_path)
    if not own.exists():
        _try([sys.executable, "-m", "playwright", "install", "chromium"], seconds=300)
    return own if own.exists() and _try([str(own), "--version"], seconds=30) else None


def _install_system_package() -> Path | None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    _try(["apt-get", "update", "-qq"], seconds=300)
    _try(["apt-get", "install", "-qq", "--yes", "--no-install-recommends", "chromium"], seconds=600)
    return _find_on_path()


def _try(command: list[str], seconds: float) -> bool:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        ended = subprocess.run(command, env=environment, capture_output=True, timeout=seconds, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return ended.returncode == 0


def _give_up() -> Path:
    raise NoBrowser(HOW)
