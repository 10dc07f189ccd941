"""表決の一覧: the tables of a roll call, a row a member and as many questions beside each other as fit."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import astuple
from itertools import pairwise

from voting.core.effective import Place, Provenance, Side
from voting.core.motions import Method
from voting.core.questions import Question as Asked
from voting.core.result import Numbers
from voting.core.votes import ONE_VOTE
from voting.documents.facts import ResultFacts
from voting.documents.facts_roll_call import RollCall, RollCallLine, Vote
from voting.documents.grid_columns import Column
from voting.documents.page import Paper
from voting.documents.result_tables import SumsDisagree, Table
from voting.wording import choice_words, names_word, number_text, questions
from voting.wording.editions import IN_JAPANESE, Say

MOST = 6  # questions side by side: more of them would break the words in their cells
DIGITS = 16  # of a commitment: enough to find one's own among a thousand
_WORDS = {
    Side.ABSTAIN: "棄権",
    Side.INVALID: "無効",
    Side.LATE: "除外",
    Side.UNDELIVERED: "除外",
    Side.LEFT: "除外",
    Side.BARRED: "除斥",
    Side.NOT_COUNTED: "未算入",
}
# Kept short: the words stand thousands of times, and are explained under the table.
_MARKS = {
    None: "",
    Provenance.EXPRESSED: "",
    Provenance.PROXY: "(委)",
    Provenance.BLANK: "(無)",
    Provenance.DEEMED: "(み)",
}
LEGEND = (
    "(み)は未提出によるみなし、(無)は無記入によるみなし、(委)は委任による表決です。",
    "除外は期限後到着、未着又は退会、除斥は利害関係により表決に加わらなかったもの、"
    "未算入は賛否のいずれにも算入しなかったものです。",
)
UNNAMED = (
    "団体名は公表しません。会員の記号(先頭16桁)は、結果の公表後の回答画面「ご自身で確かめる方法」で、"
    "その会員だけが見ることができます。順序は記号の順であり、名簿の順ではありません。"
)


def roll_call_tables(facts: ResultFacts, say: Say = IN_JAPANESE) -> Iterator[Table]:
    """The tables, none where the disclosure has no roll call.

    Order   with more than ``MOST`` questions several tables, each with all members, of about as many columns.
    Raises  SumsDisagree.
    """
    call = facts.roll_call
    if call is None:
        return
    check_roll_call(facts, call)
    asked = len(call.questions)
    parts = -(-asked // MOST)
    bounds = [asked * part // parts for part in range(parts + 1)]
    for first, end in pairwise(bounds):
        yield _table(call, first, end, say)


def check_roll_call(facts: ResultFacts, call: RollCall) -> None:
    """Every yes-or-no question adds up, place by place, to what was counted.  Raises: SumsDisagree."""
    counted = iter(questions(facts.docket, facts.result))
    for at, asked in enumerate(call.questions):
        if asked.motion.method is Method.PLURALITY:
            continue
        question = next(counted)
        expected = _places(question.count.members)
        found = Counter(line.on[at] for line in call.lines)
        if found != expected:
            agreed = (found & expected).total()
            raise SumsDisagree(where=question.label, found=agreed, expected=expected.total())


def _places(members: Numbers) -> Counter[Vote]:
    """The numbers of a question as so many members at each place."""
    found: Counter[Vote] = Counter()
    for side, parts in (
        (Side.FOR, members.in_favour),
        (Side.AGAINST, members.against),
        (Side.ABSTAIN, members.abstain),
    ):
        for provenance, number in zip(Provenance, astuple(parts), strict=True):
            found[Place(side, provenance)] = number
    for side, number in (
        (Side.INVALID, members.invalid),
        (Side.LATE, members.late),
        (Side.UNDELIVERED, members.undelivered),
        (Side.LEFT, members.left),
        (Side.BARRED, members.barred),
        (Side.NOT_COUNTED, members.not_counted),
    ):
        found[Place(side)] = number
    return +found


def put_roll_call(paper: Paper, tables: Sequence[Table]) -> None:
    """The tables, set as close as can be read: they are the longest part of any report."""
    for table in tables:
        if table.unit:
            paper.unit(table.unit)
        name = max(range(len(table.columns)), key=lambda at: table.columns[at].share)
        paper.listing(table.columns, table.rows, name=name)


def _table(call: RollCall, first: int, end: int, say: Say) -> Table:
    weighted = call.is_named and any(line.votes != ONE_VOTE for line in call.lines)
    asked = call.questions[first:end]
    if call.is_named:
        who = [Column(say.term("会員番号"), 1.6), Column(say.term("団体名"), 4.4)]
    else:
        who = [Column(say.term("会員の記号"), 3.4)]
    votes = [Column(say.term("票数"), 1.0, "right")] if weighted else []
    columns = (*who, *votes, *(Column(_head(each, say), 2.0, "centre") for each in asked))
    rows = tuple(
        (
            *_who(call, line),
            *((number_text(line.votes),) if weighted else ()),
            *(vote_word(each, vote, say) for each, vote in zip(asked, line.on[first:end], strict=True)),
        )
        for line in call.lines
    )
    return Table(columns, rows, say.term("(単位: 票)") if weighted else "")


def _who(call: RollCall, line: RollCallLine) -> tuple[str, ...]:
    if not call.is_named:
        return (line.member[:DIGITS],)
    return line.member, f"{line.name}({line.place})" if line.place else line.name


def _head(asked: Asked, say: Say) -> str:
    label = say.motion(asked.motion.number)
    return f"{label}\n{asked.candidate}" if asked.candidate else label


def vote_word(asked: Asked, vote: Vote, say: Say = IN_JAPANESE) -> str:
    """What stood for one member: 賛成, 賛成(み), 除斥, the names that it chose ..."""
    if not isinstance(vote, Place):
        word = names_word(asked, vote)
        return word if vote and word != "無効" else say.term(word)
    words = choice_words(asked.motion)
    sides = {Side.FOR: words.favour, Side.AGAINST: words.against, **_WORDS}
    return say.term(sides[vote.side]) + say.term(_MARKS[vote.provenance])
