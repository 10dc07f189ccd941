"""``voting demo --replay DIR``: the whole assembly without a server, and everything it leaves behind."""

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from voting.core.ballots import Channel, Submission
from voting.core.errors import Refusal
from voting.demo.play import Played, finish, play
from voting.demo.stage import FolderInUse, Material, Scene, set_scene
from voting.ledger.receipt_file import format_receipt
from voting.runtime import system_clock
from voting.services.assemblies import find
from voting.services.outcome.result_files import FILES, download
from voting.services.outcome.result_page import ResultPage, result_page
from voting.services.proof.bundle import entries
from voting.sheets.ballot_sheet import BallotSheet, read_ballots
from voting.sheets.finding_wording import finding_text


@dataclass(eq=False)
class BallotsHaveErrors(Refusal):
    """The file of ballots is not sound; nothing was played."""

    code: ClassVar[str] = "ballots-have-errors"
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Replayed:
    """What came out.  ``warnings``: rows that are in no number, in words."""

    page: ResultPage
    members: int
    receipts: int
    warnings: tuple[str, ...]


def replay(folder: Path, given: Material) -> Replayed:
    """Play everything and write the results into *folder*.

    Raises  FolderInUse, BallotsHaveErrors, and the refusals of the other two files.
    """
    with nothing_left(folder):
        scene = set_scene(folder, given, real_clock=system_clock, base_url="http://127.0.0.1:8000")
        sheet = read_sheet(scene, given)
    on_roll = {each.member_id for each in scene.preview.sheet.members}
    known = [each for each in sheet.submissions if each.member_id in on_roll]
    played = list(play(scene, known))
    finish(scene)
    _leave(folder, scene, played)
    return Replayed(
        page=result_page(scene.rt, scene.origin),
        members=len(scene.preview.sheet.members),
        receipts=len(played),
        warnings=tuple(
            f"{each.member_id}: 名簿にない会員のため、算入しません。"
            for each in sheet.submissions
            if each.member_id not in on_roll
        ),
    )


@contextmanager
def nothing_left(folder: Path) -> Iterator[None]:
    """Where the material is not sound, leave no half-made folder behind."""
    had = folder.exists()
    try:
        yield
    except FolderInUse:
        raise
    except Refusal:
        shutil.rmtree(folder, ignore_errors=True)
        if had:
            folder.mkdir()
        raise


def read_sheet(scene: Scene, given: Material) -> BallotSheet:
    """The sample answers.  Raises: BallotsHaveErrors."""
    sheet = read_ballots(given.ballots, given.ballots_name, scene.docket)
    if not sheet.is_sound:
        raise BallotsHaveErrors(tuple(finding_text(each) for each in sheet.findings))
    on_web = [each for each in sheet.submissions if each.proxy and each.channel is Channel.WEB]
    if on_web:
        raise BallotsHaveErrors(tuple(map(_no_web_proxy, on_web)))
    return sheet


def _no_web_proxy(sent: Submission) -> str:
    return (
        f"{sent.order}行目 {sent.member_id}: Webの回答では委任できません。"
        "「方法」を、委任状が届いた方法(郵送、FAX、メール、持参)にしてください。"
    )


def _leave(folder: Path, scene: Scene, played: list[Played]) -> None:
    receipts = folder / "receipts"
    receipts.mkdir()
    seen: Counter[str] = Counter()
    for each in played:
        seen[each.member_id] += 1
        # A member's first answer has its plain number; later ones are counted on.
        again = f"-{seen[each.member_id]}" if seen[each.member_id] > 1 else ""
        (receipts / f"{each.member_id}{again}.tlog-proof").write_bytes(format_receipt(each.receipt))
    for name in FILES:
        content = download(scene.rt, scene.origin, name)
        if content is None:
            raise RuntimeError(f"{name} was not published")
        (folder / name).write_bytes(content)
    (folder / "log.vkey").write_text(find(scene.rt, scene.origin).vkey + "\n", "utf-8")
    (folder / "checkpoint").write_bytes(scene.rt.anchors.read(scene.origin))
    with (folder / "entries.jsonl").open("wb") as file:
        for entry in entries(scene.rt, scene.origin):
            file.write(entry + b"\n")
