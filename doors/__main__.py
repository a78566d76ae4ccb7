"""`python -m doors` (`make doors`): put together what other programs take in, in one folder.

Everything is a copy of files in this folder, of the script that marks pages (service/static/marks.js), or made from the
lexicons.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Callable
from pathlib import Path

from doors import vale

HERE = Path(__file__).parent
MARKS = HERE.parent / "service" / "static" / "marks.js"


def build_extension(into: Path) -> None:
    """The browser's extension: a folder to load, and the same as a zip to hand on."""
    folder = into / "extension"
    shutil.copytree(HERE / "extension", folder)
    shutil.copy(MARKS, folder)
    shutil.make_archive(str(into / "parallax-extension"), "zip", folder)


def build_wordpress(into: Path) -> None:
    """The WordPress plugin, as a zip to upload."""
    folder = into / "wordpress" / "parallax"
    shutil.copytree(HERE / "wordpress" / "parallax", folder)
    shutil.copy(MARKS, folder)
    shutil.make_archive(str(into / "parallax-wordpress"), "zip", into / "wordpress")


BUILDS: tuple[Callable[[Path], None], ...] = (build_extension, build_wordpress, vale.build)


def main(arguments: list[str] | None = None) -> int:
    """Build every door anew."""
    parser = argparse.ArgumentParser(prog="python -m doors", description="Put together the doors into other programs.")
    parser.add_argument("into", nargs="?", type=Path, default=HERE.parent / ".doors", help="folder (default: .doors)")
    into = parser.parse_args(arguments).into
    shutil.rmtree(into, ignore_errors=True)
    into.mkdir(parents=True)
    for build in BUILDS:
        build(into)
    print(f"{', '.join(sorted(path.name for path in into.iterdir()))} in {into}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
