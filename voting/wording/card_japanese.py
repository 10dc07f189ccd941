"""The rule card in Japanese: the settings of an assembly, and what they come to on its roll."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from voting.core.ballots import Mark
from voting.core.docket import Docket
from voting.core.effective import Side
from voting.core.groups import Amount
from voting.core.japanese_dates import wareki
from voting.core.motions import Method
from voting.core.result import Outcome
from voting.core.rules import CLAUSES, Base, Unit
from voting.wording.numbers import ChoiceWords, choice_words, members_words, votes_words
from voting.wording.periods import period_text
from voting.wording.requirements import condition_text, requirement
from voting.wording.rules import quorum_sentence, rule_sentences
from voting.wording.worked import Bound, Silence, Worked, WorkedMotion

CLAUSE_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "written": "書面による開催",
        "quorum": "定足数",
        "majority": "議決要件",
        "deemed": "未提出の取扱い",
        "blank": "無記入の取扱い",
        "late": "期限後の取扱い",
        "duplicates": "重複の取扱い",
    }
)
_UNITS = {Unit.VOTES: "票", Unit.MEMBERS: "会員"}


def head(worked: Worked) -> Iterator[str]:
    """Roll, period, quorum, and the treatment as in the notice."""
    docket = worked.docket
    schedule = docket.assembly.schedule
    yield f"名簿: {wareki(schedule.record_date, weekday=True)}現在、{_amount(worked.roll)}。"
    yield f"期間: {period_text(schedule)}。"
    yield _quorum(worked)
    yield from rule_sentences(_plain(docket))
    yield "次の数は、期限後の到着、通知の未着及び退会による除外がない場合のものです。"


def foot(worked: Worked) -> Iterator[str]:
    """The clauses that are given, and those that are not."""
    clauses = worked.docket.rules.clauses
    given = [f"{CLAUSE_NAMES[name]} {clauses[name]}" for name in CLAUSES if clauses.get(name, "").strip()]
    if given:
        yield f"根拠: {'、'.join(given)}。"
    if worked.missing:
        names = "、".join(CLAUSE_NAMES[name] for name in worked.missing)
        yield f"根拠となる条項の記載がないもの: {names}。"


def _plain(docket: Docket) -> Docket:
    """Without quorum and objections: of these the card tells the number as well."""
    return replace(docket, rules=replace(docket.rules, quorum=None, objections=None))


def _amount(amount: Amount) -> str:
    return f"{members_words(amount.members)}、議決権{votes_words(amount.votes)}"


def _quorum(worked: Worked) -> str:
    rule = worked.docket.rules.quorum
    if rule is None or worked.quorum is None:
        return "定足数の定めはありません。"
    silence = "" if worked.formed_by_silence else "提出が1通もないときは、総会は成立しません。"
    return f"{quorum_sentence(worked.docket.rules, rule)}必要な提出は{_bound(worked.quorum)}です。{silence}"


def sentences(worked: Worked, one: WorkedMotion) -> Iterator[str]:
    """The sentences on one motion, each always at the same place, empty where there is nothing to say."""
    motion, words = one.motion, choice_words(one.motion)
    yield condition_text(worked.docket, motion)
    yield f"利害関係のある{_amount(one.barred)}は表決に加わりません。" if one.barred.members else ""
    yield _election(one)
    if motion.method is Method.PLURALITY:
        return
    yield f"可決の要件は、{requirement(worked.docket, motion)}です。"
    yield _carry(one, words)
    yield _reject(one, words)
    yield _tie(one, words)
    yield _nobody(one, words)
    yield _alone(worked, one, words)
    yield _brake(one, words)


def _election(one: WorkedMotion) -> str:
    seats = one.motion.seats
    texts = {
        Method.CONFIDENCE: f"候補者ごとの信任投票です(定数{seats}人)。"
        "次の「可決」は、候補者の信任をいいます。",
        Method.SLATE: f"候補者全員についての一括の表決です(定数{seats}人)。",
        Method.PLURALITY: f"得票の多い順に{seats}人を選びます。提出がない会員は算入しません。"
        "最後の1人が同数のときは、くじ又は再投票によります。",
    }
    return texts[one.motion.method] if one.motion.method else ""


def _carry(one: WorkedMotion, words: ChoiceWords) -> str:
    if not one.can_carry:
        return f"全ての会員が{words.favour}としても、要件を満たしません。"
    if not one.carry:
        return ""
    needed = "、かつ、".join(_bound(each, words.favour) for each in one.carry)
    more = "(ほかの要件も満たす場合に限ります。)" if one.more else ""
    return f"全ての会員が賛否を示したときは、{needed}で可決となります{more}。"


def _reject(one: WorkedMotion, words: ChoiceWords) -> str:
    if not one.can_carry or not one.reject:
        return ""
    cases = "又は".join(f"{_bound(each)}が{_others(each, one, words)}の場合" for each in one.reject)
    more = "、又はほかの要件を満たさない場合" if one.more else ""
    if one.regardless:
        return f"否決となるのは、{cases}{more}です(未提出は{words.favour}に数えます。)。"
    return f"全ての会員が提出したときに否決となるのは、{cases}{more}です。"


def _others(bound: Bound, one: WorkedMotion, words: ChoiceWords) -> str:
    """Those that do not vote for, as far as they count in the base of the test."""
    if bound.of in (Base.YES_NO, None) or one.tie is not None:
        return words.against
    if bound.of is Base.VALID:
        return f"{words.against}又は棄権"
    return f"{words.favour}以外({words.against}、棄権又は無効)"


def _tie(one: WorkedMotion, words: ChoiceWords) -> str:
    if one.tie is None:
        return ""
    unit = _UNITS[one.carry[0].unit] if one.carry else "票"
    half = f"{_figure(one.tie)}{unit}"
    return f"{words.favour}{half}、{words.against}{half}の可否同数のときは、議長の決するところによります。"


def _nobody(one: WorkedMotion, words: ChoiceWords) -> str:
    if len(one.silence) > 1:
        cases = "、".join(
            f"議長が{words.favour if each.chair is Mark.FOR else words.against}と決定すれば{_outcome(each)}"
            for each in one.silence
        )
        return f"提出が1通もないときは、{cases}となります。議長の決定がないときは、棄権に数えます。"
    found = [f"{_deemed(one, each, words)}{_outcome(each)}となります。" for each in one.silence]
    return f"提出が1通もないときは、{found[0]}" if found else ""


def _deemed(one: WorkedMotion, silence: Silence, words: ChoiceWords) -> str:
    sides = {Side.FOR: words.favour, Side.AGAINST: words.against, Side.ABSTAIN: "棄権"}
    if silence.side not in sides:
        return "算入する票がなく、"
    return f"みなし{sides[silence.side]}{votes_words(one.roll.votes)}により、"


def _outcome(silence: Silence) -> str:
    return "可決" if silence.outcome is Outcome.CARRIED else "否決"


def _alone(worked: Worked, one: WorkedMotion, words: ChoiceWords) -> str:
    """How few answers turn the outcome of silence, where all others remain silent."""
    parts = []
    for each in one.silence:
        if each.turn is None:
            continue
        carried = each.outcome is Outcome.CARRIED
        side = words.against if carried else words.favour
        if not worked.weighted and carried and len(one.silence) == 1:
            continue  # the same number as for a rejection, which has been told
        chair = ""
        if each.chair is not None:
            chair = f"(議長の決定が{words.favour if each.chair is Mark.FOR else words.against}の場合)"
        least = "最少で" if worked.weighted else ""
        change = "可決でなくなります" if carried else "可決となります"
        parts.append(f"{least}{members_words(each.turn)}の{side}だけで{change}{chair}")
    if not parts:
        return ""
    largest = "(議決権の多い会員から数えています。)" if worked.weighted else ""
    formed = "ただし、定足数は別に満たす必要があります。" if worked.quorum else ""
    return f"ほかの会員が全て未提出のときは、{'、'.join(parts)}{largest}。{formed}"


def _brake(one: WorkedMotion, words: ChoiceWords) -> str:
    if one.brake is None:
        return ""
    return (
        f"表決書による{words.against}が{_bound(one.brake)}となったときは、"
        "書面による決議を行わず、会議に付します。"
    )


def _bound(bound: Bound, side: str = "") -> str:
    """``341票以上``, ``賛成341票以上``, ``区分「甲」の賛成12.5票を超える数``."""
    category = f"区分「{bound.category}」の" if bound.category is not None else ""
    more = "を超える数" if bound.more_than else "以上"
    return f"{category}{side}{_figure(bound.amount)}{_UNITS[bound.unit]}{more}"


def _figure(amount: str) -> str:
    return f"{int(amount):,}" if amount.isdigit() else amount
