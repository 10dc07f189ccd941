"""What happens to an assembly beside the plan: incidents, corrections, time-stamps."""

import argparse

from voting.cli.common import add_assembly, add_officer, assembly_origin, configured, instant, officer
from voting.core.permissions import Act
from voting.ledger.canonical import b64, parse_instant
from voting.runtime import Runtime
from voting.services.office import approvals
from voting.services.outcome import correcting
from voting.services.proof import incidents, stamped
from voting.services.proof.incidents import KINDS, Outcome, Report
from voting.wording import instant_text


def add(acts: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    incident = acts.add_parser("incident", help="record an outage, a restored backup or a wrong clock")
    add_assembly(incident)
    incident.add_argument("--what", required=True, choices=KINDS, help="what has happened")
    for name in ("from", "to"):
        incident.add_argument(
            f"--{name}",
            required=True,
            dest=f"{name}_",
            type=instant,
            metavar="'2024-10-03 16:03'",
            help="JST",
        )
    incident.add_argument("--note", default="", metavar="TEXT", help="one line that everybody reads")
    incident.add_argument(
        "--lost-anchor", default="", metavar="ORIGIN", help="give up the anchor of this log for lost"
    )
    add_officer(incident)
    incident.set_defaults(run=_incident)
    correct = acts.add_parser("correct", help="propose to correct the published result; an auditor approves")
    add_assembly(correct)
    correct.add_argument("--reason", required=True, metavar="TEXT", help="why; published as it is")
    correct.add_argument(
        "--of", type=int, metavar="INDEX", help="the entry that was wrong; default: the last result"
    )
    add_officer(correct)
    correct.set_defaults(run=_correct)


def stamp_lines(rt: Runtime, origin: str) -> list[str]:
    """How far the time-stamps have come; nothing where none are promised."""
    state = stamped.state(rt, origin)
    if not state.promised:
        return []
    lines = [
        f"タイムスタンプ {each.size}件のチェックポイント {instant_text(parse_instant(each.obtained_at))}"
        for each in state.obtained
    ]
    if state.waits_until is not None:
        until = instant_text(state.waits_until)
        return [*lines, f"タイムスタンプ 立会人の連署を待って取得します(遅くとも{until}の後の voting tick)"]
    return [
        *lines,
        *(["タイムスタンプ 未取得のものがあります(voting tick が取得します)"] if state.due else []),
    ]


def _incident(given: argparse.Namespace) -> None:
    rt = configured()
    report = Report(given.what, given.from_, given.to_, given.note, given.lost_anchor)
    done = incidents.record_incident(rt, officer(rt, given), assembly_origin(rt, given), report)
    for line in _done(done):
        print(line)


def _done(done: Outcome) -> list[str]:
    lines = [f"障害を記録しました: 記録{done.index}番"]
    lines += [
        f"失われた記録の証拠: 署名済みのチェックポイント {each.size}件 {b64(each.root)}" for each in done.lost
    ]
    lines += [
        f"立会人 {name} から、持っている記録の答えを得られませんでした。"
        "失われた記録を後で示したときは、もう一度停止し、もう一度障害として記録することになります。"
        for name in done.silent
    ]
    if done.told or done.untold:
        lines.append(f"会員 {done.told} 件に確認のお願いを送ります(voting tick)。")
    if done.untold:
        lines.append(f"メールアドレスのない会員 {done.untold} 件には、電話等で知らせてください。")
    return lines


def _correct(given: argparse.Namespace) -> None:
    rt = configured()
    who, origin = officer(rt, given), assembly_origin(rt, given)
    correcting.propose(rt, who, origin, reason=given.reason, of=given.of)
    asked = approvals.request(rt, who, origin, Act.CORRECT)
    print(f"申請しました。別の担当者が次を実行してください: voting assembly approve {asked.id} --as ID")
