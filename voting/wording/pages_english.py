"""What the pages of members and of the public say in English: for reading, beside the Japanese that holds.

Instants are written as on the pages of the office.  Titles, names, reasons and clauses stay as given.
"""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from voting.core.assembly import Schedule
from voting.core.docket import Docket
from voting.core.japanese_dates import last_minute, plain_day, plain_instant
from voting.core.motions import Motion
from voting.core.result import ConfidenceResult, Count, MotionResult, PluralityResult
from voting.core.votes import votes_text
from voting.wording import numbers_english as numbers
from voting.wording.during import Change
from voting.wording.numbers import AnyResult, ChoiceWords
from voting.wording.own_vote_english import (
    counted_reason,
    counted_word,
    names_reason,
    names_word,
    question_label,
)
from voting.wording.page_editions import OwnSay, PageSay, ResultSay
from voting.wording.page_sentences_english import PAGE_SENTENCES
from voting.wording.papers_english import PAPERS_IN_ENGLISH
from voting.wording.results_english import flag_notes, witness_lines
from voting.wording.rules_english import change_sentence, condition_text, effect_of_silence, sentence

_CHANGES = {"period": "The deadline was extended.", "texts": "Motions were withdrawn or put again."}
_INCIDENTS = {
    "outage": "nothing was taken.",
    "restore": "records were restored.",
    "clock": "the clock was wrong.",
}
BUNDLES: Mapping[str, str] = MappingProxyType(
    {
        "L0": "One file with the record, the roll (with names), how each member voted, and the result. "
        "Anybody can compute the result anew from it and so check it.",
        "L1": "One file with the record, the roll (without names), how each member voted, and the result. "
        "Anybody can compute the result anew from it and so check it.",
        "L2": "One file with the record, the roll (without names) and the result, but not how members voted. "
        "Anybody can check that the record was not changed, and that the numbers of those who answered and "
        "who did not agree with the result.",
    }
)
# The roles that stand before the names of those who certified.
_ROLES = {"議長": "Chair", "監事": "Auditor"}


def _tell(text: str, /, **values: object) -> str:
    return PAGE_SENTENCES[text].format(**values)


def _closing(schedule: Schedule) -> str:
    return plain_instant(last_minute(schedule.closes_at))


def _period(schedule: Schedule) -> str:
    return f"from {plain_instant(schedule.opens_at)} to {_closing(schedule)}"


def _left(minutes: int) -> str:
    days, minutes = divmod(minutes, 24 * 60)
    hours, minutes = divmod(minutes, 60)
    if days:
        return f"{_several(days, 'day')} and {_several(hours, 'hour')} left"
    rest = f"{_several(minutes, 'minute')} left"
    return f"{_several(hours, 'hour')} {rest}" if hours else rest


def _several(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _condition(docket: Docket, motion: Motion) -> str:
    text = condition_text(motion)
    return f"It {text}" if text else ""


def _change_facts(before: Docket, after: Docket, what: str) -> tuple[str, ...]:
    if what == "period":
        old, new = (_closing(each.assembly.schedule) for each in (before, after))
        return (f"Deadline before: {old}, now: {new}.",)
    kept = {motion.number: motion for motion in after.motions}
    found = []
    for motion in before.motions:
        new_one = kept.get(motion.number)
        if new_one is None:
            found.append(f"Motion {motion.number} 「{motion.title}」: withdrawn.")
        elif new_one != motion:
            found.append(f"Motion {motion.number}, before: 「{motion.title}」, now: 「{new_one.title}」.")
    return tuple(found)


def _change(change: Change) -> str:
    return " ".join(
        (f"{plain_instant(change.at)}: {_CHANGES[change.what]}", *change.facts, f"Reason: {change.reason}")
    )


def _incident(began: datetime, ended: datetime, what: str) -> str:
    kind, _, said = what.partition(": ")
    when = f"{plain_instant(began)} to {plain_instant(ended)}"
    return f"{when}: {_INCIDENTS[kind]}" + (f" {said}" if said else "")


def _headline(result: AnyResult) -> str:
    match result:
        case MotionResult():
            return numbers.count_line(result.count)
        case ConfidenceResult():
            return "\n".join(f"{one.name}: {numbers.count_line(one.count)}" for one in result.candidates)
        case PluralityResult():
            return "\n".join(f"{one.name}: {numbers.votes(one.votes)}" for one in result.candidates)


def _line(count: Count, words: ChoiceWords) -> str:
    return numbers.count_line(count)


def _without_deemed(count: Count, words: ChoiceWords) -> str:
    return numbers.without_deemed(count)


def _amount(members: int, votes: int) -> str:
    text = numbers.members(members)
    return text if votes_text(votes) == str(members) else f"{text} ({numbers.votes(votes)})"


def _signer(signed: str) -> str:
    role, _, name = signed.partition(" ")
    return f"{_ROLES[role]} {name}" if role in _ROLES else signed


def _erased(at: datetime, rule: str) -> str:
    return (
        "What the answers said, pictures of papers, the names of those who answered and addresses were "
        f"erased at {plain_instant(at)}, at the end of their term ({rule}). The numbers above are those of "
        "the result that was certified and published before. In the audit bundle, checks that need the "
        "votes say that these were erased."
    )


PAGES_IN_ENGLISH = PageSay(
    paper=PAPERS_IN_ENGLISH,
    tell=_tell,
    instant=plain_instant,
    day=plain_day,
    period=_period,
    closing=_closing,
    left=_left,
    may_change=lambda docket: change_sentence(docket, _closing),
    silence=effect_of_silence,
    condition=_condition,
    change_facts=_change_facts,
    change=_change,
    erratum=lambda at, name, reason: f"{plain_instant(at)}: list of errata. {name}. {reason}",
    incident=_incident,
    own=OwnSay(
        label=question_label,
        counted=counted_word,
        reason=counted_reason,
        names=names_word,
        names_reason=names_reason,
    ),
    result=ResultSay(
        headline=_headline,
        line=_line,
        without_deemed=_without_deemed,
        flags=flag_notes,
        witnesses=witness_lines,
        outcome=lambda found: sentence(numbers.outcome(found)),
        amount=_amount,
        signer=_signer,
        bundles=BUNDLES,
        erased_bundle="One file with the record, the roll and the result. How members voted was erased at "
        "the end of its term and is not in it.",
        erased=_erased,
    ),
)
