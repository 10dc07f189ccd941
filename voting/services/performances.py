"""How each act that needs two persons is described for its digest, and how it is done.

A new act with two persons is one line in ``PERFORMANCES``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from voting.core.permissions import Act, Officer
from voting.runtime import Runtime
from voting.services import assemblies as verbs
from voting.services import certifying, correcting, issuing, minutes
from voting.services.accounts import commitment_of
from voting.services.recording import Book
from voting.store.assemblies import Case
from voting.store.transaction import Transaction

# What an act is told beside the assembly (a new closing time, a sentence), as JSON.
Terms = Mapping[str, object]
NO_TERMS: Terms = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Two:
    """The two persons of an act: who proposed it, who approves it."""

    first: Officer
    second: Officer


# What is left to do inside the transaction, once everything slow has been done before it.
Deed = Callable[[Book], None]


@dataclass(frozen=True, slots=True)
class Performance:
    """How an act is described for its digest, and how it is made ready to be done."""

    subject: Callable[[Transaction, Case, Terms], dict[str, object]]
    prepare: Callable[[Runtime, Case, Two, Terms], Deed]
    # What is sure to stop the second person is told to the first.
    require_ready: Callable[[Runtime, Case], object] = lambda rt, case: None
    # What the first person has to have said, asked for at both ends.
    require_terms: Callable[[Transaction, Case, Terms], None] = lambda tx, case, terms: None


def _freeze(rt: Runtime, case: Case, two: Two, terms: Terms) -> Deed:
    def deed(book: Book) -> None:
        pair = commitment_of(rt, book, two.first.id), commitment_of(rt, book, two.second.id)
        verbs.freeze(rt, book, pair)

    return deed


def _send(rt: Runtime, case: Case, two: Two, terms: Terms) -> Deed:
    return lambda book: issuing.issue(rt, book)


def _certify(rt: Runtime, case: Case, two: Two, terms: Terms) -> Deed:
    papers = certifying.make_papers(rt, case, chair=two.first, auditor=two.second)
    return lambda book: certifying.publish(book, papers, chair=two.first, auditor=two.second)


def _correct(rt: Runtime, case: Case, two: Two, terms: Terms) -> Deed:
    papers = correcting.make_papers(rt, case, chair=two.first, auditor=two.second)
    return lambda book: correcting.publish(rt, book, papers, chair=two.first, auditor=two.second)


PERFORMANCES: Mapping[Act, Performance] = MappingProxyType(
    {
        Act.FREEZE: Performance(lambda tx, case, terms: verbs.freeze_subject(tx, case), _freeze),
        Act.SEND: Performance(lambda tx, case, terms: issuing.subject(tx, case), _send),
        Act.CERTIFY: Performance(
            lambda tx, case, terms: certifying.subject(tx, case),
            _certify,
            certifying.require_ready,
            certifying.require_sentence,
        ),
        Act.CORRECT: Performance(
            lambda tx, case, terms: correcting.subject(tx, case), _correct, certifying.require_ready
        ),
        Act.SIGN_MINUTES: Performance(
            lambda tx, case, terms: minutes.subject(tx, case),
            lambda rt, case, two, terms: minutes.signed(rt, case),
            minutes.require_ready,
        ),
    }
)
