"""開催案内: the letter that calls an assembly held in writing.

Order   number, date, addressee, sender; subject; why and on what basis; then, numbered, what members must
        know to answer: period, roll, motions, ways, treatment, questions, publication, key, contact.
Source  domain.md 1.2.5 and 3.3.
"""

from voting.documents.facts_letter import LetterFacts, NoticeFacts
from voting.documents.grid import Column
from voting.documents.page import Paper


def render_notice(facts: NoticeFacts) -> bytes:
    """The letter as a PDF.  Raises: NoGlyph."""
    assembly = facts.docket.assembly.title
    title = f"{assembly}(書面開催)の開催について(通知)"
    paper = Paper(
        title=title, author=facts.docket.body.name, foot=f"{facts.docket.body.name}　{assembly}　開催案内"
    )
    put_letterhead(paper, facts.letter)
    paper.title(title)
    for text in facts.opening:
        paper.paragraph(text)
    paper.centre("記")
    _what(paper, facts)
    _how(paper, facts)
    paper.item("結果の公表", *facts.publication)
    paper.item("記録の検証鍵", "結果を確かめるときに用います。結果の公表まで保管してください。")
    paper.exact((facts.vkey,), size=7.5)
    if facts.enclosed:
        paper.item("同封書類", "、".join(facts.enclosed))
    paper.item("担当及び連絡先", facts.contact)
    paper.right("以上")
    return paper.finish()


def put_letterhead(paper: Paper, letter: LetterFacts) -> None:
    paper.letterhead(
        number=letter.number,
        date=letter.date,
        to=letter.to,
        sender=letter.sender,
        seal=letter.seal if letter.sender else "",
    )


def _what(paper: Paper, facts: NoticeFacts) -> None:
    if facts.basis:
        paper.item("根拠", *facts.basis)
    paper.item("期間", facts.period)
    paper.item("基準日等", *facts.roll)
    paper.item("議案")
    documents = any(motion.documents for motion in facts.motions)
    columns = [Column("議案", 1.2), Column("議案名", 4), Column("議決要件", 3)]
    if documents:
        columns.append(Column("資料", 2))
    rows = [
        (motion.label, motion.title, motion.requirement, *(("、".join(motion.documents),) * documents))
        for motion in facts.motions
    ]
    paper.table(columns, rows)
    conditions = [f"{each.label}は、{each.condition}" for each in facts.motions if each.condition]
    if conditions:
        paper.notes(conditions)


def _how(paper: Paper, facts: NoticeFacts) -> None:
    paper.item("表決の方法", "次のいずれかの方法によります。", *(f"{way}　{to}" for way, to in facts.ways))
    paper.item("提出期限", f"{facts.deadline}(必着)")
    numbered = (f"({place}) {text}" for place, text in enumerate(facts.rules, 1))
    paper.item("表決の取扱い", *numbered)
    if facts.questions:
        paper.item("質問", facts.questions)
