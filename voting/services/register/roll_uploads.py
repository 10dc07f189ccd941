"""The office's own sheet on its way into the register: sent, looked at, put right, confirmed.

Between the upload and somebody's yes the sheet lies in the database, for its sender alone and for two hours;
then, or when it is confirmed or given up, it is wiped.  What is confirmed is bound to the digest of exactly
what was shown: a register that has changed since is refused, never written over.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import ClassVar

from voting.core.errors import Refusal
from voting.core.japanese_dates import parse_date
from voting.core.permissions import Act, Officer, require
from voting.ledger.canonical import instant_text, parse_instant
from voting.runtime import Runtime
from voting.services.register.registers import Did, require_body, require_own_register, turn
from voting.services.register.roll_preview import Choices, RollPreview, preview_of
from voting.services.register.rolls import SheetHasErrors
from voting.sheets.errors import FileTooBig
from voting.sheets.headers import ColumnTwice, NoHeader
from voting.sheets.headers import Layout as Layout
from voting.sheets.roll_form import Top, top_of
from voting.sheets.roll_sheet import RollSheet, read_roll
from voting.store import members, roll_uploads
from voting.store.roll_uploads import Upload
from voting.store.transaction import Transaction

LARGEST = 10_000_000  # bytes: a roll of a hundred thousand members, and no more than a server keeps gladly
KEPT_FOR = timedelta(hours=2)
_LONGEST_NAME = 200


@dataclass(eq=False)
class NoSuchUpload(Refusal):
    """It was confirmed, given up, replaced by another one, or lay for too long; or it is somebody else's."""

    code: ClassVar[str] = "no-such-upload"


@dataclass(eq=False)
class NoFile(Refusal):
    code: ClassVar[str] = "no-file"


@dataclass(eq=False)
class RegisterChanged(Refusal):
    """The register, or the choices, are no longer those that the confirmed page has shown."""

    code: ClassVar[str] = "register-changed"


@dataclass(eq=False)
class NothingToStore(Refusal):
    """The sheet says what the register says."""

    code: ClassVar[str] = "nothing-to-store"


@dataclass(eq=False)
class LeavingDayMissing(Refusal):
    """Somebody is to leave, and no day is given."""

    code: ClassVar[str] = "leaving-day-missing"


@dataclass(frozen=True, slots=True)
class Sent:
    """An upload as its sender sees it.  Shape: ``layout`` where the columns were named by hand."""

    id: str
    name: str
    expires_at: datetime
    layout: Layout | None


@dataclass(frozen=True, slots=True)
class Stored:
    """What was written.  Units: members."""

    new: int
    changed: int
    left: int


def upload(rt: Runtime, who: Officer, body: str, *, data: bytes, name: str) -> str:
    """Keep a sheet for its preview, in the place of an earlier one; the answer is its id.

    Raises  NoFile, NoSuchBody, CommitteeRegister, and every refusal of an unreadable file but that its
            headings are not known: those can be named by hand.  Nothing is kept of a file that is refused.
    """
    require(who, Act.EDIT_ROLL)
    if not name:
        raise NoFile
    if len(data) > LARGEST:
        raise FileTooBig(len(data), LARGEST)
    with rt.database.reading() as tx:
        require_own_register(require_body(tx, body))
    _require_readable(data, name)
    now = rt.now()
    kept = Upload(
        id=rt.token(16).hex(),
        body=body,
        by=who.id,
        name=name.replace("\\", "/").rpartition("/")[2][:_LONGEST_NAME],
        content=data,
        choices=Choices().to_json(),
        uploaded_at=instant_text(now),
        expires_at=instant_text(now + KEPT_FOR),
    )
    with rt.database.transaction() as tx:
        roll_uploads.put(tx, kept)
    return kept.id


def sent(rt: Runtime, who: Officer, body: str, upload_id: str) -> Sent:
    """Raises: NoSuchUpload."""
    require(who, Act.EDIT_ROLL)
    kept = _find_now(rt, who, body, upload_id)
    return Sent(kept.id, kept.name, parse_instant(kept.expires_at), Choices.from_json(kept.choices).layout)


def preview(rt: Runtime, who: Officer, body: str, upload_id: str) -> RollPreview:
    """What the sheet would change, row by row.

    Raises  NoSuchUpload; NoHeader and ColumnTwice where the columns have to be named by hand.
    """
    require(who, Act.EDIT_ROLL)
    kept = _find_now(rt, who, body, upload_id)
    choices = Choices.from_json(kept.choices)
    sheet = _sheet(kept, choices)
    with rt.database.reading() as tx:
        return preview_of(kept, sheet, choices, members.recorded(tx, body))


def top(rt: Runtime, who: Officer, body: str, upload_id: str, title: str = "") -> Top:
    """The first rows of the sheet, so that somebody can say what its columns are.  Raises: NoSuchUpload."""
    require(who, Act.EDIT_ROLL)
    kept = _find_now(rt, who, body, upload_id)
    return top_of(kept.content, kept.name, title)


def lay_out(rt: Runtime, who: Officer, body: str, upload_id: str, layout: Layout | None) -> None:
    """Say where the headings stand and what each column means; None lets the headings speak again.

    Repairs and leavings that were chosen before are forgotten: they were about other columns.
    Raises  NoSuchUpload; NoHeader, ColumnTwice and NoSuchSheet for a layout that cannot be.
    """
    require(who, Act.EDIT_ROLL)
    kept = _find_now(rt, who, body, upload_id)
    choices = Choices(layout=layout)
    _sheet(kept, choices)
    _keep(rt, kept, choices)


def choose(
    rt: Runtime,
    who: Officer,
    body: str,
    upload_id: str,
    *,
    repairs: Mapping[int, str],
    leaving: tuple[str, ...],
    left_on: str,
) -> None:
    """Say which of the offered repairs are right, and which members missing in the sheet have left and when.

    Raises  NoSuchUpload, LeavingDayMissing, NoDate.
    """
    require(who, Act.EDIT_ROLL)
    kept = _find_now(rt, who, body, upload_id)
    if leaving and not left_on:
        raise LeavingDayMissing
    day = parse_date(left_on) if leaving else None
    before = Choices.from_json(kept.choices)
    _keep(rt, kept, replace(before, repairs=dict(repairs), leaving=leaving, left_on=day))


def confirm(rt: Runtime, who: Officer, body: str, upload_id: str, *, digest: str) -> Stored:
    """Write exactly what the preview of that digest has shown, and wipe the sheet.

    Raises  NoSuchUpload, RegisterChanged, SheetHasErrors, NothingToStore.
    """
    require(who, Act.EDIT_ROLL)
    kept = _find_now(rt, who, body, upload_id)
    choices, now = Choices.from_json(kept.choices), rt.now()
    sheet = _sheet(kept, choices)
    with rt.database.transaction() as tx:
        act = turn(tx, body, who, now=now)
        _find(tx, who, body, upload_id, now=now)
        found = preview_of(kept, sheet, choices, members.recorded(tx, body))
        if found.digest != digest:
            raise RegisterChanged
        if not found.is_sound:
            raise SheetHasErrors(found.reasons())
        if not found.changes:
            raise NothingToStore
        act.write(Did.IMPORTED, found.changes, detail=kept.name)
        roll_uploads.wipe(tx, upload_id)
    return Stored(found.new, found.changed, found.left)


def give_up(rt: Runtime, who: Officer, body: str, upload_id: str) -> None:
    """Wipe the sheet; the register stays as it is.  Raises: NoSuchUpload."""
    require(who, Act.EDIT_ROLL)
    now = rt.now()
    with rt.database.transaction() as tx:
        _find(tx, who, body, upload_id, now=now)
        roll_uploads.wipe(tx, upload_id)


def wipe_expired(rt: Runtime) -> None:
    """Wipe the sheets that nobody has come back to.  Run by ``voting tick``."""
    now = instant_text(rt.now())
    with rt.database.transaction() as tx:
        roll_uploads.wipe_expired(tx, now=now)


def _require_readable(data: bytes, name: str) -> None:
    """Raises: UnreadableSheet, unless it is only the headings that are not known."""
    try:
        read_roll(data, name)
    except (NoHeader, ColumnTwice):
        top_of(data, name)


def _sheet(kept: Upload, choices: Choices) -> RollSheet:
    return read_roll(kept.content, kept.name, layout=choices.layout, repairs=choices.repairs)


def _find_now(rt: Runtime, who: Officer, body: str, upload_id: str) -> Upload:
    with rt.database.reading() as tx:
        return _find(tx, who, body, upload_id, now=rt.now())


def _find(tx: Transaction, who: Officer, body: str, upload_id: str, *, now: datetime) -> Upload:
    found = roll_uploads.find(tx, upload_id, by=who.id, body=body, now=instant_text(now))
    if found is None:
        raise NoSuchUpload
    return found


def _keep(rt: Runtime, kept: Upload, choices: Choices) -> None:
    with rt.database.transaction() as tx:
        roll_uploads.choose(tx, kept.id, choices.to_json())
