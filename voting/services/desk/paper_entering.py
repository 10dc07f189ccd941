"""What becomes of a paper that two persons have read: a ballot, a refused one, or put aside.

The hour that counts is that of arrival, whenever it is entered (rules R2).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from voting.core.ballots import Choice
from voting.ledger import kinds
from voting.ledger.canonical import parse_instant
from voting.runtime import Runtime
from voting.services.casting.answers import Answer, Sender, choices_json, record, require_choices
from voting.services.desk.paper_refusals import NotOnRoll
from voting.services.office.accounts import commitment_of
from voting.services.period import asked, proxies
from voting.services.recording import Book
from voting.store import ballots, papers, roll
from voting.store.ballots import Submitted

# What somebody read who could not find the sender on the roll.
NOBODY: Mapping[str, object] = {"member": None}


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on a paper.  Shape: ``choices`` by motion number, empty for a proxy."""

    member_id: str
    choices: Mapping[int, Choice]
    proxy: bool = False
    defect: str | None = None
    opinion: str = ""


def require_readable(book: Book, paper: papers.Paper, sheet: Sheet) -> None:
    """Raises: NotOnRoll; BadChoices where it does not answer the motions that the sheet was asked;
    ProxyNotAllowed for a proxy without a clause and without a defect.
    """
    if roll.voter(book.tx, book.case.id, sheet.member_id) is None:
        raise NotOnRoll(sheet.member_id)
    if sheet.proxy and not sheet.defect:
        proxies.require_allowed(book.tx, book.case)
    if not sheet.proxy:
        motions = asked.on_paper(book.tx, book.case, paper).docket
        require_choices(motions, sheet.choices, on_paper=True)


def content_of(sheet: Sheet) -> dict[str, object]:
    """A reading as it is kept, to be compared with another one's."""
    return {
        "member": sheet.member_id,
        # Marks beside a proxy are ignored (rules R3): two persons need not agree on them.
        "choices": {} if sheet.proxy else choices_json(sheet.choices),
        "proxy": sheet.proxy,
        "defect": sheet.defect,
        "opinion": sheet.opinion,
    }


def is_same(one: Mapping[str, object], other: Mapping[str, object]) -> bool:
    """Whether two persons read the same.

    Blanks in an opinion do not count, for nobody types a line's end like another; nor why a paper was put
    aside, which each says in words of their own.
    """
    return _compared(one) == _compared(other)


def put_aside(rt: Runtime, book: Book, paper: papers.Paper, *, first: str, second: str) -> None:
    received_at = parse_instant(paper.arrived_at)
    index = book.append(
        kinds.Refused(
            member=None,
            reason="not_on_roll",
            channel=paper.channel,
            level="KP",
            received_at=received_at,
            commitment=None,
            signature=None,
            paper=paper.index,
            entered_by=(commitment_of(rt, book, first), commitment_of(rt, book, second)),
        )
    )
    ballots.put_submission(
        book.tx,
        book.case.id,
        Submitted(
            index=index,
            member_id=None,
            sequence=0,
            replaces=None,
            refused="not_on_roll",
            channel=paper.channel,
            level="KP",
            received_at=paper.arrived_at,
            opening="{}",
            salt=b"",
            section="",
            respondent="",
            opinion="",
            opinion_public=False,
            request_key=None,
            paper_serial=paper.serial,
            paper=paper.index,
        ),
    )
    papers.dispose(book.tx, book.case.id, paper.serial, index=index)


def enter(
    rt: Runtime, book: Book, paper: papers.Paper, sheet: Sheet, *, first: str, second: str
) -> Submitted:
    received_at = parse_instant(paper.arrived_at)
    voter = roll.voter(book.tx, book.case.id, sheet.member_id)
    if voter is None:
        raise NotOnRoll(sheet.member_id)
    answer = Answer(
        choices={} if sheet.proxy else sheet.choices,
        proxy=sheet.proxy,
        defect=sheet.defect,
        opinion=sheet.opinion,
    )
    pair = commitment_of(rt, book, first), commitment_of(rt, book, second)
    sent, _ = record(
        rt,
        book,
        voter,
        answer,
        Sender(
            # What the sheet was asked, though other texts are in force when it is read.
            base=asked.on_paper(book.tx, book.case, paper).base,
            channel=paper.channel,
            level="KP",
            received_at=received_at,
            paper=paper,
            entered_by=pair,
        ),
    )
    papers.dispose(book.tx, book.case.id, paper.serial, index=sent.index)
    return sent


def _compared(content: Mapping[str, object]) -> dict[str, object]:
    found = {name: value for name, value in content.items() if name != "why"}
    if "opinion" in found:
        found["opinion"] = "".join(str(found["opinion"]).split())
    return found
