"""The end of a term: votes, scans, opinions, questions, names and addresses are erased, by two persons.

An administrator proposes the exact list, an auditor approves it, and everything is erased in the transaction
that writes the ``erase`` entry.  The ledger with all commitments, the roll, the docket and the published
files stay: every receipt can still be proved to be in the log, and the result stays the one that the tally
names.  Source: ledger L2, L3, L9; domain.md 6.3.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from voting.core.errors import Refusal
from voting.core.permissions import Act, Officer
from voting.core.retention import last_day_kept
from voting.ledger import canonical
from voting.ledger.canonical import instant_text, parse_instant
from voting.ledger.commitments import leaves_root
from voting.ledger.kinds import Erase
from voting.runtime import Runtime
from voting.services.errors import NotThatFar
from voting.services.outcome.erased import require_kept
from voting.services.outcome.versions import last_correction
from voting.services.proof import contradictions
from voting.services.recording import Book
from voting.store import approvals, ballots, erasures, ledger, roll
from voting.store.assemblies import Case
from voting.store.erasures import Erasure
from voting.store.transaction import Transaction
from voting.wording import JAPAN

RULE = "rule"  # where the rule stands in the terms of a request
LONGEST_RULE = 200  # characters


@dataclass(eq=False)
class StillKept(Refusal):
    """The term is not over."""

    code: ClassVar[str] = "still-kept"
    until: date


@dataclass(eq=False)
class RuleMissing(Refusal):
    """By which rule it is erased is said in a few words that everybody reads."""

    code: ClassVar[str] = "erase-rule"
    most: int


@dataclass(eq=False)
class RequestsWait(Refusal):
    """A correction, or another act on this assembly, waits for a second person and may need the votes."""

    code: ClassVar[str] = "requests-wait"
    act: Act


@dataclass(frozen=True, slots=True)
class Term:
    """How long an assembly's votes are kept.  Shape: days in Japan; both are still within the term."""

    certified_on: date
    until: date

    def is_over(self, now: datetime) -> bool:
        return now.astimezone(JAPAN).date() > self.until


def term(rt: Runtime, tx: Transaction, case: Case) -> Term:
    """From the last certification, that of a correction too.  Raises: NotThatFar before the first."""
    last = last_correction(tx, case)
    at = case.certified_at if last is None else last.corrected_at
    if at is None:
        raise NotThatFar("erase", "result")
    day = parse_instant(at).astimezone(JAPAN).date()
    return Term(day, last_day_kept(day, rt.kept_years))


def require_ready(rt: Runtime, case: Case) -> None:
    """Raises: NotThatFar, Erased, StillKept, RequestsWait; Suspended while an incident has to be recorded."""
    with rt.database.reading() as tx:
        contradictions.require_none(case, ledger.head(tx, case.id))
        require_due(rt, tx, case, rt.now())


def require_due(rt: Runtime, tx: Transaction, case: Case, now: datetime) -> None:
    """Raises: NotThatFar, Erased, StillKept, RequestsWait."""
    found = term(rt, tx, case)
    require_kept(tx, case)
    if not found.is_over(now):
        raise StillKept(found.until)
    waiting = approvals.waiting(tx, now=instant_text(now), assembly=case.id)
    for each in waiting:
        if each.act != Act.ERASE.value:
            raise RequestsWait(Act(each.act))


def require_rule(tx: Transaction, case: Case, terms: Mapping[str, object]) -> None:
    """Raises: RuleMissing."""
    said = terms.get(RULE)
    if not isinstance(said, str) or not said or said != _told(said) or len(said) > LONGEST_RULE:
        raise RuleMissing(LONGEST_RULE)


def rule_said(typed: str) -> dict[str, object]:
    """The terms of a request by this rule, as typed; blanks and line ends are nobody's words."""
    return {RULE: _told(typed)}


def subject(tx: Transaction, case: Case, terms: Mapping[str, object]) -> dict[str, object]:
    """The exact list of what is erased: numbers and digests, no content.

    Shape   ``votes`` are ledger indices, ``root`` is over the lines that openings.jsonl would have had.
    Raises  NotThatFar, Erased.
    """
    if case.certified_at is None:
        raise NotThatFar("erase", "result")
    require_kept(tx, case)
    sent = ballots.all_submissions(tx, case.id)
    opened = [each for each in sent if each.member_id is not None]
    kept = erasures.kept(tx, case.id)
    return {
        "votes": [each.index for each in opened],
        "root": leaves_root(
            canonical.encode({"ballot": each.ballot(), "index": each.index, "salt": each.salt.hex()})
            for each in opened
        ).hex(),
        "opinions": [each.index for each in sent if each.opinion],
        "respondents": [each.index for each in sent if each.respondent or each.section],
        "scans": list(kept.scans),
        "readings": list(kept.readings),
        "senders": list(kept.senders),
        "addresses": [each.member_id for each in roll.voters(tx, case.id) if each.addresses],
        "mails": list(kept.mails),
        "requests": list(kept.requests),
        "inquiries": list(kept.inquiries),
    }


def amounts(listed: Mapping[str, object]) -> dict[str, int]:
    """How many records of each kind a list names."""
    return {name: len(each) for name, each in listed.items() if isinstance(each, list)}


def erase(rt: Runtime, book: Book, terms: Mapping[str, object], *, first: Officer, second: Officer) -> int:
    """Erase all that the approved list names, and write the entry; the answer is its index.

    Raises  as ``require_due``.
    """
    require_due(rt, book.tx, book.case, book.now)
    listed = subject(book.tx, book.case, terms)
    found, rule = amounts(listed), str(terms[RULE])
    index = book.append(Erase(records=found["votes"], root=str(listed["root"]), rule=rule))
    done = Erasure(index, rule, instant_text(book.now), first.id, second.id, found)
    erasures.erase(book.tx, book.case.id, done)
    return index


def _told(typed: str) -> str:
    return " ".join(typed.split())
