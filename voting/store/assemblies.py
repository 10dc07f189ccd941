"""Assemblies: what was drafted, how far each has come, its documents and published results."""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from sqlalchemy import bindparam, func, insert, or_, select, update

from voting.core.docket import Docket
from voting.core.docket_json import docket_from_json
from voting.core.errors import Broken
from voting.ledger import canonical
from voting.ledger.answered import NewTexts
from voting.ledger.canonical import parse_instant
from voting.store.documents import document_size as document_size
from voting.store.documents import put_document as put_document
from voting.store.documents import read_document as read_document
from voting.store.during_tables import amendment
from voting.store.tables import assembly, publication
from voting.store.transaction import Row, Transaction

# All but the two dockets, which are large and of which a frozen one never changes.
_COLUMNS = [
    assembly.c.id,
    assembly.c.origin,
    assembly.c.body,
    assembly.c.chair,
    assembly.c.contact,
    assembly.c.disclosure,
    assembly.c.vkey,
    assembly.c.base,
    assembly.c.frozen_index,
    assembly.c.issued_index,
    assembly.c.closed_index,
    assembly.c.deemed_index,
    assembly.c.tally_index,
    assembly.c.result_index,
    assembly.c.certified_at,
    assembly.c.certified_chair,
    assembly.c.certified_auditor,
    assembly.c.contradiction,
    assembly.c.contradiction_settled,
    assembly.c.amended_sha256,
    assembly.c.texts_index,
    select(amendment.c.amended_at)
    .where(amendment.c.assembly == assembly.c.id, amendment.c.idx == assembly.c.texts_index)
    .scalar_subquery(),
]
_DOCKETS = select(assembly.c.docket, assembly.c.sealed_docket).where(assembly.c.id == bindparam("id"))
_BY_ORIGIN = select(*_COLUMNS).where(assembly.c.origin == bindparam("origin"))
_BY_ID = select(*_COLUMNS).where(assembly.c.id == bindparam("id"))
_ALL = select(*_COLUMNS).order_by(assembly.c.id)
_NEXT_ID = select(func.coalesce(func.max(assembly.c.id), 0) + 1)
_INSERT = insert(assembly).values(
    {
        name: bindparam(name)
        for name in ["id", "origin", "body", "chair", "contact", "disclosure", "vkey", "docket", "created_at"]
    }
)
_SEAL = (
    update(assembly)
    .where(assembly.c.id == bindparam("assembly_id"))
    .values(
        sealed_docket=bindparam("sealed_docket"),
        base=bindparam("base"),
        frozen_index=bindparam("frozen_index"),
    )
)
_REDRAFT = (
    update(assembly)
    .where(assembly.c.id == bindparam("assembly_id"), assembly.c.frozen_index.is_(None))
    .values(docket=bindparam("text"), chair=bindparam("chairs"), contact=bindparam("asked"))
)
_REACHED = {
    step: update(assembly)
    .where(assembly.c.id == bindparam("assembly_id"), assembly.c[f"{step}_index"].is_(None))
    .values({f"{step}_index": bindparam("reached")})
    for step in ("issued", "closed", "deemed", "tally", "result")
}
_CERTIFY = (
    update(assembly)
    .where(assembly.c.id == bindparam("assembly_id"), assembly.c.certified_at.is_(None))
    .values(
        certified_at=bindparam("at"),
        certified_chair=bindparam("chair"),
        certified_auditor=bindparam("auditor"),
    )
)
_CHECK_DUE = select(assembly.c.id).where(
    assembly.c.id == bindparam("assembly_id"),
    or_(assembly.c.checked_at.is_(None), assembly.c.checked_at <= bindparam("before")),
)
_NOTE_CHECK = (
    update(assembly).where(assembly.c.id == bindparam("assembly_id")).values(checked_at=bindparam("now"))
)
_PUBLISH = insert(publication)
_PUBLISHED = select(publication.c.content).where(
    publication.c.assembly == bindparam("assembly"), publication.c.name == bindparam("name")
)
_PUBLISHED_SIZES = select(publication.c.name, publication.c.sha256, func.length(publication.c.content)).where(
    publication.c.assembly == bindparam("assembly")
)


@dataclass(frozen=True, slots=True)
class Case:
    """One assembly as the store has it.

    Shape   the ``*_index`` are ledger indices of the acts that were recorded, None where not yet;
            ``base`` is the leaf hash (hex) that ballots name: of the freeze entry, or of the last amendment
            of texts; the docket is the one in force and names members by number;
            ``texts_index`` and ``texts_at`` are place and time of that amendment, None where there is none;
            ``contradiction`` is a checkpoint that the log has signed and the stored ledger does not hold,
            ``contradiction_settled`` the ledger index of the incident that accounts for it.
    """

    id: int
    origin: str
    body: str
    chair: str | None
    contact: str
    disclosure: str
    vkey: str
    docket: Docket
    sealed_docket: str | None
    base: str | None
    frozen_index: int | None
    issued_index: int | None
    closed_index: int | None
    deemed_index: int | None
    tally_index: int | None
    result_index: int | None
    certified_at: str | None
    certified_chair: str | None
    certified_auditor: str | None
    contradiction: bytes | None
    contradiction_settled: int | None
    amended_sha256: str | None
    texts_index: int | None
    texts_at: str | None

    @property
    def new_texts(self) -> NewTexts | None:
        """The last amendment of texts: what was given before it is void."""
        if self.texts_index is None:
            return None
        if self.texts_at is None:
            raise Broken(f"{self.origin}: its last amendment of texts is not kept")
        return NewTexts(self.texts_index, parse_instant(self.texts_at))

    @property
    def docket_sha256(self) -> str:
        """SHA-256 (hex) of docket.json as published, where the docket is known to be frozen."""
        if self.sealed_docket is None:
            raise Broken(f"{self.origin} is not frozen")
        return sha256(self.sealed_docket.encode()).hexdigest()

    @property
    def sealed_base(self) -> str:
        """``base``, where the docket is known to be frozen."""
        if self.base is None:
            raise Broken(f"{self.origin} is not frozen")
        return self.base


def add(
    tx: Transaction,
    *,
    origin: str,
    body: str,
    chair: str | None,
    contact: str,
    disclosure: str,
    vkey: str,
    docket: str,
    now: str,
) -> int:
    """Write a draft; the answer is its id."""
    row = tx.one(_NEXT_ID)
    number = int(row[0]) if row else 1
    tx.run(
        _INSERT,
        id=number,
        origin=origin,
        body=body,
        chair=chair,
        contact=contact,
        disclosure=disclosure,
        vkey=vkey,
        docket=docket,
        created_at=now,
    )
    return number


def find(tx: Transaction, origin: str) -> Case | None:
    row = tx.one(_BY_ORIGIN, origin=origin)
    return None if row is None else _case(tx, row)


def load(tx: Transaction, assembly_id: int) -> Case:
    row = tx.one(_BY_ID, id=assembly_id)
    if row is None:
        raise Broken(f"there is no assembly {assembly_id}")
    return _case(tx, row)


def afresh(tx: Transaction, assembly_id: int) -> Case:
    """The assembly as it is stored now, nothing of it remembered: for whoever looks for changes by hand."""
    row = tx.one(_BY_ID, id=assembly_id)
    if row is None:
        raise Broken(f"there is no assembly {assembly_id}")
    return _read(tx, row)


def everything(tx: Transaction) -> tuple[Case, ...]:
    """All assemblies, oldest first."""
    return tuple(_case(tx, row) for row in tx.all(_ALL))


def seal(tx: Transaction, assembly_id: int, *, sealed_docket: str, base: str, index: int) -> None:
    tx.run(_SEAL, assembly_id=assembly_id, sealed_docket=sealed_docket, base=base, frozen_index=index)


def redraft(tx: Transaction, assembly_id: int, *, docket: str, chair: str | None, contact: str) -> None:
    """Put another docket in the place of a draft's.  Raises: Broken where it is frozen."""
    if tx.run(_REDRAFT, assembly_id=assembly_id, text=docket, chairs=chair, asked=contact) != 1:
        raise Broken(f"assembly {assembly_id} is frozen, and its draft was to be changed")


def reach(tx: Transaction, assembly_id: int, step: str, index: int) -> None:
    """Note that *step* (issued, closed, deemed, tally, result) was recorded at ledger *index*.

    Raises  Broken where it was recorded before; ``result`` may come again and keeps its first index.
    """
    if tx.run(_REACHED[step], assembly_id=assembly_id, reached=index) != 1 and step != "result":
        raise Broken(f"assembly {assembly_id}: {step} was recorded twice")


def certify(tx: Transaction, assembly_id: int, *, at: str, chair: str, auditor: str) -> None:
    if tx.run(_CERTIFY, assembly_id=assembly_id, at=at, chair=chair, auditor=auditor) != 1:
        raise Broken(f"assembly {assembly_id} was certified twice")


def is_check_due(tx: Transaction, assembly_id: int, *, before: str) -> bool:
    """Whether the ledger was last found right at or before that instant, or never."""
    return tx.one(_CHECK_DUE, assembly_id=assembly_id, before=before) is not None


def note_check(tx: Transaction, assembly_id: int, *, now: str) -> None:
    tx.run(_NOTE_CHECK, assembly_id=assembly_id, now=now)


def publish(tx: Transaction, assembly_id: int, name: str, content: bytes) -> str:
    """Keep a result file under its name; the answer is its SHA-256 (hex)."""
    digest = sha256(content).hexdigest()
    tx.run(_PUBLISH, assembly=assembly_id, name=name, sha256=digest, content=content)
    return digest


def published(tx: Transaction, assembly_id: int, name: str) -> bytes | None:
    row = tx.one(_PUBLISHED, assembly=assembly_id, name=name)
    return None if row is None else bytes(row[0])


def published_sizes(tx: Transaction, assembly_id: int) -> tuple[tuple[str, str, int], ...]:
    """Of each result file that is kept its name, SHA-256 (hex) and bytes."""
    return tuple((row[0], row[1], int(row[2])) for row in tx.all(_PUBLISHED_SIZES, assembly=assembly_id))


# The frozen assemblies this process has seen, by all that can change of them: the row is read each time,
# with hashes of the docket.  Only who writes into the database by hand can make one stale: see ``afresh``.
_FROZEN: dict[Row, Case] = {}
_MOST_FROZEN = 64


def _case(tx: Transaction, row: Row) -> Case:
    """The assembly of a row of ``_COLUMNS``."""
    known = _FROZEN.get(row)
    if known is not None:
        return known
    case = _read(tx, row)
    if case.base is not None:
        if len(_FROZEN) >= _MOST_FROZEN:
            _FROZEN.clear()
        _FROZEN[row] = case
    return case


def _read(tx: Transaction, row: Row) -> Case:
    dockets = tx.one(_DOCKETS, id=row[0])
    if dockets is None:
        raise Broken(f"assembly {row[0]} is gone")
    return Case(*(*row[:7], _docket(dockets[0]), dockets[1], *row[7:]))


@lru_cache(maxsize=64)
def _docket(text: str) -> Docket:
    # A pure function of the text: one that is looked at again and again is parsed once.
    return docket_from_json(canonical.decode(text.encode()))
