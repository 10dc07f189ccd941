"""The command line: the same verbs as the web, for the secretariat and the operator.

Every error is one clear line with what to do, and exit code 2; a traceback would be a fault of ours.
"""

import argparse
import io
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from types import MappingProxyType

import voting
from voting.config_faults import ConfigFaults
from voting.core.errors import Broken, Refusal

_ABOUT = """書面総会の表決サービス

Written-resolution voting: issue signed ballots, receive votes by web, fax and post, count them exactly
with the deemed rule visible, and publish a result that anyone can check.

Start here:  voting demo          try everything with a sample assembly, in a browser
             voting setup         prepare a folder for a service of your own
             voting count         count answers that are in a spreadsheet already
"""

# Module -> its commands, in the order of the help. A module is imported when one of them is asked for:
# nobody who counts a spreadsheet waits for the libraries of the website.
PARTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "demo": ("demo",),
        "count": ("count",),
        "server": ("setup", "check", "migrate", "serve", "tick"),
        "office": ("account", "body", "roll"),
        "keys": ("keys",),
        "assembly": ("assembly",),
        "paper": ("paper",),
        "export": ("export",),
        "audit": ("verify", "verify-receipt"),
        "witness": ("witness",),
    }
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 done, 2 refused, 130 stopped by Ctrl-C, also while its libraries are loaded."""
    try:
        return _main(sys.argv[1:] if arguments is None else list(arguments), alone=arguments is None)
    except KeyboardInterrupt:
        return 130


def _main(words: list[str], *, alone: bool) -> int:
    """Shape: *alone* where this process is for nothing but the command."""
    for stream in (sys.stdout, sys.stderr):
        # A name with a character that this terminal does not have is no reason to stop.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    parser = _parser(words[0] if words else "")
    parser.set_defaults(alone=alone)
    given = parser.parse_args(words)
    run = getattr(given, "run", None)
    if run is None:
        getattr(given, "group", parser).print_help()
        return 0
    try:
        code = int(run(given) or 0)
        sys.stdout.flush()
        return code
    except Refusal as refused:
        # The sentences are read when one is needed.
        from voting.i18n import lines

        for line in lines(refused):
            print(f"voting: {line}", file=sys.stderr)
    except ConfigFaults as refused:
        for fault in refused.faults:
            print(f"voting: 設定 {fault}", file=sys.stderr)
    except Broken as broken:
        print(
            f"voting: 記録に矛盾があるため停止しました。保守担当者に連絡してください。 {broken}",
            file=sys.stderr,
        )
    except BrokenPipeError:
        # The reader of our output has gone (voting … | head); there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as fault:
        place = f"{fault.filename}: " if fault.filename else ""
        print(f"voting: {place}{fault.strerror or fault}", file=sys.stderr)
    return 2


def _parser(command: str) -> argparse.ArgumentParser:
    """The parser that knows *command*, or every one where *command* is none."""
    parser = argparse.ArgumentParser(
        prog="voting", description=_ABOUT, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--version", action="version", version=f"voting {voting.__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", title="commands")
    asked = [part for part, names in PARTS.items() if command in names]
    for part in asked or PARTS:
        import_module(f"voting.cli.{part}").add(commands)
    return parser
