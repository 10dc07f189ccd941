"""Errata: a paper beside the documents after the freeze.  It is added, never put in another's place.

No text of a motion changes, so every answer stands.  The docket cannot name it: the ledger has an operator's
entry of each of the two persons, with the paper's name and SHA-256.  Source: product.md P1; docs/adr/0011.
"""

from dataclasses import dataclass
from typing import Any

from voting.core.errors import Broken
from voting.ledger.canonical import instant_text, parse_instant
from voting.runtime import Runtime
from voting.services.errors import NotAPdf, PeriodOver
from voting.services.office.office_acting import ERRATUM, ERRATUM_PROPOSED, act
from voting.services.period.amending import reason_of, require_amendable, require_issued
from voting.services.period.letters_owed import ERRATUM_MAIL, lines_to
from voting.services.recording import Book
from voting.store import assemblies, office_acts, outbox, roll
from voting.store.assemblies import Case
from voting.store.transaction import Transaction
from voting.wording.page_editions import PageSay
from voting.wording.pages_japanese import PAGES_IN_JAPANESE

KIND = "erratum"


@dataclass(frozen=True, slots=True)
class ErratumLine:
    """An erratum to download.  Units: ``size`` in bytes; ``said`` is a sentence."""

    name: str
    sha256: str
    size: int
    said: str


def subject(tx: Transaction, case: Case, terms: Any) -> dict[str, object]:
    """Exactly what would be added.  Raises: NotThatFar, PeriodOver, NoReasonGiven, NotAPdf."""
    require_issued(case)
    if case.closed_index is not None:
        raise PeriodOver(case.docket.assembly.schedule.closes_at)
    name, digest = str(terms.get("name", "")), str(terms.get("sha256", ""))
    content = assemblies.read_document(tx, digest)
    if not name or content is None or not content.startswith(b"%PDF-"):
        raise NotAPdf(name)
    return {
        "docket_sha256": case.docket_sha256,
        "kind": KIND,
        "name": name,
        "reason": reason_of(terms),
        "sha256": digest,
        "size": len(content),
    }


def add(rt: Runtime, book: Book, terms: Any, *, first: str, second: str) -> None:
    """Record the erratum in the names of both officers and tell every member.

    Raises  as ``subject``.
    """
    case, tx = book.case, book.tx
    require_amendable(case, book.now)
    facts = subject(tx, case, terms)
    detail = {name: facts[name] for name in ("name", "reason", "sha256")}
    target = f"entry:{case.frozen_index}"
    act(rt, book, first, ERRATUM_PROPOSED, detail, target=target)
    index = act(rt, book, second, ERRATUM, detail, target=target)
    voters, queued_at = list(roll.voters(tx, case.id)), instant_text(book.now)
    outbox.put(tx, lines_to(rt, case, voters, kind=ERRATUM_MAIL, index=index, queued_at=queued_at))


def errata_lines(tx: Transaction, case: Case, say: PageSay = PAGES_IN_JAPANESE) -> tuple[ErratumLine, ...]:
    """All errata, in the order in which they were added."""
    found = []
    for each in office_acts.of_kind(tx, case.id, ERRATUM):
        facts = each.facts()
        size = assemblies.document_size(tx, facts["sha256"])
        if size is None:
            raise Broken(f"the erratum {facts['sha256']} is not in the store")
        said = say.erratum(parse_instant(each.at), facts["name"], facts["reason"])
        found.append(ErratumLine(facts["name"], facts["sha256"], size, said))
    return tuple(found)


def erratum_sentences(tx: Transaction, case: Case) -> tuple[str, ...]:
    """One for each erratum, as the papers print it."""
    return tuple(each.said for each in errata_lines(tx, case))
