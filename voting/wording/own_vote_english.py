"""What one member's answer, or silence, came to on one question, and why: in English, as ``own_vote``."""

from collections.abc import Mapping
from types import MappingProxyType

from voting.core.ballots import Mark
from voting.core.effective import Case, Place, Provenance, Sent, Side, Standing
from voting.core.motions import Method
from voting.core.questions import Question
from voting.core.rules import NonSubmission
from voting.wording.own_vote import number_of
from voting.wording.rules_english import sentence, under

_PLACES: Mapping[Side, str] = MappingProxyType(
    {
        Side.FOR: "For",
        Side.AGAINST: "Against",
        Side.ABSTAIN: "Abstain",
        Side.INVALID: "Invalid",
        Side.LATE: "Left out",
        Side.UNDELIVERED: "Left out",
        Side.LEFT: "Left out",
        Side.BARRED: "Barred",
        Side.NOT_COUNTED: "Not counted",
    }
)
_ORIGINS: Mapping[Provenance | None, str] = MappingProxyType(
    {
        None: "",
        Provenance.EXPRESSED: "",
        Provenance.PROXY: " (proxy)",
        Provenance.BLANK: " (deemed by a blank)",
        Provenance.DEEMED: " (deemed by silence)",
    }
)
_AS: Mapping[Side, str] = MappingProxyType(
    {Side.FOR: "a vote for", Side.AGAINST: "a vote against", Side.ABSTAIN: "an abstention"}
)


def question_label(question: Question) -> str:
    """Motion 3, or Motion 3 田辺市 where each candidate is a question."""
    label = f"Motion {question.motion.number}"
    return f"{label} {question.candidate}" if question.candidate else label


def counted_word(question: Question, place: Place) -> str:
    """For, For (deemed by silence), Invalid, Barred ..."""
    return _PLACES[place.side] + _ORIGINS[place.provenance]


def counted_reason(question: Question, place: Place, sent: Sent, case: Case, source: int) -> str:
    """Why the vote is counted at *place*.  Shape: as in Japanese."""
    if place.side is Side.BARRED:
        return "You have an interest in this motion and no vote on it, so you were left out of the count."
    if sent.standing is not Standing.ANSWERED:
        return _without_answer(question, place, sent)
    number = number_of(sent)
    gap = f"{number} {_gap(case.sheets[0].marks[question.slot])}"
    match place.provenance:
        case Provenance.EXPRESSED if source == 0:
            return f"It was counted as answered in {number}."
        case Provenance.EXPRESSED:
            return f"{gap}, so it was counted as answered in {number_of(sent, source)}, received before that."
        case Provenance.BLANK:
            deemed = sentence(f"{under(question.rules, 'blank')}that was deemed {_AS[place.side]}.")
            return f"{gap}. {deemed}"
        case Provenance.PROXY:
            return f"By {number} you gave the chair your proxy. {_by_chair(question, place.side)}"
    if case.sheets[0].defect:
        return _defect(number)
    return f"{gap}, so it is invalid."


def names_reason(
    question: Question, names: frozenset[str] | None, sent: Sent, case: Case, source: int
) -> str:
    """For an election by plurality: why the names are counted as they are.  Shape: as in Japanese."""
    number, sheet = number_of(sent), case.sheets[0]
    if names is None:
        return _defect(number)
    if sheet.proxy and question.chair is None:
        return f"By {number} you gave the chair your proxy; the chair decided nothing, so it is a blank."
    if sheet.proxy:
        return f"By {number} you gave the chair your proxy; it was counted as the chair decided."
    seats = question.motion.seats or 0
    if len(names) > seats:
        return f"{number} names more candidates than there are seats ({seats}), so it is invalid."
    if not names:
        return f"{number} names no candidate, so it is a blank."
    if source:
        earlier = number_of(sent, source)
        return (
            f"{number} names no candidate, so it was counted as answered in {earlier}, received before that."
        )
    return f"It was counted as answered in {number}."


def names_word(question: Question, names: frozenset[str] | None) -> str:
    """The names in the order of the candidates, or blank, invalid.  Shape: as in Japanese."""
    if names is None or len(names) > (question.motion.seats or 0):
        return _PLACES[Side.INVALID]
    return ", ".join(name for name in question.motion.candidates if name in names) or "Blank"


def _gap(mark: object) -> str:
    return "is marked both for and against" if mark is Mark.BOTH else "has no mark on it"


def _defect(number: str) -> str:
    return f"The ballot {number} has a defect that was not put right, so it is invalid."


def _without_answer(question: Question, place: Place, sent: Sent) -> str:
    """For a member of whom nothing came in time, or that had left by then."""
    match place.side:
        case Side.LEFT:
            return "No ballot was received before you left the body, so you were left out of the count."
        case Side.UNDELIVERED:
            return "No notice had reached you and no ballot was received, so you were left out of the count."
        case Side.LATE:
            late = f"{under(question.rules, 'late')}the ballot {number_of(sent)} came after the deadline"
            return sentence(f"{late} and you were left out of the count.")
        case Side.NOT_COUNTED if sent.standing is Standing.VOID:
            return (
                "The answer received is void, as the motions were changed afterwards. Without an answer on "
                "the changed motions you are counted neither for nor against."
            )
        case Side.NOT_COUNTED:
            is_by_name = question.motion.method is Method.PLURALITY
            where = "for no candidate" if is_by_name else "neither for nor against"
            return f"{_silence(question, sent)} You are counted {where}."
    opening, deemed = _silence(question, sent), under(question.rules, "deemed")
    if question.non_submission is NonSubmission.PROXY_TO_CHAIR:
        given = sentence(f"{deemed}you were deemed to have given the chair your proxy.")
        return f"{opening} {given} {_by_chair(question, place.side)}"
    return f"{opening} {sentence(f'{deemed}that was deemed {_AS[place.side]}.')}"


def _silence(question: Question, sent: Sent) -> str:
    if sent.submissions:
        late = f"{under(question.rules, 'late')}the ballot {number_of(sent)} came after the deadline"
        return sentence(f"{late} and is treated as none.")
    # Not "nothing was sent": something may have come early, or while nothing was taken.
    return "No ballot was received within the period."


def _by_chair(question: Question, side: Side) -> str:
    if question.chair is None:
        return f"By the rule for want of a decision of the chair it was counted as {_AS[side]}."
    return f"As the chair decided, it was counted as {_AS[side]}."
