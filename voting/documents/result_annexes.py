"""別表: the annexes of a result report, where each number and, where disclosed, each vote stands."""

from voting.documents.facts import ResultFacts
from voting.documents.page import Paper
from voting.documents.result_annex_tables import category_table, channel_table, detail_table
from voting.documents.result_elections import put_table
from voting.documents.result_tables import Table
from voting.documents.roll_call_tables import LEGEND, UNNAMED, put_roll_call, roll_call_tables
from voting.wording import full_line, questions


def put_annexes(paper: Paper, facts: ResultFacts) -> None:
    """Parts, categories, ways of submission, the roll call: those that have something to say, numbered.

    Raises  SumsDisagree; NoGlyph.
    """
    rows = questions(facts.docket, facts.result)
    number = 0

    def annex(title: str, table: Table) -> None:
        nonlocal number
        number += 1
        paper.heading(f"別表{number}　{title}")
        put_table(paper, table)

    if rows:
        paper.break_page()
        annex("票数の内訳", detail_table(facts))
        paper.notes(tuple(f"{row.label}　{full_line(row.count, row.words)}" for row in rows), mark="")
        for title, table in (
            ("会員の区分ごとの内訳", category_table(facts)),
            ("提出方法ごとの内訳", channel_table(facts)),
        ):
            if table is not None:
                annex(title, table)
    tables = tuple(roll_call_tables(facts))
    if tables:
        paper.break_page()
        paper.heading(f"別表{number + 1}　会員ごとの表決の一覧")
        paper.notes(LEGEND if facts.roll_call and facts.roll_call.is_named else (UNNAMED, *LEGEND))
        put_roll_call(paper, tables)
