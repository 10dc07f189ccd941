"""委任状: the form by which a member has somebody else vote, on one page that survives a fax.

Only who is named by law or by the body's rules may be a proxy; the rest is as on the ballot form.
Source: domain.md 3.2.2, and 2.8 to 2.10 for the notes.
"""

from collections.abc import Iterable, Sequence

from reportlab.lib.units import mm

from voting.documents.ballot_form_pdf import FormTooLong
from voting.documents.facts_form import FormMember, ProxyFacts
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
from voting.documents.frame import LEFT, MEASURE, RIGHT, Frame, baseline
from voting.documents.linebreak import lines
from voting.documents.structure import Tag
from voting.documents.typeface import naming
from voting.wording.editions import PaperSay

_LABEL = 22 * mm
_BOX = 5 * mm
_BLANK = 10 * mm
_SAID = 10.0
_MOTION = 22 * mm


def render_proxy_forms(facts: ProxyFacts, members: Iterable[FormMember]) -> bytes:
    """One page a member, in the order given.

    Raises  FormTooLong; NoGlyphForMember, with the member's number; ValueError without any member.
    """
    docket, said = facts.form.docket, facts.form.say.term("委任状")
    form = Frame(
        title=f"{docket.assembly.title} {said}",
        author=docket.body.name,
        foot=f"{docket.body.name}　{docket.assembly.title}　{said}",
        numbered=False,
        language=facts.form.say.tag,
    )
    first = True
    for member in members:
        if not first:
            form.break_page()
        first = False
        with naming(f"会員番号 {member.member_id}"):
            _page(form, facts, member)
    if first:
        raise ValueError("a file of forms for nobody")
    return form.finish()


def _page(form: Frame, facts: ProxyFacts, member: FormMember) -> None:
    name = name_lines(member)
    density = _fitting(facts, name)
    form.y = TOP
    put_head(form, facts.form)
    put_sender(form, member, name, density, facts.form.say)
    put_title(form, "委任状", facts.form.say)
    _paragraph(form, _statement(facts))
    _proxy(form, facts)
    _scope(form, facts, member, density)
    put_notes(form, facts.form, density)
    put_return(form, facts.form, member)


def _fitting(facts: ProxyFacts, name: Sequence[str]) -> Density:
    """The loosest setting that fits.  Raises: FormTooLong."""
    own = len(lines(_statement(facts), MEASURE, _SAID)) * 15 + 6 * mm + _proxy_height(facts)
    for density in DENSITIES if facts.form.say.is_japanese else DENSITIES_TO_READ:
        if fixed_height(facts.form, name, density) + own + _scope_height(facts, density) <= END - TOP:
            return density
    raise FormTooLong(len(facts.form.docket.motions))


def _statement(facts: ProxyFacts) -> str:
    docket = facts.form.docket
    return facts.form.say.says(
        "私は、{clause}により、次の者を代理人と定め、{body}の{assembly}"
        "(書面開催)の下記の議案についての表決を委任します(印は不要です。)。",
        clause=facts.clause,
        body=docket.body.name,
        assembly=docket.assembly.title,
    )


def _paragraph(form: Frame, text: str) -> None:
    form.y += 2 * mm
    with form.tagged(Tag.P):
        for line in lines(text, MEASURE, _SAID):
            form.text(LEFT, baseline(form.y, _SAID, 15), line, size=_SAID)
            form.y += 15
    form.y += 1 * mm


def _proxy(form: Frame, facts: ProxyFacts) -> None:
    """Whom the member names: a box to mark for each where there is a choice."""
    top, choice = form.y, bool(facts.chair) and facts.to_member
    rows = [facts.chair] if facts.chair else []
    with form.tagged(Tag.P):
        form.text(LEFT + PAD, baseline(top, 9.5, _BLANK), facts.form.say.term("受任者"), size=9.5)
    for row in rows:
        _option(form, row, choice=choice)
        form.y += _BLANK
    if facts.to_member:
        for at, label in enumerate(("会員番号・団体名", "代表者職氏名")):
            said = facts.form.say.term(label)
            _option(form, said, choice=choice and not at, indent=choice, dotted=True)
            form.y += _BLANK
    form.rule(LEFT + _LABEL, top, LEFT + _LABEL, form.y)
    form.box(LEFT, top, MEASURE, form.y - top, line=0.8)
    form.y += 2 * mm


def _option(form: Frame, text: str, *, choice: bool, indent: bool = False, dotted: bool = False) -> None:
    x = LEFT + _LABEL + PAD
    if choice:
        # No font has a box, and a fax would not keep a small one.
        form.box(x, form.y + (_BLANK - _BOX) / 2, _BOX, _BOX, line=0.8)
    if choice or indent:
        x += _BOX + PAD
    with form.tagged(Tag.P):
        # What is marked by hand is said for whoever has the form read out.
        form.text(x, baseline(form.y, 10, _BLANK), text, size=10)
    if dotted:
        form.rule(x + 32 * mm, form.y + _BLANK - 2 * mm, RIGHT - PAD, form.y + _BLANK - 2 * mm)


def _proxy_height(facts: ProxyFacts) -> float:
    return (bool(facts.chair) + 2 * facts.to_member) * _BLANK + 2 * mm


def _scope(form: Frame, facts: ProxyFacts, member: FormMember, density: Density) -> None:
    """The motions that the proxy is for: all that the member votes on."""
    top, say = form.y, facts.form.say
    with form.tagged(Tag.TABLE):
        form.y += _head_row(form, density, say)
        for motion in facts.form.docket.motions:
            title = _title(motion.title, density)
            height = _row(title, density)
            form.rule(LEFT, form.y, RIGHT, form.y)
            with form.tagged(Tag.TR):
                with form.tagged(Tag.TH, scope="Row"):
                    label = say.motion(motion.number)
                    form.text(LEFT + PAD, baseline(form.y, 9.5, height), label, size=9.5)
                with form.tagged(Tag.TD):
                    y = form.y + (height - len(title) * density.line) / 2
                    for line in title:
                        form.text(
                            LEFT + _MOTION + PAD,
                            baseline(y, density.text, density.line),
                            line,
                            size=density.text,
                        )
                        y += density.line
                with form.tagged(Tag.TD):
                    said = say.term("表決に加わりません" if motion.number in member.barred else "委任します")
                    form.text(RIGHT - PAD, baseline(form.y, 8, height), said, size=8, align="right")
            form.y += height
    form.rule(LEFT + _MOTION, top, LEFT + _MOTION, form.y)
    form.box(LEFT, top, MEASURE, form.y - top, line=0.8)
    form.y += 3 * mm


def _head_row(form: Frame, density: Density, say: PaperSay) -> float:
    height = min(6.5 * mm, density.field)
    words = ((LEFT + _MOTION / 2, "議案"), (LEFT + _MOTION + _title_measure() / 2, "議案名"))
    with form.tagged(Tag.TR):
        for x, word in words:
            with form.tagged(Tag.TH, scope="Column"):
                form.text(x, baseline(form.y, 9.5, height), say.term(word), size=9.5, align="centre")
        with form.tagged(Tag.TH, scope="Column"):
            x, word = RIGHT - PAD, say.term("委任")
            form.text(x, baseline(form.y, 9.5, height), word, size=9.5, align="right")
    return height


def _title_measure() -> float:
    return MEASURE - _MOTION - 30 * mm


def _title(title: str, density: Density) -> tuple[str, ...]:
    return lines(title, _title_measure(), density.text)


def _row(title: Sequence[str], density: Density) -> float:
    """Nothing is marked in these rows, so they may be lower than those of a ballot."""
    return max(density.row * 0.6, len(title) * density.line + 1.2 * mm)


def _scope_height(facts: ProxyFacts, density: Density) -> float:
    rows = sum(_row(_title(motion.title, density), density) for motion in facts.form.docket.motions)
    return min(6.5 * mm, density.field) + rows + 3 * mm
