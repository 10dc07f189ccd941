"""The files of a published result: which there are, and how they are handed out."""

from dataclasses import dataclass

from voting.documents.cp932 import CP932, UTF8, in_cp932, loss_lines
from voting.documents.uploaded_pdf import pages_of
from voting.runtime import Runtime
from voting.services.outcome.closing import RESULT_JSON
from voting.services.outcome.publishing import ENGLISH_PDF, RESULT_CSV, RESULT_PDF, RESULT_XLSX, SUMMARY_PDF
from voting.services.outcome.versions import asked_version, numbered, stored_name, version_in_force
from voting.store import assemblies
from voting.store.assemblies import Case
from voting.store.transaction import Transaction

# What there is of each version, in the order in which it is offered.
FILES = (SUMMARY_PDF, RESULT_PDF, ENGLISH_PDF, RESULT_XLSX, RESULT_CSV, RESULT_JSON)


# How many pages a paper has never changes: it is counted once in each process.
_PAGES: dict[str, int] = {}
_MOST_PAGES = 1000


@dataclass(frozen=True, slots=True)
class ResultFile:
    """A file of one version of a result.

    Shape   ``name`` as in ``FILES``, ``address`` with the number of its version; ``size`` in bytes;
            ``pages`` is None where it has none.
    """

    name: str
    address: str
    size: int
    pages: int | None


def download(rt: Runtime, origin: str, name: str, *, encoding: str = UTF8) -> bytes | None:
    """A published file of a certified result, or None.

    Shape   *name* as result.pdf for the newest version, result-1.pdf for the first; *encoding* is that of a
            CSV, and of nothing else.
    """
    content = _stored(rt, origin, name)
    if content is None or encoding == UTF8:
        return content
    return in_cp932(content)[0] if encoding == CP932 and name.endswith(".csv") else None


def lost_in_cp932(rt: Runtime, origin: str, name: str) -> tuple[str, ...]:
    """What a CSV loses when it is written in CP932, in sentences; nothing where there is no such file."""
    content = _stored(rt, origin, name)
    return () if content is None else loss_lines(in_cp932(content)[1])


def names_of(tx: Transaction, case: Case, version: int) -> tuple[str, ...]:
    """The names of what there is of a version: one certified by an older release has fewer files."""
    kept = {name for name, _, _ in assemblies.published_sizes(tx, case.id)}
    return tuple(name for name in FILES if stored_name(name, version) in kept)


def files_of(tx: Transaction, case: Case, version: int) -> tuple[ResultFile, ...]:
    """What there is of a version, in the order in which it is offered."""
    kept = {name: (digest, size) for name, digest, size in assemblies.published_sizes(tx, case.id)}
    found = []
    for name in FILES:
        stored = stored_name(name, version)
        if stored in kept:
            digest, size = kept[stored]
            pages = _pages(tx, case, stored, digest) if name.endswith(".pdf") else None
            found.append(ResultFile(name, numbered(name, version), size, pages))
    return tuple(found)


def lost_of(tx: Transaction, case: Case, version: int) -> tuple[str, ...]:
    """What the CSV of a version loses in CP932, in sentences."""
    content = assemblies.published(tx, case.id, stored_name(RESULT_CSV, version))
    return () if content is None else loss_lines(in_cp932(content)[1])


def _pages(tx: Transaction, case: Case, stored: str, digest: str) -> int | None:
    known = _PAGES.get(digest)
    if known is not None:
        return known
    content = assemblies.published(tx, case.id, stored)
    if content is None:
        return None
    if len(_PAGES) >= _MOST_PAGES:
        _PAGES.clear()
    # Another thread may make room at any moment: what was counted is not looked up again.
    pages = _PAGES[digest] = pages_of(content)
    return pages


def _stored(rt: Runtime, origin: str, name: str) -> bytes | None:
    with rt.database.reading() as tx:
        case = assemblies.find(tx, origin)
        if case is None or case.result_index is None:
            return None
        asked = asked_version(name, version_in_force(tx, case))
        return None if asked is None else assemblies.published(tx, case.id, stored_name(*asked))
