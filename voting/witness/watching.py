"""A witness behind a firewall: it goes and looks, and brings its signature to the log itself.

From the published tiles it computes the whole tree again, so it need not believe any proof.
"""

from collections.abc import MutableMapping
from contextlib import suppress

from voting.core.errors import Refusal
from voting.ledger.checkpoint import Checkpoint
from voting.ledger.merkle import HASH_BYTES, consistency, root
from voting.ledger.note import split_note
from voting.ledger.tiles import leaf_tiles
from voting.witness.client import Answer, Ask
from voting.witness.desk import Desk
from voting.witness.errors import FilesDiffer, Forked, NotProved, Unreachable, WentSmaller
from voting.witness.judging import Submission, opened, stated

_OK = 200


def watch(desk: Desk, ask: Ask, prefix: str, tiles: MutableMapping[str, bytes]) -> bool:
    """Look once at the log published below *prefix*; True where a cosignature was brought to it.

    Shape   *tiles* keeps the full tiles of earlier looks, which never change.
    Raises  UnknownLog, NotSignedByLog; WentSmaller and Forked, once both checkpoints have been kept and
            the log was told what it had signed; FilesDiffer; Unreachable.
    """
    prefix = prefix.rstrip("/")
    note = _get(ask, f"{prefix}/checkpoint")
    log = desk.state.log(stated(note).origin)
    offered = opened(note, log)
    kept = desk.state.held(log.name)
    held = None if kept is None else opened(kept, log)
    if held is not None and kept is not None and offered.size < held.size:
        found = WentSmaller(log.name, held.size, offered.size)
        raise _told(desk, ask, prefix, found, note)
    if held == offered and _has_signed(desk, note):
        return False
    leaves = _leaves(ask, prefix, offered, tiles)
    size = 0 if held is None else held.size
    submission = Submission(size, consistency(leaves, size, offered.size), note)
    try:
        line = desk.cosign(submission)
    except NotProved:
        # The tiles give the root that was signed now, and another one for the size signed before.
        raise _told(desk, ask, prefix, Forked(log.name, size, offered.size), note) from None
    except Forked as fork:
        raise _told(desk, ask, prefix, fork, note) from None
    bring(ask, prefix, note + line)
    return True


def bring(ask: Ask, prefix: str, note: bytes) -> None:
    """Give the log a checkpoint of its own with our cosignature.  Raises: Unreachable where it refuses."""
    url = f"{prefix}/cosignature"
    answer = ask(url, note)
    if answer.status != _OK:
        raise Unreachable(url, _said(answer))


def _told(desk: Desk, ask: Ask, prefix: str, found: Refusal, note: bytes) -> Refusal:
    """Keep and show both checkpoints, then tell the log what it had signed: it must stop and be looked at."""
    if isinstance(found, WentSmaller | Forked):
        desk.report(found, note)
        with suppress(Unreachable):
            ask(f"{prefix}/cosignature", desk.state.held(found.origin) or b"")
    return found


def _has_signed(desk: Desk, note: bytes) -> bool:
    text, lines = split_note(note)
    return bool(desk.cosigner.witness.signatures(text, lines))


def _leaves(ask: Ask, prefix: str, offered: Checkpoint, tiles: MutableMapping[str, bytes]) -> list[bytes]:
    """The hashes of all leaves, which give the root that was signed.  Raises: FilesDiffer, Unreachable."""
    data = bytearray()
    for path, width in leaf_tiles(offered.size):
        tile = tiles.get(path) or _tile(ask, f"{prefix}/{path}", width)
        if len(tile) != width * HASH_BYTES:
            raise FilesDiffer(offered.origin, offered.size)
        if not path.endswith(f".p/{width}"):
            tiles[path] = tile
        data += tile
    leaves = [bytes(data[place : place + HASH_BYTES]) for place in range(0, len(data), HASH_BYTES)]
    if root(leaves) != offered.root:
        # One of the tiles kept may be the wrong one: the next look asks for all of them again.
        tiles.clear()
        raise FilesDiffer(offered.origin, offered.size)
    return leaves


def _tile(ask: Ask, url: str, width: int) -> bytes:
    """A tile's bytes; where a partial one has meanwhile become full, the beginning of that."""
    full = url.removesuffix(f".p/{width}")
    answer = ask(url, None)
    if answer.status != _OK and full != url:
        return _get(ask, full)[: width * HASH_BYTES]
    return _body(url, answer)


def _get(ask: Ask, url: str) -> bytes:
    return _body(url, ask(url, None))


def _body(url: str, answer: Answer) -> bytes:
    if answer.status != _OK:
        raise Unreachable(url, _said(answer))
    return answer.body


def _said(answer: Answer) -> str:
    first = answer.body.decode("utf-8", "replace").strip().partition("\n")[0]
    # Our own refusals are sentences; a page of some gateway would only hide the status.
    return f"{answer.status}" if first.startswith("<") else f"{answer.status} {first[:200]}".strip()
