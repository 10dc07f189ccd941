"""What a sheet would do to the register, row by row, and the digest of exactly that."""

import json
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256

from voting.core.codes import repairs
from voting.core.member_json import member_json
from voting.core.members import Member
from voting.core.register import Change, official_order
from voting.ledger import canonical
from voting.ledger.canonical import parse_instant
from voting.services.register.rolls import changes_of, compared
from voting.sheets.finding_wording import finding_line, finding_sentence
from voting.sheets.findings import Finding, Level
from voting.sheets.headers import Layout
from voting.sheets.roll_sheet import RollSheet, RowVerdict, Verdict
from voting.store.roll_uploads import Upload

# Errors that a person can put right with one yes: the code that is meant is known.
_REPAIRABLE = frozenset({"code-repair", "code-check-digit"})
_REPAIRED = "code-repaired"


class State(StrEnum):
    """What becomes of one row, or of a member without one."""

    REFUSED = "refused"
    OFFERED = "offered"  # refused, unless one of the repairs offered is accepted
    NEW = "new"
    CHANGED = "changed"
    MISSING = "missing"  # in the register, not in the sheet
    SKIPPED = "skipped"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Choices:
    """What the sender has decided.

    Shape   ``repairs``: row -> the code accepted; ``leaving``: members missing in the sheet that have left,
            all on the day ``left_on``.
    """

    layout: Layout | None = None
    repairs: Mapping[int, str] = field(default_factory=dict)
    leaving: tuple[str, ...] = ()
    left_on: date | None = None

    def to_json(self) -> str:
        layout = self.layout
        return json.dumps(
            {
                "layout": None if layout is None else [layout.sheet, layout.row, layout.columns],
                "repairs": {str(row): code for row, code in self.repairs.items()},
                "leaving": self.leaving,
                "left_on": None if self.left_on is None else self.left_on.isoformat(),
            },
            ensure_ascii=False,
        )

    @classmethod
    def from_json(cls, text: str) -> "Choices":
        found = json.loads(text)
        layout = found["layout"]
        if layout is not None:
            columns = tuple((place, name) for place, name in layout[2])
            layout = Layout(layout[0], layout[1], columns)
        left_on = found["left_on"]
        return cls(
            layout=layout,
            repairs={int(row): code for row, code in found["repairs"].items()},
            leaving=tuple(found["leaving"]),
            left_on=None if left_on is None else date.fromisoformat(left_on),
        )


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the sheet, or one member that is missing in it.

    Shape   ``row`` is 0 for a missing member; ``change`` where it is changed; ``findings`` in words through
            ``said``; ``offers`` are the codes that may be meant, ``accepted`` the one that was said yes to;
            ``is_leaving`` for a missing member that has left.
    """

    row: int
    state: State
    member_id: str
    name: str
    change: Change | None = None
    findings: tuple[Finding, ...] = ()
    offers: tuple[str, ...] = ()
    accepted: str = ""
    is_leaving: bool = False

    def said(self, language: str) -> tuple[str, ...]:
        return tuple(finding_sentence(each, language) for each in self.findings)


@dataclass(frozen=True, slots=True)
class RollPreview:
    """A sheet against the register.

    Shape   ``notes`` are findings about the sheet as a whole; ``changes`` are what a yes writes, each member
            before and after; ``digest`` (hex) is bound to all of them and to the file.
    """

    file: str
    title: str
    header_row: int
    unread: tuple[str, ...]
    expires_at: datetime
    is_sound: bool
    lines: tuple[Line, ...]
    notes: tuple[Finding, ...]
    choices: Choices
    changes: tuple[tuple[Member | None, Member], ...]
    digest: str

    @property
    def counts(self) -> Mapping[State, int]:
        """How many lines there are of each state."""
        return Counter(each.state for each in self.lines)

    @property
    def new(self) -> int:
        return sum(1 for before, _ in self.changes if before is None)

    @property
    def left(self) -> int:
        return sum(1 for each in self.lines if each.is_leaving)

    @property
    def changed(self) -> int:
        return len(self.changes) - self.new - self.left

    def reasons(self) -> tuple[str, ...]:
        """Every finding in Japanese, with its level and row."""
        return tuple(
            finding_line(each)
            for each in (*self.notes, *(one for line in self.lines for one in line.findings))
        )

    def notes_said(self, language: str) -> tuple[str, ...]:
        return tuple(finding_sentence(each, language) for each in self.notes)


def preview_of(kept: Upload, sheet: RollSheet, choices: Choices, present: tuple[Member, ...]) -> RollPreview:
    """The preview of a sheet, with what its sender has chosen."""
    found = compared(sheet, present)
    findings = defaultdict[int, list[Finding]](list)
    for each in sheet.findings:
        findings[each.row].append(each)
    # Whoever stands in a row that is refused is not missing: the row has to be mended first.
    named = {each.member for each in sheet.verdicts}
    gone = sorted(found.changes.missing, key=official_order)
    missing = tuple(each for each in gone if each.left is None and each.member_id not in named)
    leaving = _leaving(missing, choices)
    changed = {each.after.member_id: each for each in found.changes.changed}
    new = {each.member_id for each in found.changes.new}
    lines = [
        _line(each, tuple(findings.pop(each.row, ())), changed=changed, new=new, choices=choices)
        for each in sheet.verdicts
    ]
    lines += [
        Line(0, State.MISSING, each.member_id, each.name, is_leaving=each.member_id in leaving)
        for each in missing
    ]
    changes = (*changes_of(found), *leaving.values())
    return RollPreview(
        file=kept.name,
        title=sheet.title,
        header_row=sheet.header_row,
        unread=sheet.unread,
        expires_at=parse_instant(kept.expires_at),
        is_sound=sheet.is_sound,
        lines=tuple(lines),
        notes=tuple(each for rest in findings.values() for each in rest),
        choices=choices,
        changes=changes,
        digest=_digest(kept, changes, sound=sheet.is_sound),
    )


def _leaving(missing: Sequence[Member], choices: Choices) -> dict[str, tuple[Member, Member]]:
    """Who leaves, before and after; nobody leaves before joining: such a one stays, and is seen to stay."""
    day = choices.left_on
    return {
        each.member_id: (each, replace(each, left=day))
        for each in missing
        if day is not None
        and each.member_id in choices.leaving
        and (each.joined is None or each.joined <= day)
    }


def _line(
    verdict: RowVerdict,
    findings: tuple[Finding, ...],
    *,
    changed: Mapping[str, Change],
    new: set[str],
    choices: Choices,
) -> Line:
    change = changed.get(verdict.member) if verdict.verdict is not Verdict.ERROR else None
    return Line(
        row=verdict.row,
        state=_state(verdict, findings, is_new=verdict.member in new, is_changed=change is not None),
        member_id=verdict.member,
        name=verdict.name,
        change=change,
        findings=findings,
        offers=_offers(findings),
        accepted=choices.repairs.get(verdict.row, ""),
    )


def _state(verdict: RowVerdict, findings: tuple[Finding, ...], *, is_new: bool, is_changed: bool) -> State:
    if verdict.verdict is Verdict.SKIPPED:
        return State.SKIPPED
    if verdict.verdict is Verdict.ERROR:
        errors = {each.code for each in findings if each.level is Level.ERROR}
        return State.OFFERED if errors <= _REPAIRABLE else State.REFUSED
    if is_new:
        return State.NEW
    return State.CHANGED if is_changed else State.SAME


def _offers(findings: tuple[Finding, ...]) -> tuple[str, ...]:
    """The codes that the one in the sheet may have been."""
    for each in findings:
        if each.code in _REPAIRABLE or each.code == _REPAIRED:
            return repairs(unicodedata.normalize("NFKC", each.facts["text"]))
    return ()


def _digest(kept: Upload, changes: Sequence[tuple[Member | None, Member]], *, sound: bool) -> str:
    what = {
        "body": kept.body,
        "changes": [
            [None if before is None else member_json(before), member_json(after)] for before, after in changes
        ],
        "sheet": sha256(kept.content).hexdigest(),
        "sound": sound,
    }
    return sha256(canonical.encode(what)).hexdigest()
