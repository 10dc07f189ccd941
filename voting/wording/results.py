"""What the rules did in one result: every rule that touched a number, with the number."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from voting.core.docket import Docket
from voting.core.motions import Method, Motion
from voting.core.result import (
    ConfidenceResult,
    Count,
    LateMark,
    MotionResult,
    Numbers,
    Outcome,
    PluralityResult,
    Result,
)
from voting.core.rules import NonSubmission
from voting.wording.numbers import (
    AnyResult,
    ChoiceWords,
    choice_words,
    members_words,
    motion_label,
    votes_words,
)
from voting.wording.rules import clause_words, labels_text


@dataclass(frozen=True, slots=True)
class Question:
    """One yes-or-no question: a motion, a slate or a candidate by confidence."""

    motion: Motion
    label: str
    words: ChoiceWords
    count: Count
    candidate: str | None = None


def questions(docket: Docket, result: Result) -> tuple[Question, ...]:
    """All yes-or-no questions of a result, in the order of the docket."""
    return tuple(question for one in result.motions for question in motion_questions(docket, one))


def motion_questions(docket: Docket, result: AnyResult) -> Iterator[Question]:
    """The questions that one result answers; a plurality has none."""
    motion = docket.motion(result.number)
    match result:
        case MotionResult():
            yield Question(motion, motion_label(motion), choice_words(motion), result.count)
        case ConfidenceResult():
            for one in result.candidates:
                label = f"{motion_label(motion)}({one.name})"
                yield Question(motion, label, choice_words(motion), one.count, one.name)
        case PluralityResult():
            return


def outcomes(result: Result) -> Mapping[int, Outcome]:
    """The outcome of each motion by its number."""
    return {one.number: one.outcome for one in result.motions}


def rule_notes(docket: Docket, result: Result) -> tuple[str, ...]:
    """Each treatment rule that affected a number, with that number; the same on several motions is said once.

    Order   as the notice explains the rules; nothing is said of a rule that touched nothing.
    """
    asked = questions(docket, result)
    everything = tuple(question.label for question in asked)
    said: dict[tuple[int, str], list[str]] = {}
    for question in asked:
        for order, sentence in enumerate(_notes(docket, question)):
            if sentence:
                said.setdefault((order, sentence), []).append(question.label)
    grouped = [
        sentence.replace("{where}", labels_text(labels, everything))
        for (_, sentence), labels in sorted(said.items(), key=lambda item: item[0][0])
    ]
    return (*grouped, *_plurality_notes(docket, result), *_late_as_silence(docket, result))


# A result does not tell a decision to abstain from none at all: then a proxy abstains as well (rules R3).
_BY_CHAIR = ("議長の決定により", "議長の決定により(決定の記録がないため棄権とする場合を含む。)")


def _notes(docket: Docket, question: Question) -> Iterator[str]:
    """The sentences of one question, each always at the same place, empty where nothing is to be said."""
    votes, members, words = question.count.votes, question.count.members, question.words
    rules = docket.rules
    chair = docket.non_submission(question.motion) is NonSubmission.PROXY_TO_CHAIR
    sides = (
        (votes.in_favour, members.in_favour, words.favour),
        (votes.against, members.against, words.against),
        (votes.abstain, members.abstain, "棄権"),
    )
    for split, heads, word in sides:
        how = (
            f"議長に委任したものとみなし、{_BY_CHAIR[word == '棄権']}{word}"
            if chair
            else f"{word}の表決があったもの"
        )
        yield _said(
            split.deemed,
            f"{clause_words(rules, 'deemed')}表決書の提出がない{_amount(heads.deemed, split.deemed)}"
            f"について、{{where}}に{how}と{'しました' if chair else 'みなしました'}。",
        )
    for split, heads, word in sides:
        yield _said(
            split.blank,
            f"{clause_words(rules, 'blank')}{{where}}に賛否の記入がない"
            f"{_amount(heads.blank, split.blank)}の表決書について、{word}の表決があったものとみなしました。",
        )
    for split, heads, word in sides:
        yield _said(
            split.proxy,
            f"委任の{_amount(heads.proxy, split.proxy)}は、{_BY_CHAIR[word == '棄権']}、"
            f"{{where}}について{word}としました。",
        )
    yield from _set_apart(docket, votes, members)


def _set_apart(docket: Docket, votes: Numbers, members: Numbers) -> Iterator[str]:
    rules = docket.rules
    yield _said(
        votes.invalid,
        f"{{where}}の無効{_amount(members.invalid, votes.invalid)}は、賛否の記入がないもの、"
        "両方に記入があるもの又は記載に不備があるものです。出席には算入しました。",
    )
    yield _said(
        votes.late,
        f"{clause_words(rules, 'late')}期限を過ぎて到着した{_amount(members.late, votes.late)}の表決書は、"
        "{where}の賛否に算入せず、除外しました。",
    )
    yield _said(
        votes.undelivered,
        f"通知が届かなかったことが判明した{_amount(members.undelivered, votes.undelivered)}は、"
        "{where}について除外しました。みなしの対象としていません。",
    )
    yield _said(
        votes.left,
        f"基準日の後に退会し、退会までに表決書の提出がなかった{_amount(members.left, votes.left)}は、"
        "{where}について除外しました。",
    )
    yield _said(
        votes.barred,
        f"{{where}}について利害関係のある{_amount(members.barred, votes.barred)}は、"
        "表決に加わっていません(除斥)。",
    )
    yield _said(
        votes.not_counted,
        f"表決書の提出がない{_amount(members.not_counted, votes.not_counted)}は、"
        "{where}の賛否に算入していません(未算入)。",
    )


def _said(amount: int, sentence: str) -> str:
    return sentence if amount else ""


def _amount(members: int, votes: int) -> str:
    return f"{members_words(members)}({votes_words(votes)})"


def _plurality_notes(docket: Docket, result: Result) -> Iterator[str]:
    for one in result.motions:
        if not isinstance(one, PluralityResult):
            continue
        label = motion_label(one)
        if one.invalid_votes:
            amount = _amount(one.invalid_members, one.invalid_votes)
            yield (
                f"{label}の無効{amount}は、定数({one.seats}人)を超える記入があるもの"
                "又は記載に不備があるものです。"
            )
        if one.blank_votes:
            yield f"{label}の白票は{_amount(one.blank_members, one.blank_votes)}です。"


def _late_as_silence(docket: Docket, result: Result) -> Iterator[str]:
    """A late answer taken as silence is told with what it said (rules R8)."""
    if not result.late_as_silence:
        return
    marks = Counter(_late_mark(docket, mark) for answer in result.late_as_silence for mark in answer.marks)
    told = "、".join(f"{label} {word}{amount:,}通" for (_, label, word), amount in sorted(marks.items()))
    yield (
        f"期限後に到着した{members_words(len(result.late_as_silence))}の表決書は、未提出として取り扱いました"
        f"(記入の内容 {told})。"
    )


def _late_mark(docket: Docket, mark: LateMark) -> tuple[int, str, str]:
    motion = docket.motion(mark.number)
    label = f"{motion_label(motion)}({mark.candidate})" if mark.candidate else motion_label(motion)
    words = choice_words(motion)
    told = {
        "for": "選択" if motion.method is Method.PLURALITY else words.favour,
        "against": words.against,
        "abstain": "棄権",
        "blank": "無記入",
        "both": "両方に記入",
        "proxy": "委任",
        "defect": "不備",
    }
    return (mark.number, label, told[mark.mark])
