"""What the page of facts shows: what is recorded, and what may be decided now."""

from dataclasses import dataclass
from datetime import datetime

from voting.core.motions import Method, Motion
from voting.core.permissions import Act, Officer, require
from voting.core.rules import Tie
from voting.ledger.canonical import parse_instant
from voting.runtime import Runtime
from voting.services.errors import NoSuchAssembly
from voting.services.period import facts, proxies
from voting.services.period.kept_facts import decision_of, decision_words
from voting.services.stages import AssemblyLine, line_of
from voting.store import assemblies, roll
from voting.store.assemblies import Case
from voting.store.roll import FactRow
from voting.store.transaction import Transaction
from voting.wording import motion_label


@dataclass(frozen=True, slots=True)
class FactLine:
    """One recorded fact.  Shape: ``value`` in words, empty for a leaving."""

    index: int
    what: str
    about: str
    at: datetime
    value: str


@dataclass(frozen=True, slots=True)
class Decidable:
    """One decision that may be recorded now.

    Shape   ``code`` is what:motion, ``number`` the motion's; ``by`` what is decided: ``mark``,
            ``candidates`` (a mark for each) or ``names`` (some of them, no more than ``seats``; in a lot all
            that are drawn).
    """

    code: str
    number: int
    what: str
    label: str
    by: str
    candidates: tuple[str, ...]
    seats: int


@dataclass(frozen=True, slots=True)
class FactsPage:
    """Shape: ``may_record``: before the notice and after the tally there is no place for a fact;
    ``undecided`` are the motions on which what was given to the chair would abstain, until the close.
    """

    line: AssemblyLine
    may_record: bool
    recorded: tuple[FactLine, ...]
    decidable: tuple[Decidable, ...]
    undecided: tuple[str, ...]


def facts_page(rt: Runtime, who: Officer, origin: str) -> FactsPage:
    """Raises: NotAllowed, NoSuchAssembly."""
    require(who, Act.RECORD_FACT)
    now = rt.now()
    with rt.database.reading() as tx:
        case = assemblies.find(tx, origin)
        if case is None:
            raise NoSuchAssembly(origin)
        names = {each.member_id: each.name for each in roll.voters(tx, case.id)}
        may_record = case.issued_index is not None and case.deemed_index is None
        return FactsPage(
            line=line_of(case, now),
            may_record=may_record,
            recorded=tuple(_line(case, each, names) for each in roll.facts(tx, case.id)),
            decidable=_decidable(tx, case) if may_record else (),
            undecided=proxies.undecided(tx, case) if may_record and case.closed_index is None else (),
        )


def _decidable(tx: Transaction, case: Case) -> tuple[Decidable, ...]:
    if case.closed_index is None:
        return tuple(_proxies_choice(each) for each in proxies.decidable(tx, case))
    by_seat = {
        each.number for each in case.docket.motions if each.method in (Method.CONFIDENCE, Method.PLURALITY)
    }
    found = []
    for number in facts.waiting(tx, case):
        motion = case.docket.motion(number)
        if number in by_seat:
            found.append(_choice(motion, facts.LOT, "names"))
        elif case.docket.rules.tie is Tie.CHAIR:
            found.append(_choice(motion, facts.TIE, "mark"))
    return tuple(found)


def _proxies_choice(motion: Motion) -> Decidable:
    if motion.method is Method.CONFIDENCE:
        return _choice(motion, facts.CHAIR, "candidates")
    return _choice(motion, facts.CHAIR, "names" if motion.method is Method.PLURALITY else "mark")


def _choice(motion: Motion, what: str, by: str) -> Decidable:
    label = f"{motion_label(motion)} {motion.title}"
    candidates = () if by == "mark" else motion.candidates
    return Decidable(f"{what}:{motion.number}", motion.number, what, label, by, candidates, motion.seats or 0)


def _line(case: Case, row: FactRow, names: dict[str, str]) -> FactLine:
    number = row.motion
    if row.member_id is not None or number is None:
        about, value = f"{names.get(row.member_id or '', '')}({row.member_id})", ""
    else:
        about = f"第{number}号議案"
        value = decision_words(decision_of(row.value or ""), case.docket, number)
    return FactLine(index=row.index, what=row.what, about=about, at=parse_instant(row.at or ""), value=value)
