"""What was answered to all: read from the acts of the office, whose words the ledger has signed.

Nothing here is edited.  A further reply to the same question stands below the first, as a supplement.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from voting.core.inquiries import Reply, replies_from_json
from voting.ledger.canonical import parse_instant
from voting.services.office.office_acting import REPLIES
from voting.store import office_acts
from voting.store.assemblies import Case
from voting.store.transaction import Transaction
from voting.wording.page_editions import PageSay


@dataclass(frozen=True, slots=True)
class Sending:
    """Replies that were sent together, at ``index`` of the ledger."""

    index: int
    at: datetime
    replies: tuple[Reply, ...]


@dataclass(frozen=True, slots=True)
class RepliedLine:
    """A question as published, and what was answered to it.

    Shape   ``replies`` as (when in words, text), the first one first.
    """

    number: int
    question: str
    replies: tuple[tuple[str, str], ...]


def sendings(tx: Transaction, case: Case) -> tuple[Sending, ...]:
    """All of them, in the order in which they were sent."""
    return tuple(
        Sending(each.index, parse_instant(each.at), replies_from_json(each.facts()["replies"]))
        for each in office_acts.of_kind(tx, case.id, REPLIES)
    )


def published_wordings(sent: Iterable[Sending]) -> dict[int, str]:
    """Each answered question by its number, in the words in which every member has read it first."""
    found: dict[int, str] = {}
    for each in sent:
        for reply in each.replies:
            found.setdefault(reply.number, reply.question)
    return found


def replied_lines(tx: Transaction, case: Case, say: PageSay) -> tuple[RepliedLine, ...]:
    """Questions with their replies, by number, as a member's page shows them."""
    sent = sendings(tx, case)
    told: dict[int, list[tuple[str, str]]] = {}
    for each in sent:
        for reply in each.replies:
            told.setdefault(reply.number, []).append((say.instant(each.at), reply.text))
    wordings = published_wordings(sent)
    return tuple(RepliedLine(number, wordings[number], tuple(told[number])) for number in sorted(told))
