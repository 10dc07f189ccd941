"""The ledger as files of a transparency log, for anybody, before the close as after it.

Entries hold commitments only.  Nothing is given out that a signed checkpoint does not cover: what was
committed a moment ago is no promise yet.  Source: c2sp.org/tlog-tiles; docs/ledger-format.md, L7.
"""

from dataclasses import dataclass, field

from voting.core.errors import Broken
from voting.ledger import checkpoint as checkpoints
from voting.ledger.merkle import root
from voting.ledger.tiles import WIDTH, Tile, TileFault, entry_bundle, parse_tile
from voting.runtime import Runtime
from voting.services.errors import NoSuchAssembly, Suspended
from voting.services.proof.cosigned import with_cosignatures
from voting.store import assemblies, incidents, ledger
from voting.store.assemblies import Case
from voting.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Nodes:
    """The roots of full tiles, once they were computed: 32 bytes for each 256 entries.

    A full tile that a signed checkpoint covers never changes, so nothing is ever dropped from here.  Where a
    database was restored, the log goes on behind an incident: what was computed before it is not asked for
    again, for each root is known by its log, the leaf of the newest incident, level and number.
    """

    known: dict[tuple[str, bytes, int, int], bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One ledger in the list.  Shape: ``prefix`` is where its files begin, without a slash at its end."""

    origin: str
    prefix: str
    title: str
    vkey: str


def ledgers(rt: Runtime) -> tuple[LedgerLine, ...]:
    """The ledgers of all assemblies whose notice went out, the newest first."""
    with rt.database.reading() as tx:
        cases = [case for case in assemblies.everything(tx) if case.issued_index is not None]
    return tuple(
        LedgerLine(
            origin=case.origin,
            prefix=f"/ledger/{case.origin}",
            title=f"{case.docket.body.name} {case.docket.assembly.title}",
            vkey=case.vkey,
        )
        for case in reversed(cases)
    )


def checkpoint(rt: Runtime, origin: str) -> bytes:
    """The last signed promise about the ledger, with the cosignatures it has.

    Raises  NoSuchAssembly, as for the public page.
    """
    case = _case(rt, origin)
    note = rt.anchors.read(origin)
    with rt.database.reading() as tx:
        return with_cosignatures(tx, case, _promised(rt, case, note), note)


def tile(rt: Runtime, nodes: Nodes, origin: str, path: str) -> tuple[Tile, bytes] | None:
    """The tile or bundle of entries at *path* and its content; None where none is promised.

    Raises  NoSuchAssembly; Suspended for what was promised and is not stored any more.
    """
    case = _case(rt, origin)
    try:
        place = parse_tile(path)
    except TileFault:
        return None
    # The anchor first: the store can only have grown since.
    promised = _promised(rt, case, rt.anchors.read(origin))
    if place.covers > promised:
        return None
    with rt.database.reading() as tx:
        stored = ledger.head(tx, case.id).size
        # Of a store that was turned back, what it still has was signed all the same: whoever looks into the
        # loss, or holds an older receipt, needs it now.
        if stored < place.covers:
            raise Suspended(origin, stored, promised)
        return place, _content(tx, case, nodes, place)


def _case(rt: Runtime, origin: str) -> Case:
    with rt.database.reading() as tx:
        case = assemblies.find(tx, origin)
    if case is None or case.issued_index is None:
        raise NoSuchAssembly(origin)
    return case


def _promised(rt: Runtime, case: Case, note: bytes) -> int:
    if not note:
        raise Broken(f"{case.origin} was issued without a checkpoint")
    return checkpoints.open(note, [rt.keys.signer(case.origin).verifier]).size


def _content(tx: Transaction, case: Case, nodes: Nodes, place: Tile) -> bytes:
    end = place.first + place.width
    if place.level is None:
        return entry_bundle([each.entry for each in ledger.entries(tx, case.id, start=place.first, end=end)])
    if place.level == 0:
        return b"".join(ledger.leaves_between(tx, case.id, place.first, end))
    below, history = place.level - 1, _history(tx, case)
    return b"".join(_root_of(tx, case, nodes, history, below, number) for number in range(place.first, end))


def _history(tx: Transaction, case: Case) -> bytes:
    """What tells the log from one that was lost: the leaf of its newest incident."""
    told = incidents.incidents(tx, case.id)
    return b"".join(ledger.leaves_between(tx, case.id, told[-1].index, told[-1].index + 1)) if told else b""


def _root_of(tx: Transaction, case: Case, nodes: Nodes, history: bytes, level: int, number: int) -> bytes:
    """The root of a full tile, which is a node of the level above."""
    place = case.origin, history, level, number
    known = nodes.known.get(place)
    if known is None:
        first = number * WIDTH
        if level == 0:
            hashes = ledger.leaves_between(tx, case.id, first, first + WIDTH)
        else:
            below = range(first, first + WIDTH)
            hashes = [_root_of(tx, case, nodes, history, level - 1, each) for each in below]
        known = nodes.known[place] = root(hashes)
    return known
