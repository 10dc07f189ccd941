"""議事録: the minutes of an assembly held in writing, with a place for the signature of each signer.

Source  domain.md 3.5, by analogy with 一般社団法人及び一般財団法人に関する法律施行規則第11条.
"""

from voting.documents.archive import Attachment
from voting.documents.facts_minutes import MinutesFacts
from voting.documents.page import BODY, Paper
from voting.documents.signature_block import put_signatures
from voting.documents.structure import Tag
from voting.documents.typeface import drawable

# The closing sentence and the first row of signatures: never on a page without each other.
_CLOSING = 150


def render_minutes(facts: MinutesFacts) -> bytes:
    """The minutes as a PDF, to be signed.  Raises: NoGlyph."""
    body, assembly = facts.docket.body.name, facts.docket.assembly.title
    title = f"{assembly}(書面開催)議事録"
    inside = facts.result_json
    paper = Paper(
        title=title,
        author=body,
        foot=f"{body}　{assembly}　議事録",
        corner=_corner(facts),
        attachments=(Attachment("result.json", "application/json", "集計結果", inside),) if inside else (),
    )
    paper.letterhead(number=facts.number, date=facts.date)
    paper.title(title)
    paper.item("総会の名称", f"{body}　{assembly}")
    paper.item("議決の方法", facts.method)
    if facts.basis:
        paper.item("根拠", *facts.basis)
    paper.item("期間", facts.period)
    paper.item("基準日", facts.record_date)
    paper.item("出席", *facts.attendance)
    if facts.chair:
        paper.item("議長", facts.chair)
    _motions(paper, facts)
    _opinions(paper, facts)
    _end(paper, facts)
    return paper.finish()


def _corner(facts: MinutesFacts) -> str:
    if facts.is_draft:
        return "案"
    return f"訂正版(第{facts.version}版)" if facts.version > 1 else ""


def _motions(paper: Paper, facts: MinutesFacts) -> None:
    paper.item("議事の経過の要領及びその結果")
    for text in facts.course:
        paper.paragraph(text)
    for motion in facts.motions:
        paper.heading(f"{motion.label}　{motion.title}", tag=Tag.H3)
        for line in motion.lines:
            paper.paragraph(line)
    if facts.notes:
        paper.gap(6)
        paper.notes(facts.notes)


def _opinions(paper: Paper, facts: MinutesFacts) -> None:
    paper.item("述べられた意見", facts.opinions_received)
    if facts.opinions:
        paper.definitions(
            [(f"({place})", drawable(text)) for place, text in enumerate(facts.opinions, 1)], label=3 * BODY
        )
    if facts.amendments:
        paper.item("規則確定後の変更", *facts.amendments)
    if facts.incidents:
        paper.item("受付の障害", *(drawable(text) for text in facts.incidents))


def _end(paper: Paper, facts: MinutesFacts) -> None:
    if facts.proposer:
        paper.item("決議事項の提案者" if facts.deemed else "議案の提案者", facts.proposer)
    paper.item("決議があったものとみなされた日" if facts.deemed else "決議の日", facts.resolved_on)
    paper.item("集計及び確認", *facts.checked)
    if facts.record:
        paper.exact(facts.record)
    if facts.author:
        paper.item("議事録の作成者", facts.author)
    if not facts.signers:
        return
    paper.need(_CLOSING)
    paper.gap(12)
    paper.paragraph(
        "以上の議事の経過及び結果を明らかにするため、この議事録を作成し、次の者が電子署名をする。"
        "署名及び変更の有無は、PDFの閲覧ソフトで確かめることができる。"
    )
    paper.gap(6)
    put_signatures(paper, facts.signers)
