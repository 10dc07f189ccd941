"""Papers whose sender the door could not make out: they wait, and block the count, until somebody knows."""

from voting.core.permissions import Act, Officer, require
from voting.ledger.canonical import instant_text
from voting.runtime import Runtime
from voting.services.desk.paper_finding import find_member
from voting.services.desk.paper_refusals import HowFoundOut, NoSuchPaper, PaperDone, SettledAlready
from voting.services.desk.papers import LONGEST_WHY
from voting.services.errors import CountingDone, NoSuchAssembly
from voting.store import assemblies, paper_senders, papers, roll
from voting.store.roll import Voter


def settle(rt: Runtime, who: Officer, origin: str, *, serial: str, member: str, why: str) -> Voter:
    """Say whose an unclear paper is, and how that was found out; then two persons can read it.

    The two persons still read the member themselves: this tells them what the sheet cannot.
    Raises  NotAllowed, NoSuchAssembly, NoSuchPaper, PaperDone, CountingDone, SettledAlready, HowFoundOut,
            SenderUnknown, SenderAmbiguous, FormOfAnother.
    """
    require(who, Act.ENTER_PAPER)
    now, told = rt.now(), " ".join(why.split())[:LONGEST_WHY]
    with rt.database.transaction() as tx:
        case = assemblies.find(tx, origin)
        if case is None:
            raise NoSuchAssembly(origin)
        paper, sender = papers.find(tx, case.id, serial), paper_senders.find(tx, case.id, serial)
        if paper is None:
            raise NoSuchPaper(serial)
        if paper.disposed_index is not None:
            raise PaperDone(serial)
        if case.deemed_index is not None:
            raise CountingDone
        if sender is None or not sender.is_open:
            raise SettledAlready(serial)
        voter = find_member(roll.voters(tx, case.id), origin, member)
        if not told:
            raise HowFoundOut
        paper_senders.settle(
            tx, case.id, serial, member_id=voter.member_id, by=who.id, at=instant_text(now), why=told
        )
    return voter
