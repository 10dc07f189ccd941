"""Withdrawing a motion, or putting it again with another text: every answer given before is void.

Whoever answered before and does not answer again is in no side of any motion, and never deemed to agree.
Source  product.md P1; ledger L3, amend; rules R2.
"""

from dataclasses import dataclass, replace
from typing import Any, ClassVar

from voting.core.docket import Docket
from voting.core.errors import Refusal
from voting.core.motions import DocumentRef, Motion
from voting.services.errors import NotAPdf, PeriodOver, UnknownMotion
from voting.services.faults import require_sound
from voting.services.period.amending import require_issued
from voting.store import assemblies, roll
from voting.store.assemblies import Case
from voting.store.transaction import Transaction


@dataclass(eq=False)
class NothingChanged(Refusal):
    """Title and documents are those in force: nothing would be put again."""

    code: ClassVar[str] = "nothing-changed"
    number: int


@dataclass(eq=False)
class TitleMissing(Refusal):
    """A motion that is put again has a title."""

    code: ClassVar[str] = "title-missing"


def restated(tx: Transaction, case: Case, terms: Any) -> Docket:
    """The docket with one motion withdrawn or put again, as *terms* say.

    Shape   terms: ``motion`` its number; ``title`` and ``documents`` of the new text, or ``withdrawn``.
    Raises  NotThatFar, PeriodOver, UnknownMotion, TitleMissing, NothingChanged, UnsoundDocket.
    """
    require_issued(case)
    docket = case.docket
    if case.closed_index is not None:
        raise PeriodOver(docket.assembly.schedule.closes_at)
    number = int(terms["motion"])
    old = next((each for each in docket.motions if each.number == number), None)
    if old is None:
        raise UnknownMotion(number)
    put_again = () if terms.get("withdrawn") else (_again(tx, old, terms),)
    motions = tuple(new for each in docket.motions for new in (put_again if each is old else (each,)))
    new_docket = replace(docket, motions=motions)
    require_sound(new_docket, roll.roll(roll.voters(tx, case.id)))
    return new_docket


def _again(tx: Transaction, old: Motion, terms: Any) -> Motion:
    title = " ".join(str(terms.get("title", "")).split())
    if not title:
        raise TitleMissing
    documents = tuple(DocumentRef(each["name"], each["sha256"]) for each in terms.get("documents", ()))
    for each in documents:
        content = assemblies.read_document(tx, each.sha256)
        if content is None or not content.startswith(b"%PDF-"):
            raise NotAPdf(each.name)
    new = replace(old, title=title, documents=documents or old.documents)
    if new == old:
        raise NothingChanged(old.number)
    return new
