"""What one member's answer, or silence, came to on one question, and why: for the page after the result.

The places are those of the count; here they only get their words.
"""

from collections.abc import Mapping
from types import MappingProxyType

from voting.core.ballots import Mark
from voting.core.effective import Case, Place, Provenance, Sent, Side, Standing
from voting.core.motions import Method
from voting.core.questions import Question
from voting.core.rules import NonSubmission
from voting.wording.numbers import choice_words, motion_label
from voting.wording.receipts import receipt_number
from voting.wording.rules import clause_words

_PLACES: Mapping[Side, str] = MappingProxyType(
    {
        Side.ABSTAIN: "棄権",
        Side.INVALID: "無効",
        Side.LATE: "除外",
        Side.UNDELIVERED: "除外",
        Side.LEFT: "除外",
        Side.BARRED: "除斥",
        Side.NOT_COUNTED: "未算入",
    }
)
_ORIGINS: Mapping[Provenance | None, str] = MappingProxyType(
    {
        None: "",
        Provenance.EXPRESSED: "",
        Provenance.PROXY: "(委任)",
        Provenance.BLANK: "(無記入によるみなし)",
        Provenance.DEEMED: "(未提出によるみなし)",
    }
)


def question_label(question: Question) -> str:
    """第3号議案, or 第3号議案 田辺市 where each candidate is a question."""
    label = motion_label(question.motion)
    return f"{label} {question.candidate}" if question.candidate else label


def counted_word(question: Question, place: Place) -> str:
    """賛成, 賛成(未提出によるみなし), 無効, 除斥 ..."""
    return _side_word(question, place.side) + _ORIGINS[place.provenance]


def counted_reason(question: Question, place: Place, sent: Sent, case: Case, source: int) -> str:
    """Why the vote is counted at *place*.

    Shape   *sent* and *case* are of one member; *source* is the sheet that an expressed mark stands on.
    """
    if place.side is Side.BARRED:
        return "この議案に利害関係があり議決権がないため、算定から除きました。"
    if sent.standing is not Standing.ANSWERED:
        return _without_answer(question, place, sent)
    number, word = number_of(sent), _side_word(question, place.side)
    gap = f"{number} の回答に{_gap(case.sheets[0].marks[question.slot])}ため、"
    match place.provenance:
        case Provenance.EXPRESSED if source == 0:
            return f"{number} の回答のとおり算入しました。"
        case Provenance.EXPRESSED:
            return f"{gap}それより前に受け付けた {number_of(sent, source)} の回答により算入しました。"
        case Provenance.BLANK:
            clause = clause_words(question.rules, "blank")
            return f"{gap}{clause}{word}の表決があったものとみなして算入しました。"
        case Provenance.PROXY:
            return f"{number} により議長に委任されたため、{_by_chair(question, word)}"
    if case.sheets[0].defect:
        return _defect(number)
    return f"{gap}無効としました。"


def names_reason(
    question: Question, names: frozenset[str] | None, sent: Sent, case: Case, source: int
) -> str:
    """For an election by plurality: why the names of a member that answered are counted as they are.

    Shape   *names* as ``core.elections.chosen_names`` tells, *source* as its ``names_source``.
    """
    number, sheet = number_of(sent), case.sheets[0]
    if names is None:
        return _defect(number)
    if sheet.proxy and question.chair is None:
        return f"{number} により議長に委任され、議長の決定がないため、白票としました。"
    if sheet.proxy:
        return f"{number} により議長に委任されたため、議長の決定に従い算入しました。"
    if len(names) > (question.motion.seats or 0):
        return f"{number} の回答に定数({question.motion.seats}人)を超える記入があるため、無効としました。"
    if not names:
        return f"{number} の回答にいずれの候補者の記入もないため、白票としました。"
    if source:
        earlier = number_of(sent, source)
        return (
            f"{number} の回答に候補者の記入がないため、"
            f"それより前に受け付けた {earlier} の回答により算入しました。"
        )
    return f"{number} の回答のとおり算入しました。"


def names_word(question: Question, names: frozenset[str] | None) -> str:
    """The names in the order of the candidates, or 白票, 無効.  Shape: *names* as in ``names_reason``."""
    if names is None or len(names) > (question.motion.seats or 0):
        return _PLACES[Side.INVALID]
    return "、".join(name for name in question.motion.candidates if name in names) or "白票"


def number_of(sent: Sent, place: int = 0) -> str:
    """受付番号 of the effective answer, or of an earlier one."""
    return receipt_number(sent.submissions[place].order)


def _side_word(question: Question, side: Side) -> str:
    words = choice_words(question.motion)
    sides = {Side.FOR: words.favour, Side.AGAINST: words.against}
    return sides.get(side) or _PLACES[side]


def _gap(mark: object) -> str:
    return "賛成及び反対の両方に記入がある" if mark is Mark.BOTH else "賛否の記入がない"


def _defect(number: str) -> str:
    return f"{number} の表決書は記載に不備があり補正されなかったため、無効としました。"


def _without_answer(question: Question, place: Place, sent: Sent) -> str:
    """For a member of whom nothing came in time, or that had left by then."""
    is_by_name = question.motion.method is Method.PLURALITY
    match place.side:
        case Side.LEFT:
            return "退会までに受け付けた表決書がないため、算定から除きました。"
        case Side.UNDELIVERED:
            return "通知が届かなかったことが判明し、受け付けた表決書もないため、算定から除きました。"
        case Side.LATE:
            clause = clause_words(question.rules, "late")
            return f"{number_of(sent)} の表決書は期限を過ぎて到着したため、{clause}算定から除きました。"
        case Side.NOT_COUNTED if sent.standing is Standing.VOID:
            return (
                "受け付けた回答は、議案の内容が変更される前のものであり無効です。変更後の回答がないため、"
                "賛否のいずれにも算入していません。"
            )
        case Side.NOT_COUNTED:
            where = "いずれの候補者の票にも" if is_by_name else "賛否のいずれにも"
            return f"{_silence(question, sent)}{where}算入していません。"
    word = _side_word(question, place.side)
    opening = f"{_silence(question, sent)}{clause_words(question.rules, 'deemed')}"
    if question.non_submission is NonSubmission.PROXY_TO_CHAIR:
        return f"{opening}議長に委任したものとみなし、{_by_chair(question, word)}"
    return f"{opening}{word}の表決があったものとみなして算入しました。"


def _silence(question: Question, sent: Sent) -> str:
    if sent.submissions:
        clause = clause_words(question.rules, "late")
        return (
            f"{number_of(sent)} の表決書は期限を過ぎて到着し、{clause}提出がなかったものとして取り扱うため、"
        )
    # Not "nothing was sent": something may have come early, or while nothing was taken.
    return "受付期間内に受け付けた表決書がないため、"


def _by_chair(question: Question, word: str) -> str:
    if question.chair is None:
        return f"議長の決定がないときの定めにより、{word}として算入しました。"
    return f"議長の決定に従い、{word}に算入しました。"
