"""The order of promises: commit, read back, sign, swap the anchor; only then answer.

Every verb that records something does it inside one ``recording`` block.  Nothing is signed that the
store could not give back.  The anchor is where a fresh checkpoint is kept; the next entry's transaction
moves it into the table of all checkpoints.  Source: ledger L4; docs/adr/0006.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from voting.core.errors import Broken
from voting.ledger import checkpoint as checkpoints
from voting.ledger.canonical import instant_text, parse_instant
from voting.ledger.checkpoint import Checkpoint
from voting.ledger.entries import Entry, encode_entry
from voting.ledger.kinds import Body
from voting.ledger.merkle import EMPTY_ROOT, Frontier, frontier, leaf_hash
from voting.ledger.note import split_note
from voting.ledger.replay import ALLOWED, Stage
from voting.runtime import Runtime
from voting.services.errors import ClockWentBack, NoSuchAssembly, Suspended
from voting.services.proof import contradictions
from voting.store import assemblies, ledger
from voting.store.assemblies import Case
from voting.store.ledger import Head, Stored
from voting.store.transaction import Transaction

# Clocks of several hosts differ a little; more than this is no drift but a fault.
_TOLERANCE = timedelta(seconds=1)


@dataclass
class Book:
    """The ledger of one assembly, open for writing inside one transaction.

    Shape   ``now`` is the time of all entries written in it.  ``checkpoint`` and ``proofs`` are there
            only after the block has ended: a promise about a transaction that rolled back could not be
            kept.
    """

    tx: Transaction
    case: Case
    now: datetime
    head: Head
    written: list[Stored] = field(default_factory=list)
    checkpoint: bytes = b""
    _kinds: list[str] = field(default_factory=list)

    def _stage(self) -> Stage:
        """How far the ledger has come, this block included: what follows is judged by replay's own table."""
        case = self.case
        reached = (
            (Stage.FROZEN, "freeze", case.frozen_index),
            (Stage.OPEN, "issue", case.issued_index),
            (Stage.CLOSED, "close", case.closed_index),
            (Stage.DEEMED, "deemed", case.deemed_index),
            (Stage.TALLIED, "tally", case.tally_index),
            (Stage.DECLARED, "result", case.result_index),
        )
        done = [stage for stage, kind, index in reached if index is not None or kind in self._kinds]
        return done[-1] if done else Stage.BEGUN

    def append(self, body: Body) -> int:
        """Write an entry; the answer is its index."""
        if body.kind not in ALLOWED[self._stage()]:
            raise Broken(f"{self.case.origin}: a {body.kind} entry may not stand here")
        index = self.head.size + len(self.written)
        self._kinds.append(body.kind)
        data = encode_entry(Entry(index=index, log=self.case.origin, time=self.now, body=body))
        self.written.append(Stored(index, leaf_hash(data), data))
        return index

    def leaf(self, index: int) -> bytes:
        """The leaf hash of an entry written in this block."""
        return self.written[index - self.head.size].leaf_hash


@contextmanager
def recording(rt: Runtime, origin: str) -> Iterator[Book]:
    """Record something in the ledger *origin*; all or nothing.

    Raises  NoSuchAssembly; Suspended where the database is behind the anchor or a witness; ClockWentBack;
            Broken where the ledger contradicts itself.
    """
    if origin in rt.distrusted:
        # Head and anchor may agree over entries that were altered, which only the whole tree shows.
        recompute(rt, origin)
    with ExitStack() as promise:
        with rt.database.ledger_turn(origin):
            with rt.database.transaction() as tx:
                case, old = open_ledger(tx, origin)
                note = signed_head(rt, case, old)
                require_not_behind(origin, old, own=note, anchored=rt.anchors.read(origin))
                contradictions.require_none(case, old)
                book = Book(tx, case, entry_time(rt, old), old)
                yield book
                if book.written:
                    new = head_after(old, book.written, book.now)
                    ledger.append(tx, case.id, book.written, old=old, new=new)
                    # The anchor holds this checkpoint, or will in a moment; its lasting place is here.
                    ledger.put_checkpoint(tx, case.id, size=old.size, note=note)
            if book.written:
                # Taken before the other turn is let go: promises are made in the order of commits.
                promise.enter_context(rt.database.promise_turn(origin))
        if book.written:
            book.checkpoint = _acknowledge(rt, case, old, note, new)


def begin(rt: Runtime, tx: Transaction, origin: str, genesis: Body, *, now: datetime) -> Case:
    """Write the first entry of a new ledger inside the transaction that creates its assembly.

    The checkpoint over it is signed by the next ``settle``: until then nothing was promised.
    """
    case = assemblies.find(tx, origin)
    if case is None:
        raise Broken(f"{origin} was to be created first")
    empty = Head(EMPTY_ROOT, Frontier(0, ()), instant_text(now))
    ledger.start(tx, case.id, empty)
    data = encode_entry(Entry(index=0, log=origin, time=now, body=genesis))
    entry = Stored(0, leaf_hash(data), data)
    ledger.append(tx, case.id, [entry], old=empty, new=head_after(empty, [entry], now))
    return case


def settle(rt: Runtime, origin: str) -> None:
    """Bring checkpoint and anchor up to the ledger, after a crash between commit and answer.

    Raises  as ``recording``.
    """
    with rt.database.ledger_turn(origin), rt.database.promise_turn(origin):
        anchored = _anchored(rt, origin)
        with rt.database.reading() as tx:
            case, head = open_ledger(tx, origin)
            leaves = ledger.leaves(tx, case.id, head.size)
        _require_prefix(origin, anchored, leaves)
        size = 0 if anchored is None else anchored.size
        if size < head.size:
            promise(rt, case, Head(b"", frontier(leaves[:size]), head.last_time), head)


def ensure_covered(rt: Runtime, origin: str, index: int) -> None:
    """Wait until a checkpoint covers entry *index*, which is committed; settle where nobody will sign it."""
    note = rt.anchors.read(origin)
    if not note or _stated(note).size <= index:
        settle(rt, origin)


def recompute(rt: Runtime, origin: str) -> Checkpoint | None:
    """Recompute the whole tree from the stored entries and compare it with head and anchor.

    Done at start and hourly.  The answer is the state the anchor had, None where nothing was signed.
    Raises  Broken, Suspended.
    """
    turns = rt.database.ledger_turn(origin), rt.database.promise_turn(origin)
    with turns[0], turns[1], rt.database.reading() as tx:
        case, head = open_ledger(tx, origin)
        leaves = sound_leaves(tx, case, head)
    anchored = _anchored(rt, origin)
    _require_prefix(origin, anchored, leaves)
    return anchored


def sound_leaves(tx: Transaction, case: Case, head: Head) -> list[bytes]:
    """The leaves of all entries, recomputed from their bytes.  Raises: Broken where they are not *head*'s."""
    entries = ledger.entries(tx, case.id)
    leaves = [leaf_hash(item.entry) for item in entries]
    if [item.leaf_hash for item in entries] != leaves:
        raise Broken(f"{case.origin}: an entry does not hash to its stored leaf")
    if frontier(leaves) != head.frontier or head.frontier.root() != head.root:
        raise Broken(f"{case.origin}: the stored entries do not give the stored root")
    return leaves


def open_ledger(tx: Transaction, origin: str) -> tuple[Case, Head]:
    """Raises: NoSuchAssembly; Broken for an assembly without a ledger."""
    case = assemblies.find(tx, origin)
    if case is None:
        raise NoSuchAssembly(origin)
    return case, ledger.head(tx, case.id)


def signed_head(rt: Runtime, case: Case, head: Head) -> bytes:
    """The checkpoint note over *head*.

    Ed25519 signs the same text to the same bytes, so an anchor that equals it is known to be genuine
    and to name this head, at less than the cost of verifying it.
    """
    return checkpoints.sign(Checkpoint(case.origin, head.size, head.root), rt.keys.signer(case.origin))


def _stated(note: bytes) -> Checkpoint:
    """What a note says, its signature not looked at."""
    return checkpoints.parse(split_note(note)[0])


def require_not_behind(origin: str, head: Head, *, own: bytes, anchored: bytes) -> None:
    """Stop where more, or something else, was signed than the database holds: it was turned back.

    An anchor that is behind belongs to a promise still being made, or to one that a crash left open;
    both are looked at when the next promise is made.
    Shape   *own* is the checkpoint note over *head*, *anchored* what the anchor holds.
    """
    if anchored == own or not anchored:
        return
    stated = _stated(anchored)
    if stated.origin != origin:
        raise Broken(f"{origin}: the anchor is that of {stated.origin}")
    if stated.size > head.size:
        raise Suspended(origin, head.size, stated.size)
    if stated.size == head.size:
        raise Broken(f"{origin}: the anchor is not the checkpoint over the {head.size} stored entries")


def _acknowledge(rt: Runtime, case: Case, old: Head, note: bytes, new: Head) -> bytes:
    """Make the promise about what was committed from *old* to *new*; everything before is promised first.

    Shape   *note* is the checkpoint over *old*.
    """
    if rt.anchors.read(case.origin) != note:
        # The writer before died between its commit and its promise.
        anchored = _anchored(rt, case.origin)
        with rt.database.reading() as tx:
            leaves = ledger.leaves(tx, case.id, old.size)
        _require_prefix(case.origin, anchored, leaves)
        size = 0 if anchored is None else anchored.size
        if size < old.size:
            promise(rt, case, Head(b"", frontier(leaves[:size]), old.last_time), old)
    return promise(rt, case, old, new)


def promise(rt: Runtime, case: Case, old: Head, new: Head) -> bytes:
    """Read back what was committed from *old* to *new*, recompute the root, sign it, swap the anchor."""
    with rt.database.reading() as tx:
        entries = ledger.entries(tx, case.id, start=old.size, end=new.size)
    grown = old.frontier
    for item in entries:
        leaf = leaf_hash(item.entry)
        if leaf != item.leaf_hash or item.index != grown.size:
            raise Broken(f"{case.origin}: entry {item.index} was not read back as it was written")
        grown = grown.append(leaf)
    if grown != new.frontier or grown.root() != new.root:
        raise Broken(f"{case.origin}: the entries read back do not give the root at {new.size}")
    note = signed_head(rt, case, new)
    rt.anchors.swap(case.origin, note)
    return note


def checkpoint_covering(rt: Runtime, tx: Transaction, case: Case, index: int) -> bytes:
    """The earliest checkpoint that covers entry *index*: that of the batch which committed it.

    Raises  Broken where nothing was signed over it.
    """
    stored = ledger.checkpoint_covering(tx, case.id, index)
    if stored is not None:
        return stored
    note = rt.anchors.read(case.origin)
    newest = _anchored(rt, case.origin)
    if newest is None or newest.size <= index:
        raise Broken(f"{case.origin}: no checkpoint covers entry {index}")
    return note


def _anchored(rt: Runtime, origin: str) -> Checkpoint | None:
    note = rt.anchors.read(origin)
    return None if not note else checkpoints.open(note, [rt.keys.signer(origin).verifier])


def _require_prefix(origin: str, anchored: Checkpoint | None, leaves: list[bytes]) -> None:
    if anchored is None:
        return
    if anchored.size > len(leaves):
        raise Suspended(origin, len(leaves), anchored.size)
    if frontier(leaves[: anchored.size]).root() != anchored.root:
        raise Broken(f"{origin}: the ledger does not continue what was signed at size {anchored.size}")


def entry_time(rt: Runtime, head: Head) -> datetime:
    """The time of the next entry (ADR 3).  Raises: ClockWentBack."""
    now, last = rt.now(), parse_instant(head.last_time)
    if last - now > _TOLERANCE:
        raise ClockWentBack(head.last_time, instant_text(now))
    return max(now, last)


def head_after(old: Head, written: list[Stored], now: datetime) -> Head:
    """The head that *written* lead to."""
    grown = old.frontier
    for item in written:
        grown = grown.append(item.leaf_hash)
    return Head(grown.root(), grown, instant_text(now))
