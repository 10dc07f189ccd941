"""The result as a workbook: the outcome, every number by where it comes from, elections, rules."""

from voting.documents.facts import ResultFacts
from voting.documents.result_sheets import sheets
from voting.documents.result_tables import check_sums
from voting.documents.workbook import render_workbook


def render_xlsx(facts: ResultFacts) -> bytes:
    """The workbook.  The same facts give the same bytes.

    Raises  SumsDisagree.
    """
    check_sums(facts)
    assembly = facts.docket.assembly
    return render_workbook(
        sheets(facts),
        title=f"{assembly.title} 結果",
        author=facts.docket.body.name,
        made=assembly.schedule.closes_at,
    )
