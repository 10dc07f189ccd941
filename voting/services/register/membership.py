"""Members one by one: joining, what is known of them, leaving.  Each change is noted with who and when.

In a committee a member has a seat: its votes and days are changed here, all else in the body's register.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from voting.core.errors import Refusal
from voting.core.japanese_dates import parse_date
from voting.core.members import Member
from voting.core.permissions import Act, Officer, require
from voting.core.postal import FIELDS as POSTAL
from voting.core.postal import postal, with_postal
from voting.core.votes import ONE_VOTE, votes_text
from voting.runtime import Runtime
from voting.services.errors import AlreadyThere
from voting.services.register.registers import (
    Did,
    NoSuchMember,
    Turn,
    find_member,
    require_own_register,
    stamp,
    turn,
)
from voting.sheets.finding_wording import finding_sentence
from voting.sheets.findings import Finding
from voting.sheets.roll_form import LABELS, read_form, typing_faults
from voting.store import members, seats

# What may be typed of a member of a body and of a seat in a committee; leaving is an act of its own.
EDITABLE = tuple(field for field in LABELS if field not in ("member_id", "left"))
EDITABLE_SEAT = ("votes", "joined")


@dataclass(eq=False)
class MemberUnsound(Refusal):
    """What was typed of a member cannot be kept.  Shape: ``wrong``: field -> what is wrong with it."""

    code: ClassVar[str] = "member-unsound"
    wrong: Mapping[str, Finding]

    def words(self, language: str, label: Callable[[str], str]) -> dict[str, str]:
        """Field -> a sentence.  Shape: *label* names a field as its form does."""
        return {
            field: finding_sentence(replace(each, facts={**each.facts, "column": label(field)}), language)
            for field, each in self.wrong.items()
        }


@dataclass(eq=False)
class MemberChangedSince(Refusal):
    """Somebody else has changed the member since the form was opened."""

    code: ClassVar[str] = "member-changed-since"
    member: str


@dataclass(eq=False)
class HasLeft(Refusal):
    """A day of leaving is entered already."""

    code: ClassVar[str] = "has-left"
    member: str
    left: date


@dataclass(eq=False)
class HasNotLeft(Refusal):
    code: ClassVar[str] = "has-not-left"
    member: str


@dataclass(eq=False)
class LeavesBeforeJoining(Refusal):
    code: ClassVar[str] = "leaves-before-joining"
    joined: date


@dataclass(eq=False)
class NobodyChosen(Refusal):
    code: ClassVar[str] = "nobody-chosen"


def typed_of(member: Member) -> dict[str, str]:
    """A member as it would be typed: field -> text, several addresses one a line."""
    reached = postal(member)
    days = {"joined": member.joined, "left": member.left}
    texts = {field: "" if day is None else day.isoformat() for field, day in days.items()}
    whole = {
        "addresses": "\n".join(member.addresses),
        # A seat or member that has none still needs a number when it is given one.
        "votes": votes_text(member.votes or ONE_VOTE),
        **{field: getattr(reached, field) for field in POSTAL},
        **texts,
    }
    return {field: whole[field] if field in whole else getattr(member, field) for field in LABELS}


def join(rt: Runtime, who: Officer, body: str, typed: Mapping[str, str]) -> Member:
    """Enter a member.  Raises: MemberUnsound, AlreadyThere, NoSuchBody, CommitteeRegister."""
    require(who, Act.EDIT_ROLL)
    _require_typable(typed)
    found, now = read_typed({**typed, "left": ""}), rt.now()
    with rt.database.transaction() as tx:
        act = turn(tx, body, who, now=now)
        require_own_register(act.body)
        if members.find(tx, body, found.member_id) is not None:
            raise AlreadyThere("member", found.member_id)
        act.write(Did.JOINED, [(None, found)])
    return found


def edit(
    rt: Runtime, who: Officer, body: str, member_id: str, typed: Mapping[str, str], *, seen: str
) -> bool:
    """Change what is known of a member; False where nothing of it is new.

    Shape   *seen* is the stamp of the member as the form showed it.
    Raises  MemberUnsound, MemberChangedSince, NoSuchMember, NoSuchBody.
    """
    require(who, Act.EDIT_ROLL)
    now = rt.now()
    with rt.database.transaction() as tx:
        act = turn(tx, body, who, now=now)
        before = find_member(tx, act.body, member_id)
        if stamp(before) != seen:
            raise MemberChangedSince(member_id)
        allowed = EDITABLE if act.body.parent is None else EDITABLE_SEAT
        wanted = {field: typed[field] for field in allowed if field in typed}
        after = retyped(before, wanted)
        if after == before:
            return False
        act.write(Did.EDITED, [(before, after)])
    return True


def seat(rt: Runtime, who: Officer, committee: str, chosen: Collection[str], *, joined: str) -> int:
    """Give members of the body a seat in its committee, with one vote each; the answer is how many are new.

    Raises  NobodyChosen, NoDate, NoSuchMember, NoSuchBody.
    """
    require(who, Act.EDIT_ROLL)
    day, now = (parse_date(joined) if joined else None), rt.now()
    with rt.database.transaction() as tx:
        act = turn(tx, committee, who, now=now)
        if act.body.parent is None:
            raise NoSuchMember(committee, "")
        known = {each.member_id: each for each in members.recorded(tx, act.body.parent)}
        taken = {each.member_id for each in seats.seats(tx, committee)}
        wanted = sorted(set(chosen) - taken)
        if not wanted:
            raise NobodyChosen
        for member_id in wanted:
            if member_id not in known:
                raise NoSuchMember(act.body.parent, member_id)
        new = [replace(known[each], votes=ONE_VOTE, joined=day, left=None) for each in wanted]
        act.write(Did.JOINED, [(None, each) for each in new])
    return len(new)


def leave(rt: Runtime, who: Officer, body: str, member_id: str, *, left: str) -> date:
    """Enter the day from which the member no longer belongs.

    Raises  NoDate, HasLeft, LeavesBeforeJoining, NoSuchMember, NoSuchBody.
    """
    require(who, Act.EDIT_ROLL)
    day, now = parse_date(left), rt.now()
    with rt.database.transaction() as tx:
        act = turn(tx, body, who, now=now)
        before = find_member(tx, act.body, member_id)
        if before.left is not None:
            raise HasLeft(member_id, before.left)
        if before.joined is not None and day < before.joined:
            raise LeavesBeforeJoining(before.joined)
        act.write(Did.LEFT, [(before, replace(before, left=day))])
    return day


def take_back_leaving(rt: Runtime, who: Officer, body: str, member_id: str) -> None:
    """Let the member belong as if no day of leaving had been entered; the history keeps both.

    Raises  HasNotLeft, NoSuchMember, NoSuchBody.
    """
    require(who, Act.EDIT_ROLL)
    now = rt.now()
    with rt.database.transaction() as tx:
        act = turn(tx, body, who, now=now)
        before = find_member(tx, act.body, member_id)
        if before.left is None:
            raise HasNotLeft(member_id)
        act.write(Did.RETURNED, [(before, replace(before, left=None))])


def confirm_contact(rt: Runtime, who: Officer, body: str, member_id: str) -> None:
    """Note that section, person, addresses and telephone were found right today.

    Raises  NoSuchMember, NoSuchBody, CommitteeRegister.
    """
    require(who, Act.EDIT_ROLL)
    now = rt.now()
    with rt.database.transaction() as tx:
        act = turn(tx, body, who, now=now)
        require_own_register(act.body)
        confirm(act, find_member(tx, act.body, member_id))


def confirm(act: Turn, member: Member, *, detail: str = "") -> None:
    """Note, within an act, that the member's contact was found right."""
    act.write(Did.CONFIRMED, [(member, member)], detail=detail)
    members.confirm_contact(act.tx, act.body.slug, member.member_id, at=act.now)


def retyped(before: Member, typed: Mapping[str, str]) -> Member:
    """*before* with what was typed of it; its other columns stay as they are.  Raises: MemberUnsound."""
    known = typed_of(before)
    # What came with a list is as it is: nobody is kept from mending something else by it.
    _require_typable({field: text for field, text in typed.items() if text != known[field]})
    after = read_typed({**known, **typed})
    return with_postal(replace(after, other=before.other), postal(after))


def read_typed(typed: Mapping[str, str]) -> Member:
    """The member that was typed.  Raises: MemberUnsound."""
    # A browser sends the line breaks of a text in two characters.
    plain = {field: text.replace("\r\n", "\n") for field, text in typed.items()}
    member, wrong = read_form(plain)
    if wrong:
        raise MemberUnsound(wrong)
    return member


def _require_typable(typed: Mapping[str, str]) -> None:
    wrong = typing_faults({field: text.replace("\r\n", "\n") for field, text in typed.items()})
    if wrong:
        raise MemberUnsound(wrong)
