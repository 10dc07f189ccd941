"""Numbers of votes in words: the line under a motion, with deemed votes always told apart.

Numbers of votes are printed with 票, numbers of members with 会員.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType

from voting.core.motions import Method, Motion, MotionKind
from voting.core.result import (
    ConfidenceResult,
    Count,
    MotionResult,
    Numbers,
    Outcome,
    Parts,
    PluralityResult,
)
from voting.core.rules import Threshold
from voting.core.shares import share_text
from voting.core.votes import ONE_VOTE, votes_text

AnyResult = MotionResult | ConfidenceResult | PluralityResult


@dataclass(frozen=True, slots=True)
class ChoiceWords:
    """What the two sides of a question are called."""

    favour: str
    against: str


ON_MOTIONS = ChoiceWords("賛成", "反対")
ON_PERSONS = ChoiceWords("信任", "不信任")

OUTCOMES: Mapping[Outcome, str] = MappingProxyType(
    {
        Outcome.CARRIED: "可決",
        Outcome.REJECTED: "否決",
        Outcome.NOT_FORMED: "不成立",
        Outcome.PENDING: "未決",
        Outcome.CONDITION_FAILED: "条件不成就",
        Outcome.OBJECTED: "異議により決議せず",
        Outcome.ELECTED: "選出",
        Outcome.VACANCY: "欠員あり",
    }
)
# A vote of confidence carries or rejects a person, not a motion.
_OUTCOMES_ON_PERSONS = {Outcome.CARRIED: "信任", Outcome.REJECTED: "不信任"}


_CHANNELS = {
    "web": "Web",
    "post": "郵送",
    "fax": "FAX",
    "mail": "電子メール",
    "hand": "持参",
    "paper": "書面",
}


def channel_word(channel: str) -> str:
    """A way of submission in words; one without a word of its own stands as it is."""
    return _CHANNELS.get(channel, channel)


def outcome_word(outcome: Outcome, words: ChoiceWords = ON_MOTIONS) -> str:
    """The one word of an outcome: 可決, 否決, 不成立 ..."""
    if words == ON_PERSONS and outcome in _OUTCOMES_ON_PERSONS:
        return _OUTCOMES_ON_PERSONS[outcome]
    return OUTCOMES[outcome]


def number_text(votes: int) -> str:
    """Votes as a figure, thousands parted by commas.  Units: millionths in, no unit out."""
    whole, point, rest = votes_text(votes).partition(".")
    return f"{int(whole):,}{point}{rest}"


def votes_words(votes: int) -> str:
    """Votes with their unit: 1,268票."""
    return f"{number_text(votes)}票"


def members_words(members: int) -> str:
    return f"{members:,}会員"


def is_weighted(count: Count) -> bool:
    """Whether votes and members differ anywhere in *count*, so that both have to be printed."""
    return any(
        votes != members * ONE_VOTE
        for votes, members in zip(_flat(count.votes), _flat(count.members), strict=True)
    )


def _flat(value: int | Numbers | Parts) -> tuple[int, ...]:
    if isinstance(value, int):
        return (value,)
    return tuple(number for each in fields(value) for number in _flat(getattr(value, each.name)))


def percent(value: int, base: int, *, test: Threshold | None = None) -> str:
    """*value* of *base* with its sign: 99.8%; never rounded to what the exact share does not reach."""
    if test is None:
        return f"{share_text(value, base)}%"
    return f"{share_text(value, base, threshold=test.fraction, relation=test.relation)}%"


def motion_label(motion: Motion | AnyResult) -> str:
    return f"第{motion.number}号議案"


def choice_words(motion: Motion) -> ChoiceWords:
    return ON_PERSONS if motion.method is Method.CONFIDENCE else ON_MOTIONS


def headline(result: AnyResult) -> str:
    """The numbers in one line: ``賛成680票(うち未提出によるみなし賛成268票)、反対1票``.

    Shape   an election has one line a candidate.
    """
    match result:
        case MotionResult():
            return count_line(result.count)
        case ConfidenceResult():
            return "\n".join(
                f"{candidate.name} {count_line(candidate.count, ON_PERSONS)}"
                for candidate in result.candidates
            )
        case PluralityResult():
            return "\n".join(f"{one.name} {votes_words(one.votes)}" for one in result.candidates)


def count_line(count: Count, words: ChoiceWords = ON_MOTIONS) -> str:
    """One question's numbers: always both sides, whatever else is not 0."""
    votes = count.votes
    parts = [
        f"{words.favour}{votes_words(votes.in_favour.total)}{_of_which(votes.in_favour, words.favour)}",
        f"{words.against}{votes_words(votes.against.total)}{_of_which(votes.against, words.against)}",
    ]
    if votes.abstain.total:
        parts.append(f"棄権{votes_words(votes.abstain.total)}{_of_which(votes.abstain, '棄権')}")
    if votes.invalid:
        parts.append(f"無効{votes_words(votes.invalid)}")
    return "、".join(parts)


def _of_which(parts: Parts, word: str) -> str:
    named = [
        text
        for amount, text in (
            (parts.proxy, "委任"),
            (parts.blank, f"無記入によるみなし{word}"),
            (parts.deemed, f"未提出によるみなし{word}"),
        )
        for text in ([f"{text}{votes_words(amount)}"] if amount else [])
    ]
    return f"(うち{'、'.join(named)})" if named else ""


def full_line(count: Count, words: ChoiceWords = ON_MOTIONS) -> str:
    """Every part of every class, with the sum: ``賛成680票(表決書の提出による賛成412票、…)、…、計681票``."""
    votes = count.votes
    parts = [
        f"{word}{votes_words(split.total)}{_every_part(split, word)}"
        for split, word in (
            (votes.in_favour, words.favour),
            (votes.against, words.against),
            (votes.abstain, "棄権"),
        )
        if split.total or word != "棄権"
    ]
    rest = (
        (votes.invalid, "無効"),
        (votes.late, "除外(期限後到着)"),
        (votes.undelivered, "除外(未着)"),
        (votes.left, "除外(退会)"),
        (votes.barred, "除斥"),
        (votes.not_counted, "未算入"),
    )
    parts += [f"{word}{votes_words(amount)}" for amount, word in rest if amount]
    return "、".join((*parts, f"計{votes_words(votes.total)}"))


def _every_part(parts: Parts, word: str) -> str:
    if parts.total == parts.expressed:
        return ""
    named = (
        (parts.expressed, f"表決書の提出による{word}"),
        (parts.proxy, f"委任による{word}"),
        (parts.blank, f"無記入によるみなし{word}"),
        (parts.deemed, f"未提出によるみなし{word}"),
    )
    return f"({'、'.join(f'{text}{votes_words(amount)}' for amount, text in named if amount)})"


def success_word(motion: Motion) -> str:
    """What a condition asks of *motion*."""
    return "選出" if motion.kind is MotionKind.ELECTION else "可決"
