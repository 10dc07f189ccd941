"""役員の選出: the part of a result report that tells who was elected, by which votes and for how long."""

from voting.core.motions import Method, Motion
from voting.core.result import ConfidenceResult, MotionResult, PluralityResult
from voting.documents.facts import ResultFacts
from voting.documents.page import Paper
from voting.documents.result_tables import Table, asked, main_table, plurality_table
from voting.documents.spacing import PITCH
from voting.documents.structure import Tag
from voting.wording import members_words, motion_label, outcome_sentence

# A heading, the unit and the heads of its table with a first row: alone at a page's end it says nothing.
_HEAD = 150.0


def put_table(paper: Paper, table: Table) -> None:
    """A table under its unit."""
    if table.unit:
        paper.unit(table.unit)
    paper.table(table.columns, table.rows, strong=table.strong)


def put_elections(paper: Paper, facts: ResultFacts) -> None:
    """All elections, each with its table, who was elected, the term and the outcome in a sentence."""
    docket = facts.docket
    elections = [one for one in facts.result.motions if docket.motion(one.number).method]
    if not elections:
        return
    paper.need(_HEAD + 2 * PITCH)
    paper.item("役員の選出")
    terms = dict(facts.terms)
    for one in elections:
        motion = docket.motion(one.number)
        paper.need(_HEAD)
        paper.heading(
            f"{motion_label(one)}　{one.title}({_method(motion)}、定数{motion.seats}人)", tag=Tag.H3
        )
        if isinstance(one, ConfidenceResult):
            rows = [row for row in asked(facts, persons=True) if row.motion.number == one.number]
            put_table(paper, main_table(facts, rows))
        if isinstance(one, PluralityResult):
            put_table(paper, plurality_table(one))
            paper.notes((_plurality_sum(one),))
        elected = _elected(one)
        paper.definitions(
            (
                ("選出された者", "、".join(elected) if elected else "なし"),
                *((("任期", terms[one.number]),) if one.number in terms else ()),
                ("結果", outcome_sentence(docket, motion, one)),
            )
        )


def _method(motion: Motion) -> str:
    names = {
        Method.CONFIDENCE: "候補者ごとの信任投票",
        Method.SLATE: "候補者全員についての一括表決",
        Method.PLURALITY: "得票の多い順",
    }
    return names[motion.method] if motion.method else ""


def _elected(result: MotionResult | ConfidenceResult | PluralityResult) -> tuple[str, ...]:
    if isinstance(result, MotionResult):
        return result.elected
    return tuple(one.name for one in result.candidates if one.elected)


def _plurality_sum(result: PluralityResult) -> str:
    valid = result.returned_members - result.invalid_members - result.blank_members
    return (
        f"提出{members_words(result.returned_members)}(有効{valid:,}、白票{result.blank_members:,}、"
        f"無効{result.invalid_members:,})。未提出は算入しません。"
    )
