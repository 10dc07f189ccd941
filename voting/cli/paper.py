"""Paper ballots: log them at the door, enter them, check them blind; and the papers that go out."""

import argparse
from pathlib import Path

from voting.cli import paper_print
from voting.cli.common import add_assembly, add_officer, assembly_origin, configured, instant, officer
from voting.core.ballots import Channel, Choice, Mark
from voting.services.casting.answers import BadChoices
from voting.services.desk import papers
from voting.wording import receipt_number

_MARKS = {
    "賛成": Mark.FOR,
    "反対": Mark.AGAINST,
    "棄権": Mark.ABSTAIN,
    "無記入": Mark.BLANK,
    "両方": Mark.BOTH,
    **{mark.value: mark for mark in Mark},
}


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    group = commands.add_parser("paper", help="ballots by fax, post, mail or hand; papers to be printed")
    group.set_defaults(group=group)
    acts = group.add_subparsers(metavar="ACT")
    arrive = acts.add_parser("arrive", help="log a paper at the door, before anybody reads it")
    add_assembly(arrive)
    arrive.add_argument("serial", help="serial number written on the paper")
    arrive.add_argument(
        "--channel", required=True, choices=["post", "fax", "mail", "hand"], help="how it came"
    )
    arrive.add_argument(
        "--at", required=True, type=instant, metavar="'2024-10-03 16:03'", help="arrival, JST"
    )
    arrive.add_argument("--scan", required=True, type=Path, help="its picture: PDF, PNG or JPEG")
    add_officer(arrive)
    arrive.set_defaults(run=_arrive)
    enter = acts.add_parser(
        "enter",
        help="enter what stands on a paper; a second person enters it again without seeing the first",
    )
    add_assembly(enter)
    enter.add_argument("serial", help="serial number written on the paper")
    enter.add_argument("--member", required=True, help="member number")
    enter.add_argument(
        "--choice",
        action="append",
        default=[],
        type=_choice,
        metavar="NUMBER=MARK",
        help="賛成, 反対, 棄権, 無記入 or 両方 for each motion; in an election CANDIDATE:MARK,… by "
        "confidence, the chosen names by plurality",
    )
    enter.add_argument("--proxy", action="store_true", help="委任: no choices of its own")
    enter.add_argument("--defect", metavar="TEXT", help="不備")
    enter.add_argument("--opinion", default="", help="what the member has written beside its marks")
    add_officer(enter)
    enter.set_defaults(run=_enter)
    aside = acts.add_parser("reject", help="put a paper aside whose sender is on no roll; two persons")
    add_assembly(aside)
    aside.add_argument("serial", help="serial number written on the paper")
    add_officer(aside)
    aside.set_defaults(run=_reject)
    waiting = acts.add_parser("list", help="papers that two persons have not finished yet")
    add_assembly(waiting)
    waiting.set_defaults(run=_list)
    paper_print.add(acts)


def _arrive(given: argparse.Namespace) -> None:
    rt = configured()
    papers.arrive(
        rt,
        officer(rt, given),
        assembly_origin(rt, given),
        serial=given.serial,
        channel=Channel(given.channel),
        arrived_at=given.at,
        scan=given.scan.read_bytes(),
    )
    print(f"到着を記録しました: {given.serial}")


def _enter(given: argparse.Namespace) -> None:
    rt = configured()
    sheet = papers.Sheet(
        member_id=given.member,
        choices=_once(given.choice),
        proxy=given.proxy,
        defect=given.defect or None,
        opinion=given.opinion,
    )
    receipt = papers.read(
        rt, officer(rt, given), assembly_origin(rt, given), serial=given.serial, sheet=sheet
    )
    if receipt is None:
        print("入力しました。別の担当者が同じ書面をもう一度入力してください。")
    else:
        print(f"二人の入力が一致しました。受付番号 {receipt_number(receipt.index)}")


def _reject(given: argparse.Namespace) -> None:
    rt = configured()
    done = papers.reject(rt, officer(rt, given), assembly_origin(rt, given), serial=given.serial)
    if done:
        print("名簿にない差出人の書面として除きました。")
    else:
        print("入力しました。別の担当者がもう一度入力してください。")


def _list(given: argparse.Namespace) -> None:
    rt = configured()
    for serial in papers.waiting(rt, assembly_origin(rt, given)):
        print(serial)


def _once(choices: list[tuple[int, Choice]]) -> dict[int, Choice]:
    """Each motion answered once; of two answers nobody knows which was meant.  Raises: BadChoices."""
    numbers = [number for number, _ in choices]
    doubled = sorted({number for number in numbers if numbers.count(number) > 1})
    if doubled:
        raise BadChoices(tuple(doubled))
    return dict(choices)


def _choice(text: str) -> tuple[int, Choice]:
    number, found, mark = text.partition("=")
    if not found or not number.isascii() or not number.isdigit():
        raise argparse.ArgumentTypeError(f"{text} is not NUMBER=MARK")
    if mark in _MARKS:
        return int(number), _MARKS[mark]
    if ":" not in mark:
        # An election by plurality: the names that were chosen, perhaps none.
        return int(number), tuple(name for name in mark.split(",") if name)
    marks: dict[str, Mark] = {}
    for each in mark.split(","):
        name, _, said = each.rpartition(":")
        if not name or said not in _MARKS:
            raise argparse.ArgumentTypeError(f"{text}: a mark is one of 賛成 反対 棄権 無記入 両方")
        marks[name] = _MARKS[said]
    return int(number), marks
