"""The organisations of the office and their committees: what each is, and which of its members vote."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from voting.core.assembly import Body
from voting.core.errors import Refusal
from voting.core.members import belongs
from voting.core.permissions import Act, Officer, require
from voting.core.rules import BodyKind
from voting.core.votes import votes_text
from voting.ledger.canonical import parse_instant
from voting.runtime import Runtime
from voting.services.errors import AlreadyThere, BadName
from voting.services.names import is_plain
from voting.services.register import rolls
from voting.services.register.frozen_rolls import FrozenRoll, frozen_rolls
from voting.services.register.registers import Did, require_body, require_own_register, today, turn
from voting.store import accounts, members, register_history
from voting.store.members import BodyRow
from voting.store.register_history import RegisterAct
from voting.store.transaction import Transaction

_ACTS_SHOWN = 20


@dataclass(eq=False)
class BodyNameMissing(Refusal):
    """An organisation without a name: it stands on every paper."""

    code: ClassVar[str] = "body-name-missing"


@dataclass(frozen=True, slots=True)
class BodyLine:
    """One organisation or committee.

    Units   ``members`` belong to it today; ``voters`` are those of them with a vote, ``votes`` as text.
    """

    slug: str
    name: str
    kind: BodyKind
    parent: str | None
    members: int
    voters: int
    votes: str


@dataclass(frozen=True, slots=True)
class KindLine:
    """A kind of members, with how many there are today."""

    kind: str
    members: int
    has_vote: bool


@dataclass(frozen=True, slots=True)
class ActLine:
    """One act upon the register.  Shape: ``by``: the officer's name and account, "" for a member's own."""

    at: datetime
    by: str
    what: str
    detail: str


@dataclass(frozen=True, slots=True)
class BodyPage:
    """Everything about one body.  Shape: ``parent`` where it is a committee; ``acts`` the newest first."""

    line: BodyLine
    parent: BodyLine | None
    committees: tuple[BodyLine, ...]
    kinds: tuple[KindLine, ...]
    frozen: tuple[FrozenRoll, ...]
    acts: tuple[ActLine, ...]


def bodies(rt: Runtime, who: Officer) -> tuple[BodyLine, ...]:
    """All bodies, each followed by its committees."""
    require(who, Act.READ_ROLL)
    with rt.database.reading() as tx:
        found = [_line(tx, each, rt.now()) for each in members.bodies(tx)]
    return tuple(
        sorted(found, key=lambda each: (each.parent or each.slug, each.parent is not None, each.slug))
    )


def body_line(rt: Runtime, who: Officer, slug: str) -> BodyLine:
    """Raises: NoSuchBody."""
    require(who, Act.READ_ROLL)
    with rt.database.reading() as tx:
        return _line(tx, require_body(tx, slug), rt.now())


def body_page(rt: Runtime, who: Officer, slug: str) -> BodyPage:
    """Raises: NoSuchBody."""
    require(who, Act.READ_ROLL)
    now = rt.now()
    with rt.database.reading() as tx:
        row = require_body(tx, slug)
        everything = members.bodies(tx)
        parent = None if row.parent is None else require_body(tx, row.parent)
        return BodyPage(
            line=_line(tx, row, now),
            parent=None if parent is None else _line(tx, parent, now),
            committees=tuple(_line(tx, each, now) for each in everything if each.parent == slug),
            kinds=() if parent is not None else _kinds(tx, slug, now),
            frozen=frozen_rolls(tx, slug),
            acts=act_lines(tx, register_history.acts(tx, slug, most=_ACTS_SHOWN)),
        )


def act_lines(tx: Transaction, acts: Iterable[RegisterAct]) -> tuple[ActLine, ...]:
    """Acts with the names of who did them; an account that is gone stands by itself."""
    names = {each.id: f"{each.name} ({each.id})" for each in accounts.everybody(tx)}
    return tuple(
        ActLine(parse_instant(each.at), names.get(each.by, each.by), each.what, each.detail) for each in acts
    )


def add_body(rt: Runtime, who: Officer, slug: str, body: Body) -> None:
    """Set up an organisation with an empty register.  Raises: BodyNameMissing, BadName, AlreadyThere."""
    require(who, Act.DRAFT)
    if not body.name:
        raise BodyNameMissing
    rolls.add_body(rt, who, slug, body)


def add_committee(rt: Runtime, who: Officer, parent: str, slug: str, *, name: str) -> None:
    """Set up a committee (専門部会) without members; in law it is what its body is.

    Raises  BodyNameMissing, BadName, AlreadyThere, NoSuchBody; CommitteeRegister for one in a committee.
    """
    require(who, Act.DRAFT)
    if not name:
        raise BodyNameMissing
    if not is_plain(slug):
        raise BadName("body", slug)
    with rt.database.transaction() as tx:
        above = require_body(tx, parent)
        require_own_register(above)
        if members.find_body(tx, slug) is not None:
            raise AlreadyThere("body", slug)
        members.add_body(tx, slug, Body(name, above.body.kind), parent=parent)


def set_voteless(rt: Runtime, who: Officer, slug: str, kinds: Collection[str]) -> None:
    """Say which kinds of members have no vote, in the place of what was said before.

    Raises  NoSuchBody, CommitteeRegister.
    """
    require(who, Act.EDIT_ROLL)
    now = rt.now()
    with rt.database.transaction() as tx:
        act = turn(tx, slug, who, now=now)
        require_own_register(act.body)
        members.set_voteless(tx, slug, kinds)
        act.write(Did.KINDS, (), detail="、".join(sorted(kinds)))


def _line(tx: Transaction, row: BodyRow, now: datetime) -> BodyLine:
    day = today(now)
    present = [each for each in members.register(tx, row.slug) if belongs(each, day)]
    return BodyLine(
        slug=row.slug,
        name=row.body.name,
        kind=row.body.kind,
        parent=row.parent,
        members=len(present),
        voters=sum(1 for each in present if each.votes > 0),
        votes=votes_text(sum(each.votes for each in present)),
    )


def _kinds(tx: Transaction, slug: str, now: datetime) -> tuple[KindLine, ...]:
    """The kinds in use, and those that were said to have no vote."""
    voteless = members.voteless_kinds(tx, slug)
    day = today(now)
    counts = Counter(each.kind for each in members.recorded(tx, slug) if belongs(each, day))
    return tuple(
        KindLine(kind, counts[kind], kind not in voteless) for kind in sorted(set(counts) | voteless)
    )
