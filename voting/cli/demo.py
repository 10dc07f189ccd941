"""``voting demo``: the sample assembly in a browser, or played through in seconds."""

import argparse
import signal
import tempfile
from pathlib import Path

from voting.addresses import LARGEST_PORT
from voting.demo.replay import replay
from voting.demo.server import run
from voting.demo.stage import material


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    demo = commands.add_parser("demo", help="try everything with a sample assembly")
    demo.add_argument("folder", nargs="?", type=Path, help="keep its data here (else in a temporary folder)")
    demo.add_argument(
        "--replay", type=Path, metavar="DIR", help="no website: play it all, leave the results in DIR"
    )
    demo.add_argument("--roll", type=Path, help="another roll (.xlsx or .csv)")
    demo.add_argument("--ballots", type=Path, help="other answers (.csv or .xlsx)")
    demo.add_argument("--assembly", type=Path, help="another ASSEMBLY.toml")
    demo.add_argument("--port", type=_port, default=8000, help="of 127.0.0.1; default 8000")
    demo.set_defaults(run=_demo)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 6 and 0 < int(text) <= LARGEST_PORT):
        raise argparse.ArgumentTypeError(f"{text} is no number from 1 to {LARGEST_PORT}")
    return int(text)


def _demo(given: argparse.Namespace) -> None:
    # A stop signal ends it as Ctrl-C does: the database is closed, and the folder with its keys removed.
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        _play(given)
    finally:
        signal.signal(signal.SIGTERM, before)


def _play(given: argparse.Namespace) -> None:
    played_with = material(assembly=given.assembly, roll=given.roll, ballots=given.ballots)
    if given.replay is not None:
        done = replay(given.replay, played_with)
        for warning in done.warnings:
            print(warning)
        for motion in done.page.motions:
            print(f"{motion.label} {motion.headline} {motion.outcome}")
        print(f"会員 {done.members}、受付票 {done.receipts} 通を {given.replay} に保存しました。")
    elif given.folder is not None:
        run(given.folder, played_with, port=given.port)
    else:
        with tempfile.TemporaryDirectory(prefix="voting-demo-") as folder:
            run(Path(folder), played_with, port=given.port)
