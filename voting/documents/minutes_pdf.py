"""議事録: the minutes of an assembly held in writing, with a place for the signature of each signer.

Source  domain.md 3.5, by analogy with 一般社団法人及び一般財団法人に関する法律施行規則第11条.
"""

from voting.documents.archive import Attachment
from voting.documents.facts_minutes import MinutesFacts
from voting.documents.page import BODY, Paper
from voting.documents.signature_block import put_signatures
from voting.documents.structure import Tag
from voting.documents.translation import put_translation
from voting.documents.typeface import drawable

# The closing sentence and the first row of signatures: never on a page without each other.
_CLOSING = 150


def render_minutes(facts: MinutesFacts) -> bytes:
    """The minutes as a PDF, to be signed, or their translation.  Raises: NoGlyph."""
    body, assembly, say = facts.docket.body.name, facts.docket.assembly.title, facts.say
    title = say.says("{assembly}(書面開催)議事録", assembly=assembly)
    inside = facts.result_json
    paper = Paper(
        title=title,
        author=body,
        foot=f"{body}　{assembly}　{say.term('議事録')}",
        corner=_corner(facts),
        language=say.tag,
        attachments=(Attachment("result.json", "application/json", "集計結果", inside),) if inside else (),
    )
    paper.letterhead(number=facts.number, date=facts.date)
    paper.title(title)
    put_translation(paper, say, "議事録")
    paper.item(say.term("総会の名称"), f"{body}　{assembly}")
    paper.item(say.term("議決の方法"), facts.method)
    if facts.basis:
        paper.item(say.term("根拠"), *facts.basis)
    paper.item(say.term("期間"), facts.period)
    paper.item(say.term("基準日"), facts.record_date)
    paper.item(say.term("出席"), *facts.attendance)
    if facts.chair:
        paper.item(say.term("議長"), facts.chair)
    _motions(paper, facts)
    _opinions(paper, facts)
    _end(paper, facts)
    _signatures(paper, facts)
    return paper.finish()


def _corner(facts: MinutesFacts) -> str:
    if facts.is_draft:
        return facts.say.term("案")
    return facts.say.says("訂正版(第{version}版)", version=facts.version) if facts.version > 1 else ""


def _motions(paper: Paper, facts: MinutesFacts) -> None:
    paper.item(facts.say.term("議事の経過の要領及びその結果"))
    for text in facts.course:
        paper.paragraph(text)
    for motion in facts.motions:
        head = facts.say.says("{motion}　{title}", motion=motion.label, title=motion.title)
        paper.heading(head, tag=Tag.H3)
        for line in motion.lines:
            paper.paragraph(line)
    if facts.notes:
        paper.gap(6)
        paper.notes(facts.notes, mark=facts.say.term("※"))


def _opinions(paper: Paper, facts: MinutesFacts) -> None:
    say = facts.say
    paper.item(say.term("述べられた意見"), facts.opinions_received)
    if facts.opinions:
        paper.definitions(
            [(f"({place})", drawable(text)) for place, text in enumerate(facts.opinions, 1)], label=3 * BODY
        )
    if facts.amendments:
        paper.item(say.term("規則確定後の変更"), *facts.amendments)
    if facts.incidents:
        paper.item(say.term("受付の障害"), *(drawable(text) for text in facts.incidents))


def _end(paper: Paper, facts: MinutesFacts) -> None:
    say = facts.say
    if facts.proposer:
        paper.item(say.term("決議事項の提案者" if facts.deemed else "議案の提案者"), facts.proposer)
    resolved = say.term("決議があったものとみなされた日" if facts.deemed else "決議の日")
    paper.item(resolved, facts.resolved_on)
    paper.item(say.term("集計及び確認"), *facts.checked)
    if facts.record:
        paper.exact(facts.record)
    if facts.author:
        paper.item(say.term("議事録の作成者"), facts.author)


def _signatures(paper: Paper, facts: MinutesFacts) -> None:
    """The closing sentence and a place for each signature; a translation says only who signs the original."""
    if not facts.signers:
        return
    if not facts.say.is_japanese:
        paper.item(facts.say.term("署名者"), "、".join(facts.signers))
        return
    paper.need(_CLOSING)
    paper.gap(12)
    paper.paragraph(
        "以上の議事の経過及び結果を明らかにするため、この議事録を作成し、次の者が電子署名をする。"
        "署名及び変更の有無は、PDFの閲覧ソフトで確かめることができる。"
    )
    paper.gap(6)
    put_signatures(paper, facts.signers)
