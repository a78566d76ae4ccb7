"""`parallax mcp`: a server for assistants that speak the Model Context Protocol."""

from __future__ import annotations

import argparse
import os
from importlib.util import find_spec
from typing import Any

from .errors import PROGRAM, complain

LOOPBACK = "127.0.0.1"
_KEY = "PARALLAX_KEY"
_DESCRIPTION = f"""\
Serve assistants over the Model Context Protocol: read_article, compare_articles, explain_finding, search_reports, and
as resources the codebook and the models' cards. Without options it speaks on standard input and output, as an assistant
on this machine starts it, and analyses in its own process. docs/assistants.md says more.

With --service, reports are read, kept and searched by that Parallax; a key it may ask for stands in {_KEY}.
"""
_EXAMPLES = f"""\
examples:
  {PROGRAM} mcp
  {PROGRAM} mcp --service http://127.0.0.1:8000
  {PROGRAM} mcp --http 8765        an assistant connects to http://{LOOPBACK}:8765/mcp
"""


def add(commands: Any) -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "mcp",
        help="evidence for assistants, over the Model Context Protocol",
        description=_DESCRIPTION,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument(
        "--http", type=_port, metavar="PORT", help=f"serve streamable HTTP on {LOOPBACK}, and no other address"
    )
    command.add_argument("--service", metavar="URL", help="address of a Parallax that reads and keeps the reports")
    command.set_defaults(run=run)


def _port(value: str) -> int:
    if not (value.isdecimal() and 0 < int(value) < 65_536):
        raise argparse.ArgumentTypeError(f"must be a port, 1 to 65535, not {value!r}")
    return int(value)


def run(options: argparse.Namespace) -> int:
    """Serve until the assistant hangs up, or Ctrl-C."""
    if find_spec("mcp") is None:
        return complain("this needs the MCP SDK: pip install 'parallax[mcp]', or pip install 'mcp>=2' beside it.")
    if options.service and not options.service.startswith(("http://", "https://")):
        return complain(f"--service must be an http:// or https:// address, not {options.service!r}.")
    from ..assistant import reports, server  # only now: it loads the SDK, and --help need not wait for that

    kept = reports.There(options.service, os.environ.get(_KEY)) if options.service else reports.Here()
    built = server.build(kept)
    try:
        if options.http:
            built.run("streamable-http", host=LOOPBACK, port=options.http)
        else:
            built.run("stdio")
    except KeyboardInterrupt:
        return 130
    return 0
