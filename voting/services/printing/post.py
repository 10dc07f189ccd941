"""宛名ラベル, 送付状, FAX送付状: made of the frozen roll and of the addresses that the register has now.

Addresses change and are no part of the vote; a member that the register has no address of is told by name.
"""

from dataclasses import dataclass, replace
from typing import ClassVar

from voting.core.errors import Refusal
from voting.core.letterhead import PaperKind
from voting.core.members import Member
from voting.core.permissions import Act, Officer, require
from voting.core.postal import Postal, postal
from voting.documents.cover_pdf import render_covers
from voting.documents.facts_post import Addressed, CoverFacts
from voting.documents.facts_post import Way as Way
from voting.documents.labels_pdf import SHEETS as SHEETS
from voting.documents.labels_pdf import render_labels
from voting.runtime import Runtime
from voting.services.printing.forms import chosen, frozen
from voting.services.printing.letterheads import letter_facts, letterhead_of, style_of
from voting.store import members
from voting.store.assemblies import Case
from voting.store.roll import Voter
from voting.store.transaction import Transaction
from voting.wording import addressee
from voting.wording.papers import PAPERS


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose papers.  Shape: ``leave_out`` makes the others' where somebody's address is not known."""

    members: tuple[str, ...] = ()
    unmailed: bool = False
    leave_out: bool = False


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A member, and what the roll does not say of it."""

    member_id: str
    name: str
    missing: tuple[str, ...]

    @property
    def line(self) -> str:
        return f"{self.member_id} {self.name} ({'、'.join(self.missing)}がありません)"


@dataclass(frozen=True, slots=True)
class Made:
    """The file, and who is not in it."""

    pdf: bytes
    left_out: tuple[LeftOut, ...]


@dataclass(eq=False)
class AddressesMissing(Refusal):
    """The roll lacks the address of somebody whose label or cover was asked for.  Order: as the roll."""

    code: ClassVar[str] = "addresses-missing"
    members: tuple[LeftOut, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """Each member with what is missing."""
        return tuple(each.line for each in self.members)


@dataclass(eq=False)
class NoSuchPlace(Refusal):
    """More places are said to be empty than a sheet of labels has."""

    code: ClassVar[str] = "no-such-place"
    used: int
    most: int


def labels(rt: Runtime, who: Officer, origin: str, asked: Asked, *, sheet: int = 12, used: int = 0) -> Made:
    """Labels, *sheet* of them on a sheet of A4, the first *used* places left empty.

    Raises  NoSuchPlace, AddressesMissing, LabelTooLong, NoGlyphForMember; as ``forms.ballot_forms``.
    """
    require(who, Act.READ_ROLL)
    require_place(sheet, used)
    with rt.database.reading() as tx:
        case, voters = frozen(tx, origin, "labels")
        found, left_out = _addressed(tx, case, voters, asked, fax=False)
    body, title = case.docket.body.name, f"{case.docket.assembly.title} 宛名ラベル"
    return Made(render_labels(title, body, found, sheet=sheet, used=used), left_out)


def require_place(sheet: int, used: int) -> None:
    """Raises: NoSuchPlace where a sheet has no place after *used*."""
    most = SHEETS[sheet].labels - 1
    if not 0 <= used <= most:
        raise NoSuchPlace(used, most)


def covers(
    rt: Runtime,
    who: Officer,
    origin: str,
    asked: Asked,
    *,
    way: Way,
    pages: int | None = None,
    language: str = "ja",
) -> Made:
    """One cover a member, or its translation.

    Shape   *pages*: sheets of the fax, None for a line to write on.
    Raises  AddressesMissing, NoGlyphForMember, CounterUntrue; as ``forms.ballot_forms``.
    """
    require(who, Act.READ_ROLL)
    with rt.database.reading() as tx:
        case, voters = frozen(tx, origin, "covers")
        letterhead = letterhead_of(tx, case)
        found, left_out = _addressed(tx, case, voters, asked, fax=way is Way.FAX)
    edition = PAPERS[language]
    say = style_of(letterhead, voters, edition)
    facts = CoverFacts(
        docket=case.docket,
        way=way,
        # A cover is no document of its own: it has the day of the notice and no number.
        letter=replace(letter_facts(letterhead, PaperKind.NOTICE, edition), number=""),
        enclosed=letterhead.enclosed,
        deadline=say(edition.closing(case.docket.assembly.schedule)),
        contact=case.contact,
        from_fax=letterhead.returns.fax,
        pages=pages,
        say=edition,
    )
    return Made(render_covers(facts, found), left_out)


def addressed(
    rt: Runtime, who: Officer, origin: str, asked: Asked, *, fax: bool
) -> tuple[tuple[Addressed, ...], tuple[LeftOut, ...]]:
    """Whom it would go to, and whom it cannot.  Raises: as ``labels`` and ``covers``."""
    require(who, Act.READ_ROLL)
    with rt.database.reading() as tx:
        case, voters = frozen(tx, origin, "covers")
        return _addressed(tx, case, voters, asked, fax=fax)


def _addressed(
    tx: Transaction, case: Case, voters: tuple[Voter, ...], asked: Asked, *, fax: bool
) -> tuple[tuple[Addressed, ...], tuple[LeftOut, ...]]:
    """Whom it goes to, and whom it cannot.  Raises: AddressesMissing, unless they are to be left out."""
    register = {each.member_id: each for each in members.register(tx, case.body)}
    found: list[Addressed] = []
    left_out: list[LeftOut] = []
    for each in chosen(voters, asked.members, unmailed=asked.unmailed):
        # The name is that of the frozen roll: it is the member that was asked to vote.
        member = replace(register.get(each.member_id, Member(each.member_id, "")), name=each.name)
        where = postal(member)
        missing = _missing(where, fax=fax)
        if missing:
            left_out.append(LeftOut(each.member_id, each.name, missing))
        else:
            found.append(
                Addressed(
                    member_id=each.member_id,
                    to=addressee(member),
                    postcode=where.postcode,
                    address=where.address,
                    fax=where.fax,
                )
            )
    if left_out and (not asked.leave_out or not found):
        raise AddressesMissing(tuple(left_out))
    return tuple(found), tuple(left_out)


def _missing(where: Postal, *, fax: bool) -> tuple[str, ...]:
    asked = (("FAX番号", where.fax),) if fax else (("郵便番号", where.postcode), ("住所", where.address))
    return tuple(name for name, text in asked if not text)
