"""質問への回答: every question and reply so far as a letter, for members that no mail reaches."""

from voting.documents.facts_letter import RepliesFacts
from voting.documents.notice_pdf import put_end, put_letterhead
from voting.documents.page import Paper
from voting.documents.structure import Tag
from voting.documents.translation import put_translation
from voting.documents.typeface import drawable


def render_replies(facts: RepliesFacts) -> bytes:
    """The letter; a sign that the typeface lacks is told by its number."""
    body, assembly, say = facts.docket.body.name, facts.docket.assembly.title, facts.say
    title = say.says("{assembly}(書面開催)の質問への回答について(通知)", assembly=assembly)
    foot = f"{body}　{assembly}　{say.term('質問への回答')}"
    paper = Paper(title=title, author=body, foot=foot, language=say.tag)
    put_letterhead(paper, facts.letter)
    paper.title(title)
    put_translation(paper, say, "質問への回答")
    paper.paragraph(facts.opening)
    for head, question, replies in facts.asked:
        paper.heading(head)
        paper.paragraph(drawable(question))
        for told, text in replies:
            paper.heading(told, tag=Tag.H3)
            paper.paragraph(drawable(text))
    paper.gap(8)
    paper.item(say.term("表決の取扱い"), facts.effect)
    paper.item(say.term("提出期限"), facts.deadline)
    put_end(paper, say, facts.contact)
    return paper.finish()
