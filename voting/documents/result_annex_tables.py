"""The tables behind a result report: every number by where it comes from, by category and by channel."""

from collections.abc import Sequence

from voting.core.result import CategoryNumbers, Numbers
from voting.documents.facts import ResultFacts
from voting.documents.grid_columns import Column
from voting.documents.result_tables import Table
from voting.wording import Question, number_text, questions
from voting.wording.editions import IN_JAPANESE, Say


def detail_table(facts: ResultFacts, say: Say = IN_JAPANESE) -> Table:
    """Every number there is, by where it comes from: one row a class, each question closed by its sum."""
    columns = (
        Column(say.term("議案"), 2.4),
        Column(say.term("区分"), 2.2),
        *(Column(say.term(head), 1.1, "right") for head in ("提出", "委任", "無記入", "未提出")),
        Column(say.term("票数計"), 1.2, "right"),
        Column(say.term("会員数"), 1.2, "right"),
    )
    blocks = [_detail_rows(question, say) for question in questions(facts.docket, facts.result)]
    # A class that no question has stands in no row: the sums are the same, and the table stays short.
    kept = [
        at for at in range(len(blocks[0])) if at < _ALWAYS or any(block[at][-1] != "0" for block in blocks)
    ]
    rows = tuple(block[at] for block in blocks for at in kept)
    strong = frozenset(range(len(kept) - 1, len(rows), len(kept)))
    return Table(columns, rows, say.term(_DETAIL_UNIT), strong)


_DETAIL_UNIT = "(単位: 票。会員数の欄は会員。記載のない区分はいずれも0)"
_ALWAYS = 4  # 賛成, 反対, 棄権, 無効


def _detail_rows(question: Question, say: Say) -> list[tuple[str, ...]]:
    votes, members, words = question.count.votes, question.count.members, question.words
    sides = (
        (words.favour, votes.in_favour, members.in_favour),
        (words.against, votes.against, members.against),
        ("棄権", votes.abstain, members.abstain),
    )
    rest = (
        ("無効", votes.invalid, members.invalid),
        ("除外(期限後到着)", votes.late, members.late),
        ("除外(未着)", votes.undelivered, members.undelivered),
        ("除外(退会)", votes.left, members.left),
        ("除斥(利害関係)", votes.barred, members.barred),
        ("未算入(未提出)", votes.not_counted, members.not_counted),
        ("計", votes.total, members.total),
    )
    label = say.question(question)
    found = [
        (
            label,
            say.term(name),
            *(number_text(amount) for amount in (v.expressed, v.proxy, v.blank, v.deemed, v.total)),
            f"{m.total:,}",
        )
        for name, v, m in sides
    ]
    found += [
        (label, say.term(name), "", "", "", "", number_text(amount), f"{heads:,}")
        for name, amount, heads in rest
    ]
    return found


_SIX = ("賛成", "反対", "棄権", "無効", "その他", "計", "会員数")
_SIX_UNIT = "(単位: 票。会員数の欄は会員。その他は除外、除斥及び未算入の計)"


def category_table(facts: ResultFacts, say: Say = IN_JAPANESE) -> Table | None:
    """The questions by category of members, or nothing where there are no categories."""
    if not facts.categories:
        return None
    return _apart(
        "区分",
        [
            (question, one.category or say.term("(区分なし)"), one)
            for question in questions(facts.docket, facts.result)
            for one in question.count.categories
        ],
        say,
    )


def channel_table(facts: ResultFacts, say: Say = IN_JAPANESE) -> Table | None:
    """The questions by way of submission, or nothing where there is nothing to tell apart.

    Order   the ways as the report has them, then those of whom no answer counts; each question is closed
            by its sum.
    """
    if not facts.by_channel:
        return None
    order = [channel for channel, _ in facts.channels]
    rows: list[tuple[Question, str, CategoryNumbers]] = []
    sums = set()
    for question, ways in zip(questions(facts.docket, facts.result), facts.by_channel, strict=True):
        known = {one.category: one for one in ways}
        for channel in (*order, ""):
            if channel in known:
                word = say.channel(channel) if channel else say.term("提出なし")
                rows.append((question, word, known[channel]))
        sums.add(len(rows))
        rows.append((question, say.term("計"), _whole(question)))
    return _apart("提出方法", rows, say, strong=frozenset(sums))


def _whole(question: Question) -> CategoryNumbers:
    return CategoryNumbers("", question.count.votes, question.count.members)


def _apart(
    what: str,
    found: Sequence[tuple[Question, str, CategoryNumbers]],
    say: Say,
    *,
    strong: frozenset[int] = frozenset(),
) -> Table | None:
    """A table of six classes, a row for each part of each question."""
    columns = (
        Column(say.term("議案"), 2.6),
        Column(say.term(what), 2.2),
        *(Column(say.term(head), 1.2, "right") for head in _SIX),
    )
    rows = tuple(
        (
            say.question(question),
            name,
            *(number_text(amount) for amount in _six(one.votes)),
            f"{one.members.total:,}",
        )
        for question, name, one in found
    )
    return Table(columns, rows, say.term(_SIX_UNIT), strong) if rows else None


def _six(numbers: Numbers) -> tuple[int, ...]:
    other = numbers.excluded + numbers.barred + numbers.not_counted
    return (
        numbers.in_favour.total,
        numbers.against.total,
        numbers.abstain.total,
        numbers.invalid,
        other,
        numbers.total,
    )
