"""``voting assembly participation``: who has answered, into a workbook or a CSV."""

import argparse
from pathlib import Path

from voting.cli.common import add_assembly, add_officer, assembly_origin, configured, officer, write_private
from voting.cli.encodings import add_encoding, tell_lost
from voting.documents.cp932 import UTF8, in_cp932, loss_lines
from voting.documents.facts_participation import ParticipationFacts
from voting.documents.participation_sheets import render_participation_csv, render_participation_xlsx
from voting.services.period.participation import participation
from voting.services.period.turnout import open_names

_ENDINGS = (".xlsx", ".csv")


def add(acts: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = acts.add_parser("participation", help="who has answered (never how), as .xlsx or .csv")
    add_assembly(parser)
    parser.add_argument(
        "--out", type=_file, required=True, metavar="FILE.xlsx", help="file to be written: .xlsx or .csv"
    )
    add_encoding(parser)
    add_officer(parser)
    parser.set_defaults(run=_participation)


def _file(text: str) -> Path:
    found = Path(text)
    if found.suffix not in _ENDINGS:
        raise argparse.ArgumentTypeError(f"{text} ends neither in .xlsx nor in .csv")
    return found


def _participation(given: argparse.Namespace) -> None:
    rt = configured()
    who, origin = officer(rt, given), assembly_origin(rt, given)
    # Names before the close: the ledger says who looked, once a day.
    open_names(rt, who, origin)
    facts = participation(rt, who, origin)
    out: Path = given.out
    write_private(out, _content(facts, out, given.encoding))
    answered = sum(line.has_answered for line in facts.lines)
    print(f"書き出しました: {out}(会員 {len(facts.lines):,}、回答 {answered:,})")


def _content(facts: ParticipationFacts, out: Path, encoding: str) -> bytes:
    if out.suffix == ".xlsx":
        return render_participation_xlsx(facts)
    content = render_participation_csv(facts)
    if encoding == UTF8:
        return content
    content, losses = in_cp932(content)
    tell_lost(out.name, loss_lines(losses))
    return content
