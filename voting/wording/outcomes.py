"""Why an outcome is what it is, what it would be without deemed votes, and the warnings beside it."""

from collections.abc import Mapping

from voting.core.docket import Docket
from voting.core.motions import Motion
from voting.core.result import Count, Flag, MotionResult, Outcome, Result
from voting.wording.numbers import (
    ON_MOTIONS,
    AnyResult,
    ChoiceWords,
    outcome_word,
    percent,
    votes_words,
)
from voting.wording.results import questions
from voting.wording.rules import labels_text


def outcome_sentence(docket: Docket, motion: Motion, result: AnyResult) -> str:
    """Why the outcome is what it is, in one sentence."""
    match result.outcome:
        case Outcome.NOT_FORMED:
            return "定足数に達しなかったため、総会は成立しませんでした。"
        case Outcome.CONDITION_FAILED:
            return "条件とした議案が成立しなかったため、本議案は効力を生じません。"
        case Outcome.OBJECTED:
            return "所定の数の反対の意思が示されたため、書面による決議は行いませんでした。"
        case Outcome.PENDING:
            return "決定すべき事項が残っているため、結果は確定していません。"
        case Outcome.ELECTED:
            return "定数の全員が選出されました。"
        case Outcome.VACANCY:
            return f"定数{motion.seats}人に対し、{_vacant(result)}人の欠員が生じました。"
        case Outcome.CARRIED | Outcome.REJECTED:
            return _decision(result)


def _vacant(result: AnyResult) -> int:
    if isinstance(result, MotionResult):
        return (result.seats or 0) - len(result.elected)
    return result.seats - sum(candidate.elected for candidate in result.candidates)


def _decision(result: AnyResult) -> str:
    carried = result.outcome is Outcome.CARRIED
    if isinstance(result, MotionResult):
        votes = result.count.votes
        tie = votes.in_favour.total == votes.against.total != 0 and len(result.count.tests) == 1
        if carried and not all(test.met for test in result.count.tests):
            return "可否同数のため、議長の決するところにより、可決されました。"
        if tie and not carried:
            return "可否同数のため、否決されました。"
    if carried:
        return "議決要件に達したため、可決されました。"
    return "賛成が議決要件に達しなかったため、否決されました。"


def without_deemed(count: Count, words: ChoiceWords = ON_MOTIONS) -> str:
    """The count over what members really sent in, and whether it would have been enough."""
    votes = count.votes
    favour = votes.in_favour.expressed + votes.in_favour.proxy
    against = votes.against.expressed + votes.against.proxy
    abstain = votes.abstain.expressed + votes.abstain.proxy
    base = favour + against + abstain + votes.invalid
    parts = [f"{words.favour}{votes_words(favour)}", f"{words.against}{votes_words(against)}"]
    parts += [f"棄権{votes_words(abstain)}"] if abstain else []
    parts += [f"無効{votes_words(votes.invalid)}"] if votes.invalid else []
    test = count.tests[0].test if len(count.tests) == 1 else None
    share = f"({words.favour}の割合{percent(favour, base, test=test)})" if base else ""
    return f"{'、'.join(parts)}{share}。{_would_have(count, words)}"


def _would_have(count: Count, words: ChoiceWords) -> str:
    if count.carried_without_deemed is None:
        return ""
    carried = outcome_word(Outcome.CARRIED, words)
    if count.carried_without_deemed:
        return f"みなしを除いても、{carried}の要件を満たします。"
    return f"みなしを除くと、{carried}の要件を満たしません。"


def flag_notes(docket: Docket, result: Result) -> tuple[str, ...]:
    """What a reader must be told beside the outcomes, each warning once with the motions it concerns."""
    asked = questions(docket, result)
    everything = tuple(question.label for question in asked)
    found = []
    for flag in Flag:
        labels = [question.label for question in asked if flag in question.count.flags]
        if labels:
            where = labels_text(labels, everything)
            found.append(_FLAGS[flag].format(where=where, share=_response(result)))
    return tuple(found)


_FLAGS: Mapping[Flag, str] = {
    Flag.DEEMED_DECIDES: "{where}の可否は、みなしによる票によって定まったものです。"
    "みなしを除く集計とは結果が異なります。",
    Flag.LOW_RESPONSE: "表決書の提出率は{share}で、30%に達していません。",
    Flag.AGAINST_LEADS: "{where}については、提出された表決書では反対が賛成を上回っています。",
    Flag.LATE_DECIDES: "{where}については、期限後に到着した表決書を"
    "その記入のとおり算入すると、可否が異なります。",
    Flag.UNDELIVERED_DECIDES: "{where}については、通知が届かなかった会員を"
    "全て反対とすると、可否が異なります。",
    Flag.LATE_AS_SILENCE: "{where}については、期限後に到着した表決書を未提出として取り扱いました。",
}


def _response(result: Result) -> str:
    return percent(result.returned_members, result.roll_members) if result.roll_members else "0%"
