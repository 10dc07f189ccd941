"""Letters of the office that are owed: their kinds, and a line of the outbox for each address."""

from collections.abc import Iterable

from voting.runtime import Runtime
from voting.store.assemblies import Case
from voting.store.outbox import Line
from voting.store.roll import Voter

REMINDER_MAIL, AMENDMENT_MAIL, ERRATUM_MAIL, REISSUE_MAIL = "reminder", "amendment", "erratum", "reissue"
REPLIES_MAIL = "replies"


def lines_to(
    rt: Runtime, case: Case, voters: Iterable[Voter], *, kind: str, index: int, queued_at: str
) -> list[Line]:
    """One letter about entry *index* for each address."""
    return [
        Line(
            message_id=f"<{rt.token(16).hex()}@{rt.site.host}>",
            assembly=case.id,
            kind=kind,
            member_id=voter.member_id,
            address=address,
            secret=None,
            ref=index,
            attempts=0,
            queued_at=queued_at,
        )
        for voter in voters
        for address in voter.addresses
    ]
