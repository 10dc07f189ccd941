"""書面表決書: the form that a member marks and sends back, on one page that survives a fax.

Black lines and white cells, marks of 8 mm and more, no grey; the notes are those of the rules. QR code and
grouped code name the form to the office and hold no secret: a form goes through many hands.

Source  domain.md 3.2.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from reportlab.lib.units import mm

from voting.core.errors import Refusal
from voting.documents.facts_form import FormFacts, FormMember
from voting.documents.form_density import DENSITIES, DENSITIES_TO_READ, Density
from voting.documents.form_parts import (
    END,
    PAD,
    TOP,
    fixed_height,
    name_lines,
    put_head,
    put_notes,
    put_return,
    put_sender,
    put_title,
)
from voting.documents.form_rows import FormTable, form_tables
from voting.documents.frame import LEFT, MEASURE, RIGHT, Frame, baseline
from voting.documents.linebreak import lines
from voting.documents.structure import Tag
from voting.documents.typeface import naming
from voting.wording.editions import PaperSay

_MOTION, _MARK = 22 * mm, 20 * mm
_HEAD_PITCH = 11.5
_LEAST_OPINION = 12 * mm


@dataclass(eq=False)
class FormTooLong(Refusal):
    """The motions and notes of an assembly do not fit on the one page of a form."""

    code: ClassVar[str] = "form-too-long"
    motions: int


def render_forms(facts: FormFacts, members: Iterable[FormMember]) -> bytes:
    """One page a member, in the order given.

    Raises  FormTooLong; NoGlyphForMember, with the member's number; ValueError without any member.
    """
    form = Frame(
        title=f"{facts.docket.assembly.title} {facts.say.term('書面表決書')}",
        author=facts.docket.body.name,
        foot=f"{facts.docket.body.name}　{facts.docket.assembly.title}　{facts.say.term('書面表決書')}",
        numbered=False,
        language=facts.say.tag,
    )
    tables = form_tables(facts.docket, facts.say)
    first = True
    for member in members:
        if not first:
            form.break_page()
        first = False
        with naming(f"会員番号 {member.member_id}"):
            _page(form, facts, member, tables)
    if first:
        raise ValueError("a file of forms for nobody")
    return form.finish()


def _page(form: Frame, facts: FormFacts, member: FormMember, tables: Sequence[FormTable]) -> None:
    name = name_lines(member)
    density, opinion = _fitting(facts, tables, name)
    form.y = TOP
    put_head(form, facts)
    put_sender(form, member, name, density, facts.say)
    put_title(form, "書面表決書", facts.say)
    _instruction(form, facts, density)
    for table in tables:
        _table(form, table, member, density, facts.say)
    _opinion(form, opinion, facts.say)
    put_notes(form, facts, density)
    put_return(form, facts, member)


def _fitting(facts: FormFacts, tables: Sequence[FormTable], name: Sequence[str]) -> tuple[Density, float]:
    """The loosest setting that fits, and the room for an opinion in it.  Raises: FormTooLong."""
    for density in DENSITIES if facts.say.is_japanese else DENSITIES_TO_READ:
        table = sum(_head_height(each, density) + sum(_heights(each, density)) + 2 * mm for each in tables)
        said = sum(map(len, _instructions(facts, density))) * 13 + 1.3 * mm
        used = fixed_height(facts, name, density) + said + table
        room = END - TOP - used
        if room >= _LEAST_OPINION:
            return density, min(room, 48 * mm)
    raise FormTooLong(len(facts.docket.motions))


def _instructions(facts: FormFacts, density: Density) -> tuple[tuple[str, ...], ...]:
    say = facts.say
    return tuple(
        lines(text, MEASURE, density.text)
        for text in (
            say.says("{title}の議案について、次のとおり表決します。", title=facts.docket.assembly.title),
            say.term("各議案について、いずれか一つの欄に○を記入してください(印は不要です。)。"),
        )
    )


def _instruction(form: Frame, facts: FormFacts, density: Density) -> None:
    form.y += 1.3 * mm
    for text in _instructions(facts, density):
        with form.tagged(Tag.P):
            for line in text:
                form.text(LEFT, baseline(form.y, density.text, 13), line, size=density.text)
                form.y += 13


def _table(form: Frame, table: FormTable, member: FormMember, density: Density, say: PaperSay) -> None:
    form.y += 1 * mm
    top, marks = form.y, len(table.marks)
    first_mark = RIGHT - marks * _MARK
    head = _head_height(table, density)
    with form.tagged(Tag.TABLE):
        with form.tagged(Tag.TR):
            centres = [
                (LEFT + _MOTION / 2, (say.term("議案"),)),
                ((LEFT + _MOTION + first_mark) / 2, _head_lines(table)),
            ]
            centres += [(first_mark + (at + 0.5) * _MARK, (word,)) for at, word in enumerate(table.marks)]
            for x, words in centres:
                with form.tagged(Tag.TH, scope="Column"):
                    y = top + (head - len(words) * _HEAD_PITCH) / 2
                    for line in words:
                        form.text(x, baseline(y, 9.5, _HEAD_PITCH), line, size=9.5, align="centre")
                        y += _HEAD_PITCH
        form.y += head
        for row, height in zip(table.rows, _heights(table, density), strict=True):
            form.rule(LEFT, form.y, RIGHT, form.y)
            with form.tagged(Tag.TR):
                with form.tagged(Tag.TH, scope="Row"):
                    form.text(LEFT + PAD, baseline(form.y, 9.5, height), row.label, size=9.5)
                with form.tagged(Tag.TD):
                    broken = _title(table, row.title, density)
                    y = form.y + (height - len(broken) * density.line) / 2
                    for line in broken:
                        form.text(
                            LEFT + _MOTION + PAD,
                            baseline(y, density.text, density.line),
                            line,
                            size=density.text,
                        )
                        y += density.line
                barred = row.motion in member.barred
                if barred:
                    with form.tagged(Tag.TD, columns=marks):
                        centre, said = (first_mark + RIGHT) / 2, say.term("表決に加わりません")
                        form.text(centre, baseline(form.y, 8, height), said, size=8, align="centre")
                else:
                    for at in range(marks):
                        with form.tagged(Tag.TD):
                            pass
                        x = first_mark + at * _MARK
                        if at:
                            form.rule(x, form.y, x, form.y + height)
            form.y += height
    for x in (LEFT + _MOTION, first_mark):
        form.rule(x, top, x, form.y, width=0.8 if x == first_mark else 0.4)
    for at in range(1, marks):
        form.rule(first_mark + at * _MARK, top, first_mark + at * _MARK, top + head)
    form.box(LEFT, top, MEASURE, form.y - top, line=0.8)
    form.y += 1 * mm


def _opinion(form: Frame, height: float, say: PaperSay) -> None:
    form.box(LEFT, form.y, MEASURE, height - 2 * mm, line=0.8)
    with form.tagged(Tag.P):
        form.text(
            LEFT + PAD,
            baseline(form.y + 1 * mm, 8.5, 11),
            say.term("意見(任意。表決には影響しません。)"),
            size=8.5,
        )
    form.y += height


def _head_lines(table: FormTable) -> tuple[str, ...]:
    """What the table asks about: of an election its title, which may be long."""
    return lines(table.head, _title_measure(table), 9.5)


def _head_height(table: FormTable, density: Density) -> float:
    return max(min(6.5 * mm, density.field), len(_head_lines(table)) * _HEAD_PITCH + 1.2 * mm)


def _title(table: FormTable, title: str, density: Density) -> tuple[str, ...]:
    return lines(title, _title_measure(table), density.text)


def _title_measure(table: FormTable) -> float:
    return MEASURE - _MOTION - len(table.marks) * _MARK - 2 * PAD


def _heights(table: FormTable, density: Density) -> list[float]:
    return [
        max(density.row, len(_title(table, row.title, density)) * density.line + 1.2 * mm)
        for row in table.rows
    ]
