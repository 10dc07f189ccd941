"""The fields of a draft's forms in words: what each is called, what can be chosen, and where a fault lies."""

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from voting.core.errors import Refusal
from voting.core.faults import Fault as DocketFault
from voting.i18n import lines, sentence
from voting.web.languages import N_, language, say

LABELS: Mapping[str, str] = MappingProxyType(
    {
        "title": N_("総会の名称"),
        "chair": N_("議長"),
        "contact": N_("問合せ先"),
        "checkpoint_mail": N_("会員に送る記録の控え"),
        "record_date": N_("基準日"),
        "opens_day": N_("受付開始の日"),
        "opens_time": N_("受付開始の時刻"),
        "closes_day": N_("締切の日"),
        "closes_time": N_("締切の時刻"),
        "notice_days": N_("規約の通知期間(日数)"),
        "number": N_("議案番号"),
        "text": N_("本文"),
        "motion_title": N_("件名"),
        "kind": N_("議案の種類"),
        "depends_on": N_("条件となる議案"),
        "barred": N_("表決に加わらない会員(利害関係)"),
        "method": N_("選挙の方法"),
        "seats": N_("定数"),
        "candidates": N_("候補者"),
        "non_submission": N_("未提出の取扱い"),
        "blank": N_("無記入の取扱い"),
        "both_marked": N_("両方に印があるとき"),
        "duplicates": N_("複数の表決書が届いたとき"),
        "blank_overrides": N_("後から届いた無記入"),
        "late": N_("期限を過ぎて届いた表決書"),
        "undelivered": N_("通知が届かなかった会員"),
        "abstain": N_("棄権の欄"),
        "tie": N_("可否同数のとき"),
        "quorum": N_("定足数"),
        "quorum_fraction": N_("定足数の割合"),
        "quorum_relation": N_("定足数の数え方"),
        "quorum_by": N_("定足数の単位"),
        "quorum_deemed": N_("定足数とみなし"),
        "requires": N_("議決要件"),
        "objections": N_("異議による打切り"),
        "objections_count": N_("異議の会員数"),
        "objections_fraction": N_("異議の割合"),
        "clause_written": N_("条項: 書面による開催"),
        "clause_quorum": N_("条項: 定足数"),
        "clause_majority": N_("条項: 議決要件"),
        "clause_deemed": N_("条項: 未提出の取扱い"),
        "clause_blank": N_("条項: 無記入の取扱い"),
        "clause_late": N_("条項: 期限後の取扱い"),
        "clause_duplicates": N_("条項: 重複の取扱い"),
        "test_count": N_("数えるもの"),
        "test_relation": N_("比べ方"),
        "test_fraction": N_("割合"),
        "test_of": N_("割合の基礎"),
        "test_by": N_("単位"),
        "test_category": N_("会員の区分(限るとき)"),
    }
)
_RELATIONS = (
    ("at_least", N_("以上")),
    ("more_than", N_("超")),
)
_UNITS = (("votes", N_("票数")), ("members", N_("会員数(頭数)")))
OPTIONS: Mapping[str, tuple[tuple[str, str], ...]] = MappingProxyType(
    {
        "checkpoint_mail": (
            ("closing", N_("期間の初日と締切後に送る")),
            ("daily", N_("期間中の毎日と締切後に送る")),
            ("none", N_("送らない")),
        ),
        "kind": (("motion", N_("議案(賛否)")), ("election", N_("役員等の選挙"))),
        "method": (
            ("confidence", N_("候補者ごとの信任")),
            ("slate", N_("全候補者の一括の信任")),
            ("plurality", N_("定数までの連記(得票順)")),
        ),
        "non_submission": (
            ("", N_("総会の規則のとおり")),
            ("not_counted", N_("どちらにも数えない")),
            ("for", N_("賛成とみなす")),
            ("against", N_("反対とみなす")),
            ("abstain", N_("棄権とみなす")),
            ("proxy_to_chair", N_("議長への委任とみなす")),
        ),
        "blank": (
            ("invalid", N_("その議案について無効")),
            ("for", N_("賛成とみなす")),
            ("against", N_("反対とみなす")),
            ("abstain", N_("棄権とみなす")),
        ),
        "both_marked": (
            ("invalid", N_("その議案について無効")),
            ("as_blank", N_("無記入と同じに扱う")),
        ),
        "duplicates": (
            ("last_received", N_("最後に受け付けたものを有効とする")),
            ("first", N_("最初に受け付けたものを有効とする")),
            ("web", N_("Webの最後のものを優先する")),
            ("paper", N_("書面の最後のものを優先する")),
        ),
        "blank_overrides": (
            ("no", N_("前の賛否を消さない")),
            ("yes", N_("前の賛否を消す")),
        ),
        "late": (
            ("excluded", N_("算定から除く")),
            ("not_submitted", N_("未提出と同じに扱う")),
        ),
        "undelivered": (
            ("excluded", N_("算定から除く")),
            ("not_submitted", N_("未提出と同じに扱う")),
        ),
        "abstain": (("no", N_("設けない")), ("yes", N_("設ける"))),
        "tie": (("rejected", N_("否決とする")), ("chair", N_("議長の決するところによる"))),
        "quorum": (("none", N_("定めない")), ("set", N_("定める"))),
        "quorum_relation": _RELATIONS,
        "quorum_by": _UNITS,
        "quorum_deemed": (("no", N_("みなしを含めない")), ("yes", N_("みなしを含める"))),
        "requires": (
            ("", N_("総会の規則のとおり")),
            ("majority", N_("出席の過半数")),
            ("two_thirds", N_("出席の3分の2以上")),
            ("three_quarters", N_("出席の4分の3以上")),
            ("majority_of_roll", N_("会員総数の過半数")),
            ("two_thirds_of_roll", N_("会員総数の3分の2以上")),
            ("unanimous", N_("会員総数の全員")),
            ("custom", N_("下の表で組み立てる")),
        ),
        "objections": (
            ("none", N_("定めない")),
            ("count", N_("会員数で定める")),
            ("fraction", N_("割合で定める")),
        ),
        "test_count": (
            ("for", N_("賛成")),
            ("against", N_("反対")),
            ("abstain", N_("棄権")),
            ("returned", N_("提出")),
            ("present", N_("出席(みなしを含む)")),
        ),
        "test_relation": (*_RELATIONS, ("less_than", N_("未満")), ("at_most", N_("以下"))),
        "test_of": (
            ("present", N_("出席")),
            ("roll", N_("会員総数")),
            ("valid", N_("有効投票")),
            ("yes_no", N_("賛成と反対の計")),
            ("returned", N_("提出")),
        ),
        "test_by": _UNITS,
    }
)
_PLACES = (
    (re.compile(r"motion\.(\d+)\.title"), N_("第%(number)s号議案の件名")),
    (re.compile(r"motion\.(\d+)\.depends_on"), N_("第%(number)s号議案の条件")),
    (re.compile(r"motion\.(\d+)\.barred"), N_("第%(number)s号議案の表決に加わらない会員")),
    (re.compile(r"motion\.(\d+)\.(?:candidates|seats|method)"), N_("第%(number)s号議案の選挙")),
    (re.compile(r"motion\.(\d+)\.non_submission"), N_("第%(number)s号議案の未提出の取扱い")),
    (re.compile(r"motion\.(\d+)\.requires.*"), N_("第%(number)s号議案の議決要件")),
    (re.compile(r"motion\.(\d+).*"), N_("第%(number)s号議案")),
    (re.compile(r"()motion"), N_("議案")),
    (re.compile(r"()assembly\.title"), N_("総会の名称")),
    (re.compile(r"()assembly\..*"), N_("日程")),
    (re.compile(r"()body\..*"), N_("団体の名称")),
    (re.compile(r"()rules\.non_submission"), N_("未提出の取扱い")),
    (re.compile(r"()rules\.requires.*"), N_("議決要件")),
    (re.compile(r"()rules\.quorum.*"), N_("定足数")),
    (re.compile(r"()rules\.objections.*"), N_("異議による打切り")),
    (re.compile(r"()rules.*"), N_("規則")),
    (re.compile(r"()roll.*"), N_("名簿")),
)


def place(where: str) -> str:
    """A path such as ``motion.2.title`` in the visitor's words."""
    for pattern, words in _PLACES:
        found = pattern.fullmatch(where)
        if found is not None:
            return say(words, number=found[1])
    return where


def told(refusal: Refusal) -> str:
    """The sentence of a refusal, its place in words."""
    if isinstance(refusal, DocketFault):
        refusal = replace(refusal, where=place(refusal.where))
    return sentence(refusal, language())


def told_lines(refusal: Refusal) -> tuple[str, ...]:
    """The sentence, and below it one for everything that the refusal is made of."""
    faults = getattr(refusal, "faults", ())
    parts = tuple(told(each) for each in faults if isinstance(each, Refusal))
    return (told(refusal), *(parts or lines(refusal, language())[1:]))


def value_words(name: str, value: str) -> str:
    """What is chosen in a field, in the visitor's words; typed text as it is."""
    return say(dict(OPTIONS.get(name, ())).get(value, value))
