"""結果の訂正の通知: the letter that goes with a corrected result, both versions beside each other."""

from voting.documents.facts_letter import CorrectionFacts
from voting.documents.grid_columns import Column
from voting.documents.notice_pdf import put_end, put_letterhead, put_record
from voting.documents.page import Paper
from voting.documents.translation import put_translation
from voting.documents.typeface import drawable


def render_correction(facts: CorrectionFacts) -> bytes:
    """The letter, with the framed mark of the corrected version.  Raises: NoGlyph."""
    body, assembly, say = facts.docket.body.name, facts.docket.assembly.title, facts.say
    title = say.says("{assembly}(書面開催)の結果の訂正について(通知)", assembly=assembly)
    paper = Paper(
        title=title,
        author=body,
        foot=f"{body}　{assembly}　{say.term('結果の訂正')}",
        corner=say.says("訂正版(第{version}版)", version=facts.version),
        language=say.tag,
    )
    put_letterhead(paper, facts.letter)
    paper.title(title)
    put_translation(paper, say, "結果の訂正の通知")
    paper.paragraph(facts.opening)
    put_record(paper, say)
    paper.item(say.term("訂正の理由"), drawable(facts.reason))
    paper.item(say.term("訂正の承認"), *facts.approved)
    paper.item(say.term("訂正の内容"), facts.outcome)
    before = say.says("第{version}版(誤)", version=facts.version - 1)
    now = say.says("第{version}版(正)", version=facts.version)
    paper.table((Column(say.term("議案"), 1.3), Column(before, 3), Column(now, 3)), facts.rows)
    if facts.incidents:
        paper.item(say.term("受付の障害"), *(drawable(text) for text in facts.incidents))
    kept = say.term("訂正の前の版も、引き続き読むことができます。ファイルは次の値により確かめられます。")
    paper.item(say.term("各版のファイル"), kept)
    paper.exact(facts.digests)
    paper.item(say.term("公表の場所"), facts.published)
    put_end(paper, say, facts.contact)
    return paper.finish()
