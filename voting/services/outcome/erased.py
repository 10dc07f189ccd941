"""What can no longer be told of an assembly whose votes were erased at the end of their term."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, ClassVar, cast

from voting.core.errors import Broken, Refusal
from voting.core.result import Result
from voting.core.result_reading import result_from_json
from voting.ledger import canonical
from voting.ledger.canonical import parse_instant
from voting.ledger.entries import decode_entry
from voting.ledger.kinds import Correction, Tally
from voting.services.outcome.versions import named_at, stored_name, version_in_force
from voting.store import assemblies, erasures, ledger
from voting.store.assemblies import Case
from voting.store.transaction import Transaction

RESULT_JSON = "result.json"


@dataclass(eq=False)
class Erased(Refusal):
    """It rests on votes, scans or addresses that were erased at the end of their term."""

    code: ClassVar[str] = "erased"
    at: datetime
    rule: str


@dataclass(frozen=True, slots=True)
class ErasedOn:
    """When and by which rule, for a page.  Shape: ``index`` of the ledger's ``erase`` entry."""

    at: datetime
    rule: str
    index: int


def erased_on(tx: Transaction, case: Case) -> ErasedOn | None:
    found = erasures.find(tx, case.id)
    return None if found is None else ErasedOn(parse_instant(found.at), found.rule, found.index)


def require_kept(tx: Transaction, case: Case) -> None:
    """Raises: Erased."""
    found = erased_on(tx, case)
    if found is not None:
        raise Erased(found.at, found.rule)


def published_result(tx: Transaction, case: Case) -> tuple[Result, bytes]:
    """The result in force and its result.json as published, where it cannot be counted again.

    Raises  Broken where it is not the one that the ledger names.
    """
    index = named_at(tx, case)
    body = None if index is None else decode_entry(ledger.entry(tx, case.id, index)).body
    content = assemblies.published(tx, case.id, stored_name(RESULT_JSON, version_in_force(tx, case)))
    if not isinstance(body, Tally | Correction) or content is None:
        raise Broken(f"{case.origin}: votes are gone, and there is no result of them")
    if sha256(content).hexdigest() != body.result_sha256:
        raise Broken(f"{case.origin}: the published result is not the one that the ledger names")
    return result_from_json(case.docket, cast(dict[str, Any], canonical.decode(content))), content
