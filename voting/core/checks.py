"""Everything that makes a docket, a roll or recorded facts unusable, found all at once.

Each fault says where it is, as a path: ``rules.non_submission``, ``motion.2.requires.1.fraction``.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from datetime import datetime
from fractions import Fraction

from voting.core.ballots import Facts, Mark
from voting.core.docket import Docket
from voting.core.faults import (
    BarredNotOnRoll,
    BrakeUnclear,
    ClosesBeforeOpening,
    ConditionsInCircle,
    DeemedWithoutClause,
    ElectionFieldMissing,
    ElectionFieldUnexpected,
    FactUnusable,
    Fault,
    FractionOutOfRange,
    InstantUnusable,
    NoMotion,
    NoRequirement,
    NumberOutOfRange,
    QuorumRelation,
    Repeated,
    SlateExceedsSeats,
    StatuteAsksConsent,
    TextMissing,
    UnknownClause,
    UnknownCondition,
)
from voting.core.members import Roll
from voting.core.motions import Method, Motion, MotionKind, by_condition
from voting.core.rules import (
    CLAUSES,
    CONSENT_STATUTES,
    NonSubmission,
    Objections,
    Relation,
    Threshold,
    fraction_text,
)

# Records keep numbers as JSON does, exactly up to here (ledger L1).
LARGEST_NUMBER = 2**53 - 1
_CONSENT = (NonSubmission.FOR, NonSubmission.PROXY_TO_CHAIR)


def faults(docket: Docket, roll: Roll | None = None) -> tuple[Fault, ...]:
    """All that is wrong with *docket* and *roll*; nothing is wrong with a sound one.

    Shape   without a roll, nothing that needs one is looked at.
    Order   body and assembly, rules, motions by the docket, roll.
    """
    return (
        *_assembly(docket),
        *_rules(docket),
        *_motions(docket),
        *(_roll(docket, roll) if roll is not None else ()),
    )


def _assembly(docket: Docket) -> Iterator[Fault]:
    for where, text in (("body.name", docket.body.name), ("assembly.title", docket.assembly.title)):
        if not text.strip():
            yield TextMissing(where)
    schedule = docket.assembly.schedule
    instants = (("assembly.opens_at", schedule.opens_at), ("assembly.closes_at", schedule.closes_at))
    unusable = [where for where, instant in instants if not _is_recordable(instant)]
    yield from map(InstantUnusable, unusable)
    if not unusable and schedule.closes_at <= schedule.opens_at:
        yield ClosesBeforeOpening("assembly.closes_at")


def _is_recordable(instant: datetime) -> bool:
    return instant.utcoffset() is not None and instant.microsecond % 1000 == 0


def _rules(docket: Docket) -> Iterator[Fault]:
    rules = docket.rules
    yield from _silence(docket, "rules", rules.non_submission)
    yield from _requirement("rules.requires", rules.requires)
    yield from _objections("rules.objections", rules.objections)
    if rules.quorum is not None:
        yield from _fraction("rules.quorum.fraction", rules.quorum.fraction)
        if rules.quorum.relation not in (Relation.AT_LEAST, Relation.MORE_THAN):
            yield QuorumRelation("rules.quorum.relation")
    for name in rules.clauses:
        if name not in CLAUSES:
            yield UnknownClause(f"rules.clauses.{name}")


def _silence(docket: Docket, where: str, setting: NonSubmission | None) -> Iterator[Fault]:
    """Whether silence may count so.  Source: rules R1."""
    path, kind = f"{where}.non_submission", docket.body.kind
    if setting is None or setting is NonSubmission.NOT_COUNTED:
        return
    if not docket.rules.clauses.get("deemed", "").strip():
        yield DeemedWithoutClause(path)
    if setting in _CONSENT and kind in CONSENT_STATUTES:
        yield StatuteAsksConsent(path, kind, CONSENT_STATUTES[kind])


def _requirement(where: str, tests: tuple[Threshold, ...] | None) -> Iterator[Fault]:
    if tests == ():
        yield NoRequirement(where)
    for place, test in enumerate(tests or ()):
        yield from _fraction(f"{where}.{place}.fraction", test.fraction)


def _fraction(where: str, fraction: Fraction) -> Iterator[Fault]:
    if not 0 < fraction <= 1:
        yield FractionOutOfRange(where, fraction_text(fraction))


def _objections(where: str, brake: Objections | None) -> Iterator[Fault]:
    if brake is None:
        return
    if (brake.count is None) == (brake.fraction is None):
        yield BrakeUnclear(where)
    if brake.count is not None and not 1 <= brake.count <= LARGEST_NUMBER:
        yield NumberOutOfRange(f"{where}.count", brake.count)
    if brake.fraction is not None:
        yield from _fraction(f"{where}.fraction", brake.fraction)


def _motions(docket: Docket) -> Iterator[Fault]:
    if not docket.motions:
        yield NoMotion("motion")
    numbers = [motion.number for motion in docket.motions]
    yield from (Repeated("motion", str(number)) for number in repeated(numbers))
    for motion in docket.motions:
        where = f"motion.{motion.number}"
        if not 1 <= motion.number <= LARGEST_NUMBER:
            yield NumberOutOfRange(f"{where}.number", motion.number)
        if not motion.title.strip():
            yield TextMissing(f"{where}.title")
        yield from (UnknownCondition(f"{where}.depends_on", n) for n in motion.depends_on if n not in numbers)
        for name in ("depends_on", "barred", "candidates"):
            values = getattr(motion, name)
            yield from (Repeated(f"{where}.{name}", str(value)) for value in repeated(values))
        yield from _silence(docket, where, motion.non_submission)
        yield from _requirement(f"{where}.requires", motion.requires)
        yield from _objections(f"{where}.objections", motion.objections)
        yield from _election(where, motion)
    if circle := _circle(docket.motions):
        yield ConditionsInCircle("motion", tuple(motion.number for motion in circle))


def _circle(motions: tuple[Motion, ...]) -> tuple[Motion, ...]:
    """The motions that wait for each other, without those that merely wait for them as well."""
    waiting = by_condition(motions)[1]
    while True:
        awaited = {number for motion in waiting for number in motion.depends_on}
        kept = tuple(motion for motion in waiting if motion.number in awaited)
        if kept == waiting:
            return kept
        waiting = kept


def repeated(values: Iterable[Hashable]) -> tuple[Hashable, ...]:
    """What stands more than once among *values*, in the order of first sight."""
    return tuple(value for value, times in Counter(values).items() if times > 1)


def _election(where: str, motion: Motion) -> Iterator[Fault]:
    fields = {
        "method": motion.method is not None,
        "seats": motion.seats is not None,
        "candidates": bool(motion.candidates),
    }
    if motion.kind is not MotionKind.ELECTION:
        yield from (ElectionFieldUnexpected(f"{where}.{name}") for name, given in fields.items() if given)
        return
    yield from (ElectionFieldMissing(f"{where}.{name}") for name, given in fields.items() if not given)
    if any(not name.strip() for name in motion.candidates):
        yield TextMissing(f"{where}.candidates")
    if motion.seats is None:
        return
    if not 1 <= motion.seats <= LARGEST_NUMBER:
        yield NumberOutOfRange(f"{where}.seats", motion.seats)
    elif motion.method is Method.SLATE and len(motion.candidates) > motion.seats:
        yield SlateExceedsSeats(f"{where}.candidates", len(motion.candidates), motion.seats)


def _roll(docket: Docket, roll: Roll) -> Iterator[Fault]:
    members: set[str] = set()
    twice: dict[str, None] = {}
    for entry in roll.entries:
        if entry.member_id in members:
            twice[entry.member_id] = None
        members.add(entry.member_id)
        if entry.votes <= 0:
            yield NumberOutOfRange(f"roll.{entry.member_id}.votes", entry.votes)
    yield from (Repeated("roll", member_id) for member_id in twice)
    for motion in docket.motions:
        for member_id in motion.barred:
            if member_id not in members:
                yield BarredNotOnRoll(f"motion.{motion.number}.barred", member_id)


def facts_faults(docket: Docket, facts: Facts) -> tuple[Fault, ...]:
    """All recorded facts that do not fit *docket*: a count would have to guess what they mean."""
    motions = {motion.number: motion for motion in docket.motions}
    wrong = [f"chair.{n}" for n, decision in facts.chair.items() if not _chair_fits(motions.get(n), decision)]
    for key, mark in facts.ties.items():
        number, name = (key, None) if isinstance(key, int) else key
        motion = motions.get(number)
        fits = motion is not None and (name is None or _votes_by_name(motion, name))
        if not fits or mark not in (Mark.FOR, Mark.AGAINST):
            wrong.append(f"ties.{number}" if name is None else f"ties.{number}.{name}")
    for number, names in facts.lots.items():
        motion = motions.get(number)
        known = motion.candidates if motion is not None else ()
        if not names or repeated(names) or not set(names) <= set(known):
            wrong.append(f"lots.{number}")
    wrong += [f"left.{member_id}" for member_id, at in facts.left.items() if at.utcoffset() is None]
    return tuple(map(FactUnusable, wrong))


def _votes_by_name(motion: Motion, name: str) -> bool:
    return motion.method is Method.CONFIDENCE and name in motion.candidates


def _chair_fits(motion: Motion | None, decision: Mark | Mapping[str, Mark]) -> bool:
    marks = (Mark.FOR, Mark.AGAINST, Mark.ABSTAIN)
    if motion is None:
        return False
    if not isinstance(decision, Mapping):
        # By plurality there is nothing to be for or against: the chair chooses names, or abstains.
        return decision in (marks if motion.method is not Method.PLURALITY else marks[2:])
    by_name = motion.method in (Method.CONFIDENCE, Method.PLURALITY)
    known = set(decision) <= set(motion.candidates)
    return by_name and known and all(mark in marks for mark in decision.values())
