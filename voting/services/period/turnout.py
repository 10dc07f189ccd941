"""Who has answered and who has not; never how.

Sums are for every officer.  The names of those who have answered, or not, are opened by an act of their own,
which the ledger has once for each officer and day in Japan: whoever looks is seen looking.
Source  product.md P2, P3; ledger L3, operator.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import ClassVar

from voting.core.errors import Refusal
from voting.core.permissions import Act, Officer, require
from voting.core.prefectures import NAMES, prefecture_of
from voting.core.votes import votes_text
from voting.ledger.canonical import instant_text, parse_instant
from voting.runtime import Runtime
from voting.services.errors import NoSuchAssembly, NotThatFar
from voting.services.office.office_acting import READ_PARTICIPATION, REMINDER, act
from voting.services.recording import recording
from voting.services.register.listed import listed
from voting.services.stages import AssemblyLine, line_of
from voting.store import assemblies, deliveries, members, office_acts, openings, participation, roll
from voting.store.assemblies import Case
from voting.store.roll import Voter
from voting.store.transaction import Transaction
from voting.wording import JAPAN, percent


@dataclass(eq=False)
class NamesNotOpened(Refusal):
    """This officer has not opened the names today; opening them is written into the record."""

    code: ClassVar[str] = "names-not-opened"
    origin: str


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a part of the roll have answered.  Shape: ``name`` empty where the roll names none."""

    name: str
    answered: int
    members: int

    @property
    def not_answered(self) -> int:
        return self.members - self.answered

    @property
    def percent(self) -> str:
        return percent(self.answered, self.members) if self.members else "–"


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder as sent.  Units: ``members`` are those it went to."""

    at: datetime
    members: int


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the period in Japan.  Shape: ``ends`` is its last instant that is known or planned."""

    day: date
    ends: datetime
    new: int
    total: int
    reminders: int


@dataclass(frozen=True, slots=True)
class Overview:
    """How far the answers have come.

    Shape   ``prefectures`` are all 47, then those whose cell names none where there are any; ``days``
            from the opening up to now.
    """

    line: AssemblyLine
    now: datetime
    whole: Share
    votes: str
    answered_votes: str
    prefectures: tuple[Share, ...]
    categories: tuple[Share, ...]
    days: tuple[Day, ...]
    reminders: tuple[Reminder, ...]
    without_address: int


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One member and whether it has answered.

    Shape   ``answered_at`` is the receipt of its first answer; ``reached``: yes, no, or None while
            nothing is known of its notice; ``opened_at``: when its code first opened its ballot; telephone,
            section and person from the register of today.
    """

    member_id: str
    name: str
    kana: str
    prefecture: str
    category: str
    votes: str
    answered_at: datetime | None
    reached: bool | None
    opened_at: datetime | None
    addresses: int
    phone: str
    section: str
    person: str


@dataclass(frozen=True, slots=True)
class Names:
    line: AssemblyLine
    now: datetime
    members: tuple[MemberLine, ...]


def overview(rt: Runtime, who: Officer, origin: str) -> Overview:
    """Sums by prefecture, category and day.  Raises: NotAllowed, NoSuchAssembly, NotThatFar."""
    require(who, Act.READ_PARTICIPATION)
    now = rt.now()
    with rt.database.reading() as tx:
        case = _issued(tx, origin)
        voters, first = roll.voters(tx, case.id), answers_in_force(tx, case)
        reminders = tuple(
            Reminder(parse_instant(each.at), int(each.facts()["members"]))
            for each in office_acts.of_kind(tx, case.id, REMINDER)
        )
    answered = [each for each in voters if each.member_id in first]
    return Overview(
        line=line_of(case, now),
        now=now,
        whole=Share("", len(answered), len(voters)),
        votes=votes_text(sum(each.votes for each in voters)),
        answered_votes=votes_text(sum(each.votes for each in answered)),
        prefectures=_shares(voters, first, _prefecture, NAMES),
        categories=_shares(voters, first, _category, ()),
        days=_days(case, now, first, reminders),
        reminders=reminders,
        without_address=sum(not each.addresses for each in voters),
    )


def open_names(rt: Runtime, who: Officer, origin: str) -> None:
    """Open the names for today; before the close the ledger says who did, once for each day.

    Raises  NotAllowed, NoSuchAssembly, NotThatFar.
    """
    require(who, Act.READ_PARTICIPATION)
    with rt.database.reading() as tx:
        case = _issued(tx, origin)
    if case.closed_index is not None:
        return
    with recording(rt, origin) as book:
        # The period may have been closed, and another window may have opened them, since they were looked up.
        if book.case.closed_index is None and not _is_open(book.tx, book.case, who, book.now):
            day = book.now.astimezone(JAPAN).date().isoformat()
            act(rt, book, who.id, READ_PARTICIPATION, {"day": day})


def names(rt: Runtime, who: Officer, origin: str) -> Names:
    """Every member with its telephone, and whether it has answered.

    Raises  NotAllowed, NoSuchAssembly, NotThatFar; NamesNotOpened before ``open_names`` of today.
    """
    require(who, Act.READ_PARTICIPATION)
    now = rt.now()
    with rt.database.reading() as tx:
        case = _issued(tx, origin)
        if not _is_open(tx, case, who, now):
            raise NamesNotOpened(origin)
        first, reached = answers_in_force(tx, case), deliveries.reached(tx, case.id)
        opened = openings.opened(tx, case.id)
        register = {each.member_id: each for each in members.register(tx, case.body)}
        voters = listed(tx, case, roll.voters(tx, case.id))
    found = []
    for voter in voters:
        kept, at = register.get(voter.member_id), first.get(voter.member_id)
        seen = opened.get(voter.member_id)
        found.append(
            MemberLine(
                member_id=voter.member_id,
                name=voter.name,
                kana=voter.kana,
                prefecture=voter.prefecture,
                category=voter.category,
                votes=votes_text(voter.votes),
                answered_at=None if at is None else parse_instant(at),
                reached=reached.get(voter.member_id),
                opened_at=None if seen is None else parse_instant(seen),
                addresses=len(voter.addresses),
                phone="" if kept is None else kept.phone,
                section="" if kept is None else kept.section,
                person="" if kept is None else kept.person,
            )
        )
    return Names(line_of(case, now), now, tuple(found))


def is_open(rt: Runtime, who: Officer, origin: str) -> bool:
    """Whether this officer may see names without opening them.  Raises: as ``names``."""
    require(who, Act.READ_PARTICIPATION)
    with rt.database.reading() as tx:
        return _is_open(tx, _issued(tx, origin), who, rt.now())


def answers_in_force(tx: Transaction, case: Case) -> dict[str, str]:
    """The first accepted answer of each member; one on a text that was amended since is none."""
    return participation.first_answers(tx, case.id, texts=case.new_texts)


def _issued(tx: Transaction, origin: str) -> Case:
    case = assemblies.find(tx, origin)
    if case is None:
        raise NoSuchAssembly(origin)
    if case.issued_index is None:
        raise NotThatFar("participation", "issue")
    return case


def _is_open(tx: Transaction, case: Case, who: Officer, now: datetime) -> bool:
    if case.closed_index is not None:
        return True
    midnight = datetime.combine(now.astimezone(JAPAN).date(), time(), tzinfo=JAPAN)
    return office_acts.was_done(tx, case.id, READ_PARTICIPATION, account=who.id, since=instant_text(midnight))


def _prefecture(voter: Voter) -> str:
    return prefecture_of(voter.prefecture)


def _category(voter: Voter) -> str:
    return voter.category


def _shares(
    voters: Iterable[Voter], first: dict[str, str], part: Callable[[Voter], str], known: tuple[str, ...]
) -> tuple[Share, ...]:
    """The shares of *known* parts in their order, then of those that the roll has besides."""
    every, answered = Counter[str](), Counter[str]()
    for voter in voters:
        every[part(voter)] += 1
        answered[part(voter)] += voter.member_id in first
    others = sorted(set(every) - set(known), key=lambda name: (not name, name))
    return tuple(Share(name, answered[name], every[name]) for name in (*known, *others))


def _days(
    case: Case, now: datetime, first: dict[str, str], reminders: tuple[Reminder, ...]
) -> tuple[Day, ...]:
    schedule = case.docket.assembly.schedule
    by_day = Counter(_day(parse_instant(at)) for at in first.values())
    reminded = Counter(_day(each.at) for each in reminders)
    last = min(now, schedule.closes_at - timedelta(milliseconds=1))
    day, total, found = _day(schedule.opens_at), 0, list[Day]()
    while day <= _day(last):
        total += by_day[day]
        midnight = datetime.combine(day + timedelta(days=1), time(), tzinfo=JAPAN)
        found.append(Day(day, min(midnight, last), by_day[day], total, reminded[day]))
        day += timedelta(days=1)
    return tuple(found)


def _day(at: datetime) -> date:
    return at.astimezone(JAPAN).date()
