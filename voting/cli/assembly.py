"""An assembly from the draft to the certified result."""

import argparse
from pathlib import Path

from voting.cli import assembly_after, participation
from voting.cli.columns import columns
from voting.cli.common import add_assembly, add_officer, assembly_origin, configured, officer, text_of
from voting.cli.encodings import add_encoding, tell_lost
from voting.core.permissions import Act
from voting.documents.cp932 import UTF8
from voting.services import assemblies, stages
from voting.services.assemblies import Draft, Paper
from voting.services.office import approvals
from voting.services.outcome import certifying, closing
from voting.services.outcome.result_files import FILES, download, lost_in_cp932
from voting.services.outcome.result_page import result_page
from voting.services.outcome.versions import numbered
from voting.services.printing import letterheads
from voting.services.proof import cosigned
from voting.services.proof.checkpoint_mail import CheckpointMail
from voting.sheets.assembly_toml import read_assembly
from voting.wording import STAGES

_ASKED = {"freeze": Act.FREEZE, "send": Act.SEND, "certify": Act.CERTIFY, "minutes": Act.SIGN_MINUTES}


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    group = commands.add_parser("assembly", help="assemblies: draft, freeze, send, count, certify")
    group.set_defaults(group=group)
    acts = group.add_subparsers(metavar="ACT")
    draft = acts.add_parser("draft", help="set up an assembly from an ASSEMBLY.toml")
    add_assembly(draft)
    draft.add_argument("file", type=Path, metavar="ASSEMBLY.toml", help="dates, rules, motions")
    draft.add_argument(
        "--document",
        action="append",
        default=[],
        type=_document,
        metavar="NUMBER=FILE.pdf",
        help="a document of motion NUMBER; may be given several times",
    )
    draft.add_argument("--contact", required=True, help="office, telephone and mail for questions")
    draft.add_argument(
        "--disclosure",
        choices=("L0", "L1", "L2"),
        default="L1",
        help="how much of each vote the public bundle shows: L0 by name, L1 by digest, L2 none; default L1",
    )
    draft.add_argument(
        "--witness-policy", type=Path, metavar="FILE", help="witnesses and quorum (tlog-policy, no log line)"
    )
    draft.add_argument(
        "--checkpoint-mail",
        type=CheckpointMail,
        choices=tuple(CheckpointMail),
        default=CheckpointMail.CLOSING,
        help="mail members the checkpoint each day, on the first day and after the close, or never",
    )
    add_officer(draft)
    draft.set_defaults(run=_draft)
    for name, text in (
        ("freeze", "propose to fix rules, motions and roll"),
        ("send", "propose to issue the ballots and owe every member its mail"),
        ("certify", "certify the count as chair; an auditor then approves"),
        ("minutes", "propose as chair to sign the minutes; an auditor then approves"),
    ):
        ask = acts.add_parser(name, help=text)
        add_assembly(ask)
        if name == "certify":
            ask.add_argument(
                "--confirm",
                default="",
                metavar="SENTENCE",
                help="what a result decided by silence asks the chair to type; the command prints it",
            )
        add_officer(ask)
        ask.set_defaults(run=_request, act=_ASKED[name], confirm="")
    letterhead = acts.add_parser(
        "letterhead", help="keep or show how the assembly's papers are headed (LETTERHEAD.toml)"
    )
    add_assembly(letterhead)
    letterhead.add_argument("file", type=Path, nargs="?", metavar="LETTERHEAD.toml", help="default: show it")
    add_officer(letterhead)
    letterhead.set_defaults(run=_letterhead)
    approve = acts.add_parser("approve", help="give the second approval, which performs the act")
    approve.add_argument("request", help="number of the request, as printed when it was proposed")
    add_officer(approve)
    approve.set_defaults(run=_approve)
    assembly_after.add(acts)
    participation.add(acts)
    tally = acts.add_parser("tally", help="count for good, after the close")
    add_assembly(tally)
    add_officer(tally)
    tally.set_defaults(run=_tally)
    show = acts.add_parser("show", help="where an assembly stands, and what waits for a second person")
    add_assembly(show)
    show.set_defaults(run=_show)
    acts.add_parser("list", help="all assemblies").set_defaults(run=_list)
    result = acts.add_parser("result", help="write the certified result's files into a folder")
    add_assembly(result)
    result.add_argument("--out", type=Path, required=True, help="folder for the files of the result")
    add_encoding(result)
    result.set_defaults(run=_result)


def _draft(given: argparse.Namespace) -> None:
    rt = configured()
    who = officer(rt, given)
    papers: dict[int, tuple[Paper, ...]] = {}
    for number, path in given.document:
        paper = Paper(path.name, path.read_bytes())
        papers[number] = (*papers.get(number, ()), paper)
    body, _, slug = given.assembly.partition("/")
    plan = Draft(
        body=body,
        slug=slug,
        docket=read_assembly(text_of(given.file)).docket,
        papers=papers,
        contact=given.contact,
        disclosure=given.disclosure,
        policy="" if given.witness_policy is None else text_of(given.witness_policy),
        checkpoint_mail=given.checkpoint_mail,
    )
    origin = assemblies.draft(rt, who, plan)
    print(f"作成しました: {origin}\n記録の検証鍵: {assemblies.find(rt, origin).vkey}")


def _letterhead(given: argparse.Namespace) -> None:
    rt = configured()
    who, origin = officer(rt, given), assembly_origin(rt, given)
    if given.file is None:
        print(letterheads.stored(rt, who, origin), end="")
        return
    letterheads.set_letterhead(rt, who, origin, text_of(given.file))
    print(f"書類の設定を保存しました: {given.assembly}")


def _document(text: str) -> tuple[int, Path]:
    number, found, file = text.partition("=")
    if not found or not file or not (number.isascii() and number.isdigit()):
        raise argparse.ArgumentTypeError(f"{text} is not NUMBER=FILE.pdf")
    return int(number), Path(file)


def _request(given: argparse.Namespace) -> None:
    rt = configured()
    asked = approvals.request(
        rt,
        officer(rt, given),
        assembly_origin(rt, given),
        given.act,
        terms=certifying.confirmed(given.confirm),
    )
    print(f"申請しました。別の担当者が次を実行してください: voting assembly approve {asked.id} --as ID")


def _approve(given: argparse.Namespace) -> None:
    rt = configured()
    done = approvals.approve(rt, officer(rt, given), given.request)
    print(f"承認し、実行しました: {done.act}")


def _tally(given: argparse.Namespace) -> None:
    rt = configured()
    counted = closing.tally(rt, officer(rt, given), assembly_origin(rt, given))
    for line in closing.headlines(counted):
        print(line)


def _show(given: argparse.Namespace) -> None:
    rt = configured()
    origin = assembly_origin(rt, given)
    case = assemblies.find(rt, origin)
    print(f"{case.docket.assembly.title}  {STAGES[stages.stage(case, rt.now())]}\n{case.vkey}")
    for line in (*cosigned.lines(rt, origin), *assembly_after.stamp_lines(rt, origin)):
        print(line)
    for asked in approvals.waiting(rt, origin):
        print(f"承認待ち {asked.act} {asked.id} ({asked.requested_by})")
    if case.result_index is not None:
        for motion in result_page(rt, origin).motions:
            print(f"{motion.label} {motion.headline} {motion.outcome}")


def _list(given: argparse.Namespace) -> None:
    rt = configured()
    rows = [("総会", "名称", "段階")]
    rows += [
        (stages.path(case), case.docket.assembly.title, STAGES[stages.stage(case, rt.now())])
        for case in assemblies.everything(rt)
    ]
    print(columns(rows))


def _result(given: argparse.Namespace) -> int:
    rt = configured()
    origin = assembly_origin(rt, given)
    if assemblies.find(rt, origin).result_index is None:
        print("結果はまだ認証されていません。")
        return 2
    # The newest version by its plain name; each that was corrected with its number beside it.
    before = [each.before for each in result_page(rt, origin).corrections]
    names = [
        name if number is None else numbered(name, number) for number in (None, *before) for name in FILES
    ]
    given.out.mkdir(parents=True, exist_ok=True)
    for name in names:
        encoding = given.encoding if name.endswith(".csv") else UTF8
        content = download(rt, origin, name, encoding=encoding)
        if content is None:
            continue
        (given.out / name).write_bytes(content)
        print(given.out / name)
        if encoding != UTF8:
            tell_lost(name, lost_in_cp932(rt, origin, name))
    return 0
