"""The papers of motions, each kept once under the digest of its bytes."""

from hashlib import sha256

from sqlalchemy import bindparam, delete, func, insert, select

from voting.store.tables import document
from voting.store.transaction import Transaction

_READ = select(document.c.content).where(document.c.sha256 == bindparam("sha256"))
_SIZE = select(func.length(document.c.content)).where(document.c.sha256 == bindparam("sha256"))
_PAGES = select(document.c.pages).where(document.c.sha256 == bindparam("sha256"))
_INSERT = insert(document)
_DELETE = delete(document).where(document.c.sha256 == bindparam("digest"))


def put_document(tx: Transaction, content: bytes, *, pages: int | None = None) -> str:
    """Keep a paper under its SHA-256 (hex), once.  Units: *pages* of a PDF that was looked into."""
    digest = sha256(content).hexdigest()
    if document_size(tx, digest) is None:
        tx.run(_INSERT, sha256=digest, content=content, pages=pages)
    return digest


def read_document(tx: Transaction, digest: str) -> bytes | None:
    row = tx.one(_READ, sha256=digest)
    return None if row is None else bytes(row[0])


def document_size(tx: Transaction, digest: str) -> int | None:
    """Units: bytes."""
    row = tx.one(_SIZE, sha256=digest)
    return None if row is None else int(row[0])


def document_pages(tx: Transaction, digest: str) -> int | None:
    """How many pages a PDF has; None where nobody has looked."""
    row = tx.one(_PAGES, sha256=digest)
    return None if row is None or row[0] is None else int(row[0])


def drop_document(tx: Transaction, digest: str) -> None:
    """Forget a paper that no docket names any more."""
    tx.run(_DELETE, digest=digest)
