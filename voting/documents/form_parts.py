"""What forms that members send back have in common: who sends it, when and where to, the office's code.

Black lines and white cells, no grey, so that a fax leaves them standing. QR code and grouped code name the
form to the office and hold no secret: a form goes through many hands.  A translation has neither, so that
nobody can take it for the form.
"""

from collections.abc import Sequence

from reportlab.lib.units import mm

from voting.documents.facts_form import WEB, FormFacts, FormMember
from voting.documents.form_density import Density
from voting.documents.frame import HEIGHT, LEFT, MEASURE, RIGHT, Frame, baseline
from voting.documents.linebreak import lines
from voting.documents.qr import qr
from voting.documents.structure import Tag
from voting.documents.typeface import Weight, width
from voting.wording.editions import PaperSay

TOP, END = 14 * mm, HEIGHT - 17 * mm
PAD = 1.5 * mm
_LABEL = 34 * mm
_QR = 25 * mm
_BANNER = 13 * mm  # two lines


def put_head(form: Frame, facts: FormFacts) -> None:
    """Date and addressee; a long one is set smaller, in two lines."""
    say = facts.say
    with form.tagged(Tag.P):
        date = say.term("令和　　　年　　　月　　　日")
        form.text(RIGHT, baseline(form.y, 10.5, 16), date, size=10.5, align="right")
    fits = width(facts.to, 11) <= MEASURE
    size, pitch = (11, 16) if fits else (8.5, 10)
    with form.tagged(Tag.P):
        for at, line in enumerate(lines(facts.to, MEASURE, size)):
            form.text(LEFT, baseline(form.y + 14 + at * pitch, size, pitch), line, size=size)
    form.y += 12.5 * mm


def put_title(form: Frame, title: str, say: PaperSay) -> None:
    """What the form is, below who sends it; a translation says here that it is not the form."""
    form.y += 1.5 * mm
    with form.tagged(Tag.H1):
        form.text(
            LEFT + MEASURE / 2,
            baseline(form.y, 17, 24),
            say.term(title),
            size=17,
            weight=Weight.BOLD,
            align="centre",
            spacing=4 if say.is_japanese else 0,
        )
    form.y += 10 * mm
    told = say.translation(title)
    if told:
        form.box(LEFT, form.y, MEASURE, _BANNER - 2 * mm, line=1.2)
        with form.tagged(Tag.P):
            for at, line in enumerate(lines(told, MEASURE - 2 * PAD, 9.5, Weight.BOLD)):
                top = form.y + 1 * mm + at * 13
                form.text(LEFT + PAD, baseline(top, 9.5, 13), line, size=9.5, weight=Weight.BOLD)
        form.y += _BANNER


def put_sender(
    form: Frame, member: FormMember, name: tuple[str, ...], density: Density, say: PaperSay
) -> None:
    """Who sends it: printed where the office knows it, empty where the member writes."""
    number = member.member_id
    if member.votes:
        number = say.says("{number}　　　議決権の数 {votes}", number=number, votes=member.votes)
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
            height = max(density.field, len(shown) * 14 + 2 * PAD if len(shown) > 1 else 0)
            with form.tagged(Tag.TR):
                with form.tagged(Tag.TH, scope="Row"):
                    form.text(LEFT + PAD, baseline(form.y, 9.5, height), say.term(label), size=9.5)
                with form.tagged(Tag.TD):
                    y = form.y + (height - len(shown) * 14) / 2
                    for line in shown:
                        form.text(LEFT + _LABEL + PAD, baseline(y, 11, 14), line, size=11)
                        y += 14
            form.y += height
            form.rule(LEFT, form.y, RIGHT, form.y)
    form.rule(LEFT + _LABEL, top, LEFT + _LABEL, form.y)
    form.box(LEFT, top, MEASURE, form.y - top, line=0.8)


def name_lines(member: FormMember) -> tuple[str, ...]:
    """The member's name as it is broken in its field."""
    return lines(member.name, MEASURE - _LABEL - 2 * PAD, 11)


def fixed_height(facts: FormFacts, name: Sequence[str], density: Density) -> float:
    """What head, sender, notes and the place to return to take of the page."""
    notes = sum(len(each) for each in _note_lines(facts, density)) * density.pitch + 3 * mm
    fields = 4 * density.field + max(density.field, len(name) * 14 + 2 * PAD)
    banner = 0 if facts.say.is_japanese else _BANNER
    return 24 * mm + banner + fields + notes + return_height(facts)


def put_notes(form: Frame, facts: FormFacts, density: Density) -> None:
    """What a member must know who fills it in."""
    with form.tagged(Tag.L):
        for note in _note_lines(facts, density):
            with form.tagged(Tag.LI):
                for at, line in enumerate(note):
                    if not at:
                        with form.tagged(Tag.LBL):
                            top = baseline(form.y, density.note, density.pitch)
                            form.text(LEFT, top, facts.say.term("※"), size=density.note)
                        body = form.tagged(Tag.LBODY)
                        element = body.__enter__()
                        body.__exit__(None, None, None)
                    with form.inside(element):
                        x = LEFT + 1.5 * density.note
                        form.text(x, baseline(form.y, density.note, density.pitch), line, size=density.note)
                    form.y += density.pitch
    form.y += 3 * mm


def put_return(form: Frame, facts: FormFacts, member: FormMember) -> None:
    """When and where to; on the form itself beside the code by which the office finds it again."""
    top = END - return_height(facts)
    form.box(LEFT, top, MEASURE - _beside(facts), 9 * mm, line=1.2)
    with form.tagged(Tag.P):
        form.text(
            LEFT + 2 * mm,
            baseline(top, 12, 9 * mm),
            facts.say.says("提出期限　{deadline}　必着", deadline=facts.deadline),
            size=12,
            weight=Weight.BOLD,
        )
    form.y = top + 9 * mm + 4
    with form.tagged(Tag.L):
        for name, where in _ways(facts, member):
            with form.tagged(Tag.LI):
                with form.tagged(Tag.LBL):
                    form.text(LEFT + 2 * mm, baseline(form.y, 9, 13), name, size=9)
                with form.tagged(Tag.LBODY):
                    for line in lines(where, MEASURE - _beside(facts) - 24 * mm, 9):
                        form.text(LEFT + 22 * mm, baseline(form.y, 9, 13), line, size=9)
                        form.y += 13
    if facts.say.is_japanese:
        _put_code(form, member, top)


def _ways(facts: FormFacts, member: FormMember) -> tuple[tuple[str, str], ...]:
    """Where this member may send its answer: no page is offered to whoever has no code for it."""
    open_to_it = tuple(each for each in facts.ways if member.by_web or each[0] != WEB)
    return open_to_it or (facts.contact,)


def _put_code(form: Frame, member: FormMember, top: float) -> None:
    x = RIGHT - _QR
    form.qr(x, top, _QR, qr(member.qr), alt=f"QRコード: 事務局用の照合コード {member.code}")
    with form.tagged(Tag.P):
        y = top + _QR + 2
        form.text(x + _QR / 2, baseline(y, 7.5, 10), "照合コード(事務局用)", size=7.5, align="centre")
        form.text(
            x + _QR / 2, baseline(y + 10, 10, 14), member.code, size=10, weight=Weight.BOLD, align="centre"
        )


def return_height(facts: FormFacts) -> float:
    ways, contact = (
        sum(len(lines(where, MEASURE - _beside(facts) - 24 * mm, 9)) for _, where in listed)
        for listed in (facts.ways, (facts.contact,))
    )
    ways = max(ways, contact)
    return max(_QR + 27 if facts.say.is_japanese else 0, 9 * mm + 4 + ways * 13)


def _beside(facts: FormFacts) -> float:
    """The room that the code takes of the measure."""
    return _QR + 8 * mm if facts.say.is_japanese else 0


def _note_lines(facts: FormFacts, density: Density) -> list[tuple[str, ...]]:
    return [lines(note, MEASURE - 1.5 * density.note, density.note) for note in facts.notes]
