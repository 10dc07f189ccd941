"""書面表決書: a form for every member, or for those that are asked for."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import ClassVar

from voting.core.errors import Refusal
from voting.core.letterhead import Letterhead
from voting.core.permissions import Act, Officer, require
from voting.core.votes import ONE_VOTE, votes_text
from voting.credentials.form_codes import form_code, form_qr
from voting.documents.ballot_form_pdf import render_forms
from voting.documents.facts_form import FormFacts, FormMember
from voting.runtime import Runtime
from voting.services.errors import NoSuchAssembly, NotThatFar
from voting.services.printing.letterheads import letterhead_of, style_of
from voting.services.register.listed import listed
from voting.store import assemblies, roll
from voting.store.assemblies import Case
from voting.store.roll import Voter
from voting.store.transaction import Transaction
from voting.wording.editions import PaperSay
from voting.wording.papers import PAPERS


@dataclass(eq=False)
class NotOnRollForPaper(Refusal):
    """Papers were asked for members that are not on the frozen roll."""

    code: ClassVar[str] = "not-on-roll-for-paper"
    members: tuple[str, ...]


@dataclass(eq=False)
class NobodyForPaper(Refusal):
    """Papers were asked for members without a mail address, and everybody has one."""

    code: ClassVar[str] = "nobody-for-paper"


def ballot_forms(
    rt: Runtime,
    who: Officer,
    origin: str,
    *,
    members: Collection[str] = (),
    unmailed: bool = False,
    language: str = "ja",
) -> bytes:
    """The forms of all members, of those given, or of those without any mail address, in one file.

    Shape   *language* is that of the words; only the Japanese form can be returned.

    Raises  NoSuchAssembly, NotThatFar before the freeze, NotOnRollForPaper, NobodyForPaper, FormTooLong,
            NoGlyphForMember, CounterUntrue.
    """
    require(who, Act.READ_ROLL)
    with rt.database.reading() as tx:
        case, voters = frozen(tx, origin, "forms")
        letterhead = letterhead_of(tx, case)
    facts = form_facts(rt, case, letterhead, voters, PAPERS[language])
    return render_forms(facts, form_members(case, voters, chosen(voters, members, unmailed=unmailed)))


def frozen(tx: Transaction, origin: str, wanted: str) -> tuple[Case, tuple[Voter, ...]]:
    """An assembly whose roll can no longer change, with the roll in the order of official lists.

    Raises  NoSuchAssembly, NotThatFar.
    """
    case = assemblies.find(tx, origin)
    if case is None:
        raise NoSuchAssembly(origin)
    if case.frozen_index is None:
        raise NotThatFar(wanted, "freeze")
    return case, listed(tx, case, roll.voters(tx, case.id))


def chosen(voters: tuple[Voter, ...], members: Collection[str], *, unmailed: bool) -> tuple[Voter, ...]:
    """The voters that papers are asked for, in the order of the roll.

    Raises  NotOnRollForPaper, NobodyForPaper.
    """
    unknown = sorted(set(members) - {each.member_id for each in voters})
    if unknown:
        raise NotOnRollForPaper(tuple(unknown))
    found = tuple(
        each
        for each in voters
        if (not members or each.member_id in members) and not (unmailed and each.addresses)
    )
    if not found:
        raise NobodyForPaper
    return found


def ways(rt: Runtime, letterhead: Letterhead, edition: PaperSay, *, code: str) -> tuple[tuple[str, str], ...]:
    """A way to vote -> where to.  Shape: *code*, a term, says where the member finds its voting code."""
    returns = letterhead.returns
    web = edition.says("{url}　({how})", url=f"{rt.site.base_url}/v", how=edition.term(code))
    where = (("web", web), ("fax", returns.fax), ("mail", returns.mail), ("post", returns.post))
    return tuple((edition.channel(way), to) for way, to in where if to)


def form_facts(
    rt: Runtime, case: Case, letterhead: Letterhead, voters: tuple[Voter, ...], edition: PaperSay
) -> FormFacts:
    say = style_of(letterhead, voters, edition)
    return FormFacts(
        docket=case.docket,
        to=letterhead.returns.to,
        deadline=say(edition.closing(case.docket.assembly.schedule)),
        ways=ways(rt, letterhead, edition, code="通知に記載の回答コードを入力"),
        contact=(edition.term("連絡先"), case.contact),
        notes=tuple(say(note) for note in edition.form_notes(case.docket)),
        say=edition,
    )


def form_members(case: Case, voters: tuple[Voter, ...], asked: tuple[Voter, ...]) -> tuple[FormMember, ...]:
    weighted = any(each.votes != ONE_VOTE for each in voters)
    return tuple(
        FormMember(
            member_id=each.member_id,
            name=each.name,
            votes=votes_text(each.votes) if weighted else "",
            code=form_code(case.origin, each.member_id),
            qr=form_qr(case.origin, each.member_id),
            barred=frozenset(
                motion.number for motion in case.docket.motions if each.member_id in motion.barred
            ),
            # Codes go by mail alone: without an address there is none to type.
            by_web=bool(each.addresses),
        )
        for each in asked
    )
