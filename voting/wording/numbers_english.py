"""Numbers and outcomes in English, as the Japanese modules beside this one have them.

Names of members, titles of motions and clauses stay as they are: nobody may translate them but the body.
"""

from collections.abc import Mapping

from voting.core.docket import Docket
from voting.core.motions import Method, Motion
from voting.core.result import Count, MotionResult, Outcome, Parts, QuorumResult, ThresholdResult
from voting.core.rules import Relation, Unit
from voting.wording.numbers import ON_MOTIONS, ON_PERSONS, AnyResult, ChoiceWords, number_text, percent
from voting.wording.results import Question
from voting.wording.rules_english import motions_text, requirement_text, share_text

OUTCOMES: Mapping[Outcome, str] = {
    Outcome.CARRIED: "carried",
    Outcome.REJECTED: "rejected",
    Outcome.NOT_FORMED: "not formed",
    Outcome.PENDING: "pending",
    Outcome.CONDITION_FAILED: "condition failed",
    Outcome.OBJECTED: "objected: to a meeting",
    Outcome.ELECTED: "elected",
    Outcome.VACANCY: "seats vacant",
}
# A vote of confidence is on a person, who is not carried.
_ON_PERSONS = {Outcome.CARRIED: "approved", Outcome.REJECTED: "not approved"}
DISCLOSURES: Mapping[str, str] = {
    "L0": "How each member voted is published after the close, with its name.",
    "L1": "How each member voted is published after the close, without its name. "
    "Names are seen by the member itself, the auditors and the secretariat only.",
    "L2": "How each member voted is not published. Only the auditors see it.",
}


def members(number: int) -> str:
    return f"{number:,} member{'' if number == 1 else 's'}"


def votes(amount: int) -> str:
    text = number_text(amount)
    return f"{text} vote{'' if text == '1' else 's'}"


def outcome(found: Outcome, words: ChoiceWords = ON_MOTIONS) -> str:
    if words == ON_PERSONS and found in _ON_PERSONS:
        return _ON_PERSONS[found]
    return OUTCOMES[found]


def label(question: Question) -> str:
    motion = f"Motion {question.motion.number}"
    return f"{motion} ({question.candidate})" if question.candidate else motion


def required(docket: Docket, motion: Motion, count: Count | None = None) -> str:
    """What a motion must reach; with *count* the number that was needed is added."""
    if motion.method is Method.PLURALITY:
        return f"the {motion.seats} with the most votes"
    text = requirement_text(docket, motion)
    needed = ", and ".join(_needed(each) for each in count.tests) if count else ""
    return f"{text} ({needed})" if needed else text


def _needed(found: ThresholdResult) -> str:
    unit = "members" if found.test.by is Unit.MEMBERS else "votes"
    upward = found.test.relation in (Relation.MORE_THAN, Relation.AT_LEAST)
    if not found.needed.isdigit():
        # An exact bound is passed or not; a whole number is reached or kept.  Source: count-interface.md.
        strict = found.test.relation in (Relation.MORE_THAN, Relation.LESS_THAN)
        words = ("more than" if strict else "at least") if upward else ("less than" if strict else "at most")
        return f"{words} {found.needed} {unit}"
    return f"{'at least' if upward else 'at most'} {int(found.needed):,} {unit}"


def count_line(count: Count) -> str:
    """``680 votes for (of these 268 deemed by silence), 1 against``: both sides always, the rest if not 0."""
    found = count.votes
    parts = [
        f"{votes(found.in_favour.total)} for{_of_which(found.in_favour)}",
        f"{number_text(found.against.total)} against{_of_which(found.against)}",
    ]
    if found.abstain.total:
        parts.append(f"{number_text(found.abstain.total)} in abstention{_of_which(found.abstain)}")
    if found.invalid:
        parts.append(f"{number_text(found.invalid)} invalid")
    return ", ".join(parts)


def _of_which(parts: Parts) -> str:
    named = [
        f"{number_text(amount)} {text}"
        for amount, text in (
            (parts.proxy, "by proxy"),
            (parts.blank, "deemed by a blank"),
            (parts.deemed, "deemed by silence"),
        )
        if amount
    ]
    return f" (of these {', '.join(named)})" if named else ""


def without_deemed(count: Count) -> str:
    """The count over what members really sent in, and whether it would have been enough."""
    found = count.votes
    sent = [each.expressed + each.proxy for each in (found.in_favour, found.against, found.abstain)]
    base = sum(sent) + found.invalid
    parts = [f"{votes(sent[0])} for", f"{number_text(sent[1])} against"]
    parts += [f"{number_text(sent[2])} in abstention"] if sent[2] else []
    parts += [f"{number_text(found.invalid)} invalid"] if found.invalid else []
    test = count.tests[0].test if len(count.tests) == 1 else None
    share = f" ({percent(sent[0], base, test=test)} for)" if base else ""
    would = {None: "", True: " This would have been enough.", False: " This would not have been enough."}
    return f"{', '.join(parts)}{share}.{would[count.carried_without_deemed]}"


def quorum(docket: Docket, found: QuorumResult) -> str:
    rule = docket.rules.quorum
    if rule is None or found.needed is None:
        return "There is no quorum."
    by_members = found.by is Unit.MEMBERS
    counted = members(found.counted) if by_members else votes(found.counted)
    share = share_text(rule.relation, rule.fraction).removeprefix("from ")
    formed = "formed" if found.met else "not formed"
    whole = "members" if by_members else "votes"
    needed = f"Needed: {share} the {whole} of the roll ({found.needed})."
    return f"{needed} Counted: {counted}. The assembly was {formed}."


def reason(docket: Docket, motion: Motion, result: AnyResult) -> str:
    """Why the outcome is what it is, in one sentence."""
    texts = {
        Outcome.NOT_FORMED: "The quorum was not reached, so the assembly was not formed.",
        Outcome.CONDITION_FAILED: "A motion that it depends on did not succeed, so it has no effect.",
        Outcome.OBJECTED: "So many objected that there was no resolution in writing.",
        Outcome.PENDING: "Something remains to be decided, so there is no result yet.",
        Outcome.ELECTED: "All seats were filled.",
    }
    if result.outcome in texts:
        return texts[result.outcome]
    if result.outcome is Outcome.VACANCY:
        return f"Of {motion.seats} seats {_vacant(result)} remained vacant."
    if not isinstance(result, MotionResult):
        return f"It was {OUTCOMES[result.outcome]}."
    return _decision(result)


def needs_reason(found: Outcome) -> bool:
    """Whether an outcome is to be explained: one that was carried explains itself by its numbers."""
    return found is not Outcome.CARRIED


def _vacant(result: AnyResult) -> int:
    if isinstance(result, MotionResult):
        return (result.seats or 0) - len(result.elected)
    return result.seats - sum(candidate.elected for candidate in result.candidates)


def _decision(result: MotionResult) -> str:
    carried, found = result.outcome is Outcome.CARRIED, result.count.votes
    tie = found.in_favour.total == found.against.total != 0 and len(result.count.tests) == 1
    if carried and not all(test.met for test in result.count.tests):
        return "It was a tie, and carried by the decision of the chair."
    if carried:
        return "It reached what was required and was carried."
    return "It was a tie, and so rejected." if tie else "It did not reach what was required and was rejected."


def condition(motion: Motion, results: Mapping[int, Outcome]) -> str:
    """On what a motion depended, and whether that came true; empty where on nothing."""
    if not motion.depends_on:
        return ""
    named = motions_text(motion.depends_on, ())
    good = (Outcome.CARRIED, Outcome.ELECTED)
    met = all(results[number] in good for number in motion.depends_on)
    return f"It depended on {named}: the condition was {'met' if met else 'not met'}."
