"""The audit bundle of an assembly, written to a file."""

import argparse
from pathlib import Path

from voting.cli.common import add_assembly, assembly_origin, configured
from voting.services.assemblies import find
from voting.services.export import AUDIENCES, export, is_witnessed


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("export", help="write the audit bundle of a certified assembly")
    add_assembly(parser)
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.zip")
    parser.add_argument(
        "--audience",
        choices=AUDIENCES,
        default=AUDIENCES[0],
        help="public (default), or auditor: with names and openings, for the auditors only",
    )
    parser.set_defaults(run=_export)


def _export(given: argparse.Namespace) -> None:
    rt = configured()
    origin = assembly_origin(rt, given)
    given.out.write_bytes(export(rt, origin, audience=given.audience))
    print(f"書き出しました: {given.out}")
    if not is_witnessed(rt, origin):
        print("立会人の連署が、定めた数に達していません。このままでは検証の5番が通りません。")
        print("連署が届いてから(voting tick)、もう一度書き出してください。")
    print(f"次のコマンドで検証できます: voting verify {given.out} --key '{find(rt, origin).vkey}'")
