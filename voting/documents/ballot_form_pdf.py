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
from voting.documents.form_density import DENSITIES, Density
from voting.documents.form_rows import FormTable, form_tables
from voting.documents.frame import HEIGHT, LEFT, MEASURE, RIGHT, Frame, baseline
from voting.documents.linebreak import lines
from voting.documents.qr import qr
from voting.documents.structure import Tag
from voting.documents.typeface import Weight, naming

_TOP, _END = 14 * mm, HEIGHT - 17 * mm
_LABEL = 34 * mm
_QR = 25 * mm
_MOTION, _MARK = 22 * mm, 20 * mm
_PAD = 1.5 * mm
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
        title=f"{facts.docket.assembly.title} 書面表決書",
        author=facts.docket.body.name,
        foot=f"{facts.docket.body.name}　{facts.docket.assembly.title}　書面表決書",
        numbered=False,
    )
    tables = form_tables(facts.docket)
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
    name = lines(member.name, MEASURE - _LABEL - 2 * _PAD, 11)
    density, opinion = _fitting(facts, tables, len(name))
    form.y = _TOP
    _head(form, facts)
    _sender(form, member, name, density)
    _instruction(form, facts, density)
    for table in tables:
        _table(form, table, member, density)
    _opinion(form, opinion)
    _notes(form, facts, density)
    _return(form, facts, member)


def _fitting(facts: FormFacts, tables: Sequence[FormTable], name: int) -> tuple[Density, float]:
    """The loosest setting that fits, and the room for an opinion in it.  Raises: FormTooLong."""
    for density in DENSITIES:
        table = sum(_head_height(density) + sum(_heights(each, density)) + 2 * mm for each in tables)
        notes = sum(len(each) for each in _broken(facts, density)) * density.pitch + 3 * mm
        fields = 4 * density.field + max(density.field, name * 14 + 2 * _PAD)
        used = 24 * mm + fields + 10.5 * mm + table + notes + _return_height(facts)
        room = _END - _TOP - used
        if room >= _LEAST_OPINION:
            return density, min(room, 48 * mm)
    raise FormTooLong(len(facts.docket.motions))


def _head(form: Frame, facts: FormFacts) -> None:
    with form.tagged(Tag.P):
        form.text(RIGHT, baseline(form.y, 10.5, 16), "令和　　　年　　　月　　　日", size=10.5, align="right")
    with form.tagged(Tag.P):
        form.text(LEFT, baseline(form.y + 14, 11, 16), facts.to, size=11)
    form.y += 12.5 * mm
    with form.tagged(Tag.H1):
        form.text(
            LEFT + MEASURE / 2,
            baseline(form.y, 17, 24),
            "書面表決書",
            size=17,
            weight=Weight.BOLD,
            align="centre",
            spacing=4,
        )
    form.y += 11.5 * mm


def _sender(form: Frame, member: FormMember, name: tuple[str, ...], density: Density) -> None:
    """Who sends it: printed where the office knows it, empty where the member writes."""
    number = f"{member.member_id}　　　議決権の数 {member.votes}" if member.votes else member.member_id
    rows = (
        ("会員番号", (number,)),
        ("団体名", name),
        ("代表者職氏名", ()),
        ("担当部署・担当者", ()),
        ("電話・電子メール", ()),
    )
    top = form.y
    with form.tagged(Tag.TABLE):
        for label, shown in rows:
            height = max(density.field, len(shown) * 14 + 2 * _PAD if len(shown) > 1 else 0)
            with form.tagged(Tag.TR):
                with form.tagged(Tag.TH, scope="Row"):
                    form.text(LEFT + _PAD, baseline(form.y, 9.5, height), label, size=9.5)
                with form.tagged(Tag.TD):
                    y = form.y + (height - len(shown) * 14) / 2
                    for line in shown:
                        form.text(LEFT + _LABEL + _PAD, baseline(y, 11, 14), line, size=11)
                        y += 14
            form.y += height
            form.rule(LEFT, form.y, RIGHT, form.y)
    form.rule(LEFT + _LABEL, top, LEFT + _LABEL, form.y)
    form.box(LEFT, top, MEASURE, form.y - top, line=0.8)


def _instruction(form: Frame, facts: FormFacts, density: Density) -> None:
    title = facts.docket.assembly.title
    form.y += 1.3 * mm
    for text in (
        f"{title}の議案について、次のとおり表決します。",
        "各議案について、いずれか一つの欄に○を記入してください(印は不要です。)。",
    ):
        with form.tagged(Tag.P):
            form.text(LEFT, baseline(form.y, density.text, 13), text, size=density.text)
        form.y += 13


def _table(form: Frame, table: FormTable, member: FormMember, density: Density) -> None:
    form.y += 1 * mm
    top, marks = form.y, len(table.marks)
    first_mark = RIGHT - marks * _MARK
    head = _head_height(density)
    with form.tagged(Tag.TABLE):
        with form.tagged(Tag.TR):
            centres = [(LEFT + _MOTION / 2, "議案"), ((LEFT + _MOTION + first_mark) / 2, table.head)]
            centres += [(first_mark + (at + 0.5) * _MARK, word) for at, word in enumerate(table.marks)]
            for x, word in centres:
                with form.tagged(Tag.TH, scope="Column"):
                    form.text(x, baseline(top, 9.5, head), word, size=9.5, align="centre")
        form.y += head
        for row, height in zip(table.rows, _heights(table, density), strict=True):
            form.rule(LEFT, form.y, RIGHT, form.y)
            with form.tagged(Tag.TR):
                with form.tagged(Tag.TH, scope="Row"):
                    form.text(LEFT + _PAD, baseline(form.y, 9.5, height), row.label, size=9.5)
                with form.tagged(Tag.TD):
                    broken = _title(table, row.title, density)
                    y = form.y + (height - len(broken) * density.line) / 2
                    for line in broken:
                        form.text(
                            LEFT + _MOTION + _PAD,
                            baseline(y, density.text, density.line),
                            line,
                            size=density.text,
                        )
                        y += density.line
                barred = row.motion in member.barred
                if barred:
                    with form.tagged(Tag.TD, columns=marks):
                        centre = (first_mark + RIGHT) / 2
                        form.text(
                            centre, baseline(form.y, 8, height), "表決に加わりません", size=8, align="centre"
                        )
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


def _opinion(form: Frame, height: float) -> None:
    form.box(LEFT, form.y, MEASURE, height - 2 * mm, line=0.8)
    with form.tagged(Tag.P):
        form.text(
            LEFT + _PAD,
            baseline(form.y + 1 * mm, 8.5, 11),
            "意見(任意。表決には影響しません。)",
            size=8.5,
        )
    form.y += height


def _notes(form: Frame, facts: FormFacts, density: Density) -> None:
    with form.tagged(Tag.L):
        for note in _broken(facts, density):
            with form.tagged(Tag.LI):
                for at, line in enumerate(note):
                    if not at:
                        with form.tagged(Tag.LBL):
                            form.text(
                                LEFT, baseline(form.y, density.note, density.pitch), "※", size=density.note
                            )
                        body = form.tagged(Tag.LBODY)
                        element = body.__enter__()
                        body.__exit__(None, None, None)
                    with form.inside(element):
                        x = LEFT + 1.5 * density.note
                        form.text(x, baseline(form.y, density.note, density.pitch), line, size=density.note)
                    form.y += density.pitch
    form.y += 3 * mm


def _return(form: Frame, facts: FormFacts, member: FormMember) -> None:
    """When and where to, beside the code by which the office finds the form again."""
    top = _END - _return_height(facts)
    x = RIGHT - _QR
    form.box(LEFT, top, MEASURE - _QR - 8 * mm, 9 * mm, line=1.2)
    with form.tagged(Tag.P):
        form.text(
            LEFT + 2 * mm,
            baseline(top, 12, 9 * mm),
            f"提出期限　{facts.deadline}　必着",
            size=12,
            weight=Weight.BOLD,
        )
    form.y = top + 9 * mm + 4
    with form.tagged(Tag.L):
        for name, where in facts.ways:
            with form.tagged(Tag.LI):
                with form.tagged(Tag.LBL):
                    form.text(LEFT + 2 * mm, baseline(form.y, 9, 13), name, size=9)
                with form.tagged(Tag.LBODY):
                    for line in lines(where, MEASURE - _QR - 32 * mm, 9):
                        form.text(LEFT + 22 * mm, baseline(form.y, 9, 13), line, size=9)
                        form.y += 13
    form.qr(x, top, _QR, qr(member.qr), alt=f"QRコード: 事務局用の照合コード {member.code}")
    with form.tagged(Tag.P):
        y = top + _QR + 2
        form.text(x + _QR / 2, baseline(y, 7.5, 10), "照合コード(事務局用)", size=7.5, align="centre")
        form.text(
            x + _QR / 2, baseline(y + 10, 10, 14), member.code, size=10, weight=Weight.BOLD, align="centre"
        )


def _return_height(facts: FormFacts) -> float:
    ways = sum(len(lines(where, MEASURE - _QR - 32 * mm, 9)) for _, where in facts.ways)
    return max(_QR + 27, 9 * mm + 4 + ways * 13)


def _head_height(density: Density) -> float:
    return min(6.5 * mm, density.field)


def _title(table: FormTable, title: str, density: Density) -> tuple[str, ...]:
    measure = MEASURE - _MOTION - len(table.marks) * _MARK - 2 * _PAD
    return lines(title, measure, density.text)


def _heights(table: FormTable, density: Density) -> list[float]:
    return [
        max(density.row, len(_title(table, row.title, density)) * density.line + 1.2 * mm)
        for row in table.rows
    ]


def _broken(facts: FormFacts, density: Density) -> list[tuple[str, ...]]:
    return [lines(note, MEASURE - 1.5 * density.note, density.note) for note in facts.notes]
