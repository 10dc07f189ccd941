"""The answers that have to be looked at after the close: late, early, and several of one member."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from voting.ledger.canonical import parse_instant
from voting.services.desk.paper_finding import member_text
from voting.services.outcome import closing
from voting.services.register.listed import listed
from voting.store import ballots, roll
from voting.store.assemblies import Case
from voting.store.ballots import Submitted
from voting.store.transaction import Transaction
from voting.wording import receipt_number


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """Something that a member sent.  Shape: ``refused`` is a reason, "void", or empty."""

    number: str
    channel: str
    received_at: datetime
    refused: str
    serial: str
    stands: bool


@dataclass(frozen=True, slots=True)
class MemberAnswers:
    """A member with the answers that have to be looked at, in the order of receipt."""

    member: str
    answers: tuple[AnswerLine, ...]


@dataclass(frozen=True, slots=True)
class SortedAnswers:
    """Members in the order of official lists.  Shape: a member may stand in several lists."""

    late: tuple[MemberAnswers, ...]
    early: tuple[MemberAnswers, ...]
    doubled: tuple[MemberAnswers, ...]


def sorted_answers(tx: Transaction, case: Case) -> SortedAnswers:
    """The members with a late answer, with an early one, and with several accepted ones."""
    sent = [each for each in ballots.all_submissions(tx, case.id) if each.member_id is not None]
    accepted = [each for each in sent if each.refused is None]
    left = roll.facts_for_count(tx, case.id).left
    standing = {each.order for each in closing.effective_submissions(case, accepted, left)}
    names = {each.member_id: member_text(each) for each in listed(tx, case, roll.voters(tx, case.id))}
    place = {member_id: number for number, member_id in enumerate(names)}
    by_member: dict[str, list[Submitted]] = {}
    for each in sorted(sent, key=_received):
        by_member.setdefault(each.member_id or "", []).append(each)

    def lines(chosen: Iterable[str]) -> tuple[MemberAnswers, ...]:
        return tuple(
            MemberAnswers(
                names.get(one, one), tuple(_answer(case, each, standing) for each in by_member[one])
            )
            for one in sorted(chosen, key=lambda one: (place.get(one, len(place)), one))
        )

    return SortedAnswers(
        late=lines(one for one, every in by_member.items() if _has(every, "late")),
        early=lines(one for one, every in by_member.items() if _has(every, "early")),
        doubled=lines(
            one for one, every in by_member.items() if sum(each.refused is None for each in every) > 1
        ),
    )


def _has(answers: Iterable[Submitted], reason: str) -> bool:
    return any(each.refused == reason for each in answers)


def _answer(case: Case, sent: Submitted, standing: set[int]) -> AnswerLine:
    return AnswerLine(
        number=receipt_number(sent.index),
        channel=sent.channel,
        received_at=parse_instant(sent.received_at),
        refused=closing.no_effect(case, sent),
        serial=sent.paper_serial or "",
        stands=sent.index in standing,
    )


def _received(sent: Submitted) -> tuple[str, int]:
    return sent.received_at, sent.index
