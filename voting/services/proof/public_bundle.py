"""The public's audit bundle as a download: the very bytes of ``voting export``, made once for many."""

from dataclasses import dataclass, field
from hashlib import sha256

from voting.ledger.bundle_files import PUBLIC
from voting.runtime import Runtime
from voting.services.proof.export import export
from voting.store import assemblies, cosignatures

# What one process keeps in memory at most: that many bundles, each of that many bytes.
_MOST = 4
_LARGEST_KEPT = 64 * 2**20


@dataclass(frozen=True, slots=True)
class Download:
    """A bundle and its SHA-256 in hex."""

    content: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """The bundles made last, each with the checkpoint it ends with, and how many cosignatures there were.

    While that is the newest, and no witness has signed any checkpoint since, so is the bundle.
    """

    kept: dict[str, tuple[tuple[bytes, int], Download]] = field(default_factory=dict)

    def put(self, origin: str, mark: tuple[bytes, int], made: Download) -> None:
        self.kept.pop(origin, None)
        if len(made.content) > _LARGEST_KEPT:
            return
        while len(self.kept) >= _MOST:
            del self.kept[next(iter(self.kept))]
        self.kept[origin] = mark, made


def public_bundle(rt: Runtime, shelf: Shelf, origin: str) -> Download | None:
    """The bundle for everybody; None before the result is published, and where there is no such assembly.

    Raises  as ``export``.
    """
    # Read before it is made: should an entry or a signature come in between, the next one asking makes it
    # anew.
    with rt.database.reading() as tx:
        case = assemblies.find(tx, origin)
        if case is None or case.result_index is None:
            return None
        mark = rt.anchors.read(origin), cosignatures.count(tx, case.id)
    known = shelf.kept.get(origin)
    if known is not None and known[0] == mark:
        return known[1]
    content = export(rt, origin, audience=PUBLIC)
    made = Download(content, sha256(content).hexdigest())
    shelf.put(origin, mark, made)
    return made
