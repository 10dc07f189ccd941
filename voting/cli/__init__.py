"""The command line: the same verbs as the web, for the secretariat and the operator.

Every error is one clear line with what to do, and exit code 2; a traceback would be a fault of ours.
"""

import argparse
import os
import sys
from collections.abc import Sequence

import voting
from voting.cli import assembly, demo, office, paper, server
from voting.config import ConfigFaults
from voting.core.errors import Broken, Refusal
from voting.i18n import lines

_ABOUT = """書面総会の表決サービス

Written-resolution voting: issue signed ballots, receive votes by web, fax and post, count them exactly
with the deemed rule visible, and publish a result that anyone can check.

Start here:  voting demo          try everything with a sample assembly, in a browser
             voting setup         prepare a folder for a service of your own
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 done, 2 refused, 130 stopped by Ctrl-C."""
    parser = _parser()
    given = parser.parse_args(arguments)
    run = getattr(given, "run", None)
    if run is None:
        getattr(given, "group", parser).print_help()
        return 0
    try:
        return int(run(given) or 0)
    except Refusal as refused:
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
    except OSError as fault:
        print(f"voting: {fault.filename or ''}: {fault.strerror or fault}", file=sys.stderr)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader of our output has gone (voting … | head); there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="voting", description=_ABOUT, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--version", action="version", version=f"voting {voting.__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", title="commands")
    for part in (demo, server, office, assembly, paper):
        part.add(commands)
    return parser
