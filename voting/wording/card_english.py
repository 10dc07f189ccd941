"""The rule card in English, line by line as it stands in Japanese."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from voting.core.ballots import Mark
from voting.core.effective import Side
from voting.core.groups import Amount
from voting.core.motions import Method
from voting.core.result import Outcome
from voting.core.rules import CLAUSES, Base, Unit
from voting.wording.numbers import number_text
from voting.wording.periods import JAPAN
from voting.wording.rules_english import (
    condition_text,
    quorum_sentence,
    requirement_text,
    treatment,
)
from voting.wording.worked import Bound, Silence, Worked, WorkedMotion

CLAUSE_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "written": "holding it in writing",
        "quorum": "quorum",
        "majority": "majority",
        "deemed": "silence",
        "blank": "unmarked motions",
        "late": "late ballots",
        "duplicates": "several ballots",
    }
)


def head(worked: Worked) -> Iterator[str]:
    """Roll, period, quorum, and the treatment."""
    docket = worked.docket
    schedule = docket.assembly.schedule
    opens, closes = (each.astimezone(JAPAN) for each in (schedule.opens_at, schedule.closes_at))
    yield f"Roll: {_amount(worked.roll)} on {schedule.record_date:%Y-%m-%d}."
    yield f"Period: from {opens:%Y-%m-%d %H:%M} until before {closes:%Y-%m-%d %H:%M} (Japanese time)."
    yield _quorum(worked)
    yield from treatment(docket)
    yield "The numbers below suppose that nobody is left out as late, unreached or having left."


def foot(worked: Worked) -> Iterator[str]:
    """The clauses that are given, and those that are not."""
    clauses = worked.docket.rules.clauses
    given = [f"{CLAUSE_NAMES[name]} {clauses[name]}" for name in CLAUSES if clauses.get(name, "").strip()]
    if given:
        yield f"Clauses: {', '.join(given)}."
    if worked.missing:
        yield f"No clause is given for: {', '.join(CLAUSE_NAMES[name] for name in worked.missing)}."


def _amount(amount: Amount) -> str:
    return f"{_members(amount.members)} with {_votes(amount.votes)}"


def _members(members: int) -> str:
    return f"{members:,} member{'' if members == 1 else 's'}"


def _votes(votes: int) -> str:
    text = number_text(votes)
    return f"{text} vote{'' if text == '1' else 's'}"


def _quorum(worked: Worked) -> str:
    rules = worked.docket.rules
    if rules.quorum is None or worked.quorum is None:
        return "There is no quorum."
    silence = "" if worked.formed_by_silence else " If nobody answers, the assembly is not formed."
    return f"{quorum_sentence(rules, rules.quorum)} That is {_bound(worked.quorum)}.{silence}"


def sentences(worked: Worked, one: WorkedMotion) -> Iterator[str]:
    """The sentences on one motion, in the order of the Japanese ones."""
    yield condition_text(one.motion)
    yield f"{_amount(one.barred)} are interested and do not vote." if one.barred.members else ""
    yield _election(one)
    if one.motion.method is Method.PLURALITY:
        return
    yield f"to carry it takes {requirement_text(worked.docket, one.motion)}."
    yield _carry(one)
    yield _reject(one)
    yield _tie(one)
    yield _nobody(one)
    yield _alone(worked, one)
    yield _brake(one)


def _election(one: WorkedMotion) -> str:
    seats = one.motion.seats
    places = f"{seats} seat{'' if seats == 1 else 's'}"
    texts = {
        Method.CONFIDENCE: f"each candidate is voted upon alone ({places}); carried means confidence.",
        Method.SLATE: f"all candidates are voted upon together ({places}).",
        Method.PLURALITY: f"the {seats} with the most votes are elected. Silence counts for nobody. "
        "A tie for the last seat is decided by lot or by a run-off.",
    }
    return texts[one.motion.method] if one.motion.method else ""


def _carry(one: WorkedMotion) -> str:
    if not one.can_carry:
        return "not even the votes of all members for it would be enough."
    if not one.carry:
        return ""
    needed = ", and ".join(f"{_bound(each)} for" for each in one.carry)
    more = ", if the other conditions are met as well" if one.more else ""
    return f"if every member votes for or against, it is carried by {needed}{more}."


def _reject(one: WorkedMotion) -> str:
    if not one.can_carry or not one.reject:
        return ""
    cases = ", or ".join(f"{_bound(each)} {_others(each, one)}" for each in one.reject)
    more = ", or where another condition is not met" if one.more else ""
    if one.regardless:
        return f"it is rejected by {cases}{more}; silence counts as for."
    return f"if every member answers, it is rejected by {cases}{more}."


def _others(bound: Bound, one: WorkedMotion) -> str:
    if bound.of in (Base.YES_NO, None) or one.tie is not None:
        return "against"
    if bound.of is Base.VALID:
        return "against or in abstention"
    return "other than for (against, abstention or invalid)"


def _tie(one: WorkedMotion) -> str:
    return f"{_figure(one.tie)} to {_figure(one.tie)} is a tie, which the chair decides." if one.tie else ""


def _nobody(one: WorkedMotion) -> str:
    if len(one.silence) > 1:
        cases = " and ".join(
            f"{each.outcome.value} if the chair decides {each.chair}" for each in one.silence
        )
        return f"if nobody answers, it is {cases}; without a decision silence is an abstention."
    found = [f"if nobody answers, it is {each.outcome.value} {_deemed(one, each)}." for each in one.silence]
    return found[0] if found else ""


def _deemed(one: WorkedMotion, silence: Silence) -> str:
    sides = {Side.FOR: "for", Side.AGAINST: "against", Side.ABSTAIN: "in abstention"}
    if silence.side not in sides:
        return "with no votes at all"
    return f"by {_votes(one.roll.votes)} deemed {sides[silence.side]}"


def _alone(worked: Worked, one: WorkedMotion) -> str:
    parts = []
    for each in one.silence:
        carried = each.outcome is Outcome.CARRIED
        told = not worked.weighted and carried and len(one.silence) == 1
        if each.turn is None or told:
            continue
        side = "against" if carried else "for"
        change = "it is no longer carried" if carried else "it is carried"
        chair = f" (the chair deciding {each.chair})" if isinstance(each.chair, Mark) else ""
        least = "as few as " if worked.weighted else ""
        parts.append(f"{least}{_members(each.turn)} {side} and {change}{chair}")
    if not parts:
        return ""
    largest = " (those with the most votes first)" if worked.weighted else ""
    formed = " The quorum has to be met besides." if worked.quorum else ""
    return f"if all others are silent, {', '.join(parts)}{largest}.{formed}"


def _brake(one: WorkedMotion) -> str:
    if one.brake is None:
        return ""
    return f"{_bound(one.brake)} against by ballot stop the resolution in writing: a meeting has to decide."


def _bound(bound: Bound) -> str:
    """``at least 341 votes``, ``more than 12.5 votes in the category 「甲」``."""
    more = "more than" if bound.more_than else "at least"
    unit = "member" if bound.unit is Unit.MEMBERS else "vote"
    plural = "" if bound.amount == "1" else "s"
    category = f" in the category 「{bound.category}」" if bound.category is not None else ""
    return f"{more} {_figure(bound.amount)} {unit}{plural}{category}"


def _figure(amount: str) -> str:
    return f"{int(amount):,}" if amount.isdigit() else amount
