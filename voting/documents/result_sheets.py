"""What stands on which sheet of a result workbook: plain rows, before they are cells of a file."""

from collections.abc import Callable, Iterator

from voting.core.japanese_dates import wareki
from voting.core.motions import Method
from voting.core.result import MotionResult, Numbers, Parts
from voting.core.rules import CLAUSES
from voting.documents.facts import ResultFacts
from voting.documents.result_election_sheets import confidence, plurality, slate
from voting.documents.result_sheet import CLASSES, Cell, Row, Sheet, Votes, heads, in_votes
from voting.wording import (
    ON_MOTIONS,
    ChoiceWords,
    channel_word,
    condition_text,
    flag_notes,
    members_words,
    motion_label,
    outcome_sentence,
    outcome_word,
    outcomes,
    percent,
    period_text,
    questions,
    requirement,
    rule_notes,
    rule_sentences,
    votes_words,
    without_deemed,
)
from voting.wording.card_japanese import CLAUSE_NAMES


def sheets(facts: ResultFacts) -> Iterator[Sheet]:
    """All sheets of the workbook, in their order; only those that have something to say."""
    yield _outcome(facts)
    if questions(facts.docket, facts.result):
        yield _parts(facts)
    for method, name, make in (
        (Method.CONFIDENCE, "選挙(信任)", confidence),
        (Method.SLATE, "選挙(一括)", slate),
        (Method.PLURALITY, "選挙(得票)", plurality),
    ):
        held = [one for one in facts.result.motions if facts.docket.motion(one.number).method is method]
        if held:
            yield make(facts, name, held)
    if facts.categories:
        yield _categories(facts)
    if facts.by_channel:
        yield _channels(facts)
    yield _rules(facts)


def _outcome(facts: ResultFacts) -> Sheet:
    """結果: one row a motion; an election by names has its numbers on a sheet of its own."""
    docket, result = facts.docket, facts.result
    rows: list[Row] = []
    for one in result.motions:
        motion = docket.motion(one.number)
        label = (motion_label(motion), one.title)
        if isinstance(one, MotionResult):
            numbers = in_votes(one.count.votes)
            needed, without = requirement(docket, motion, one.count), without_deemed(one.count)
        else:
            numbers, without = ("",) * len(CLASSES), ""
            needed = requirement(docket, motion)
        reason = outcome_sentence(docket, motion, one)
        rows.append((*label, *numbers, needed, outcome_word(one.outcome), reason, without))
    return Sheet(
        name="結果",
        title=f"{docket.assembly.title} 結果({docket.body.name})",
        unit="単位: 票",
        columns=(
            ("議案", 12),
            ("議案名", 32),
            *heads(ON_MOTIONS),
            ("議決要件", 22),
            ("結果", 11),
            ("理由", 24),
            ("みなしを除く集計", 26),
        ),
        rows=tuple(rows),
        frozen=2,
        below=_circumstances(facts),
    )


def _circumstances(facts: ResultFacts) -> tuple[str, ...]:
    """Roll, returns and quorum, then whatever the reader has to be told."""
    docket, result = facts.docket, facts.result
    schedule = docket.assembly.schedule
    share = percent(result.returned_members, result.roll_members) if result.roll_members else "0%"
    ways = "、".join(f"{channel_word(way)}{number:,}" for way, number in facts.channels)
    formed = "成立" if result.quorum.met else "不成立"
    return (
        f"期間　{period_text(schedule)}",
        f"基準日　{wareki(schedule.record_date, weekday=True)}",
        f"会員総数　{members_words(result.roll_members)}({votes_words(result.roll_votes)})",
        f"提出　{members_words(result.returned_members)}({votes_words(result.returned_votes)})、提出率{share}"
        + (f"(うち{ways})" if ways else ""),
        f"総会の成立　{formed}" if docket.rules.quorum else "総会の成立　定足数の定めはありません。",
        *(f"注意　{text}" for text in flag_notes(docket, result)),
        *(f"取扱い　{text}" for text in rule_notes(docket, result)),
    )


def _parts(facts: ResultFacts) -> Sheet:
    """内訳: every class of every question by where its votes come from, in votes and in members."""
    rows: list[Row] = []
    sums = set()
    for question in questions(facts.docket, facts.result):
        units: tuple[tuple[str, Numbers, Callable[[int], Cell]], ...] = (
            ("票", question.count.votes, Votes),
            ("会員", question.count.members, int),
        )
        for unit, numbers, amount in units:
            for name, parts, total in _classes(question.words, numbers):
                sources = tuple(map(amount, parts)) or ("",) * 4
                rows.append((question.label, question.motion.title, unit, name, *sources, amount(total)))
            sums.add(len(rows) - 1)
    return Sheet(
        name="内訳",
        title=f"{facts.docket.assembly.title} 票数の内訳",
        unit="単位は各行のとおり。各議案の計の行は、それより上の区分の計の和であり、名簿と一致します。",
        columns=(
            ("議案", 18),
            ("議案名", 54),
            ("単位", 7),
            ("区分", 18),
            *((head, 10) for head in ("提出", "委任", "無記入", "未提出", "計")),
        ),
        rows=tuple(rows),
        frozen=4,
        strong=frozenset(sums),
    )


def _classes(words: ChoiceWords, numbers: Numbers) -> Iterator[tuple[str, tuple[int, ...], int]]:
    """Every class with its parts by provenance, where it has some, and its total; at last the sum of all."""
    sides: tuple[tuple[str, Parts], ...] = (
        (words.favour, numbers.in_favour),
        (words.against, numbers.against),
        ("棄権", numbers.abstain),
    )
    for name, split in sides:
        yield name, (split.expressed, split.proxy, split.blank, split.deemed), split.total
    for name, amount in (
        ("無効", numbers.invalid),
        ("除外(期限後到着)", numbers.late),
        ("除外(未着)", numbers.undelivered),
        ("除外(退会)", numbers.left),
        ("除斥(利害関係)", numbers.barred),
        ("未算入(未提出)", numbers.not_counted),
        ("計", numbers.total),
    ):
        yield name, (), amount


def _categories(facts: ResultFacts) -> Sheet:
    """区分別: what each category of members said."""
    rows: list[Row] = []
    for question in questions(facts.docket, facts.result):
        for each in question.count.categories:
            numbers = in_votes(each.votes)
            category = each.category or "(区分なし)"
            rows.append((question.label, category, *numbers, each.members.total))
    return Sheet(
        name="区分別",
        title=f"{facts.docket.assembly.title} 会員の区分ごとの内訳",
        unit="単位: 票。会員数の欄は会員。",
        columns=(("議案", 18), ("区分", 22), *heads(ON_MOTIONS), ("会員数", 9)),
        rows=tuple(rows),
        frozen=2,
    )


def _channels(facts: ResultFacts) -> Sheet:
    """提出方法別: what came in each way, and what became of those of whom nothing counts."""
    rows: list[Row] = []
    sums = set()
    for question, ways in zip(questions(facts.docket, facts.result), facts.by_channel, strict=True):
        for each in ways:
            way = channel_word(each.category) if each.category else "提出なし"
            rows.append((question.label, way, *in_votes(each.votes), each.members.total))
        whole = question.count
        sums.add(len(rows))
        rows.append((question.label, "計", *in_votes(whole.votes), whole.members.total))
    return Sheet(
        name="提出方法別",
        title=f"{facts.docket.assembly.title} 提出方法ごとの内訳",
        unit="単位: 票。会員数の欄は会員。",
        columns=(("議案", 18), ("提出方法", 16), *heads(ON_MOTIONS), ("会員数", 9)),
        rows=tuple(rows),
        frozen=2,
        strong=frozenset(sums),
    )


def _rules(facts: ResultFacts) -> Sheet:
    """規則: the rules by which was counted, in the sentences of the notice."""
    docket = facts.docket
    rows: list[Row] = [("取扱い", sentence) for sentence in rule_sentences(docket)]
    reached = outcomes(facts.result)
    for motion in docket.motions:
        rows.append((f"{motion_label(motion)} 議決要件", requirement(docket, motion)))
        if motion.depends_on:
            rows.append((f"{motion_label(motion)} 条件", condition_text(docket, motion, reached)))
    rows += [
        (f"根拠 {CLAUSE_NAMES[clause]}", docket.rules.clauses[clause])
        for clause in CLAUSES
        if clause in docket.rules.clauses
    ]
    return Sheet(
        name="規則",
        title=f"{docket.assembly.title} 議決規則",
        unit="この集計に用いた規則です。",
        columns=(("項目", 24), ("内容", 100)),
        rows=tuple(rows),
    )
