"""結果の訂正の通知: the letter that goes with a corrected result, both versions beside each other."""

from voting.documents.facts_letter import CorrectionFacts
from voting.documents.grid import Column
from voting.documents.notice_pdf import put_letterhead
from voting.documents.page import Paper
from voting.documents.typeface import drawable


def render_correction(facts: CorrectionFacts) -> bytes:
    """The letter, with the framed mark of the corrected version.  Raises: NoGlyph."""
    body, assembly = facts.docket.body.name, facts.docket.assembly.title
    title = f"{assembly}(書面開催)の結果の訂正について(通知)"
    paper = Paper(
        title=title,
        author=body,
        foot=f"{body}　{assembly}　結果の訂正",
        corner=f"訂正版(第{facts.version}版)",
    )
    put_letterhead(paper, facts.letter)
    paper.title(title)
    paper.paragraph(facts.opening)
    paper.centre("記")
    paper.item("訂正の理由", drawable(facts.reason))
    paper.item("訂正の承認", *facts.approved)
    paper.item("訂正の内容", facts.outcome)
    before, now = f"第{facts.version - 1}版(誤)", f"第{facts.version}版(正)"
    paper.table((Column("議案", 1.3), Column(before, 3), Column(now, 3)), facts.rows)
    if facts.incidents:
        paper.item("受付の障害", *(drawable(text) for text in facts.incidents))
    paper.item(
        "各版のファイル",
        "訂正の前の版も、引き続き読むことができます。ファイルは次の値により確かめられます。",
    )
    paper.exact(facts.digests)
    paper.item("公表の場所", facts.published)
    paper.item("担当及び連絡先", facts.contact)
    paper.right("以上")
    return paper.finish()
