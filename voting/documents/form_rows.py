"""What a form asks: one row for each cross, under the words of its columns."""

from dataclasses import dataclass

from voting.core.docket import Docket
from voting.core.motions import Method, Motion
from voting.wording import choice_words
from voting.wording.editions import PaperSay


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


def form_tables(docket: Docket, say: PaperSay) -> tuple[FormTable, ...]:
    """The motions in their order; neighbours that are answered alike share a table."""
    found: list[FormTable] = []
    for motion in docket.motions:
        table = _table(docket, motion, say)
        if found and (found[-1].head, found[-1].marks) == (table.head, table.marks):
            last = found.pop()
            table = FormTable(last.head, last.marks, last.rows + table.rows)
        found.append(table)
    return tuple(found)


def _table(docket: Docket, motion: Motion, say: PaperSay) -> FormTable:
    label = say.motion(motion.number)
    if motion.method is Method.PLURALITY:
        rows = tuple(FormRow(motion.number, label, name) for name in motion.candidates)
        head = say.says("{title}の候補者({seats}人まで選択)", title=motion.title, seats=motion.seats)
        return FormTable(head, (say.term("選ぶ"),), rows)
    words = choice_words(motion)
    marks = tuple(
        say.term(word) for word in (words.favour, words.against, *(("棄権",) if docket.rules.abstain else ()))
    )
    if motion.method is Method.CONFIDENCE:
        rows = tuple(FormRow(motion.number, label, name) for name in motion.candidates)
        return FormTable(say.says("{title}の候補者", title=motion.title), marks, rows)
    title = motion.title
    if motion.method is Method.SLATE:
        title = say.says("{title}(候補者 {names})", title=title, names="、".join(motion.candidates))
    return FormTable(say.term("議案名"), marks, (FormRow(motion.number, label, title),))
