"""Whose papers are printed and how many sheets they take, before anything is made.

Everything here is read again by whoever makes the papers: what is shown is no promise.
"""

from dataclasses import dataclass, replace
from typing import ClassVar

from voting.core.errors import Refusal
from voting.core.permissions import Act, Officer, require
from voting.documents.labels_pdf import SHEETS
from voting.runtime import Runtime
from voting.services.errors import NoSuchAssembly, NotThatFar
from voting.services.period import turnout
from voting.services.printing import minutes, post
from voting.services.printing.forms import chosen, frozen
from voting.services.printing.letterheads import letterhead_of
from voting.services.printing.proxy_forms import NoProxies
from voting.store import assemblies, corrections


@dataclass(eq=False)
class EverybodyAnswered(Refusal):
    """Papers were asked for members who have not answered, and there are none."""

    code: ClassVar[str] = "everybody-answered"


@dataclass(frozen=True, slots=True)
class Extent:
    """Shape: ``members`` whose papers are made; ``sheets`` of A4; ``left_out`` who is not among them."""

    members: int
    sheets: int
    left_out: tuple[post.LeftOut, ...] = ()


def unanswered(rt: Runtime, who: Officer, origin: str) -> tuple[str, ...]:
    """The numbers of the members who have not answered, in the order of the roll.

    Raises  NotAllowed, NoSuchAssembly, NotThatFar; NamesNotOpened before the close, where this officer has
            not opened the names today: who is printed has not answered. EverybodyAnswered.
    """
    found = turnout.names(rt, who, origin).members
    silent = tuple(each.member_id for each in found if each.answered_at is None)
    if not silent:
        raise EverybodyAnswered
    return silent


def page_each(rt: Runtime, who: Officer, origin: str, asked: post.Asked) -> Extent:
    """Papers of one page a member.  Raises: as ``forms.ballot_forms`` where it asks whose."""
    require(who, Act.READ_ROLL)
    with rt.database.reading() as tx:
        _, voters = frozen(tx, origin, "forms")
    found = len(chosen(voters, asked.members, unmailed=asked.unmailed))
    return Extent(found, found)


def labels(rt: Runtime, who: Officer, origin: str, asked: post.Asked, *, sheet: int, used: int) -> Extent:
    """As if whoever cannot be written to were left out.  Raises: as ``post.labels``, but AddressesMissing."""
    post.require_place(sheet, used)
    found, left_out = _addressed(rt, who, origin, asked, fax=False)
    return Extent(found, -(-(used + found) // SHEETS[sheet].labels) if found else 0, left_out)


def covers(rt: Runtime, who: Officer, origin: str, asked: post.Asked, *, fax: bool) -> Extent:
    """As if whoever cannot be written to were left out.  Raises: as ``post.covers``, but AddressesMissing."""
    found, left_out = _addressed(rt, who, origin, asked, fax=fax)
    return Extent(found, found, left_out)


def _addressed(
    rt: Runtime, who: Officer, origin: str, asked: post.Asked, *, fax: bool
) -> tuple[int, tuple[post.LeftOut, ...]]:
    try:
        found, left_out = post.addressed(rt, who, origin, replace(asked, leave_out=True), fax=fax)
    except post.AddressesMissing as refusal:
        return 0, refusal.members
    return len(found), left_out


@dataclass(frozen=True, slots=True)
class Possible:
    """What cannot be printed yet, each with the reason; None where it can."""

    at_all: Refusal | None
    proxies: Refusal | None
    minutes: Refusal | None
    correction: Refusal | None


def possible(rt: Runtime, who: Officer, origin: str) -> Possible:
    """Raises: NotAllowed, NoSuchAssembly."""
    require(who, Act.READ_ROLL)
    with rt.database.reading() as tx:
        case = assemblies.find(tx, origin)
        if case is None:
            raise NoSuchAssembly(origin)
        proxies = letterhead_of(tx, case).proxies
        is_corrected = bool(corrections.corrections(tx, case.id))
        no_minutes = minutes.withheld(tx, case)
    at_all = NotThatFar("forms", "freeze") if case.frozen_index is None else None
    no_proxies: Refusal | None = at_all
    if at_all is None and not proxies.clause:
        no_proxies = NoProxies(case.docket.body.name)
    no_correction = NotThatFar("correction", "result" if case.result_index is None else "correct")
    return Possible(at_all, no_proxies, no_minutes, None if is_corrected else no_correction)
