"""Files in, result out: an assembly counted from spreadsheets alone, without database, ledger or network.

Source  docs/count.md. The command ``voting count`` opens and writes the files; nothing here touches a disk.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from voting.core.ballots import Facts, Submission
from voting.core.checks import faults
from voting.core.docket import Docket
from voting.core.errors import Refusal
from voting.core.japanese_dates import wareki
from voting.core.members import Roll, roll_at
from voting.core.register import leavings
from voting.core.result import Result
from voting.core.result_json import result_json
from voting.core.tally import count
from voting.i18n import lines
from voting.ledger.canonical import encode
from voting.services.outcome.counting_facts import result_facts, without_effect
from voting.sheets.assembly_toml import AssemblyFaults, AssemblyFile, read_assembly, toml_fault
from voting.sheets.assembly_wording import fault_text
from voting.sheets.ballot_sheet import read_ballots
from voting.sheets.fact_sheets import DeliverySheet, EventSheet, read_delivery, read_events
from voting.sheets.finding_wording import finding_text
from voting.sheets.findings import Finding, Level
from voting.sheets.roll_sheet import RollSheet, read_roll
from voting.sheets.toml_reading import TomlFault

MAX_ASSEMBLY = 500_000  # bytes; an assembly written by hand has a few thousand
# How a member can be reached decides nothing in a count.
_ABOUT_MAIL = frozenset({"address-none", "no-address-column"})


@dataclass(frozen=True, slots=True)
class File:
    """One file as given.  Shape: ``fault`` says in words why it could not be opened; else ``data`` is it."""

    name: str
    data: bytes = b""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Files:
    assembly: File
    roll: File
    ballots: File
    delivery: File | None = None
    events: File | None = None


@dataclass(frozen=True, slots=True)
class Material:
    """Everything a count needs.  Shape: ``submissions`` are all there are, strangers' too."""

    docket: Docket
    roll: Roll
    submissions: tuple[Submission, ...]
    facts: Facts


@dataclass(frozen=True, slots=True)
class FilesRead:
    """What was found in the files, in words with file, row and column.

    Shape   ``material`` is there exactly where there is no fault.
    Order   assembly, roll, ballots, delivery, events; by row within each.
    """

    faults: tuple[str, ...]
    warnings: tuple[str, ...]
    material: Material | None


@dataclass(frozen=True, slots=True)
class Counting:
    """A counted assembly.  Shape: ``content`` is result.json."""

    material: Material
    result: Result
    content: bytes


def read_files(files: Files) -> FilesRead:
    """Everything the files say, and everything that is wrong with any of them."""
    desk = _Desk()
    assembly = desk.assembly(files.assembly)
    roll = desk.sheet(files.roll, read_roll)
    _tell_unread(desk, files.roll, roll)
    listed = _listed(desk, files, assembly, roll)
    ballots = None
    if assembly is None:
        # Without its motions nobody can say which columns a sheet of answers must have.
        if files.ballots.fault:
            desk.fault(files.ballots, files.ballots.fault)
        else:
            desk.warn(files.ballots, "総会の設定を直した後に調べます。")
    else:
        members = None if listed is None else {entry.member_id for entry in listed.entries}
        ballots = desk.sheet(
            files.ballots, lambda data, name: read_ballots(data, name, assembly.docket, members=members)
        )
    delivery = desk.sheet(files.delivery, read_delivery) if files.delivery else None
    events = desk.sheet(files.events, read_events) if files.events else None
    if desk.faults or assembly is None or roll is None or listed is None or ballots is None:
        return FilesRead(tuple(desk.faults), tuple(desk.warnings), None)
    facts = _facts(assembly, roll, delivery, events)
    material = Material(assembly.docket, listed, ballots.submissions, facts)
    _tell_strangers(desk, files, listed, delivery, events)
    for submission, why in without_effect(assembly.docket, listed, ballots.submissions, facts):
        desk.warn(files.ballots, f"{submission.order}行目 {submission.member_id}: {why}")
    return FilesRead((), tuple(desk.warnings), material)


def count_material(material: Material) -> Counting:
    """The count.  Raises: a Refusal only where *material* does not come from ``read_files``."""
    result = count(material.docket, material.roll, material.submissions, material.facts)
    return Counting(material, result, encode(result_json(material.docket, result)))


def result_files(counting: Counting) -> Mapping[str, bytes]:
    """The four files of a result by name; the same material gives the same bytes.

    Raises  NoGlyph, with the text that cannot be printed.
    """
    # Only here: whoever wants nothing but the numbers does not wait for the libraries of papers.
    from voting.documents.result_csv import render_csv
    from voting.documents.result_pdf import render_result
    from voting.documents.result_xlsx import render_xlsx

    material = counting.material
    facts = result_facts(
        material.docket,
        material.roll,
        material.submissions,
        material.facts,
        result=counting.result,
        content=counting.content,
    )
    return {
        "result.json": counting.content,
        "result.pdf": render_result(facts),
        "result.xlsx": render_xlsx(facts),
        "result.csv": render_csv(facts),
    }


class _Sheet(Protocol):
    @property
    def findings(self) -> tuple[Finding, ...]: ...


_S = TypeVar("_S", bound=_Sheet)


class _Desk:
    """Takes one file after the other and keeps what is to be said about them."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.warnings: list[str] = []

    def fault(self, file: File, text: str) -> None:
        self.faults.append(f"{file.name}: {text}")

    def warn(self, file: File, text: str) -> None:
        self.warnings.append(f"{file.name}: {text}")

    def sheet(self, file: File, read: Callable[[bytes, str], _S]) -> _S | None:
        """The sheet in *file*; None where nothing of it can be read."""
        if file.fault:
            self.fault(file, file.fault)
            return None
        try:
            found = read(file.data, file.name)
        except Refusal as refused:
            self.fault(file, " ".join(lines(refused)))
            return None
        for finding in found.findings:
            if finding.level is Level.ERROR:
                self.fault(file, finding_text(finding))
            elif finding.level is not Level.INFO and finding.code not in _ABOUT_MAIL:
                self.warn(file, finding_text(finding))
        return found

    def assembly(self, file: File) -> AssemblyFile | None:
        if file.fault:
            self.fault(file, file.fault)
        elif len(file.data) > MAX_ASSEMBLY:
            limit = f"{MAX_ASSEMBLY:,}バイト"
            self.fault(file, f"大きすぎます(上限{limit})。総会の設定のファイルか確認してください。")
        else:
            try:
                return read_assembly(file.data.decode())
            except AssemblyFaults as refused:
                for line in refused.lines:
                    self.fault(file, line)
            except UnicodeDecodeError:
                self.fault(file, "UTF-8の文字として読み取れません。UTF-8で保存し直してください。")
            except ValueError as fault:
                # What tomllib lets through, such as a number of five thousand digits.
                self.fault(file, fault_text(TomlFault("", "toml-syntax", {"detail": str(fault)})))
        return None


def _listed(desk: _Desk, files: Files, assembly: AssemblyFile | None, roll: RollSheet | None) -> Roll | None:
    """The roll of the record date, where it can be told."""
    if assembly is None or roll is None or not roll.is_sound:
        return None
    day = assembly.docket.assembly.schedule.record_date
    listed = roll_at(roll.members, day)
    for fault in faults(assembly.docket, listed):
        desk.fault(files.assembly, fault_text(toml_fault(fault)))
    if not listed.members:
        desk.fault(
            files.roll,
            f"基準日({wareki(day, weekday=True)})の会員がいません。"
            "入会日・退会日と、総会の設定の record_date を確認してください。",
        )
    return listed


def _tell_unread(desk: _Desk, file: File, roll: RollSheet | None) -> None:
    if roll is not None and roll.unread:
        desk.warn(file, f"シート「{roll.title}」を読みました。読まないシート: {'、'.join(roll.unread)}")


def _facts(
    assembly: AssemblyFile, roll: RollSheet, delivery: DeliverySheet | None, events: EventSheet | None
) -> Facts:
    left = leavings(roll.members, assembly.docket.assembly.schedule.record_date)
    for member_id, at in (events.left if events else {}).items():
        left[member_id] = min(at, left.get(member_id, at))
    return Facts(
        left=left,
        undelivered=delivery.undelivered if delivery else frozenset(),
        chair=assembly.facts_chair,
        ties=assembly.facts_ties,
    )


def _tell_strangers(
    desk: _Desk, files: Files, listed: Roll, delivery: DeliverySheet | None, events: EventSheet | None
) -> None:
    """Facts about members that are not on the roll change no number, but may be a mistyped one."""
    members = {entry.member_id for entry in listed.entries}
    found: list[tuple[File | None, Iterable[tuple[int, str]]]] = [
        (files.delivery, [(each.row, each.member_id) for each in delivery.deliveries] if delivery else ()),
        (files.events, [(0, member_id) for member_id in events.left] if events else ()),
    ]
    for file, rows in found:
        for row, member_id in rows:
            if file is not None and member_id not in members:
                where = f"{row}行目 " if row else ""
                desk.warn(file, f"{where}{member_id}: 基準日の名簿にない会員です。集計には影響しません。")
