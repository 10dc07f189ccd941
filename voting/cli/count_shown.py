"""What ``voting count`` prints of a result: rules, tables, the published lines, what to know beside them."""

from collections.abc import Iterator, Sequence

from voting.cli.columns import columns
from voting.core.result import MotionResult, PluralityResult
from voting.documents.facts import ResultFacts
from voting.documents.result_tables import Table, asked, main_table, plurality_table
from voting.services.outcome.counting import Counting
from voting.wording import flag_notes, headline, motion_label, outcome_word, rule_notes
from voting.wording.rule_card import rule_card


def shown(counting: Counting) -> Iterator[str]:
    """The rule card, the tables, the published line of every motion, and what a reader must know."""
    docket, result = counting.material.docket, counting.result
    yield f"{docket.assembly.title}({docket.body.name})"
    yield "\n議決規則"
    yield from (f"  {line}" for line in rule_card(docket, counting.material.roll).lines_ja)
    yield "\n結果"
    yield from _tables(counting)
    for one in result.motions:
        label, told = motion_label(one), headline(one).split("\n")
        if isinstance(one, MotionResult):
            yield f"{label} {told[0]} {outcome_word(one.outcome)}"
        else:
            yield from (f"{label} {line}" for line in told)
            yield f"{label} {outcome_word(one.outcome)}"
    yield from (f"取扱い: {line}" for line in rule_notes(docket, result))
    yield from (f"注意: {line}" for line in flag_notes(docket, result))


def _tables(counting: Counting) -> Iterator[str]:
    """The tables of the paper: motions, candidates by confidence, candidates by most votes."""
    facts = ResultFacts(docket=counting.material.docket, result=counting.result)
    for persons in (False, True):
        rows = asked(facts, persons=persons)
        if rows:
            table = main_table(facts, rows)
            # The requirement, last but one, has been told by the rule card.
            kept = [*range(1, len(table.columns) - 2), len(table.columns) - 1]
            yield _printed(table, [row.label for row in rows], kept)
    for one in counting.result.motions:
        if isinstance(one, PluralityResult):
            table = plurality_table(one)
            labels = [f"{motion_label(one)} {row[0]}" for row in table.rows]
            yield _printed(table, labels, range(1, len(table.columns)))


def _printed(table: Table, labels: Sequence[str], kept: Sequence[int]) -> str:
    """*table* with *labels* as its first column and of the others those in *kept*, each in one line."""
    heads = [f"{table.columns[at].group}{table.columns[at].head}" for at in kept]
    rows = [
        (table.columns[0].head, *heads),
        *((label, *(row[at] for at in kept)) for label, row in zip(labels, table.rows, strict=True)),
    ]
    right = frozenset(place for place, at in enumerate(kept, start=1) if table.columns[at].align == "right")
    one_line = [tuple(cell.replace("\n", "") for cell in row) for row in rows]
    return f"{columns(one_line, numbers=right)}\n{table.unit}\n"
