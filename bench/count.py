"""How long the core takes to count a large assembly from memory, and how it grows with the roll.

    python bench/count.py [members] [--weights N] [--motions N]
    python bench/count.py --command

Prints the seconds of ``voting.core.tally.count`` for a tenth of *members* and for all of them (1,000,000),
the ratio of the two, and the most memory the process ever held, the roll and ballots themselves included.
Every member is an object of its own with its own ballot, as a store would hand them over.

With ``--command`` it runs ``voting count`` on the workbook of 1,305 members with invented answers, as a whole
process: files in, result.json out (at most 1.5 s), and all four files with the table.
"""

import argparse
import gc
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import MappingProxyType

from voting.core.assembly import Assembly, Body, Schedule
from voting.core.ballots import Channel, Mark, Submission
from voting.core.docket import Docket
from voting.core.members import Roll, RollEntry
from voting.core.motions import Motion
from voting.core.rules import BodyKind, NonSubmission, Rules
from voting.core.tally import count
from voting.core.votes import ONE_VOTE

OPENS = datetime(2024, 9, 27, tzinfo=UTC)
MARKS = (Mark.FOR, Mark.FOR, Mark.FOR, Mark.FOR, Mark.FOR, Mark.AGAINST, Mark.ABSTAIN, Mark.BLANK)


def docket(motions: int) -> Docket:
    schedule = Schedule(date(2024, 9, 27), OPENS, OPENS + timedelta(days=8))
    rules = Rules(non_submission=NonSubmission.FOR, clauses=MappingProxyType({"deemed": "規約第12条第3項"}))
    return Docket(
        Body("協議会", BodyKind.VOLUNTARY),
        Assembly("臨時総会", schedule),
        rules,
        tuple(Motion(number, f"第{number}号議案") for number in range(1, motions + 1)),
    )


def roll(members: int, weights: int) -> Roll:
    return Roll(
        tuple(
            RollEntry(f"M{n:07d}", f"団体{n}", ONE_VOTE + n * 7919 % weights, f"区分{n % 3}")
            for n in range(members)
        )
    )


def ballots(members: int, motions: int) -> Iterator[Submission]:
    """Three of five members answer, one of fifty twice, one of fifty late."""
    for n in range(members):
        if n % 5 > 2:
            continue
        marks = {k: MARKS[n * (k + 6) // 3 % len(MARKS)] for k in range(1, motions + 1)}
        at = OPENS + timedelta(seconds=n * 13 % 690_000 if n % 50 else 700_000)
        yield Submission(f"M{n:07d}", marks, at, Channel.WEB, n)
        if n % 50 == 1:
            yield Submission(f"M{n:07d}", marks, at + timedelta(hours=1), Channel.FAX, members + n)


def seconds(members: int, weights: int, motions: int) -> float:
    asked, eligible, sent = docket(motions), roll(members, weights), list(ballots(members, motions))
    gc.collect()
    started = time.perf_counter()
    count(asked, eligible, sent)
    return time.perf_counter() - started


ROOT = Path(__file__).resolve().parent.parent
PLATFORM = ROOT / "tests" / "data" / "platform-2026" / "roll.xlsx"
ASSEMBLY = """
[body]
name = "架空プラットフォーム"
kind = "voluntary"
[assembly]
title = "令和8年度総会"
record_date = 2026-05-01
opens_at = 2026-06-01T00:00:00+09:00
closes_at = 2026-06-13T00:00:00+09:00
[rules]
preset = "council"
clauses = { deemed = "規約第12条第3項" }
"""


def write_files(folder: Path, motions: int) -> list[str]:
    """An assembly and answers of three of five members; the command that counts them."""
    words = {Mark.FOR: "賛成", Mark.AGAINST: "反対", Mark.ABSTAIN: "棄権", Mark.BLANK: ""}
    numbers = range(1, motions + 1)
    text = "".join(f'[[motion]]\nnumber = {k}\ntitle = "第{k}号議案"\n' for k in numbers)
    (folder / "assembly.toml").write_text(ASSEMBLY + text, "utf-8")
    lines = ["会員番号," + "".join(f"第{k}号議案," for k in numbers) + "受付日時,方法"]
    for each in ballots(1_306, motions):
        marks = "".join(f"{words[Mark(str(each.choices[k]))]}," for k in numbers)
        at = each.received_at.replace(year=2026, month=6, day=1 + each.order % 12)
        lines.append(f"M{int(each.member_id[1:]):04d},{marks}{at:%Y-%m-%d %H:%M:%S},{each.channel.value}")
    (folder / "ballots.csv").write_text("\n".join([lines[0], *lines[2:]]) + "\n", "utf-8")
    files = ("--roll", str(PLATFORM), "--ballots", str(folder / "ballots.csv"))
    return [sys.executable, "-m", "voting", "count", str(folder / "assembly.toml"), *files]


def run_command(motions: int) -> None:
    """Print the median of five whole processes."""
    with tempfile.TemporaryDirectory() as name:
        command = write_files(Path(name), motions)
        for what, options in (("to JSON", ["--json", "-"]), ("to all files", ["--out", f"{name}/out"])):
            taken = []
            for _ in range(5):
                started = time.perf_counter()
                done = subprocess.run([*command, *options], capture_output=True, cwd=ROOT, check=True)
                taken.append(time.perf_counter() - started)
                if done.stderr:
                    raise SystemExit(done.stderr.decode())
            print(f"voting count, 1305 members x {motions} motions {what}: {statistics.median(taken):.2f} s")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("members", nargs="?", type=int, default=1_000_000)
    parser.add_argument("--weights", type=int, default=1, help="how many different numbers of votes")
    parser.add_argument("--motions", type=int, default=3)
    parser.add_argument("--command", action="store_true", help="measure the command instead of the core")
    given = parser.parse_args()
    if given.command:
        run_command(given.motions)
        return
    tenth = min(seconds(given.members // 10, given.weights, given.motions) for _ in range(3))
    whole = seconds(given.members, given.weights, given.motions)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{given.members // 10} members x {given.motions} motions: {tenth:.2f} s")
    print(f"{given.members} members x {given.motions} motions: {whole:.2f} s, {whole / tenth:.1f} times")
    print(f"at most {peak / 1024 / 1024:.2f} GiB")


if __name__ == "__main__":
    main()
