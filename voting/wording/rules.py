"""What the rules of an assembly do, in the sentences that notice, ballot, reminder and page all print.

Generated from the stored rules, never typed by hand: two wordings of one rule are two rules.
"""

from collections.abc import Iterable
from fractions import Fraction

from voting.core.docket import Docket
from voting.core.motions import Method, Motion
from voting.core.rules import (
    MAJORITY,
    Blank,
    BothMarked,
    Duplicates,
    NonSubmission,
    Objections,
    OutOfBase,
    Quorum,
    Relation,
    Rules,
    Tie,
    Unit,
)
from voting.wording.numbers import ON_MOTIONS, choice_words, motion_label
from voting.wording.periods import closing_text


def clause_words(rules: Rules, name: str) -> str:
    """``規約第12条第3項により、``, or nothing where no clause is given."""
    clause = rules.clauses.get(name, "")
    return f"{clause}により、" if clause else ""


def labels_text(labels: Iterable[str], everything: tuple[str, ...]) -> str:
    """Names of motions in a row: 各議案, 第2号議案, 第1号議案及び第3号議案, 第1号議案から第3号議案まで."""
    named = tuple(labels)
    if len(named) > 1 and named == everything:
        return "各議案"
    if len(named) > 2 and named in (everything[at : at + len(named)] for at in range(len(everything))):
        return f"{named[0]}から{named[-1]}まで"
    if len(named) < 2:
        return "".join(named)
    return "、".join(named[:-1]) + "及び" + named[-1]


def effect_of_silence(rules: Rules, motion: Motion | None = None) -> str:
    """What it means to send nothing in, for all motions or for *motion* alone."""
    setting = rules.non_submission
    if motion and motion.non_submission is not None:
        setting = motion.non_submission
    return _silence(
        rules, _silence_setting(motion, setting), motion_label(motion) if motion else "各議案", motion
    )


def _silence_setting(motion: Motion | None, setting: NonSubmission) -> NonSubmission:
    # Silence chooses nobody, whatever the setting (rules R10).
    if motion and motion.method is Method.PLURALITY:
        return NonSubmission.NOT_COUNTED
    return setting


def _silence(rules: Rules, setting: NonSubmission, where: str, motion: Motion | None) -> str:
    words = choice_words(motion) if motion else ON_MOTIONS
    opening = f"{clause_words(rules, 'deemed')}期限までに書面表決書の提出がない場合は、{where}"
    choices = {
        NonSubmission.FOR: words.favour,
        NonSubmission.AGAINST: words.against,
        NonSubmission.ABSTAIN: "棄権",
    }
    if setting in choices:
        choice = choices[setting]
        return (
            f"{opening}に{choice}の表決があったものとみなします。"
            f"みなし{choice}の数は、結果の報告において区分して表示します。"
        )
    if setting is NonSubmission.PROXY_TO_CHAIR:
        return (
            f"{opening}の表決を議長に委任したものとみなします。"
            "議長の決定による数は、結果の報告において区分して表示します。"
        )
    return f"期限までに書面表決書の提出がない場合は、{where}の賛否のいずれにも算入しません。"


def rule_sentences(docket: Docket) -> tuple[str, ...]:
    """All treatment rules (取扱い) in sentences.

    Order   silence, blank, both marked, several submissions, late, undelivered, defects, abstaining, tie,
            quorum, objections: that of the notice.
    """
    rules = docket.rules
    return (
        *silence_sentences(docket),
        _blank_sentence(rules),
        _both_sentence(rules),
        *_several_sentences(rules),
        _late_sentence(rules),
        _undelivered_sentence(rules),
        "記載に不備があり、問合せによっても補正されない表決書は、全ての議案について無効とします。"
        "未提出とはみなしません。",
        *(("棄権は、出席に算入し、賛成及び反対のいずれにも算入しません。",) if rules.abstain else ()),
        *_tie_sentences(docket),
        *((quorum_sentence(rules, rules.quorum),) if rules.quorum else ()),
        *((_objection_sentence(rules.objections),) if rules.objections else ()),
    )


def form_notes(docket: Docket) -> tuple[str, ...]:
    """What somebody who fills in a form must know, for the one page that it has.

    Order   silence, blank, both marked, several submissions, late.
    """
    rules = docket.rules
    return (
        *silence_sentences(docket),
        _blank_sentence(rules),
        _both_sentence(rules),
        *_several_sentences(rules),
        _late_sentence(rules),
    )


def proxy_notes(docket: Docket, *, chair: bool, member: bool) -> tuple[str, ...]:
    """What somebody who fills in a proxy form must know, by the persons who may be named in it.

    Order   what the proxy does, nobody named, no sub-proxy and no condition, several submissions, late,
            silence.
    """
    rules = docket.rules
    to_chair = (
        "議長への委任は、各議案について議長の決定に従って数えます。議長の決定がないときは、棄権とします。",
        "受任者の欄に記入がないときは、議長を受任者とするものとして取り扱います。",
    )
    to_member = (
        "会員を受任者とするときは、受任者が、委任者の書面表決書を、この委任状を添えて期限までに"
        "提出してください。書面表決書の提出がないときは、提出がない会員として取り扱います。",
        *(() if chair else ("受任者の欄に記入がない委任状は、無効とします。",)),
    )
    return (
        *(("受任者は、議長又は会員のいずれか一方の□に印を付けてください。",) if chair and member else ()),
        *(to_chair if chair else ()),
        *(to_member if member else ()),
        "受任者が更に他の者に委任することはできません。条件を付けた委任及び一部の議案に限る委任は、受け付けません。",
        _several_sentences(rules)[0],
        _late_sentence(rules),
        *silence_sentences(docket),
    )


def silence_sentences(docket: Docket) -> tuple[str, ...]:
    """The rule that most motions share, then each motion that differs."""
    rules = docket.rules
    common = effect_of_silence(rules)
    own = [(motion, _silence_setting(motion, docket.non_submission(motion))) for motion in docket.motions]
    different = [
        effect_of_silence(rules, motion) for motion, setting in own if setting is not rules.non_submission
    ]
    if len(different) == len(own):
        return tuple(different)
    return (common, *different)


def _blank_sentence(rules: Rules) -> str:
    case = f"{clause_words(rules, 'blank')}提出された表決書に賛否の記入がない議案があるときは、その議案"
    if rules.blank is Blank.INVALID:
        return f"{case}について無効とします(出席には算入します。)。"
    choice = {Blank.FOR: "賛成", Blank.AGAINST: "反対", Blank.ABSTAIN: "棄権"}[rules.blank]
    return (
        f"{case}に{choice}の表決があったものとみなします。"
        f"無記入によるみなし{choice}の数は、結果の報告において区分して表示します。"
    )


def _both_sentence(rules: Rules) -> str:
    case = "賛成及び反対の両方に記入がある議案は、"
    if rules.both_marked is BothMarked.AS_BLANK:
        return f"{case}記入がないものとして取り扱います。"
    return f"{case}その議案について無効とします。"


def _several_sentences(rules: Rules) -> tuple[str, ...]:
    case = f"{clause_words(rules, 'duplicates')}同じ会員から複数の表決書を受け付けたときは、"
    kept = {
        Duplicates.LAST_RECEIVED: "最後に受け付けたものを有効とします。期限までは何度でも変更できます。",
        Duplicates.FIRST: "最初に受け付けたものを有効とします。提出後の変更はできません。",
        Duplicates.WEB: "Webによるもののうち最後に受け付けたものを有効とし、"
        "Webによるものがないときは最後に受け付けたものを有効とします。",
        Duplicates.PAPER: "書面(郵送、FAX、電子メール又は持参)によるもののうち最後に受け付けたものを"
        "有効とし、書面によるものがないときは最後に受け付けたものを有効とします。",
    }[rules.duplicates]
    blank = (
        "後から受け付けた表決書に賛否の記入がない議案は、前の賛否にかかわらず記入がないものとして取り扱います。"
        if rules.blank_overrides
        else "有効とする表決書に賛否の記入がない議案は、それより前に受け付けた表決書の賛否によります。"
    )
    return (case + kept, blank)


def change_sentence(docket: Docket) -> str:
    """Whether an answer given may still be changed, for the receipt and the page after voting."""
    closing = closing_text(docket.assembly.schedule)
    kept = {
        Duplicates.LAST_RECEIVED: "最後に受け付けた内容が有効となります。",
        Duplicates.FIRST: "",
        Duplicates.WEB: "Webによる回答があるときは、そのうち最後に受け付けた内容が有効となります。",
        Duplicates.PAPER: "書面による表決書があるときは、そのうち最後に受け付けた内容が有効となります。",
    }[docket.rules.duplicates]
    if not kept:
        return "最初に受け付けた内容が有効となり、変更はできません。"
    return f"期限({closing})までは何度でも変更できます。{kept}"


def _late_sentence(rules: Rules) -> str:
    case = f"{clause_words(rules, 'late')}期限を過ぎて到着した表決書は、"
    arrival = "到着の時刻は、事務局が受け付けた時刻によります。"
    if rules.late is OutOfBase.EXCLUDED:
        return f"{case}表決に算入しません。期限内に提出がない会員は、賛否の算定から除きます。{arrival}"
    return f"{case}提出がなかったものとして取り扱い、その数と内容を結果の報告に表示します。{arrival}"


def _undelivered_sentence(rules: Rules) -> str:
    case = "全ての連絡先に通知が届かなかったことが判明し、表決書の提出がない会員は、"
    if rules.undelivered is OutOfBase.EXCLUDED:
        return f"{case}賛否の算定から除きます。"
    return f"{case}表決書の提出がない会員として取り扱います。"


def _tie_sentences(docket: Docket) -> tuple[str, ...]:
    may_tie = any(
        docket.requires(motion) == MAJORITY and motion.method is not Method.PLURALITY
        for motion in docket.motions
    )
    if not may_tie:
        return ()
    if docket.rules.tie is Tie.CHAIR:
        return ("可否同数のときは、議長の決するところによります。",)
    return ("可否同数のときは、否決とします。",)


def quorum_sentence(rules: Rules, quorum: Quorum) -> str:
    """When the assembly is formed at all (定足数)."""
    measured = "会員総数" if quorum.by is Unit.MEMBERS else "会員総数(議決権の数)"
    amount = quorum_words(quorum.fraction, quorum.relation)
    deemed = "算入します" if quorum.deemed else "算入しません"
    return (
        f"{clause_words(rules, 'quorum')}{measured}の{amount}に当たる会員から表決書の提出があったときに"
        f"成立します。未提出によるみなしは、定足数に{deemed}。"
    )


def quorum_words(fraction: Fraction, relation: Relation) -> str:
    if fraction == Fraction(1, 2):
        return "過半数" if relation is Relation.MORE_THAN else "2分の1以上"
    over = "を超える数" if relation is Relation.MORE_THAN else "以上"
    return f"{fraction.denominator}分の{fraction.numerator}{over}"


def _objection_sentence(objections: Objections) -> str:
    if objections.count is not None:
        amount = f"{objections.count:,}会員以上"
    else:
        fraction = objections.fraction or Fraction(1)
        amount = f"会員総数(議決権の数)の{quorum_words(fraction, Relation.AT_LEAST)}"
    return (
        f"表決書により反対の意思を示した会員が{amount}となった議案は、"
        "書面による決議を行わず、会議に付します。"
    )
