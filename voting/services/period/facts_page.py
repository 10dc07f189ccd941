"""What the page of facts shows: what is recorded, and what may be decided now."""

from dataclasses import dataclass
from datetime import datetime

from voting.core.motions import Method
from voting.core.permissions import Act, Officer, require
from voting.core.rules import NonSubmission, Tie
from voting.ledger.canonical import parse_instant
from voting.ledger.wording import MARK_WORDS
from voting.runtime import Runtime
from voting.services.errors import NoSuchAssembly
from voting.services.period import facts
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
    """One decision that may be recorded now.  Shape: ``code`` is what:motion; ``is_lot``: names are drawn."""

    code: str
    what: str
    label: str
    is_lot: bool


@dataclass(frozen=True, slots=True)
class FactsPage:
    """Shape: ``may_record``: before the notice and after the tally there is no place for a fact."""

    line: AssemblyLine
    may_record: bool
    recorded: tuple[FactLine, ...]
    decidable: tuple[Decidable, ...]


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
        )


def _decidable(tx: Transaction, case: Case) -> tuple[Decidable, ...]:
    known = roll.facts_for_count(tx, case.id)
    if case.closed_index is None:
        takes_proxies = {
            each.number
            for each in case.docket.motions
            if case.docket.non_submission(each) is NonSubmission.PROXY_TO_CHAIR
        }
        return tuple(
            _choice(case, facts.CHAIR, number) for number in sorted(takes_proxies - known.chair.keys())
        )
    by_seat = {
        each.number for each in case.docket.motions if each.method in (Method.CONFIDENCE, Method.PLURALITY)
    }
    found = []
    for number in facts.waiting(tx, case):
        if number in by_seat:
            found.append(_choice(case, facts.LOT, number))
        elif case.docket.rules.tie is Tie.CHAIR:
            found.append(_choice(case, facts.TIE, number))
    return tuple(found)


def _choice(case: Case, what: str, number: int) -> Decidable:
    motion = case.docket.motion(number)
    label = f"{motion_label(motion)} {motion.title}"
    return Decidable(f"{what}:{number}", what, label, what == facts.LOT)


def _line(case: Case, row: FactRow, names: dict[str, str]) -> FactLine:
    if row.member_id is not None:
        about = f"{names.get(row.member_id, '')}({row.member_id})"
    else:
        about = f"第{row.motion}号議案"
    value = row.value or ""
    return FactLine(
        index=row.index,
        what=row.what,
        about=about,
        at=parse_instant(row.at or ""),
        value=MARK_WORDS.get(value, value),
    )
