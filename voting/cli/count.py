"""``voting count``: files in, result out, without database, server or network."""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from voting.cli.encodings import add_encoding, tell_lost
from voting.cli.writing import write_together
from voting.documents.cp932 import UTF8, in_cp932, loss_lines
from voting.services.outcome.counting import File, Files, count_material, read_files, result_files

# One byte more than any of our readers takes: a larger file is refused without being read to its end.
_MOST = 50_000_001


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    count = commands.add_parser(
        "count",
        help="count answers that are in a spreadsheet already: files in, result out",
        description="Count an assembly from files. Needs no database, no server and no network.",
    )
    count.add_argument("assembly", type=Path, metavar="ASSEMBLY.toml", help="rules and motions")
    count.add_argument("--roll", type=Path, required=True, help="the members (.xlsx or .csv)")
    count.add_argument("--ballots", type=Path, required=True, help="their answers (.xlsx or .csv)")
    count.add_argument("--delivery", type=Path, metavar="FILE", help="which notices arrived")
    count.add_argument("--events", type=Path, metavar="FILE", help="who left, and when")
    count.add_argument("--out", type=Path, metavar="DIR", help="where result.json, .pdf, .xlsx and .csv go")
    add_encoding(count)
    count.add_argument("--json", choices=("-",), help="print result.json alone; then --out may be left out")
    count.set_defaults(run=_count, parser=count)


def _count(given: argparse.Namespace) -> int:
    if given.out is None and given.json is None:
        given.parser.error("one of --out DIR and --json - is needed")
    found = read_files(_files(given))
    for line in (*found.warnings, *found.faults):
        print(line, file=sys.stderr)
    if found.material is None:
        number = len(found.faults)
        print(
            f"voting: 誤りが{number:,}件あるため、集計していません。直して、もう一度実行してください。",
            file=sys.stderr,
        )
        return 2
    counting = count_material(found.material)
    if given.out is not None:
        write_together(given.out, _encoded(result_files(counting), given.encoding))
    if given.json is not None:
        # Not print: these are the very bytes that a digest is taken of.
        sys.stdout.buffer.write(counting.content)
        sys.stdout.buffer.flush()
        return 0
    # Only here: with --json alone nobody waits for words and papers.
    from voting.cli.count_shown import shown

    for line in shown(counting):
        print(line)
    print(f"保存しました: {given.out}")
    return 0


def _encoded(files: Mapping[str, bytes], encoding: str) -> Mapping[str, bytes]:
    """The files, CSV in that encoding; what it loses is told on the side."""
    if encoding == UTF8:
        return files
    found = dict(files)
    for name, content in files.items():
        if name.endswith(".csv"):
            found[name], losses = in_cp932(content)
            tell_lost(name, loss_lines(losses))
    return found


def _files(given: argparse.Namespace) -> Files:
    return Files(
        assembly=_file(given.assembly),
        roll=_file(given.roll),
        ballots=_file(given.ballots),
        delivery=None if given.delivery is None else _file(given.delivery),
        events=None if given.events is None else _file(given.events),
    )


def _file(path: Path) -> File:
    try:
        with path.open("rb") as stream:
            return File(str(path), stream.read(_MOST))
    except OSError as fault:
        return File(str(path), fault=f"開けません({fault.strerror})。場所と名前を確認してください。")
