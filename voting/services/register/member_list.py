"""The register as the office reads it: searched, narrowed down, and one member with its history."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from voting.core.kana import search_key
from voting.core.members import Member, belongs
from voting.core.permissions import Act, Officer, require
from voting.core.prefectures import prefecture_number
from voting.core.register import differing
from voting.core.votes import votes_text
from voting.ledger.canonical import parse_instant
from voting.runtime import Runtime
from voting.services.register.bodies import ActLine, BodyLine, act_lines, body_line
from voting.services.register.frozen_rolls import FrozenRoll, frozen_rolls
from voting.services.register.registers import find_member, require_body, stamp, today
from voting.store import members, register_history
from voting.store.register_history import MemberChange
from voting.store.transaction import Transaction

# Offices change their staff every April: who has not been heard of for a year may be somebody else.
_CONTACT_AGES = timedelta(days=365)
# What a committee keeps of its members.
SEAT = frozenset({"votes", "joined", "left"})


class Belonging(StrEnum):
    MEMBER = "member"
    JOINING = "joining"  # on a day to come
    LEFT = "left"


class Only(StrEnum):
    """What else a list can be narrowed down to."""

    MEMBERS = "members"
    LEFT = "left"
    NO_ADDRESS = "no-address"
    NO_VOTE = "no-vote"
    OLD_CONTACT = "old-contact"
    EVERYBODY = "everybody"


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One member of the list.  Shape: ``member`` as it may vote: 0 votes for one without a vote."""

    member: Member
    belonging: Belonging
    contact_at: datetime | None
    is_old: bool

    @property
    def votes(self) -> str:
        """As people write them; empty for a member without a vote."""
        return votes_text(self.member.votes) if self.member.votes else ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for; empty for anything."""

    text: str = ""
    category: str = ""
    kind: str = ""
    prefecture: str = ""
    only: Only = Only.MEMBERS


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """A register, whole.

    Shape   ``categories``, ``kinds`` and ``prefectures`` are those in use, for the boxes to choose from.
    """

    body: BodyLine
    lines: tuple[MemberLine, ...]
    categories: tuple[str, ...]
    kinds: tuple[str, ...]
    prefectures: tuple[str, ...]
    frozen: tuple[FrozenRoll, ...]


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change.  Shape: ``columns`` are (field, before, after); ``before`` is None where it was new."""

    act: ActLine
    is_new: bool
    columns: tuple[tuple[str, Member | None, Member], ...]


@dataclass(frozen=True, slots=True)
class MemberPage:
    """One member.

    Shape   ``member`` as entered, ``line`` as it may vote; ``stamp`` for the form; ``committees`` where it
            has a seat; ``history`` the newest first.
    """

    body: BodyLine
    member: Member
    line: MemberLine
    stamp: str
    committees: tuple[BodyLine, ...]
    frozen: tuple[FrozenRoll, ...]
    history: tuple[ChangeLine, ...]


def register_page(rt: Runtime, who: Officer, slug: str) -> RegisterPage:
    """Raises: NoSuchBody."""
    require(who, Act.READ_ROLL)
    body, now = body_line(rt, who, slug), rt.now()
    with rt.database.reading() as tx:
        lines = member_lines(tx, slug, now=now)
        frozen = frozen_rolls(tx, slug)
    present = [each.member for each in lines]
    return RegisterPage(
        body=body,
        lines=lines,
        categories=_used(each.category for each in present),
        kinds=_used(each.kind for each in present),
        prefectures=tuple(
            sorted(_used(each.located for each in present), key=lambda each: prefecture_number(each) or 99)
        ),
        frozen=frozen,
    )


def member_lines(tx: Transaction, slug: str, *, now: datetime) -> tuple[MemberLine, ...]:
    """Everybody who is or was entered, as it may vote.  Raises: NoSuchBody."""
    contacts = members.contacts(tx, require_body(tx, slug).parent or slug)
    return tuple(_line(each, contacts.get(each.member_id), now) for each in members.register(tx, slug))


def found(lines: Sequence[MemberLine], wanted: Wanted) -> tuple[MemberLine, ...]:
    """Those of *lines* that are looked for: by name, reading, number or code, however it is spelt."""
    key = search_key(wanted.text)
    return tuple(each for each in lines if _is_wanted(each, wanted) and _is_found(each.member, key))


def member_page(rt: Runtime, who: Officer, slug: str, member_id: str) -> MemberPage:
    """Raises: NoSuchBody, NoSuchMember."""
    require(who, Act.READ_ROLL)
    body, now = body_line(rt, who, slug), rt.now()
    with rt.database.reading() as tx:
        member = find_member(tx, require_body(tx, slug), member_id)
        effective = {each.member_id: each for each in members.register(tx, slug)}[member_id]
        contact = members.contacts(tx, body.parent or slug).get(member_id)
        committees = [
            each.slug
            for each in members.bodies(tx)
            if each.parent == slug
            and any(one.member_id == member_id for one in members.register(tx, each.slug))
        ]
        frozen = frozen_rolls(tx, slug, member_id)
        changes = register_history.changes(tx, slug, member_id)
        acts = act_lines(tx, (each.act for each in changes))
        shown = SEAT if body.parent is not None else None
        history = tuple(_change(each, act, shown) for each, act in zip(changes, acts, strict=True))
    return MemberPage(
        body=body,
        member=member,
        line=_line(effective, contact, now),
        stamp=stamp(member),
        committees=tuple(body_line(rt, who, each) for each in committees),
        frozen=frozen,
        history=history,
    )


def candidates(rt: Runtime, who: Officer, committee: str) -> RegisterPage:
    """The members of a committee's body that have no seat in it yet.  Raises: NoSuchBody."""
    body = body_line(rt, who, committee)
    page = register_page(rt, who, body.parent or committee)
    seated = {each.member.member_id for each in register_page(rt, who, committee).lines}
    return replace(
        page, body=body, lines=tuple(each for each in page.lines if each.member.member_id not in seated)
    )


def _line(member: Member, contact: str | None, now: datetime) -> MemberLine:
    day = today(now)
    at = None if contact is None else parse_instant(contact)
    is_old = at is not None and at <= now - _CONTACT_AGES
    return MemberLine(member, _belonging(member, day), at, is_old)


def _belonging(member: Member, day: date) -> Belonging:
    if belongs(member, day):
        return Belonging.MEMBER
    return Belonging.JOINING if member.joined is not None and member.joined > day else Belonging.LEFT


def _is_wanted(line: MemberLine, wanted: Wanted) -> bool:
    member, only = line.member, wanted.only
    if only is not Only.EVERYBODY and (line.belonging is Belonging.LEFT) != (only is Only.LEFT):
        return False
    if (only is Only.NO_ADDRESS and member.addresses) or (only is Only.NO_VOTE and member.votes):
        return False
    if only is Only.OLD_CONTACT and not line.is_old:
        return False
    return (
        wanted.category in ("", member.category)
        and wanted.kind in ("", member.kind)
        and wanted.prefecture in ("", member.located)
    )


def _is_found(member: Member, key: str) -> bool:
    if not key:
        return True
    texts = (member.name, member.kana, member.member_id, member.code)
    return any(key in search_key(text) for text in texts)


def _change(change: MemberChange, act: ActLine, shown: frozenset[str] | None) -> ChangeLine:
    """Shape: *shown* are the fields that are this register's own; None for all of them."""
    before, after = change.before, change.after
    against = Member(after.member_id, "", votes=0) if before is None else before
    columns = tuple(
        (name, before, after) for name in differing(against, after) if shown is None or name in shown
    )
    return ChangeLine(act, before is None, columns)


def _used(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({text for text in texts if text}))
