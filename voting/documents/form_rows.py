"""What a form asks: one row for each cross, under the words of its columns."""

from dataclasses import dataclass

from voting.core.docket import Docket
from voting.core.motions import Method, Motion
from voting.wording import choice_words, motion_label


@dataclass(frozen=True, slots=True)
class FormRow:
    """One row.  Shape: ``motion`` is its number, ``label`` as printed."""

    motion: int
    label: str
    title: str


@dataclass(frozen=True, slots=True)
class FormTable:
    """Rows that are answered with the same words."""

    head: str
    marks: tuple[str, ...]
    rows: tuple[FormRow, ...]


def form_tables(docket: Docket) -> tuple[FormTable, ...]:
    """The motions in their order; neighbours that are answered alike share a table."""
    found: list[FormTable] = []
    for motion in docket.motions:
        table = _table(docket, motion)
        if found and (found[-1].head, found[-1].marks) == (table.head, table.marks):
            last = found.pop()
            table = FormTable(last.head, last.marks, last.rows + table.rows)
        found.append(table)
    return tuple(found)


def _table(docket: Docket, motion: Motion) -> FormTable:
    label = motion_label(motion)
    if motion.method is Method.PLURALITY:
        rows = tuple(FormRow(motion.number, label, name) for name in motion.candidates)
        return FormTable(f"{motion.title}の候補者({motion.seats}人まで選択)", ("選ぶ",), rows)
    words = choice_words(motion)
    marks = (words.favour, words.against, *(("棄権",) if docket.rules.abstain else ()))
    if motion.method is Method.CONFIDENCE:
        rows = tuple(FormRow(motion.number, label, name) for name in motion.candidates)
        return FormTable(f"{motion.title}の候補者", marks, rows)
    title = motion.title
    if motion.method is Method.SLATE:
        title = f"{title}(候補者 {'、'.join(motion.candidates)})"
    return FormTable("議案名", marks, (FormRow(motion.number, label, title),))
