"""The audit bundle of an assembly, written to a file."""

import argparse
from hashlib import sha256
from pathlib import Path

from voting.cli.common import add_assembly, assembly_origin, configured, write_private
from voting.ledger.bundle_files import AUDITOR
from voting.services.assemblies import find
from voting.services.proof import stamped
from voting.services.proof.export import AUDIENCES, export, is_witnessed
from voting.store.assemblies import Case
from voting.wording import BUNDLES

_FOR_AUDITORS = (
    "監査用一式(監事用): 団体名、会員ごとの表決の内容、入力と確認をした者の氏名を含みます。"
    "監事以外の方に渡さないでください。"
)
_UNWITNESSED = (
    "立会人の連署が、定めた数に達していません。このままでは検証の5番が通りません。\n"
    "連署が届いてから(voting tick)、もう一度書き出してください。"
)
_STAMPED_UNWITNESSED = (
    "立会人の連署が、定めた数に達しないまま、タイムスタンプの期限になりました。この一式は、検証の5番が通りません。\n"
    "連署のない理由を、議長と監事に報告してください。"
)


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("export", help="write the audit bundle of a certified assembly")
    add_assembly(parser)
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.zip", help="file to be written")
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
    content = export(rt, origin, audience=given.audience)
    write_private(given.out, content)
    print("\n".join(_said(given.out, content, find(rt, origin), audience=given.audience)))
    if not is_witnessed(rt, origin):
        # No signature can be added to what is stamped; otherwise it may still come.
        print(_STAMPED_UNWITNESSED if stamped.state(rt, origin).promised else _UNWITNESSED)


def _said(file: Path, content: bytes, case: Case, *, audience: str) -> tuple[str, ...]:
    """What was written, and how to check it."""
    if audience == AUDITOR:
        what = _FOR_AUDITORS
    else:
        what = f"監査用一式(公開用): {BUNDLES[case.disclosure]}結果の公表ページにあるものと同じです。"
    return (
        f"書き出しました: {file}({len(content):,}バイト)",
        what,
        f"SHA-256: {sha256(content).hexdigest()}",
        f"次のコマンドで検証できます: voting verify {file} --key '{case.vkey}'",
        "鍵は、通知又は投票用紙に印刷されたものと同じであることを確かめてください。",
    )
