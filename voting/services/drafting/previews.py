"""What members will get, before there is a code: mails and the member's page, shown to the office."""

from dataclasses import dataclass

from voting.core.members import Member, on_roll
from voting.core.permissions import Act, Officer, require
from voting.core.votes import votes_text
from voting.mail import messages
from voting.mail.messages import Envelope
from voting.runtime import Runtime
from voting.services import stages
from voting.services.casting.motion_lines import motion_lines
from voting.services.casting.pages import Inquiries, MemberPage
from voting.services.desk.paper_refusals import NotOnRoll
from voting.services.drafting.mail_tests import sample
from voting.services.errors import NoSuchAssembly
from voting.store import assemblies, members
from voting.store.assemblies import Case
from voting.store.transaction import Transaction
from voting.wording.pages import PAGES

_RANDOM = 3


@dataclass(frozen=True, slots=True)
class MailPreview:
    """One mail as it would be sent.  Shape: ``addresses`` is empty where it goes by post."""

    member_id: str
    member: str
    addresses: tuple[str, ...]
    sender: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Preview:
    """The mails of the first, the last and three random members, and how many there are in all."""

    mails: tuple[MailPreview, ...]
    members: int


def mails(rt: Runtime, who: Officer, origin: str) -> Preview:
    """Raises: NoSuchAssembly."""
    require(who, Act.READ_ROLL)
    with rt.database.reading() as tx:
        case = _case(tx, origin)
        entitled = _entitled(tx, case)
    shown = [_mail(rt, case, each) for each in _chosen(rt, entitled)]
    return Preview(tuple(shown), len(entitled))


def member_page(
    rt: Runtime, who: Officer, origin: str, member_id: str, *, folder: str, language: str = "ja"
) -> MemberPage:
    """The page of a member during the period, with no ballot behind it.

    Shape   *member_id* "" is the first on the roll; *folder* is where the office reads the papers.
    Raises  NoSuchAssembly, NotOnRoll.
    """
    require(who, Act.READ_ROLL)
    say = PAGES[language]
    with rt.database.reading() as tx:
        case = _case(tx, origin)
        entitled = _entitled(tx, case)
        wanted = [each for each in entitled if member_id in ("", each.member_id)]
        if not wanted:
            raise NotOnRoll(member_id)
        motions = motion_lines(tx, case.docket, folder=folder, say=say)
    docket, schedule = case.docket, case.docket.assembly.schedule
    return MemberPage(
        origin=case.origin,
        # No ballot names it: what is sent from a preview is refused.
        base="",
        path=stages.path(case),
        body=docket.body.name,
        title=docket.assembly.title,
        member_id=wanted[0].member_id,
        name=wanted[0].name,
        votes=votes_text(wanted[0].votes),
        stage="open",
        period=say.period(schedule),
        closing=say.closing(schedule),
        now=say.instant(schedule.opens_at),
        left="",
        rules=say.paper.rules(docket),
        silence=say.silence(docket),
        offers_abstain=docket.rules.abstain,
        motions=motions,
        history=(),
        standing=None,
        proof="",
        without_answer=(),
        incidents=(),
        changes=(),
        errata=(),
        is_void=False,
        contact=case.contact,
        disclosure=say.paper.disclosures[case.disclosure],
        vkey=case.vkey,
        # Nobody can ask before there are ballots.
        inquiries=Inquiries(),
    )


def _case(tx: Transaction, origin: str) -> Case:
    case = assemblies.find(tx, origin)
    if case is None:
        raise NoSuchAssembly(origin)
    return case


def _entitled(tx: Transaction, case: Case) -> tuple[Member, ...]:
    record_date = case.docket.assembly.schedule.record_date
    return tuple(each for each in members.register(tx, case.body) if on_roll(each, record_date))


def _chosen(rt: Runtime, entitled: tuple[Member, ...]) -> tuple[Member, ...]:
    """The first, some at random, the last; all of them where there are no more."""
    if len(entitled) <= _RANDOM + 2:
        return entitled
    inner = list(range(1, len(entitled) - 1))
    drawn = [inner.pop(int.from_bytes(rt.token(8), "big") % len(inner)) for _ in range(_RANDOM)]
    return (entitled[0], *(entitled[place] for place in sorted(drawn)), entitled[-1])


def _mail(rt: Runtime, case: Case, member: Member) -> MailPreview:
    envelope = Envelope("<preview@localhost>", rt.site.sender, "preview@localhost")
    mail = messages.ballot_mail(envelope, sample(rt, case, member))
    return MailPreview(
        member_id=member.member_id,
        member=member.name,
        addresses=member.addresses,
        sender=rt.site.sender,
        subject=str(mail["Subject"]),
        text=mail.get_content(),
    )
