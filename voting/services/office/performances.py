"""How each act that needs two persons is described for its digest, and how it is done.

A new act with two persons is one line in ``PERFORMANCES``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from voting.core.permissions import Act, Officer
from voting.runtime import Runtime
from voting.services import issuing
from voting.services.drafting import checklist, freezing
from voting.services.office.accounts import commitment_of
from voting.services.outcome import certifying, correcting, erasing
from voting.services.period import amending, errata, facts, reissuing, reminders, replies, restating
from voting.services.printing import minutes_signing
from voting.services.recording import Book
from voting.store.assemblies import Case
from voting.store.transaction import Transaction

# What an act is told beside the assembly (a new closing time, an address), as JSON.
Terms = Mapping[str, object]
NO_TERMS: Terms = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Two:
    """The two persons of an act: who proposed it, who approves it; and the number of the request."""

    first: Officer
    second: Officer
    request: str


# What is left to do inside the transaction, once everything slow has been done before it.
Deed = Callable[[Book], None]


@dataclass(frozen=True, slots=True)
class Performance:
    """How an act is described for its digest, and how it is made ready to be done."""

    subject: Callable[[Transaction, Case, Terms], dict[str, object]]
    prepare: Callable[[Runtime, Case, Two, Terms], Deed]
    # What is sure to stop the second person is told to the first.
    require_ready: Callable[[Runtime, Case], object] = lambda rt, case: None
    # What is shown to both besides the subject, and binds the request: the digest of a paper to be signed.
    bind: Callable[[Runtime, Case], Terms] = lambda rt, case: NO_TERMS
    # What the first person has to have said, asked for at both ends.
    require_terms: Callable[[Transaction, Case, Terms], None] = lambda tx, case, terms: None
    # Whether it is done but once in an assembly: whatever else asks for it can never be approved then.
    is_once: Callable[[Terms], bool] = lambda terms: False


def _freeze(rt: Runtime, case: Case, two: Two, terms: Terms) -> Deed:
    # Again: days may lie between the two persons, and what blocks need not be in what they approve.
    checklist.require_ready(rt, case)

    def deed(book: Book) -> None:
        freezing.freeze(rt, book, _pair(rt, book, two))

    return deed


def _send_subject(tx: Transaction, case: Case, terms: Terms) -> dict[str, object]:
    kind = terms.get("kind")
    if kind == replies.KIND:
        return replies.subject(tx, case, terms)
    return reminders.subject(case) if kind == reminders.KIND else issuing.subject(tx, case)


def _send(rt: Runtime, case: Case, two: Two, terms: Terms) -> Deed:
    if terms.get("kind") == reminders.KIND:
        return lambda book: reminders.remind(rt, book, first=two.first, second=two.second)
    if terms.get("kind") == replies.KIND:
        return lambda book: replies.send(rt, book, terms, first=two.first, second=two.second)
    return lambda book: issuing.issue(rt, book)


def _certify(rt: Runtime, case: Case, two: Two, terms: Terms) -> Deed:
    papers = certifying.make_papers(rt, case, chair=two.first, auditor=two.second)
    return lambda book: certifying.publish(book, papers, chair=two.first, auditor=two.second)


def _correct(rt: Runtime, case: Case, two: Two, terms: Terms) -> Deed:
    papers = correcting.make_papers(rt, case, chair=two.first, auditor=two.second)
    return lambda book: correcting.publish(
        rt, book, papers, chair=two.first, auditor=two.second, request=two.request
    )


def _extend(rt: Runtime, case: Case, two: Two, terms: Terms) -> Deed:
    def deed(book: Book) -> None:
        new, reason = amending.extended(book.case, terms), amending.reason_of(terms)
        pair = _pair(rt, book, two)
        amending.amend(rt, book, amending.PERIOD, new, reason=reason, approvals=pair)

    return deed


def _amend_subject(tx: Transaction, case: Case, terms: Terms) -> dict[str, object]:
    if terms.get("kind") == errata.KIND:
        return errata.subject(tx, case, terms)
    return amending.subject(tx, case, amending.TEXTS, restating.restated(tx, case, terms), terms)


def _amend(rt: Runtime, case: Case, two: Two, terms: Terms) -> Deed:
    def deed(book: Book) -> None:
        if terms.get("kind") == errata.KIND:
            errata.add(rt, book, terms, first=two.first.id, second=two.second.id)
            return
        new, reason = restating.restated(book.tx, book.case, terms), amending.reason_of(terms)
        pair = _pair(rt, book, two)
        amending.amend(rt, book, amending.TEXTS, new, reason=reason, approvals=pair)

    return deed


def _reissue(rt: Runtime, case: Case, two: Two, terms: Terms) -> Deed:
    def deed(book: Book) -> None:
        order = reissuing.Order.of(terms)
        reissuing.to_new_address(rt, book, order, first=two.first.id, second=two.second.id)

    return deed


def _record_fact(rt: Runtime, case: Case, two: Two, terms: Terms) -> Deed:
    def deed(book: Book) -> None:
        facts.record(book, terms, by=(two.first, two.second), approvals=_pair(rt, book, two))

    return deed


def _erase(rt: Runtime, case: Case, two: Two, terms: Terms) -> Deed:
    def deed(book: Book) -> None:
        erasing.erase(rt, book, terms, first=two.first, second=two.second)

    return deed


def _pair(rt: Runtime, book: Book, two: Two) -> tuple[str, str]:
    """Both persons as the ledger knows them."""
    return commitment_of(rt, book, two.first.id), commitment_of(rt, book, two.second.id)


PERFORMANCES: Mapping[Act, Performance] = MappingProxyType(
    {
        Act.FREEZE: Performance(
            lambda tx, case, terms: freezing.freeze_subject(tx, case),
            _freeze,
            checklist.require_ready,
            is_once=lambda terms: True,
        ),
        # What is sent with the codes is sent once; reminders and replies say their kind.
        Act.SEND: Performance(_send_subject, _send, is_once=lambda terms: "kind" not in terms),
        Act.EXTEND: Performance(
            lambda tx, case, terms: amending.subject(
                tx, case, amending.PERIOD, amending.extended(case, terms), terms
            ),
            _extend,
        ),
        Act.AMEND: Performance(_amend_subject, _amend),
        Act.REISSUE: Performance(reissuing.subject, _reissue),
        Act.RECORD_FACT: Performance(facts.subject, _record_fact),
        Act.CERTIFY: Performance(
            lambda tx, case, terms: certifying.subject(tx, case),
            _certify,
            certifying.require_ready,
            require_terms=certifying.require_sentence,
            is_once=lambda terms: True,
        ),
        Act.CORRECT: Performance(
            lambda tx, case, terms: correcting.subject(tx, case), _correct, certifying.require_ready
        ),
        Act.SIGN_MINUTES: Performance(
            lambda tx, case, terms: minutes_signing.subject(tx, case),
            lambda rt, case, two, terms: minutes_signing.signed(rt, case, terms, request=two.request),
            minutes_signing.require_ready,
            minutes_signing.bind,
        ),
        Act.ERASE: Performance(
            erasing.subject,
            _erase,
            erasing.require_ready,
            require_terms=erasing.require_rule,
            is_once=lambda terms: True,
        ),
    }
)
