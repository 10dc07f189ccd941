"""正誤表: what to read instead of what in papers that members have already.

The papers themselves stay as they are, and are named by their digest: whoever has one can see that it is the
one that is meant.
"""

from voting.documents.facts_letter import ErrataFacts
from voting.documents.grid_columns import Column
from voting.documents.notice_pdf import put_end, put_letterhead
from voting.documents.page import Paper
from voting.documents.translation import put_translation


def render_errata(facts: ErrataFacts) -> bytes:
    """The list as a letter.  Raises: NoGlyph."""
    body, assembly, say = facts.docket.body.name, facts.docket.assembly.title, facts.say
    title = say.says("{assembly}(書面開催)の資料の正誤について(通知)", assembly=assembly)
    foot = f"{body}　{assembly}　{say.term('正誤表')}"
    paper = Paper(title=title, author=body, foot=foot, language=say.tag)
    put_letterhead(paper, facts.letter)
    paper.title(title)
    put_translation(paper, say, "正誤表")
    for text in facts.opening:
        paper.paragraph(text)
    paper.centre(say.term("正誤表"))
    columns = tuple(Column(say.term(head), share) for head, share in (("箇所", 1.4), ("誤", 3), ("正", 3)))
    for table in facts.tables:
        paper.heading(table.head)
        paper.table(columns, table.rows)
        paper.notes((say.says("資料の SHA-256　{value}", value=table.sha256),), mark="")
    paper.gap(8)
    paper.item(say.term("表決の取扱い"), *facts.effect)
    put_end(paper, say, facts.contact)
    return paper.finish()
