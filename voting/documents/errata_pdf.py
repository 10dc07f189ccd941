"""正誤表: what to read instead of what in papers that members have already.

The papers themselves stay as they are, and are named by their digest: whoever has one can see that it is the
one that is meant.
"""

from voting.documents.facts_letter import ErrataFacts
from voting.documents.grid import Column
from voting.documents.notice_pdf import put_letterhead
from voting.documents.page import Paper


def render_errata(facts: ErrataFacts) -> bytes:
    """The list as a letter.  Raises: NoGlyph."""
    body, assembly = facts.docket.body.name, facts.docket.assembly.title
    title = f"{assembly}(書面開催)の資料の正誤について(通知)"
    paper = Paper(title=title, author=body, foot=f"{body}　{assembly}　正誤表")
    put_letterhead(paper, facts.letter)
    paper.title(title)
    for text in facts.opening:
        paper.paragraph(text)
    paper.centre("正誤表")
    for table in facts.tables:
        paper.heading(table.head)
        columns = (Column("箇所", 1.4), Column("誤", 3), Column("正", 3))
        paper.table(columns, table.rows)
        paper.notes((f"資料の SHA-256　{table.sha256}",), mark="")
    paper.gap(8)
    paper.item("表決の取扱い", *facts.effect)
    paper.item("担当及び連絡先", facts.contact)
    paper.right("以上")
    return paper.finish()
