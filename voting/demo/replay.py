"""``voting demo --replay DIR``: the whole assembly without a server, and everything it leaves behind."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from voting.demo.answers import Answers, read_answers
from voting.demo.folder import nothing_left
from voting.demo.play import Played, finish, play
from voting.demo.receipt_names import receipt_names
from voting.demo.stage import Material, Scene, set_scene
from voting.ledger.receipt_file import format_receipt
from voting.runtime import system_clock
from voting.services.assemblies import find
from voting.services.outcome.result_files import FILES, download
from voting.services.outcome.result_page import ResultPage, result_page
from voting.services.proof.bundle import entries


@dataclass(frozen=True, slots=True)
class Replayed:
    """What came out.  ``warnings``: rows that are in no number, in words."""

    page: ResultPage
    members: int
    receipts: int
    warnings: tuple[str, ...]


def replay(folder: Path, given: Material) -> Replayed:
    """Play everything and write the results into *folder*, which is left as it was where that fails.

    Raises  FolderInUse, BallotsHaveErrors, the refusals of the other two files, and OutcomePending.
    """
    with nothing_left(folder):
        answers = read_answers(given)
        # A clock that stands still between two answers: were it to run, many in one second would be
        # stamped later than they came, the last ones after the close.
        now = system_clock()
        scene = set_scene(
            folder, given, real_clock=lambda: now, base_url="http://127.0.0.1:8000", first=answers.first
        )
        try:
            return _replayed(folder, scene, answers)
        finally:
            scene.rt.database.close()


def _replayed(folder: Path, scene: Scene, answers: Answers) -> Replayed:
    known, warnings = answers.by_roll(scene.preview)
    played = list(play(scene, known))
    finish(scene)
    _leave(folder, scene, played)
    return Replayed(
        page=result_page(scene.rt, scene.origin),
        members=len(scene.preview.sheet.members),
        receipts=len(played),
        warnings=warnings,
    )


def _leave(folder: Path, scene: Scene, played: Iterable[Played]) -> None:
    receipts = folder / "receipts"
    receipts.mkdir()
    played = tuple(played)
    for name, each in zip(receipt_names([each.member_id for each in played]), played, strict=True):
        (receipts / f"{name}.tlog-proof").write_bytes(format_receipt(each.receipt))
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
